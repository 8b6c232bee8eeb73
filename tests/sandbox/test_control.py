"""The control endpoint shows and changes everything in the sandbox."""

from decimal import Decimal
from typing import Any

import aiohttp
import pytest

from sandbox.providers import PROVIDERS
from sandbox.sandbox import Sandbox

CREDIT = "https://infrahub-api.nexgencloud.com/v1/billing/user-credit/credit"
DEEPSEEK = "https://api.deepseek.com/user/balance"


class Control:
    """Talks to the control endpoint."""

    def __init__(self, client: aiohttp.ClientSession, url: str) -> None:
        """Talk to the one at this URL."""
        self._client = client
        self._url = url

    async def __call__(self, method: str, path: str, data: Any = None, status: int = 200) -> Any:
        """Send a request that is to be answered with this status."""
        async with self._client.request(method, self._url + path, json=data) as response:
            assert response.status == status, await response.text()
            return await response.json()


@pytest.fixture
async def control(sandbox: Sandbox, client: aiohttp.ClientSession) -> Control:
    """Return a way to talk to the sandbox's control endpoint."""
    return Control(client, sandbox.control_url)


async def fetch(client: aiohttp.ClientSession, url: str, **headers: str) -> tuple[int, Any]:
    """Return the status and the body of a provider's answer."""
    async with client.get(url, headers=headers) as response:
        return response.status, await response.json()


async def test_accounts(control: Control) -> None:
    """The accounts are there with their balances as they are in truth."""
    accounts = {each["id"]: each for each in (await control("GET", "/accounts"))["accounts"]}

    assert accounts.keys() == set(PROVIDERS)
    assert accounts["hyperstack"]["key"] == "demo-hyperstack-key"
    assert accounts["hyperstack"]["balances"][""]["amount"] == "28.147631028367705"
    assert accounts["deepseek"]["balances"].keys() == {"CNY", "USD"}


async def test_draining(control: Control, client: aiohttp.ClientSession) -> None:
    """A balance drains as time goes by, down to its floor."""
    change = {"balances": {"": {"amount": "10", "drain": "0.5"}}}
    await control("PATCH", "/accounts/sms_works", change)

    await control("POST", "/clock", {"advance": 7})
    accounts = (await control("GET", "/accounts"))["accounts"]
    amounts = {each["id"]: each["balances"] for each in accounts}
    assert Decimal(amounts["sms_works"][""]["amount"]) == Decimal("6.5")

    await control("POST", "/clock", {"advance": "3600"})
    url = "https://api.thesmsworks.co.uk/v1/credits/balance"
    answer = await fetch(client, url, Authorization="JWT demo-sms-works-key")
    assert answer == (200, {"credits": 0})


async def test_speed(control: Control, sandbox: Sandbox) -> None:
    """Time can go faster, and what has passed stays passed."""
    assert (await control("GET", "/clock"))["speed"] == "0"
    await control("POST", "/clock", {"speed": 100000})
    first = sandbox.clock.now()
    second = sandbox.clock.now()
    await control("POST", "/clock", {"speed": 0})
    third = sandbox.clock.now()
    assert Decimal(0) < first < second < third == sandbox.clock.now()


@pytest.mark.parametrize(
    ("account", "scope"),
    [("hyperstack", None), ("deepseek", "USD"), ("stability_ai", "org-sandbox-personal")],
)
async def test_top_up(control: Control, account: str, scope: str | None) -> None:
    """A payment adds to the balance."""
    before = await control("PATCH", f"/accounts/{account}", {})
    payment = {"amount": 25} if scope is None else {"amount": 25, "scope": scope}
    after = await control("POST", f"/accounts/{account}/top_up", payment)

    amounts = [Decimal(each["balances"][scope or ""]["amount"]) for each in (before, after)]
    assert amounts[1] - amounts[0] == 25


async def test_top_up_of_a_total(control: Control, client: aiohttp.ClientSession) -> None:
    """Where a provider tells what was bought and what was used, a payment is bought."""
    url = "https://openrouter.ai/api/v1/credits"
    credits = []
    for _ in range(2):
        _, body = await fetch(client, url, Authorization="Bearer demo-openrouter-key")
        credits.append(body["data"])
        await control("POST", "/accounts/openrouter/top_up", {"amount": 25})
    assert credits[1]["total_credits"] - credits[0]["total_credits"] == 25
    assert credits[1]["total_usage"] == credits[0]["total_usage"]


async def test_keys(control: Control, client: aiohttp.ClientSession) -> None:
    """A key can be revoked, and replaced by another one."""
    await control("PATCH", "/accounts/hyperstack", {"key": None})
    assert (await fetch(client, CREDIT, api_key="demo-hyperstack-key"))[0] == 401

    await control("PATCH", "/accounts/hyperstack", {"key": "demo-hyperstack-key-2"})
    assert (await fetch(client, CREDIT, api_key="demo-hyperstack-key"))[0] == 401
    assert (await fetch(client, CREDIT, api_key="demo-hyperstack-key-2"))[0] == 200


