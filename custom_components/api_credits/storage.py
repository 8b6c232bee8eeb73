"""The file in which the memory of one account is kept."""

import logging
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.storage import Store

from .const import DOMAIN
from .memory import Memory

_LOGGER = logging.getLogger(__name__)

VERSION = 1


class MemoryStore(Store[dict[str, Any]]):
    """A store that would rather begin anew than keep an account from being read."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Name the file by the account's entry."""
        super().__init__(hass, VERSION, f"{DOMAIN}.{entry_id}", atomic_writes=True)

    async def async_load_memory(self) -> Memory | None:
        """Return the memory, empty if there is none yet; None where the file makes no sense."""
        try:
            data = await self.async_load()
            return Memory() if data is None else Memory.from_dict(data)
        except (
            ArithmeticError,
            AttributeError,
            HomeAssistantError,
            KeyError,
            NotImplementedError,
            OSError,
            TypeError,
            ValueError,
        ) as err:
            _LOGGER.warning("Spend and alerts of %s begin anew, its file: %r", self.key, err)
            # Set-up may be tried often: the next time there is a file that makes sense.
            await self.async_save(Memory().as_dict())
            return None
