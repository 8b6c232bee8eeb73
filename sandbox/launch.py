"""Run Home Assistant so that providers' hosts lead to the sandbox and nothing leaves this machine.

python -m sandbox.launch --sandbox DIRECTORY -- --config DIRECTORY

The first directory is the one a running sandbox keeps its `ca.pem` and `hosts.json` in; what
follows `--` goes to Home Assistant. Nothing but Home Assistant needs to be installed.
"""

import argparse
import asyncio
from collections.abc import Iterable
import ctypes
from importlib import import_module
from ipaddress import ip_address
import json
import os
from pathlib import Path
import signal
import socket
import sys
from types import ModuleType
from typing import Any, override

from aiohttp.abc import AbstractResolver, ResolveResult

CA_FILE = "ca.pem"
HOSTS_FILE = "hosts.json"
STAY_DOWN_FILE = "stay-down"
"""In the directory of Home Assistant, while it is not to start again, whatever it asks for."""

_PR_SET_PDEATHSIG = 1

# Of what Home Assistant sets up unasked, all that wants packages or data from the internet.
_LEFT_OUT = {
    "ai_task",
    "analytics",
    "assist_satellite",
    "backup",
    "camera",
    "conversation",
    "image_processing",
    "infrared",
    "marketplace",
    "radio_frequency",
    "tts",
}


def die_with(parent: int) -> None:
    """Have the kernel end this process when its parent ends, however it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit("The parent process has ended")


def is_local(host: object) -> bool:
    """Tell whether a name or an address is this machine itself."""
    match host:
        case None | "" | b"" | "localhost" | b"localhost":
            return True
        case str():
            try:
                return ip_address(host).is_loopback or ip_address(host).is_unspecified
            except ValueError:
                return False
        case _:
            return False


def stay_local(event: str, args: tuple[Any, ...]) -> None:
    """Refuse, as an audit hook, to look up or to contact anything but this machine."""
    if event == "socket.getaddrinfo" and not is_local(args[0]):
        raise socket.gaierror(socket.EAI_NONAME, f"{args[0]} is outside the sandbox")
    if (
        event in {"socket.connect", "socket.sendto"}
        and args[0].family in {socket.AF_INET, socket.AF_INET6}
        and not is_local(args[1][0])
    ):
        raise OSError(f"{args[1][0]} is outside the sandbox")


class SandboxResolver(AbstractResolver):
    """Knows the providers' hosts, as the sandbox has written them down, and no others."""

    def __init__(self, hosts: Path) -> None:
        """Read this file at every look-up: the sandbox changes it to refuse connections."""
        self._hosts = hosts

    @override
    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the loopback address and port of a host."""
        hosts: dict[str, int] = json.loads(await asyncio.to_thread(self._hosts.read_text))
        if host not in hosts and not is_local(host):
            raise socket.gaierror(socket.EAI_NONAME, f"{host} is outside the sandbox")
        return [
            ResolveResult(
                hostname=host,
                host="127.0.0.1",
                port=hosts.get(host, port),
                family=socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
        ]

    @override
    async def close(self) -> None:
        """Do nothing: there is nothing to close."""

    async def real_close(self) -> None:
        """Do nothing, under the name by which Home Assistant closes its resolver."""


def redirect_hosts(hosts: Path) -> None:
    """Put the sandbox's resolver in the place of Home Assistant's own."""
    from homeassistant.helpers import aiohttp_client  # noqa: PLC0415

    class Connector(aiohttp_client.HomeAssistantTCPConnector):
        """A connector that looks up every time, so that a refused host is refused at once."""

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs, use_dns_cache=False)

    aiohttp_client.HomeAssistantTCPConnector = Connector  # type: ignore[misc]
    aiohttp_client._async_make_resolver = lambda hass: SandboxResolver(hosts)  # type: ignore[assignment,return-value]  # noqa: ARG005, SLF001


class BaseComponents:
    """Home Assistant's base components by name, imported when they are asked for, if they can.

    The frontend first asks for a description of all actions. To check what it describes, Home
    Assistant imports what wants packages that nobody installed, and would show nothing.
    """

    def get(self, domain: str) -> ModuleType | None:
        """Return a component; None if there is none, or its packages are not there."""
        try:
            return import_module(f"homeassistant.components.{domain}")
        except ModuleNotFoundError:
            return None


def leave_out_defaults(wanted: Iterable[str]) -> None:
    """Keep Home Assistant from setting up what nobody asked for and nobody installed."""
    from homeassistant import bootstrap  # noqa: PLC0415
    from homeassistant.helpers import service  # noqa: PLC0415

    bootstrap.DEFAULT_INTEGRATIONS -= _LEFT_OUT.difference(wanted)
    service._base_components = BaseComponents  # type: ignore[assignment]  # noqa: SLF001


def main() -> int:
    """Start Home Assistant, and start it again when it asks for a restart."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m sandbox.launch")
    parser.add_argument("--sandbox", type=Path, required=True, metavar="DIRECTORY")
    parser.add_argument("--parent", type=int, metavar="PID", help="end when this process ends")
    parser.add_argument(
        "--stay-down", type=Path, metavar="FILE", help="do not start again where this file is"
    )
    parser.add_argument(
        "--with",
        dest="wanted",
        action="append",
        default=[],
        metavar="DOMAIN",
        help="set up what is left out otherwise",
    )
    parser.add_argument("arguments", nargs="*", metavar="-- Home Assistant's arguments")
    options = parser.parse_args()

    if options.parent:
        die_with(options.parent)
    # Home Assistant takes custom components from all of the path: those of its own suffice.
    root = Path(__file__).resolve().parent.parent
    sys.path[:] = [path for path in sys.path if Path(path).resolve() != root]
    # Home Assistant reads the first while it is imported, its installer the others.
    os.environ["REQUESTS_CA_BUNDLE"] = str(options.sandbox.absolute() / CA_FILE)
    os.environ |= {"PIP_NO_INDEX": "1", "UV_OFFLINE": "1"}
    sys.addaudithook(stay_local)
    redirect_hosts(options.sandbox.absolute() / HOSTS_FILE)
    leave_out_defaults(options.wanted)

    from homeassistant.__main__ import main as run_home_assistant  # noqa: PLC0415
    from homeassistant.const import RESTART_EXIT_CODE  # noqa: PLC0415

    sys.argv = ["hass", *options.arguments]
    exit_code = run_home_assistant()
    stay_down = options.stay_down is not None and options.stay_down.exists()
    if exit_code == RESTART_EXIT_CODE and not stay_down:
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    return exit_code


if __name__ == "__main__":
    sys.exit(main())
