"""The demo's own accounts, and how they come to have a past."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, override

from sandbox.accounts import Account

from . import story as told
from .checks import DemoError, missing
from .history import live
from .news import ACTIVITY
from .person import AUTOMATION
from .progress import step
from .stage import Stage, require
from .story import STORIES, TOPPED_UP, Story, story_of
from .watch import BALANCE, DOMAIN, Watched

DAYS_SHOWN: Final = 14
"""Days of which the dashboard shows what was spent."""


class Demo(Stage):
    """Six accounts at simulated providers, and a Home Assistant that has long watched them."""

    def __init__(
        self,
        directory: Path,
        *,
        port: int | None = None,
        accounts: Iterable[Account] | None = None,
    ) -> None:
        """Keep everything in this directory."""
        super().__init__(directory, accounts or told.accounts(), port=port)
        self.stories: dict[str, Story] = {}
        """Of the accounts that the demo has added, by their entries."""

    @override
    async def set_up(self) -> None:
        # What entities say before they have a past would else become a part of it.
        await self.person.act("recorder", "disable")
        for story in STORIES:
            key = self.sandbox.accounts[story.account].key
            self.stories[await self.add(story.name, story.answers(key))] = story
        with step("Waiting for their balances"):
            await self.until_set_up()
            await self.look_around()
            require(self._missing_balances())
        with step("Making an automation from the blueprint"):
            await self.person.automate()
            await self.until(self._missing_automation)
        with step("Giving the accounts a past"):
            await self._live_the_past()
            await self.until_set_up()
            await self.until(self.missing)
        with step("Making the dashboard"):
            await self.person.make_dashboard()
        with step("Topping up an account, and waiting for the news"):
            self.top_up(story_of(TOPPED_UP))
            await self.refresh()
            await self.until(self._missing_news)
        with step("Waiting for the statistics"):
            await self.until(self._missing_statistics)

    async def until_low(self) -> None:
        """Go on until an account is low."""
        while not any(
            self.view.state(account.entities["low_balance"]) == "on"
            for account in self.view.accounts
        ):
            await asyncio.sleep(5)
            await self.refresh()
            await self.look_around()

    def account(self, story: Story) -> Watched:
        """Return the account that a story is about."""
        return next(
            account for account in self.view.accounts if self.stories.get(account.entry_id) == story
        )

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
        await self.look_around()
        activity = self.account(story_of(TOPPED_UP)).entities[ACTIVITY]
        gone = []
        if self.view.states[activity]["attributes"].get("event_type") != "topped_up":
            gone.append("the top-up")
        if not await self.home.ws("persistent_notification/get"):
            gone.append("the automation’s notification")
        return gone

    async def _missing_statistics(self) -> list[str]:
        """Return which accounts have no spend for each day that the dashboard shows."""
        since = datetime.now(UTC) - timedelta(days=DAYS_SHOWN)
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
        return [f"statistics of {each}" for each in spent if len(found.get(each, [])) < DAYS_SHOWN]

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
