"""A real Home Assistant runs in the sandbox, on every version that is installed."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
import sys

import pytest

from sandbox.home import ROOT, Home, HomeError, SignedOutError
from sandbox.sandbox import Sandbox
from sandbox.websocket import CommandError

NEWEST = ROOT / ".venv-newest" / "bin" / "python"
PYTHONS = [
    pytest.param(Path(sys.executable), id="tested"),
    pytest.param(
        NEWEST, id="newest", marks=pytest.mark.skipif(not NEWEST.exists(), reason="Not installed")
    ),
]

CONFIGURATION = """
rest_command:
  deepseek:
    url: https://api.deepseek.com/user/balance
    headers:
      Authorization: Bearer demo-deepseek-key
  elsewhere:
    url: https://example.com/
"""


def unexpected(log: str) -> Iterator[str]:
    """Return what a log has of warnings and errors."""
    for line in log.splitlines():
        if " WARNING " in line or " ERROR " in line or "install of" in line:
            yield line


@pytest.mark.parametrize("python", PYTHONS)
async def test_home(sandbox: Sandbox, tmp_path: Path, python: Path) -> None:
    """It starts, is at home in the sandbox, and survives a restart and a power cut."""
    (components := tmp_path / "custom_components").mkdir()
    async with Home(
        tmp_path / "home",
        sandbox=sandbox.directory,
        python=python,
        custom_components=components,
        configuration=CONFIGURATION,
    ) as home:
        assert list(unexpected(home.log())) == []
        assert await home.ws("repairs/list_issues") == {"issues": []}
        assert (await home.ws("auth/current_user"))["is_owner"]
        assert all(step["done"] for step in await home.get("/api/onboarding"))
        with pytest.raises(CommandError, match="unknown_command"):
            await home.ws("no/such/command")

        url = "/api/services/rest_command/{}?return_response"
        answer = await home.post(url.format("deepseek"), {})
        assert answer["service_response"]["content"]["is_available"] is True
        with pytest.raises(HomeError, match=r"400|500"):
            await home.post(url.format("elsewhere"), {})

        async with home.subscribe("subscribe_events", event_type="knock") as events:
            await home.post("/api/events/knock", {"times": 2})
            event = await asyncio.wait_for(events.get(), 10)
        assert event["data"] == {"times": 2}

        await home.post("/api/states/sensor.example", {"state": "1"})
        await home.restart()
        assert (await home.get("/api/config"))["state"] == "RUNNING"
        assert list(unexpected(home.log())) == []
        assert await home.ws("repairs/list_issues") == {"issues": []}

        await home.kill()
        assert not home.running
        await home.start()
        assert (await home.get("/api/config"))["state"] == "RUNNING"
    assert not home.running


async def test_failure(sandbox: Sandbox, tmp_path: Path) -> None:
    """A Home Assistant that does not start says why."""
    home = Home(tmp_path / "home", sandbox=sandbox.directory, python=Path("/bin/false"))
    with pytest.raises(HomeError, match="has ended"):
        async with home:
            pass
    assert not home.running


async def test_signed_out(sandbox: Sandbox, tmp_path: Path) -> None:
    """Whoever has been signed out can sign in anew; a connection that ends says so."""
    (components := tmp_path / "custom_components").mkdir()
    async with Home(
        tmp_path / "home", sandbox=sandbox.directory, custom_components=components
    ) as home:
        assert home.connected is False
        with pytest.raises(ConnectionResetError):
            await wait_until_signed_out(home)
        with pytest.raises(SignedOutError):
            await home.get("/api/config")
        await home.sign_in()
        assert (await home.ws("auth/current_user"))["is_owner"]


async def test_stopped_while_it_restarts(sandbox: Sandbox, tmp_path: Path) -> None:
    """A home that is stopped while it restarts does not start again."""
    (components := tmp_path / "custom_components").mkdir()
    async with Home(
        tmp_path / "home", sandbox=sandbox.directory, custom_components=components
    ) as home:
        await home.post("/api/services/homeassistant/restart")
        starts = home.console_file.read_text().count("Starting Home Assistant")
        await home.stop()
        assert not home.running
        assert home.console_file.read_text().count("Starting Home Assistant") == starts
        await home.start()
        assert (await home.get("/api/config"))["state"] == "RUNNING"


async def wait_until_signed_out(home: Home) -> None:
    """Revoke all tokens, as a person may, while waiting for an event."""
    async with home.subscribe("subscribe_events", event_type="knock") as events:
        assert home.connected
        await home.ws("auth/delete_all_refresh_tokens", delete_current_token=True)
        await events.get()
