"""Poll one account in its turn, remember what was seen, and tell what is worth telling."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
import logging
from time import time
from typing import Final, override
from zlib import crc32

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import CoreState, Event, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.start import async_at_started
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey
from homeassistant.util.signal_type import SignalTypeFormat

from .alerts import Alert, Limits
from .client.errors import (
    InvalidCredentialsError,
    ProviderError,
    RateLimitedError,
    UnreachableError,
)
from .client.transport import async_get_transport
from .const import (
    CONF_LOW_BALANCE,
    CONF_PROVIDER,
    CONF_RUNWAY_DAYS,
    CONF_UPDATE_INTERVAL,
    DOMAIN,
)
from .issues import (
    EXHAUSTED,
    LOW_BALANCE,
    MEMORY_LOST,
    UNREADABLE,
    async_clear_issues,
    async_raise_issue,
)
from .memory import AccountState, Announcement, Memory, advance, judge, look, state_of
from .providers import PROVIDERS
from .readings import Account, format_amount
from .storage import MemoryStore

_LOGGER = logging.getLogger(__name__)

QUICK_RETRY: Final = 2.0
LONGEST_PAUSE: Final = timedelta(hours=1)
UNREADABLE_AFTER: Final = timedelta(days=1)
TRIGGERS_ATTACHED_AFTER: Final = 10.0
"""Seconds from the start of Home Assistant until automations can be taken to listen."""

ACTED_AFTER: Final = 0.5
"""Seconds until automations that heard of something can be taken to have acted."""

PAUSED_UNTIL: HassKey[dict[str, datetime]] = HassKey(f"{DOMAIN}_paused_until")
"""By entry, when its provider wants the next request; outlives the coordinator that was told."""
UNREAD_SINCE: HassKey[dict[str, datetime]] = HassKey(f"{DOMAIN}_unread_since")
"""By entry, since when no poll has worked."""
RUNWAY_DAYS: HassKey[dict[str, float | None]] = HassKey(f"{DOMAIN}_runway_days")
"""By entry, the limit with which running out was last judged."""
ANNOUNCEMENT: SignalTypeFormat[Announcement] = SignalTypeFormat(f"{DOMAIN}_announcement_{{}}")
"""By entry, what is to be told of its account now."""

type ApiCreditsConfigEntry = ConfigEntry[ApiCreditsCoordinator]


class ApiCreditsCoordinator(DataUpdateCoordinator[AccountState]):
    """Fetch the readings of one account, and keep its memory."""

    config_entry: ApiCreditsConfigEntry

    def __init__(self, hass: HomeAssistant, entry: ApiCreditsConfigEntry) -> None:
        """Prepare the account's provider, memory and turn within the interval."""
        super().__init__(
            hass,
            _LOGGER,
            config_entry=entry,
            name=entry.title,
            always_update=False,
        )
        provider = PROVIDERS[entry.data[CONF_PROVIDER]]
        self.provider = provider(async_get_transport(hass, provider.key), entry.data)
        self.interval = max(
            timedelta(minutes=entry.options[CONF_UPDATE_INTERVAL])
            if CONF_UPDATE_INTERVAL in entry.options
            else provider.default_interval,
            provider.min_interval,
        )
        self._memory = Memory()
        self._seen_at: datetime | None = None
        self._store = MemoryStore(hass, entry.entry_id)
        self._seconds = self.interval.total_seconds()
        self._turn = self._seconds * crc32(entry.entry_id.encode()) / 2**32
        self._hour: datetime | None = None
        self._unreachable = 0
        self._heard = False
        self._telling: tuple[Announcement, ...] = ()

    @property
    def memory(self) -> Memory:
        """Return the memory, looks that found nothing new included."""
        if self._seen_at:
            self._memory = look(self._memory, self.data.account, self._seen_at)
            self._seen_at = None
        return self._memory

    @property
    def limits(self) -> Limits:
        """Return when the person wants to be warned."""
        options = self.config_entry.options
        low_balance = options.get(CONF_LOW_BALANCE)
        return Limits(
            low_balance=None if low_balance is None else Decimal(str(low_balance)),
            runway_days=options.get(CONF_RUNWAY_DAYS),
        )

    @override
    async def _async_setup(self) -> None:
        """Recall the account."""
        memory = await self._store.async_load_memory()
        if memory is None:
            self._raise_issue(MEMORY_LOST)
        self._memory = memory or Memory()
        self._show_issues()
        self.config_entry.async_on_unload(
            self.hass.bus.async_listen(EVENT_HOMEASSISTANT_FINAL_WRITE, self.async_save)
        )

    @override
    async def _async_update_data(self) -> AccountState:
        """Fetch the readings, and say what follows when there are none."""
        self.update_interval = self._until_next_turn()
        try:
            account = await self._async_fetch()
        except InvalidCredentialsError as err:
            raise ConfigEntryAuthFailed(
                translation_domain=DOMAIN,
                translation_key=err.key,
                translation_placeholders=self._placeholders(err),
            ) from err
        except ProviderError as err:
            self._note_unread(str(err))
            raise UpdateFailed(
                translation_domain=DOMAIN,
                translation_key=err.key,
                translation_placeholders=self._placeholders(err),
                retry_after=self._pause(err),
            ) from err
        except Exception as err:
            self._note_unread(type(err).__name__)
            raise
        self._unreachable = 0
        if self.hass.data.get(UNREAD_SINCE, {}).pop(self.config_entry.entry_id, None):
            async_clear_issues(self.hass, self.config_entry.entry_id, UNREADABLE)
        now = dt_util.utcnow()
        hour = now.replace(minute=0, second=0, microsecond=0)
        if self.data and account is self.data.account and hour == self._hour:
            # Nothing new: the ledgers hear of it when they are next asked.
            self._seen_at = now
            return self.data
        self._hour = hour
        await self._async_remember(
            advance(self.memory, account, now, self.limits, held=self._held())
        )
        return state_of(self.memory, account)

    async def async_limits_changed(self) -> None:
        """Have a limit that a person moved take effect at once."""
        memory = judge(
            self.memory, self.data.account, dt_util.utcnow(), self.limits, held=self._held()
        )
        await self._async_remember(memory)
        self.data = state_of(self.memory, self.data.account)
        self.async_update_listeners()

    def _held(self) -> dict[str, frozenset[Alert]]:
        """Return the alerts that may hold on: none where a person has moved the days since.

        What holds on a little longer does so for the sake of an estimate, not of a person.
        """
        judged = self.hass.data.setdefault(RUNWAY_DAYS, {})
        days = self.limits.runway_days
        before = judged.get(self.config_entry.entry_id, days)
        judged[self.config_entry.entry_id] = days
        return self.memory.alerts if before == days else {}

    @callback
    def async_start_announcing(self) -> None:
        """Tell what is to be told from the moment on that automations can hear it."""
        grace = 0.0 if self.hass.state is CoreState.running else TRIGGERS_ATTACHED_AFTER

        @callback
        def heard(_: datetime) -> None:
            self._heard = True
            self._announce()

        @callback
        def started(_: HomeAssistant) -> None:
            self.config_entry.async_on_unload(async_call_later(self.hass, grace, heard))

        self.config_entry.async_on_unload(async_at_started(self.hass, started))

    @callback
    def async_stop_announcing(self) -> None:
        """Keep what is to be told until there is an entity again that tells it."""
        self._heard = False

    async def async_save(self, _: Event | None = None) -> None:
        """Write the memory."""
        await self._store.async_save(self.memory.as_dict())

    async def _async_save_all(self) -> None:
        """Write the memory, with what automations may not have acted on yet as still to tell."""
        memory = replace(self._memory, pending=(*self._telling, *self._memory.pending))
        await self._store.async_save(memory.as_dict())

    async def _async_remember(self, memory: Memory) -> None:
        """Keep a memory, on disk before anything is told of it."""
        changed = memory != self._memory
        self._memory = memory
        if changed:
            await self._async_save_all()
            self._show_issues()
            self._announce()

    @callback
    def _announce(self) -> None:
        """Tell what is pending, after the entities have shown it."""
        if self.memory.pending:
            self.config_entry.async_create_task(
                self.hass, self._async_announce(), eager_start=False
            )

    async def _async_announce(self) -> None:
        """Tell what is pending, and remember that it was once automations have acted on it.

        Should the machine die in between, it is told again: twice is better than never.
        """
        if self._heard and not self.hass.is_stopping:
            pending = self.memory.pending
            self._memory = replace(self.memory, pending=())
            self._telling += pending
            signal = ANNOUNCEMENT.format(self.config_entry.entry_id)
            for announcement in pending:
                async_dispatcher_send(self.hass, signal, announcement)
            if pending:
                await asyncio.sleep(ACTED_AFTER)
                self._telling = self._telling[len(pending) :]
                await self._async_save_all()

    @callback
    def _show_issues(self) -> None:
        """Show the account's alerts as repair issues, and take back those that are over."""
        alerts = {alert for held in self.memory.alerts.values() for alert in held}
        shown = (
            EXHAUSTED if Alert.EXHAUSTED in alerts else LOW_BALANCE if Alert.LOW in alerts else None
        )
        for issue in (EXHAUSTED, LOW_BALANCE):
            if issue == shown:
                self._raise_issue(issue)
            else:
                async_clear_issues(self.hass, self.config_entry.entry_id, issue)

    def _note_unread(self, detail: str) -> None:
        """Begin to count, and ask a person for help once an account is unread for long."""
        now = dt_util.utcnow()
        unread_since = self.hass.data.setdefault(UNREAD_SINCE, {})
        if now - unread_since.setdefault(self.config_entry.entry_id, now) >= UNREADABLE_AFTER:
            self._raise_issue(UNREADABLE, detail=detail)

    @callback
    def _raise_issue(self, issue: str, **placeholders: str) -> None:
        """Show an issue of this account."""
        balances = (
            format_amount(ledger.balance, ledger.unit) for ledger in self.memory.ledgers.values()
        )
        async_raise_issue(
            self.hass,
            issue,
            self.config_entry.entry_id,
            self.provider.top_up_url,
            {
                "account": self.config_entry.title,
                "balances": ", ".join(balances) or "–",
                "provider": self.provider.name,
                **placeholders,
            },
        )

    async def _async_fetch(self) -> Account:
        """Fetch once, and quickly once more where the provider could not be reached."""
        paused = self.hass.data.setdefault(PAUSED_UNTIL, {})
        if until := paused.get(self.config_entry.entry_id):
            if (pause := (until - dt_util.utcnow()).total_seconds()) > 0:
                raise RateLimitedError("HTTP 429", pause)
            del paused[self.config_entry.entry_id]
        try:
            return await self.provider.fetch()
        except UnreachableError:
            # At set-up Home Assistant itself tries again, and waits for us until then.
            if not self.data:
                raise
        await asyncio.sleep(QUICK_RETRY)
        return await self.provider.fetch()

    def _pause(self, err: ProviderError) -> float | None:
        """Return the seconds until the next poll where it is not the usual time."""
        if isinstance(err, RateLimitedError) and err.retry_after:
            pause = timedelta(seconds=err.retry_after)
            self.hass.data[PAUSED_UNTIL][self.config_entry.entry_id] = dt_util.utcnow() + pause
            # Home Assistant leaves out fractions of a second: it must not wake up too early.
            pause += timedelta(seconds=1)
        elif isinstance(err, UnreachableError):
            pause = self.provider.min_interval * 2**self._unreachable
            pause = min(pause, LONGEST_PAUSE)
            self._unreachable = min(self._unreachable + 1, 10)
        else:
            return None
        return pause.total_seconds()

    def _until_next_turn(self) -> timedelta:
        """Return the time until this account's next turn, half an interval away or more.

        Turns follow the wall clock, each account's own, so that many accounts stay spread over
        the interval, also after a restart or an outage that they shared.
        """
        half = self._seconds / 2
        return timedelta(seconds=half + (self._turn - time() - half) % self._seconds)

    def _placeholders(self, err: ProviderError) -> dict[str, str]:
        """Return what the text of an error needs to know."""
        return {"provider": self.provider.name, "detail": str(err)}
