"""What people see, in a real browser."""

from collections.abc import AsyncGenerator
from decimal import Decimal
from typing import Final

import pytest
import pytest_asyncio

from demo.browser import Page
from sandbox.home import Home
from sandbox.sandbox import Sandbox

from .browsing import (
    CUT,
    DESKTOP,
    HEADINGS,
    OURS,
    PHONE,
    TILES,
    TOO_WIDE,
    TRIGGERED,
    add_hyperstack,
    speak,
)
from .conftest import Log
from .frontend import Frontend
from .planting import plant

pytestmark = pytest.mark.asyncio(loop_scope="package")

LANGUAGES: Final = ("de", "es", "fr", "nl", "en")
"""The last one is that of all other tests."""


@pytest_asyncio.fixture(loop_scope="package")
async def dashboards(home: Home) -> AsyncGenerator[None]:
    """Remove what dashboards a test makes."""
    before = {each["id"] for each in await home.ws("lovelace/dashboards/list")}
    yield
    for each in await home.ws("lovelace/dashboards/list"):
        if each["id"] not in before:
            await home.ws("lovelace/dashboards/delete", dashboard_id=each["id"])


async def resources(home: Home) -> list[str]:
    """Return the addresses of what browsers load for dashboards."""
    return [each["url"] for each in await home.ws("lovelace/resources")]


@pytest.mark.usefixtures("dashboards")
async def test_dashboard(
    page: Page, home: Home, frontend: Frontend, sandbox: Sandbox, log: Log
) -> None:
    """One is offered, made by hand, has trouble first, and follows what becomes of accounts."""
    log.expect("Authentication failed while fetching")
    accounts = [
        plant("hyperstack"),
        plant("openrouter", "5"),
        plant("agenttoolkit"),
        plant("sms_works"),
    ]
    for account in accounts:
        sandbox.accounts.add(account)
    fine, _, empty, refused = [
        await frontend.add(account, low_balance=10, **({} if number else {"dashboard": True}))
        for number, account in enumerate(accounts)
    ]
    assert [each.partition("?")[0] for each in await resources(home)] == [OURS]
    accounts[2].balance.amount = Decimal(0)
    accounts[3].key = None
    balances = [await frontend.entity(each, "balance") for each in (empty, refused)]
    await frontend.poll(*balances)
    await frontend.until(balances[0], "0")
    await frontend.until(balances[1], "unavailable")

    await page.size(*DESKTOP)
    await page.show(f"{home.url}/config/lovelace/dashboards", "ha-button", "Add dashboard")
    await page.press_for("ha-button", "Add dashboard", then="dashboard-card")
    await page.press("dashboard-card", "API Credits")
    await page.press("ha-button", "Create")
    await page.until("location.pathname == '/config/lovelace/dashboards'", "the list")
    await page.until("__text(__one('ha-sidebar') ?? document).includes('API Credits')", "ours")

    await page.show(f"{home.url}/api-credits", "hui-tile-card", "Hyperstack")
    await page.until(f"{TILES}.length >= 11", "all tiles")
    lines = await page.settled(TILES)
    title = (await frontend.entry(fine))["title"]
    assert lines[0].startswith("The SMS Works · cannot be read since")
    assert lines[1].startswith("AgentToolkit · Credit is used up")
    assert lines[2].startswith("OpenRouter · Credit is low")
    for name in ("AgentToolkit", "OpenRouter", "The SMS Works", title):
        assert len([line for line in lines[3:] if line.startswith(name)]) == 2, lines
    assert f"{title} Watched for less than six hours" in lines
    assert "AgentToolkit Used up" in lines

    await page.size(*PHONE, phone=True)
    await page.until(f"{TILES}.length >= 11", "all tiles")
    assert not await page.settled(TOO_WIDE)
    assert await page.settled("__cut('hui-tile-card')") == []
    await page.show(f"{home.url}/api-credits/accounts", "hui-heading-card", "OpenRouter")
    await page.wait("hui-tile-card", "Credit is low")
    assert not await page.settled(TOO_WIDE)

    # Nobody loads the page again.
    device_id = (await frontend.registered(fine))["balance"]["device_id"]
    await home.ws("config/device_registry/update", device_id=device_id, name_by_user="Zebra")
    await page.wait("hui-heading-card", "Zebra")
    await frontend.remove(empty)
    await page.until(f"!{HEADINGS}.some(text => text.startsWith('AgentToolkit'))", "one less")
    added = plant("agenttoolkit")
    sandbox.accounts.add(added)
    await frontend.add(added)
    await page.wait("hui-heading-card", "AgentToolkit")
    await page.run(
        "document.querySelector('home-assistant').dispatchEvent("
        "  new CustomEvent('hass-language-select', {detail: 'de'}))"
    )
    await page.wait("hui-tile-card", "Guthaben")
    await speak(home, page, "en")


