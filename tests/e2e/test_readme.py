"""What README tells a newcomer to do, done as it is written, in a home that has nothing of ours."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
import re
import shutil
from typing import Final

import pytest
import pytest_asyncio
import pytest_socket

from demo.browser import Page, browse
from demo.forms import choose_provider, search_provider
from sandbox.home import Home
from sandbox.sandbox import Sandbox

from .browsing import DESKTOP, PHONE, TOO_WIDE, add_hyperstack
from .conftest import NEWEST, Log
from .frontend import DOMAIN, Frontend
from .github import GitHub
from .planting import plant

# Older versions have no Marketplace.
pytestmark = [
    pytest.mark.asyncio(loop_scope="package"),
    pytest.mark.xdist_group("readme"),
    pytest.mark.skipif(not NEWEST.exists(), reason="Not installed"),
]


# While the page still loads, it can forget that the box was ticked.
ACCEPT: Final = """(() => {
  if (!__all('ha-marketplace-warning').length) return true;
  const next = __one('ha-dialog-footer ha-button', 'Continue');
  (next?.disabled ? __one('ha-checkbox') : next)?.click();
})()"""


@dataclass(frozen=True, kw_only=True)
class Section:
    """What README says under a heading, and is held to."""

    text: str

    @property
    def button(self) -> str:
        """The address of its button."""
        found = re.search(r"\]\((https://my\.home-assistant\.io/redirect/[^)]+)\)", self.text)
        assert found
        return found[1]

    def word(self, word: str) -> str:
        """Return a word of the interface that it says to look for."""
        assert f"**{word}**" in self.text
        return word


@pytest.fixture
def readme(github: GitHub) -> dict[str, Section]:
    """Return README by its headings."""
    parts = (github.checkout / "README.md").read_text().split("\n## ")[1:]
    return {part.split("\n")[0]: Section(text=part) for part in parts}


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def github(
    sandbox: Sandbox, source: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[GitHub]:
    """Run a GitHub with this repository."""
    directory = tmp_path_factory.mktemp("github")
    async with GitHub(source, directory, sandbox=sandbox.directory) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def browser(
    chromium: None, github: GitHub, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[Page]:
    """Run a browser that is led to that GitHub."""
    async with browse(tmp_path_factory.mktemp("chromium"), *github.flags) as page:
        yield page


@pytest.fixture
def copied() -> str | None:
    """Return the folder that was copied by hand; parametrized where one was."""
    return None


@pytest_asyncio.fixture(loop_scope="package")
async def home(github: GitHub, copied: str | None, tmp_path: Path) -> AsyncGenerator[Home]:
    """Run a Home Assistant that has no custom integration, or one that was copied by hand."""
    pytest_socket.enable_socket()
    if copied:
        shutil.copytree(github.checkout / copied, tmp_path / copied)
    async with Home(
        tmp_path,
        sandbox=github.directory,
        python=NEWEST,
        custom_components=None,
        configuration="my:\n",
        wanted=("marketplace",),
    ) as running:
        github.home_url = running.url
        yield running


async def test_by_its_buttons(
    page: Page,
    home: Home,
    github: GitHub,
    frontend: Frontend,
    sandbox: Sandbox,
    readme: dict[str, Section],
    log: Log,
) -> None:
    """From the Marketplace to the first message nothing is needed but what README says."""
    account = plant("hyperstack", "50")
    sandbox.accounts.add(account)
    await page.size(*DESKTOP)

    install = readme["Install"]
    await page.show(install.button, "ha-checkbox", "I understand the risks and agree")
    await page.until(ACCEPT, "GitHub's turn")
    await page.press("ha-button", "Continue")
    code = "__text(__one('step-flow-progress') ?? document.body).match(/[A-Z]{4}-[0-9]{4}/)?.[0]"
    github.enter(await page.until(code, "a code to enter"))
    await page.wait("ha-button", "Close")
    await page.show(install.button, "ha-button", install.word("Add"))
    await page.press("ha-button", "Add")
    await page.wait("h1", "API Credits for Home Assistant")
    images = "__all('ha-markdown-element img')"
    await page.run(f"{images}.forEach(image => image.loading = 'eager')")
    await page.until(f"{images}.every(image => image.naturalWidth > 200)", "README's pictures")
    await page.size(*PHONE, phone=True)
    assert not await page.run(TOO_WIDE)
    await page.size(*DESKTOP)
    await page.press("ha-button", install.word("Install"))
    await page.press("ha-dialog-footer ha-button", "Install")
    await page.wait("step-flow-form", "Watch the prepaid credit of an API account")
    assert (await home.ws("repairs/list_issues"))["issues"] == []

    entry = await add_hyperstack(page, home, readme["Add an account"].button, account)
    balance = await frontend.state(await frontend.entity(entry["entry_id"], "balance"))
    assert Decimal(balance["state"]) == account.balance.amount

    await page.show(readme["Be told"].button, "ha-button", "Preview")
    await page.press("ha-button", "Preview")
    await page.press("ha-dialog-footer ha-button", "Import blueprint")
    await page.press(".mdc-data-table__row", "API Credits – tell me in time")
    await page.press("ha-button", "Save")
    await page.until("!location.pathname.endsWith('/new')", "the saved automation")
    await frontend.until("automation.api_credits_tell_me_in_time", "on")
    account.balance.amount = Decimal(5)
    await frontend.poll(await frontend.entity(entry["entry_id"], "balance"))
    await page.press("ha-list-item-button.notifications")
    await page.wait("persistent-notification-item", f"{entry['title']} is low on credit 5.00 USD")

    assert github.missed == []
    loud = [line for line in log.lines if " WARNING " in line or " ERROR " in line]
    assert [line for line in loud if "components.marketplace" in line] == []


@pytest.mark.parametrize("copied", [f"custom_components/{DOMAIN}"])
async def test_by_hand(page: Page, home: Home, readme: dict[str, Section], copied: str) -> None:
    """The folder alone is enough, once Home Assistant has started with it."""
    assert f"`{copied}`" in readme["Install"].text
    add = readme["Add an account"]
    await page.size(*DESKTOP)
    await page.show(home.url, "ha-list-item-button", add.word("Settings"))
    await page.press("ha-list-item-button", "Settings")
    await page.press("ha-list-item-button", add.word("Devices & services"))
    await page.press("ha-button", add.word("Add integration"))
    await page.press("ha-input-search")
    await page.type(add.word("API Credits"))
    await page.press("ha-integration-list-item", "API Credits")
    await search_provider(page, "hyp")
    await choose_provider(page, "Hyperstack")
    await page.wait("input[name=api_key]")
