"""A button that reads an account now, such as after a top-up."""

from typing import Final, override

from homeassistant.components.button import ButtonEntity
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .const import DOMAIN
from .coordinator import ApiCreditsConfigEntry, ApiCreditsCoordinator
from .entity import ApiCreditsEntity

PARALLEL_UPDATES = 0

KEY: Final = "check_now"


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ApiCreditsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the button of an account."""
    async_add_entities([CheckNowButton(entry.runtime_data)])


class CheckNowButton(ApiCreditsEntity, ButtonEntity):
    """Reads the account at once."""

    def __init__(self, coordinator: ApiCreditsCoordinator) -> None:
        """Name the button."""
        super().__init__(coordinator, KEY)

    @property
    @override
    def available(self) -> bool:
        """Return True: it is wanted most while the account cannot be read."""
        return True

    @override
    def _shown(self) -> object:
        """Return nothing: a poll does not press it."""
        return None

    @override
    async def async_press(self) -> None:
        """Read the account, and say why where that does not work."""
        self._raise_if_paused()
        await self.coordinator.async_read_now()
        self._raise_if_paused()
        err = self.coordinator.last_exception
        if isinstance(err, HomeAssistantError) and not self.coordinator.last_update_success:
            raise HomeAssistantError(
                translation_domain=err.translation_domain,
                translation_key=err.translation_key,
                translation_placeholders=err.translation_placeholders,
            )

    def _raise_if_paused(self) -> None:
        """Say until when the provider wants no request, if it does."""
        if until := self.coordinator.paused_until:
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="paused",
                translation_placeholders={
                    "provider": self.coordinator.provider.name,
                    "until": f"{dt_util.as_local(until):%Y-%m-%d %H:%M:%S}",
                },
            )
