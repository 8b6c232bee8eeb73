"""All the ways in which Home Assistant, or an account in it, can come to an end."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import cycle, islice
from random import Random
import time
from typing import Final

from .counter import Run
from .reckoning import ACKNOWLEDGED_AFTER, SLACK
from .world import PATIENCE, World

STARTING: Final = 6.0
UNHEARD: Final = 9.0
LONGEST_LIFE: Final = 16.0


@dataclass(frozen=True, kw_only=True)
class Manner:
    """A way to end; `fatal` if Home Assistant does not run afterwards."""

    name: str
    end: Callable[[World, str], Awaitable[None]]
    fatal: bool = True
    share: int = 1


async def killed_starting(world: World, manner: str) -> None:
    """Kill it before it is up."""
    if world.rng.random() < 0.7:
        world.stir()
    start = asyncio.create_task(world.home.start())
    await asyncio.sleep(world.rng.uniform(0.5, STARTING))
    await world.kill(manner)
    await asyncio.gather(start, return_exceptions=True)


async def killed_unheard(world: World, manner: str) -> None:
    """Kill it before automations can hear it."""
    await world.live()
    async with world.stirring():
        await asyncio.sleep(world.rng.uniform(0, UNHEARD))
        await world.kill(manner)


async def killed_answered(world: World, manner: str) -> None:
    """Kill it as it is given the answer to a poll."""
    await world.live()
    async with world.stirring():
        await asyncio.sleep(world.rng.uniform(0, UNHEARD))
        answers = world.answers
        deadline = time.monotonic() + PATIENCE
        while world.answers == answers and time.monotonic() < deadline:
            await asyncio.sleep(0.001)
        await asyncio.sleep(world.rng.uniform(0, 0.05))
        await world.kill(manner)


async def killed_acting(world: World, manner: str) -> None:
    """Kill it as an automation acts."""
    await world.live()
    async with world.stirring():
        await _acting(world)
        await world.kill(manner)


async def killed_writing(world: World, manner: str) -> None:
    """Kill it as it has written something of an account, after an automation has begun to act."""
    await world.live()
    async with world.stirring():
        await world.counter.until_begun(within=PATIENCE)
        written = world.writings()
        deadline = time.monotonic() + PATIENCE
        while world.writings() == written and time.monotonic() < deadline:
            await asyncio.sleep(0)
        await world.kill(manner)


async def killed_any_time(world: World, manner: str) -> None:
    """Kill it at any time."""
    await world.live()
    async with world.stirring():
        await asyncio.sleep(world.rng.uniform(0, LONGEST_LIFE))
        await world.kill(manner)


async def killed_reloaded(world: World, manner: str) -> None:
    """Reload an account that an automation acts on, and kill it soon after."""
    await world.live()
    async with world.stirring():
        if run := await _acting(world, longest=0.5):
            await world.reload("reloaded, then killed", run.told.account)
        await asyncio.sleep(world.rng.uniform(0, 0.45))
        await world.kill(manner)


async def killed_outlived(world: World, manner: str) -> None:
    """Reload an account during a slow poll, let the successor tell, answer the poll, kill it."""
    await world.live()
    await world.breathe()
    account = world.rng.choice(world.prompt())
    held = world.sandbox.hold(account)
    world.move(account)
    poll = asyncio.create_task(world.poll(account))
    async with asyncio.timeout(PATIENCE):
        await held.reached.wait()
    await world.reload("reloaded during a poll", account)
    await world.counter.until(lambda: not world.open(account), within=5)
    await asyncio.sleep(ACKNOWLEDGED_AFTER + SLACK + 0.5)
    world.sandbox.release()
    await held.over.wait()
    await asyncio.sleep(world.rng.uniform(0.3, 1))
    await world.kill(manner)
    await asyncio.gather(poll, return_exceptions=True)


async def killed_read_only(world: World, manner: str) -> None:
    """Kill it well after its disk has been read-only for some seconds."""
    await world.live()
    await _killed_mended(world, manner, world.disk.read_only())


async def killed_full(world: World, manner: str) -> None:
    """Kill it well after its disk has been full for some seconds."""
    await world.live()
    await _killed_mended(world, manner, world.disk.full(world.pid))


async def stopped_acting(world: World, manner: str) -> None:
    """Stop it as an automation acts."""
    await world.live()
    async with world.stirring():
        await _acting(world)
        await world.stop(manner)


async def stopped_any_time(world: World, manner: str) -> None:
    """Stop it at any time."""
    await world.live()
    async with world.stirring():
        await asyncio.sleep(world.rng.uniform(0, LONGEST_LIFE))
        await world.stop(manner)


async def restarted(world: World, manner: str) -> None:
    """Have it restart itself as an automation acts."""
    await world.live()
    async with world.stirring():
        await _acting(world)
    await world.restart(manner)


async def reloaded_acting(world: World, manner: str) -> None:
    """Reload an account that an automation acts on, and some others."""
    await world.live()
    async with world.stirring():
        if run := await _acting(world, longest=2):
            others = world.rng.sample(world.lasting(), 2)
            await world.reload(manner, *dict.fromkeys([run.told.account, *others]))


async def deleted(world: World, manner: str) -> None:
    """Delete an account during a poll that is answered with news."""
    await world.live()
    account = world.victims.pop()
    held = world.sandbox.hold(account)
    world.move(account)
    poll = asyncio.create_task(world.poll(account))
    async with asyncio.timeout(PATIENCE):
        await held.reached.wait()
    await world.delete(manner, account)
    world.sandbox.release()
    await held.over.wait()
    await asyncio.gather(poll, return_exceptions=True)


MANNERS: Final = (
    Manner(name="killed while it starts", end=killed_starting),
    Manner(name="killed before it can be heard", end=killed_unheard),
    Manner(name="killed as a poll is answered", end=killed_answered),
    Manner(name="killed as an automation acts", end=killed_acting, share=2),
    Manner(name="killed as an account is written", end=killed_writing),
    Manner(name="killed at any time", end=killed_any_time),
    Manner(name="killed after a reload", end=killed_reloaded),
    Manner(name="killed after a reload during a poll", end=killed_outlived),
    Manner(name="killed after the disk was read-only", end=killed_read_only),
    Manner(name="killed after the disk was full", end=killed_full),
    Manner(name="stopped as an automation acts", end=stopped_acting, share=4),
    Manner(name="stopped at any time", end=stopped_any_time),
    Manner(name="restarted as an automation acts", end=restarted, fatal=False),
    Manner(name="reloaded as an automation acts", end=reloaded_acting, fatal=False, share=4),
    Manner(name="deleted during a poll", end=deleted, fatal=False),
)


def choose(number: int, rng: Random, wanted: str = "") -> list[Manner]:
    """Return so many ways to end, in their shares, in an order in which they can come about."""
    shares = [each for each in MANNERS for _ in range(each.share) if wanted in each.name]
    rng.shuffle(shares)
    # Of a few, no two are the same.
    shares = list(dict.fromkeys(shares)) if number <= len(MANNERS) else shares
    chosen = list(islice(cycle(shares), number))
    fatal = [manner for manner in chosen if manner.fatal]
    lives: list[list[Manner]] = [[manner] for manner in fatal] or [[]]
    able = [life for life in lives if not life or life[0].end is not killed_starting] or [[]]
    for manner in chosen:
        if not manner.fatal:
            rng.choice(able).insert(0, manner)
    if not any(life is able[0] for life in lives):
        lives += able
    return [manner for life in lives for manner in life]


async def _acting(world: World, longest: float = 5) -> Run | None:
    """Wait until an automation acts, and then some of the time that it may take."""
    run = await world.counter.until_begun(within=PATIENCE)
    waits = [0, world.rng.uniform(0, 0.02), world.rng.uniform(0, 0.5)]
    await asyncio.sleep(world.rng.choice([*waits, world.rng.uniform(0, longest)]))
    return run


async def _killed_mended(world: World, manner: str, broken: AbstractContextManager[None]) -> None:
    """Break the disk, have something to tell, mend it, have it told and acknowledged, kill."""
    await world.breathe()
    await asyncio.sleep(ACKNOWLEDGED_AFTER + SLACK)
    accounts = world.prompt()
    start = world.log_size()
    with broken:
        for account in accounts:
            world.move(account)
        await world.until_answered(*accounts)
        await asyncio.sleep(world.rng.uniform(1.5, 3))
    await world.until_answered(*world.lasting())
    await world.counter.until(lambda: not world.open(*accounts), within=PATIENCE)
    await world.counter.until(world.is_quiet, within=PATIENCE)
    await asyncio.sleep(ACKNOWLEDGED_AFTER + SLACK)
    world.broken(start)
    await world.kill(manner)
