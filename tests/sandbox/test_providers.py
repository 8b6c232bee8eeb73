"""Every provider answers as its documentation says."""

from decimal import Decimal
from typing import Any

import aiohttp
import pytest

from sandbox.sandbox import Sandbox

HYPERSTACK = "https://infrahub-api.nexgencloud.com/v1"
SMS_WORKS = "https://api.thesmsworks.co.uk/v1"
AGENTTOOLKIT = "https://api.agenttoolkit.ai/api/v1"
STABILITY = "https://api.stability.ai"
OPENROUTER = "https://openrouter.ai/api/v1"
DEEPSEEK = "https://api.deepseek.com"

HYPERSTACK_KEY = {"api_key": "demo-hyperstack-key"}
SMS_WORKS_KEY = {"Authorization": "JWT demo-sms-works-key"}
AGENTTOOLKIT_KEY = {"Authorization": "Bearer demo-agenttoolkit-key"}
STABILITY_KEY = {"Authorization": "Bearer demo-stability-ai-key"}
OPENROUTER_KEY = {"Authorization": "Bearer demo-openrouter-key"}
DEEPSEEK_KEY = {"Authorization": "Bearer demo-deepseek-key"}


async def fetch(
    client: aiohttp.ClientSession, url: str, headers: dict[str, str]
) -> tuple[int, Any]:
    """Return the status and the JSON body of an answer."""
    async with client.get(url, headers=headers) as response:
        return response.status, await response.json()


async def test_hyperstack_credit(client: aiohttp.ClientSession) -> None:
    """The credit is a number of dollars, beside the threshold and what it allows."""
    answer = await fetch(client, f"{HYPERSTACK}/billing/user-credit/credit", HYPERSTACK_KEY)

    data = {"credit": 28.147631028367705, "threshold": 25.0, "can_create_instance": True}
    assert answer == (200, {"message": "Success", "status": True, "data": data})


