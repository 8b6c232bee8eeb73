"""What automations get to hear when many accounts have something to tell at once.

Home Assistant drops what an automation is told while it has its hands full: how much, that depends
on its mode. README and the blueprint must not lead people there.
"""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from random import Random
import sys
from typing import Final

import pytest

from sandbox.home import Home

from .counter import DeliveryCounter
from .disk import Disk
from .watching import WatchedSandbox
from .world import PATIENCE, Automation, World, configuration

pytestmark = pytest.mark.asyncio(loop_scope="package")

ACCOUNTS: Final = 50
FEWER: Final = 15
SECONDS: Final = 0.3
ABLE: Final = (
    Automation(name="queued_200", seconds=SECONDS, mode="queued", limit=200),
    Automation(name="parallel_200", seconds=SECONDS, limit=200),
)
UNABLE: Final = (
    Automation(name="single", seconds=SECONDS, mode="single", limit=None),
    Automation(name="restart", seconds=SECONDS, mode="restart", limit=None),
    Automation(name="queued", seconds=SECONDS, mode="queued", limit=None),
    Automation(name="parallel", seconds=SECONDS, limit=None),
)


async def test_many_at_once(
    python: Path,
    source: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
    record_property: Callable[[str, object], None],
) -> None:
    """With room for all of it, an automation delivers all that many accounts tell at once."""
    # Along with a long kill test there is time for all of them.
    accounts = ACCOUNTS if request.config.getoption("--kills", 0) >= ACCOUNTS else FEWER
    directory = tmp_path / "home"
    async with WatchedSandbox(tmp_path / "sandbox") as sandbox, DeliveryCounter() as counter:
        home = Home(
            directory,
            sandbox=sandbox.directory,
            python=python,
            custom_components=source / "custom_components",
            configuration=configuration(counter),
        )
        world = World(home, sandbox, counter, Disk(directory / ".storage"), Random(0))
        async with home:
            for _ in range(accounts):
                await world.add("openrouter", ABLE)
            for reckoning in world.reckonings.values():
                reckoning.hearers += tuple(automation.name for automation in UNABLE)
            await world.automate((*ABLE, *UNABLE))
            # Each becomes low and is exhausted.
            for account in world.lasting():
                world.move(account, Decimal(-5))
            await world.poll()
            told = [told for crossing in world.open() for told in crossing.told]
            await counter.until(
                lambda: all(counter.deliveries(each.name, it) for each in ABLE for it in told),
                within=PATIENCE + SECONDS * len(told),
            )
    counts = {
        automation.name: sum(bool(counter.deliveries(automation.name, it)) for it in told)
        for automation in (*UNABLE, *ABLE)
    }
    report = f"\n{python.parent.parent.name}: of {len(told)} told at once, delivered\n" + "".join(
        f"{name:20}{count:5}\n" for name, count in counts.items()
    )
    record_property("delivered", report)
    with capsys.disabled():
        sys.stderr.write(report)
    assert len(told) == 2 * accounts
    assert {each.name: counts[each.name] for each in ABLE} == {
        each.name: len(told) for each in ABLE
    }
