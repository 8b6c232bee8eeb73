"""A sandbox that knows which polls it has answered with what, and that can keep one waiting."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
import time
from typing import Any, override

from aiohttp import web

from sandbox.accounts import Account, Balance
from sandbox.sandbox import Sandbox


@dataclass(kw_only=True)
class Held:
    """One answer that is kept back: reached by a poll, released by the test, then sent or not."""

    reached: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)


class WatchedSandbox(Sandbox):
    """Notes an answer once it has been sent, with the balance that it was made from."""

    def __init__(self, directory: Path) -> None:
        """Begin without accounts, in a time that stands still."""
        super().__init__(directory, speed=0, accounts=[])
        self.answered: Callable[[str, Decimal, float], None] = lambda *_: None
        self._held: dict[str, Held] = {}
        self._served: dict[asyncio.Task[Any] | None, tuple[str, Decimal]] = {}
        for provider in self.providers.values():
            self._watch(provider)

    def hold(self, account: str) -> Held:
        """Keep back the next answer to an account."""
        return self._held.setdefault(account, Held())

    def release(self) -> None:
        """Let all answers go that are kept back, and keep back none from now on."""
        for held in self._held.values():
            held.released.set()
        self._held.clear()

    @override
    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer a poll here and now, to know that it was answered."""
        response = await super()._handle(request)
        served = self._served.pop(asyncio.current_task(), None)
        if served is None or response.status != 200:
            return response
        account, balance = served
        held = self._held.get(account)
        if held and held.reached.is_set():
            held = None
        if held:
            held.reached.set()
            await held.released.wait()
        with suppress(ConnectionError):
            await response.prepare(request)
            await response.write_eof()
            self.answered(account, balance, time.monotonic())
        if held:
            held.over.set()
        return response

    def _watch(self, provider: Any) -> None:
        respond = provider.respond

        def noted(request: Any, account: Account | None) -> web.Response:
            if account:
                self._served[asyncio.current_task()] = (account.id, sole(account).amount)
            response: web.Response = respond(request, account)
            return response

        provider.respond = noted


def sole(account: Account) -> Balance:
    """Return the only balance of an account, whatever its scope."""
    (balance,) = account.balances.values()
    return balance
