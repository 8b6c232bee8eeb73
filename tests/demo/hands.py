"""What a visitor of the demo does with keyboard and mouse, in a real browser."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
import json
from pathlib import Path
from typing import Final, Self

from demo.browser import BrowserError, Page, browse
from demo.forms import choose_provider, enter_key, search_provider

from .acts import Act
from .visitor import LANGUAGES, Visitor

ACCOUNTS: Final = "/config/integrations/integration/api_credits"
ROW: Final = "ha-config-entry-row"


class Hands:
    """The browser of a visitor."""

    def __init__(self, page: Page) -> None:
        """Sit down at this page."""
        self._page = page

    @classmethod
    @asynccontextmanager
    async def come(cls, directory: Path) -> AsyncGenerator[Self]:
        """Run a browser with a profile in this directory."""
        async with browse(directory) as page:
            await page.size(1280, 1400)
            try:
                yield cls(page)
            except BrowserError as err:
                err.add_note(f"The page says: {await page.run('__text(document.body)')}")
                raise

    async def look_at_the_dashboard(self, visitor: Visitor) -> None:
        """Look at the dashboard: at all accounts, then at each."""
        if not any(each["url_path"] == "api-credits" for each in await self._dashboards(visitor)):
            return
        for path in ("overview", "accounts"):
            await self._open(visitor, f"/api-credits/{path}", then="hui-heading-card")
            text = await self._page.run("__text(document.body)")
            assert "Error loading the" not in text, text

    async def add_an_account(self, visitor: Visitor) -> None:
        """Add the second account, or see that it is there; then the wrong key."""
        for provider, key in (
            ("DeepSeek", visitor.keys["DeepSeek"]),
            ("OpenRouter", visitor.keys["OpenRouter"]),
        ):
            await self._open(
                visitor, "/config/integrations/dashboard/add?domain=api_credits", then="ha-dialog"
            )
            await self._page.press("ha-button", "OK")
            await search_provider(self._page, provider)
            await choose_provider(self._page, provider)
            await enter_key(self._page, key)
            said = await self._page.until(
                "['Already set up', 'does not accept', 'When do you want']"
                ".find(text => __text(document.body).includes(text))",
                "what becomes of it",
            )
            if said == "When do you want":
                await self._page.press("ha-button", "Submit")
                await self._page.wait("ha-button", "Skip and finish")

    async def rename_an_account(self, visitor: Visitor) -> str:
        """Give an account another name."""
        title = await self._choose(visitor, "Rename")
        await visitor.be_seen()
        name = f"Purse {visitor.rng.randrange(10**6)}"
        await self._page.type(name)
        await self._page.press("ha-button", "OK")
        return f"{name}: this is the new name of {title}"

    async def disable_an_account(self, visitor: Visitor) -> str:
        """Disable an account."""
        title = await self._choose(visitor, "Disable")
        await visitor.be_seen()
        await self._page.press("ha-button", "Disable")
        return f"{title}: disabled"

    async def delete_an_account(self, visitor: Visitor) -> str | None:
        """Delete an account, as long as there are some left to do something else with."""
        if len(await visitor.entries()) < 4:
            return None
        title = await self._choose(visitor, "Delete")
        await visitor.be_seen()
        await self._page.press("ha-button", "Delete")
        return f"{title}: deleted"

    async def change_the_language(self, visitor: Visitor) -> None:
        """Change one's language."""
        await self._open(visitor, ACCOUNTS, then="ha-sidebar")
        await self._speak(visitor.rng.choice(LANGUAGES))

    async def restart(self, visitor: Visitor) -> str:
        """Restart Home Assistant, while one looks at it."""
        await self._open(visitor, ACCOUNTS, then="ha-sidebar")
        await visitor.until_back(
            lambda: self._page.run(
                "document.querySelector('home-assistant').hass"
                ".callService('homeassistant', 'restart').catch(() => 0)"
            )
        )
        return "Home Assistant answers again."

    async def _choose(self, visitor: Visitor, item: str) -> str:
        """Choose something in the menu of an account, and return the account's name."""
        title: str = (await visitor.entry())["title"]
        await self._open(visitor, ACCOUNTS, then=ROW)
        # Of two accounts of one name, one may be disabled.
        row = (
            f"__those({json.dumps(ROW)}, {json.dumps(title)})"
            ".find(row => !__text(row).includes('Disabled by'))?.shadowRoot ?? undefined"
        )
        await self._page.press_for("ha-icon-button", "Menu", root=row, then="ha-dropdown-item")
        await self._page.press("ha-dropdown-item", item)
        return title

    async def _open(self, visitor: Visitor, path: str, *, then: str) -> None:
        """Open a page, and log in where that is asked for."""
        await self._page.show(visitor.url + path, "input[name=username], ha-sidebar")
        if not await self._page.run("!!__one('ha-sidebar')"):
            # Whatever language was chosen before, the button is known here in one.
            await self._page.run("localStorage.selectedLanguage = JSON.stringify('en')")
            await self._page.show(visitor.url + path, "ha-button", "Log in")
            await self._page.press("input[name=username]")
            await self._page.type(visitor.user)
            await self._page.press("input[name=password]")
            await self._page.type(visitor.password)
            await self._page.press("ha-button", "Log in")
        await self._page.wait("ha-sidebar")
        # The one in which menus and buttons are known here.
        await self._speak("en")
        await self._page.wait(then)

    async def _speak(self, language: str) -> None:
        """Choose a language, and wait until it is spoken."""
        await self._page.run(
            "document.querySelector('home-assistant').dispatchEvent(new CustomEvent("
            f"'hass-language-select', {{detail: {json.dumps(language)}}}))"
        )
        await self._page.until(f"document.documentElement.lang == {json.dumps(language)}", language)

    @staticmethod
    async def _dashboards(visitor: Visitor) -> list[dict[str, str]]:
        found: list[dict[str, str]] = await visitor.ws("lovelace/dashboards/list")
        return found

    @property
    def acts(self) -> list[Act]:
        """All that hands do."""
        return [
            self.add_an_account,
            self.change_the_language,
            self.delete_an_account,
            self.disable_an_account,
            self.look_at_the_dashboard,
            self.rename_an_account,
            self.restart,
        ]
