"""Binary sensors: whether an account runs low, and what its provider answers with yes or no."""

from decimal import Decimal
from typing import override

from homeassistant.components.binary_sensor import BinarySensorDeviceClass, BinarySensorEntity
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .alerts import is_low
from .const import CONF_LOW_BALANCE
from .coordinator import ApiCreditsConfigEntry, ApiCreditsCoordinator
from .entity import ApiCreditsEntity, ReadingEntity, async_add_readings

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ApiCreditsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the binary sensors of an account."""
    async_add_entities([LowBalance(entry.runtime_data)])
    async_add_readings(entry, async_add_entities, ReadingBinarySensor, flags=True)


class LowBalance(ApiCreditsEntity, BinarySensorEntity):
    """Whether the account has less left than the person wants to keep."""

    _attr_device_class = BinarySensorDeviceClass.PROBLEM
    _attr_translation_key = "low_balance"

    def __init__(self, coordinator: ApiCreditsCoordinator) -> None:
        """Name the entity's key."""
        super().__init__(coordinator, "low_balance")

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether the account is low; unknown while no balance is known."""
        threshold = self.coordinator.config_entry.options.get(CONF_LOW_BALANCE)
        return is_low(
            self.coordinator.data.balances,
            None if threshold is None else Decimal(str(threshold)),
        )


class ReadingBinarySensor(ReadingEntity, BinarySensorEntity):
    """A yes or no that the provider reports."""

    _attr_entity_category = EntityCategory.DIAGNOSTIC

    @property
    @override
    def is_on(self) -> bool | None:
        """Return what the provider says; unknown where it says nothing."""
        return bool(self.reading.value) if self.reading and self.reading.value is not None else None
