"""Every provider answers as its contract says, with the state of its accounts."""

from decimal import Decimal
import json
from typing import Any

import aiohttp
import pytest

from contracts import load_contract, load_contracts
from contracts.form import Exchange
from contracts.form.answer import balance_at, load
from contracts.form.contract import fill
from sandbox.accounts import Account, Balance
from sandbox.sandbox import Sandbox

HYPERSTACK = "https://infrahub-api.nexgencloud.com/v1"
AGENTTOOLKIT = "https://api.agenttoolkit.ai/api/v1"
STABILITY = "https://api.stability.ai"
OPENROUTER = "https://openrouter.ai/api/v1"
DEEPSEEK = "https://api.deepseek.com"

HYPERSTACK_KEY = {"api_key": "demo-hyperstack-key"}
AGENTTOOLKIT_KEY = {"Authorization": "Bearer demo-agenttoolkit-key"}
STABILITY_KEY = {"Authorization": "Bearer demo-stability-ai-key"}
OPENROUTER_KEY = {"Authorization": "Bearer demo-openrouter-key"}
DEEPSEEK_KEY = {"Authorization": "Bearer demo-deepseek-key"}

every_provider = pytest.mark.parametrize("key", load_contracts())


async def fetch(
    client: aiohttp.ClientSession, url: str, headers: dict[str, str]
) -> tuple[int, Any]:
    """Return the status and the JSON body of an answer."""
    async with client.get(url, headers=headers) as response:
        return response.status, await response.json()


async def ask(
    client: aiohttp.ClientSession, exchange: Exchange, values: dict[str, str]
) -> tuple[int, str]:
    """Make the request of an exchange with these credentials."""
    headers = {name: fill(text, values) for name, text in exchange.headers.items()}
    body = None if exchange.body is None else fill(exchange.body, values)
    if body and "Content-Type" not in headers:
        kind = "json" if body.startswith("{") else "x-www-form-urlencoded"
        headers["Content-Type"] = f"application/{kind}"
    url = fill(exchange.url, values)
    async with client.request(exchange.method, url, data=body, headers=headers) as response:
        return response.status, await response.text()


def values_of(account: Account) -> dict[str, str]:
    """Return what stands for the names of credentials in an account's requests."""
    contract = load_contract(account.provider)
    chosen = next(iter(account.identities), contract.identities[0].id)
    return {
        **contract.credentials,
        **account.credentials,
        "api_key": account.key or "",
        "account": chosen or "",
    }


@every_provider
async def test_balance(sandbox: Sandbox, client: aiohttp.ClientSession, key: str) -> None:
    """The balance that is told is the account's, also when some of it is spent."""
    account, contract = sandbox.accounts[key], load_contract(key)
    place = contract.balances[0]
    scope = place.scope if place.scope in account.balances else next(iter(account.balances))
    for amount in ("37", "12"):
        account.balances[scope].amount = Decimal(amount)
        status, body = await ask(client, contract.balance, values_of(account))
        assert status == 200
        assert round(balance_at(load(body), place)) == Decimal(amount)


@every_provider
async def test_bad_key(sandbox: Sandbox, client: aiohttp.ClientSession, key: str) -> None:
    """A wrong key is refused in the provider's words, whatever is asked."""
    contract = load_contract(key)
    refusal = next(each for each in contract.refusals if each.when == "bad key")
    values = values_of(sandbox.accounts[key]) | {"api_key": "a-wrong-key"}
    for exchange in contract.exchanges:
        assert await ask(client, exchange, values) == (refusal.status, refusal.body)


@every_provider
async def test_nothing_there(sandbox: Sandbox, client: aiohttp.ClientSession, key: str) -> None:
    """What a provider does not have is not found, or nobody's."""
    contract = load_contract(key)
    values = values_of(sandbox.accounts[key])
    headers = {name: fill(text, values) for name, text in contract.balance.headers.items()}
    url = fill(contract.balance.url, values).partition("?")
    status, body = await fetch(client, f"{url[0].rstrip('/')}/nothing/here?{url[2]}", headers)
    bad_key = next(each for each in contract.refusals if each.when == "bad key")
    assert status in {404, bad_key.status}
    assert body


