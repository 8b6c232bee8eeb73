"""An account at every provider, in a real Home Assistant of each version."""

from decimal import Decimal
from pathlib import Path

import pytest

from custom_components.api_credits.providers import PROVIDERS
from demo.catalogue import Catalogue
from sandbox.home import ROOT
from tests.e2e.conftest import VERSIONS

DOCUMENTED = [file for file in (ROOT / "contracts").glob("*.py") if not file.stem.startswith("_")]

OTHERS = ("Another service", "Anthropic", "OpenAI", "OpenAI spend limit")
SPEND_LIMIT = Decimal("50.00")
"""What the sandbox's organization lets itself spend in a month, of which it has spent nothing."""


@pytest.mark.parametrize("python", VERSIONS)
async def test_all(tmp_path: Path, python: Path) -> None:
    """Each is added through its forms, shows what its provider has in its books, all in quiet."""
    async with Catalogue(tmp_path, python=python, speed=0) as stage:
        await stage.set_up()
        assert await stage.missing() == []
        assert len(stage.view.accounts) == len(DOCUMENTED) + len(OTHERS)
        entries = {name: entry_id for entry_id, name in stage.added.items()}
        booked = {
            PROVIDERS.choices[account.provider]: {each.amount for each in account.balances.values()}
            for account in stage.sandbox.accounts
        }
        booked["Another service"] = {stage.service.left}
        booked["OpenAI spend limit"] = {SPEND_LIMIT}
        for title, amounts in booked.items():
            watched = stage.view.account(entries[title])
            assert watched, title
            shown = {
                Decimal(stage.view.states[watched.entities[key]]["state"])
                for key in watched.balances
            }
            assert shown, title
            assert shown <= amounts, title
    assert stage.complaints() == []
