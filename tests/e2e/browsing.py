"""What tests look for on a page, and in what size."""

from typing import Any, Final

from demo.browser import Page
from demo.forms import choose_provider, enter_key, open_forms, search_provider
from sandbox.accounts import Account
from sandbox.home import Home

from .frontend import DOMAIN

NO_ICONS: Final = ("/favicon.ico", "/api/brands/integration/pager/")
"""What is not there and need not be: that of a file, and that of an integration of the tests."""
PHONE: Final = (390, 844)
DESKTOP: Final = (1280, 1400)
OURS: Final = "/api_credits/strategy.js"

TILES: Final = """
  __all('hui-tile-card').filter(__seen).map(e => [e.getBoundingClientRect().y, __text(e)])
    .sort((one, other) => one[0] - other[0]).map(([, text]) => text)
"""
HEADINGS: Final = "__all('hui-heading-card').filter(__seen).map(__text)"
CUT: Final = "__cut('ha-device-entities-card')"
TRIGGERED: Final = {"trigger": "event", "event_type": "automation_triggered"}
TOO_WIDE: Final = "document.documentElement.scrollWidth > innerWidth"


def complaints(page: Page) -> list[str]:
    """Return what a page has complained of, and forget it."""
    found = [each for each in page.complaints if not any(icon in each for icon in NO_ICONS)]
    page.complaints.clear()
    return found


async def speak(home: Home, page: Page, language: str) -> None:
    """Have the home and the person who looks at it speak a language."""
    await home.ws("config/core/update", language=language)
    await home.ws("frontend/set_user_data", key="language", value={"language": language})
    await page.run(f"localStorage.selectedLanguage = JSON.stringify('{language}')")


async def add_hyperstack(page: Page, home: Home, url: str, account: Account) -> dict[str, Any]:
    """Add the first account of a home, with the dashboard, and return its entry.

    The forms begin at this address; the last one shows that 50 dollars are left.
    """
    await open_forms(page, url)
    await search_provider(page, "hyp")
    await choose_provider(page, "Hyperstack")
    await enter_key(page, account.key or "")
    await page.press("ha-switch")
    assert "50.00 USD" in await page.run("__text(__one('step-flow-form'))")
    assert not await page.settled(TOO_WIDE)
    await page.press("ha-button", "Submit")
    await page.press("ha-button", "Skip and finish")
    (entry,) = await home.ws("config_entries/get", domain=DOMAIN)
    added: dict[str, Any] = entry
    return added
