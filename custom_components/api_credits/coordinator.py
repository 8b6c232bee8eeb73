"""Poll one account, in its turn."""

import asyncio
from datetime import datetime, timedelta
import logging
from typing import Final, override
from zlib import crc32

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from .const import CONF_PROVIDER, CONF_UPDATE_INTERVAL, DOMAIN
from .providers import PROVIDERS
from .providers.errors import (
    InvalidCredentialsError,
    ProviderError,
    RateLimitedError,
    UnreachableError,
)
from .providers.transport import async_get_transport
from .readings import Account

_LOGGER = logging.getLogger(__name__)

QUICK_RETRY: Final = 2.0
LONGEST_PAUSE: Final = timedelta(hours=1)

PAUSED_UNTIL: HassKey[dict[str, datetime]] = HassKey(f"{DOMAIN}_paused_until")
"""By entry, when its provider wants the next request; outlives the coordinator that was told."""

type ApiCreditsConfigEntry = ConfigEntry[ApiCreditsCoordinator]


class ApiCreditsCoordinator(DataUpdateCoordinator[Account]):
    """Fetch the readings of one account."""

    config_entry: ApiCreditsConfigEntry

    def __init__(self, hass: HomeAssistant, entry: ApiCreditsConfigEntry) -> None:
        """Prepare the account's provider and its turn within the interval."""
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
        self._turn = self.interval * (crc32(entry.entry_id.encode()) / 2**32)
        self._unreachable = 0

    @override
    async def _async_update_data(self) -> Account:
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
            raise UpdateFailed(
                translation_domain=DOMAIN,
                translation_key=err.key,
                translation_placeholders=self._placeholders(err),
                retry_after=self._pause(err),
            ) from err
        self._unreachable = 0
        return account

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
        elif isinstance(err, UnreachableError):
            pause = self.provider.min_interval * 2**self._unreachable
            pause = min(pause, max(LONGEST_PAUSE, self.interval))
            self._unreachable = min(self._unreachable + 1, 10)
        else:
            return None
        return pause.total_seconds()

    def _until_next_turn(self) -> timedelta:
        """Return the time until this account's next turn, half an interval away or more.

        Turns follow the wall clock, each account's own, so that many accounts stay spread over
        the interval, also after a restart or an outage that they shared.
        """
        half = self.interval / 2
        now = timedelta(seconds=dt_util.utcnow().timestamp())
        return half + (self._turn - now - half) % self.interval

    def _placeholders(self, err: ProviderError) -> dict[str, str]:
        """Return what the text of an error needs to know."""
        return {"provider": self.provider.name, "detail": str(err)}
