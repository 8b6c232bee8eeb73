"""The demo, started as a person starts it."""

import asyncio
from collections.abc import AsyncGenerator
import os
from pathlib import Path
from typing import Any

import pytest

from sandbox.home import ROOT

from .running import Run


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the visit be longer, or be repeated."""
    parser.addoption("--visit-seconds", type=int, default=0, help="how long to visit the demo")
    parser.addoption(
        "--visit-by-hand", action="store_true", help="visit the demo with a browser, too"
    )
    parser.addoption("--visit-seed", type=int, help="repeat a visit of the demo")


@pytest.fixture(autouse=True)
def sockets(socket_enabled: None) -> None:
    """Allow sockets: all of these tests stay on loopback."""


@pytest.fixture(autouse=True)
def enable_integration() -> None:
    """Do without the Home Assistant that other tests run in."""


@pytest.fixture
def expected_lingering_timers() -> bool:
    """Accept that asyncio waits for a while for clients that say no farewell."""
    return True


@pytest.fixture
async def start(tmp_path: Path) -> AsyncGenerator[Any]:
    """Return a function that starts the demo, from another folder and with nobody to type."""
    runs = []

    async def _start(*arguments: str) -> Run:
        (corner := tmp_path / "corner").mkdir()
        process = await asyncio.create_subprocess_exec(
            ROOT / "scripts" / "demo",
            *arguments,
            cwd=tmp_path,
            env=os.environ | {"TMPDIR": str(corner)},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        runs.append(Run(corner, process))
        return runs[-1]

    yield _start
    for run in runs:
        if run.process.returncode is None:
            run.process.kill()
            await run.process.wait()
