"""A folder on a disk that becomes read-only or full while it is in use, and is mended again.

Who may mount puts something over the folder for that time. Others take its write permission away,
or, where that stops nobody (root that may not mount), make it immutable; and limit the size of the
files that the process may write. What does not work here says so.
"""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
import os
from pathlib import Path
import resource
import subprocess
from tempfile import TemporaryDirectory
from typing import Final

_ROOM: Final = 64 << 10
_LIMIT: Final = 100


class Disk:
    """The disk under a folder."""

    def __init__(self, folder: Path) -> None:
        """Begin with the folder as it is."""
        self.folder = folder
        self.means: set[str] = set()

    @contextmanager
    def read_only(self) -> Generator[None]:
        """Refuse to write files."""
        with ExitStack() as mending:
            if _run("mount", "--bind", self.folder, self.folder):
                mending.callback(_run, "umount", "--lazy", self.folder)
                means = ("mount", "-o", "remount,bind,ro")
            elif os.geteuid():
                mending.callback(_run, "chmod", "u+w", self.folder)
                means = ("chmod", "a-w")
            else:
                mending.callback(_run, "chattr", "-i", self.folder)
                means = ("chattr", "+i")
            if not _run(*means, self.folder):
                raise OSError(f"{self.folder} cannot be made read-only by {means[0]}")
            self.means.add(f"read-only by {means[0]}")
            yield

    @contextmanager
    def full(self, pid: int) -> Generator[None]:
        """Leave no room for the files that a process writes."""
        with ExitStack() as mending:
            if self._cover(mending):
                self.means.add("full by mount")
            else:
                soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
                mending.callback(_limit, pid, soft, hard)
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (_LIMIT, hard))
                self.means.add("full by a limit to files")
            yield

    def _cover(self, mending: ExitStack) -> bool:
        """Have what is written to the folder go to a full disk; tell whether that works here."""
        room = Path(mending.enter_context(TemporaryDirectory()))
        if not _run("mount", "-t", "tmpfs", "-o", f"size={_ROOM}", "none", room):
            return False
        mending.callback(_run, "umount", "--lazy", room)
        upper, work = room / "upper", room / "work"
        upper.mkdir()
        work.mkdir()
        layers = f"lowerdir={self.folder},upperdir={upper},workdir={work}"
        if not _run("mount", "-t", "overlay", "-o", layers, "none", self.folder):
            return False
        mending.callback(_run, "umount", "--lazy", self.folder)
        with suppress(OSError), (room / "filler").open("wb", buffering=0) as filler:
            while True:
                filler.write(bytes(512))
        return True


def _limit(pid: int, soft: int, hard: int) -> None:
    """Let a process that still lives write files of any size."""
    with suppress(ProcessLookupError):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (soft, hard))


def _run(*command: str | Path) -> bool:
    """Run a command and tell whether it did what it was asked for."""
    with suppress(FileNotFoundError):
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    return False
