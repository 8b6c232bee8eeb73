"""A provider as its contract has it, in the place of the network."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
import json
from typing import Any, Self, cast
from urllib.parse import parse_qsl

import aiohttp
from yarl import URL

from custom_components.api_credits.client.transport import Line, Transport

from ..form import Exchange
from ..form.contract import fill, names_in


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request as it goes out: all of it that matters to the provider."""

    method: str
    address: str
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: Any = None

    def differences(self, other: Asked) -> list[str]:
        """Return what differs from another request, in words."""
        return [
            f"{name} is {getattr(self, name)!r}, not {getattr(other, name)!r}"
            for name in ("method", "address", "query", "headers", "body")
            if getattr(self, name) != getattr(other, name)
        ]


def as_documented(exchange: Exchange, values: Mapping[str, str | None]) -> Asked:
    """Return the request of an exchange with these credentials."""
    url = URL(fill(exchange.url, values), encoded=True)
    body: Any = None if exchange.body is None else fill(exchange.body, values)
    if body is not None:
        body = (
            json.loads(body)
            if body.startswith("{")
            else dict(parse_qsl(body, keep_blank_values=True))
        )
    known = {name for name, value in values.items() if value}
    headers = {
        name.lower(): fill(text, values)
        for name, text in exchange.headers.items()
        if names_in(text) <= known
    }
    return Asked(
        method=exchange.method,
        address=str(url.with_query(None)),
        query=tuple(sorted(url.query.items())),
        headers=tuple(sorted(headers.items())),
        body=body,
    )


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What is answered."""

    status: int = 200
    body: str = ""


class _Content:
    """A body that comes in one piece."""

    def __init__(self, body: bytes) -> None:
        """Take the body."""
        self._body = body

    async def iter_any(self) -> AsyncIterator[bytes]:
        """Yield the body."""
        yield self._body


class _Response:
    """An answer as aiohttp gives it."""

    def __init__(self, reply: Reply) -> None:
        """Take what is answered."""
        self.status = reply.status
        self.headers: dict[str, str] = {}
        self.content = _Content(reply.body.encode())

    async def __aenter__(self) -> Self:
        """Begin to read."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """End."""


@dataclass
class Session:
    """Answers what it was told to, and remembers what it was asked."""

    answers: list[tuple[Asked, Reply]] = field(default_factory=list)
    log: list[Asked] = field(default_factory=list)
    closed: bool = False

    def request(self, method: str, url: URL, **kwargs: Any) -> _Response:
        """Answer a request; what nobody documented is not found."""
        full = url.update_query(kwargs.get("params") or {})
        asked = Asked(
            method=method,
            address=str(full.with_query(None)),
            query=tuple(sorted(full.query.items())),
            headers=tuple(sorted((k.lower(), v) for k, v in kwargs.get("headers", {}).items())),
            body=kwargs.get("json") if kwargs.get("data") is None else dict(kwargs["data"]),
        )
        self.log.append(asked)
        return _Response(self._reply(asked))

    def _reply(self, asked: Asked) -> Reply:
        for documented, reply in self.answers:
            if documented == asked:
                return reply
        return Reply(status=418, body='{"error":"nothing is documented that is asked like this"}')

    @property
    def transport(self) -> Transport:
        """Return a way to the provider."""
        return Transport(lambda: cast("aiohttp.ClientSession", self), Line())
