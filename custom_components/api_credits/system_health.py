"""System health: how many accounts there are, and whether their providers can be reached."""

from typing import Any

from homeassistant.components import system_health
from homeassistant.core import HomeAssistant, callback

from .const import CONF_PROVIDER, DOMAIN
from .providers import PROVIDERS


@callback
def async_register(hass: HomeAssistant, register: system_health.SystemHealthRegistration) -> None:
    """Register system health callbacks."""
    register.async_register_info(system_health_info)


async def system_health_info(hass: HomeAssistant) -> dict[str, Any]:
    """Return the number of accounts, and each configured provider by its name."""
    entries = hass.config_entries.async_entries(DOMAIN)
    configured = {entry.data[CONF_PROVIDER] for entry in entries}
    return {
        "accounts": len(entries),
        **{
            provider.name: system_health.async_check_can_reach_url(hass, str(provider.base))
            for key in PROVIDERS
            if key in configured
            for provider in [await PROVIDERS.async_load(hass, key)]
        },
    }
