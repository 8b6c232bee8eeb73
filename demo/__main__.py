"""Show API Credits at work in a real Home Assistant: python -m demo (or scripts/demo)."""

import argparse
import asyncio
from contextlib import suppress
from pathlib import Path
import signal
import socket
import sys
import tempfile
import time
from typing import Final

from sandbox.home import NO_ANSWER, PASSWORD, USERNAME

from .catalogue import Catalogue
from .checks import DemoError
from .demo import Demo
from .host import REFRESH_SECONDS, Host
from .stage import SERVICE_KEY, Stage
from .story import INVITATIONS, SPEED, Invitation
from .table import table

PORT: Final = 8123

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_INTERRUPTED: Final = 130


async def run(demo: Stage, *, once: bool) -> None:
    """Set the demo up, show what it has come to, and stay unless it is for once."""
    start = time.monotonic()
    async with demo:
        await demo.set_up()
        print(f"\n{table(demo.view)}\n")
        if not once:
            print(_welcome(demo), flush=True)
            await Host(demo).stay()
        gone = await demo.missing()
    faults = [f"Home Assistant does not show {', '.join(gone)}"] if gone else []
    # Looked at last, because Home Assistant writes its log when it has the time.
    if complaints := demo.complaints():
        faults.append("\n  ".join(["The integration has logged:", *complaints]))
    if faults:
        raise DemoError("\n".join(faults))
    print(f"All is as it should be, after {time.monotonic() - start:.0f} s.")


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


def _welcome(demo: Stage) -> str:
    control = f"{demo.sandbox.control_url}/accounts"
    key = demo.sandbox.accounts["openrouter"].key
    return f"""\
  Address   {demo.home.url}
  User      {USERNAME}
  Password  {PASSWORD}

The providers are simulated, and time there goes by {SPEED} times faster. Accounts are usually read
every 15 to 30 minutes: the demo, of its own accord, has Home Assistant read them every
{REFRESH_SECONDS} s.
{_story(demo) if isinstance(demo, Demo) else ""}
To top up an account:
  curl -d '{{"amount": 50}}' {control}/hyperstack/top_up

To revoke a key, and to take that back:
  curl -X PATCH -d '{{"key": null}}' {control}/openrouter
  curl -X PATCH -d '{{"key": "{key}"}}' {control}/openrouter

Ctrl-C stops everything and leaves nothing behind. Until then, this happens:
"""


def _story(demo: Demo) -> str:
    width = max(len(each.provider) for each in INVITATIONS)
    invitations = "\n".join(
        f"  {each.provider:{width}}  {_key(demo, each)}  ({each.text})" for each in INVITATIONS
    )
    return f"""\
Two weeks of history are made up. Hyperstack gets low in about a minute. What has been low for three
minutes, the demo tops up.

Do in Home Assistant as you like. Keys to add more accounts with:
{invitations}
A service that is none of the providers, to add as Another service with the key {SERVICE_KEY}:
  {demo.service.url("flat")}
"""


def _key(demo: Demo, invitation: Invitation) -> str | None:
    """Return the key that an invitation names, or that of the account that it is about."""
    return invitation.key or demo.sandbox.accounts[invitation.account or ""].key


async def _main(*, port: int, once: bool, stage: type[Demo | Catalogue] | None = None) -> int:
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
    with tempfile.TemporaryDirectory(prefix="api-credits-demo-") as directory:
        demo = (stage or Demo)(Path(directory), port=choose_port(port))
        try:
            await run(demo, once=once)
        except asyncio.CancelledError:
            print("Stopped.")
            return _INTERRUPTED if once else 0
        except (DemoError, *NO_ANSWER) as err:
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
    parser.add_argument(
        "--all", action="store_true", help="an account at every provider, and no history"
    )
    parser.add_argument("--port", type=int, default=PORT, help="of Home Assistant, if it is free")
    options = parser.parse_args()
    with suppress(BrokenPipeError):
        stage = Catalogue if options.all else Demo
        return asyncio.run(_main(port=options.port, once=options.once, stage=stage))
    return 1


if __name__ == "__main__":
    sys.exit(main())
