"""Repairs that are made right here: a person says what is left."""

from typing import Any

from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir

from .client.reports import Calculated
from .const import CONF_BALANCE_NOW, DOMAIN
from .coordinator import ApiCreditsConfigEntry
from .forms import balance_now_schema
from .limits import LEFT, amount_within


class BalanceNowFlow(RepairsFlow):
    """Take what is left of an account now."""

    def __init__(self, entry_id: str) -> None:
        """Take which account it is."""
        self._entry_id = entry_id

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Begin."""
        return await self.async_step_balance_now()

    async def async_step_balance_now(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Take what is left now."""
        entry: ApiCreditsConfigEntry | None = self.hass.config_entries.async_get_entry(
            self._entry_id
        )
        if entry is None or entry.state is not ConfigEntryState.LOADED:
            about = {"account": entry.title if entry else ""}
            return self.async_abort(reason="account_not_loaded", description_placeholders=about)
        coordinator, provider = entry.runtime_data, entry.runtime_data.provider
        errors: dict[str, str] = {}
        if user_input is not None and isinstance(provider, Calculated):
            left = amount_within(LEFT, user_input[CONF_BALANCE_NOW])
            if left is None:
                errors = {CONF_BALANCE_NOW: "balance_now_limits"}
            else:
                try:
                    await coordinator.async_set_balance(provider, left)
                except HomeAssistantError:
                    errors = {"base": "not_set"}
                else:
                    return self.async_create_entry(data={})
        return self.async_show_form(
            step_id="balance_now",
            data_schema=self.add_suggested_values_to_schema(balance_now_schema(), user_input),
            errors=errors,
            description_placeholders=self._placeholders(),
        )

    def _placeholders(self) -> dict[str, str]:
        """Return what the texts of the issue say of the account."""
        issue = ir.async_get(self.hass).async_get_issue(DOMAIN, self.issue_id)
        return (issue and issue.translation_placeholders) or {}


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: dict[str, Any] | None
) -> RepairsFlow:
    """Return the way to repair an issue of ours that can be."""
    return BalanceNowFlow((data or {})["entry_id"])
