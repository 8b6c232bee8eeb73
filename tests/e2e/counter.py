"""A counter outside of Home Assistant, which automations tell what has triggered them."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from aiohttp import web


@dataclass(frozen=True, kw_only=True)
class Told:
    """A moment of an account: what an automation tells, and what the test expects to be told.

    No balance comes twice in an account's life, so that it tells one moment from the next.
    """

    account: str
    moment: str
    balance: Decimal


class DeliveryCounter:
    """Counts at once what is delivered: a kill afterwards takes nothing back."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.told: Counter[Told] = Counter()
        self.accounts: dict[str, str] = {}
        self.url = ""
        self._changed = asyncio.Condition()
        self._server = web.ServerRunner(
            web.Server(self._count, access_log=None), shutdown_timeout=0.5
        )

    async def __aenter__(self) -> Self:
        """Listen."""
        await self._server.setup()
        site = web.TCPSite(self._server, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._server.addresses[0][1]}/"
        return self

    async def __aexit__(self, *_: object) -> None:
        """Listen no more."""
        await self._server.cleanup()

    async def until_told(self) -> None:
        """Wait for the next delivery."""
        async with self._changed:
            await self._changed.wait()

    async def _count(self, request: web.BaseRequest) -> web.Response:
        data: dict[str, Any] = await request.json()
        told = Told(
            account=self.accounts[data["entity"]],
            moment=data["moment"],
            balance=Decimal(str(data["balance"])),
        )
        self.told[told] += 1
        async with self._changed:
            self._changed.notify_all()
        return web.Response()
