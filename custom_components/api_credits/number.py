"""The low-balance threshold as a number that automations and dashboards can set."""

from typing import override

from homeassistant.components.number import NumberEntity, NumberMode
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import CONF_LOW_BALANCE
from .coordinator import ApiCreditsConfigEntry, ApiCreditsCoordinator
from .entity import ApiCreditsEntity

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ApiCreditsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the number of an account."""
    async_add_entities([LowBalanceThreshold(entry.runtime_data)])


class LowBalanceThreshold(ApiCreditsEntity, NumberEntity):
    """The option `low_balance`, in the unit of the account's balances where they share one."""

    _attr_entity_category = EntityCategory.CONFIG
    _attr_mode = NumberMode.BOX
    _attr_native_max_value = 1_000_000_000
    _attr_native_min_value = 0
    _attr_native_step = 0.01
    _attr_translation_key = "low_balance"

    def __init__(self, coordinator: ApiCreditsCoordinator) -> None:
        """Take the unit of the balances."""
        super().__init__(coordinator, "low_balance_threshold")
        units = {balance.unit for balance in coordinator.data.balances}
        self._attr_native_unit_of_measurement = units.pop() if len(units) == 1 else None

    @property
    @override
    def available(self) -> bool:
        """Return True: what the person has set is known whether or not the provider answers."""
        return True

    @property
    @override
    def native_value(self) -> float | None:
        """Return the threshold; unknown while there is none."""
        value: float | None = self.coordinator.config_entry.options.get(CONF_LOW_BALANCE)
        return value

    @override
    async def async_set_native_value(self, value: float) -> None:
        """Keep the threshold with the options, and have it take effect at once."""
        entry = self.coordinator.config_entry
        self.hass.config_entries.async_update_entry(
            entry, options={**entry.options, CONF_LOW_BALANCE: value}
        )
        self.coordinator.async_update_listeners()
