"""Show API Credits at work in a real Home Assistant: python -m demo (or scripts/demo)."""

import argparse
import asyncio
import atexit
from contextlib import suppress
from pathlib import Path
import shutil
import signal
import socket
import sys
import tempfile
import time
from typing import Final

import aiohttp

from sandbox.home import PASSWORD, USERNAME, HomeError
from sandbox.websocket import CommandError

from .checks import DemoError
from .demo import Demo
from .story import SPEED
from .table import table

PORT: Final = 8123
REFRESH_SECONDS: Final = 15

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_INTERRUPTED: Final = 130


async def run(demo: Demo, *, once: bool) -> None:
    """Set the demo up, show what it has come to, and stay unless it is for once."""
    start = time.monotonic()
    async with demo:
        await demo.set_up()
        print(f"\n{table(demo.accounts, demo.states)}\n")
        if not once:
            print(_welcome(demo), flush=True)
            await stay(demo)
        await demo.check()
    demo.check_log()
    print(f"All is as it should be, after {time.monotonic() - start:.0f} s.")


async def stay(demo: Demo) -> None:
    """Keep the balances moving, and tell what happens, until interrupted."""
    while True:
        for line in demo.news():
            print(f"{time.strftime('%H:%M:%S')}  {line}", flush=True)
        demo.care()
        await asyncio.sleep(REFRESH_SECONDS)
        await demo.refresh()


def choose_port(wanted: int) -> int | None:
    """Return the port if it is free, else say so and return None, for any other."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", wanted))
        except OSError:
            print(f"Port {wanted} is taken, another one is used.")
            return None
    return wanted


def _welcome(demo: Demo) -> str:
    top_up = f"{demo.sandbox.control_url}/accounts/hyperstack/top_up"
    return f"""\
  Address   {demo.home.url}
  User      {USERNAME}
  Password  {PASSWORD}

The providers are simulated, time there goes by {SPEED} times faster, and two weeks of history are
made up. Accounts are usually read every 15 to 30 minutes: the demo, of its own accord, has Home
Assistant read them every {REFRESH_SECONDS} s. Hyperstack gets low in about a minute.
What has been low for three minutes, the demo tops up. To do so yourself:
  curl -d '{{"amount": 50}}' {top_up}

Ctrl-C stops everything and leaves nothing behind. Until then, this happens:
"""


async def _main(*, port: int, once: bool) -> int:
    """Run until done or interrupted, and return the exit code."""
    task = asyncio.current_task()
    interrupted = False

    def interrupt() -> None:
        """Cancel what is being done: once, so that cleaning up is not cancelled as well."""
        nonlocal interrupted
        if not interrupted and task is not None:
            interrupted = True
            print()
            task.cancel()

    for number in _SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, interrupt)
    with tempfile.TemporaryDirectory(
        prefix="api-credits-demo-", ignore_cleanup_errors=True
    ) as directory:
        # Again at the very end: a thread may still have been writing when it was removed.
        atexit.register(shutil.rmtree, directory, ignore_errors=True)
        demo = Demo(Path(directory), port=choose_port(port))
        try:
            await run(demo, once=once)
        except asyncio.CancelledError:
            print("Stopped.")
            return _INTERRUPTED if once else 0
        except (DemoError, HomeError, CommandError, TimeoutError, aiohttp.ClientError) as err:
            print(f"The demo has failed: {err or type(err).__name__}", file=sys.stderr)
            return 1
    return 0


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="scripts/demo", description="Show API Credits at work in a real Home Assistant."
    )
    parser.add_argument(
        "--once", action="store_true", help="set it up, print the table, check it, and end"
    )
    parser.add_argument("--port", type=int, default=PORT, help="of Home Assistant, if it is free")
    options = parser.parse_args()
    with suppress(BrokenPipeError):
        return asyncio.run(_main(port=options.port, once=options.once))
    return 1


if __name__ == "__main__":
    sys.exit(main())
