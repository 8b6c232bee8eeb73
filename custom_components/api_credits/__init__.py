"""The API Credits integration."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import ConfigType

from .actions import async_setup_actions
from .const import CONF_PROVIDER, DOMAIN, PLATFORMS
from .coordinator import ApiCreditsConfigEntry, ApiCreditsCoordinator
from .dashboard import async_serve_dashboard, async_withdraw_dashboard
from .issues import async_clear_issues
from .keeper import async_get_keeper
from .providers import PROVIDERS

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Set up the actions and the dashboard, which are there whether or not an account is."""
    async_setup_actions(hass)
    await async_serve_dashboard(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: ApiCreditsConfigEntry) -> bool:
    """Set up an account, also one that cannot be read now but is known from before."""
    await PROVIDERS.async_load(hass, entry.data[CONF_PROVIDER])
    entry.runtime_data = coordinator = ApiCreditsCoordinator(hass, entry)
    await coordinator.async_open()
    if coordinator.data:
        await coordinator.async_first_look()
    else:
        await coordinator.async_config_entry_first_refresh()
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    coordinator.async_start_telling()
    return True


async def async_unload_entry(hass: HomeAssistant, entry: ApiCreditsConfigEntry) -> bool:
    """Unload an account."""
    entry.runtime_data.async_stop_telling()
    if unloaded := await hass.config_entries.async_unload_platforms(entry, PLATFORMS):
        await entry.runtime_data.async_close()
    return unloaded


async def async_remove_entry(hass: HomeAssistant, entry: ApiCreditsConfigEntry) -> None:
    """Forget all that was remembered of an account."""
    await async_get_keeper(hass, entry).async_forget()
    async_clear_issues(hass, entry.entry_id)
    if not hass.config_entries.async_entries(DOMAIN):
        await async_withdraw_dashboard(hass)
