"""What the entities of an account share."""

from collections.abc import Callable

from homeassistant.core import callback
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .const import DOMAIN
from .coordinator import ApiCreditsConfigEntry, ApiCreditsCoordinator
from .readings import Reading, Role


class ApiCreditsEntity(CoordinatorEntity[ApiCreditsCoordinator]):
    """An entity of an account."""

    _attr_has_entity_name = True

    def __init__(self, coordinator: ApiCreditsCoordinator, key: str) -> None:
        """Tie the entity to its account's service device."""
        super().__init__(coordinator)
        entry = coordinator.config_entry
        self._attr_unique_id = f"{entry.entry_id}_{key}"
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, entry.entry_id)},
            name=entry.title,
            manufacturer=coordinator.provider.name,
            configuration_url=coordinator.provider.top_up_url,
            entry_type=DeviceEntryType.SERVICE,
        )


class ReadingEntity(ApiCreditsEntity):
    """An entity that shows one of the account's readings."""

    def __init__(self, coordinator: ApiCreditsCoordinator, reading: Reading) -> None:
        """Name the entity by the reading's kind, and by its scope if there is one."""
        super().__init__(coordinator, reading.key)
        self._key = reading.key
        self._attr_entity_registry_enabled_default = reading.kind.enabled
        self._attr_translation_key = reading.kind.key
        if reading.scope:
            self._attr_translation_key += "_scoped"
            self._attr_translation_placeholders = {"scope": reading.scope}

    @property
    def reading(self) -> Reading | None:
        """Return the reading; None while the provider leaves it out."""
        return self.coordinator.data.readings.get(self._key)


@callback
def async_add_readings(
    entry: ApiCreditsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    entity: Callable[[ApiCreditsCoordinator, Reading], ReadingEntity],
    *,
    flags: bool,
) -> None:
    """Add an entity for each reading, now and whenever the provider reports a new one."""
    coordinator = entry.runtime_data
    known: set[str] = set()

    @callback
    def add_new() -> None:
        if new := coordinator.data.readings.keys() - known:
            known.update(new)
            readings = (coordinator.data.readings[key] for key in sorted(new))
            async_add_entities(
                entity(coordinator, reading)
                for reading in readings
                if (reading.kind.role is Role.FLAG) is flags
            )

    entry.async_on_unload(coordinator.async_add_listener(add_new))
    add_new()
