"""Keys are revoked and replaced, and the account stays the same."""

import pytest

from sandbox.sandbox import Sandbox

from .conftest import Log
from .frontend import Frontend
from .planting import PROVIDERS, plant, plant_key

pytestmark = pytest.mark.asyncio(loop_scope="package")


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_revoked_key(frontend: Frontend, sandbox: Sandbox, log: Log, provider: str) -> None:
    """A revoked key makes Home Assistant ask for another; with that the account is back."""
    log.expect("Authentication failed while fetching")
    account = plant(provider)
    sandbox.accounts.add(account)
    entry_id = await frontend.add(account)
    registered = await frontend.registered(entry_id)
    balance = registered["balance_usd" if provider == "deepseek" else "balance"]["entity_id"]

    account.key = None
    async with frontend.home.subscribe("config_entries/flow/subscribe") as events:
        await frontend.poll(balance)
        await frontend.until(balance, "unavailable")
        offered = [change for change in await events.get() if change["type"] == "added"]
        while not offered:
            offered = [change for change in await events.get() if change["type"] == "added"]
    (flow,) = [change["flow"] for change in offered]
    assert flow["context"]["source"] == "reauth"
    assert flow["context"]["entry_id"] == entry_id
    asked = account.requests
    await frontend.poll(balance)
    assert account.requests == asked

    form = await frontend.home.get(f"/api/config/config_entries/flow/{flow['flow_id']}")
    assert form["step_id"] == "reauth_confirm"
    form = await frontend.submit(form, api_key=plant_key())
    assert (form["step_id"], form["errors"]) == ("reauth_confirm", {"base": "invalid_auth"})

    account.key = plant_key()
    form = await frontend.submit(form, api_key=account.key)
    assert (form["type"], form["reason"]) == ("abort", "reauth_successful")
    await frontend.until(balance, lambda state: state != "unavailable" and float(state) == 50)
    assert (await frontend.registered(entry_id)).keys() == registered.keys()


async def test_reconfigure(frontend: Frontend, sandbox: Sandbox) -> None:
    """A person can change the key at any time, but not for that of another account."""
    account, other = plant("hyperstack", "1"), plant("hyperstack", "2")
    sandbox.accounts.add(account)
    sandbox.accounts.add(other)
    entry_id = await frontend.add(account, low_balance=7)
    balance = await frontend.entity(entry_id, "balance")
    assert (await frontend.entry(entry_id))["supports_reconfigure"]

    form = await frontend.begin(entry_id=entry_id)
    assert form["step_id"] == "reconfigure"
    form = await frontend.submit(form, api_key=plant_key())
    assert form["errors"] == {"base": "invalid_auth"}
    form = await frontend.submit(form, api_key=other.key)
    assert (form["type"], form["reason"]) == ("abort", "wrong_account")

    account.key = plant_key()
    form = await frontend.submit(await frontend.begin(entry_id=entry_id), api_key=account.key)
    assert (form["type"], form["reason"]) == ("abort", "reconfigure_successful")
    await frontend.until_entry(entry_id, "loaded")
    await frontend.until(balance, "1")
    threshold = await frontend.entity(entry_id, "low_balance_threshold")
    assert float((await frontend.state(threshold))["state"]) == 7
