"""What tests look for on a page, and in what size."""

from typing import Final

from demo.browser import Page
from sandbox.home import Home

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
