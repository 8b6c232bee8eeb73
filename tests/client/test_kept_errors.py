"""An error that is kept keeps neither what was asked nor what was answered."""

from collections.abc import AsyncGenerator, Iterator
import gc
import sys
from types import BuiltinFunctionType, CodeType, FrameType, FunctionType, ModuleType
from typing import Any, Final

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.api_credits.client.errors import ProviderError, let_go
from custom_components.api_credits.client.transport import async_get_transport
from homeassistant.core import HomeAssistant
from homeassistant.helpers.update_coordinator import UpdateFailed

from ..misbehaving import (
    ECHOES,
    IDENTITY_SHAPES,
    KEY,
    SAMPLES,
    Fault,
    Home,
    Meaning,
    body,
    misbehaving_home,
    status,
)

pytestmark = pytest.mark.freeze_time("2026-11-21 12:00:00")

MARK: Final = "a-text-that-stands-in-no-other-place"
SHARED: Final = (ModuleType, FunctionType, BuiltinFunctionType, CodeType, type)
USELESS: Final = (
    Fault("marked", Meaning.UNEXPECTED_RESPONSE, body(b'{"%s": 1}' % MARK.encode())),
    Fault("marked_list", Meaning.UNEXPECTED_RESPONSE, body(b'["%s"]' % MARK.encode())),
    Fault("marked_text", Meaning.UNEXPECTED_RESPONSE, body(f'"{MARK}"'.encode())),
    Fault("marked_truncated", Meaning.UNEXPECTED_RESPONSE, body(f'{{"{MARK}": '.encode())),
    Fault("marked_html", Meaning.UNEXPECTED_RESPONSE, body(f"<p>{MARK}".encode())),
    Fault("503", Meaning.CANNOT_CONNECT, status(503)),
    *(fault for fault in ECHOES if fault.meaning is not Meaning.INVALID_AUTH),
)

by_provider = pytest.mark.parametrize("provider", IDENTITY_SHAPES)


@pytest.fixture
async def home(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, socket_enabled: None
) -> AsyncGenerator[Home]:
    """Return a Home Assistant whose way to the providers ends at the misbehaving server."""
    hass.loop.set_debug(False)
    async with misbehaving_home(hass, freezer) as home:
        yield home


def kept(error: object, *living: object) -> Iterator[str]:
    """Yield every text that an error keeps, but not through what lives on anyway."""
    seen = {id(thing) for thing in living}
    frame: FrameType | None = sys._getframe()
    while frame:
        seen.add(id(frame))
        frame = frame.f_back
    things = [error]
    while things:
        thing = things.pop()
        if id(thing) in seen or isinstance(thing, SHARED):
            continue
        seen.add(id(thing))
        match thing:
            case str():
                yield thing
            case bytes() | bytearray():
                yield thing.decode(errors="replace")
            case dict() if "__builtins__" in thing:
                pass
            case _:
                things += gc.get_referents(thing)


def found_in(error: object, *living: object) -> list[str]:
    """Return what an error keeps of a key or a body."""
    return [text for text in kept(error, *living) if MARK in text or KEY in text]


@by_provider
async def test_polls(home: Home, subtests: pytest.Subtests, provider: str) -> None:
    """What a coordinator keeps of a failed poll is bare."""
    await home.add(SAMPLES[provider])
    coordinator = home.entry.runtime_data
    for fault in USELESS:
        with subtests.test(fault=fault.name):
            home.misbehave(fault)
            await coordinator.async_refresh()
            error = coordinator.last_exception
            assert isinstance(error, UpdateFailed)
            living = (home.hass, home.entry, coordinator, coordinator.provider)
            assert not found_in(error, *living)
    home.serve(93)
    await coordinator.async_refresh()
    await home.hass.async_block_till_done()
    assert home.state() == "93"
    living = (home.hass, coordinator.provider._transport, coordinator.provider.config)
    assert not found_in(coordinator.provider, *living)


@by_provider
@pytest.mark.parametrize("ask", ["identify", "fetch"])
async def test_errors(home: Home, subtests: pytest.Subtests, provider: str, ask: str) -> None:
    """What comes out of a provider is bare, of whichever step of it."""
    home.prepare(SAMPLES[provider])
    transport = async_get_transport(home.hass, provider)
    account = home.sample.provider(transport, home.sample.data)
    for fault in USELESS:
        with subtests.test(fault=fault.name):
            home.misbehave(fault)
            error = None
            try:
                await getattr(account, ask)()
            except ProviderError as err:
                error = err
            # A provider that tells no identity asks for none, or takes what it is given.
            assert error or ask == "identify"
            assert not found_in(error, home.hass, account, transport)


async def test_fault_of_ours(home: Home, caplog: pytest.LogCaptureFixture) -> None:
    """An error that nobody expected is bare, too, though the log tells where it arose."""
    await home.add(SAMPLES["hyperstack"])
    coordinator = home.entry.runtime_data

    def read(body: Any) -> Any:
        secret = KEY
        raise LookupError(len(secret) + len(body))

    coordinator.provider.read = read
    home.server.pages = {home.sample.page: {"marked": MARK}}
    await coordinator.async_refresh()
    error = coordinator.last_exception
    assert isinstance(error, UpdateFailed)
    assert error.translation_key == "unknown"
    assert not found_in(error, home.hass, home.entry, coordinator, coordinator.provider, read)
    assert "in read" in caplog.text


def test_let_go() -> None:
    """Those that led to an error are bared with it, be they in a circle."""

    def fail() -> None:
        held = [MARK * 2]
        raise LookupError(len(held))

    def fail_again() -> None:
        held = [MARK * 3]
        try:
            fail()
        except LookupError as err:
            raise ValueError(len(held)) from err

    with pytest.raises(ValueError, match="1") as caught:
        fail_again()
    error = caught.value
    assert error.__cause__
    assert len(found_in(error)) == 2
    error.__cause__.__context__ = error
    let_go(error)
    assert not found_in(error)
