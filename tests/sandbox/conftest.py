"""A sandbox whose time stands still, and a client that finds it."""

from collections.abc import AsyncGenerator
import json
from pathlib import Path
import socket
import ssl
from typing import override

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
import pytest

from sandbox.sandbox import Sandbox


class HostsResolver(AbstractResolver):
    """Finds the providers' hosts where the sandbox has written down that they are."""

    def __init__(self, hosts_file: Path) -> None:
        """Read this file at every look-up."""
        self._hosts_file = hosts_file

    @override
    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the loopback address and port of a host."""
        port = json.loads(self._hosts_file.read_text())[host]
        flags = socket.AI_NUMERICHOST
        return [
            ResolveResult(
                hostname=host, host="127.0.0.1", port=port, family=family, proto=0, flags=flags
            )
        ]

    @override
    async def close(self) -> None:
        """Do nothing: there is nothing to close."""


@pytest.fixture(autouse=True)
def sockets(socket_enabled: None) -> None:
    """Allow sockets: all of these tests stay on loopback."""


@pytest.fixture(autouse=True)
def enable_integration() -> None:
    """Do without the Home Assistant that other tests run in."""


@pytest.fixture
def expected_lingering_timers() -> bool:
    """Accept that asyncio waits for a while for clients that say no farewell."""
    return True


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncGenerator[Sandbox]:
    """Run a sandbox whose balances stay as they are until its clock is put forward."""
    async with Sandbox(tmp_path / "sandbox", speed=0) as running:
        yield running


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncGenerator[aiohttp.ClientSession]:
    """Return a client that finds the providers in the sandbox and trusts their certificates."""
    connector = aiohttp.TCPConnector(
        resolver=HostsResolver(sandbox.hosts_file),
        ssl=ssl.create_default_context(cafile=sandbox.ca_file),
        use_dns_cache=False,
    )
    async with aiohttp.ClientSession(connector=connector) as session:
        yield session
