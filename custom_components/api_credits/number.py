"""The limits of an account's alerts as numbers that automations and dashboards can set."""

from dataclasses import dataclass
from math import isfinite
from typing import Final, override

from homeassistant.components.number import (
    NumberDeviceClass,
    NumberEntity,
    NumberEntityDescription,
    NumberMode,
)
from homeassistant.const import EntityCategory, UnitOfTime
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import CONF_LOW_BALANCE, CONF_RUNWAY_DAYS, DOMAIN
from .coordinator import ApiCreditsConfigEntry, ApiCreditsCoordinator
from .entity import ApiCreditsEntity
from .limits import LOW_BALANCE, RUNWAY_DAYS, sensible

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class LimitDescription(NumberEntityDescription):
    """A limit and the option in which it is kept."""

    option: str


LIMITS: Final = (
    LimitDescription(
        key="low_balance_threshold",
        option=CONF_LOW_BALANCE,
        native_min_value=LOW_BALANCE.lowest,
        native_max_value=LOW_BALANCE.highest,
        native_step=0.01,
    ),
    LimitDescription(
        key="runway_days",
        option=CONF_RUNWAY_DAYS,
        device_class=NumberDeviceClass.DURATION,
        native_min_value=RUNWAY_DAYS.lowest,
        native_max_value=RUNWAY_DAYS.highest,
        native_step=1,
        native_unit_of_measurement=UnitOfTime.DAYS,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ApiCreditsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the numbers of an account."""
    async_add_entities(Limit(entry.runtime_data, description) for description in LIMITS)


class Limit(ApiCreditsEntity, NumberEntity):
    """A limit that the person sets, here or in the options."""

    entity_description: LimitDescription
    _attr_entity_category = EntityCategory.CONFIG
    _attr_mode = NumberMode.BOX

    def __init__(self, coordinator: ApiCreditsCoordinator, description: LimitDescription) -> None:
        """Name the limit."""
        super().__init__(coordinator, description.key)
        self.entity_description = description

    @property
    @override
    def available(self) -> bool:
        """Return True: what the person has set is known whether or not the provider answers."""
        return True

    @property
    @override
    def native_unit_of_measurement(self) -> str | None:
        """Return the limit's own unit, or that of the balances where they share one."""
        if unit := self.entity_description.native_unit_of_measurement:
            return unit
        units = {balance.unit for balance in self.coordinator.data.account.balances}
        return units.pop() if len(units) == 1 else None

    @property
    @override
    def native_value(self) -> float | None:
        """Return the limit; unknown while there is none."""
        options = self.coordinator.config_entry.options
        return sensible(options, type(self.coordinator.provider)).get(
            self.entity_description.option
        )

    @override
    def _shown(self) -> object:
        """Return the value and its unit."""
        return self.native_value, self.native_unit_of_measurement

    @override
    async def async_set_native_value(self, value: float) -> None:
        """Keep the limit with the options, and have it take effect at once."""
        if not isfinite(value):
            # Home Assistant compares it with the lowest and the highest, which says nothing.
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="not_a_number")
        options = self.coordinator.config_entry.options
        await self.coordinator.async_change_options(
            {**options, self.entity_description.option: value}
        )
