"""What is wrong with what Home Assistant shows and logs of the accounts."""

from collections.abc import Iterable, Iterator
from typing import Final

from .watch import BALANCE, DOMAIN, View

FIGURES: Final = (BALANCE, "spent", "burn_rate", "runs_out")

_UNTESTED: Final = "[homeassistant.loader] We found a custom integration"
_LEVELS: Final = (" WARNING ", " ERROR ", " CRITICAL ")


class DemoError(Exception):
    """The demo does not show what it should."""


def missing(view: View, figures: Iterable[str] = FIGURES) -> list[str]:
    """Return the balances and figures that Home Assistant does not show, by name."""
    gone = [f"any balance of {each.title}" for each in view.accounts if not each.balances]
    for account in view.accounts:
        for key in account.balances:
            for what in figures:
                entity_id = account.figure(what, key)
                if view.state(entity_id) is None:
                    gone.append(entity_id or f"{what} of {account.title}")
    return gone


def complaints(log: str) -> Iterator[str]:
    """Yield what a log of Home Assistant has of warnings and errors about the integration."""
    for line in log.splitlines():
        if DOMAIN in line and _UNTESTED not in line and any(level in line for level in _LEVELS):
            yield line
