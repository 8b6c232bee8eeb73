"""Accounts through restart, reload, disabling and removal; automations on them."""

from pathlib import Path

import pytest

from sandbox.sandbox import Sandbox

from .conftest import Log
from .frontend import Frontend
from .planting import plant, planted_in

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_owner(frontend: Frontend) -> None:
    """The person who took up residence can sign in with name and password."""
    home = frontend.home
    client = {"client_id": f"{home.url}/"}
    form = await home.post(
        "/auth/login_flow",
        client | {"handler": ["homeassistant", None], "redirect_uri": f"{home.url}/"},
    )
    entered = client | {"username": "demo", "password": "demo"}
    answer = await home.post(f"/auth/login_flow/{form['flow_id']}", entered)
    assert answer["type"] == "create_entry"
    assert (await home.ws("auth/current_user"))["is_owner"]


async def test_restart(frontend: Frontend, sandbox: Sandbox, log: Log) -> None:
    """After a restart the accounts are there again, and an automation that waits for one."""
    account = plant("hyperstack", "50")
    sandbox.accounts.add(account)
    entry_id = await frontend.add(account, low_balance=20)
    registered = await frontend.registered(entry_id)
    balance, low = (registered[key]["entity_id"] for key in ("balance", "low_balance"))
    automation = await frontend.save_automation(
        "tell_me",
        triggers=[{"trigger": "state", "entity_id": low, "from": "off", "to": "on"}],
        actions=[
            {
                "action": "persistent_notification.create",
                "data": {
                    "notification_id": "told",
                    "message": "{{ states('" + balance + "') }} left",
                },
            }
        ],
    )

    await frontend.home.restart()
    await frontend.until(balance, "50")
    assert await frontend.registered(entry_id) == registered
    assert (await frontend.state(low))["state"] == "off"
    assert (await frontend.state(automation))["state"] == "on"
    assert "told" not in await frontend.notifications()

    account.balance.amount -= 31
    await frontend.poll(balance)
    assert (await frontend.until_notification("told"))["message"] == "19 left"


async def test_reload(frontend: Frontend, sandbox: Sandbox) -> None:
    """A reload reads the account at once and keeps its entities."""
    account = plant("openrouter")
    sandbox.accounts.add(account)
    entry_id = await frontend.add(account)
    registered = await frontend.registered(entry_id)
    balance = registered["balance"]["entity_id"]

    account.balance.amount = account.balance.amount - 5
    await frontend.reload(entry_id)
    await frontend.until(balance, "45.0")
    assert await frontend.registered(entry_id) == registered


async def test_disable_and_enable(frontend: Frontend, sandbox: Sandbox) -> None:
    """A disabled account is not read and shows nothing; enabled, it is as it was."""
    account = plant("stability_ai")
    sandbox.accounts.add(account)
    entry_id = await frontend.add(account)
    registered = await frontend.registered(entry_id)
    balance = registered["balance"]["entity_id"]

    await frontend.home.ws("config_entries/disable", entry_id=entry_id, disabled_by="user")
    assert (await frontend.entry(entry_id))["state"] == "not_loaded"
    shown = {each["entity_id"]: each["state"] for each in await frontend.home.get("/api/states")}
    assert shown.get(balance, "unavailable") == "unavailable"
    disabled = (await frontend.registered(entry_id)).values()
    assert {each["disabled_by"] for each in disabled} <= {"config_entry", "integration"}
    asked = account.requests

    await frontend.home.ws("config_entries/disable", entry_id=entry_id, disabled_by=None)
    await frontend.until(balance, "50")
    assert account.requests == asked + 1
    assert (await frontend.registered(entry_id)).keys() == registered.keys()


async def test_removal(frontend: Frontend, sandbox: Sandbox, log: Log) -> None:
    """What is removed is gone: states, registries, issues, and every trace on the disk."""
    account = plant("deepseek", "0.50")
    sandbox.accounts.add(account)
    entry_id = await frontend.add(account, low_balance=7)
    entities = {each["entity_id"] for each in (await frontend.registered(entry_id)).values()}

    await frontend.remove(entry_id)

    home = frontend.home
    assert not entities & {state["entity_id"] for state in await home.get("/api/states")}
    assert await frontend.registered(entry_id) == {}
    devices = await home.ws("config/device_registry/list")
    assert [device for device in devices if entry_id in device["config_entries"]] == []
    assert [issue for issue in await frontend.issues() if entry_id in issue] == []

    await home.restart()
    assert _storage_with(home.directory, account.key or "") == []
    # Home Assistant itself remembers removed entities and devices for a while.
    assert _storage_with(home.directory, entry_id) <= [
        "core.device_registry",
        "core.entity_registry",
    ]
    assert planted_in("\n".join(log.lines)) == []


def _storage_with(directory: Path, text: str) -> list[str]:
    """Return the names of the stored files that a text is in, or in the name of."""
    return sorted(
        file.name
        for file in (directory / ".storage").iterdir()
        if text in file.name or text in file.read_text()
    )
