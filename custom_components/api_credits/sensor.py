"""Sensors: what an account's provider reports."""

from datetime import datetime
from decimal import Decimal
from typing import Final, override

from homeassistant.components.sensor import SensorDeviceClass, SensorEntity, SensorStateClass
from homeassistant.const import EntityCategory, UnitOfTime
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import ApiCreditsConfigEntry, ApiCreditsCoordinator
from .entity import ReadingEntity, async_add_readings
from .readings import Reading, Role

PARALLEL_UPDATES = 0

AMOUNTS: Final = {Role.AMOUNT, Role.BALANCE, Role.LEVEL}


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ApiCreditsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the sensors of an account."""
    async_add_readings(entry, async_add_entities, ReadingSensor, flags=False)


class ReadingSensor(ReadingEntity, SensorEntity):
    """A reading that is not a mere yes or no."""

    def __init__(self, coordinator: ApiCreditsCoordinator, reading: Reading) -> None:
        """Choose how the reading is shown and counted."""
        super().__init__(coordinator, reading)
        role = reading.kind.role
        if role is not Role.BALANCE:
            self._attr_entity_category = EntityCategory.DIAGNOSTIC
        if role is Role.TIME:
            self._attr_device_class = SensorDeviceClass.TIMESTAMP
        elif role is Role.DAYS:
            self._attr_device_class = SensorDeviceClass.DURATION
            self._attr_native_unit_of_measurement = UnitOfTime.DAYS
        elif role in AMOUNTS:
            self._attr_native_unit_of_measurement = reading.unit
            if reading.is_money:
                self._attr_device_class = SensorDeviceClass.MONETARY
                self._attr_suggested_display_precision = 2
            if role is not Role.LEVEL:
                self._attr_state_class = (
                    SensorStateClass.TOTAL if reading.is_money else SensorStateClass.MEASUREMENT
                )

    @property
    @override
    def native_value(self) -> Decimal | datetime | str | bool | None:
        """Return the reading's value; unknown where the provider leaves it out."""
        return self.reading.value if self.reading else None
