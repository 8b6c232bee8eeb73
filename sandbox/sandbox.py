"""The sandbox: the providers' APIs, and the endpoint that controls them."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import override

from aiohttp import web

from .accounts import Account
from .control import Control
from .server import LOOPBACK, Server, listen


class Sandbox(Server):
    """The providers on loopback, and their control, in the running event loop."""

    def __init__(
        self,
        directory: Path,
        *,
        port: int = 0,
        control_port: int = 0,
        speed: Decimal | int = 1,
        accounts: Iterable[Account] | None = None,
    ) -> None:
        """Keep the certificate authority and the hosts' ports in this directory."""
        super().__init__(directory, port=port, speed=speed, accounts=accounts)
        self.control_port = control_port
        self._control = web.AppRunner(Control(self).application(), access_log=None)

    @property
    def control_url(self) -> str:
        """Where the control endpoint is."""
        return f"http://{LOOPBACK}:{self.control_port}"

    @override
    async def start(self) -> None:
        """Serve, and write down where."""
        await super().start()
        self.control_port = await listen(self._control, self.control_port)

    @override
    async def stop(self) -> None:
        """Stop serving, also those who still wait for an answer."""
        await self._control.cleanup()
        await super().stop()
