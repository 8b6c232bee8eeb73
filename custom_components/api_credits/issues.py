"""Repair issues: what a person has to do something about."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util

from .alerts import Alert, Limits
from .client.errors import HistoryGoneError, ProviderError
from .client.provider import Provider
from .client.reports import Calculated
from .const import DOMAIN
from .ledger import Ledger
from .markdown import as_text
from .pages import TROUBLESHOOTING, page_about
from .purses import purse_of
from .readings import BALANCE, format_balance
from .records import Memory

if TYPE_CHECKING:
    from .coordinator import ApiCreditsConfigEntry

CORRECT_BALANCE: Final = "correct_balance"
EXHAUSTED: Final = "exhausted"
HISTORY_GONE: Final = "history_gone"
LOW_BALANCE: Final = "low_balance"
NOT_SAVED: Final = "not_saved"
UNREADABLE: Final = "unreadable"

SEVERITIES: Final = {
    CORRECT_BALANCE: ir.IssueSeverity.WARNING,
    EXHAUSTED: ir.IssueSeverity.ERROR,
    HISTORY_GONE: ir.IssueSeverity.ERROR,
    LOW_BALANCE: ir.IssueSeverity.WARNING,
    NOT_SAVED: ir.IssueSeverity.WARNING,
    UNREADABLE: ir.IssueSeverity.WARNING,
}
NEEDS_BALANCE: Final = (CORRECT_BALANCE, HISTORY_GONE)
"""Those that a person mends by saying what is left."""
BELOW_FOR: Final = timedelta(days=1)
"""For how long a balance of our own reckoning is below zero until it must be wrong."""
NOTHING: Final = "–"


@callback
def async_show_alerts(
    hass: HomeAssistant,
    entry: ApiCreditsConfigEntry,
    provider: Provider,
    memory: Memory,
    limits: Limits,
    failure: ProviderError | None,
) -> None:
    """Show an account's alerts, and take back those that are over.

    An issue names what is left of the purses that it is about, and the thresholds for them. Of a
    purse only the graver one is shown. `failure` is why it cannot be read; none for a key that is
    refused, which has a repair of Home Assistant's own.
    """
    exhausted = [purse for purse, held in memory.alerts.items() if Alert.EXHAUSTED in held]
    low = [
        purse
        for purse, held in memory.alerts.items()
        if Alert.LOW in held and purse not in exhausted
    ]
    calculated = isinstance(provider, Calculated)
    shown = {
        CORRECT_BALANCE: calculated and any(map(_is_wrong, memory.ledgers.values())),
        EXHAUSTED: bool(exhausted),
        HISTORY_GONE: calculated and isinstance(failure, HistoryGoneError),
        LOW_BALANCE: bool(low),
        UNREADABLE: memory.is_unreadable and failure is not None,
    }
    purses = {CORRECT_BALANCE: [*memory.alerts], EXHAUSTED: exhausted, LOW_BALANCE: low}
    placeholders = {
        "provider": provider.name,
        "top_up_url": provider.top_up_url,
        "keys_url": provider.keys_url,
        "docs_url": page_about(provider),
        "since": _shown(memory.unread.since if memory.unread else None),
        "detail": str(failure or NOTHING),
    }
    for issue, is_shown in shown.items():
        if not is_shown:
            async_clear_issues(hass, entry.entry_id, issue)
            continue
        url = TROUBLESHOOTING if issue == UNREADABLE else provider.top_up_url
        about = _about(memory, limits, purses.get(issue, ()))
        _raise(hass, issue, entry, url, placeholders | about)


@callback
def async_raise_not_saved(hass: HomeAssistant, entry: ApiCreditsConfigEntry) -> None:
    """Show that an account's memory cannot be written."""
    _raise(hass, NOT_SAVED, entry, TROUBLESHOOTING, {})


@callback
def async_clear_issues(hass: HomeAssistant, entry_id: str, *issues: str) -> None:
    """Take back issues of an account, all of them if none is named."""
    for issue in issues or SEVERITIES:
        ir.async_delete_issue(hass, DOMAIN, f"{issue}_{entry_id}")


def _is_wrong(ledger: Ledger) -> bool:
    """Return whether less than nothing has been left for so long that nobody would serve."""
    since = ledger.below_since
    return since is not None and ledger.seen_at - since >= BELOW_FOR


def _about(memory: Memory, limits: Limits, purses: Collection[str]) -> dict[str, str]:
    """Return what is left of some purses, and below what a person wants to be warned of each."""
    scopes = {reading.key: reading.scope for reading in memory.shape}
    balances, thresholds = [], []
    for purse in purses:
        ledgers = {
            key: ledger
            for key, ledger in memory.ledgers.items()
            if purse_of(key, ledger.unit) == purse
        }
        balances += [
            format_balance(ledger.balance, ledger.unit, scopes.get(key))
            for key, ledger in ledgers.items()
        ]
        threshold = limits.of(purse, main=memory.main or BALANCE.key).low_balance
        if threshold is not None:
            units = {ledger.unit for ledger in ledgers.values()}
            unit = units.pop() if len(units) == 1 else None
            scope = scopes.get(purse) if len(memory.alerts) > 1 else None
            thresholds.append(format_balance(threshold, unit, scope))
    return {
        "balances": as_text(", ".join(balances)) or NOTHING,
        "threshold": as_text(", ".join(thresholds)) or NOTHING,
    }


def _shown(at: datetime | None) -> str:
    """Return a time of the person's clock, in figures that are the same in every language."""
    return NOTHING if at is None else f"{dt_util.as_local(at):%Y-%m-%d %H:%M}"


def _raise(
    hass: HomeAssistant,
    issue: str,
    entry: ApiCreditsConfigEntry,
    url: str,
    placeholders: dict[str, str],
) -> None:
    """Show an account's issue, with the page where a person can do something about it."""
    ir.async_create_issue(
        hass,
        DOMAIN,
        f"{issue}_{entry.entry_id}",
        data={"entry_id": entry.entry_id} if issue in NEEDS_BALANCE else None,
        is_fixable=issue in NEEDS_BALANCE,
        learn_more_url=url,
        severity=SEVERITIES[issue],
        translation_key=issue,
        translation_placeholders={"account": entry.title, **placeholders},
    )
