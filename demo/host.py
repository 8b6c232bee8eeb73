"""Keeps the demo going, and says what it sees, whatever its visitors do in Home Assistant."""

import asyncio
import time
from typing import Final, NoReturn

from sandbox.home import NO_ANSWER, SignedOutError

from .news import News
from .stage import Stage
from .story import STORIES, Story
from .watch import View, look

LOOK_SECONDS: Final = 2
REFRESH_SECONDS: Final = 15

_LOW_FOR_SECONDS: Final = 180


class Host:
    """Looks after a demo that is shown."""

    def __init__(self, demo: Stage) -> None:
        """Look after this demo."""
        self._demo = demo
        self._news = News()
        self._away = False
        self._refreshed = time.monotonic()
        self._signed_in = 0.0
        self._low_since: dict[str, float] = {}

    async def stay(self) -> NoReturn:
        """Keep the balances moving, and tell what happens, until interrupted."""
        while True:
            self._care()
            await self._see()
            await asyncio.sleep(LOOK_SECONDS)

    async def _see(self) -> None:
        """Look at Home Assistant, which may be anything but there, and say what there is to say."""
        home = self._demo.home
        if not home.running:
            _say("Home Assistant has ended, and is started again.")
            self._away = True
        elif not home.connected and not self._away:
            _say("Home Assistant has ended the connection.")
            self._away = True
        try:
            if not home.running:
                await home.restart()
            if time.monotonic() - self._refreshed >= REFRESH_SECONDS:
                self._refreshed = time.monotonic()
                await self._demo.refresh()
            view = await look(home)
        except SignedOutError:
            await self._sign_in()
        except NO_ANSWER as err:
            if not self._away:
                _say(f"Home Assistant does not answer just now: {_reason(err)}")
            self._away = True
        else:
            self._tell(view)

    def _tell(self, view: View | None) -> None:
        """Say what is new, once Home Assistant has started."""
        if view is None:
            self._away = True
            return
        if self._away:
            _say("Home Assistant answers again.")
        self._away = False
        self._demo.view = view
        for line in self._news.of(view):
            _say(line)

    async def _sign_in(self) -> None:
        """Log in anew, now and then, and say what comes of it."""
        self._away = True
        if time.monotonic() - self._signed_in < REFRESH_SECONDS:
            return
        self._signed_in = time.monotonic()
        try:
            await self._demo.home.sign_in()
        except NO_ANSWER as err:
            _say(f"Home Assistant does not let the demo in any more: {_reason(err)}")
        else:
            _say("Home Assistant had signed the demo out.")

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


def _say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {line}", flush=True)
