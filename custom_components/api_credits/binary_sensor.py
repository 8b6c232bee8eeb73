"""Binary sensors: the alerts of an account, and what its provider answers with yes or no."""

from collections.abc import Iterator
from typing import Final, override

from homeassistant.components.binary_sensor import BinarySensorDeviceClass, BinarySensorEntity
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .alerts import Alert
from .coordinator import ApiCreditsConfigEntry, ApiCreditsCoordinator
from .entity import ApiCreditsEntity, ReadingEntity, async_add_readings
from .readings import Reading, Role

PARALLEL_UPDATES = 0

ATTR_LAST_READ: Final = "last_read"
KEYS: Final = {
    Alert.LOW: "low_balance",
    Alert.RUNNING_OUT: "running_out",
    Alert.EXHAUSTED: "exhausted",
    Alert.UNREADABLE: "unreadable",
}


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ApiCreditsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the binary sensors of an account."""
    async_add_entities(
        (UnreadableBinarySensor if alert is Alert.UNREADABLE else AlertBinarySensor)(
            entry.runtime_data, alert
        )
        for alert in Alert
    )
    async_add_readings(entry, async_add_entities, _flags)


def _flags(coordinator: ApiCreditsCoordinator, reading: Reading) -> Iterator[ReadingBinarySensor]:
    """Yield the binary sensor of a reading that is one."""
    if reading.kind.role is Role.FLAG:
        yield ReadingBinarySensor(coordinator, reading)


class AlertBinarySensor(ApiCreditsEntity, BinarySensorEntity):
    """Whether an alert holds for the account."""

    _attr_device_class = BinarySensorDeviceClass.PROBLEM

    def __init__(self, coordinator: ApiCreditsCoordinator, alert: Alert) -> None:
        """Name the entity by its alert."""
        super().__init__(coordinator, KEYS[alert])
        self._alert = alert

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether the alert holds; unknown while no balance has been known."""
        return self.coordinator.data.holds(self._alert)

    @override
    def _shown(self) -> object:
        """Return the state."""
        return self.is_on


class UnreadableBinarySensor(AlertBinarySensor):
    """Whether a person has to know that the account cannot be read."""

    @property
    @override
    def available(self) -> bool:
        """Return True: that is known all the more when it cannot be read."""
        return True

    @property
    @override
    def is_on(self) -> bool:
        """Return whether that is so."""
        return self.coordinator.memory.is_unreadable

    @property
    @override
    def extra_state_attributes(self) -> dict[str, str] | None:
        """Return when the account was last read, while that is not now."""
        if self.coordinator.is_read and self.coordinator.last_update_success:
            return None
        seen = [ledger.seen_at for ledger in self.coordinator.memory.ledgers.values()]
        return {ATTR_LAST_READ: max(seen).isoformat()} if seen else None

    @override
    def _shown(self) -> object:
        """Return the state, and when the account was last read."""
        return self.is_on, self.extra_state_attributes


class ReadingBinarySensor(ReadingEntity, BinarySensorEntity):
    """A yes or no that the provider reports."""

    _attr_entity_category = EntityCategory.DIAGNOSTIC

    @property
    @override
    def is_on(self) -> bool | None:
        """Return what the provider says; unknown where it says nothing."""
        return bool(self.reading.value) if self.reading and self.reading.value is not None else None

    @override
    def _shown(self) -> object:
        """Return the state."""
        return self.is_on
