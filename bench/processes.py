"""The processes of a run: the server, and the Home Assistants that are measured."""

import asyncio
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
import json
import os
from pathlib import Path
import sys
import tempfile
from typing import Any


@asynccontextmanager
async def running(module: str, *arguments: object) -> AsyncGenerator[Process]:
    """Run a module of this package, and end it by ending its standard input."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        f"bench.{module}",
        *map(str, arguments),
        stdin=PIPE,
        stdout=PIPE,
        limit=2**26,
    )
    try:
        yield process
        if process.stdin:
            process.stdin.close()
        await process.wait()
    finally:
        with suppress(ProcessLookupError):
            process.kill()


async def answer(process: Process, command: str = "") -> Any:
    """Return the next answer of a process, after giving it a command."""
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the process has no pipes")
    if command:
        process.stdin.write(f"{command}\n".encode())
    if line := await process.stdout.readline():
        return json.loads(line)
    raise RuntimeError("a measured process has ended early")


@asynccontextmanager
async def serving() -> AsyncGenerator[int]:
    """Run the server and yield its port; processes started from now on trust it."""
    with tempfile.TemporaryDirectory() as directory:
        ca_file = Path(directory) / "ca.pem"
        async with running("server", ca_file) as server:
            port: int = await answer(server)
            os.environ["REQUESTS_CA_BUNDLE"] = str(ca_file)
            yield port
