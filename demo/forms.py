"""The forms of a new account, filled in with keyboard and mouse."""

from .browser import Page


async def open_forms(page: Page, url: str) -> None:
    """Go where a new account is asked for, and agree to that."""
    await page.show(url, "ha-button", "OK")
    await page.press("ha-button", "OK")


async def search_provider(page: Page, letters: str) -> None:
    """Type some letters of a provider's name, and wait until fewer are left to choose from."""
    await page.press("ha-picker-field")
    await page.press("ha-input-search")
    await page.type(letters)
    await page.until("!__one('ha-combo-box-item', 'AgentToolkit')", "fewer providers")


async def choose_provider(page: Page, name: str) -> None:
    """Choose a provider that the search has found."""
    await page.press("ha-combo-box-item", name)
    await page.press("ha-button", "Submit")


async def enter_key(page: Page, key: str) -> None:
    """Give the form a key."""
    await page.press("input[name=api_key]")
    await page.type(key)
    await page.press("ha-button", "Submit")
