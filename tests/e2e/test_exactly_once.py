"""Nothing is told twice and nothing is lost, however often Home Assistant dies.

Balances fall, recover and are topped up, while Home Assistant runs and while it does not, and it
is killed again and again: while it starts, before automations can hear it, as it is given the
answer to a poll, as an automation acts, and at any other time. An automation for each of the
five triggers delivers what it is told to a counter outside of Home Assistant.

The count is held against the sandbox's own record of the balances that it has served, in order.
A crossing is visible if it lies between two balances that were served one after the other to
polls whose answers Home Assistant lived to record. Which those are is seen after each kill: the
last balance in the account's file and all that were served before it. What crossings there are
among them is reckoned by the rules in `reckoning`, which share nothing with the integration.

- Lost is what is visible and was not delivered. There must be none.
- Doubled is what was delivered more than once. It is excused only in the one window that cannot
  be closed: what had been delivered when Home Assistant was killed, while its file still had it
  as yet to tell. The test sees that after each kill and reports how often it came about.
- Invented is what was delivered and is not visible. There must be none.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from itertools import cycle, islice
from pathlib import Path
from random import Random, SystemRandom
import sys
import time

import pytest

from sandbox.home import Home
from sandbox.sandbox import Sandbox

from .counter import DeliveryCounter
from .planting import about_the_integration, planted_in
from .world import World, configuration

pytestmark = pytest.mark.asyncio(loop_scope="package")

KILLED = (
    "as an automation acts",
    "as that is recorded",
    "before it can be heard",
    "as a poll is answered",
    "while it starts",
    "at any time",
)
STARTING = 6.0
UNHEARD = 9.0
LONGEST_LIFE = 16.0
PATIENCE = 60.0


async def test_kills(
    python: Path,
    source: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
    record_property: Callable[[str, object], None],
) -> None:
    """However Home Assistant is killed, each crossing that a poll could see is told once."""
    # Each version does its share.
    kills = (request.config.getoption("--kills", 5) + 1) // 2
    seed = request.config.getoption("--kill-seed", None) or SystemRandom().randrange(10**6)
    rng = Random(seed)
    manners = list(islice(cycle(rng.sample(KILLED, len(KILLED))), kills))

    async with (
        Sandbox(tmp_path / "sandbox", speed=0, accounts=[]) as sandbox,
        DeliveryCounter() as counter,
    ):
        home = Home(
            tmp_path / "home",
            sandbox=sandbox.directory,
            python=python,
            custom_components=source / "custom_components",
            configuration=configuration(counter),
        )
        world = World(home, sandbox, counter, rng)
        async with home:
            await world.settle_in()
        began = time.monotonic()
        for manner in manners:
            await live_and_die(world, manner)
            await asyncio.sleep(0.2)
            world.settle(f"killed {manner}")
            if rng.random() < 0.5:
                world.stir()
        await live_out(world)
        world.settle("in the end")

    doubled = counter.told - Counter(dict.fromkeys(counter.told, 1))
    report = (
        f"\n{python.parent.parent.name}, seed {seed}: {kills} kills"
        f" in {time.monotonic() - began:.0f} s, {world.expected.total()} crossings visible,"
        f" {counter.told.total()} counted, {doubled.total()} of them again,"
        f" {world.windows.total()} windows hit;"
        f" {dict(Counter(told.moment for told in world.expected.elements()))}\n"
    )
    record_property("kills", report)
    with capsys.disabled():
        sys.stderr.write(report)
    assert max(world.expected.values(), default=1) == 1
    assert world.lost == {}
    assert world.expected - counter.told == Counter(), "lost"
    assert Counter(dict.fromkeys(counter.told, 1)) - world.expected == Counter(), "invented"
    assert doubled - world.windows == Counter(), "doubled"
    log = home.console_file.read_text()
    assert about_the_integration(log.splitlines()) == []
    assert planted_in(log) == []


async def live_and_die(world: World, manner: str) -> None:
    """Run Home Assistant until it is killed."""
    rng = world.rng
    if manner == "while it starts":
        start = asyncio.create_task(world.home.start())
        await asyncio.sleep(rng.uniform(0.5, STARTING))
        await world.home.kill()
        await asyncio.gather(start, return_exceptions=True)
        return
    await world.home.start()
    async with stirring(world):
        match manner:
            case "before it can be heard":
                await asyncio.sleep(rng.uniform(0, UNHEARD))
            case "as a poll is answered":
                await asyncio.sleep(rng.uniform(0, UNHEARD))
                await until_polled(world)
                await asyncio.sleep(rng.uniform(0, 0.05))
            case "as an automation acts":
                async with asyncio.timeout(PATIENCE):
                    await world.counter.until_told()
                await asyncio.sleep(rng.choice([0, rng.uniform(0, 0.02)]))
            case "as that is recorded":
                await until_recorded(world)
            case _:
                await asyncio.sleep(rng.uniform(0, LONGEST_LIFE))
        await world.home.kill()


async def live_out(world: World) -> None:
    """Run Home Assistant until it has told all there is to tell, and end it as it should end."""
    await world.home.start()
    await world.poll()
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and any(each.untold() for each in world.reckonings.values()):
        await asyncio.sleep(0.1)
    world.stir()
    await world.poll()
    await asyncio.sleep(1)
    await world.home.stop()


async def until_polled(world: World) -> None:
    """Wait until the sandbox has answered a poll."""
    served = sum(len(each.served) for each in world.reckonings.values())
    async with asyncio.timeout(PATIENCE):
        while sum(len(each.served) for each in world.reckonings.values()) == served:
            await asyncio.sleep(0.001)


async def until_recorded(world: World) -> None:
    """Wait until an account's file says that something has been told."""
    untold = {each.account: each.untold() for each in world.reckonings.values()}
    async with asyncio.timeout(PATIENCE):
        while True:
            for each in world.reckonings.values():
                before, untold[each.account] = untold[each.account], each.untold()
                if before - untold[each.account]:
                    return
            await asyncio.sleep(0)


@asynccontextmanager
async def stirring(world: World) -> AsyncGenerator[None]:
    """Meanwhile, move balances and have them read, every now and then."""

    async def stir() -> None:
        while True:
            world.stir()
            await world.poll()
            await asyncio.sleep(world.rng.uniform(0.1, 2))

    task = asyncio.create_task(stir())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