async def test_hyperstack_below_zero(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """The credit can fall below zero, and then nothing can be created."""
    sandbox.clock.advance(Decimal(86400))

    _, body = await fetch(client, f"{HYPERSTACK}/billing/user-credit/credit", HYPERSTACK_KEY)

    assert body["data"]["credit"] == pytest.approx(28.147631028367705 - 24 * 1.90)
    assert body["data"]["can_create_instance"] is False


async def test_hyperstack_organization(client: aiohttp.ClientSession) -> None:
    """The organisation has whole numbers only, and personal data."""
    status, body = await fetch(client, f"{HYPERSTACK}/auth/organizations", HYPERSTACK_KEY)

    organization = body["organization"]
    assert status == 200
    assert (organization["id"], organization["name"]) == (4242, "Sandbox GPU Lab")
    assert (organization["credit"], organization["threshold"]) == (28, 25)
    assert organization["users"][0]["email"] == "owner@example.com"


async def test_hyperstack_restricted_key(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """A key may read the credit, but not the organisation."""
    sandbox.accounts["hyperstack"].refused = ["restricted key"]

    status, body = await fetch(client, f"{HYPERSTACK}/auth/organizations", HYPERSTACK_KEY)
    assert (status, body["status"], body["error_reason"]) == (403, False, "forbidden")

    status, _ = await fetch(client, f"{HYPERSTACK}/billing/user-credit/credit", HYPERSTACK_KEY)
    assert status == 200


async def test_hyperstack_last_day_cost(client: aiohttp.ClientSession) -> None:
    """The cost of the last day is what the balance drains by in a day."""
    _, body = await fetch(client, f"{HYPERSTACK}/billing/billing/last-day-cost", HYPERSTACK_KEY)

    assert body["data"] == {
        "instances_cost": pytest.approx(45.6),
        "volumes_cost": 0,
        "clusters_cost": 0,
        "total_cost": pytest.approx(45.6),
    }


async def test_sms_works(client: aiohttp.ClientSession) -> None:
    """The balance is one number; the customer's id comes as a message."""
    async with client.get(f"{SMS_WORKS}/credits/balance", headers=SMS_WORKS_KEY) as response:
        assert response.headers["Content-Type"] == "application/json;charset=UTF-8"
        assert await response.json() == {"credits": 180.0}

    answer = await fetch(client, f"{SMS_WORKS}/utils/test", SMS_WORKS_KEY)
    assert answer == (200, {"message": "sandbox-customer"})


async def test_agenttoolkit(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """All credits are whole numbers that agree with each other."""
    sandbox.clock.advance(Decimal(900))

    status, body = await fetch(client, f"{AGENTTOOLKIT}/credits", AGENTTOOLKIT_KEY)

    assert status == 200
    amounts = {name: value for name, value in body.items() if name.endswith("_credits")}
    assert amounts == {
        "total_credits": 2000,
        "used_credits": 162,
        "remaining_credits": 1838,
        "free_credits": 500,
        "purchased_credits": 1500,
    }
    assert all(type(value) is int for value in amounts.values())
    assert type(body["days_until_reset"]) is int
    assert isinstance(body["period"], str)
    assert isinstance(body["reset_date"], str)
    assert body["plan_tier"] == "pro"


async def test_agenttoolkit_api_key_header(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """The key is accepted in either form, or only in the form of the provider's own SDK."""
    api_key = {"X-API-Key": "demo-agenttoolkit-key"}
    assert (await fetch(client, f"{AGENTTOOLKIT}/credits", api_key))[0] == 200

    sandbox.providers["agenttoolkit"].set_switch("only_x_api_key", on=True)

    assert (await fetch(client, f"{AGENTTOOLKIT}/credits", api_key))[0] == 200
    assert (await fetch(client, f"{AGENTTOOLKIT}/credits", AGENTTOOLKIT_KEY))[0] == 401


async def test_stability_ai_account(client: aiohttp.ClientSession) -> None:
    """A key reaches several organisations, one of which is the default."""
    status, body = await fetch(client, f"{STABILITY}/v1/user/account", STABILITY_KEY)

    assert status == 200
    assert (body["id"], body["email"]) == ("user-sandbox", "owner@example.com")
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
        ({"Organization": "org-sandbox-personal"}, 25.0),
    ],
)
async def test_stability_ai_balance(
    client: aiohttp.ClientSession, organization: dict[str, str], answer: float
) -> None:
    """The balance is that of the organisation that is asked for."""
    headers = STABILITY_KEY | organization
    assert await fetch(client, f"{STABILITY}/v1/user/balance", headers) == (
        200,
        {"credits": answer},
    )


async def test_stability_ai_unknown_organization(client: aiohttp.ClientSession) -> None:
    """An organisation of somebody else is refused."""
    headers = STABILITY_KEY | {"Organization": "org-of-somebody-else"}
    status, body = await fetch(client, f"{STABILITY}/v1/user/balance", headers)

    assert (status, body["name"]) == (403, "permission_denied")
    assert body.keys() == {"id", "name", "message"}


async def test_stability_ai_generations(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """Only the first generation takes the key alone, and it can be the only one."""
    alone = {"Authorization": "demo-stability-ai-key"}
    assert (await fetch(client, f"{STABILITY}/v1/user/balance", alone))[0] == 401
    assert (await fetch(client, f"{STABILITY}/v1alpha/user/balance", alone))[0] == 200

    sandbox.providers["stability_ai"].set_switch("only_v1alpha", on=True)

    assert (await fetch(client, f"{STABILITY}/v1/user/balance", STABILITY_KEY))[0] == 404
    assert (await fetch(client, f"{STABILITY}/v1alpha/user/balance", STABILITY_KEY))[0] == 200
    assert (await fetch(client, f"{STABILITY}/v1alpha/user/account", STABILITY_KEY))[0] == 200


async def test_openrouter_management_key(client: aiohttp.ClientSession) -> None:
    """A management key is told what was bought and what was used."""
    answer = await fetch(client, f"{OPENROUTER}/credits", OPENROUTER_KEY)
    assert answer == (200, {"data": {"total_credits": 100.0, "total_usage": 58.7}})


async def test_openrouter_plain_key(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """A plain key is told of its limit only, in an answer that echoes a piece of it."""
    sandbox.accounts["openrouter"].refused = ["missing right"]

    status, body = await fetch(client, f"{OPENROUTER}/credits", OPENROUTER_KEY)
    message = "Only management keys can perform this operation"
    assert (status, body) == (403, {"error": {"code": 403, "message": message}})

    status, body = await fetch(client, f"{OPENROUTER}/key", OPENROUTER_KEY)
    data = body["data"]
    assert status == 200
    assert data["label"] == "demo-openrou...key"
    assert (data["limit"], data["usage"]) == (75.0, 58.7)
    assert data["limit_remaining"] == pytest.approx(16.3)


async def test_openrouter_no_limit(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """A key need not have a limit."""
    sandbox.accounts["openrouter"].limit = None  # type: ignore[attr-defined]

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


@pytest.mark.parametrize(
    ("url", "headers", "body"),
    [
        (
            f"{HYPERSTACK}/billing/user-credit/credit",
            {"Authorization": "Bearer demo-hyperstack-key"},
            {
                "status": False,
                "message": "Unauthorized. Please check your API key",
                "error_reason": "unauthorized",
            },
        ),
        (
            f"{SMS_WORKS}/credits/balance",
            {"Authorization": "Bearer demo-sms-works-key"},
            {"message": "Unauthorized"},
        ),
        (
            f"{SMS_WORKS}/credits/balance",
            {"Authorization": "demo-sms-works-key"},
            {"message": "Unauthorized"},
        ),
        (
            f"{AGENTTOOLKIT}/credits",
            {"Authorization": "demo-agenttoolkit-key"},
            {"detail": "Could not validate credentials"},
        ),
        (
            f"{STABILITY}/v1/user/balance",
            {},
            {"name": "unauthorized", "message": "missing authorization header", "id": "0" * 32},
        ),
        (
            f"{STABILITY}/v1/user/balance",
            {"Authorization": "Bearer wrong"},
            {"name": "unauthorized", "message": "Incorrect API key provided", "id": "0" * 32},
        ),
        (
            f"{OPENROUTER}/credits",
            {"Authorization": "Bearer wrong"},
            {"error": {"code": 401, "message": "User not found."}},
        ),
        (
            f"{OPENROUTER}/key",
            {},
            {"error": {"code": 401, "message": "No auth credentials found"}},
        ),
        (
            f"{DEEPSEEK}/user/balance",
            {"Authorization": "Bearer a-wrong-key"},
            {
                "error": {
                    "message": "Authentication Fails, Your api key: ****-key is invalid",
                    "type": "authentication_error",
                    "param": None,
                    "code": "invalid_request_error",
                }
            },
        ),
    ],
)
async def test_unauthorized(
    client: aiohttp.ClientSession, url: str, headers: dict[str, str], body: dict[str, Any]
) -> None:
    """A missing or wrong key, or one in the wrong form, is refused in the provider's words."""
    assert await fetch(client, url, headers) == (401, body)


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        (HYPERSTACK, HYPERSTACK_KEY),
        (SMS_WORKS, SMS_WORKS_KEY),
        (AGENTTOOLKIT, AGENTTOOLKIT_KEY),
        (STABILITY, STABILITY_KEY),
        (OPENROUTER, OPENROUTER_KEY),
        (DEEPSEEK, DEEPSEEK_KEY),
    ],
)
async def test_not_found(client: aiohttp.ClientSession, url: str, headers: dict[str, str]) -> None:
    """What a provider does not have is not found, in JSON."""
    status, body = await fetch(client, f"{url}/nothing/here", headers)
    assert status == 404
    assert body


async def test_unknown_host(sandbox: Sandbox, client: aiohttp.ClientSession) -> None:
    """A host that is no provider's is not served."""
    url = f"{DEEPSEEK}/user/balance"
    async with client.get(url, headers={"Host": "elsewhere.example"}) as response:
        assert response.status == 421
    assert not sandbox.requests
