"""The account data that scripts, templates and assistants can ask for."""

from typing import Any

import pytest

from sandbox.faults import Fault, Kind
from sandbox.sandbox import Sandbox
from sandbox.websocket import CommandError

from .conftest import Log
from .frontend import DOMAIN, Frontend
from .planting import plant, planted_in

pytestmark = pytest.mark.asyncio(loop_scope="package")

GET_ACCOUNTS = f"/api/services/{DOMAIN}/get_accounts?return_response"


async def ask(frontend: Frontend, **target: Any) -> dict[str, dict[str, Any]]:
    """Return the accounts by the names of their providers."""
    answer = await frontend.home.post(GET_ACCOUNTS, target)
    assert planted_in(str(answer)) == []
    return {account["provider"]: account for account in answer["service_response"]["accounts"]}


async def test_all_accounts(frontend: Frontend, sandbox: Sandbox, log: Log) -> None:
    """Without a target every account is returned, with all that is known of it."""
    log.expect("Error fetching")
    rich, poor = plant("hyperstack", "100"), plant("sms_works", "5")
    sandbox.accounts.add(rich)
    sandbox.accounts.add(poor)
    first = await frontend.add(rich)
    await frontend.add(poor, low_balance=10)
    rich.balance.amount -= 30
    await frontend.reload(first)

    accounts = await ask(frontend)
    assert accounts.keys() == {"Hyperstack", "The SMS Works"}
    account = accounts["Hyperstack"]
    assert account["readable"] is True
    assert 0 <= account["age"] < 60
    assert account["alerts"] == []
    assert account["top_up_url"].startswith("https://")
    (balance,) = account["balances"]
    assert balance | {"burn_rate": None, "days_left": None, "runs_out": None} == {
        "scope": None,
        "unit": "USD",
        "balance": 70,
        "spent": 30,
        "burn_rate": None,
        "days_left": None,
        "runs_out": None,
        "last_top_up": None,
    }
    assert accounts["The SMS Works"]["alerts"] == ["low"]

    sandbox.set_fault(Fault(provider="hyperstack", kind=Kind.REFUSED))
    await frontend.poll(await frontend.entity(first, "balance"))
    account = (await ask(frontend))["Hyperstack"]
    assert account["readable"] is False
    assert account["balances"][0]["balance"] == 70


async def test_targeted_accounts(frontend: Frontend, sandbox: Sandbox) -> None:
    """With a target only its accounts are returned; one without any is refused."""
    for provider in ("openrouter", "deepseek"):
        account = plant(provider)
        sandbox.accounts.add(account)
        entry_id = await frontend.add(account)
    balance = await frontend.entity(entry_id, "balance_usd")

    assert (await ask(frontend, entity_id=balance)).keys() == {"DeepSeek"}
    with pytest.raises(CommandError) as refused:
        await frontend.home.ws(
            "call_service",
            domain=DOMAIN,
            service="get_accounts",
            target={"entity_id": "zone.home"},
            return_response=True,
        )
    assert refused.value.code == "service_validation_error"


async def test_asked_by_a_model(frontend: Frontend, sandbox: Sandbox, log: Log) -> None:
    """An assistant that is a model is told of the balance that is exposed, and no other."""
    for provider in ("openrouter", "hyperstack"):
        account = plant(provider, "70")
        sandbox.accounts.add(account)
        entry_id = await frontend.add(account)
    await frontend.home.ws(
        "homeassistant/expose_entity",
        assistants=["conversation"],
        entity_ids=[await frontend.entity(entry_id, "balance")],
        should_expose=True,
    )
    answer = await frontend.home.post(
        "/api/services/pager/use_tool?return_response", {"tool": f"{DOMAIN}__get_accounts"}
    )
    assert planted_in(str(answer)) == []
    (told,) = answer["service_response"]["accounts"]
    assert told["name"] == (await frontend.entry(entry_id))["title"]
    assert told["balances"] == [{"unit": "USD", "balance": 70}]
    assert [line for line in log.lines if "llm" in line and " WARNING " in line] == []


async def test_in_a_script(frontend: Frontend, sandbox: Sandbox) -> None:
    """A script can compute with the answer."""
    for balance in ("100", "20"):
        account = plant("openrouter", balance)
        sandbox.accounts.add(account)
        await frontend.add(account)
    total = "{{ answer.accounts | map(attribute='balances') | sum(start=[]) "
    total += "| map(attribute='balance') | sum }}"
    await frontend.home.post(
        "/api/config/script/config/sum_up",
        {
            "alias": "Sum up",
            "sequence": [
                {"action": f"{DOMAIN}.get_accounts", "response_variable": "answer"},
                {"variables": {"summed": {"total": total}}},
                {"stop": "Done", "response_variable": "summed"},
            ],
        },
    )
    await frontend.until("script.sum_up", "off")
    answer = await frontend.home.post("/api/services/script/sum_up?return_response", {})
    assert answer["service_response"] == {"total": 120}
