"""Nothing is told twice and nothing is lost, however Home Assistant comes to an end.

Balances fall, recover and are topped up, while Home Assistant runs and while it does not. It is
killed, stopped and restarted, its accounts are reloaded and deleted, and its disk fails, each at
bad moments. Automations whose actions take up to five seconds deliver what they are told to a
counter outside of Home Assistant.

An account's balance makes one crossing at a time: it is moved on only once what there is to tell
of it has been delivered. So a poll whose answer died with Home Assistant is followed by another
that sees the same.

- Due is each crossing that the sandbox has answered a poll with.
- Lost is what is due and was not delivered, also not while Home Assistant ran undisturbed in the
  end. There must be none.
- Doubled is what an automation has delivered more than once. It is excused where Home Assistant
  ended after the automations were told and before all of them had ended: at least half a second,
  at most a minute. The reload of an account excuses nothing.
- Invented is what was delivered and was not due. There must be none.

Nothing of this is read from the integration's files, and nothing is what the integration says.
"""

from collections.abc import Callable
from pathlib import Path
from random import Random, SystemRandom
import sys
import time

import pytest

from sandbox.home import Home

from .counter import DeliveryCounter
from .disk import Disk
from .ends import choose, deleted
from .planting import about_the_integration, planted_in
from .reckoning import Verdict, judge
from .watching import WatchedSandbox
from .world import World, configuration

pytestmark = [
    pytest.mark.asyncio(loop_scope="package"),
    # It has a home of its own, and waits most of the time.
    pytest.mark.xdist_group("ends"),
]

HERD = 50
MANY = 20
BREATH = 10
LINE = 300
EXCERPT = 40


async def test_ends(
    python: Path,
    source: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
    record_property: Callable[[str, object], None],
) -> None:
    """However Home Assistant ends, each crossing that a poll was answered with is told once."""
    # Each version does its share.
    number = (request.config.getoption("--kills", 12) + 1) // 2
    seed = request.config.getoption("--kill-seed", None) or SystemRandom().randrange(10**6)
    rng = Random(seed)
    manners = choose(number, rng, request.config.getoption("--kill-manner", ""))
    directory = tmp_path / "home"

    async with WatchedSandbox(tmp_path / "sandbox") as sandbox, DeliveryCounter() as counter:
        home = Home(
            directory,
            sandbox=sandbox.directory,
            python=python,
            custom_components=source / "custom_components",
            configuration=configuration(counter),
        )
        world = World(home, sandbox, counter, Disk(directory / ".storage"), rng)
        async with home:
            await world.settle_in(
                victims=sum(manner.end is deleted for manner in manners),
                herd=HERD if number > MANY else 0,
            )
            began = time.monotonic()
            for done, manner in enumerate(manners, 1):
                since = time.monotonic()
                await manner.end(world, manner.name)
                world.seconds[manner.name] += time.monotonic() - since
                if done % BREATH == 0:
                    await world.breathe()
            await world.breathe()
            await world.stop("stopped in the end")
        took = time.monotonic() - began
        resurrected = world.resurrected()

    verdict = judge(world.reckonings.values(), counter.runs.values(), world.endings)
    title = ", ".join(
        [python.parent.parent.name, f"seed {seed}", f"{took:.0f} s", *sorted(world.disk.means)]
    )
    report = table(title, world, verdict)
    record_property("kills", report)
    with capsys.disabled():
        sys.stderr.write(report)
    log = world.log()
    found = {
        "lost": verdict.lost,
        "doubled": verdict.doubled,
        "invented": verdict.invented,
        "came back after its deletion": resurrected,
        "warned at a stop": world.warnings,
        "warned": [line for line in about_the_integration(log) if line not in world.warnings],
        "leaked": planted_in("\n".join(log)),
    }
    findings = [f"{kind}: {each}"[:LINE] for kind, those in found.items() for each in those]
    assert findings == [], "\n".join(
        ["", *findings, *excerpt(log, [*found["warned"], *world.warnings])]
    )
    assert verdict.delivered


def table(title: str, world: World, verdict: Verdict) -> str:
    """Return what a person wants to know of all the ends."""
    rows = [
        (f"{name}{seconds(world, name)}", count) for name, count in sorted(world.manners.items())
    ]
    rows += [
        ("ends", world.manners.total()),
        ("due", len(verdict.due)),
        ("delivered", verdict.delivered),
        ("lost", len(verdict.lost)),
        ("doubled, excused", len(verdict.excused)),
        ("doubled, not excused", len(verdict.doubled)),
        ("invented", len(verdict.invented)),
        ("warnings at stops", len(world.warnings)),
        ("longest reload, ms", round(world.longest_reload * 1000)),
    ]
    return f"\n{title}\n" + "".join(f"{name:55}{count:7}\n" for name, count in rows)


def excerpt(log: list[str], warnings: list[str]) -> list[str]:
    """Return what a log says about the first of these warnings."""
    for number, line in enumerate(log):
        if line in warnings:
            return ["", *log[number : number + EXCERPT]]
    return []


def seconds(world: World, manner: str) -> str:
    """Return how long the ends of a manner took, all in all."""
    return f" ({world.seconds[manner]:.0f} s)" if manner in world.seconds else ""
