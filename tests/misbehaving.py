"""A TLS server on loopback that stands for the providers, and misbehaves on demand."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import KW_ONLY, dataclass, field
from datetime import timedelta
from decimal import Decimal
from email.utils import format_datetime
from enum import StrEnum
from functools import cache
import gzip
import json
from pathlib import Path
import re
import socket
import ssl
import struct
from tempfile import TemporaryDirectory
from typing import Any, Final, override
from unittest.mock import patch

from aiohttp.abc import AbstractResolver, ResolveResult
from freezegun.api import FrozenDateTimeFactory
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)
import trustme

from contracts import load_contracts
from contracts.form import Contract, Exchange as Documented, Way
from contracts.form.answer import dump, load, written
from contracts.form.contract import fill
from custom_components.api_credits.client.credentials import Header
from custom_components.api_credits.client.provider import Provider
from custom_components.api_credits.const import DOMAIN
from custom_components.api_credits.providers import PROVIDERS
from homeassistant import config_entries
from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.aiohttp_client import HomeAssistantTCPConnector
from homeassistant.util import dt as dt_util, ssl as ssl_util

KEY: Final = "planted-secret-quokka-marzipan-zeppelin-obsidian"
OTHER_KEY: Final = "planted-secret-gryphon-tamarind-velodrome-xylitol"
ELSEWHERE: Final = "elsewhere.example"
MEBIBYTE: Final = 1024 * 1024

ANY_CREDENTIAL: Final = ("account_id", "api_key", "region", "username")

type Pages = dict[str, Any]


class Meaning(StrEnum):
    """What a fault is to people: the error on the config flow's form."""

    INVALID_AUTH = "invalid_auth"
    FORBIDDEN = "forbidden"
    RATE_LIMITED = "rate_limited"
    CANNOT_CONNECT = "cannot_connect"
    UNEXPECTED_RESPONSE = "unexpected_response"


MORE_EXACTLY: Final = {
    "redirected": Meaning.CANNOT_CONNECT,
    "tls": Meaning.CANNOT_CONNECT,
    "empty": Meaning.UNEXPECTED_RESPONSE,
    "not_json": Meaning.UNEXPECTED_RESPONSE,
    "page_not_found": Meaning.UNEXPECTED_RESPONSE,
    "too_deep": Meaning.UNEXPECTED_RESPONSE,
    "too_large": Meaning.UNEXPECTED_RESPONSE,
}
"""What the same is called to a person who has entered an address, and may put it right."""


def meaning(errors: Mapping[str, str] | None) -> dict[str, str]:
    """Return the errors of a form by what they mean."""
    return {field: MORE_EXACTLY.get(key, key) for field, key in (errors or {}).items()}


