"""What outlives a coordinator: one keeper an account, over reloads, for as long as it exists.

It keeps the memory, alone writes its file, and has told what is on disk. What is to be told, or
decides what will be, is written at once, and mere spend within `SPEND_SAVED_AFTER` seconds: the
balance of the next look says it again. A memory that could not be written is tried again after
`RETRY` seconds and at every poll. Should that fail too, what is pending is told all the same, and
a repair issue says that it may come twice.
"""

import asyncio
from datetime import datetime
import logging
from typing import TYPE_CHECKING, Final

from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE, EVENT_HOMEASSISTANT_STOP
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.exceptions import (
    ConfigEntryError,
    ConfigEntryNotReady,
    HomeAssistantError,
    UnsupportedStorageVersionError,
)
from homeassistant.helpers.event import async_call_later
from homeassistant.util.hass_dict import HassKey

from .announcer import Announcer
from .const import DOMAIN
from .issues import NOT_SAVED, async_clear_issues, async_raise_not_saved
from .memory import acknowledge
from .records import Announcement, Memory
from .storage import MemoryStore

if TYPE_CHECKING:
    from .coordinator import ApiCreditsConfigEntry

_LOGGER = logging.getLogger(__name__)

RETRY: Final = 5.0
SPEND_SAVED_AFTER: Final = 3600.0
MAKES_NO_SENSE: Final = (
    ArithmeticError,
    AttributeError,
    KeyError,
    NotImplementedError,
    TypeError,
    ValueError,
)
"""What reading a file raises that nobody of ours has written, an older version's included."""

_KEEPERS: HassKey[dict[str, Keeper]] = HassKey(f"{DOMAIN}_keepers")


