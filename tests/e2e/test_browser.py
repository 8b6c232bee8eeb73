"""What people see, in a real browser."""

from collections.abc import AsyncGenerator
from decimal import Decimal
from typing import Any, Final

import pytest
import pytest_asyncio
import pytest_socket

from demo.browser import BrowserError, Page, browse, find_chromium, sign_in
from sandbox.home import Home
from sandbox.sandbox import Sandbox

from .conftest import Log
from .frontend import Frontend
from .planting import plant

pytestmark = pytest.mark.asyncio(loop_scope="package")

PHONE: Final = (390, 844)
DESKTOP: Final = (1280, 1400)
LANGUAGES: Final = ("de", "en", "es", "fr", "nl")
OURS: Final = "/api_credits/strategy.js"

TILES: Final = """
  __all('hui-tile-card').filter(__seen).map(e => [e.getBoundingClientRect().y, __text(e)])
    .sort((one, other) => one[0] - other[0]).map(([, text]) => text)
"""
HEADINGS: Final = "__all('hui-heading-card').filter(__seen).map(__text)"
TOO_WIDE: Final = "document.documentElement.scrollWidth > innerWidth"


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def browser(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Page]:
    """Run a browser, which knows nothing of any home."""
    try:
        find_chromium()
    except BrowserError as err:
        pytest.skip(str(err))
    pytest_socket.enable_socket()
    async with browse(tmp_path_factory.mktemp("chromium")) as page:
        yield page


@pytest_asyncio.fixture(loop_scope="package")
async def page(browser: Page, home: Home) -> AsyncGenerator[Page]:
    """Return the page of a browser in which somebody has signed in, and hold it to account."""
    await sign_in(home, browser)
    browser.complaints.clear()
    yield browser
    await browser.open("about:blank")
    # A browser wants an icon even for a file that it shows for a moment.
    assert [each for each in browser.complaints if "favicon.ico" not in each] == []


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
    fine, low, empty, refused = [
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
    await page.open(f"{home.url}/config/lovelace/dashboards")
    await page.press_for("ha-button", "Add dashboard", then="dashboard-card")
    await page.press("dashboard-card", "API Credits")
    await page.press("ha-button", "Create")
    await page.until("location.pathname == '/config/lovelace/dashboards'", "the list")
    await page.until("__text(__one('ha-sidebar') ?? document).includes('API Credits')", "ours")

    await page.open(f"{home.url}/api-credits")
    await page.wait("hui-tile-card", "Hyperstack")
    lines = await page.until(f"{TILES}.length >= 11 && {TILES}", "all tiles")
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
    assert not await page.run(TOO_WIDE)
    assert await page.run("__cut('hui-tile-card')") == []
    await page.open(f"{home.url}/api-credits/accounts")
    await page.wait("hui-heading-card", "OpenRouter")
    await page.wait("hui-tile-card", "Credit is low")
    assert not await page.run(TOO_WIDE)

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
