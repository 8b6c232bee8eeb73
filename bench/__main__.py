"""Measure and compare: python -m bench [--forecast] [--quick] [--check]."""

import argparse
import asyncio
from asyncio.subprocess import Process
from contextlib import AsyncExitStack
from itertools import product
import sys
from typing import Any

from .forecast.report import report_forecast
from .processes import answer, running, serving
from .report import KINDS, SIZES, Case, PollResult, ScaleResult, report

POLL_ROUNDS = 100
SCALE_ROUNDS = 30
IMPORTS = 7
QUICK = 10


async def start(stack: AsyncExitStack, port: int, *options: str) -> dict[Case, tuple[Process, Any]]:
    """Start a Home Assistant for each case, two at a time; return it with its first answer."""
    started: dict[Case, tuple[Process, Any]] = {}
    for size in SIZES:
        cases = [(kind, size) for kind in KINDS]
        processes = [
            await stack.enter_async_context(running("worker", port, *case, *options))
            for case in cases
        ]
        answers = await asyncio.gather(*map(answer, processes))
        started |= dict(zip(cases, zip(processes, answers, strict=True), strict=True))
    return started


async def measure_polls(port: int, rounds: int) -> PollResult:
    """Compare the ways to poll, within one process."""
    async with running("polls", port, rounds) as process:
        return PollResult(**await answer(process))


async def measure_imports(times: int) -> tuple[list[float], int]:
    """Return the seconds in which a process of its own imports all providers, and their number."""
    seconds, count = [], 0
    for _ in range(times):
        async with running("imports") as process:
            answered = await answer(process)
            seconds.append(answered["seconds"])
            count = answered["count"]
    return seconds, count


async def measure_scale(port: int, rounds: int) -> ScaleResult:
    """Compare many accounts with few: processes that each hold their number, by turns."""
    async with AsyncExitStack() as stack:
        workers = await start(stack, port)
        seconds = []
        for turn in range(rounds + 1):
            order = list(workers)
            order = order[turn % len(order) :] + order[: turn % len(order)]
            seconds.append(
                {
                    (command, case): await answer(workers[case][0], command)
                    for case, command in product(order, ("poll", "setup"))
                }
            )
        first = {case: value for case, (_, value) in workers.items()}
    async with AsyncExitStack() as stack:
        memory = {case: value for case, (_, value) in (await start(stack, port, "memory")).items()}
    # The first round still warms up.
    return ScaleResult(seconds=seconds[1:], at_once=first, memory=memory)


async def main() -> int:
    """Measure, print the table, and return the exit status."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=report.__doc__)
    parser.add_argument("--quick", action="store_true", help="measure less, with more noise")
    parser.add_argument("--check", action="store_true", help="exit with 1 if a target is missed")
    parser.add_argument(
        "--forecast", action="store_true", help="measure how well the end of a balance is foreseen"
    )
    options = parser.parse_args()
    if options.forecast:
        text, missed = report_forecast(quick=options.quick)
        sys.stdout.write(text)
        return int(options.check and missed)
    share = QUICK if options.quick else 1
    imports, providers = await measure_imports(IMPORTS)
    async with serving() as port:
        polls = await measure_polls(port, POLL_ROUNDS // share)
        scale = await measure_scale(port, SCALE_ROUNDS // share)
    text, missed = report(polls, scale, imports, providers)
    sys.stdout.write(text)
    return int(options.check and missed)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
