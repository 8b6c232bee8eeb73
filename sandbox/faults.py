"""Everything that can go wrong between a provider and its client, to be switched on at will."""

import asyncio
import base64
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import repeat
import zlib

from aiohttp import web

_JSON = "application/json"
_CHUNK = 1 << 16
_MEGABYTE = 1 << 20
_HUGE = 100 * _MEGABYTE
_BREATH = 0.01


class Kind(StrEnum):
    """What goes wrong."""

    STATUS = "status"  # this status, body and headers
    DELAY = "delay"  # the right answer, these seconds late
    SLOW_BODY = "slow_body"  # the right answer, with this pause in the middle of its body
    CUT = "cut"  # the connection ends before the headers
    CUT_BODY = "cut_body"  # the connection ends in the middle of the body
    TRUNCATED = "truncated"  # half of the right body, as if it were the whole
    EMPTY = "empty"  # no body, with status 200
    HTML = "html"  # a web page, with status 200
    BINARY = "binary"  # arbitrary bytes that claim to be JSON
    ENDLESS = "endless"  # a body that does not end
    HUGE = "huge"  # a body of 100 MB
    BOMB = "bomb"  # the same, compressed to almost nothing
    REDIRECT = "redirect"  # to this location
    TLS = "tls"  # a certificate for another host
    REFUSED = "refused"  # nobody listens

    @property
    def of_connection(self) -> bool:
        """Tell whether it strikes before there is a request."""
        return self in {Kind.TLS, Kind.REFUSED}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A thing that goes wrong at one provider: always or some times, everywhere or at one path."""

    provider: str
    kind: Kind
    path: str | None = None
    times: int | None = None
    status: int = 500
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    body_base64: str = ""
    seconds: float = 0
    location: str = ""

    def __post_init__(self) -> None:
        """Refuse what cannot be had."""
        object.__setattr__(self, "kind", Kind(self.kind))
        if self.kind.of_connection and self.path is not None:
            raise ValueError(f"A fault of kind {self.kind} has no path")
        if self.kind is Kind.REFUSED and self.times is not None:
            raise ValueError("Refused connections cannot be counted")
        if self.kind is Kind.REDIRECT and not self.location:
            raise ValueError("A redirect needs a location")


class Faults:
    """The faults that are switched on: at most one for a provider and path."""

    def __init__(self) -> None:
        """Begin with none."""
        self._faults: dict[tuple[str, str | None], Fault] = {}

    def __iter__(self) -> Iterator[Fault]:
        """Return the faults that are on, each with the times that are left."""
        return iter(self._faults.values())

    def set(self, fault: Fault) -> None:
        """Switch a fault on, in the place of an earlier one."""
        self._faults[fault.provider, fault.path] = fault

    def clear(self, provider: str | None = None) -> None:
        """Switch off all faults, or those of one provider."""
        for key in list(self._faults):
            if provider in {None, key[0]}:
                del self._faults[key]

    def take(self, provider: str, path: str | None, *, of_connection: bool) -> Fault | None:
        """Return the fault that strikes now, and count it."""
        for key in ((provider, path), (provider, None)):
            fault = self._faults.get(key)
            if fault is not None and fault.kind.of_connection is of_connection:
                self._count(key, fault)
                return fault
        return None

    def refuses(self, provider: str) -> bool:
        """Tell whether connections to a provider are to be refused."""
        fault = self._faults.get((provider, None))
        return fault is not None and fault.kind is Kind.REFUSED

    def _count(self, key: tuple[str, str | None], fault: Fault) -> None:
        if fault.times is None:
            return
        if fault.times > 1:
            self._faults[key] = replace(fault, times=fault.times - 1)
        else:
            del self._faults[key]


async def strike(
    fault: Fault, request: web.BaseRequest, response: web.Response
) -> web.StreamResponse:
    """Answer a request as the fault has it, instead of with this response."""
    body = response.body if isinstance(response.body, bytes) else b""
    half = len(body) // 2
    match fault.kind:
        case Kind.DELAY:
            await asyncio.sleep(fault.seconds)
            return response
        case Kind.SLOW_BODY:
            return await _send(request, [body[:half], body[half:]], len(body), pause=fault.seconds)
        case Kind.CUT:
            return _cut(request, response)
        case Kind.CUT_BODY:
            return _cut(request, await _send(request, [body[:half]], len(body)))
        case Kind.TRUNCATED:
            return web.Response(body=body[:half], content_type=_JSON)
        case Kind.ENDLESS | Kind.HUGE | Kind.BOMB:
            return await _swamp(fault.kind, request)
    return _invent(fault)


def _invent(fault: Fault) -> web.Response:
    """Return an answer that has nothing to do with the right one."""
    match fault.kind:
        case Kind.STATUS:
            content = base64.b64decode(fault.body_base64) or fault.body.encode()
            headers = {"Content-Type": _JSON, **fault.headers}
            return web.Response(status=fault.status, body=content, headers=headers)
        case Kind.HTML:
            page = "<!doctype html><title>Sign in</title><p>Please sign in to this network.</p>"
            return web.Response(text=page, content_type="text/html")
        case Kind.BINARY:
            return web.Response(body=bytes(range(256)), content_type=_JSON)
        case Kind.REDIRECT:
            return web.Response(status=302, headers={"Location": fault.location})
    return web.Response(content_type=_JSON)


async def _swamp(kind: Kind, request: web.BaseRequest) -> web.StreamResponse:
    """Send more than anyone wants."""
    match kind:
        case Kind.HUGE:
            return await _send(request, repeat(b" " * _CHUNK, _HUGE // _CHUNK), _HUGE)
        case Kind.BOMB:
            return await _send(request, _compressed(), encoding="gzip")
    return await _send(request, repeat(b" " * _CHUNK), pause=_BREATH)


async def _send(
    request: web.BaseRequest,
    chunks: Iterable[bytes],
    length: int | None = None,
    *,
    pause: float = 0,
    encoding: str | None = None,
) -> web.StreamResponse:
    """Send a body in chunks with pauses between them, until the client has had enough."""
    response = web.StreamResponse(headers={"Content-Type": _JSON})
    response.content_length = length
    if encoding is not None:
        response.headers["Content-Encoding"] = encoding
    await response.prepare(request)
    with suppress(ConnectionError):
        for number, chunk in enumerate(chunks):
            if number:
                await asyncio.sleep(pause)
            await response.write(chunk)
    return response


def _cut(request: web.BaseRequest, response: web.StreamResponse) -> web.StreamResponse:
    """End the connection without a word of farewell."""
    if request.transport is not None:
        request.transport.abort()
    return response


def _compressed() -> Iterator[bytes]:
    """Return a huge body in a small one."""
    compressor = zlib.compressobj(level=1, wbits=zlib.MAX_WBITS | 16)
    for _ in range(_HUGE // _MEGABYTE):
        yield compressor.compress(b" " * _MEGABYTE)
    yield compressor.flush()
