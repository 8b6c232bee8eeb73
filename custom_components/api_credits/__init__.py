"""The API Credits integration."""

from homeassistant.core import HomeAssistant

from .const import PLATFORMS
from .coordinator import PAUSED_UNTIL, ApiCreditsConfigEntry, ApiCreditsCoordinator


async def async_setup_entry(hass: HomeAssistant, entry: ApiCreditsConfigEntry) -> bool:
    """Set up an account."""
    coordinator = ApiCreditsCoordinator(hass, entry)
    await coordinator.async_config_entry_first_refresh()
    entry.runtime_data = coordinator
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    return True


async def async_unload_entry(hass: HomeAssistant, entry: ApiCreditsConfigEntry) -> bool:
    """Unload an account."""
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def async_remove_entry(hass: HomeAssistant, entry: ApiCreditsConfigEntry) -> None:
    """Forget what was remembered of an account."""
    hass.data.get(PAUSED_UNTIL, {}).pop(entry.entry_id, None)