async def test_currencies(control: Control, client: aiohttp.ClientSession) -> None:
    """A currency can be removed, and added again."""
    await control("PATCH", "/accounts/deepseek", {"balances": {"CNY": None}})
    _, body = await fetch(client, DEEPSEEK, Authorization="Bearer demo-deepseek-key")
    assert [each["currency"] for each in body["balance_infos"]] == ["USD"]

    change = {"balances": {"CNY": {"amount": "3.5"}}, "values": {"granted.CNY": "1"}}
    await control("PATCH", "/accounts/deepseek", change)
    _, body = await fetch(client, DEEPSEEK, Authorization="Bearer demo-deepseek-key")
    assert [each["currency"] for each in body["balance_infos"]] == ["USD", "CNY"]
    assert body["balance_infos"][1]["total_balance"] == "3.50"
    assert body["balance_infos"][1]["granted_balance"] == "1.00"


async def test_add_and_remove_account(control: Control, client: aiohttp.ClientSession) -> None:
    """A second account at a provider has its own key and balance."""
    account = {
        "id": "second",
        "provider": "hyperstack",
        "key": "demo-second-key",
        "balances": {"": {"amount": "-1.25", "floor": None}},
        "identities": {"7": "Second"},
        "values": {"data.threshold": 0.5},
    }
    await control("POST", "/accounts", account, status=201)
    _, body = await fetch(client, CREDIT, api_key="demo-second-key")
    assert body["data"] == {"credit": -1.25, "threshold": 0.5, "can_create_instance": False}

    await control("DELETE", "/accounts/second")
    assert (await fetch(client, CREDIT, api_key="demo-second-key"))[0] == 401


async def test_requests(control: Control, client: aiohttp.ClientSession) -> None:
    """What providers are asked is kept, with whose credentials it came."""
    await fetch(client, CREDIT, api_key="demo-hyperstack-key")
    await fetch(client, f"{DEEPSEEK}?a=b", Authorization="Bearer wrong")

    first, second = (await control("GET", "/requests"))["requests"]
    assert (first["provider"], first["account"], first["method"]) == ("hyperstack",) * 2 + ("GET",)
    assert first["path"] == "/v1/billing/user-credit/credit"
    assert first["headers"]["api_key"] == "demo-hyperstack-key"
    assert (second["provider"], second["account"]) == ("deepseek", None)
    assert second["path"] == "/user/balance?a=b"
    assert second["headers"]["Authorization"] == "Bearer wrong"

    of_one = (await control("GET", "/requests?provider=deepseek"))["requests"]
    assert of_one == [second]
    accounts = (await control("GET", "/accounts"))["accounts"]
    assert {each["id"]: each["requests"] for each in accounts if each["requests"]} == {
        "hyperstack": 1
    }

    await control("DELETE", "/requests")
    assert (await control("GET", "/requests"))["requests"] == []


async def test_switches(control: Control) -> None:
    """A provider can be told to behave differently."""
    answer = await control("PATCH", "/providers/stability_ai", {"only_v1alpha": True})
    assert answer == {"switches": {"only_v1alpha": True}}
    providers = (await control("GET", "/providers"))["providers"]
    assert providers["stability_ai"] == {"host": "api.stability.ai", **answer}
    assert providers["agenttoolkit"]["switches"] == {"only_x_api_key": False}


async def test_faults(control: Control, client: aiohttp.ClientSession) -> None:
    """Faults are switched on and off."""
    fault = {"provider": "deepseek", "kind": "status", "status": 503, "times": 3}
    await control("POST", "/faults", fault | {"body": '{"sorry": true}'})
    assert await fetch(client, DEEPSEEK) == (503, {"sorry": True})

    (left,) = (await control("GET", "/faults"))["faults"]
    assert (left["provider"], left["kind"], left["times"]) == ("deepseek", "status", 2)

    await control("DELETE", "/faults?provider=hyperstack")
    assert (await fetch(client, DEEPSEEK))[0] == 503
    await control("DELETE", "/faults")
    assert (await fetch(client, DEEPSEEK))[0] == 401


@pytest.mark.parametrize(
    ("method", "path", "data"),
    [
        ("POST", "/faults", {"provider": "nobody", "kind": "cut"}),
        ("POST", "/faults", {"provider": "deepseek", "kind": "unheard_of"}),
        ("POST", "/faults", {"provider": "deepseek", "kind": "cut", "colour": "red"}),
        ("POST", "/faults", ["deepseek"]),
        ("PATCH", "/accounts/nobody", {}),
        ("PATCH", "/accounts/hyperstack", {"colour": "red"}),
        ("PATCH", "/accounts/hyperstack", {"balances": {"": {"amount": "much"}}}),
        ("PATCH", "/providers/deepseek", {"only_v1alpha": True}),
        ("POST", "/accounts/hyperstack/top_up", {"amount": "much"}),
        ("POST", "/accounts/hyperstack/top_up", {"amount": 1, "scope": "USD"}),
        ("POST", "/accounts", {"provider": "hyperstack", "balances": {}}),
    ],
)
async def test_mistakes(control: Control, method: str, path: str, data: Any) -> None:
    """A request that makes no sense is told so, and changes nothing."""
    before = await control("GET", "/accounts")
    answer = await control(method, path, data, status=400)
    assert answer["error"]
    assert await control("GET", "/accounts") == before
