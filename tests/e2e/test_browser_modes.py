"""The dashboard where Home Assistant is not as it usually is."""

from pathlib import Path
from typing import Final

import pytest

from demo.browser import Page, sign_in
from sandbox.home import Home
from sandbox.sandbox import Sandbox

from .browsing import DESKTOP, OURS, complaints
from .frontend import Frontend
from .planting import plant

pytestmark = pytest.mark.asyncio(loop_scope="package")

# As docs/dashboard.md has it.
IN_YAML: Final = f"""
lovelace:
  resource_mode: yaml
  resources:
    - url: {OURS}
      type: module
  dashboards:
    api-credits:
      mode: yaml
      title: API Credits
      filename: api-credits.yaml
"""
BROKEN: Final = "\nautomation: ["


async def test_in_yaml_and_in_recovery_mode(
    browser: Page, sandbox: Sandbox, python: Path, components: Path, tmp_path: Path
) -> None:
    """Resources in YAML take one line, and while Home Assistant recovers nothing is in the way."""

    def home(configuration: str) -> Home:
        return Home(
            tmp_path,
            sandbox=sandbox.directory,
            python=python,
            custom_components=components,
            configuration=configuration,
        )

    (tmp_path / "api-credits.yaml").write_text("strategy:\n  type: custom:api-credits\n")
    await browser.size(*DESKTOP)
    account = plant("openrouter")
    sandbox.accounts.add(account)
    async with home(IN_YAML) as running:
        frontend = Frontend(running)
        form = await frontend.offer_credentials(account)
        assert [field["name"] for field in form["data_schema"]] == ["low_balance", "runway_days"]
        await frontend.finish(form)
        await sign_in(running, browser)
        await browser.show(f"{running.url}/api-credits", "hui-tile-card", "OpenRouter")
        await browser.open("about:blank")
        assert complaints(browser) == []
    async with home(IN_YAML + BROKEN) as running:
        assert (await running.get("/api/config"))["recovery_mode"]
        await sign_in(running, browser)
        await browser.show(running.url, "hui-recovery-mode-card")
        await browser.open("about:blank")
        # The frontend asks for what Home Assistant has not set up, and logs what it is told.
        assert set(complaints(browser)) <= {"Object"}
    async with home(IN_YAML) as running:
        await sign_in(running, browser)
        await browser.show(f"{running.url}/api-credits", "hui-tile-card", "OpenRouter")
        await browser.open("about:blank")
        assert complaints(browser) == []
