"""Run the sandbox as a command: python -m sandbox --directory DIRECTORY."""

import argparse
import asyncio
from decimal import Decimal
import json
from pathlib import Path
import signal

from .launch import die_with
from .sandbox import Sandbox


async def run(directory: Path, port: int, control_port: int, speed: Decimal) -> None:
    """Serve until told to stop."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with Sandbox(directory, port=port, control_port=control_port, speed=speed) as sandbox:
        ready = {
            "port": sandbox.port,
            "control_url": sandbox.control_url,
            "ca_file": str(sandbox.ca_file.absolute()),
            "hosts_file": str(sandbox.hosts_file.absolute()),
        }
        print(json.dumps(ready), flush=True)
        await stop.wait()


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="The providers' APIs as local servers.")
    parser.add_argument("--directory", type=Path, required=True, help="for certificate and hosts")
    parser.add_argument(
        "--port", type=int, default=0, help="of the providers, a free one if not given"
    )
    parser.add_argument("--control-port", type=int, default=0, help="a free one if not given")
    parser.add_argument(
        "--speed", type=Decimal, default=Decimal(1), help="of time, for the balances"
    )
    parser.add_argument("--parent", type=int, metavar="PID", help="end when this process ends")
    options = parser.parse_args()
    if options.parent:
        die_with(options.parent)
    asyncio.run(run(options.directory, options.port, options.control_port, options.speed))


if __name__ == "__main__":
    main()
