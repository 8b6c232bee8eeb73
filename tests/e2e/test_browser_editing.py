"""What people make of our dashboard and of our section with their own hands, in a real browser."""

from collections.abc import AsyncGenerator
from decimal import Decimal
from pathlib import Path

import pytest
import pytest_asyncio

from demo.browser import Page, browse, sign_in
from sandbox.accounts import Account
from sandbox.home import Home
from sandbox.sandbox import Sandbox

from .browsing import DESKTOP, TILES, complaints
from .frontend import Frontend
from .planting import plant

pytestmark = pytest.mark.asyncio(loop_scope="package")

URL_PATH = "own-dashboard"
OURS = {"strategy": {"type": "custom:api-credits"}}
EMPTY = {"views": [{"type": "sections", "sections": []}]}


@pytest_asyncio.fixture(loop_scope="package")
async def dashboard(home: Home) -> AsyncGenerator[str]:
    """Have a dashboard of one's own, and return its address."""
    made = await home.ws(
        "lovelace/dashboards/create", url_path=URL_PATH, title="Own", mode="storage"
    )
    yield f"{home.url}/{URL_PATH}"
    await home.ws("lovelace/dashboards/delete", dashboard_id=made["id"])


@pytest_asyncio.fixture(loop_scope="package")
async def accounts(frontend: Frontend, sandbox: Sandbox) -> list[Account]:
    """Watch two accounts, and have the dashboard offered."""
    accounts = [plant("agenttoolkit"), plant("openrouter")]
    for number, account in enumerate(accounts):
        sandbox.accounts.add(account)
        await frontend.add(account, low_balance=10, **({} if number else {"dashboard": True}))
    return accounts


async def save(home: Home, config: object) -> None:
    """Save what is on the dashboard, as its editor does."""
    await home.ws("lovelace/config/save", url_path=URL_PATH, config=config)


async def test_taking_control(
    page: Page,
    home: Home,
    frontend: Frontend,
    accounts: list[Account],
    dashboard: str,
    tmp_path: Path,
) -> None:
    """A dashboard that somebody has taken control of still tells of trouble, in any browser."""
    await save(home, OURS)
    await page.size(*DESKTOP)
    await page.show(dashboard, "hui-tile-card", "OpenRouter")
    await page.press("ha-icon-button", "Edit dashboard")
    await page.press("ha-button", "Take control")
    await page.press("ha-button", "Done")
    config = await home.ws("lovelace/config", url_path=URL_PATH)
    assert "strategy" not in config
    assert [view["path"] for view in config["views"]] == ["overview", "accounts"]

    async with browse(tmp_path / "another") as another:
        await another.size(*DESKTOP)
        await sign_in(home, another)
        await another.show(dashboard, "hui-tile-card", "OpenRouter")
        assert not any("Credit is used up" in text for text in await another.run(TILES))
        accounts[1].balance.amount = Decimal(0)
        await frontend.poll("sensor.openrouter_balance")
        for each in (page, another):
            await each.wait("hui-tile-card", "OpenRouter · Credit is used up")
        await another.open("about:blank")
        assert complaints(another) == []


async def test_section(page: Page, home: Home, accounts: list[Account], dashboard: str) -> None:
    """A section of an account is chosen in a dialog where there is one, else written as YAML."""
    await save(home, EMPTY)
    devices = await home.ws("config/device_registry/list")
    (device_id,) = (each["id"] for each in devices if each["name"] == "OpenRouter")
    section = {"strategy": {"type": "custom:api-credits-account", "device_id": device_id}}
    await page.size(*DESKTOP)
    if (await home.get("/api/config"))["version"] < "2026.11":
        await save(home, {"views": [{"type": "sections", "sections": [section]}]})
    else:
        await page.show(f"{dashboard}/0?edit=1", "button.create-section")
        await page.press("button.create-section")
        await page.press("ha-list-item-button", "Automatic section")
        await page.press("div.option", "API Credits")
        await page.wait("hui-heading-card", "AgentToolkit")
        await page.wait("select")
        await page.run(
            f"const choice = __one('select'); choice.value = {device_id!r};"
            "choice.dispatchEvent(new Event('change'))"
        )
        await page.wait("hui-heading-card", "OpenRouter")
        await page.press("ha-button", "Save")
        await page.press("ha-button", "Done")
        config = await home.ws("lovelace/config", url_path=URL_PATH)
        assert config["views"][0]["sections"] == [section]
    await page.show(dashboard, "hui-heading-card", "OpenRouter")
    await page.wait("hui-tile-card", "Balance")
    assert not await page.run("!!__one('hui-heading-card', 'AgentToolkit')")
