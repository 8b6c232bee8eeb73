"""The sandbox and the Home Assistant of the demo, and all that is done to them."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
import shutil
import time
from typing import Any, Final, Self

from sandbox.accounts import Account
from sandbox.home import ROOT, Home
from sandbox.sandbox import Sandbox

from . import dashboard, story as told
from .history import live
from .story import SPEED, STORIES, TOPPED_UP, Story, story_of
from .watch import BALANCE, DOMAIN, States, Watched, complaints, missing, watched

PATIENCE: Final = 20
_LOW_FOR: Final = 180
_FLOWS: Final = "/api/config/config_entries/flow"
_BLUEPRINT: Final = "api_credits/account_alerts.yaml"
_AUTOMATION: Final = {
    "id": "api_credits_alerts",
    "alias": "Alerts for API credits",
    "description": "Made from the blueprint of API Credits.",
}


class DemoError(Exception):
    """The demo does not show what it should."""


@contextmanager
def step(text: str) -> Iterator[None]:
    """Say what is being done, and then how long it took."""
    print(f"{text} … ", end="", flush=True)
    start = time.monotonic()
    try:
        yield
    except BaseException:
        print("not finished", flush=True)
        raise
    print(f"{time.monotonic() - start:.1f} s", flush=True)


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
        self.accounts: list[Watched] = []
        self.states: States = {}
        self._providers: dict[str, str] = {}
        self._told: dict[str, str] = {}
        self._low_since: dict[str, float] = {}

    async def __aenter__(self) -> Self:
        """Start."""
        try:
            with step("Starting the sandbox"):
                await self.sandbox.start()
            with step("Starting Home Assistant"):
                blueprints = self.home.directory / "blueprints"
                await asyncio.to_thread(shutil.copytree, ROOT / "blueprints", blueprints)
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
        await self._call("recorder", "disable")
        for story in STORIES:
            with step(f"Adding {story.name} through the config flow"):
                await self._add(story)
        with step("Waiting for their balances"):
            await self._until(self._missing_balances)
        with step("Making an automation from the blueprint"):
            await self._automate()
        with step("Giving the accounts a past"):
            await self._live_the_past()
            await self._until(self._missing_figures)
        with step("Making the dashboard"):
            await self._make_dashboard()
        with step("Topping up an account, and waiting for the news"):
            self._top_up(TOPPED_UP)
            await self.refresh()
            await self._until(self._missing_news)
        with step("Waiting for the statistics"):
            await self._until(self._missing_statistics)

    async def refresh(self) -> None:
        """Have Home Assistant ask all providers now."""
        entities = [account.entities[account.balances[0]] for account in self.accounts]
        await self._call("homeassistant", "update_entity", entity_id=entities)
        await self._look()

    async def until_low(self) -> None:
        """Go on until an account is low."""
        while not any(
            self.states[account.entities["low_balance"]]["state"] == "on"
            for account in self.accounts
        ):
            await asyncio.sleep(5)
            await self.refresh()

    async def check(self) -> None:
        """Raise DemoError if something is missing or the integration has complained."""
        self.check_log()
        if gone := await self._missing_figures():
            raise DemoError(f"Home Assistant does not show {', '.join(gone)}")

    def check_log(self) -> None:
        """Raise DemoError if the integration has complained."""
        if lines := list(complaints(self.home.log())):
            raise DemoError("\n  ".join(["The integration has logged:", *lines]))

    def news(self) -> Iterator[str]:
        """Yield what accounts have announced since the last look."""
        for account in self.accounts:
            state = self.states[account.activity]
            if state["state"] not in {"unknown", self._told.get(account.title)}:
                self._told[account.title] = state["state"]
                event = state["attributes"]
                moment = event["event_type"].replace("_", " ")
                yield f"{account.title}: {moment}, {event['balance']:.2f} {event['unit']} left"

    def care(self) -> None:
        """Top up what has been low for a while, so that there is always something to see."""
        now = time.monotonic()
        for account in self.accounts:
            if self.states[account.entities["low_balance"]]["state"] != "on":
                self._low_since.pop(account.provider, None)
            elif now - self._low_since.setdefault(account.provider, now) >= _LOW_FOR:
                self._top_up(account.provider)

    async def _call(self, domain: str, action: str, **data: Any) -> None:
        await self.home.post(f"/api/services/{domain}/{action}", data)

    async def _look(self) -> None:
        """See which entities there are, and what they show."""
        entries = await self.home.ws("config_entries/get", domain=DOMAIN)
        entities = await self.home.ws("config/entity_registry/list")
        self.accounts = watched(self._providers, entries, entities)
        self.states = {state["entity_id"]: state for state in await self.home.get("/api/states")}

    async def _until(self, what_is_missing: Callable[[], Awaitable[list[str]]]) -> None:
        """Wait until nothing is missing, or raise DemoError for what is."""
        end = time.monotonic() + PATIENCE
        while gone := await what_is_missing():
            if time.monotonic() > end:
                self.check_log()
                raise DemoError(f"Home Assistant does not show {', '.join(gone)}")
            await asyncio.sleep(0.2)

    async def _missing_balances(self) -> list[str]:
        await self._look()
        balances = {account.provider: account.balances for account in self.accounts}
        gone = [story.name for story in STORIES if len(balances[story.account]) < len(story.purses)]
        return [f"all balances of {name}" for name in gone] or missing(
            self.accounts, self.states, [BALANCE]
        )

    async def _missing_figures(self) -> list[str]:
        await self._look()
        return missing(self.accounts, self.states)

    async def _missing_news(self) -> list[str]:
        """Return whether the top-up is shown, and the automation has told of another account."""
        await self._look()
        events = [self.states[account.activity]["attributes"] for account in self.accounts]
        gone = []
        if not any(event.get("event_type") == "topped_up" for event in events):
            gone.append("the top-up")
        if not await self.home.ws("persistent_notification/get"):
            gone.append("the automation’s notification")
        return gone

    async def _missing_statistics(self) -> list[str]:
        """Return which accounts have no spend for each day that the dashboard shows."""
        since = datetime.now(UTC) - timedelta(days=dashboard.DAYS_SHOWN)
        spent = [
            account.figure("spent", key) for account in self.accounts for key in account.balances
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

    def _top_up(self, provider: str) -> None:
        """Top up an account, as its owner would at the provider."""
        story = story_of(provider)
        self.sandbox.accounts[provider].top_up(story.refill, list(story.purses)[-1])

    async def _add(self, story: Story) -> None:
        """Add an account as a person does, form by form."""
        answers = {
            "user": {"provider": story.account},
            "credentials": {"api_key": self.sandbox.accounts[story.account].key},
            "account": {"account": story.choice},
            "alerts": {"low_balance": story.low_balance, "runway_days": story.runway_days},
        }
        result = await self.home.post(_FLOWS, {"handler": DOMAIN})
        while result["type"] == "form" and not result["errors"]:
            result = await self.home.post(
                f"{_FLOWS}/{result['flow_id']}", answers[result["step_id"]]
            )
        if result["type"] != "create_entry":
            reason = result.get("reason") or result["errors"].get("base")
            raise DemoError(f"{story.name} cannot be added: {reason}")
        self._providers[result["result"]["entry_id"]] = story.account

    async def _automate(self) -> None:
        """Have an automation tell what becomes of all accounts, in Home Assistant's own way."""
        blueprint = {"path": _BLUEPRINT, "input": {"notification": "always"}}
        path = f"/api/config/automation/config/{_AUTOMATION['id']}"
        await self.home.post(path, _AUTOMATION | {"use_blueprint": blueprint})

    async def _live_the_past(self) -> None:
        """Put a past into the integration's memory and into the statistics."""
        for account in self.accounts:
            await self._enable(account, enabled=False)
        for account in self.accounts:
            memory = self.home.directory / ".storage" / f"{DOMAIN}.{account.entry_id}"
            past = live(memory, account, story_of(account.provider), self.states)
            for statistics in await asyncio.to_thread(list, past):
                await self.home.ws("recorder/import_statistics", **statistics)
        await self._call("recorder", "enable")
        for account in self.accounts:
            await self._enable(account, enabled=True)

    async def _enable(self, account: Watched, *, enabled: bool) -> None:
        disabled_by = None if enabled else "user"
        await self.home.ws(
            "config_entries/disable", entry_id=account.entry_id, disabled_by=disabled_by
        )

    async def _make_dashboard(self) -> None:
        """Store the dashboard, and have it be the first thing that one sees."""
        await self.home.ws(
            "lovelace/dashboards/create",
            url_path=dashboard.URL_PATH,
            title=dashboard.TITLE,
            icon=dashboard.ICON,
            mode="storage",
            show_in_sidebar=True,
            require_admin=False,
        )
        config = dashboard.dashboard(self.accounts, self.states)
        await self.home.ws("lovelace/config/save", url_path=dashboard.URL_PATH, config=config)
        await self.home.ws(
            "frontend/set_system_data",
            key="core",
            value={"default_panel": dashboard.URL_PATH},
        )
