"""The one place that does HTTP: bounded in time, in size and in requests at a time."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
import re
from typing import Any, Final

import aiohttp
from aiohttp.hdrs import USER_AGENT
from yarl import URL

from homeassistant.const import EVENT_HOMEASSISTANT_CLOSE
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers.aiohttp_client import (
    DATA_RESOLVER,
    SERVER_SOFTWARE,
    HomeAssistantTCPConnector,
    async_get_clientsession,
)
from homeassistant.helpers.singleton import singleton
from homeassistant.util import ssl as ssl_util
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from .errors import MalformedError, UnreachableError

MAX_BODY: Final = 1024 * 1024
MAX_HEADER: Final = 64 * 1024
MAX_REQUESTS_PER_PROVIDER: Final = 3
MIN_RETRY_AFTER: Final = 60.0
MAX_RETRY_AFTER: Final = 24 * 3600.0
TIMEOUT: Final = aiohttp.ClientTimeout(total=15)

_SESSION: HassKey[aiohttp.ClientSession] = HassKey(f"{DOMAIN}_session")
_LINES: HassKey[dict[str, Line]] = HassKey(f"{DOMAIN}_lines")


@dataclass(frozen=True, kw_only=True, slots=True)
class Response:
    """An answer of the provider itself; `retry_after` in seconds, None where it says nothing."""

    status: int
    body: bytes
    retry_after: float | None


class Line:
    """Those who want something of one provider: a few at a time, while the others wait in line."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self.slots = asyncio.Semaphore(MAX_REQUESTS_PER_PROVIDER)
        self.answers = 0
        self.timeouts = 0


class Transport:
    """The way to one provider, shared by all its accounts."""

    def __init__(self, open_session: Callable[[], aiohttp.ClientSession], line: Line) -> None:
        """Take what gives a session when one is needed, and the line to wait in."""
        self._open_session = open_session
        self._line = line

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
        line = self._line
        answers, timeouts = line.answers, line.timeouts
        async with line.slots:
            # Where nobody was answered and somebody gave up meanwhile, this one has waited, too.
            if line.timeouts > timeouts and line.answers == answers:
                raise UnreachableError("timed out")
            try:
                response = await self._request(
                    method, url, headers=headers, params=params, json=json, data=data
                )
            except TimeoutError:
                line.timeouts += 1
                failure = "timed out"
            except (aiohttp.ClientError, OSError, ValueError) as err:
                # A ValueError is about the address of a redirect, which may well be nonsense.
                failure = type(err).__name__
            else:
                line.answers += 1
                return response
        # Raised out here, so that the error carries no request, and with it no secret, along.
        raise UnreachableError(failure)

    async def _request(self, method: str, url: URL, **kwargs: Any) -> Response:
        """Make one request and read its answer, as far as it is of use."""
        session = self._open_session()
        if session.closed:
            raise UnreachableError("closed: Home Assistant has ended")
        async with session.request(
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
    line = hass.data.setdefault(_LINES, {}).setdefault(provider, Line())
    return Transport(partial(_async_get_session, hass), line)


@singleton(_SESSION)
@callback
def _async_get_session(hass: HomeAssistant) -> aiohttp.ClientSession:
    """Return a session of our own. Raises OSError where there is no network at all."""
    session = _create_session(hass)

    async def close(_: Event) -> None:
        await session.close()

    hass.bus.async_listen_once(EVENT_HOMEASSISTANT_CLOSE, close)
    return session


def _create_session(hass: HomeAssistant) -> aiohttp.ClientSession:
    """Return a session that keeps no cookies and no connections.

    Either would tie the requests of one account to those of another at the same provider. Names
    are resolved, and certificates verified, as everywhere in Home Assistant.
    """
    # It makes the resolver, if nobody has needed one so far.
    async_get_clientsession(hass)
    return aiohttp.ClientSession(
        connector=HomeAssistantTCPConnector(
            force_close=True,
            limit=0,
            resolver=hass.data[DATA_RESOLVER],
            ssl=ssl_util.client_context(
                ssl_util.SSLCipherList.PYTHON_DEFAULT, ssl_util.SSL_ALPN_HTTP11
            ),
        ),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={USER_AGENT: SERVER_SOFTWARE},
        max_field_size=MAX_HEADER,
        max_line_size=MAX_HEADER,
    )
