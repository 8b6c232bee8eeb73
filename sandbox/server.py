"""All providers behind one TLS port."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
import json
from pathlib import Path
import socket
import ssl
from typing import Self

from aiohttp import web
from multidict import CIMultiDict
import trustme
from yarl import URL

from .accounts import Account, Accounts, Clock
from .faults import Fault, Faults, strike
from .launch import CA_FILE, HOSTS_FILE
from .providers import providers
from .providers.provider import Request
from .samples import samples

LOOPBACK = "127.0.0.1"
_REQUESTS_KEPT = 10_000
_SHUTDOWN_TIMEOUT = 0.5


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A request, as the sandbox saw it: the credentials too, since these open nothing."""

    at: Decimal
    provider: str
    account: str | None
    method: str
    path: str
    headers: dict[str, str]


class Server:
    """The providers on loopback, in the running event loop."""

    def __init__(
        self,
        directory: Path,
        *,
        port: int = 0,
        speed: Decimal | int = 1,
        accounts: Iterable[Account] | None = None,
    ) -> None:
        """Keep the certificate authority and the hosts' ports in this directory."""
        self.directory = directory
        self.ca_file = directory / CA_FILE
        self.hosts_file = directory / HOSTS_FILE
        self.port = port
        self.clock = Clock(Decimal(speed))
        self.accounts = Accounts(self.clock)
        self.requests: deque[Seen] = deque(maxlen=_REQUESTS_KEPT)
        self.providers = providers(self.accounts)
        self._hosts = {
            host: provider for provider in self.providers.values() for host in provider.hosts
        }
        self._faults = Faults()
        self._server = web.ServerRunner(
            web.Server(self._handle, access_log=None), shutdown_timeout=_SHUTDOWN_TIMEOUT
        )
        self._closed_port = socket.socket()
        for account in samples() if accounts is None else accounts:
            self.accounts.add(account)

    async def __aenter__(self) -> Self:
        """Start."""
        try:
            await self.start()
        except BaseException:
            await self.stop()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        await self.stop()

    @property
    def faults(self) -> list[Fault]:
        """The faults that are switched on."""
        return list(self._faults)

    async def start(self) -> None:
        """Serve, and write down where."""
        self.directory.mkdir(parents=True, exist_ok=True)
        # Bound, but not listening: connections are refused, and nobody else can take the port.
        self._closed_port.bind((LOOPBACK, 0))
        self.port = await listen(self._server, self.port, self._tls_context())
        self._write_hosts()

    async def stop(self) -> None:
        """Stop serving, also those who still wait for an answer."""
        await self._server.cleanup()
        self._closed_port.close()

    def set_fault(self, fault: Fault) -> None:
        """Switch a fault on, in the place of the provider's earlier one for the same path."""
        if fault.provider not in self.providers:
            raise KeyError(fault.provider)
        self._faults.set(fault)
        self._write_hosts()

    def clear_faults(self, provider: str | None = None) -> None:
        """Switch off all faults, or those of one provider."""
        self._faults.clear(provider)
        self._write_hosts()

    def _write_hosts(self) -> None:
        """Write down the port of every host, in one go for whoever reads it at this moment."""
        closed_port = self._closed_port.getsockname()[1]
        hosts = {
            host: closed_port if self._faults.refuses(provider.key) else self.port
            for host, provider in self._hosts.items()
        }
        new = self.hosts_file.with_suffix(".new")
        new.write_text(json.dumps(hosts))
        new.replace(self.hosts_file)

    def _tls_context(self) -> ssl.SSLContext:
        """Return a context that shows a certificate for the providers' hosts, or the wrong one."""
        authority = trustme.CA()
        authority.cert_pem.write_to_path(self.ca_file)
        right = tls_context(authority, *self._hosts)
        wrong = tls_context(authority, "another-host.example")

        def choose(connection: ssl.SSLObject, host: str | None, _: ssl.SSLContext) -> None:
            provider = self._hosts.get(host or "")
            if provider and self._faults.take(provider.key, None, of_connection=True):
                connection.context = wrong

        right.sni_callback = choose
        return right

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Hand a request to the provider whose host it names."""
        provider = self._hosts.get((request.host or "").partition(":")[0])
        if provider is None:
            return web.Response(status=421, text="Misdirected Request")
        asked = Request(
            method=request.method,
            url=URL(f"https://{request.host}{request.path_qs}", encoded=True),
            headers=CIMultiDict(request.headers),
            body=await request.text(),
        )
        account = provider.identify(asked)
        if account is not None:
            account.requests += 1
        self.requests.append(
            Seen(
                at=self.clock.now(),
                provider=provider.key,
                account=account.id if account else None,
                method=request.method,
                path=request.path_qs,
                headers=dict(request.headers),
            )
        )
        response = provider.respond(asked, account)
        # Every request connects anew, so that a fault of connections shows at once.
        response.force_close()
        if fault := self._faults.take(provider.key, request.path, of_connection=False):
            return await strike(fault, request, response)
        return response


def tls_context(authority: trustme.CA, *hosts: str) -> ssl.SSLContext:
    """Return a context that shows a certificate for these hosts."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(*hosts).configure_cert(context)
    return context


async def listen(runner: web.BaseRunner, port: int, tls: ssl.SSLContext | None = None) -> int:
    """Listen on a port, on a free one if it is zero, and return which."""
    await runner.setup()
    site = web.TCPSite(runner, LOOPBACK, port, ssl_context=tls)
    await site.start()
    bound: int = runner.addresses[0][1]
    return bound
