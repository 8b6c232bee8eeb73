"""A gateway of one's own is watched: its user and its keys, whatever its operator decides."""

from secrets import token_hex
from typing import Any

import pytest

from sandbox.accounts import SOLE, Account
from sandbox.sandbox import Sandbox

from .conftest import Log
from .frontend import Form, Frontend
from .planting import amount, plant_key

pytestmark = pytest.mark.asyncio(loop_scope="package")

ADDRESS = "https://gateway.example.com"


def plant_user(quota: str) -> Account:
    """Return a user of a New API gateway who has this many dollars."""
    number = str(int(token_hex(4), 16))
    return Account(
        id=f"new-api-{number}",
        provider="new_api",
        key=plant_key(),
        balances={SOLE: amount(quota)},
        credentials={"account_id": number},
        identities={number: ""},
    )


async def offer(frontend: Frontend, **given: Any) -> Form:
    """Choose the gateway and enter what is given."""
    form = await frontend.submit(await frontend.begin(), provider="new_api")
    assert [field["name"] for field in form["data_schema"]] == [
        *("url", "balance_of", "api_key", "account_id", "verify_ssl")
    ]
    return await frontend.submit(form, verify_ssl=True, **given)


async def test_user_and_key(frontend: Frontend, sandbox: Sandbox, log: Log) -> None:
    """A user's quota and a key's limit are read in dollars, and fall; a new token is asked for."""
    log.expect("Authentication failed while fetching")
    account = plant_user("12.5")
    sandbox.accounts.add(account)
    given = {"url": f"{ADDRESS}/v1", "api_key": account.key, **account.credentials}

    for wrong, error in (
        ({"url": "gateway.example.com"}, "invalid_url"),
        ({"url": "https://nowhere.example.com"}, "cannot_connect"),
        ({"api_key": plant_key()}, "invalid_auth"),
    ):
        form = await offer(frontend, balance_of="user", **given | wrong)
        assert form["errors"] == {"base": error}
    form = await offer(frontend, balance_of="user", **given)
    assert form["description_placeholders"]["balances"] == "12.50 USD"
    user = await frontend.finish(form, low_balance=5)
    key = await frontend.finish(await offer(frontend, balance_of="key", **given))
    assert (await frontend.entry(user))["title"] != (await frontend.entry(key))["title"]
    balances = [await frontend.entity(entry, "balance") for entry in (user, key)]

    account.balance.amount -= 8
    await frontend.poll(*balances)
    for balance in balances:
        await frontend.until(balance, "4.5")
    low = await frontend.entity(user, "low_balance")
    assert (await frontend.state(low))["state"] == "on"
    form = await offer(frontend, balance_of="user", **given)
    assert (form["type"], form["reason"]) == ("abort", "already_configured")

    account.key = plant_key()
    await frontend.poll(balances[0])
    await frontend.until(balances[0], "unavailable")
    flows = await frontend.home.ws("config_entries/flow/progress")
    (flow,) = [each for each in flows if each["context"].get("entry_id") == user]
    form = await frontend.home.get(f"/api/config/config_entries/flow/{flow['flow_id']}")
    assert [field["name"] for field in form["data_schema"]] == ["api_key"]
    form = await frontend.submit(form, api_key=account.key)
    assert (form["type"], form["reason"]) == ("abort", "reauth_successful")
    await frontend.until(balances[0], "4.5")
