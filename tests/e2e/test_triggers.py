"""Automations made of the integration's own triggers and conditions."""

import asyncio
from decimal import Decimal
from typing import Any

import pytest

from sandbox.accounts import Account
from sandbox.sandbox import Sandbox

from .conftest import Log
from .frontend import DOMAIN, PATIENCE, Frontend
from .history import give_history
from .planting import plant
from .targets import TARGETS, Target

pytestmark = pytest.mark.asyncio(loop_scope="package")

MOMENTS = [
    "became_low",
    "exhausted",
    "readable",
    "recovered",
    "running_out",
    "topped_up",
    "unreadable",
]
CONDITIONS = ["is_exhausted", "is_low", "is_not_low", "is_running_out", "is_unreadable"]
ALERTS = {
    "is_exhausted": "exhausted",
    "is_low": "low_balance",
    "is_not_low": "low_balance",
    "is_running_out": "running_out",
    "is_unreadable": "unreadable",
}
AT_ONCE = {"hours": 0, "minutes": 0, "seconds": 0}


@pytest.mark.parametrize(
    ("command", "expected", "domain"),
    [
        ("trigger_platforms/subscribe", MOMENTS, "event"),
        ("condition_platforms/subscribe", CONDITIONS, "binary_sensor"),
    ],
)
async def test_editor_knows(
    frontend: Frontend, sandbox: Sandbox, command: str, expected: list[str], domain: str
) -> None:
    """The editor is told what there is, and which entities it is for."""
    await added(frontend, sandbox)
    ours: dict[str, Any] = {}
    async with frontend.home.subscribe(command) as events, asyncio.timeout(PATIENCE):
        while not ours:
            described = await events.get()
            ours = {key: described[key] for key in described if key.startswith(f"{DOMAIN}.")}
    assert sorted(ours) == [f"{DOMAIN}.{name}" for name in expected]
    for description in ours.values():
        (entity,) = description["target"]["entity"]
        assert (entity["integration"], entity["domain"]) == (DOMAIN, [domain])


@pytest.mark.parametrize("target", TARGETS)
async def test_editor_offers(frontend: Frontend, sandbox: Sandbox, target: str) -> None:
    """For a target with an account, the editor offers all that fits it."""
    _, entry_id = await added(frontend, sandbox)
    chosen = await TARGETS[target](frontend, entry_id, "account_activity")
    await offers(frontend, "triggers", chosen, MOMENTS)
    if target == "entity":
        chosen = await TARGETS[target](frontend, entry_id, "low_balance")
    await offers(frontend, "conditions", chosen, CONDITIONS)


@pytest.mark.parametrize("target", TARGETS)
async def test_triggers(frontend: Frontend, sandbox: Sandbox, target: str) -> None:
    """Each moment of an account's life triggers once, with its figures."""
    account, entry_id = await added(frontend, sandbox)
    chosen = await TARGETS[target](frontend, entry_id, "account_activity")
    await frontend.save_automation(
        "listener",
        mode="queued",
        triggers=[
            {"trigger": f"{DOMAIN}.{moment}", "id": moment, "target": chosen} for moment in MOMENTS
        ],
        actions=[
            {
                "event": "told",
                "event_data": {
                    "moment": "{{ trigger.id }}",
                    "balance": "{{ trigger.to_state.attributes.balance }}",
                    "amount": "{{ trigger.to_state.attributes.amount }}",
                    "unit": "{{ trigger.to_state.attributes.unit }}",
                },
            }
        ],
    )

    async with frontend.home.subscribe("subscribe_events", event_type="told") as events:
        for balance, expected in (
            ("40", ["running_out"]),
            ("15", ["became_low"]),
            ("-1", ["exhausted"]),
            ("499", ["topped_up", "recovered"]),
        ):
            account.balance.amount = Decimal(balance)
            await frontend.reload(entry_id)
            for moment in expected:
                told = (await asyncio.wait_for(events.get(), PATIENCE))["data"]
                assert told == {
                    "moment": moment,
                    "balance": float(balance),
                    "amount": 500 if moment == "topped_up" else None,
                    "unit": "USD",
                }
        await frontend.reload(entry_id)
        assert events.empty()


