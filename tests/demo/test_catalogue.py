"""An account at every provider, in a real Home Assistant of each version."""

from decimal import Decimal
from pathlib import Path

import pytest

from contracts import load_contracts
from demo.catalogue import Catalogue
from sandbox.home import ROOT
from tests.e2e.conftest import VERSIONS

PROVIDERS = [file for file in (ROOT / "contracts").glob("*.py") if not file.stem.startswith("_")]


@pytest.mark.parametrize("python", VERSIONS)
async def test_all(tmp_path: Path, python: Path) -> None:
    """Each is added through its forms, shows what its provider has in its books, all in quiet."""
    async with Catalogue(tmp_path, python=python, speed=0) as stage:
        await stage.set_up()
        assert await stage.missing() == []
        assert len(stage.view.accounts) == len(PROVIDERS)
        entries = {name: entry_id for entry_id, name in stage.added.items()}
        for account in stage.sandbox.accounts:
            title = load_contracts()[account.provider].name
            watched = stage.view.account(entries[title])
            assert watched, title
            shown = {
                Decimal(stage.view.states[watched.entities[key]]["state"])
                for key in watched.balances
            }
            booked = {balance.amount for balance in account.balances.values()}
            assert shown, title
            assert shown <= booked, title
    assert stage.complaints() == []
