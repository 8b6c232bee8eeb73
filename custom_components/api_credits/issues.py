"""Repair issues: what a person has to do something about."""

from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .const import DOMAIN

EXHAUSTED: Final = "exhausted"
LOW_BALANCE: Final = "low_balance"
MEMORY_LOST: Final = "memory_lost"
UNREADABLE: Final = "unreadable"

SEVERITIES: Final = {
    EXHAUSTED: ir.IssueSeverity.ERROR,
    LOW_BALANCE: ir.IssueSeverity.WARNING,
    MEMORY_LOST: ir.IssueSeverity.WARNING,
    UNREADABLE: ir.IssueSeverity.WARNING,
}


@callback
def async_raise_issue(
    hass: HomeAssistant, issue: str, entry_id: str, url: str, placeholders: dict[str, str]
) -> None:
    """Show an account's issue, with the page where a person can do something about it."""
    ir.async_create_issue(
        hass,
        DOMAIN,
        f"{issue}_{entry_id}",
        is_fixable=False,
        learn_more_url=url,
        severity=SEVERITIES[issue],
        translation_key=issue,
        translation_placeholders=placeholders,
    )


@callback
def async_clear_issues(hass: HomeAssistant, entry_id: str, *issues: str) -> None:
    """Take back issues of an account, all of them if none is named."""
    for issue in issues or SEVERITIES:
        ir.async_delete_issue(hass, DOMAIN, f"{issue}_{entry_id}")
