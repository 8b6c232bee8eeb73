"""Sensors: what an account's provider reports, and what its ledger says of each balance."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import EntityCategory, UnitOfTime
from homeassistant.core import HomeAssistant
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import READ, ApiCreditsConfigEntry, ApiCreditsCoordinator
from .entity import ApiCreditsEntity, ReadingEntity, async_add_readings
from .ledger import Unknown
from .readings import Reading, Role
from .state import Figures

PARALLEL_UPDATES = 0

AMOUNTS: Final = {Role.AMOUNT, Role.BALANCE, Role.LEVEL}
ATTR_REASON: Final = "reason"
LAST_READ: Final = "last_read"
REASONS: Final = tuple(Unknown)
"""Why it cannot be said when a balance runs out."""


@dataclass(frozen=True, kw_only=True)
class FigureDescription(SensorEntityDescription):
    """A figure of a balance: an `amount` in its unit, a `rate` in its unit per day, or else.

    `reasons` are those for which it may be unknown.
    """

    value_fn: Callable[[Figures], Decimal | float | datetime | None]
    reasons: tuple[Unknown, ...] = ()
    amount: bool = False
    rate: bool = False


FIGURES: Final = (
    FigureDescription(
        key="spent",
        state_class=SensorStateClass.TOTAL,
        amount=True,
        value_fn=lambda figures: figures.spent,
    ),
    FigureDescription(
        key="burn_rate",
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=2,
        rate=True,
        reasons=(Unknown.YOUNG,),
        value_fn=lambda figures: figures.burn_rate,
    ),
    FigureDescription(
        key="runs_out",
        device_class=SensorDeviceClass.TIMESTAMP,
        reasons=REASONS,
        value_fn=lambda figures: figures.runs_out,
    ),
    FigureDescription(
        key="days_left",
        device_class=SensorDeviceClass.DURATION,
        state_class=SensorStateClass.MEASUREMENT,
        native_unit_of_measurement=UnitOfTime.DAYS,
        suggested_display_precision=1,
        reasons=REASONS,
        value_fn=lambda figures: figures.days_left,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ApiCreditsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the sensors of an account."""
    async_add_entities([LastReadSensor(entry.runtime_data)])
    async_add_readings(entry, async_add_entities, _sensors)


def _sensors(
    coordinator: ApiCreditsCoordinator, reading: Reading
) -> Iterator[ReadingSensor | FigureSensor]:
    """Yield the sensors of a reading: itself, and the figures if it is a balance."""
    if reading.kind.role is Role.FLAG:
        return
    yield ReadingSensor(coordinator, reading)
    if reading.kind.role is Role.BALANCE:
        for description in FIGURES:
            yield FigureSensor(coordinator, reading, description)


def _precision(reading: Reading) -> int | None:
    """Return the decimals to show of an amount: two, but none of credits that are whole."""
    amount = reading.amount
    whole = amount is None or amount == amount.to_integral_value()
    return None if whole and not reading.is_money else 2


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
            self._attr_suggested_display_precision = _precision(reading)
            if role is not Role.LEVEL:
                self._attr_state_class = (
                    SensorStateClass.TOTAL if reading.is_money else SensorStateClass.MEASUREMENT
                )

    @property
    @override
    def native_value(self) -> Decimal | datetime | str | bool | None:
        """Return the reading's value; unknown where the provider leaves it out."""
        return self.reading.value if self.reading else None

    @override
    def _shown(self) -> object:
        """Return the value."""
        return self.native_value


class FigureSensor(ApiCreditsEntity, SensorEntity):
    """A figure that the ledger of a balance gives."""

    entity_description: FigureDescription

    def __init__(
        self,
        coordinator: ApiCreditsCoordinator,
        balance: Reading,
        description: FigureDescription,
    ) -> None:
        """Take the unit of the balance."""
        super().__init__(coordinator, description.key, balance.scope)
        self.entity_description = description
        self._key = balance.key
        if description.rate:
            self._attr_native_unit_of_measurement = f"{balance.unit}/{UnitOfTime.DAYS}"
        elif description.amount:
            self._attr_native_unit_of_measurement = balance.unit
            self._attr_suggested_display_precision = _precision(balance)
            if balance.is_money:
                self._attr_device_class = SensorDeviceClass.MONETARY

    @property
    @override
    def native_value(self) -> Decimal | float | datetime | None:
        """Return the figure; unknown while the balance has never been known."""
        figures = self._figures
        return self.entity_description.value_fn(figures) if figures else None

    @property
    @override
    def extra_state_attributes(self) -> dict[str, str] | None:
        """Return why the figure is unknown, where that can be said."""
        figures = self._figures
        if figures is None or self.native_value is not None:
            return None
        reason = figures.unknown
        if reason is None or reason not in self.entity_description.reasons:
            return None
        return {ATTR_REASON: reason.value}

    @property
    def _figures(self) -> Figures | None:
        """Return what the ledger says."""
        return self.coordinator.data.figures.get(self._key)

    @override
    def _shown(self) -> object:
        """Return the value, and why there is none."""
        return self.native_value, self.extra_state_attributes


class LastReadSensor(ApiCreditsEntity, SensorEntity):
    """When the account was last read.

    It alone writes a state where nothing else has changed, so nobody has it unasked.
    """

    _attr_device_class = SensorDeviceClass.TIMESTAMP
    _attr_entity_category = EntityCategory.DIAGNOSTIC
    _attr_entity_registry_enabled_default = False

    def __init__(self, coordinator: ApiCreditsCoordinator) -> None:
        """Name the sensor."""
        super().__init__(coordinator, LAST_READ)

    @property
    @override
    def available(self) -> bool:
        """Return True: when that was stays true."""
        return True

    @property
    @override
    def native_value(self) -> datetime | None:
        """Return the time."""
        return self.coordinator.read_at

    @override
    async def async_added_to_hass(self) -> None:
        """Listen for polls that worked, also those that found nothing new."""
        await super().async_added_to_hass()
        signal = READ.format(self.coordinator.config_entry.entry_id)
        self.async_on_remove(async_dispatcher_connect(self.hass, signal, self.async_write_ha_state))

    @override
    def _shown(self) -> object:
        """Return nothing: it is written when the account is read."""
        return None
