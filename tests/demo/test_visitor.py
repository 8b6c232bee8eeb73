"""Whatever a visitor does in Home Assistant, the demo goes on and says what it sees."""

from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random
import re
import signal
import sys
import time
from typing import Any

import pytest

from .acts import ACTS
from .hands import Hands
from .visitor import Visitor

pytestmark = pytest.mark.xdist_group("demo")


async def test_visitor(
    start: Any,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In any order, all that one can do leaves the demo alive, and no traceback anywhere."""
    seed = request.config.getoption("--visit-seed", None) or time.time_ns() % 10**6
    seconds = request.config.getoption("--visit-seconds", 0)
    rng = Random(seed)
    done = [f"--visit-seed {seed}"]
    run = await start()
    await run.read_until("topped up")
    (console,) = run.corner.rglob("console.log")
    with console.open() as log:
        async with AsyncExitStack() as stack:
            visitor = await stack.enter_async_context(Visitor.come(run, rng))
            acts = list(ACTS)
            if request.config.getoption("--visit-by-hand", default=False):
                hands = await stack.enter_async_context(Hands.come(tmp_path / "chromium"))
                acts += hands.acts
            end = time.monotonic() + seconds
            while True:
                for act in rng.sample(acts, len(acts)):
                    done.append(act.__qualname__)
                    seen = len(run.output)
                    if says := await act(visitor):
                        await run.read_until(says, after=seen)
                if time.monotonic() >= end:
                    break
        run.process.send_signal(signal.SIGINT)
        # Read to its end, though the folder it was in is gone by then.
        assert await run.end() == 0, (done, run.output)
        logged = log.read()
    assert "Traceback" not in run.output, (done, run.output)
    if seconds:
        with capsys.disabled():
            sys.stderr.write(report(done))
    found = "\n\n".join(tracebacks(logged))
    assert not found, f"After {', '.join(done)}:\n{found}"


def report(done: list[str]) -> str:
    """Return how often each thing was done in a long visit."""
    seed, *acts = done
    rows = [f"{name:30}{number:5}" for name, number in sorted(Counter(acts).items())]
    return "\n".join(["", f"{len(acts)} things done, {seed}:", *rows, ""])


def tracebacks(log: str) -> list[str]:
    """Return the records of a log that hold a traceback, but not what is only there to debug.

    Home Assistant adds one to its debug lines also where a key is refused, which is no fault. When
    it stops on a busy machine, it interrupts its threads that have nothing to do, which is none.
    """
    records = re.split(r"^(?=\d{4}-\d\d-\d\d \d\d:)", log, flags=re.MULTILINE)
    return [
        each
        for each in records
        if "Traceback" in each
        and " DEBUG " not in each[:40]
        and not ("work_queue.get(block=True)\nSystemExit" in each and " CRITICAL " in each[:40])
    ]


def test_tracebacks() -> None:
    """A traceback in a log is found, one of a debug line is not."""
    record = "2026-11-21 10:00:00.000 {} (MainThread) [it] Oh\nTraceback (most recent call last):\n"
    error = record.format("ERROR")
    assert tracebacks(record.format("DEBUG") + error + error.splitlines()[0]) == [error]
    assert tracebacks("Traceback, without a record\n") == ["Traceback, without a record\n"]
    idle = (
        record.format("CRITICAL") + '  File "concurrent/futures/thread.py", line 116, in _worker\n'
        "    work_item = work_queue.get(block=True)\nSystemExit\n"
    )
    assert tracebacks(idle + error) == [error]
    assert tracebacks(record.format("CRITICAL") + "SystemExit\n")
