"""The demo as a process of its own, and all that it leaves."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

PATIENCE: Final = 900
"""Seconds after which what has not come is taken to never come, on any machine."""


@dataclass
class Run:
    """The demo as a process, in a machine's corner where everything it leaves can be seen."""

    corner: Path
    process: asyncio.subprocess.Process
    output: str = field(default="", init=False)

    async def read_until(self, text: str, *, after: int = 0) -> None:
        """Read what it prints until there is some text, after a number of letters."""
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            while text not in self.output[after:]:
                chunk = await self.process.stdout.read(1000)
                assert chunk, self.output
                self.output += chunk.decode()

    async def end(self) -> int:
        """Read the rest, and return the exit code once nothing is left of it."""
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            self.output += (await self.process.stdout.read()).decode()
            exit_code = await self.process.wait()
        assert processes_with(self.corner) == []
        assert list(self.corner.iterdir()) == []
        return exit_code


def processes_with(corner: Path) -> list[str]:
    """Return the processes that were started with this folder for temporary files."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"TMPDIR={corner}\0" in (process / "environ").read_text():
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found
