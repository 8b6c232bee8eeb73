"""A counter outside of Home Assistant, which automations tell what has triggered them."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
import time
from typing import Any, Final, Self

from aiohttp import web

from sandbox.server import LOOPBACK

BEGUN: Final = "begun"
DELIVERED: Final = "delivered"
ENDED: Final = "ended"
AT_ONCE: Final = "at_once"


@dataclass(frozen=True, kw_only=True)
class Told:
    """A moment of an account: what an automation tells, and what the test expects to be told.

    No balance comes twice in an account's life, so that it tells one moment from the next.
    """

    account: str
    moment: str
    balance: Decimal


@dataclass(kw_only=True)
class Run:
    """One run of an automation, as it was heard of; `telling` is what it has in common with others.

    A run that never says that it has delivered has delivered nothing.
    """

    automation: str
    told: Told
    telling: str
    begun: float
    delivered: float | None = None
    ended: float | None = None


class DeliveryCounter:
    """Notes at once what is delivered: a kill afterwards takes nothing back."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.runs: dict[str, Run] = {}
        self.accounts: dict[str, str] = {}
        self.url = ""
        self._delivered: dict[tuple[str, Told], list[Run]] = defaultdict(list)
        self._changed = asyncio.Condition()
        self._server = web.ServerRunner(
            web.Server(self._note, access_log=None), shutdown_timeout=0.5
        )

    async def __aenter__(self) -> Self:
        """Listen."""
        await self._server.setup()
        site = web.TCPSite(self._server, LOOPBACK, 0)
        await site.start()
        self.url = f"http://{LOOPBACK}:{self._server.addresses[0][1]}/"
        return self

    async def __aexit__(self, *_: object) -> None:
        """Listen no more."""
        await self._server.cleanup()

    def deliveries(self, automation: str, told: Told) -> list[Run]:
        """Return the runs of an automation that have delivered this, in order."""
        return self._delivered.get((automation, told), [])

    async def until(self, condition: Callable[[], object], *, within: float) -> bool:
        """Wait until something is true that only automations can change; tell whether it is."""
        try:
            async with asyncio.timeout(within), self._changed:
                await self._changed.wait_for(lambda: bool(condition()))
        except TimeoutError:
            return False
        return True

    async def until_begun(self, *, within: float) -> Run | None:
        """Wait for the next run of an automation to begin."""
        known = len(self.runs)
        if await self.until(lambda: len(self.runs) > known, within=within):
            return list(self.runs.values())[known]
        return None

    async def _note(self, request: web.BaseRequest) -> web.Response:
        now = time.monotonic()
        data: dict[str, Any] = await request.json()
        step = data["step"]
        if step in {BEGUN, AT_ONCE}:
            self.runs[data["run"]] = Run(
                automation=data["automation"],
                told=Told(
                    account=self.accounts[data["entity"]],
                    moment=data["moment"],
                    balance=Decimal(str(data["balance"])),
                ),
                telling=data["telling"],
                begun=now,
            )
        run = self.runs[data["run"]]
        if step in {DELIVERED, AT_ONCE}:
            run.delivered = now
            self._delivered[run.automation, run.told].append(run)
        if step in {ENDED, AT_ONCE}:
            run.ended = now
        async with self._changed:
            self._changed.notify_all()
        return web.Response()
