"""Whatever runs under the launcher reaches this machine only."""

import json
from pathlib import Path
import socket
from typing import Any

import pytest

from sandbox.launch import SandboxResolver, is_local, stay_local


@pytest.mark.parametrize(
    "host", [None, "", "localhost", "127.0.0.1", "127.8.8.8", "::1", "0.0.0.0"]
)
def test_local(host: object) -> None:
    """This machine has several names."""
    assert is_local(host)


@pytest.mark.parametrize(
    "host", ["example.com", "localhost.example.com", "192.0.2.1", "2001:db8::1"]
)
def test_not_local(host: object) -> None:
    """Everything else is elsewhere."""
    assert not is_local(host)


def test_look_ups() -> None:
    """Only local names are looked up."""
    stay_local("socket.getaddrinfo", ("localhost", 80, 0, 0, 0))
    with pytest.raises(socket.gaierror):
        stay_local("socket.getaddrinfo", ("example.com", 80, 0, 0, 0))


@pytest.mark.parametrize("event", ["socket.connect", "socket.sendto"])
def test_connections(event: str) -> None:
    """Only local addresses are contacted; sockets in the file system are local by nature."""
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as inet,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as unix,
    ):
        stay_local(event, (inet, ("127.0.0.1", 80)))
        stay_local(event, (unix, "/run/example"))
        with pytest.raises(OSError, match="outside the sandbox"):
            stay_local(event, (inet, ("192.0.2.1", 80)))


def test_other_events() -> None:
    """All else is none of its business."""
    arguments: tuple[Any, ...] = ("anything",)
    stay_local("open", arguments)


async def test_resolver(tmp_path: Path) -> None:
    """The resolver knows the hosts that are written down, as they are at that moment."""
    hosts = tmp_path / "hosts.json"
    hosts.write_text(json.dumps({"api.example.com": 4242}))
    resolver = SandboxResolver(hosts)

    (found,) = await resolver.resolve("api.example.com", 443)
    assert (found["host"], found["port"]) == ("127.0.0.1", 4242)
    (found,) = await resolver.resolve("localhost", 8123)
    assert (found["host"], found["port"]) == ("127.0.0.1", 8123)

    hosts.write_text("{}")
    with pytest.raises(socket.gaierror):
        await resolver.resolve("api.example.com", 443)
