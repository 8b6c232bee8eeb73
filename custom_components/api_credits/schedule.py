"""When an account is polled: in its turn, and after what pause where it could not be read."""

from datetime import timedelta
from time import time
from typing import Final
from zlib import crc32

FIRST_PAUSE: Final = timedelta(seconds=5)
LONGEST_PAUSE: Final = timedelta(hours=1)


class Turns:
    """An account's turns, by the wall clock: a point of its own within each interval.

    So many accounts stay spread over the interval, also after a restart or an outage that they
    shared.
    """

    def __init__(self, entry_id: str, interval: timedelta) -> None:
        """Choose the point by the account's entry."""
        self._seconds = interval.total_seconds()
        self._point = self._seconds * crc32(entry_id.encode()) / 2**32

    def until_next(self) -> timedelta:
        """Return the time until the next turn, half an interval away or more."""
        half = self._seconds / 2
        return timedelta(seconds=half + (self._point - time() - half) % self._seconds)


def pause_after(failures: int, shortest: timedelta) -> timedelta:
    """Return the pause after some failures in a row to reach a provider: each twice the last."""
    doubled: timedelta = shortest * 2 ** min(failures - 1, 10)
    return min(doubled, LONGEST_PAUSE)
