"""What the entities of an account share."""

from abc import abstractmethod
from collections.abc import Callable, Iterable
from typing import Final, override

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .const import DOMAIN
from .coordinator import ApiCreditsConfigEntry, ApiCreditsCoordinator
from .readings import Reading

MOST_ENTITIES: Final = 300
"""More than any account that is one comes to have in its life."""


class ApiCreditsEntity(CoordinatorEntity[ApiCreditsCoordinator]):
    """An entity of an account."""

    _attr_has_entity_name = True

    def __init__(
        self, coordinator: ApiCreditsCoordinator, key: str, scope: str | None = None
    ) -> None:
        """Name the entity by its key, and by its scope if there is one, on the account's device."""
        super().__init__(coordinator)
        entry = coordinator.config_entry
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, entry.entry_id)},
            name=entry.title,
            manufacturer=coordinator.provider.name,
            configuration_url=coordinator.provider.top_up_url,
            entry_type=DeviceEntryType.SERVICE,
        )
        self._attr_unique_id = f"{entry.entry_id}_{key}"
        self._attr_translation_key = key
        if scope:
            self._attr_unique_id += f"_{scope.lower()}"
            self._attr_translation_key += "_scoped"
            self._attr_translation_placeholders = {"scope": scope}
        self._written: object = None

    @property
    @override
    def available(self) -> bool:
        """Return whether the account has been read: what is recalled of it says little."""
        return super().available and self.coordinator.is_read

    @override
    async def async_added_to_hass(self) -> None:
        """Listen to polls, with what is about to be written."""
        await super().async_added_to_hass()
        self._written = (self.available, self._shown())

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Write the state if it is another one: most polls change few of an account's."""
        if self._written != (shown := (self.available, self._shown())):
            self._written = shown
            super()._handle_coordinator_update()

    @abstractmethod
    def _shown(self) -> object:
        """Return all that the state shows."""


class ReadingEntity(ApiCreditsEntity):
    """An entity that shows one of the account's readings."""

    def __init__(self, coordinator: ApiCreditsCoordinator, reading: Reading) -> None:
        """Name the entity by the reading's kind."""
        super().__init__(coordinator, reading.kind.key, reading.scope)
        self._key = reading.key
        self._attr_entity_registry_enabled_default = reading.kind.enabled

    @property
    def reading(self) -> Reading | None:
        """Return the reading; None while the provider leaves it out."""
        return self.coordinator.data.account.readings.get(self._key)


@callback
def async_add_readings(
    entry: ApiCreditsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    entities: Callable[[ApiCreditsCoordinator, Reading], Iterable[ApiCreditsEntity]],
) -> None:
    """Add the entities of each reading, now and whenever the provider reports a new one.

    A provider that names others at every poll does not get more and more of them.
    """
    coordinator = entry.runtime_data
    known: set[str] = set()

    @callback
    def add_new() -> None:
        readings = coordinator.data.account.readings
        if not (new := sorted(readings.keys() - known)):
            return
        registry = er.async_get(coordinator.hass)
        there = {
            entity.unique_id
            for entity in er.async_entries_for_config_entry(registry, entry.entry_id)
        }
        added: list[ApiCreditsEntity] = []
        for key in new:
            made = list(entities(coordinator, readings[key]))
            ids = {entity.unique_id for entity in made if entity.unique_id}
            if ids <= there or len(there | ids) <= MOST_ENTITIES:
                there |= ids
                known.add(key)
                added += made
        async_add_entities(added)

    entry.async_on_unload(coordinator.async_add_listener(add_new))
    add_new()


def all_ours(hass: HomeAssistant) -> set[str]:
    """Return the entities of all accounts."""
    registry = er.async_get(hass)
    return {
        entity.entity_id
        for entry in hass.config_entries.async_entries(DOMAIN)
        for entity in er.async_entries_for_config_entry(registry, entry.entry_id)
    }


def only_ours(hass: HomeAssistant, entities: Iterable[str], key: str) -> set[str]:
    """Return those of some entities that are an account's own of this name."""
    registry = er.async_get(hass)
    return {
        entity_id
        for entity_id in entities
        if (entity := registry.async_get(entity_id))
        and entity.platform == DOMAIN
        and entity.translation_key == key
    }
