"""The file in which the memory of one account is kept."""

from contextlib import suppress
from pathlib import Path
from typing import Any, Final, override

from homeassistant.core import CoreState, HomeAssistant
from homeassistant.helpers.storage import Store

from .const import DOMAIN
from .records import Memory

VERSION: Final = 1
ASIDE: Final = "unreadable"


class MemoryStore(Store[dict[str, Any]]):
    """A store that knows whether what it was given is on disk."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Name the file by the account's entry."""
        super().__init__(hass, VERSION, f"{DOMAIN}.{entry_id}", atomic_writes=True)
        self._written = False

    @property
    def _aside(self) -> Path:
        """Return where a file that makes no sense is kept."""
        return Path(self.path).with_name(f"{self.key}.{ASIDE}")

    async def async_read(self) -> Memory:
        """Return the memory, empty if there is none yet.

        Raises OSError or HomeAssistantError where the file cannot be read, and KeyError, TypeError,
        AttributeError, ValueError or ArithmeticError where it makes no sense.
        """
        data = await self.async_load()
        return Memory() if data is None else Memory.from_dict(data)

    async def async_write(self, memory: Memory) -> bool:
        """Write the memory, and return whether it is on disk: Store only logs that it is not.

        While Home Assistant stops nothing is written, but once more at its very end.
        """
        if self.hass.state is CoreState.stopping:
            return False
        self._written = False
        await self.async_save(memory.as_dict())
        return self._written

    async def async_put_aside(self) -> str:
        """Rename the file, so that nothing of it is lost, and return its new name."""
        with suppress(OSError):
            await self.hass.async_add_executor_job(Path(self.path).replace, self._aside)
        return self._aside.name

    @override
    async def async_remove(self) -> None:
        """Remove the file, and one that was put aside."""
        await super().async_remove()
        with suppress(OSError):
            await self.hass.async_add_executor_job(self._aside.unlink)

    @override
    async def _async_write_data(self, data: dict[str, Any]) -> None:
        """Write, and note that it worked."""
        await super()._async_write_data(data)
        self._written = True
