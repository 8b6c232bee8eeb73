"""A made-up internet: names that lead where a test says, and services at its addresses."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from ipaddress import ip_address
import socket
import ssl
from typing import Any, Final, override
from unittest.mock import patch

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
import trustme

from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import HomeAssistantTCPConnector
from sandbox.server import LOOPBACK, listen, tls_context

KEY: Final = "planted-secret-quokka-marzipan-zeppelin-obsidian"
PUBLIC: Final = "93.184.215.14"
OTHER_PUBLIC: Final = "2606:2800:21f::1"
HOME: Final = "192.168.1.20"
METADATA: Final = "169.254.169.254"
NAMES: Final = ("api.example.com", "nas.lan", HOME)


class Certificates:
    """What the services prove themselves with, and whom Home Assistant trusts."""

    def __init__(self) -> None:
        """Make an authority that is trusted, and one that is not."""
        known, stranger = trustme.CA(), trustme.CA()
        self.client = ssl.create_default_context()
        known.configure_trust(self.client)
        self.good = tls_context(known, *NAMES)
        self.of_another = tls_context(known, "another.example")
        self.untrusted = tls_context(stranger, *NAMES)


CERTIFICATES: Final = Certificates()


class World(AbstractResolver):
    """Names, the services that are everywhere, and to which addresses connections were opened."""

    def __init__(self) -> None:
        """Begin with a name in the world and one at home."""
        self.names: dict[str, list[str]] = {"api.example.com": [PUBLIC], "nas.lan": [HOME]}
        self.flips: dict[str, list[list[str]]] = {}
        """Where a name leads next, and next, before it leads where `names` says."""
        self.connected: list[str] = []
        self.asked: list[web.BaseRequest] = []
        self.certificate = CERTIFICATES.good
        self.answer: Callable[[], web.Response] = lambda: web.Response(text='{"balance": 12.50}')
        self._ports: dict[str, int] = {}

    @override
    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return where a name leads."""
        found = flips.pop(0) if (flips := self.flips.get(host)) else self.names.get(host, [])
        if not found:
            raise OSError(None, "Domain name not found")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ip_address(address).version == 6 else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in found
        ]

    @override
    async def close(self) -> None:
        """Stay open for the next session."""

    async def real_close(self) -> None:
        """Have nothing to close, as Home Assistant's resolver has."""

    async def _handle(self, request: web.BaseRequest) -> web.Response:
        """Answer as the test says."""
        self.asked.append(request)
        response = self.answer()
        response.force_close()
        return response

    @asynccontextmanager
    async def running(self, hass: HomeAssistant) -> AsyncGenerator[None]:
        """Serve http and https at every address, and have Home Assistant live in this world."""
        connect = hass.loop.sock_connect

        async def sock_connect(sock: socket.socket, address: tuple[Any, ...]) -> None:
            if address[0] == LOOPBACK and address[1] in self._ports.values():
                await connect(sock, address)
                return
            self.connected.append(address[0])
            port = self._ports["http" if address[1] == 80 else "https"]
            if sock.family == socket.AF_INET6:
                await connect(sock, (f"::ffff:{LOOPBACK}", port, 0, 0))
            else:
                await connect(sock, (LOOPBACK, port))

        helper = "homeassistant.helpers.aiohttp_client"
        ours = "custom_components.api_credits"
        # A name server's answer is remembered for ten seconds, which no test waits for.
        connector = partial(HomeAssistantTCPConnector, use_dns_cache=False)
        async with AsyncExitStack() as stack:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.sni_callback = lambda connection, *_: setattr(
                connection, "context", self.certificate
            )
            for name, context in (("http", None), ("https", tls)):
                runner = web.ServerRunner(
                    web.Server(self._handle, access_log=None), shutdown_timeout=0.5
                )
                self._ports[name] = await listen(runner, 0, context)
                stack.push_async_callback(runner.cleanup)
            for patched in (
                patch(f"{helper}._async_make_resolver", return_value=self),
                patch(f"{helper}.ssl_util.client_context", return_value=CERTIFICATES.client),
                patch(f"{ours}.client.transport.HomeAssistantTCPConnector", connector),
                patch(f"{ours}.coordinator.QUICK_RETRY", 0),
                patch.object(hass.loop, "sock_connect", sock_connect),
            ):
                stack.enter_context(patched)
            yield
