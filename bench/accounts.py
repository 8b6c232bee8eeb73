"""Accounts of ours, and what stands for one of them otherwise."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
import logging
from types import MappingProxyType
from typing import Any, Final, override

import aiohttp

from custom_components.api_credits.client.transport import (
    MAX_REQUESTS_PER_PROVIDER,
)
from custom_components.api_credits.const import CONF_LOW_BALANCE, CONF_PROVIDER, DOMAIN
from custom_components.api_credits.coordinator import ApiCreditsConfigEntry, ApiCreditsCoordinator
from custom_components.api_credits.providers import PROVIDERS
from homeassistant.components.rest.sensor import PLATFORM_SCHEMA
from homeassistant.components.sensor import DATA_COMPONENT, SensorEntity
from homeassistant.config_entries import SOURCE_USER, ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.aiohttp_client import async_create_clientsession
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator

from .endpoints import Endpoint

_LOGGER: Final = logging.getLogger(__name__)
_RARELY: Final = timedelta(hours=6)


def credentials(endpoint: Endpoint, key: str) -> dict[str, Any]:
    """Return what our config flow keeps of an account."""
    return {CONF_PROVIDER: endpoint.provider, "api_key": key, **endpoint.config}


def headers(hass: HomeAssistant, endpoint: Endpoint, key: str) -> dict[str, str]:
    """Return the headers that our own request has."""
    return PROVIDERS[endpoint.provider].connect(hass, credentials(endpoint, key)).headers


async def add_ours(
    hass: HomeAssistant, endpoints: Iterable[Endpoint], key: str
) -> list[ApiCreditsCoordinator]:
    """Set up an account for each endpoint, all at once as at a start of Home Assistant."""
    entries: list[ApiCreditsConfigEntry] = [
        ConfigEntry(
            data=credentials(endpoint, key),
            discovery_keys=MappingProxyType({}),
            domain=DOMAIN,
            minor_version=1,
            options={CONF_LOW_BALANCE: 20.0},
            source=SOURCE_USER,
            subentries_data=None,
            title=f"Ours {key} {number}",
            unique_id=f"{key}_{endpoint.provider}_{number}",
            version=1,
        )
        for number, endpoint in enumerate(endpoints)
    ]
    for entry in entries:
        hass.config_entries._entries[entry.entry_id] = entry  # noqa: SLF001
    await asyncio.gather(*(hass.config_entries.async_setup(entry.entry_id) for entry in entries))
    await hass.async_block_till_done()
    return [entry.runtime_data for entry in entries]


async def add_rest(
    hass: HomeAssistant, endpoints: Iterable[Endpoint], key: str
) -> list[SensorEntity]:
    """Set up a `rest` sensor for each endpoint, with as few requests at a time as ours have."""
    component = hass.data[DATA_COMPONENT]
    slots = defaultdict[str, asyncio.Semaphore](
        lambda: asyncio.Semaphore(MAX_REQUESTS_PER_PROVIDER)
    )

    async def add(number: int, endpoint: Endpoint) -> str:
        """Set up one sensor and return its entity id."""
        config = {
            "platform": "rest",
            "name": f"Rest {key} {number}",
            "unique_id": f"{key}_{number}",
            "resource": endpoint.url,
            "headers": headers(hass, endpoint, key),
            "value_template": endpoint.value_template,
            "unit_of_measurement": "credits",
            "state_class": "measurement",
            "scan_interval": _RARELY,
        }
        async with slots[endpoint.provider]:
            await component.async_setup_platform("rest", PLATFORM_SCHEMA(config))
        return f"sensor.rest_{key}_{number}"

    added = await asyncio.gather(*(add(*numbered) for numbered in enumerate(endpoints)))
    await hass.async_block_till_done()
    return [entity for entity_id in added if (entity := component.get_entity(entity_id))]


class MinimalCoordinator(DataUpdateCoordinator[Any]):
    """The least that polls: our request, and one listener."""

    def __init__(self, hass: HomeAssistant, endpoint: Endpoint, key: str) -> None:
        """Use a session like ours."""
        super().__init__(
            hass,
            _LOGGER,
            config_entry=None,
            name=endpoint.provider,
            update_interval=_RARELY,
            always_update=False,
        )
        self._url = endpoint.url
        self._headers = headers(hass, endpoint, key)
        self._session = async_create_clientsession(hass, cookie_jar=aiohttp.DummyCookieJar())
        self.async_add_listener(self._ignore)

    @callback
    def _ignore(self) -> None:
        """Do nothing with new data."""

    @override
    async def _async_update_data(self) -> Any:
        async with self._session.get(self._url, headers=self._headers) as response:
            return await response.json()
