"""Keeps the demo going, and says what it sees, whatever its visitors do in Home Assistant."""

import asyncio
from collections.abc import Iterator
import time
from typing import Final, NoReturn

from sandbox.home import NO_ANSWER, SignedOutError

from .demo import Demo
from .news import News
from .story import STORIES, Story
from .watch import look

LOOK_SECONDS: Final = 2
REFRESH_SECONDS: Final = 15

_LOW_FOR_SECONDS: Final = 180


class Host:
    """Looks after a demo that is shown."""

    def __init__(self, demo: Demo) -> None:
        """Look after this demo."""
        self._demo = demo
        self._news = News()
        self._away = ""
        self._refreshed = time.monotonic()
        self._signed_in = 0.0
        self._low_since: dict[str, float] = {}

    async def stay(self) -> NoReturn:
        """Keep the balances moving, and tell what happens, until interrupted."""
        while True:
            self._care()
            for line in await self._see():
                print(f"{time.strftime('%H:%M:%S')}  {line}", flush=True)
            await asyncio.sleep(LOOK_SECONDS)

    async def _see(self) -> list[str]:
        """Return what there is to say of Home Assistant now, which may be anything but there."""
        try:
            if not self._demo.home.running:
                print("Home Assistant has ended, and is started again.", flush=True)
                await self._demo.home.restart()
            if time.monotonic() - self._refreshed >= REFRESH_SECONDS:
                self._refreshed = time.monotonic()
                await self._demo.refresh()
            view = await look(self._demo.home)
        except SignedOutError:
            return list(self._note(await self._sign_in()))
        except NO_ANSWER as err:
            return list(self._note(f"Home Assistant does not answer just now: {_reason(err)}"))
        if view is None:
            return list(self._note("Home Assistant is not ready just now."))
        self._demo.view = view
        return [*self._note(""), *self._news.of(view)]

    async def _sign_in(self) -> str:
        """Log in anew, and return why that does not work, or that it had to be done."""
        if time.monotonic() - self._signed_in < REFRESH_SECONDS:
            return self._away
        self._signed_in = time.monotonic()
        try:
            await self._demo.home.sign_in()
        except NO_ANSWER as err:
            return f"Home Assistant does not let the demo in any more: {_reason(err)}"
        return "Home Assistant had signed the demo out."

    def _note(self, away: str) -> Iterator[str]:
        """Yield why Home Assistant cannot be asked, or that it can, where that has changed."""
        if away and not self._away:
            yield away
        elif self._away and not away:
            yield "Home Assistant answers again."
        self._away = away

    def _care(self) -> None:
        """Top up what has been low for a while, so that there is always something to see."""
        now = time.monotonic()
        for story in STORIES:
            if not self._is_low(story):
                self._low_since.pop(story.account, None)
            elif now - self._low_since.setdefault(story.account, now) >= _LOW_FOR_SECONDS:
                self._demo.top_up(story)

    def _is_low(self, story: Story) -> bool:
        """Tell whether an account's owner would want it topped up, asked at its provider."""
        accounts = self._demo.sandbox.accounts
        if story.account not in accounts:
            return False
        balance = accounts[story.account].balances.get(story.refilled)
        return balance is not None and balance.amount < story.low_balance


def _reason(err: Exception) -> str:
    """Return the first line of what an error says."""
    return (str(err) or type(err).__name__).splitlines()[0]
