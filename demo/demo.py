"""The sandbox and the Home Assistant of the demo, and how they come to have a past."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
import shutil
import time
from typing import Any, Final, Self

from sandbox.accounts import Account
from sandbox.home import ROOT, Home
from sandbox.sandbox import Sandbox

from . import dashboard, story as told
from .checks import DemoError, complaints, missing
from .history import live
from .news import ACTIVITY
from .person import AUTOMATION, Person
from .progress import step
from .story import SPEED, STORIES, TOPPED_UP, Story, story_of
from .watch import BALANCE, DOMAIN, View, Watched, look

PATIENCE: Final = 900
"""Seconds after which what has still not come is taken to never come, on any machine."""

_LOOK_SECONDS: Final = 0.2


class Demo:
    """Six accounts at simulated providers, and a Home Assistant that has long watched them."""

    def __init__(
        self,
        directory: Path,
        *,
        port: int | None = None,
        accounts: Iterable[Account] | None = None,
    ) -> None:
        """Keep everything in this directory."""
        self.sandbox = Sandbox(
            directory / "sandbox", speed=SPEED, accounts=accounts or told.accounts()
        )
        self.home = Home(
            directory / "home",
            sandbox=self.sandbox.directory,
            port=port,
        )
        self.person = Person(self.home)
        self.view = View(states={})
        self.stories: dict[str, Story] = {}
        """Of the accounts that the demo has added, by their entries."""

    async def __aenter__(self) -> Self:
        """Start."""
        try:
            with step("Starting the sandbox"):
                await self.sandbox.start()
            with step("Starting Home Assistant"):
                self._copy_blueprints()
                await self.home.start()
        except BaseException:
            await self.home.kill()
            await self.sandbox.stop()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        with step("Stopping"):
            await self.home.stop()
            await self.sandbox.stop()

    async def set_up(self) -> None:
        """Do what people and time would have done in two weeks."""
        # What entities say before they have a past would else become a part of it.
        await self.person.act("recorder", "disable")
        for story in STORIES:
            with step(f"Adding {story.name} through the config flow"):
                key = self.sandbox.accounts[story.account].key
                self.stories[await self.person.add(story, key)] = story
        with step("Waiting for their balances"):
            await self._until_set_up()
            await self._look()
            _require(self._missing_balances())
        with step("Making an automation from the blueprint"):
            await self.person.automate()
            await self._until(self._missing_automation)
        with step("Giving the accounts a past"):
            await self._live_the_past()
            await self._until_set_up()
            await self._until(self.missing)
        with step("Making the dashboard"):
            await self.person.make_dashboard(dashboard.dashboard(self.view))
        with step("Topping up an account, and waiting for the news"):
            self.top_up(story_of(TOPPED_UP))
            await self.refresh()
            await self._until(self._missing_news)
        with step("Waiting for the statistics"):
            await self._until(self._missing_statistics)

    async def refresh(self) -> None:
        """Have Home Assistant ask all providers now."""
        one_each = [loaded[0] for each in self.view.accounts if (loaded := self.view.loaded(each))]
        if one_each:
            await self.person.act("homeassistant", "update_entity", entity_id=one_each)

    def top_up(self, story: Story) -> None:
        """Top up an account, as its owner would at the provider."""
        self.sandbox.accounts[story.account].top_up(story.refill, story.refilled)

    async def until_low(self) -> None:
        """Go on until an account is low."""
        while not any(
            self.view.state(account.entities["low_balance"]) == "on"
            for account in self.view.accounts
        ):
            await asyncio.sleep(5)
            await self.refresh()
            await self._look()

    async def missing(self) -> list[str]:
        """Return what Home Assistant should show and does not."""
        await self._look()
        return missing(self.view)

    def complaints(self) -> list[str]:
        """Return what the integration has complained of."""
        return list(complaints(self.home.log()))

    def account(self, story: Story) -> Watched:
        """Return the account that a story is about."""
        return next(
            account for account in self.view.accounts if self.stories.get(account.entry_id) == story
        )

    def _copy_blueprints(self) -> None:
        # Not in a thread, which would go on to write after an interruption.
        shutil.copytree(ROOT / "blueprints", self.home.directory / "blueprints")

    async def _look(self) -> None:
        """See which accounts there are, and what they show."""
        self.view = await look(self.home) or self.view

    async def _until_set_up(self) -> None:
        """Wait until Home Assistant has set up all accounts: what they show is there then."""
        waiting = dict(self.stories)
        try:
            async with (
                asyncio.timeout(PATIENCE),
                self.home.subscribe("config_entries/subscribe") as events,
            ):
                while waiting:
                    for change in await events.get():
                        if change["entry"]["state"] in {"loaded", "setup_error"}:
                            waiting.pop(change["entry"]["entry_id"], None)
        except TimeoutError:
            names = ", ".join(story.name for story in waiting.values())
            raise DemoError(f"Home Assistant does not finish setting up {names}") from None

    async def _until(self, what_is_missing: Callable[[], Awaitable[list[str]]]) -> None:
        """Wait until nothing is missing, or raise DemoError for what is."""
        end = time.monotonic() + PATIENCE
        while gone := await what_is_missing():
            if time.monotonic() > end:
                _require(gone)
            await asyncio.sleep(_LOOK_SECONDS)

    def _missing_balances(self) -> list[str]:
        return [
            f"all balances of {story.name}"
            for story in self.stories.values()
            if len(self.account(story).balances) < len(story.purses)
        ] or missing(self.view, [BALANCE])

    async def _missing_automation(self) -> list[str]:
        states = await self.home.get("/api/states")
        ids = [state["attributes"].get("id") for state in states if state["state"] == "on"]
        return [] if AUTOMATION["id"] in ids else ["the automation"]

    async def _missing_news(self) -> list[str]:
        """Return whether the top-up is shown, and the automation has told of another account."""
        await self._look()
        activity = self.account(story_of(TOPPED_UP)).entities[ACTIVITY]
        gone = []
        if self.view.states[activity]["attributes"].get("event_type") != "topped_up":
            gone.append("the top-up")
        if not await self.home.ws("persistent_notification/get"):
            gone.append("the automation’s notification")
        return gone

    async def _missing_statistics(self) -> list[str]:
        """Return which accounts have no spend for each day that the dashboard shows."""
        since = datetime.now(UTC) - timedelta(days=dashboard.DAYS_SHOWN)
        spent = [
            account.figure("spent", key)
            for account in self.view.accounts
            for key in account.balances
        ]
        found = await self.home.ws(
            "recorder/statistics_during_period",
            start_time=since.isoformat(),
            statistic_ids=spent,
            period="day",
            types=["change"],
        )
        if any(day["change"] < 0 for days in found.values() for day in days):
            raise DemoError("The statistics show negative spend")
        return [
            f"statistics of {each}"
            for each in spent
            if len(found.get(each, [])) < dashboard.DAYS_SHOWN
        ]

    async def _live_the_past(self) -> None:
        """Put a past into the integration's memory and into the statistics."""
        for entry_id in self.stories:
            await self.person.enable(entry_id, enabled=False)
        for story in self.stories.values():
            for statistics in self._past(story):
                await self.home.ws("recorder/import_statistics", **statistics)
        await self.person.act("recorder", "enable")
        for entry_id in self.stories:
            await self.person.enable(entry_id, enabled=True)

    def _past(self, story: Story) -> list[dict[str, Any]]:
        # Not in a thread either.
        account = self.account(story)
        memory = self.home.directory / ".storage" / f"{DOMAIN}.{account.entry_id}"
        return list(live(memory, account, story, self.view.states))


def _require(gone: list[str]) -> None:
    """Raise DemoError for what is missing, if anything is."""
    if gone:
        raise DemoError(f"Home Assistant does not show {', '.join(gone)}")
