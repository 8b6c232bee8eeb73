"""Diagnostics: what helps to find a fault, and nothing that is secret or personal."""

from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant

from .client.provider import Provider
from .const import CONF_PROVIDER, CONF_VARIANT
from .coordinator import ApiCreditsConfigEntry
from .providers import PROVIDERS


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: ApiCreditsConfigEntry
) -> dict[str, Any]:
    """Return an account's state: which readings there are, but no amount, no name and no id."""
    kind = await PROVIDERS.async_load(hass, entry.data[CONF_PROVIDER])
    provider = kind.connect(hass, entry.data)
    diagnostics = {
        "provider": entry.data[CONF_PROVIDER],
        "variant": entry.data[CONF_VARIANT],
        "identified": entry.unique_id is not None,
        "options": sorted(entry.options),
        "state": entry.state.value,
        "reason": _without_private(entry.reason, provider),
        **provider.describe(),
    }
    if entry.state is not ConfigEntryState.LOADED:
        return diagnostics
    coordinator = entry.runtime_data
    error = coordinator.last_exception
    return {
        **diagnostics,
        "interval_minutes": coordinator.interval.total_seconds() / 60,
        "last_poll_worked": coordinator.last_update_success,
        "last_error": _without_private(None if error is None else str(error), provider),
        "readings": {
            key: {"unit": reading.unit, "known": reading.value is not None}
            for key, reading in coordinator.data.account.readings.items()
        },
    }


def _without_private(text: str | None, provider: Provider) -> str | None:
    """Return a text without what only the person is to see."""
    for word in provider.private if text else ():
        text = text and text.replace(word, "**")
    return text