async def test_adding_an_account_on_a_phone(
    page: Page, home: Home, frontend: Frontend, sandbox: Sandbox
) -> None:
    """Three letters of the provider's name are enough, and nothing of a form is cut off."""
    account = plant("hyperstack")
    sandbox.accounts.add(account)
    await page.size(*PHONE, phone=True)
    add = f"{home.url}/config/integrations/dashboard/add?domain=api_credits"
    entry = await add_hyperstack(page, home, add, account)
    assert await frontend.state(await frontend.entity(entry["entry_id"], "balance"))
    assert [each.partition("?")[0] for each in await resources(home)] == [OURS]


async def test_names_on_the_device_page(
    page: Page, home: Home, frontend: Frontend, sandbox: Sandbox, log: Log
) -> None:
    """Every name can be read in full, in each language."""
    # Home Assistant says that of every integration when the home's language changes.
    log.expect("Failed to load integration for translation")
    account = plant("hyperstack")
    sandbox.accounts.add(account)
    entry_id = await frontend.add(account, low_balance=10)
    device_id = (await frontend.registered(entry_id))["balance"]["device_id"]
    cut: list[str] = []
    for language in LANGUAGES:
        await speak(home, page, language)
        await frontend.reload(entry_id)
        for size in (PHONE, DESKTOP):
            await page.size(*size, phone=size == PHONE)
            await page.show(
                f"{home.url}/config/devices/device/{device_id}", "ha-device-entities-card"
            )
            await page.until("__all('hui-number-entity-row').length == 2", "both numbers")
            cut += [f"{language}, {size[0]} wide: {name}" for name in await page.settled(CUT)]
    assert cut == []


async def test_clicking_an_automation_together(
    page: Page, home: Home, frontend: Frontend, sandbox: Sandbox
) -> None:
    """A trigger is found by its words, an account by its name, and the automation runs."""
    account = plant("hyperstack")
    sandbox.accounts.add(account)
    entry_id = await frontend.add(account, low_balance=10)
    await page.size(*DESKTOP)
    await page.show(f"{home.url}/config/automation/edit/new", "ha-button", "Add trigger")
    await page.press_for("ha-button", "Add trigger", then="add-automation-element-dialog")
    await page.press("ha-input-search")
    await page.type("credit is low")
    await page.press("ha-combo-box-item", "Credit is low")
    await page.press("ha-button", "Add target")
    await page.press("ha-input-search")
    await page.type("hyperstack")
    await page.press("ha-combo-box-item", (await frontend.entry(entry_id))["title"])
    await page.press("ha-button", "Add action")
    await page.press("ha-input-search")
    await page.type("dismiss all persistent")
    await page.press("ha-combo-box-item", "Persistent Notification: Dismiss all")
    await page.press("ha-button", "Save")
    await page.wait("ha-dialog-automation-save")
    await page.press("ha-button", "Save")
    entity_id = "automation.new_automation"
    await page.until("!location.pathname.endsWith('/new')", "the saved automation")
    await frontend.until(entity_id, "on")
    account.balance.amount = Decimal(5)
    async with home.subscribe("subscribe_trigger", trigger=TRIGGERED) as events:
        await frontend.poll(await frontend.entity(entry_id, "balance"))
        event = await events.get()
    assert event["variables"]["trigger"]["event"]["data"]["entity_id"] == entity_id
