"""The API Credits integration."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import ConfigType

from .actions import async_setup_actions
from .const import CONF_PROVIDER, DOMAIN, PLATFORMS
from .coordinator import (
    PAUSED_UNTIL,
    RUNWAY_DAYS,
    UNREAD_SINCE,
    ApiCreditsConfigEntry,
    ApiCreditsCoordinator,
)
from .issues import async_clear_issues
from .providers import PROVIDERS
from .storage import MemoryStore

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Set up the actions, which are there whether or not an account is."""
    async_setup_actions(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: ApiCreditsConfigEntry) -> bool:
    """Set up an account."""
    await PROVIDERS.async_load(hass, entry.data[CONF_PROVIDER])
    coordinator = ApiCreditsCoordinator(hass, entry)
    await coordinator.async_config_entry_first_refresh()
    entry.runtime_data = coordinator
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    coordinator.async_start_announcing()
    return True


async def async_unload_entry(hass: HomeAssistant, entry: ApiCreditsConfigEntry) -> bool:
    """Unload an account."""
    entry.runtime_data.async_stop_announcing()
    if unloaded := await hass.config_entries.async_unload_platforms(entry, PLATFORMS):
        await entry.runtime_data.async_save()
    return unloaded


async def async_remove_entry(hass: HomeAssistant, entry: ApiCreditsConfigEntry) -> None:
    """Forget all that was remembered of an account."""
    hass.data.get(PAUSED_UNTIL, {}).pop(entry.entry_id, None)
    hass.data.get(RUNWAY_DAYS, {}).pop(entry.entry_id, None)
    hass.data.get(UNREAD_SINCE, {}).pop(entry.entry_id, None)
    async_clear_issues(hass, entry.entry_id)
    await MemoryStore(hass, entry.entry_id).async_remove()
