"""A past for an account: what it would take days to observe, written into its stored memory."""

import json
from pathlib import Path
from typing import Final

from sandbox.home import Home

from .frontend import DOMAIN, Frontend

TAU: Final = 3 * 86400.0
"""The ledger's time constant: after many days, this much time is remembered."""


def memory_file(home: Home, entry_id: str) -> Path:
    """Return the file that an account's memory is in."""
    return home.directory / ".storage" / f"{DOMAIN}.{entry_id}"


def write_history(file: Path, *, spent_per_day: float) -> None:
    """Pretend that for many days an account with one balance has spent steadily.

    Home Assistant must not have the account loaded meanwhile.
    """
    content = json.loads(file.read_text())
    (ledger,) = content["data"]["ledgers"].values()
    ledger |= {"time": TAU, "spend": spent_per_day * TAU / 86400}
    file.write_text(json.dumps(content))


async def give_history(frontend: Frontend, entry_id: str, *, spent_per_day: float) -> None:
    """Give a loaded account a past."""
    disable = "config_entries/disable"
    await frontend.home.ws(disable, entry_id=entry_id, disabled_by="user")
    write_history(memory_file(frontend.home, entry_id), spent_per_day=spent_per_day)
    await frontend.home.ws(disable, entry_id=entry_id, disabled_by=None)
    await frontend.until_entry(entry_id, "loaded")
