"""Connections and lines: what one account meets with is of no concern to another."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Any, Final
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
import pytest
from yarl import URL

from custom_components.api_credits.client.errors import UnreachableError
from custom_components.api_credits.client.fields import Field
from custom_components.api_credits.client.provider import Provider
from custom_components.api_credits.client.transport import async_get_transport
from custom_components.api_credits.readings import BALANCE, Account
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant

from ..misbehaving import (
    ELSEWHERE,
    MEBIBYTE,
    SAMPLES,
    Answer,
    Exchange,
    Fault,
    Home,
    Meaning,
    misbehaving_home,
)

pytestmark = pytest.mark.freeze_time("2026-11-21 12:00:00")

PATIENCE: Final = 15
"""Seconds that a request may take."""
TURNS: Final = 50_000
"""Turns of the event loop until what has not happened will not."""


class Plain(Provider):
    """A provider that overrides nothing."""

    key = "plain"
    name = "Plain"
    base = URL(f"https://{ELSEWHERE}/v1")
    path = "credits"
    fields = (Field(path="credits", kind=BALANCE, unit="credits", required=True),)


@pytest.fixture
async def home(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, socket_enabled: None
) -> AsyncGenerator[Home]:
    """Return a Home Assistant whose way to the providers ends at the misbehaving server."""
    hass.loop.set_debug(False)
    async with misbehaving_home(hass, freezer) as home:
        home.server.pages = {"/v1/credits": {"credits": 5}}
        yield home


@pytest.fixture
def ask(home: Home) -> Callable[[str], asyncio.Task[Account]]:
    """Return a function that begins to read the account of a key."""

    def begin(key: str) -> asyncio.Task[Account]:
        provider = Plain(async_get_transport(home.hass, "plain"), {"api_key": key})
        return home.hass.async_create_task(provider.fetch())

    return begin


def behave(home: Home, answer: Answer | None) -> None:
    """Answer every request like this; well if None."""
    home.server.fault = answer and Fault("", Meaning.CANNOT_CONNECT, answer)


def balance(account: Account) -> Any:
    """Return an account's balance."""
    return account.readings["balance"].value


async def until(condition: Callable[[], bool]) -> None:
    """Let all others go on until something is so, which is soon if it ever is."""
    for _ in range(TURNS):
        if condition():
            return
        await asyncio.sleep(0)
    raise AssertionError("It never came to that")


async def credits(exchange: Exchange, number: int) -> None:
    """Answer with a balance, and leave the connection open."""
    await exchange.reply(200, b'{"credits": %d}' % number, Connection="keep-alive")


async def test_late_answer(home: Home, ask: Callable[[str], asyncio.Task[Account]]) -> None:
    """A second answer to one account's request is not taken for the answer to another's."""
    first_is_read, second_is_sent = asyncio.Event(), asyncio.Event()

    async def answer(exchange: Exchange) -> None:
        if "key-of-another" in exchange.request.head:
            await credits(exchange, 22)
            return
        await credits(exchange, 11)
        await first_is_read.wait()
        try:
            await credits(exchange, 99)
        finally:
            second_is_sent.set()
        await exchange.reader.read()

    behave(home, answer)
    assert balance(await ask("key-of-one")) == 11
    first_is_read.set()
    await second_is_sent.wait()
    # It is on its way within this process: a few turns of the loop, and it is there.
    for _ in range(50):
        await asyncio.sleep(0)
    assert balance(await ask("key-of-another")) == 22


async def test_nothing_is_kept(home: Home, ask: Callable[[str], asyncio.Task[Account]]) -> None:
    """Each request has a connection of its own, which ends with it and says so."""
    ends = []

    async def answer(exchange: Exchange) -> None:
        await credits(exchange, 11)
        ends.append(await exchange.reader.read(MEBIBYTE))
        if ends[-1]:
            await credits(exchange, 11)

    behave(home, answer)
    for _ in range(3):
        assert balance(await ask("key-of-one")) == 11
    await until(lambda: len(ends) == 3)
    assert ends == [b"", b"", b""]
    assert all("Connection: close" in request.head for request in home.server.requests)


async def test_line_at_a_provider_that_hangs(
    home: Home, ask: Callable[[str], asyncio.Task[Account]]
) -> None:
    """Those who wait in line while nobody is answered fail with those who time out."""

    async def answer(exchange: Exchange) -> None:
        if len(home.server.requests) > 3:
            await credits(exchange, 99)
        else:
            await exchange.reader.read()

    behave(home, answer)
    tasks = [ask(f"key-number-{number}") for number in range(30)]
    await until(lambda: len(home.server.requests) == 3)
    home.freezer.tick(PATIENCE + 1)
    errors = await asyncio.gather(*tasks, return_exceptions=True)
    assert {(type(error), str(error)) for error in errors} == {(UnreachableError, "timed out")}
    assert len(home.server.requests) == 3

    behave(home, None)
    assert balance(await ask("key-number-1")) == 5


async def test_line_at_a_provider_that_is_slow(
    home: Home, ask: Callable[[str], asyncio.Task[Account]]
) -> None:
    """One request that times out takes nobody along while others are answered."""
    served = asyncio.Event()

    async def answer(exchange: Exchange) -> None:
        if "key-number-0" in exchange.request.head:
            await exchange.reader.read()
        if "key-number-1" in exchange.request.head:
            await served.wait()
        await credits(exchange, 11)

    behave(home, answer)
    tasks = [ask("key-number-0"), ask("key-number-0"), ask("key-number-1")]
    await until(lambda: len(home.server.requests) == 3)
    tasks += [ask("key-number-2"), ask("key-number-0"), ask("key-number-3")]
    home.freezer.tick(PATIENCE - 1)
    served.set()
    await until(lambda: len(home.server.requests) == 5)
    home.freezer.tick(2)
    assert balance(await tasks[5]) == 11
    home.freezer.tick(PATIENCE + 1)
    found = await asyncio.gather(*tasks, return_exceptions=True)
    assert [isinstance(result, UnreachableError) for result in found] == [
        *(True, True, False),
        *(False, True, False),
    ]


async def test_no_network(home: Home) -> None:
    """Where there is no network at all, set-up is tried again, and works once there is."""
    home.prepare(SAMPLES["hyperstack"])
    no_device = OSError(19, "No such device")
    helper = "homeassistant.helpers.aiohttp_client._async_make_resolver"
    with patch(helper, side_effect=no_device):
        await home.set_up()
        assert home.phase() is ConfigEntryState.SETUP_RETRY
        assert home.entry.error_reason_translation_key == "cannot_connect"
    assert await home.wait(3600) == 1
    assert home.phase() is ConfigEntryState.LOADED
    assert home.state() == "100"


async def test_no_network_while_adding(home: Home) -> None:
    """Where there is no network at all, the form says so."""
    home.prepare(SAMPLES["hyperstack"])
    flow = await home.start_flow()
    helper = "homeassistant.helpers.aiohttp_client._async_make_resolver"
    with patch(helper, side_effect=OSError(19, "No such device")):
        flow = await home.submit(flow, {"api_key": "key-of-one"})
    assert flow["errors"] == {"base": "cannot_connect"}
    flow = await home.submit(flow, {"api_key": "key-of-one"})
    assert flow["step_id"] == "alerts"
