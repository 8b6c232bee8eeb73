"""Diagnostics: what helps to find a fault, and nothing that is secret or personal."""

from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant

from .const import CONF_PROVIDER, CONF_VARIANT
from .coordinator import ApiCreditsConfigEntry


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: ApiCreditsConfigEntry
) -> dict[str, Any]:
    """Return an account's state: which readings there are, but no amount, no name and no id."""
    diagnostics = {
        "provider": entry.data[CONF_PROVIDER],
        "variant": entry.data[CONF_VARIANT],
        "identified": entry.unique_id is not None,
        "options": sorted(entry.options),
        "state": entry.state.value,
        "reason": entry.reason,
    }
    if entry.state is not ConfigEntryState.LOADED:
        return diagnostics
    coordinator = entry.runtime_data
    error = coordinator.last_exception
    return {
        **diagnostics,
        "interval_minutes": coordinator.interval.total_seconds() / 60,
        "last_poll_worked": coordinator.last_update_success,
        "last_error": None if error is None else str(error),
        "readings": {
            key: {"unit": reading.unit, "known": reading.value is not None}
            for key, reading in coordinator.data.account.readings.items()
        },
    }
