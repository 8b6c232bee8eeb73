"""The providers by key; a provider's module is imported when an account needs it."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import override

from homeassistant.core import HomeAssistant
from homeassistant.helpers.importlib import async_import_module

from .provider import Provider


class Registry(Mapping[str, type[Provider]]):
    """A light table of names, which finds each provider's class in the module of its key."""

    def __init__(
        self, package: str, names: dict[str, str], others: dict[str, str], fallback: str
    ) -> None:
        """Take the package of the modules, and the providers' names by their keys.

        No answer of the others is their balance (an address of one's own, a report on costs), so
        they have no contract, and are not counted among the providers; the fallback is what
        remains where none fits.
        """
        self.names = names
        self.others = others
        self.fallback = fallback
        self.loaded: dict[str, type[Provider]] = {}
        self._package = package

    @override
    def __getitem__(self, key: str) -> type[Provider]:
        """Return a provider's class; in the event loop only after it has been loaded."""
        if key not in self.choices:
            raise KeyError(key)
        if key not in self.loaded:
            self._keep(key, import_module(f"{self._package}.{key}"))
        return self.loaded[key]

    @override
    def __iter__(self) -> Iterator[str]:
        """Return the keys."""
        return iter(self.names)

    @override
    def __len__(self) -> int:
        """Return how many providers there are."""
        return len(self.names)

    @property
    def choices(self) -> dict[str, str]:
        """Return the names of all that can be chosen, by their keys."""
        return self.names | self.others

    async def async_load(self, hass: HomeAssistant, key: str) -> type[Provider]:
        """Return a provider's class, without a wait for the disk in the event loop."""
        if key in self.choices and key not in self.loaded:
            self._keep(key, await async_import_module(hass, f"{self._package}.{key}"))
        return self[key]

    def find(self, words: str) -> str | None:
        """Return the key of the provider that somebody means by its key or its name."""
        said = words.strip().casefold()
        for key, name in self.choices.items():
            if said in {key, name.casefold()}:
                return key
        return None

    def _keep(self, key: str, module: ModuleType) -> None:
        """Keep the class that stands in a module."""
        (self.loaded[key],) = (
            found
            for found in vars(module).values()
            if isinstance(found, type)
            and issubclass(found, Provider)
            and found.__module__ == module.__name__
        )
