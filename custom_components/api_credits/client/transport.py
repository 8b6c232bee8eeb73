"""The one place that does HTTP: bounded in time, in size and in requests at a time."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from ipaddress import ip_address
import re
import socket
from typing import Any, Final

import aiohttp
from aiohttp.connector import AddrInfoType
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
from homeassistant.util import ssl as ssl_util
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from .address import Reach
from .errors import (
    AddressRefusedError,
    MalformedError,
    RedirectedError,
    TlsError,
    TooLargeError,
    UnreachableError,
)

MAX_BODY: Final = 1024 * 1024
MAX_HEADER: Final = 64 * 1024
MAX_REQUESTS_PER_PROVIDER: Final = 3
MIN_RETRY_AFTER: Final = 60.0
MAX_RETRY_AFTER: Final = 24 * 3600.0
TIMEOUT: Final = aiohttp.ClientTimeout(total=15)

_SESSIONS: HassKey[dict[Reach | None, aiohttp.ClientSession]] = HassKey(f"{DOMAIN}_sessions")
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


class _RefusedError(OSError):
    """The address is not one that the account may lead to."""


class Transport:
    """The way to one provider, or to one host that a person entered, shared by its accounts."""

    def __init__(
        self,
        open_session: Callable[[], aiohttp.ClientSession],
        line: Line,
        *,
        is_entered: bool = False,
    ) -> None:
        """Take what gives a session when one is needed, and the line to wait in.

        What goes wrong at an address that a person entered is told in more detail.
        """
        self._open_session = open_session
        self._line = line
        self._is_entered = is_entered

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
                failure = UnreachableError("timed out")
            except aiohttp.ClientConnectorCertificateError:
                failure = self._in_detail(TlsError, "ClientConnectorCertificateError")
            except (aiohttp.ClientError, OSError, ValueError) as err:
                # A ValueError is about the address of a redirect, which may well be nonsense.
                if isinstance(getattr(err, "os_error", None), _RefusedError):
                    failure = AddressRefusedError("leads elsewhere than it did")
                else:
                    failure = UnreachableError(type(err).__name__)
            else:
                line.answers += 1
                return response
        # Raised out here, so that the error carries no request, and with it no secret, along.
        raise failure

    def _in_detail(self, kind: type[UnreachableError], message: str) -> UnreachableError:
        """Return an error of a kind that is told of addresses that a person entered."""
        return kind(message) if self._is_entered else UnreachableError(message)

    async def _request(self, method: str, url: URL, **kwargs: Any) -> Response:
        """Make one request and read its answer, as far as it is of use."""
        session = self._open_session()
        if session.closed:
            raise UnreachableError("closed: Home Assistant has ended")
        async with session.request(
            method, url, allow_redirects=False, timeout=TIMEOUT, **kwargs
        ) as response:
            status = response.status
            if 300 <= status < 400:
                raise self._in_detail(RedirectedError, f"HTTP {status}")
            if status == 408 or status >= 500:
                raise UnreachableError(f"HTTP {status}")
            body = bytearray()
            async for chunk in response.content.iter_any():
                body += chunk
                if len(body) > MAX_BODY:
                    too_large = TooLargeError if self._is_entered else MalformedError
                    raise too_large("larger than 1 MiB")
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
def async_get_transport(hass: HomeAssistant, line: str, reach: Reach | None = None) -> Transport:
    """Return the way to a provider, or to a host that a person entered, which reaches so far."""
    waiting = hass.data.setdefault(_LINES, {}).setdefault(line, Line())
    opened = partial(_async_get_session, hass, reach)
    return Transport(opened, waiting, is_entered=reach is not None)


async def async_find_addresses(hass: HomeAssistant, host: str) -> list[str]:
    """Return the internet addresses that a host leads to. Raises UnreachableError."""
    with suppress(ValueError):
        return [str(ip_address(host))]
    try:
        # It makes the resolver, if nobody has needed one so far.
        async_get_clientsession(hass)
        async with asyncio.timeout(TIMEOUT.total):
            found = await hass.data[DATA_RESOLVER].resolve(host, 0, socket.AF_UNSPEC)
        return [each["host"] for each in found]
    except (TimeoutError, OSError, ValueError) as err:
        failure = type(err).__name__
    raise UnreachableError(failure)


@callback
def _async_get_session(hass: HomeAssistant, reach: Reach | None) -> aiohttp.ClientSession:
    """Return a session of our own. Raises OSError where there is no network at all."""
    sessions = hass.data.setdefault(_SESSIONS, {})
    if reach in sessions:
        return sessions[reach]
    session = sessions[reach] = _create_session(hass, reach)

    async def close(_: Event) -> None:
        await session.close()

    hass.bus.async_listen_once(EVENT_HOMEASSISTANT_CLOSE, close)
    return session


def _create_session(hass: HomeAssistant, reach: Reach | None) -> aiohttp.ClientSession:
    """Return a session that keeps no cookies and no connections.

    Either would tie the requests of one account to those of another at the same provider. Names
    are resolved, and certificates verified, as everywhere in Home Assistant, but for what a person
    entered: there the very address that a connection is opened to has to be one that is meant.
    """
    # It makes the resolver, if nobody has needed one so far.
    async_get_clientsession(hass)
    make_context = (
        ssl_util.client_context_no_verify
        if reach and not reach.verify_ssl
        else ssl_util.client_context
    )
    return aiohttp.ClientSession(
        connector=HomeAssistantTCPConnector(
            force_close=True,
            limit=0,
            resolver=hass.data[DATA_RESOLVER],
            socket_factory=partial(_open_socket, reach) if reach else None,
            ssl=make_context(ssl_util.SSLCipherList.PYTHON_DEFAULT, ssl_util.SSL_ALPN_HTTP11),
        ),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={USER_AGENT: SERVER_SOFTWARE},
        max_field_size=MAX_HEADER,
        max_line_size=MAX_HEADER,
    )


def _open_socket(reach: Reach, found: AddrInfoType) -> socket.socket:
    """Return a socket for an address, just before it is connected. Raises OSError."""
    family, kind, protocol, _, address = found
    if not reach.admits(str(address[0])):
        raise _RefusedError("not an address to ask")
    return socket.socket(family, kind, protocol)