USUAL: Final = {
    401: Meaning.INVALID_AUTH,
    403: Meaning.FORBIDDEN,
    429: Meaning.RATE_LIMITED,
}
"""By status, what is meant by it where nothing else is documented."""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """An account at a provider, as its contract has it: its way, and what that answers."""

    provider: type[Provider]
    contract: Contract
    way: Way

    @property
    def credentials(self) -> dict[str, str]:
        """Return the credentials, the planted secret among them."""
        return {**self.contract.credentials, "api_key": KEY}

    @property
    def account(self) -> str | None:
        """Return the id of the account."""
        return self.contract.identities[0].id

    @property
    def balance(self) -> str:
        """Return the key of the reading that is the balance."""
        scope = self.way.balances[0].scope
        return f"balance_{scope.lower()}" if scope else "balance"

    @property
    def host(self) -> str:
        """Return the host of the provider's API."""
        return self.contract.hosts[0]

    def _path(self, exchange: Documented) -> str:
        """Return where an exchange is asked, whatever secret goes along in the query."""
        known = self.credentials | {"account": self.account or ""}
        return fill(exchange.url, known).partition("//")[2].partition("/")[2]

    def pages(self, balance: Any) -> Pages:
        """Return what is answered on each page, the one with the balance first."""
        answer = load(self.way.balance.answer)
        scope = self.way.balances[0].scope
        told = written(answer, self.way.balances, {scope: Decimal(str(balance))})
        pages = {f"/{self._path(self.way.balance)}": plain(told)}
        if whoami := self.way.whoami or self.contract.whoami:
            pages.setdefault(f"/{self._path(whoami)}", plain(load(whoami.answer)))
        if before := self.contract.before:
            pages[f"/{self._path(before)}"] = plain(load(before.answer))
        return pages

    @property
    def page(self) -> str:
        """Return the page that has the balance: the first one."""
        return next(iter(self.pages(0)))

    @property
    def data(self) -> dict[str, Any]:
        """Return what a config entry keeps of the account."""
        # All hosts are at home here, so those that a person enters are, too.
        entered = {"local": True, "verify_ssl": True} if "url" in self.credentials else {}
        return {
            "provider": self.provider.key,
            **self.credentials,
            **entered,
            "account": self.account,
            "variant": self.way.variant or None,
        }

    def tries(self, faults: Iterable[Fault]) -> list[Fault]:
        """Return the faults that mean here what they mean everywhere.

        By some statuses the provider means something of its own, which its contract judges.
        """
        own = {
            each.status
            for each in self.contract.refusals
            if each.means.value != USUAL.get(each.status)
            or (each.status == 403 and not each.body.startswith("{"))
        }
        return [fault for fault in faults if fault.status not in own]

    @property
    def unique_id(self) -> str | None:
        """Return what the account's config entry goes by."""
        return f"{self.provider.key}_{self.account}" if self.account else None


def plain(answer: Any) -> Any:
    """Return an answer as a page: JSON, or the bytes of a plain text."""
    return answer.encode() if isinstance(answer, str) else json.loads(dump(answer))


def first_way(contract: Contract) -> Way:
    """Return the way to an account that is tried first."""
    return Way(
        variant=contract.variant or "",
        after="",
        balance=contract.balance,
        readings=contract.readings,
        balances=contract.balances,
    )


SAMPLES: Final = {
    key: Sample(provider=PROVIDERS[key], contract=contract, way=first_way(contract))
    for key, contract in load_contracts().items()
}
"""By provider."""

VARIANTS: Final = {
    f"{key}_{way.variant}": Sample(provider=PROVIDERS[key], contract=contract, way=way)
    for key, contract in load_contracts().items()
    for way in contract.ways
}


def shapes(shape_of: Callable[[type[Provider]], object]) -> list[str]:
    """Return a provider of each shape, by key."""
    found: dict[object, str] = {}
    for key, sample in SAMPLES.items():
        found.setdefault(repr(shape_of(sample.provider)), key)
    return sorted(found.values())


REQUEST_SHAPES: Final = shapes(
    lambda it: (
        it.method,
        it.json is None,
        it.form is None,
        it.plain is None,
        bool(it.auth.params(dict.fromkeys(ANY_CREDENTIAL, ""))),
        isinstance(it.auth, Header),
    )
)
"""Providers whose requests and answers differ in form: what the network may do to them."""

