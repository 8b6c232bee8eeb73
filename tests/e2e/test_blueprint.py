"""The blueprint, as a person would import and fill it in."""

import asyncio
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sandbox.accounts import Account
from sandbox.sandbox import Sandbox

from .conftest import Log
from .frontend import DOMAIN, PATIENCE, Frontend
from .planting import plant

pytestmark = pytest.mark.asyncio(loop_scope="package")

PATH = "api_credits/account_alerts.yaml"
NOTIFIER = "notify.pager"


async def import_blueprint(frontend: Frontend, source: Path) -> None:
    """Save the blueprint as the import dialogue does, and find it in the list."""
    text = (source / "blueprints" / "automation" / PATH).read_text()
    await frontend.home.ws(
        "blueprint/save", domain="automation", path=PATH, yaml=text, allow_override=True
    )
    listed = await frontend.home.ws("blueprint/list", domain="automation")
    assert "error" not in listed[PATH], listed[PATH]
    assert listed[PATH]["metadata"]["name"].startswith("API Credits")


async def use_blueprint(frontend: Frontend, **inputs: Any) -> None:
    """Make an automation from the blueprint."""
    await frontend.save_automation("from_blueprint", use_blueprint={"path": PATH, "input": inputs})


async def added(frontend: Frontend, sandbox: Sandbox) -> tuple[Account, str, str]:
    """Add an account; return it, its entry and its activity."""
    account = plant("hyperstack", "50")
    sandbox.accounts.add(account)
    entry_id = await frontend.add(account, low_balance=20)
    return account, entry_id, await frontend.entity(entry_id, "account_activity")


async def test_notification(frontend: Frontend, sandbox: Sandbox, source: Path, log: Log) -> None:
    """With nothing but a notify entity chosen, bad news are told with all figures."""
    account, entry_id, _ = await added(frontend, sandbox)
    await import_blueprint(frontend, source)
    await use_blueprint(frontend, notifiers=[NOTIFIER])
    title = (await frontend.entry(entry_id))["title"]

    account.balance.amount = Decimal("12.345")
    async with frontend.home.subscribe("subscribe_events", event_type="paged") as events:
        await frontend.reload(entry_id)
        paged = (await asyncio.wait_for(events.get(), PATIENCE))["data"]
    assert paged["title"] == f"{title} is low on credit"
    assert paged["message"].startswith("12.35 USD left. Top up: https://console.hyperstack")
    assert [line for line in log.lines if " ERROR " in line] == []


async def test_chosen_moments_and_actions(
    frontend: Frontend, sandbox: Sandbox, source: Path
) -> None:
    """Only the moments that were chosen are told, to whatever action was chosen."""
    account, entry_id, activity = await added(frontend, sandbox)
    await import_blueprint(frontend, source)
    names = ("account", "moment", "title", "message", "balance", "unit", "top_up_url")
    await use_blueprint(
        frontend,
        accounts={"entity_id": activity},
        moments=["recovered", "topped_up"],
        actions=[
            {
                "event": f"{DOMAIN}_told",
                "event_data": {name: f"{{{{ {name} }}}}" for name in names},
            }
        ],
    )
    title = (await frontend.entry(entry_id))["title"]

    event_type = f"{DOMAIN}_told"
    async with frontend.home.subscribe("subscribe_events", event_type=event_type) as events:
        account.balance.amount = Decimal(-1)
        await frontend.reload(entry_id)
        account.balance.amount = Decimal(99)
        await frontend.reload(entry_id)
        told = [(await asyncio.wait_for(events.get(), PATIENCE))["data"] for _ in range(2)]
    assert [each["moment"] for each in told] == ["topped_up", "recovered"]
    for each, headline in zip(
        told, ("was topped up by 100.00 USD", "has enough credit again"), strict=True
    ):
        assert each["account"] == title
        assert each["title"] == f"{title} {headline}"
        assert each["message"] == "99.00 USD left."
        assert (each["balance"], each["unit"]) == (99, "USD")
        assert each["top_up_url"].startswith("https://")


async def test_nothing_chosen(frontend: Frontend, sandbox: Sandbox, source: Path, log: Log) -> None:
    """With nothing chosen at all, Home Assistant tells, of each account once, until it is over."""
    await import_blueprint(frontend, source)
    await use_blueprint(frontend, language="de")
    account, entry_id, _ = await added(frontend, sandbox)
    title = (await frontend.entry(entry_id))["title"]

    async with frontend.home.subscribe("persistent_notification/subscribe") as events:
        shown: dict[str, Any] = {}

        async def until(*expected: str) -> None:
            async with asyncio.timeout(PATIENCE):
                while sorted(each["title"] for each in shown.values()) != sorted(expected):
                    update = await events.get()
                    for key, notification in update["notifications"].items():
                        if update["type"] == "removed":
                            shown.pop(key, None)
                        else:
                            shown[key] = notification

        account.balance.amount = Decimal("12.345")
        await frontend.reload(entry_id)
        await until(f"{title} hat nur noch wenig Guthaben")
        (notification,) = shown.values()
        assert notification["message"].startswith("Noch 12,35 USD. Aufladen: https://")
        account.balance.amount = Decimal(-1)
        await frontend.reload(entry_id)
        await until(f"{title} hat kein Guthaben mehr")
        account.balance.amount = Decimal(99)
        await frontend.reload(entry_id)
        await until()
    assert [line for line in log.lines if " ERROR " in line] == []
