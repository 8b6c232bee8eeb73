"""Poll one account in its turn, and say what follows where it cannot be read."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
import logging
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed, HomeAssistantError
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util

from . import limits
from .alerts import Limits
from .client.errors import (
    InvalidCredentialsError,
    ProviderError,
    RateLimitedError,
    UnknownError,
    UnreachableError,
    UsedUpError,
    let_go,
)
from .client.reports import Calculated
from .const import CONF_NOTES, CONF_PROVIDER, DOMAIN
from .issues import async_show_alerts
from .keeper import async_get_keeper
from .memory import advance, judge, look, miss, recall
from .providers import PROVIDERS
from .readings import Account, without_values
from .records import Memory
from .schedule import FIRST_PAUSE, Turns, pause_after
from .state import AccountState, state_of

_LOGGER = logging.getLogger(__name__)

PATIENCE: Final = 3.0
"""Seconds for which the set-up of an account waits that is known from before."""
QUICK_RETRY: Final = 2.0
READ: Final = f"{DOMAIN}_read_{{}}"
"""The signal that an account, of this entry's id, has been read, whatever was found."""

type ApiCreditsConfigEntry = ConfigEntry[ApiCreditsCoordinator]


class ApiCreditsCoordinator(DataUpdateCoordinator[AccountState]):
    """Fetch the readings of one account; what is remembered of them its keeper keeps."""

    config_entry: ApiCreditsConfigEntry

    def __init__(self, hass: HomeAssistant, entry: ApiCreditsConfigEntry) -> None:
        """Prepare the account's provider and turns."""
        super().__init__(
            hass,
            _LOGGER,
            config_entry=entry,
            name=entry.title,
            always_update=False,
        )
        provider = PROVIDERS[entry.data[CONF_PROVIDER]]
        self.provider = provider.connect(hass, entry.data)
        self.interval = limits.interval(entry.options, provider)
        self.is_read = False
        """Whether the account has been read since it was set up."""
        self.read_at: datetime | None = None
        """When the account was last read, before it was set up too."""
        self._keeper = async_get_keeper(hass, entry)
        self._turns = Turns(entry.entry_id, self.interval)
        self._seen_at: datetime | None = None
        self._hour: datetime | None = None
        self._unreachable = 0
        self._failure: ProviderError | None = None
        self._deadline: asyncio.Timeout | None = None
        self._has_ended = False
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def memory(self) -> Memory:
        """Return the memory, looks that found nothing new included."""
        if self._seen_at:
            self._keeper.memory = look(self._keeper.memory, self.data.account, self._seen_at)
            self._seen_at = None
        return self._keeper.memory

    @property
    def limits(self) -> Limits:
        """Return when the person wants to be warned."""
        options = self.config_entry.options
        return Limits(
            low_balance=limits.low_balance(options),
            low_balances=limits.low_balances(options),
            runway_days=limits.runway_days(options),
        )

    @property
    def paused_until(self) -> datetime | None:
        """Return when the provider wants the next request, if it wants a pause."""
        until = self._keeper.paused_until
        return until if until and until > dt_util.utcnow() else None

    async def async_open(self) -> None:
        """Recall the account, and what it was like when it was last read.

        Raises ConfigEntryNotReady or ConfigEntryError.
        """
        await self._keeper.async_open(self)
        self.config_entry.async_on_unload(
            self.hass.bus.async_listen(EVENT_HOMEASSISTANT_STOP, self._end)
        )
        if account := recall(self.memory, may_owe=self.provider.may_owe):
            self.data = state_of(self.memory, account)
            ledgers = self.memory.ledgers.values()
            self.read_at = max((ledger.seen_at for ledger in ledgers), default=None)

    async def async_first_look(self) -> None:
        """Read the account, and go on without where that takes long: it is known from before."""
        poll = self.config_entry.async_create_background_task(
            self.hass, self._async_look_and_show(), f"{DOMAIN} reads {self.name}"
        )
        await asyncio.wait([poll], timeout=PATIENCE)

    async def _async_look_and_show(self) -> None:
        """Read the account, and have its entities show that it is read.

        What is read may be just what was recalled, which is no change to Home Assistant.
        """
        await self.async_refresh()
        self.async_update_listeners()

    @callback
    def async_start_telling(self) -> None:
        """Tell what is to be told, now that there are entities."""
        self._keeper.async_start_telling()

    @callback
    def async_stop_telling(self) -> None:
        """Keep what is to be told until there are entities again."""
        self._keeper.async_stop_telling()

    async def async_close(self) -> None:
        """Let go of the account."""
        self._end()
        await self._keeper.async_close()

    async def async_read_now(self) -> None:
        """Read the account at once; a poll that is under way will do."""
        if self._idle.is_set():
            await self.async_refresh()
        else:
            await self._idle.wait()

    @override
    async def _async_update_data(self) -> AccountState:
        """Poll the account, and let those know who wait for that."""
        self._idle.clear()
        try:
            return await self._async_poll()
        finally:
            self._idle.set()

    async def _async_poll(self) -> AccountState:
        """Fetch the readings, and say what follows where there are none."""
        self.update_interval = self._turns.until_next()
        outcome = await self._async_fetch()
        if isinstance(outcome, UsedUpError) and self.data:
            outcome = without_values(self.data.account)
        if self._keeper.owner is not self:
            # Unloaded meanwhile: its successor reads for itself.
            return self.data
        if isinstance(outcome, ProviderError):
            if self.data and self._is_over:
                return self.data
            return await self._async_fail(outcome)
        now = self._note_success()
        hour = now.replace(minute=0, second=0, microsecond=0)
        if self.data and outcome is self.data.account and hour == self._hour:
            # Nothing new: the ledgers hear of it when they are next asked.
            self._seen_at = now
            await self._keeper.async_save_if_needed()
            return self.data
        self._hour = hour
        await self._async_remember(advance(self.memory, outcome, now, self.limits))
        return state_of(self.memory, outcome)

    async def async_set_balance(self, provider: Calculated, left: Decimal) -> None:
        """Have so much be left now. Raises HomeAssistantError where that cannot be reckoned from.

        The provider has to say what it reports so far: that is in what the person sees already.
        """
        outcome = await self._async_ask(partial(provider.set_balance, left))
        if self._keeper.owner is not self:
            # Unloaded meanwhile: what its successor has read is newer.
            outcome = UnreachableError("interrupted")
        if isinstance(outcome, ProviderError):
            raise self._refused(outcome)
        memory = advance(self.memory, outcome, self._note_success(), self.limits)
        await self._async_keep_correction(memory)
        if not self.last_update_success:
            # Home Assistant itself says so of polls only.
            _LOGGER.info("Fetching %s data recovered", self.name)
        self.async_set_updated_data(state_of(self.memory, outcome))

    async def async_add_top_up(self, provider: Calculated, paid: Decimal, at: datetime) -> None:
        """Have so much more be there.

        Raises ValueError where that was there before, HomeAssistantError where no balance is known.
        """
        provider.notes = self.memory.notes or provider.notes
        try:
            provider.add_top_up(paid, at)
        except ProviderError as err:
            raise self._refused(err) from None
        await self._async_keep_correction(replace(self.memory, notes=provider.notes))
        await self.async_refresh()

    async def _async_keep_correction(self, memory: Memory) -> None:
        """Keep what a person has said, also for the case that the memory is lost."""
        entry = self.config_entry
        self.hass.config_entries.async_update_entry(
            entry, data={**entry.data, CONF_NOTES: memory.notes}
        )
        await self._keeper.async_remember(memory, at_once=True)
        self._show_alerts()

    async def async_change_options(self, options: Mapping[str, Any]) -> None:
        """Keep other options, and have them take effect; only another interval needs a reload."""
        self.hass.config_entries.async_update_entry(self.config_entry, options=options)
        if limits.interval(options, type(self.provider)) != self.interval:
            self.hass.config_entries.async_schedule_reload(self.config_entry.entry_id)
            return
        account = self.data.account
        await self._async_remember(judge(self.memory, account, dt_util.utcnow(), self.limits))
        self.data = state_of(self.memory, account)
        self.async_update_listeners()

    def _note_success(self) -> datetime:
        """Note that the account could be read, and return when."""
        self._unreachable = 0
        self._failure = None
        self.is_read = True
        self.read_at = now = dt_util.utcnow()
        async_dispatcher_send(self.hass, READ.format(self.config_entry.entry_id))
        return now

    async def _async_remember(self, memory: Memory) -> None:
        """Keep a memory, and show what follows from it."""
        await self._keeper.async_remember(memory)
        self._show_alerts()

    async def _async_fail(self, err: ProviderError) -> AccountState:
        """Remember that the account could not be read, and raise what Home Assistant has for it."""
        placeholders = self._about(err)
        refused = isinstance(err, InvalidCredentialsError)
        self._failure = None if refused else err
        if self.data:
            after = limits.unreadable_after(self.config_entry.options)
            was = self.memory.is_unreadable
            await self._async_remember(
                miss(self.memory, dt_util.utcnow(), refused=refused, after=after)
            )
            if self.memory.is_unreadable and not was:
                self.async_update_listeners()
        if refused:
            # No turn until there is another key, not even one that was taken before the answer.
            self.update_interval = None
            self._async_unsub_refresh()
            raise ConfigEntryAuthFailed(
                translation_domain=DOMAIN,
                translation_key=err.key,
                translation_placeholders=placeholders,
            )
        raise UpdateFailed(
            translation_domain=DOMAIN,
            translation_key=err.key,
            translation_placeholders=placeholders,
            retry_after=self._pause(err),
        )

    def _refused(self, err: ProviderError) -> HomeAssistantError:
        """Return what a person is told whose wish could not be fulfilled."""
        return HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key=err.key,
            translation_placeholders=self._about(err),
        )

    def _about(self, err: ProviderError) -> dict[str, str]:
        """Return what the texts of an error need to know."""
        return {"provider": self.provider.name, "detail": str(err)}

    @callback
    def _show_alerts(self) -> None:
        """Show as repair issues what a person has to do something about."""
        async_show_alerts(
            self.hass, self.config_entry, self.provider, self.memory, self.limits, self._failure
        )

    async def _async_fetch(self) -> Account | ProviderError:
        """Fetch once, and quickly once more where the provider could not be reached.

        An error is returned and not raised, so that it holds on to nothing that led to it.
        """
        if until := self.paused_until:
            return RateLimitedError("HTTP 429", (until - dt_util.utcnow()).total_seconds())
        outcome = await self._async_ask()
        # At set-up Home Assistant itself tries again, and waits for us until then.
        if isinstance(outcome, UnreachableError) and self.is_read and not self._is_over:
            await asyncio.sleep(QUICK_RETRY)
            outcome = await self._async_ask()
        return outcome

    async def _async_ask(
        self, ask: Callable[[], Awaitable[Account]] | None = None
    ) -> Account | ProviderError:
        """Ask the provider, unless Home Assistant ends or lets go of the account meanwhile.

        It is given what it wanted to be remembered.
        """
        self.provider.notes = self.memory.notes or self.provider.notes
        try:
            async with asyncio.timeout(None) as self._deadline:
                return await (ask or self.provider.fetch)()
        except ProviderError as err:
            return err.with_traceback(None)
        except TimeoutError:
            return UnreachableError("interrupted")
        except Exception as err:
            if self.last_update_success:
                _LOGGER.exception("Unexpected error reading %s", self.name)
            let_go(err)
            return UnknownError(type(err).__name__)
        finally:
            self._deadline = None

    @property
    def _is_over(self) -> bool:
        """Return whether nobody waits for an answer any more."""
        return self._has_ended or self._keeper.owner is not self

    @callback
    def _end(self, _: Event | None = None) -> None:
        """Hand over what was seen, and wait no longer for an answer that nobody will read."""
        self._has_ended = True
        self._keeper.memory = self.memory
        if self._deadline:
            self._deadline.reschedule(self.hass.loop.time())

    def _pause(self, err: ProviderError) -> float | None:
        """Return the seconds until the next poll where it is not the usual time."""
        if isinstance(err, RateLimitedError) and err.retry_after:
            pause = timedelta(seconds=err.retry_after)
            self._keeper.paused_until = dt_util.utcnow() + pause
            # Home Assistant leaves out fractions of a second: it must not wake up too early.
            return (pause + timedelta(seconds=1)).total_seconds()
        if isinstance(err, UnreachableError) and self.data:
            self._unreachable += 1
            shortest = self.provider.min_interval if self.is_read else FIRST_PAUSE
            return pause_after(self._unreachable, shortest).total_seconds()
        return None