IDENTITY_SHAPES: Final = shapes(
    lambda it: (
        it.whoami and (bool(it.whoami.path), bool(it.whoami.each), bool(it.whoami.credential)),
        bool(it.ways),
        type(it.auth),
        len(it.asked()),
    )
)
"""Providers that differ in what is given and asked when an account is added."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """What the server was asked."""

    host: str
    path: str
    head: str


@dataclass(kw_only=True)
class Exchange:
    """A request under way, and the means to answer it badly."""

    server: Server
    request: Request
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, data: bytes) -> None:
        """Send bytes, and wait until the other side makes room for more."""
        self.writer.write(data)
        await self.writer.drain()
        self.server.pushed += len(data)

    async def reply(
        self, status: int, body: bytes = b"", length: int | None = None, /, **headers: str
    ) -> None:
        """Send an answer, maybe with less of a body than it announces."""
        fields = {
            "Content-Type": "application/json",
            "Content-Length": str(len(body) if length is None else length),
            "Connection": "close",
        } | {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
        await self.send(f"HTTP/1.1 {status} Status\r\n{head}\r\n".encode() + body)

    def reset(self) -> None:
        """Cut the connection with a TCP reset."""
        tcp = self.writer.get_extra_info("socket")
        tcp.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    async def push(self, data: bytes, times: int) -> None:
        """Send the same bytes again and again, until the other side has had enough."""
        for _ in range(times):
            await self.send(data)

    async def hang(self) -> None:
        """Say nothing more while the time passes that a client may wait."""
        self.server.freezer.tick(16)
        await self.reader.read()


type Answer = Callable[[Exchange], Awaitable[None]]


@dataclass(frozen=True)
class Fault:
    """A way to misbehave, and what it means.

    `pause` is how many seconds it asks to be left alone, `tries` how often aiohttp by itself
    tries a request.
    """

    name: str
    meaning: Meaning
    answer: Answer | None = None
    _: KW_ONLY
    pause: float | None = None
    tries: int = 1
    certificate: str | None = "provider"
    address: str = "listening"

    @override
    def __str__(self) -> str:
        return self.name

    @property
    def status(self) -> int | None:
        """Return the status that is answered, if the fault is named after one."""
        number = self.name.removeprefix("echo_")[:3]
        return int(number) if number.isdigit() else None


class Server(AbstractResolver):
    """All providers behind one port; also the resolver that leads their hosts to it."""

    def __init__(self, freezer: FrozenDateTimeFactory) -> None:
        """Begin well-behaved, with no pages."""
        self.freezer = freezer
        self.pages: Pages = {}
        self.fault: Fault | None = None
        self.times = 1_000_000
        self.requests: list[Request] = []
        self.attempts = 0
        self.pushed = 0
        self._ports: dict[str, int] = {}
        self._handlers: set[asyncio.Task[None]] = set()

    @override
    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return where a host is, for now."""
        address = self.fault.address if self.fault else "listening"
        if address == "nowhere":
            raise OSError(None, "Domain name not found")
        return [
            ResolveResult(
                hostname=host,
                host="127.0.0.1",
                port=self._ports[address],
                family=socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
        ]

    @override
    async def close(self) -> None:
        """Stay open for the next session."""

    async def real_close(self) -> None:
        """Have nothing to close, as Home Assistant's resolver has."""

    @asynccontextmanager
    async def running(self) -> AsyncGenerator[None]:
        """Listen, and keep a port where nobody does."""
        listener = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        # Little room to send into, so that what the server got rid of was taken by the client.
        listener.sockets[0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 64 * 1024)
        with socket.socket() as deaf:
            deaf.bind(("127.0.0.1", 0))
            self._ports = {
                "listening": listener.sockets[0].getsockname()[1],
                "deaf": deaf.getsockname()[1],
            }
            try:
                yield
            finally:
                listener.close()
                listener.abort_clients()
                await asyncio.gather(*self._handlers)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert (task := asyncio.current_task())
        self._handlers.add(task)
        with suppress(OSError, asyncio.IncompleteReadError):
            certificate = self.fault.certificate if self.fault else "provider"
            if certificate:
                await writer.start_tls(AUTHORITY.contexts[certificate])
                await self._answer(reader, writer)
            else:
                writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        with suppress(OSError):
            writer.close()
            await writer.wait_closed()
        self._handlers.discard(task)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        path, host = head.split(maxsplit=2)[1], head.split("Host: ")[1].split()[0]
        request = Request(host=host, path=path, head=head)
        self.requests.append(request)
        exchange = Exchange(server=self, request=request, reader=reader, writer=writer)
        if self.fault and self.fault.answer and self.times > 0:
            self.times -= 1
            await self.fault.answer(exchange)
        elif (page := self.pages.get(path.replace(OTHER_KEY, KEY))) is None:
            await exchange.reply(404, b'{"message": "not here"}')
        else:
            await exchange.reply(200, encode(page))


def encode(page: Any) -> bytes:
    """Return a page as JSON; a text that begins with @ goes out without its quotes."""
    if isinstance(page, bytes):
        return page
    text = json.dumps(page)
    while (start := text.find('"@')) >= 0:
        end = text.index('"', start + 1)
        text = text[:start] + text[start + 2 : end] + text[end + 1 :]
    return text.encode()


class Authority:
    """A throw-away certificate authority, and certificates good and bad."""

    def __init__(self) -> None:
        """Issue the certificates."""
        ours, stranger = trustme.CA(), trustme.CA()
        hosts = [host for sample in SAMPLES.values() for host in sample.contract.hosts]
        certificates = {
            "provider": ours.issue_cert(*hosts, ELSEWHERE),
            "other_host": ours.issue_cert("other.example"),
            "untrusted": stranger.issue_cert(*hosts, ELSEWHERE),
        }
        self.contexts = {}
        for name, certificate in certificates.items():
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            certificate.configure_cert(context)
            self.contexts[name] = context
        with TemporaryDirectory() as folder, patch.dict("os.environ") as environ:
            bundle = Path(folder) / "ca.pem"
            ours.cert_pem.write_to_path(bundle)
            environ["REQUESTS_CA_BUNDLE"] = str(bundle)
            self.client = ssl_util.create_client_context(alpn_protocols=ssl_util.SSL_ALPN_HTTP11)


AUTHORITY: Final = Authority()
"""Made while the clock still goes: certificates cannot be issued on a frozen one."""


@dataclass(kw_only=True)
class Home:
    """A Home Assistant whose way to the providers ends at the misbehaving server."""

    hass: HomeAssistant
    freezer: FrozenDateTimeFactory
    server: Server
    sample: Sample = field(init=False)
    entry: MockConfigEntry = field(init=False)

    def prepare(self, sample: Sample) -> None:
        """Serve an account's pages, and have an entry for it that is not set up."""
        self.sample = sample
        self.serve(100)
        self.entry = MockConfigEntry(
            domain=DOMAIN, title="Account", data=sample.data, unique_id=sample.unique_id
        )

    async def add(self, sample: Sample) -> None:
        """Set up an account whose provider behaves."""
        self.prepare(sample)
        await self.set_up()
        assert self.state() == "100"

    async def set_up(self) -> None:
        """Set up the entry, well or badly."""
        self.entry.add_to_hass(self.hass)
        await self.hass.config_entries.async_setup(self.entry.entry_id)
        await self.hass.async_block_till_done(wait_background_tasks=True)

    def phase(self) -> ConfigEntryState:
        """Return how far the entry's set-up has come."""
        state: ConfigEntryState = self.entry.state
        return state

    def serve(self, balance: Any) -> None:
        """Behave from now on, and report this balance."""
        self.server.fault = None
        self.server.pages = self.sample.pages(balance)

    def misbehave(self, fault: Fault, times: int = 1_000_000) -> None:
        """Misbehave from now on, in so many answers."""
        self.server.fault = fault
        self.server.times = times

    def state(self, reading: str | None = None) -> str:
        """Return the state of a reading, the balance if none is named."""
        entity_id = er.async_get(self.hass).async_get_entity_id(
            "sensor", DOMAIN, f"{self.entry.entry_id}_{reading or self.sample.balance}"
        )
        assert entity_id
        assert (state := self.hass.states.get(entity_id))
        # Some providers write every amount with as many decimals.
        return re.sub(r"(\.\d*?)0+$", r"\1", state.state).removesuffix(".")

    @property
    def interval(self) -> float:
        """Return the usual time between polls, in seconds."""
        return self.sample.provider.default_interval.total_seconds()

    async def wait(self, seconds: float) -> int:
        """Let time pass, and return the requests that were attempted in it."""
        before = self.server.attempts
        self.freezer.tick(seconds)
        async_fire_time_changed(self.hass)
        await self.hass.async_block_till_done(wait_background_tasks=True)
        return self.server.attempts - before

    async def poll(self) -> int:
        """Wait for the account's next usual turn."""
        return await self.wait(self.interval * 1.5 + 1)

    @property
    def reauth_flows(self) -> list[ConfigFlowResult]:
        """Return the flows that ask for new credentials."""
        return [
            flow
            for flow in self.hass.config_entries.flow.async_progress_by_handler(DOMAIN)
            if flow["context"]["source"] == config_entries.SOURCE_REAUTH
        ]

    async def start_flow(self) -> ConfigFlowResult:
        """Begin to add an account by hand, up to its credentials."""
        flow = await self.hass.config_entries.flow.async_init(
            DOMAIN, context={"source": config_entries.SOURCE_USER}
        )
        return await self.submit(flow, {"provider": self.sample.provider.key})

    async def _form(self, flow: ConfigFlowResult) -> ConfigFlowResult:
        """Return the form at which a flow is."""
        return await self.hass.config_entries.flow.async_configure(flow["flow_id"])

    async def submit(self, flow: ConfigFlowResult, answers: Mapping[str, Any]) -> ConfigFlowResult:
        """Fill in what a form asks, after the time that a name server's answer is remembered."""
        self.freezer.tick(11)
        # Of a flow that is under way without us, the form has to be asked for.
        schema = (flow if "data_schema" in flow else await self._form(flow))["data_schema"]
        asked = {str(name) for name in schema.schema} if schema else set()
        given = {name: answer for name, answer in answers.items() if name in asked}
        result = await self.hass.config_entries.flow.async_configure(flow["flow_id"], given)
        await self.hass.async_block_till_done(wait_background_tasks=True)
        return result


@asynccontextmanager
async def misbehaving_home(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> AsyncGenerator[Home]:
    """Run the server, and have Home Assistant resolve to it, trust it and think it far away."""
    server = Server(freezer)
    connect = HomeAssistantTCPConnector.connect

    async def counted_connect(*args: Any, **kwargs: Any) -> Any:
        server.attempts += 1
        return await connect(*args, **kwargs)

    helper = "homeassistant.helpers.aiohttp_client"
    with (
        patch(f"{helper}._async_make_resolver", return_value=server),
        patch(f"{helper}.ssl_util.client_context", return_value=AUTHORITY.client),
        patch(f"{helper}._is_ssrf_address", return_value=False),
        patch.object(HomeAssistantTCPConnector, "connect", counted_connect),
        patch("custom_components.api_credits.coordinator.QUICK_RETRY", 0),
    ):
        async with server.running():
            yield Home(hass=hass, freezer=freezer, server=server)


def status(code: int, *, html: bool = False, **headers: str) -> Answer:
    """Answer with a status, as the provider itself would or as something before it would."""
    body = b"<html><body>No.</body></html>" if html else b'{"message": "No."}'

    async def answer(exchange: Exchange) -> None:
        if html:
            headers.setdefault("Content_Type", "text/html")
        await exchange.reply(code, body, **headers)

    return answer


def body(content: bytes, **headers: str) -> Answer:
    """Answer with success and this body."""

    async def answer(exchange: Exchange) -> None:
        await exchange.reply(200, content, **headers)

    return answer


def too_many(retry_after: str | timedelta) -> Answer:
    """Answer that it was too much, and how long to wait: in so many words, or until a date."""

    async def answer(exchange: Exchange) -> None:
        if isinstance(retry_after, timedelta):
            when = format_datetime(dt_util.utcnow() + retry_after, usegmt=True)
        else:
            when = retry_after
        await exchange.reply(429, b'{"message": "No."}', Retry_After=when)

    return answer


def redirect(code: int, location: str) -> Answer:
    """Send away; a path alone is on the same host."""

    async def answer(exchange: Exchange) -> None:
        await exchange.reply(code, Location=location)

    return answer


async def no_content(exchange: Exchange) -> None:
    """Say that there is nothing to say."""
    await exchange.reply(204, Content_Length="")


def echo(status_line: str, *headers: str, body: str = "") -> Answer:
    """Answer with the key in place of every `{key}`, which may have been sent encoded."""

    async def answer(exchange: Exchange) -> None:
        key = re.search(r"planted-secret-[a-z-]+", exchange.request.head) or [KEY]
        lines = "\r\n".join([f"HTTP/1.1 {status_line}", *headers, "Connection: close", "", body])
        await exchange.send(lines.format(key=key[0]).encode())

    return answer


async def reset_before_headers(exchange: Exchange) -> None:
    """Cut the connection instead of an answer."""
    exchange.reset()


async def reset_in_body(exchange: Exchange) -> None:
    """Cut the connection when some of the body is out."""
    await exchange.reply(200, b'{"credits": 1', 100)
    exchange.reset()


async def close_before_headers(exchange: Exchange) -> None:
    """Hang up politely instead of an answer."""


async def close_in_body(exchange: Exchange) -> None:
    """Hang up politely when some of the body is out."""
    await exchange.reply(200, b'{"credits": 1', 100)


async def hang_before_headers(exchange: Exchange) -> None:
    """Say nothing."""
    await exchange.hang()


async def hang_in_body(exchange: Exchange) -> None:
    """Say nothing more when some of the body is out."""
    await exchange.reply(200, b'{"credits": 1', 100)
    await exchange.hang()


async def drip(exchange: Exchange) -> None:
    """Send a byte each second, for ever."""
    await exchange.reply(200, b"", 10**6)
    for _ in range(60):
        await exchange.send(b" ")
        exchange.server.freezer.tick(1)
        await asyncio.sleep(0)
    await exchange.reader.read()


async def endless_headers(exchange: Exchange) -> None:
    """Send header after header."""
    await exchange.send(b"HTTP/1.1 200 OK\r\n")
    await exchange.push(b"X-More: and more\r\n" * 1000, 10_000)


async def endless_header(exchange: Exchange) -> None:
    """Send one header that does not end."""
    await exchange.send(b"HTTP/1.1 200 OK\r\nX-More: ")
    await exchange.push(b"m" * 16_000, 10_000)


async def not_http(exchange: Exchange) -> None:
    """Answer in a protocol of its own."""
    await exchange.send(b"220 mail.example ESMTP\r\n")


async def broken_chunks(exchange: Exchange) -> None:
    """Begin a chunk with something other than its length."""
    await exchange.reply(200, b"zebra\r\n{}\r\n", Content_Length="", Transfer_Encoding="chunked")


async def endless_body(exchange: Exchange) -> None:
    """Send chunk after chunk, of JSON so far."""
    await exchange.reply(200, Content_Length="", Transfer_Encoding="chunked")
    await exchange.push(b"4000\r\n" + b" " * 0x4000 + b"\r\n", 10_000)


async def hundred_megabytes(exchange: Exchange) -> None:
    """Announce a hundred megabytes, and send as many as are taken."""
    await exchange.reply(200, b"", 100 * MEBIBYTE)
    await exchange.push(b" " * 0x4000, 100 * MEBIBYTE // 0x4000)


@cache
def bomb() -> bytes:
    """Return a hundred megabytes, packed into less than one."""
    return gzip.compress(bytes(100 * MEBIBYTE), 1)


async def gzip_bomb(exchange: Exchange) -> None:
    """Send little that unpacks to much."""
    await exchange.reply(200, bomb(), Content_Encoding="gzip")


_BAD_KEY, _NO_RIGHT, _TOO_MANY, _NO_WAY, _NONSENSE = Meaning

FAULTS: Final = (
    Fault("400", _NONSENSE, status(400)),
    Fault("400_html", _NONSENSE, status(400, html=True)),
    Fault("401", _BAD_KEY, status(401)),
    Fault("401_html", _BAD_KEY, status(401, html=True)),
    Fault("402", _NONSENSE, status(402)),
    Fault("403", _NO_RIGHT, status(403)),
    Fault("403_html", _NO_WAY, status(403, html=True)),
    Fault("404", _NONSENSE, status(404)),
    Fault("404_html", _NONSENSE, status(404, html=True)),
    Fault("408", _NO_WAY, status(408)),
    Fault("422", _NONSENSE, status(422)),
    Fault("429_for_ten_minutes", _TOO_MANY, too_many("600"), pause=600),
    Fault("429_for_two_hours", _TOO_MANY, too_many("7200"), pause=7200),
    Fault("429_until_date", _TOO_MANY, too_many(timedelta(minutes=50)), pause=3000),
    Fault("429_without_pause", _TOO_MANY, too_many("")),
    Fault("429_for_garbage", _TOO_MANY, too_many("soon, maybe")),
    Fault("429_for_less_than_nothing", _TOO_MANY, too_many("-5"), pause=60),
    Fault("429_until_last_year", _TOO_MANY, too_many(timedelta(days=-365)), pause=60),
    Fault("429_for_a_year", _TOO_MANY, too_many("31536000"), pause=86400),
    Fault("429_until_next_year", _TOO_MANY, too_many(timedelta(days=365)), pause=86400),
    Fault("500", _NO_WAY, status(500)),
    Fault("502_html", _NO_WAY, status(502, html=True)),
    Fault("503", _NO_WAY, status(503, Retry_After="86400")),
    Fault("101", _NONSENSE, status(101)),
    Fault("204", _NONSENSE, no_content),
    Fault("refused", _NO_WAY, address="deaf"),
    Fault("no_such_name", _NO_WAY, address="nowhere"),
    Fault("no_tls", _NO_WAY, certificate=None),
    Fault("other_host", _NO_WAY, certificate="other_host"),
    Fault("untrusted", _NO_WAY, certificate="untrusted"),
    Fault("reset_before_headers", _NO_WAY, reset_before_headers, tries=2),
    Fault("reset_in_body", _NO_WAY, reset_in_body),
    Fault("close_before_headers", _NO_WAY, close_before_headers, tries=2),
    Fault("close_in_body", _NO_WAY, close_in_body),
    Fault("hang_before_headers", _NO_WAY, hang_before_headers),
    Fault("hang_in_body", _NO_WAY, hang_in_body),
    Fault("drip", _NO_WAY, drip),
    Fault("not_http", _NO_WAY, not_http),
    Fault("endless_header", _NO_WAY, endless_header),
    Fault("endless_headers", _NO_WAY, endless_headers),
    Fault("broken_chunks", _NO_WAY, broken_chunks),
    Fault("broken_gzip", _NO_WAY, body(b'{"credits": 1}', Content_Encoding="gzip")),
    Fault("301_elsewhere", _NO_WAY, redirect(301, f"https://{ELSEWHERE}/")),
    Fault("302_elsewhere_in_the_clear", _NO_WAY, redirect(302, f"http://{ELSEWHERE}/")),
    Fault("303_same_host", _NO_WAY, redirect(303, "/login")),
    Fault("307_elsewhere", _NO_WAY, redirect(307, f"//{ELSEWHERE}/")),
    Fault("308_same_host", _NO_WAY, redirect(308, "other")),
    Fault("302_to_no_url", _NO_WAY, redirect(302, "https://[elsewhere")),
    Fault("304", _NO_WAY, status(304)),
    Fault("html", _NONSENSE, body(b"<!doctype html><p>Welcome", Content_Type="text/html")),
    Fault("empty", _NONSENSE, body(b"")),
    Fault("truncated", _NONSENSE, body(b'{"credits": 1')),
    Fault("list", _NONSENSE, body(b'[{"credits": 1}]')),
    Fault("string", _NONSENSE, body(b'"credits"')),
    Fault("number", _NONSENSE, body(b"1")),
    Fault("null", _NONSENSE, body(b"null")),
    Fault("no_members", _NONSENSE, body(b"{}")),
    Fault("deep", _NONSENSE, body(b"[" * 200_000)),
    Fault("boundless_number", _NONSENSE, body(b'{"credits": 1e99999999999999999999}')),
    Fault("invalid_utf8", _NONSENSE, body(b'{"credits": "\xff\xfe\xfd"}')),
    Fault("endless_body", _NONSENSE, endless_body),
    Fault("hundred_megabytes", _NONSENSE, hundred_megabytes),
    Fault("gzip_bomb", _NONSENSE, gzip_bomb),
)
FAULT: Final = {fault.name: fault for fault in FAULTS}

ECHOES: Final = (
    Fault("echo_400", _NONSENSE, echo("400 {key}", "X-Key: {key}", body='{{"message": "{key}"}}')),
    Fault("echo_401", _BAD_KEY, echo("401 {key}", "X-Key: {key}", body='{{"message": "{key}"}}')),
    Fault("echo_401_html", _BAD_KEY, echo("401 No", "WWW-Authenticate: {key}", body="<p>{key}")),
    Fault("echo_403", _NO_RIGHT, echo("403 {key}", "X-Key: {key}", body='{{"{key}": "{key}"}}')),
    Fault("echo_403_html", _NO_WAY, echo("403 {key}", "X-Key: {key}", body="<p>{key}")),
    Fault("echo_404", _NONSENSE, echo("404 {key}", "X-Key: {key}", body='"{key}"')),
    Fault("echo_429", _TOO_MANY, echo("429 {key}", "Retry-After: {key}", body="{key}")),
    Fault("echo_500", _NO_WAY, echo("500 {key}", "X-Key: {key}", body="{key}")),
    Fault("echo_redirect", _NO_WAY, echo("302 {key}", f"Location: https://{ELSEWHERE}/{{key}}")),
    Fault("echo_redirect_home", _NO_WAY, echo("302 No", "Location: https://localhost/{key}")),
    Fault("echo_redirect_to_host", _NO_WAY, echo("302 No", "Location: https://{key}.example/")),
    Fault("echo_redirect_to_no_url", _NO_WAY, echo("302 No", "Location: https://[{key}")),
    Fault("echo_redirect_to_no_host", _NO_WAY, echo("302 No", "Location: https://{key}\uff0f/")),
    Fault("echo_redirect_to_no_label", _NO_WAY, echo("302 No", "Location: https://xn--{key}é/")),
    Fault("echo_status", _NO_WAY, echo("{key}")),
    Fault("echo_header", _NO_WAY, echo("200 OK", "{key}")),
    Fault("echo_length", _NO_WAY, echo("200 OK", "Content-Length: {key}")),
    Fault(
        "echo_coding", _NO_WAY, echo("200 OK", "Transfer-Encoding: {key}, chunked", body="{key}")
    ),
    Fault("echo_chunk", _NO_WAY, echo("200 OK", "Transfer-Encoding: chunked", body="{key}\r\n")),
    Fault("echo_gzip", _NO_WAY, echo("200 OK", "Content-Encoding: gzip", body="{key}")),
    Fault(
        "echo_type", _NONSENSE, echo("200 OK", "Content-Type: {key}; charset={key}", body="{key}")
    ),
    Fault("echo_cookie", _NONSENSE, echo("200 OK", "Set-Cookie: ({key})={key}", body="{key}")),
    Fault("echo_member", _NONSENSE, echo("200 OK", body='{{"{key}": "{key}"}}')),
    Fault("echo_text", _NONSENSE, echo("200 OK", body='"{key}"')),
)
"""Faults that repeat the key."""
