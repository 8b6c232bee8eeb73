"""A sandbox and a Home Assistant, and what there is to see of the accounts there."""

from abc import ABC, abstractmethod
import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from pathlib import Path
import shutil
import sys
import time
from typing import Any, ClassVar, Final, Self

from sandbox.accounts import Account
from sandbox.anything import Anything
from sandbox.home import ROOT, Home
from sandbox.sandbox import Sandbox

from .checks import FIGURES, DemoError, complaints, missing
from .person import Person
from .progress import step
from .story import SPEED, Story
from .watch import View, look

PATIENCE: Final = 900
"""Seconds after which what has still not come is taken to never come, on any machine."""

SERVICE_KEY: Final = "demo-another-service-key"
"""Of a service at home that is no provider."""

_LOOK_SECONDS: Final = 0.2


class Stage(ABC):
    """Simulated providers, and a Home Assistant whose person adds accounts there."""

    figures: ClassVar[Sequence[str]] = FIGURES
    """What Home Assistant has to show of each balance."""

    def __init__(
        self,
        directory: Path,
        accounts: Iterable[Account],
        *,
        port: int | None = None,
        python: Path = Path(sys.executable),
        speed: int = SPEED,
    ) -> None:
        """Keep everything in this directory."""
        self.sandbox = Sandbox(directory / "sandbox", speed=speed, accounts=accounts)
        self.service = Anything(SERVICE_KEY)
        self.home = Home(
            directory / "home",
            sandbox=self.sandbox.directory,
            port=port,
            python=python,
        )
        self.person = Person(self.home)
        self.view = View(states={})
        self.added: dict[str, str] = {}
        """The names of the accounts that were added here, by their entries."""

    async def __aenter__(self) -> Self:
        """Start."""
        try:
            with step("Starting the sandbox"):
                await self.sandbox.start()
                await self.service.start()
            with step("Starting Home Assistant"):
                self._copy_blueprints()
                await self.home.start()
        except BaseException:
            await self.home.kill()
            await self._close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        with step("Stopping"):
            await self.home.stop()
            await self._close()

    async def _close(self) -> None:
        await self.service.stop()
        await self.sandbox.stop()

    @abstractmethod
    async def set_up(self) -> None:
        """Do what people and time would have done."""

    async def add(self, name: str, answers: Mapping[str, Any]) -> str:
        """Add an account through the config flow, and return its entry's id."""
        with step(f"Adding {name} through the config flow"):
            entry_id = await self.person.add(name, answers)
        self.added[entry_id] = name
        return entry_id

    async def refresh(self) -> None:
        """Have Home Assistant ask all providers now."""
        one_each = [loaded[0] for each in self.view.accounts if (loaded := self.view.loaded(each))]
        if one_each:
            await self.person.act("homeassistant", "update_entity", entity_id=one_each)

    def top_up(self, story: Story) -> None:
        """Top up an account, as its owner would at the provider."""
        self.sandbox.accounts[story.account].top_up(story.refill, story.refilled)

    async def missing(self) -> list[str]:
        """Return what Home Assistant should show and does not."""
        await self.look_around()
        return missing(self.view, self.figures)

    def complaints(self) -> list[str]:
        """Return what the integration has complained of."""
        return list(complaints(self.home.log()))

    def _copy_blueprints(self) -> None:
        # Not in a thread, which would go on to write after an interruption.
        shutil.copytree(ROOT / "blueprints", self.home.directory / "blueprints")

    async def look_around(self) -> None:
        """See which accounts there are, and what they show."""
        self.view = await look(self.home) or self.view

    async def until_set_up(self) -> None:
        """Wait until Home Assistant has set up all accounts: what they show is there then."""
        waiting = dict(self.added)
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
            names = ", ".join(waiting.values())
            raise DemoError(f"Home Assistant does not finish setting up {names}") from None

    async def until(self, what_is_missing: Callable[[], Awaitable[list[str]]]) -> None:
        """Wait until nothing is missing, or raise DemoError for what is."""
        end = time.monotonic() + PATIENCE
        while gone := await what_is_missing():
            if time.monotonic() > end:
                require(gone)
            await asyncio.sleep(_LOOK_SECONDS)


def require(gone: list[str]) -> None:
    """Raise DemoError for what is missing, if anything is."""
    if gone:
        raise DemoError(f"Home Assistant does not show {', '.join(gone)}")
