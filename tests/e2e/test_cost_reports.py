"""Accounts whose provider tells only costs: added, spent, corrected, killed and repaired."""

from decimal import Decimal
import json

import pytest

from sandbox.faults import Fault, Kind
from sandbox.sandbox import Sandbox
from sandbox.websocket import CommandError

from .conftest import Log
from .frontend import DOMAIN, Frontend
from .planting import plant, planted_in

pytestmark = pytest.mark.asyncio(loop_scope="package")

FIX = "/api/repairs/issues/fix"


async def test_journey(frontend: Frontend, sandbox: Sandbox, log: Log) -> None:
    """From a key of the wrong kind to a balance that is right again after all that can happen."""
    log.expect("Error fetching", "no longer reports what was spent")
    openai, anthropic = plant("openai", "25"), plant("anthropic", "40")
    for account in (openai, anthropic):
        sandbox.accounts.add(account)

    openai.refused = ["missing right"]
    form = await frontend.offer_credentials(openai)
    assert form["errors"] == {"base": "not_admin"}
    openai.refused = []
    form = await frontend.submit(form, api_key=openai.key)
    assert form["step_id"] == "balance_now"
    form = await frontend.submit(form, balance_now=25)
    assert form["step_id"] == "alerts"
    assert form["description_placeholders"]["balances"] == "25.00 USD"
    entry_id = await frontend.finish(form, low_balance=5)
    balance = await frontend.entity(entry_id, "calculated_balance")

    form = await frontend.offer_credentials(anthropic)
    form = await frontend.submit(form, balance_now=40)
    other_id = await frontend.finish(form)
    other = await frontend.entity(other_id, "calculated_balance")
    openai.values["spend_limit"] = 1000
    form = await frontend.submit(await frontend.begin(), provider="openai_spend_limit")
    limit_id = await frontend.finish(await frontend.submit(form, api_key=openai.key))
    limit = await frontend.entity(limit_id, "balance")

    # What Home Assistant itself keeps is on disk by then.
    await frontend.home.restart()
    openai.balance.amount -= Decimal("3.25")
    anthropic.balance.amount -= Decimal("0.123456")
    for each in (entry_id, other_id, limit_id):
        await frontend.reload(each)
    await frontend.until(balance, lambda state: float(state) == 21.75)
    await frontend.until(other, lambda state: float(state) == pytest.approx(39.88, abs=0.01))
    await frontend.until(limit, lambda state: float(state) == 6.75)
    state = await frontend.state(balance)
    assert "calculated" in state["attributes"]["friendly_name"]

    await frontend.act(f"{DOMAIN}.add_top_up", entity_id=balance, amount=10)
    await frontend.until(balance, lambda state: float(state) == 31.75)
    with pytest.raises(CommandError, match="reports the balance itself"):
        await frontend.home.ws(
            "call_service",
            domain=DOMAIN,
            service="set_balance",
            target={"entity_id": limit},
            service_data={"balance": 5},
        )

    openai.balance.amount -= Decimal(2)
    await frontend.home.kill()
    openai.balance.amount -= Decimal(1)
    await frontend.home.start()
    await frontend.until(balance, lambda state: state != "unavailable" and float(state) == 28.75)
    await frontend.act(f"{DOMAIN}.set_balance", entity_id=balance, balance=100)
    await frontend.until(balance, lambda state: float(state) == 100)

    sandbox.providers["openai"].set_switch("forgetful", on=True)
    await frontend.reload(entry_id)
    issue_id = f"history_gone_{entry_id}"
    assert issue_id in await frontend.issues()
    form = await frontend.home.post(FIX, {"handler": DOMAIN, "issue_id": issue_id})
    assert form["step_id"] == "balance_now"
    assert form["description_placeholders"]["account"] == "OpenAI"
    form = await frontend.home.post(f"{FIX}/{form['flow_id']}", {"balance_now": 7})
    assert form["errors"] == {"base": "not_set"}
    sandbox.providers["openai"].set_switch("forgetful", on=False)
    form = await frontend.home.post(f"{FIX}/{form['flow_id']}", {"balance_now": 7})
    assert form["type"] == "create_entry"
    await frontend.until(balance, lambda state: state != "unavailable" and float(state) == 7)
    assert issue_id not in await frontend.issues()

    sandbox.set_fault(Fault(provider="anthropic", kind=Kind.STATUS, status=500))
    await frontend.reload(other_id)
    await frontend.until(other, "unavailable")
    sandbox.clear_faults()
    await frontend.reload(other_id)
    await frontend.until(other, lambda state: state != "unavailable" and float(state) > 39)
    states = json.dumps(await frontend.home.get("/api/states"))
    diagnostics = await frontend.home.get(f"/api/diagnostics/config_entry/{entry_id}")
    assert planted_in(states + json.dumps(diagnostics)) == []
