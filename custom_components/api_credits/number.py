"""The limits of an account's alerts as numbers that automations and dashboards can set."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any, Final, override

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

from .const import CONF_LOW_BALANCE, CONF_LOW_BALANCES, CONF_RUNWAY_DAYS, DOMAIN
from .coordinator import ApiCreditsConfigEntry, ApiCreditsCoordinator
from .entity import ApiCreditsEntity, async_add_readings
from .limits import LOW_BALANCE, RUNWAY_DAYS, low_balances, sensible
from .purses import by_purse, name_of, purse_of, unit_of
from .readings import Reading, Role, is_money

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class LimitDescription(NumberEntityDescription):
    """A limit and the option in which it is kept."""

    option: str


THRESHOLD: Final = LimitDescription(
    key="low_balance_threshold",
    option=CONF_LOW_BALANCE,
    native_min_value=LOW_BALANCE.lowest,
)
DAYS: Final = LimitDescription(
    key="runway_days",
    option=CONF_RUNWAY_DAYS,
    device_class=NumberDeviceClass.DURATION,
    native_min_value=RUNWAY_DAYS.lowest,
    native_max_value=RUNWAY_DAYS.highest,
    native_step=1,
    native_unit_of_measurement=UnitOfTime.DAYS,
)
LIMITS: Final = (THRESHOLD, DAYS)
USUALLY_HIGHEST: Final = 999_999
"""Home Assistant makes a box as wide as its highest number, at the cost of the name."""
PLENTY: Final = 100_000
"""From here on a threshold may be any that the options allow."""


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ApiCreditsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the numbers of an account: its limits, and the thresholds of its other purses."""
    async_add_entities([Threshold(entry.runtime_data, THRESHOLD), Limit(entry.runtime_data, DAYS)])
    known: set[str] = set()

    def thresholds(
        coordinator: ApiCreditsCoordinator, reading: Reading
    ) -> Iterator[PurseThreshold]:
        purse = purse_of(reading.key, reading.unit)
        is_other = reading.kind.role is Role.BALANCE and purse != coordinator.data.main
        if is_other and purse not in known:
            known.add(purse)
            yield PurseThreshold(coordinator, purse)

    async_add_readings(entry, async_add_entities, thresholds)


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
    def native_value(self) -> float | None:
        """Return the limit; unknown while there is none."""
        options = self.coordinator.config_entry.options
        return sensible(options, type(self.coordinator.provider)).get(
            self.entity_description.option
        )

    @override
    def _shown(self) -> object:
        """Return the value."""
        return self.native_value

    @override
    async def async_set_native_value(self, value: float) -> None:
        """Keep the limit with the options, and have it take effect at once."""
        if not isfinite(value):
            # Home Assistant compares it with the lowest and the highest, which says nothing.
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="not_a_number")
        options = self.coordinator.config_entry.options
        await self.coordinator.async_change_options({**options, **self._chosen(value)})

    def _chosen(self, value: float) -> dict[str, Any]:
        """Return the options that a value makes."""
        return {self.entity_description.option: value}


class Threshold(Limit):
    """The threshold of the purse that matters most, in a box that fits its balances."""

    @property
    def _purse(self) -> str | None:
        """Return the purse that the threshold is for."""
        return self.coordinator.data.main

    @property
    def _balances(self) -> list[Reading]:
        """Return the purse's balances, as far as they are reported now."""
        return by_purse(self.coordinator.data.account.balances).get(self._purse or "", [])

    @property
    def _amounts(self) -> list[float]:
        """Return the threshold and the balances, as far as they are known."""
        amounts = [float(each.amount) for each in self._balances if each.amount is not None]
        return amounts if self.native_value is None else [self.native_value, *amounts]

    @property
    @override
    def native_unit_of_measurement(self) -> str | None:
        """Return the unit of the balances where they share one."""
        return unit_of(self._balances)

    @property
    @override
    def device_class(self) -> NumberDeviceClass | None:
        """Return that it is money where the balances are, in one currency."""
        return NumberDeviceClass.MONETARY if is_money(self.native_unit_of_measurement) else None

    @property
    @override
    def native_max_value(self) -> float:
        """Return the highest that makes sense."""
        has_plenty = max(self._amounts, default=0) >= PLENTY
        return LOW_BALANCE.highest if has_plenty else USUALLY_HIGHEST

    @property
    @override
    def native_step(self) -> float:
        """Return one where whole things are counted, else a hundredth."""
        counted = self._balances and not any(each.is_money for each in self._balances)
        return 1 if counted and all(each.is_integer() for each in self._amounts) else 0.01

    @override
    def _shown(self) -> object:
        """Return the value, its unit, and what fits into the box."""
        return (
            self.native_value,
            self.native_unit_of_measurement,
            self.native_max_value,
            self.native_step,
        )


class PurseThreshold(Threshold):
    """The threshold of a purse beside the one that matters most; there is none at first."""

    def __init__(self, coordinator: ApiCreditsCoordinator, purse: str) -> None:
        """Name the threshold by its purse."""
        super().__init__(coordinator, THRESHOLD)
        self._other = purse
        self._attr_unique_id = f"{self.unique_id}_{purse}"
        self._attr_translation_key = f"{THRESHOLD.key}_scoped"
        self._attr_translation_placeholders = {"scope": name_of(self._balances)}

    @property
    @override
    def _purse(self) -> str:
        """Return the purse that the threshold is for."""
        return self._other

    @property
    @override
    def native_value(self) -> float | None:
        """Return the threshold; unknown while there is none."""
        threshold = low_balances(self.coordinator.config_entry.options).get(self._other)
        return None if threshold is None else float(threshold)

    @override
    def _chosen(self, value: float) -> dict[str, Any]:
        """Return all thresholds of this kind, this one among them."""
        others = low_balances(self.coordinator.config_entry.options)
        kept = {purse: float(threshold) for purse, threshold in others.items()}
        return {CONF_LOW_BALANCES: {**kept, self._other: value}}