class Keeper:
    """Keeps the memory of one account in step with its file and its announcements."""

    def __init__(self, hass: HomeAssistant, entry: ApiCreditsConfigEntry) -> None:
        """Begin with nothing."""
        self.memory = Memory()
        self.owner: object | None = None
        """The coordinator that is loaded: what another one still has to say does not count."""
        self.paused_until: datetime | None = None
        """When the provider wants the next request."""
        self._hass = hass
        self._entry = entry
        self._store = MemoryStore(hass, entry.entry_id)
        self._lock = asyncio.Lock()
        self._written: Memory | None = None
        self._is_forgotten = False
        self._failures = 0
        self._unsub_save: CALLBACK_TYPE | None = None
        self._announcer = Announcer(hass, entry.entry_id, self._acted_on, self._tell)
        self._unsub = [
            hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, self._stop),
            hass.bus.async_listen_once(EVENT_HOMEASSISTANT_FINAL_WRITE, self._async_save_finally),
        ]

    @property
    def is_saved(self) -> bool:
        """Return whether the memory is on disk as it is."""
        return self.memory == self._written

    async def async_open(self, owner: object) -> None:
        """Recall the account for a coordinator, from disk unless there is more to know here.

        Raises ConfigEntryNotReady where the file cannot be read just now, ConfigEntryError where a
        newer version has written it.
        """
        async with self._lock:
            if self._written is None or self.is_saved:
                self.memory = self._written = await self._async_read()
            self.owner = owner

    async def _async_read(self) -> Memory:
        """Return what is on disk. A file that makes no sense is put aside."""
        try:
            return await self._store.async_read()
        except UnsupportedStorageVersionError as err:
            raise ConfigEntryError(
                translation_domain=DOMAIN, translation_key="memory_from_newer_version"
            ) from err
        except MAKES_NO_SENSE as err:
            aside = await self._store.async_put_aside()
            _LOGGER.warning(
                "What was remembered of %s makes no sense, so spend and alerts begin anew: %r."
                " The file is kept as %s",
                self._entry.title,
                err,
                aside,
            )
            return Memory()
        except OSError, HomeAssistantError:
            pass
        # Raised out here: what the file system says is in the log already.
        raise ConfigEntryNotReady(translation_domain=DOMAIN, translation_key="memory_not_read")

    async def async_remember(self, memory: Memory, *, at_once: bool = False) -> None:
        """Keep a memory, and have it on disk before anything is told of it.

        What nobody will say again has to be on disk `at_once`.
        """
        self.memory = memory
        if at_once:
            await self._async_save()
        else:
            await self.async_save_if_needed()

    async def async_save_if_needed(self) -> None:
        """Write the memory, at once or later, if it is not on disk as it is."""
        if self.is_saved:
            return
        if self._failures or self._written is None or self._is_urgent(self._written):
            await self._async_save()
        elif self._unsub_save is None:
            self._save_in(SPEND_SAVED_AFTER)

    @callback
    def async_start_telling(self) -> None:
        """Tell what is pending, now that there is an entity that tells it."""
        self._announcer.async_start()

    @callback
    def async_stop_telling(self) -> None:
        """Tell nothing more for now; what was told may still be acted on."""
        self._announcer.async_pause()

    async def async_close(self) -> None:
        """Let go of the coordinator."""
        self.owner = None
        await self._async_save()

    async def async_forget(self) -> None:
        """Forget the account, and remove its file."""
        self.owner = None
        self._stop()
        for unsub in self._unsub:
            unsub()
        self._hass.data[_KEEPERS].pop(self._entry.entry_id, None)
        async with self._lock:
            self._is_forgotten = True
            await self._store.async_remove()

    async def _async_save(self) -> None:
        """Write the memory, then tell what is on disk; after two failures, tell it all the same."""
        async with self._lock:
            if self._is_forgotten or self._written is None:
                # What is on disk is not known: it may be more than there is here.
                return
            self._cancel_save()
            memory = self.memory
            if await self._store.async_write(memory):
                self._written = memory
                self._failures = 0
                async_clear_issues(self._hass, self._entry.entry_id, NOT_SAVED)
            elif not self._hass.is_stopping:
                self._failures += 1
        if self._failures == 1:
            self._save_in(RETRY)
        elif self._failures == 2:
            async_raise_not_saved(self._hass, self._entry)
        # Once the entities have shown it.
        self._hass.loop.call_soon(self._tell)

    @callback
    def _tell(self) -> None:
        """Tell what is pending and safe."""
        safe = self.memory if self._failures > 1 else self._written
        if self.owner and safe:
            self._announcer.async_tell(
                pending for pending in self.memory.pending if pending in safe.pending
            )

    @callback
    def _acted_on(self, announcement: Announcement) -> None:
        """Remember that an announcement need not be told again."""
        self.memory = acknowledge(self.memory, [announcement])
        self._hass.async_create_task(self.async_save_if_needed())

    def _is_urgent(self, written: Memory) -> bool:
        """Return whether more than spend has changed since something was written."""
        memory = self.memory
        return (memory.pending, memory.alerts, memory.is_unreadable, memory.shape) != (
            written.pending,
            written.alerts,
            written.is_unreadable,
            written.shape,
        )

    @callback
    def _save_in(self, seconds: float) -> None:
        """Write in a while, without waiting for a poll."""

        @callback
        def save(_: datetime) -> None:
            self._unsub_save = None
            if not self._hass.is_stopping:
                self._hass.async_create_task(self._async_save())

        self._cancel_save()
        self._unsub_save = async_call_later(self._hass, seconds, save)

    @callback
    def _cancel_save(self) -> None:
        """Do not write what is written meanwhile."""
        if self._unsub_save:
            self._unsub_save()
            self._unsub_save = None

    @callback
    def _stop(self, _: Event | None = None) -> None:
        """Tell no more, and wait for nothing."""
        self._announcer.async_stop()
        self._cancel_save()

    async def _async_save_finally(self, _: Event) -> None:
        """Write the memory once more as Home Assistant ends."""
        if self.owner or not self.is_saved:
            await self._async_save()


@callback
def async_get_keeper(hass: HomeAssistant, entry: ApiCreditsConfigEntry) -> Keeper:
    """Return the keeper of an account."""
    keepers = hass.data.setdefault(_KEEPERS, {})
    if entry.entry_id not in keepers:
        keepers[entry.entry_id] = Keeper(hass, entry)
    return keepers[entry.entry_id]
