"""The one place that does HTTP: bounded in time, in size and in requests at a time."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
import re
from typing import Any, Final

import aiohttp
from yarl import URL

from homeassistant.const import EVENT_HOMEASSISTANT_CLOSE
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers.aiohttp_client import async_create_clientsession
from homeassistant.helpers.singleton import singleton
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from .errors import MalformedError, UnreachableError

MAX_BODY: Final = 1024 * 1024
MAX_REQUESTS_PER_PROVIDER: Final = 3
MIN_RETRY_AFTER: Final = 60.0
MAX_RETRY_AFTER: Final = 24 * 3600.0
TIMEOUT: Final = aiohttp.ClientTimeout(total=15)

_SESSION: HassKey[aiohttp.ClientSession] = HassKey(f"{DOMAIN}_session")
_SLOTS: HassKey[dict[str, asyncio.Semaphore]] = HassKey(f"{DOMAIN}_slots")


@dataclass(frozen=True, kw_only=True, slots=True)
class Response:
    """An answer of the provider itself; `retry_after` in seconds, None where it says nothing."""

    status: int
    body: bytes
    retry_after: float | None


class Transport:
    """The way to one provider, shared by all its accounts."""

    def __init__(self, session: aiohttp.ClientSession, slots: asyncio.Semaphore) -> None:
        """Take the session to use and the requests it may have under way."""
        self._session = session
        self._slots = slots

    async def request(
        self,
        method: str,
        url: URL,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None = None,
        json: Any = None,
        data: Mapping[str, str] | None = None,
    ) -> Response:
        """Return the provider's answer, whatever its status below 500.

        Raises UnreachableError where there is none, MalformedError where it is too large.
        """
        async with self._slots:
            try:
                return await self._request(
                    method, url, headers=headers, params=params, json=json, data=data
                )
            except TimeoutError:
                failure = "timed out"
            except (aiohttp.ClientError, ValueError) as err:
                # A ValueError is about the address of a redirect, which may well be nonsense.
                failure = type(err).__name__
        # Raised out here, so that the error carries no request, and with it no secret, along.
        raise UnreachableError(failure)

    async def _request(self, method: str, url: URL, **kwargs: Any) -> Response:
        """Make one request and read its answer, as far as it is of use."""
        async with self._session.request(
            method, url, allow_redirects=False, timeout=TIMEOUT, **kwargs
        ) as response:
            status = response.status
            if 300 <= status < 400 or status == 408 or status >= 500:
                raise UnreachableError(f"HTTP {status}")
            body = bytearray()
            async for chunk in response.content.iter_any():
                body += chunk
                if len(body) > MAX_BODY:
                    raise MalformedError("larger than 1 MiB")
            return Response(
                status=status,
                body=bytes(body),
                retry_after=parse_retry_after(response.headers.get("Retry-After")),
            )


def parse_retry_after(value: str | None) -> float | None:
    """Return the seconds that a Retry-After header asks for, kept within a minute and a day."""
    if value is None:
        return None
    if re.fullmatch(r"-?\d+", value.strip(), re.ASCII):
        seconds = float(value)
    else:
        try:
            when = parsedate_to_datetime(value)
        except ValueError:
            return None
        seconds = (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return min(max(seconds, MIN_RETRY_AFTER), MAX_RETRY_AFTER)


@callback
def async_get_transport(hass: HomeAssistant, provider: str) -> Transport:
    """Return the way to a provider."""
    slots = hass.data.setdefault(_SLOTS, {})
    if provider not in slots:
        slots[provider] = asyncio.Semaphore(MAX_REQUESTS_PER_PROVIDER)
    return Transport(_async_get_session(hass), slots[provider])


@singleton(_SESSION)
@callback
def _async_get_session(hass: HomeAssistant) -> aiohttp.ClientSession:
    """Return a session on Home Assistant's connector that keeps no cookies.

    A cookie would tie the requests of one account to those of another at the same provider.
    """
    session = async_create_clientsession(
        hass, auto_cleanup=False, cookie_jar=aiohttp.DummyCookieJar()
    )

    @callback
    def detach(_: Event) -> None:
        session.detach()

    hass.bus.async_listen_once(EVENT_HOMEASSISTANT_CLOSE, detach)
    return session
