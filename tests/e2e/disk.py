"""A folder on a disk that can become read-only or full while it is in use, and be mended.

Who may mount gives the folder a small file system of its own. Others take its write permission
away, or, where that stops nobody (root that may not mount), make it immutable; and limit the size
of the files that the process may write. Where none of this works, `means` says so.
"""

from collections.abc import Generator
from contextlib import contextmanager, suppress
import os
from pathlib import Path
import resource
import subprocess
import time
from typing import Final, Self

SIZE: Final = 48 << 20
_CHUNK: Final = 1 << 16
_ATTEMPTS: Final = 50
_LIMIT: Final = 100


class Disk:
    """The disk under a folder."""

    def __init__(self, folder: Path) -> None:
        """Begin with the folder as it is."""
        self.folder = folder
        self.mounted = False
        self._filler = folder / ".filler"

    def __enter__(self) -> Self:
        """Give the folder a file system of its own, if possible."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.mounted = _run("mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", self.folder)
        return self

    def __exit__(self, *_: object) -> None:
        """Take it away again."""
        if self.mounted:
            _run("umount", "--lazy", self.folder)

    @property
    def means(self) -> str:
        """How the disk is broken here."""
        if self.mounted:
            return "a file system of its own, made read-only or full"
        how = "its permission" if os.geteuid() else "the attribute 'immutable'"
        return f"{how}; a limit to the size of files"

    @contextmanager
    def read_only(self, pid: int) -> Generator[None]:
        """Refuse to write files."""
        del pid
        before, after = self._read_only_commands()
        if not any(_run(*before) or time.sleep(0.02) for _ in range(_ATTEMPTS)):
            raise OSError(f"{self.folder} cannot be made read-only by {before[0]}")
        try:
            yield
        finally:
            _run(*after)

    @contextmanager
    def full(self, pid: int) -> Generator[None]:
        """Leave no room for a file."""
        if self.mounted:
            with self._filled():
                yield
            return
        soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (_LIMIT, hard))
        try:
            yield
        finally:
            with suppress(ProcessLookupError):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (soft, hard))

    @contextmanager
    def _filled(self) -> Generator[None]:
        try:
            with suppress(OSError), self._filler.open("wb", buffering=0) as filler:
                while True:
                    filler.write(bytes(_CHUNK))
            yield
        finally:
            self._filler.unlink()

    def _read_only_commands(self) -> tuple[tuple[str | Path, ...], tuple[str | Path, ...]]:
        if self.mounted:
            mount = ("mount", "-o")
            return (*mount, "remount,bind,ro", self.folder), (
                *mount,
                "remount,bind,rw",
                self.folder,
            )
        if os.geteuid():
            return ("chmod", "a-w", self.folder), ("chmod", "u+w", self.folder)
        return ("chattr", "+i", self.folder), ("chattr", "-i", self.folder)


def _run(*command: str | Path) -> bool:
    """Run a command and tell whether it did what it was asked for."""
    with suppress(FileNotFoundError):
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    return False
