"""A notify entity that needs no network: what it is told becomes an event."""

from typing import override

from homeassistant.components.notify import DATA_COMPONENT, NotifyEntity, NotifyEntityFeature
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import ConfigType

CONFIG_SCHEMA = cv.empty_config_schema("pager")


class Pager(NotifyEntity):
    """Shows nobody anything."""

    _attr_name = "Pager"
    _attr_supported_features = NotifyEntityFeature.TITLE

    @override
    async def async_send_message(self, message: str, title: str | None = None) -> None:
        """Fire an event."""
        self.hass.bus.async_fire("paged", {"message": message, "title": title})


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Set up the only pager."""
    await hass.data[DATA_COMPONENT].async_add_entities([Pager()])
    return True
