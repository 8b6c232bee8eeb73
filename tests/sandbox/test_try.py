"""Trying a provider with a key of one's own, here against the sandbox."""

import aiohttp
import pytest

from contracts import load_contracts
from custom_components.api_credits.providers import PROVIDERS
from sandbox.sandbox import Sandbox
from scripts.providers.attempt import attempt, report

HYPERSTACK = PROVIDERS["hyperstack"]


@pytest.mark.parametrize("key", load_contracts())
async def test_as_documented(sandbox: Sandbox, client: aiohttp.ClientSession, key: str) -> None:
    """Every provider is read, and its answers are as documented."""
    account, contract = sandbox.accounts[key], load_contracts()[key]
    credentials = {**contract.credentials, **account.credentials, "api_key": account.key or ""}
    done = await attempt(client, PROVIDERS[key], credentials)
    assert done.account
    assert done.account.balances
    assert not [line for line in done.lines if line[0] in "+-!"]


async def test_report(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """A report has names and types, and no value of any answer."""
    account = sandbox.accounts["hyperstack"]
    account.values = {"data.threshold": "25", "data.can_create_instance": ...}
    done = await attempt(client, HYPERSTACK, {"api_key": " demo-hyperstack-key\n"})

    shown = report(done)
    assert "identify: 1 account(s), with an id, with a title, variant None" in shown
    assert "balance: known, USD" in shown
    assert "GET https://infrahub-api.nexgencloud.com/v1/auth/organizations: HTTP 200" in shown
    assert "  data.credit: number" in shown
    assert "! data.threshold: number in a text (documented: number)" in shown
    assert "- data.can_create_instance: not there (documented: true or false)" in shown
    assert "  organization.users.*.email: text" in shown
    for value in ("28.14", "4242", "GPU Lab", "example.com", "demo-hyperstack-key", "Success"):
        assert value not in shown


async def test_something_new(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """What nobody documented is marked."""
    contract = load_contracts()["sms_works"]
    assert contract.whoami
    sandbox.accounts["sms_works"].refused = []
    key = sandbox.accounts["sms_works"].key or ""
    sandbox.accounts["sms_works"].values = {"": {"credits": 5, "bonus": [{"left": 1}]}}
    done = await attempt(client, PROVIDERS["sms_works"], {"api_key": key})
    assert "+ bonus.*.left: number (not documented)" in done.lines


async def test_wrong_key(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """What goes wrong is said, with the shape of the refusal, but not the key."""
    done = await attempt(client, HYPERSTACK, {"api_key": "demo-wrong-key"})
    assert done.account is None
    shown = report(done)
    assert "FAILED: invalid_auth: HTTP 401" in shown
    assert "  error_reason: text" in shown
    assert "demo-wrong-key" not in shown

    done = await attempt(client, HYPERSTACK, {"api_key": "demo-hyperstack-key"})
    assert done.account
