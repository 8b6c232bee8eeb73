"""The demo shows what it should, fails if it does not, and leaves nothing behind."""

import signal
import socket
from typing import Any, override

import aiohttp
import pytest

from demo import __main__ as command, story
from demo.checks import complaints
from demo.demo import Demo
from demo.story import story_of
from sandbox.accounts import Account
from sandbox.faults import Fault

NAMES = ["AgentToolkit", "DeepSeek", "Hyperstack", "OpenRouter", "Stability AI", "The SMS Works"]
LOG = """\
2026-11-21 10:00:00.000 WARNING (S) [homeassistant.loader] We found a custom integration api_credits
2026-11-21 10:00:00.000 WARNING (S) [homeassistant.components.other] Something else
2026-11-21 10:00:00.000 DEBUG (S) [custom_components.api_credits.coordinator] Finished
2026-11-21 10:00:00.000 {level} (S) [custom_components.api_credits.coordinator] Complaint
"""

pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture
def taken_port() -> Any:
    """Return a port that somebody else listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


async def reload(demo: Demo, account: str) -> None:
    """Reload one of the accounts of the demo."""
    entry_id = demo.account(story_of(account)).entry_id
    await demo.home.post(f"/api/config/config_entries/entry/{entry_id}/reload")


async def test_once(start: Any, taken_port: int) -> None:
    """It shows six accounts with all there is to know of them, and ends."""
    run = await start("--once", "--port", str(taken_port))
    assert await run.end() == 0, run.output
    assert f"Port {taken_port} is taken" in run.output
    table = run.output.partition("Low?\n")[2].splitlines()[1:7]
    assert all(row.startswith(name) for row, name in zip(table, NAMES, strict=True)), table
    assert "–" not in "".join(table)
    assert all(row.endswith(("  no", "running out", "LOW")) for row in table)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_stays_until_interrupted(start: Any, number: signal.Signals) -> None:
    """It shows the way in, serves the dashboard, and ends when told."""
    run = await start()
    await run.read_until("Until then")
    address = run.output.partition("Address ")[2].split()[0]
    async with aiohttp.ClientSession() as session, session.get(address) as response:
        assert response.status == 200
    await run.read_until("topped up")
    run.process.send_signal(number)
    assert await run.end() == 0, run.output


@pytest.mark.parametrize("step", ["Starting Home Assistant", "Giving the accounts a past"])
async def test_interrupted_early(start: Any, step: str) -> None:
    """It also ends when told in the middle of setting up."""
    run = await start("--once")
    await run.read_until(step)
    run.process.send_signal(signal.SIGTERM)
    assert await run.end() == 130, run.output


async def test_missing_balance(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A balance that is not there makes it fail."""

    def accounts() -> list[Account]:
        told = tell()
        next(account for account in told if account.id == "deepseek").balances.clear()
        return told

    tell = story.accounts
    monkeypatch.setattr(story, "accounts", accounts)
    assert await command._main(port=0, once=True) == 1
    assert "does not show all balances of DeepSeek" in capsys.readouterr().err


async def test_logged_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A key that is refused, and the line that is logged of it, makes it fail."""

    class Unlucky(Demo):
        @override
        async def set_up(self) -> None:
            await super().set_up()
            self.sandbox.accounts["deepseek"].key = "another"
            await reload(self, "deepseek")

    monkeypatch.setattr(command, "Demo", Unlucky)
    assert await command._main(port=0, once=True) == 1
    error = capsys.readouterr().err
    assert "The integration has logged:" in error
    assert "Authentication failed while fetching DeepSeek" in error


async def test_lost_balance(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A provider that fails makes it fail, also where nothing but debug lines are logged of it."""

    class Unlucky(Demo):
        @override
        async def set_up(self) -> None:
            await super().set_up()
            self.sandbox.set_fault(Fault(provider="deepseek", kind="html"))
            await reload(self, "deepseek")

    monkeypatch.setattr(command, "Demo", Unlucky)
    assert await command._main(port=0, once=True) == 1
    assert "does not show sensor.deepseek_balance_usd" in capsys.readouterr().err


async def test_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """An account that cannot be added makes it fail, and it says which and why."""

    class Unlucky(Demo):
        @override
        async def set_up(self) -> None:
            self.sandbox.set_fault(Fault(provider="hyperstack", kind="refused"))
            await super().set_up()

    monkeypatch.setattr(command, "Demo", Unlucky)
    assert await command._main(port=0, once=True) == 1
    assert "Hyperstack cannot be added: cannot_connect" in capsys.readouterr().err


@pytest.mark.parametrize("level", ["WARNING", "ERROR", "CRITICAL"])
def test_complaints(level: str) -> None:
    """What the integration has to complain of is found, and nothing else."""
    assert [line[-9:] for line in complaints(LOG.format(level=level))] == ["Complaint"]
    assert list(complaints(LOG.format(level="INFO"))) == []