async def test_hyperstack_credit(client: aiohttp.ClientSession) -> None:
    """The credit is a number of dollars, beside the threshold and what it allows."""
    answer = await fetch(client, f"{HYPERSTACK}/billing/user-credit/credit", HYPERSTACK_KEY)

    data = {"credit": 28.147631028367705, "threshold": 25, "can_create_instance": True}
    assert answer == (200, {"message": "Success", "status": True, "data": data})


async def test_hyperstack_below_zero(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """The credit can fall below zero, and then nothing can be created."""
    sandbox.clock.advance(Decimal(86400))

    _, body = await fetch(client, f"{HYPERSTACK}/billing/user-credit/credit", HYPERSTACK_KEY)

    assert body["data"]["credit"] == pytest.approx(28.147631028367705 - 24 * 1.90)
    assert body["data"]["can_create_instance"] is False


async def test_identity(client: aiohttp.ClientSession) -> None:
    """The identity is the account's own, in the type that is documented."""
    status, body = await fetch(client, f"{HYPERSTACK}/auth/organizations", HYPERSTACK_KEY)

    organization = body["organization"]
    assert status == 200
    assert (organization["id"], organization["name"]) == (4242, "Sandbox GPU Lab")


async def test_refused_account(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """A key may read the credit, but not the organisation."""
    sandbox.accounts["hyperstack"].refused = ["restricted key"]

    status, body = await fetch(client, f"{HYPERSTACK}/auth/organizations", HYPERSTACK_KEY)
    assert (status, body["status"], body["error_reason"]) == (403, False, "forbidden")

    status, _ = await fetch(client, f"{HYPERSTACK}/billing/user-credit/credit", HYPERSTACK_KEY)
    assert status == 200


async def test_what_else_is_documented(client: aiohttp.ClientSession) -> None:
    """Other requests that a contract documents are answered, too."""
    _, body = await fetch(client, f"{HYPERSTACK}/billing/billing/last-day-cost", HYPERSTACK_KEY)
    assert body["data"]["total_cost"] == 45.6


async def test_content_type(client: aiohttp.ClientSession) -> None:
    """An answer says what it is as the provider's own does."""
    url = "https://api.thesmsworks.co.uk/v1/credits/balance"
    async with client.get(url, headers={"Authorization": "JWT demo-sms-works-key"}) as response:
        assert response.headers["Content-Type"] == "application/json;charset=UTF-8"
        assert await response.json() == {"credits": 180}


async def test_whole_numbers(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """Amounts that are whole at the provider stay whole, and agree with each other."""
    sandbox.clock.advance(Decimal(900))

    _, body = await fetch(client, f"{AGENTTOOLKIT}/credits", AGENTTOOLKIT_KEY)

    assert type(body["remaining_credits"]) is type(body["used_credits"]) is int
    assert body["remaining_credits"] == 1838
    assert body["used_credits"] + body["remaining_credits"] == body["total_credits"]


async def test_renewal_is_to_come(client: aiohttp.ClientSession) -> None:
    """The date of the next renewal is the first of a month, in the form that is documented."""
    _, body = await fetch(client, f"{AGENTTOOLKIT}/credits", AGENTTOOLKIT_KEY)
    assert body["reset_date"].endswith("-01")
    assert len(body["reset_date"]) == len("2026-12-01")


async def test_another_way_only(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """A provider takes the key in either way, or in the second one only."""
    api_key = {"X-API-Key": "demo-agenttoolkit-key"}
    assert (await fetch(client, f"{AGENTTOOLKIT}/credits", api_key))[0] == 200

    sandbox.providers["agenttoolkit"].set_switch("only_x_api_key", on=True)

    assert (await fetch(client, f"{AGENTTOOLKIT}/credits", api_key))[0] == 200
    assert (await fetch(client, f"{AGENTTOOLKIT}/credits", AGENTTOOLKIT_KEY))[0] == 401


async def test_several_identities(client: aiohttp.ClientSession) -> None:
    """A key reaches several organisations, one of which is the default."""
    _, body = await fetch(client, f"{STABILITY}/v1/user/account", STABILITY_KEY)

    assert [(each["id"], each["is_default"]) for each in body["organizations"]] == [
        ("org-sandbox-studio", True),
        ("org-sandbox-personal", False),
    ]
    assert body["organizations"][0].keys() == {"id", "name", "role", "is_default"}


@pytest.mark.parametrize(
    ("organization", "answer"),
    [
        ({}, 633.6833840314097),
        ({"Organization": "org-sandbox-studio"}, 633.6833840314097),
        ({"Organization": "org-sandbox-personal"}, 25),
    ],
)
async def test_balance_of_an_identity(
    client: aiohttp.ClientSession, organization: dict[str, str], answer: float
) -> None:
    """The balance is that of the organisation that is asked for."""
    headers = STABILITY_KEY | organization
    assert await fetch(client, f"{STABILITY}/v1/user/balance", headers) == (
        200,
        {"credits": answer},
    )


async def test_identity_of_somebody_else(client: aiohttp.ClientSession) -> None:
    """An organisation of somebody else is refused."""
    headers = STABILITY_KEY | {"Organization": "org-of-somebody-else"}
    status, body = await fetch(client, f"{STABILITY}/v1/user/balance", headers)

    assert (status, body["name"]) == (403, "permission_denied")
    assert body.keys() == {"id", "name", "message"}


async def test_generations(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """Only the first generation takes the key alone, and it can be the only one."""
    alone = {"Authorization": "demo-stability-ai-key"}
    assert (await fetch(client, f"{STABILITY}/v1/user/balance", alone))[0] == 401
    assert (await fetch(client, f"{STABILITY}/v1alpha/user/balance", alone))[0] == 200

    sandbox.providers["stability_ai"].set_switch("only_v1alpha", on=True)

    assert (await fetch(client, f"{STABILITY}/v1/user/balance", STABILITY_KEY))[0] == 404
    assert (await fetch(client, f"{STABILITY}/v1alpha/user/balance", alone))[0] == 200
    assert (await fetch(client, f"{STABILITY}/v1alpha/user/account", alone))[0] == 200


async def test_key_with_a_limit(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """A plain key is told of its limit only."""
    sandbox.accounts["openrouter"].refused = ["missing right"]

    status, body = await fetch(client, f"{OPENROUTER}/credits", OPENROUTER_KEY)
    message = "Only management keys can perform this operation"
    assert (status, body) == (403, {"error": {"code": 403, "message": message}})

    status, body = await fetch(client, f"{OPENROUTER}/key", OPENROUTER_KEY)
    assert status == 200
    assert (body["data"]["limit"], body["data"]["limit_remaining"]) == (100, 41.3)
    assert body["data"]["usage"] == pytest.approx(58.7)


async def test_values(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """Whatever an answer says can be said otherwise: a key need not have a limit."""
    values = {"data.limit": None, "data.limit_remaining": None}
    sandbox.accounts["openrouter"].values = values

    _, body = await fetch(client, f"{OPENROUTER}/key", OPENROUTER_KEY)
    assert (body["data"]["limit"], body["data"]["limit_remaining"]) == (None, None)


async def test_deepseek(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """There is an entry for each currency, with amounts as strings."""
    cny = {
        "currency": "CNY",
        "total_balance": "110.00",
        "granted_balance": "10.00",
        "topped_up_balance": "100.00",
    }
    usd = {
        "currency": "USD",
        "total_balance": "12.50",
        "granted_balance": "0.00",
        "topped_up_balance": "12.50",
    }
    answer = await fetch(client, f"{DEEPSEEK}/user/balance", DEEPSEEK_KEY)
    assert answer == (200, {"is_available": True, "balance_infos": [cny, usd]})

    sandbox.accounts["deepseek"].balances.clear()

    answer = await fetch(client, f"{DEEPSEEK}/user/balance", DEEPSEEK_KEY)
    assert answer == (200, {"is_available": False, "balance_infos": []})


async def test_accounts_are_told_apart(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """Each key is told of its own account."""
    other = Account(
        id="other",
        provider="sms_works",
        key="demo-other-key",
        balances={"": Balance(amount=Decimal(7))},
        identities={"other-customer": ""},
    )
    sandbox.accounts.add(other)
    contract = load_contract("sms_works")
    assert contract.whoami
    assert json.loads((await ask(client, contract.balance, values_of(other)))[1]) == {"credits": 7}
    assert json.loads((await ask(client, contract.whoami, values_of(other)))[1]) == {
        "message": "other-customer"
    }


async def test_unknown_host(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """A host that is no provider's is not served."""
    url = f"{DEEPSEEK}/user/balance"
    async with client.get(url, headers={"Host": "elsewhere.example"}) as response:
        assert response.status == 421
    assert not sandbox.requests