@pytest.mark.parametrize("target", TARGETS)
async def test_conditions(frontend: Frontend, sandbox: Sandbox, target: str) -> None:
    """Conditions pass while an alert holds, and not otherwise."""
    account, entry_id = await added(frontend, sandbox)
    answers: dict[str, dict[str, Any]] = {}
    for condition in CONDITIONS:
        if target == "entity" or not answers:
            chosen = await TARGETS[target](frontend, entry_id, ALERTS[condition])
        answers[condition] = answer(condition, chosen)
    await frontend.save_automation(
        "adviser",
        triggers=[{"trigger": "event", "event_type": "asked"}],
        actions=list(answers.values()),
    )

    assert await ask(frontend) == {"is_not_low"}
    account.balance.amount = Decimal(15)
    await frontend.reload(entry_id)
    assert await ask(frontend) == {"is_low", "is_running_out"}
    account.balance.amount = Decimal(-1)
    await frontend.reload(entry_id)
    assert await ask(frontend) == {"is_low", "is_running_out", "is_exhausted"}


async def test_all_accounts(frontend: Frontend, sandbox: Sandbox, log: Log) -> None:
    """An automation without a target hears of all accounts, here of one whose key is revoked."""
    log.expect("Authentication failed while fetching")
    await frontend.save_automation(
        "listener",
        triggers=[
            {"trigger": f"{DOMAIN}.{moment}", "id": moment, "target": {}}
            for moment in ("unreadable", "readable")
        ],
        conditions=[],
        actions=[{"event": "told", "event_data": {"moment": "{{ trigger.id }}"}}],
    )
    account, entry_id = await added(frontend, sandbox)
    key = account.key
    async with frontend.home.subscribe("subscribe_events", event_type="told") as events:
        account.key = None
        await frontend.poll(await frontend.entity(entry_id, "balance"))
        told = await asyncio.wait_for(events.get(), PATIENCE)
        assert told["data"] == {"moment": "unreadable"}
        unreadable = await frontend.entity(entry_id, "unreadable")
        assert (await frontend.state(unreadable))["state"] == "on"
        account.key = key
        await frontend.reload(entry_id)
        told = await asyncio.wait_for(events.get(), PATIENCE)
        assert told["data"] == {"moment": "readable"}


async def added(frontend: Frontend, sandbox: Sandbox) -> tuple[Account, str]:
    """Add an account with 100 dollars of which 10 a day are spent, and return it and its entry."""
    account = plant("hyperstack", "100")
    sandbox.accounts.add(account)
    entry_id = await frontend.add(account, low_balance=20, runway_days=5)
    await give_history(frontend, entry_id, spent_per_day=10)
    return account, entry_id


async def offers(frontend: Frontend, kind: str, target: Target, expected: list[str]) -> None:
    """Assert which of our triggers or conditions the editor offers for a target."""
    offered = await frontend.home.ws(f"get_{kind}_for_target", target=target)
    ours = sorted(each for each in offered if each.startswith(f"{DOMAIN}."))
    assert ours == [f"{DOMAIN}.{name}" for name in expected]


def answer(condition: str, target: Target) -> dict[str, Any]:
    """Return an action that says whether a condition passes."""
    return {
        "if": [
            {
                "condition": f"{DOMAIN}.{condition}",
                "target": target,
                "options": {"behavior": "any", "for": AT_ONCE},
            }
        ],
        "then": [{"event": "answered", "event_data": {"passes": condition}}],
        "else": [{"event": "answered", "event_data": {"passes": None}}],
    }


async def ask(frontend: Frontend) -> set[str]:
    """Return the conditions that pass now."""
    async with frontend.home.subscribe("subscribe_events", event_type="answered") as events:
        await frontend.home.post("/api/events/asked")
        answers = [await asyncio.wait_for(events.get(), PATIENCE) for _ in CONDITIONS]
    return {event["data"]["passes"] for event in answers} - {None}
