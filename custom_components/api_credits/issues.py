"""Repair issues: what a person has to do something about."""

from datetime import datetime
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util

from . import limits
from .alerts import Alert
from .client.provider import Provider
from .const import DOMAIN
from .memory import Memory
from .readings import format_amount

EXHAUSTED: Final = "exhausted"
LOW_BALANCE: Final = "low_balance"
NOT_SAVED: Final = "not_saved"
UNREADABLE: Final = "unreadable"

SEVERITIES: Final = {
    EXHAUSTED: ir.IssueSeverity.ERROR,
    LOW_BALANCE: ir.IssueSeverity.WARNING,
    NOT_SAVED: ir.IssueSeverity.WARNING,
    UNREADABLE: ir.IssueSeverity.WARNING,
}
NOTHING: Final = "–"
TROUBLESHOOTING: Final = (
    "https://github.com/api-credits/api-credits/blob/main/docs/troubleshooting.md"
)


@callback
def async_show_alerts(
    hass: HomeAssistant,
    entry: ConfigEntry,
    provider: Provider,
    memory: Memory,
    failure: str | None,
) -> None:
    """Show an account's alerts, and take back those that are over.

    `failure` is why it cannot be read; none for a key that is refused, which has a repair of
    Home Assistant's own.
    """
    alerts = {alert for held in memory.alerts.values() for alert in held}
    shown = {
        EXHAUSTED: Alert.EXHAUSTED in alerts,
        LOW_BALANCE: Alert.LOW in alerts and Alert.EXHAUSTED not in alerts,
        UNREADABLE: memory.is_unreadable and failure is not None,
    }
    ledgers = memory.ledgers.values()
    units = {ledger.unit for ledger in ledgers}
    threshold = limits.low_balance(entry.options)
    placeholders = {
        "balances": ", ".join(format_amount(ledger.balance, ledger.unit) for ledger in ledgers)
        or NOTHING,
        "threshold": NOTHING
        if threshold is None
        else format_amount(threshold, units.pop() if len(units) == 1 else None),
        "provider": provider.name,
        "top_up_url": provider.top_up_url,
        "keys_url": provider.keys_url,
        "since": _shown(memory.unread.since if memory.unread else None),
        "detail": failure or NOTHING,
    }
    for issue, is_shown in shown.items():
        if not is_shown:
            async_clear_issues(hass, entry.entry_id, issue)
            continue
        url = TROUBLESHOOTING if issue == UNREADABLE else provider.top_up_url
        _raise(hass, issue, entry, url, placeholders)


@callback
def async_raise_not_saved(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Show that an account's memory cannot be written."""
    _raise(hass, NOT_SAVED, entry, TROUBLESHOOTING, {})


@callback
def async_clear_issues(hass: HomeAssistant, entry_id: str, *issues: str) -> None:
    """Take back issues of an account, all of them if none is named."""
    for issue in issues or SEVERITIES:
        ir.async_delete_issue(hass, DOMAIN, f"{issue}_{entry_id}")


def _shown(at: datetime | None) -> str:
    """Return a time of the person's clock, in figures that are the same in every language."""
    return NOTHING if at is None else f"{dt_util.as_local(at):%Y-%m-%d %H:%M}"


def _raise(
    hass: HomeAssistant, issue: str, entry: ConfigEntry, url: str, placeholders: dict[str, str]
) -> None:
    """Show an account's issue, with the page where a person can do something about it."""
    ir.async_create_issue(
        hass,
        DOMAIN,
        f"{issue}_{entry.entry_id}",
        is_fixable=False,
        learn_more_url=url,
        severity=SEVERITIES[issue],
        translation_key=issue,
        translation_placeholders={"account": entry.title, **placeholders},
    )
