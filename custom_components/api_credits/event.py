"""The activity of an account: each moment worth telling, once."""

from typing import Final, override

from homeassistant.components.event import EventEntity
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .alerts import Moment
from .announcer import ANNOUNCEMENT
from .coordinator import ApiCreditsConfigEntry, ApiCreditsCoordinator
from .entity import ApiCreditsEntity
from .records import Announcement

PARALLEL_UPDATES = 0

KEY: Final = "account_activity"


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ApiCreditsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the event entity of an account."""
    async_add_entities([AccountActivity(entry.runtime_data)])


class AccountActivity(ApiCreditsEntity, EventEntity):
    """What has happened to an account; known whether or not its provider answers now."""

    _attr_event_types = [moment.value for moment in Moment]

    def __init__(self, coordinator: ApiCreditsCoordinator) -> None:
        """Name the entity's key."""
        super().__init__(coordinator, KEY)

    @property
    @override
    def available(self) -> bool:
        """Return True: what has happened stays true."""
        return True

    @override
    async def async_added_to_hass(self) -> None:
        """Listen for announcements."""
        await super().async_added_to_hass()
        signal = ANNOUNCEMENT.format(self.coordinator.config_entry.entry_id)
        self.async_on_remove(async_dispatcher_connect(self.hass, signal, self._tell))

    @override
    def _shown(self) -> object:
        """Return nothing: polls are no events."""
        return None

    @callback
    def _tell(self, announcement: Announcement, context: Context) -> None:
        """Show one announcement."""
        self.async_set_context(context)
        self._trigger_event(announcement.moment.value, announcement.figures)
        self.async_write_ha_state()
