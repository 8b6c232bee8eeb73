"""What is shown of an account follows what its provider reports."""

from typing import Any

import pytest

from sandbox.accounts import Account
from sandbox.faults import Fault, Kind
from sandbox.sandbox import Sandbox

from .conftest import Log
from .frontend import Frontend
from .planting import PROVIDERS, amount, plant

pytestmark = pytest.mark.asyncio(loop_scope="package")

DOLLARS = {
    "unit_of_measurement": "USD",
    "device_class": "monetary",
    "state_class": "total",
}
CREDITS = {"unit_of_measurement": "credits", "device_class": None, "state_class": "measurement"}

SHOWN: dict[str, dict[str, tuple[float, dict[str, Any]]]] = {
    "agenttoolkit": {
        "balance": (1234, CREDITS),
        "free": (1000, CREDITS),
        "purchased": (500, CREDITS),
        "total": (1500, CREDITS),
        "used": (266, CREDITS),
    },
    "deepseek": {
        "balance_usd": (1234.5, DOLLARS),
        "granted_usd": (10, DOLLARS),
        "topped_up_usd": (1224.5, DOLLARS),
    },
    "hyperstack": {
        "balance": (1234.5, DOLLARS),
        "threshold": (-1000, DOLLARS | {"state_class": None}),
    },
    "openrouter": {
        "balance": (1234.5, DOLLARS),
        "total": (1234.5, DOLLARS),
        "used": (0, DOLLARS),
    },
    "sms_works": {"balance": (1234.5, CREDITS)},
    "stability_ai": {"balance": (1234.5, CREDITS)},
}


async def added(frontend: Frontend, sandbox: Sandbox, provider: str) -> tuple[Account, str, str]:
    """Add an account; return it, its entry and the id of its balance's entity."""
    account = plant(provider)
    sandbox.accounts.add(account)
    entry_id = await frontend.add(account)
    key = "balance_usd" if provider == "deepseek" else "balance"
    return account, entry_id, await frontend.entity(entry_id, key)


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_amounts(frontend: Frontend, sandbox: Sandbox, provider: str) -> None:
    """Amounts have the unit and the classes that statistics need; only balances are in the open."""
    account = plant(provider, "1234.5")
    sandbox.accounts.add(account)
    entry_id = await frontend.add(account)
    registered = await frontend.registered(entry_id)

    for key, (value, attributes) in SHOWN[provider].items():
        state = await frontend.state(registered[key]["entity_id"])
        assert float(state["state"]) == value, key
        assert {name: state["attributes"].get(name) for name in attributes} == attributes, key
        is_balance = key.partition("_")[0] == "balance"
        assert registered[key]["entity_category"] == (None if is_balance else "diagnostic"), key
    low = await frontend.state(registered["low_balance"]["entity_id"])
    assert (low["state"], low["attributes"]["device_class"]) == ("off", "problem")


async def test_account_is_a_service(frontend: Frontend, sandbox: Sandbox) -> None:
    """An account is one service device, with a link to where it is topped up."""
    _, entry_id, _ = await added(frontend, sandbox, "openrouter")

    devices = await frontend.home.ws("config/device_registry/list")
    (device,) = [each for each in devices if entry_id in each["config_entries"]]
    assert device["entry_type"] == "service"
    assert device["manufacturer"] == "OpenRouter"
    assert device["configuration_url"].startswith("https://openrouter.ai/")


async def test_balance_is_read_on_request(frontend: Frontend, sandbox: Sandbox) -> None:
    """A changed balance shows at the next poll, and at once for who presses the button."""
    account, entry_id, balance = await added(frontend, sandbox, "hyperstack")

    account.balance.amount -= 8
    await frontend.poll(balance)
    await frontend.until(balance, "42")

    account.balance.amount += 100
    await frontend.act("button.press", entity_id=await frontend.entity(entry_id, "check_now"))
    assert (await frontend.state(balance))["state"] == "142"


async def test_currency_comes_and_goes(frontend: Frontend, sandbox: Sandbox) -> None:
    """A currency that appears later gets its entities unasked; without it they are unknown."""
    account, entry_id, balance = await added(frontend, sandbox, "deepseek")

    account.balances["CNY"] = amount("110")
    await frontend.poll(balance)
    await frontend.until("sensor.deepseek_balance_cny", "110.00")
    registered = await frontend.registered(entry_id)
    state = await frontend.state(registered["balance_cny"]["entity_id"])
    assert state["attributes"]["unit_of_measurement"] == "CNY"
    assert "granted_cny" in registered

    del account.balances["CNY"]
    await frontend.poll(balance)
    await frontend.until(state["entity_id"], "unknown")
    assert (await frontend.state(balance))["state"] == "50.00"


async def test_outage(frontend: Frontend, sandbox: Sandbox, log: Log) -> None:
    """In an outage an account is unavailable, but not what its person has set; then it is back."""
    log.expect("Error fetching AgentToolkit data")
    account, entry_id, balance = await added(frontend, sandbox, "agenttoolkit")
    registered = await frontend.registered(entry_id)

    sandbox.set_fault(Fault(provider="agenttoolkit", kind=Kind.STATUS, status=503))
    await frontend.poll(balance)
    await frontend.until(balance, "unavailable")
    await frontend.until(registered["low_balance"]["entity_id"], "unavailable")
    assert (await frontend.entry(entry_id))["state"] == "loaded"
    threshold = await frontend.state(registered["low_balance_threshold"]["entity_id"])
    assert threshold["state"] == "unknown"

    sandbox.clear_faults()
    account.balance.amount += 1
    await frontend.poll(balance)
    await frontend.until(balance, "51")
    messages = [line for line in log.lines if "Error fetching AgentToolkit data" in line]
    assert len(messages) == 1
