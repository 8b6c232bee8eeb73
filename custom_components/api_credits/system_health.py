"""System health: how many accounts there are, and whether their providers were reached."""

from typing import Any, Final

from homeassistant.components import system_health
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback

from .client.errors import UnreachableError
from .const import CONF_PROVIDER, DOMAIN
from .coordinator import ApiCreditsConfigEntry
from .providers import PROVIDERS

_UNREACHABLE: Final = {
    UnreachableError.key,
    *(each.key for each in UnreachableError.__subclasses__()),
}


@callback
def async_register(hass: HomeAssistant, register: system_health.SystemHealthRegistration) -> None:
    """Register system health callbacks."""
    register.async_register_info(system_health_info)


async def system_health_info(hass: HomeAssistant) -> dict[str, Any]:
    """Return the number of accounts, and how each of their providers was found when last asked."""
    entries: list[ApiCreditsConfigEntry] = hass.config_entries.async_entries(DOMAIN)
    names = PROVIDERS.choices
    reached: dict[str, bool] = {}
    for entry in entries:
        if (answered := _answered(entry)) is not None:
            key = entry.data[CONF_PROVIDER]
            reached[key] = reached.get(key, False) or answered
    return {
        "accounts": len(entries),
        **{
            names[key]: "ok" if works else {"type": "failed", "error": "unreachable"}
            for key, works in reached.items()
        },
    }


def _answered(entry: ApiCreditsConfigEntry) -> bool | None:
    """Return whether the provider answered, be it badly; None for an account that was not read."""
    if entry.state is ConfigEntryState.LOADED:
        coordinator = entry.runtime_data
        if coordinator.last_update_success:
            return True
        reason = getattr(coordinator.last_exception, "translation_key", None)
    elif (reason := entry.error_reason_translation_key) is None:
        return None
    return reason not in _UNREACHABLE
