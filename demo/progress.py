"""What the demo says of its progress."""

from collections.abc import Iterator
from contextlib import contextmanager
import time


@contextmanager
def step(text: str) -> Iterator[None]:
    """Say what is being done, and then how long it took."""
    print(f"{text} … ", end="", flush=True)
    start = time.monotonic()
    try:
        yield
    except BaseException:
        print("not finished", flush=True)
        raise
    print(f"{time.monotonic() - start:.1f} s", flush=True)
