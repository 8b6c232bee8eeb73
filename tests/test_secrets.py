"""No secret comes out anywhere: not a key, not a piece of one, not one in another dress."""

from base64 import b64encode, urlsafe_b64encode
from collections.abc import AsyncGenerator, Callable, Generator, Iterator, Mapping
from functools import cache, lru_cache
import logging
from typing import Any, Final, override

from freezegun.api import FrozenDateTimeFactory
import probatio
import pytest

from custom_components.api_credits.client.credentials import Header, Query
from custom_components.api_credits.const import DOMAIN
from custom_components.api_credits.diagnostics import async_get_config_entry_diagnostics
from custom_components.api_credits.system_health import system_health_info
from homeassistant.components import persistent_notification
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import MATCH_ALL, STATE_UNAVAILABLE
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import (
    config_validation as cv,
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.helpers.update_coordinator import UpdateFailed

from .entered import ENTERED
from .misbehaving import (
    ECHOES,
    FAULTS,
    IDENTITY_SHAPES,
    KEY,
    OTHER_KEY,
    SAMPLES,
    VARIANTS,
    Home,
    Meaning,
    misbehaving_home,
)

pytestmark = pytest.mark.freeze_time("2026-11-21 12:00:00")

DAY: Final = 86400.0
KEPT: Final = "core.config_entries"
"""The file that may hold a key, since it keeps the entries' data."""

ALL: Final[dict[str, Any]] = {**SAMPLES, **VARIANTS, **ENTERED}

by_provider = pytest.mark.parametrize("provider", IDENTITY_SHAPES)
SHAPES: Final = [*IDENTITY_SHAPES, "entered_basic", "entered_everywhere"]
by_provider_or_place = pytest.mark.parametrize("provider", SHAPES)
by_sample = pytest.mark.parametrize("name", ALL)

REMARKED: Final = {type(ALL[name].provider.auth): name for name in SHAPES}.values()
"""One for each way to send a key, of which asyncio's own remarks are looked at: they are slow."""


@cache
def pieces() -> frozenset[str]:
    """Return what gives a planted key away: any eight letters of it, or ten that are encoded."""
    found = set()
    for key in (KEY, OTHER_KEY):
        found |= {key[start : start + 8] for start in range(len(key) - 7)}
        codes = [key.encode().hex()]
        # Where a key begins within three bytes decides its looks; its ends depend on what stands
        # beside it.
        for encode in (b64encode, urlsafe_b64encode):
            codes += [encode(b"?" * shift + key.encode()).decode()[4:-4] for shift in range(3)]
        found |= {code[start : start + 8] for code in codes for start in range(0, len(code) - 7, 3)}
    return frozenset(found)


@lru_cache(maxsize=2**14)
def leaked(text: str) -> str | None:
    """Return a piece of a key that stands in a text; most texts are met again at each search."""
    return next((piece for piece in pieces() if piece in text), None)


class Leaks(logging.Handler):
    """What came out of the planted keys, and where: in the log, in events, or at a search."""

    def __init__(self, home: Home, files: dict[str, Any]) -> None:
        """Find nothing so far."""
        self._files = files
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))
        self.home = home
        self.found: list[tuple[str, str]] = []
        self.records: set[str] = set()

    def look(self, place: str, *things: object) -> None:
        """Note every thing that shows a piece of a key."""
        for thing in things:
            for text in {str(thing), repr(thing)}:
                if piece := leaked(text):
                    start = max(text.index(piece) - 80, 0)
                    self.found.append((place, text[start : start + 200]))
                    break

    @override
    def emit(self, record: logging.LogRecord) -> None:
        """Look at a log record, at all that it holds, and at its traceback."""
        self.records.add(record.name)
        self.look(f"log of {record.name}", self.format(record), vars(record))

    @callback
    def hear(self, event: Event) -> None:
        """Look at an event."""
        self.look(f"event {event.event_type}", event.data)

    def search(self, *results: Mapping[str, object]) -> None:
        """Look at everything that Home Assistant shows, keeps or exports, and at these forms."""
        for result in results:
            self.look("flow", *shown(result))
        for place, things in self._everything():
            self.look(place, *things)

    def _everything(self) -> Iterator[tuple[str, list[Any]]]:
        hass = self.home.hass
        yield "states", [state.as_dict() for state in hass.states.async_all()]
        yield "entities", list(er.async_get(hass).entities.values())
        yield "devices", list(dr.async_get(hass).devices)
        yield "issues", list(ir.async_get(hass).issues.values())
        yield "notifications", [persistent_notification._async_get_or_create_notifications(hass)]
        yield "flows", [hass.config_entries.flow.async_progress()]
        for entry in hass.config_entries.async_entries(DOMAIN):
            kept = {key: value for key, value in entry.as_dict().items() if key != "data"}
            told = [entry.error_reason_translation_key, entry.error_reason_translation_placeholders]
            yield "entry", [entry, kept, entry.as_json_fragment, entry.reason, *told]
            if entry.state is ConfigEntryState.LOADED:
                yield "coordinator", list(chain(entry.runtime_data.last_exception))
                yield "readings", [entry.runtime_data.data, entry.runtime_data.name]

    async def export(self) -> None:
        """Look at what people send along with a report, and at what is on the disk."""
        self.look("storage", *(file for name, file in self._files.items() if name != KEPT))
        for entry in self.home.hass.config_entries.async_entries(DOMAIN):
            diagnostics = await async_get_config_entry_diagnostics(self.home.hass, entry)
            self.look("diagnostics", diagnostics)


def chain(error: BaseException | None) -> Iterator[object]:
    """Yield all that is told by an exception, and by those that led to it."""
    while error:
        yield from (error, error.args, vars(error))
        if error.__cause__ and error.__context__ not in (None, error.__cause__):
            yield from chain(error.__context__)
        error = error.__cause__ or error.__context__


def shown(result: Mapping[str, object]) -> Iterator[object]:
    """Yield what a flow shows of itself; what it puts in the entry's data is not for show."""
    for name, value in result.items():
        match name, value:
            case "data" | "result", _:
                pass
            case "data_schema", probatio.Schema():
                yield probatio.to_field_list(value, custom_serializer=cv.custom_serializer)
            case _:
                yield value


@pytest.fixture
async def home(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, socket_enabled: None
) -> AsyncGenerator[Home]:
    """Return a Home Assistant whose way to the providers ends at the misbehaving server."""
    async with misbehaving_home(hass, freezer) as home:
        yield home


@pytest.fixture
def leaks(home: Home, hass_storage: dict[str, Any]) -> Generator[Leaks]:
    """Look at all that is logged, in all detail, and at all events."""
    leaks = Leaks(home, hass_storage)
    unsubscribe = home.hass.bus.async_listen(MATCH_ALL, leaks.hear)
    loggers = [logging.getLogger(name) for name in ("", "aiohttp", "asyncio", "custom_components")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    loggers[0].addHandler(leaks)
    yield leaks
    loggers[0].removeHandler(leaks)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)
    unsubscribe()


@by_provider_or_place
async def test_polls(home: Home, leaks: Leaks, hass_storage: dict[str, Any], provider: str) -> None:
    """Polls that work and polls that do not let nothing out."""
    home.hass.loop.set_debug(provider in REMARKED)
    await home.add(ALL[provider])
    for fault in (*FAULTS, *ECHOES):
        home.misbehave(fault)
        await home.wait(DAY + 2)
        assert home.state() == STATE_UNAVAILABLE
        leaks.search()
        await leaks.export()
        if fault.meaning is Meaning.INVALID_AUTH:
            home.serve(93)
            await home.hass.config_entries.async_reload(home.entry.entry_id)
            assert home.state() == "93"
    home.serve(81)
    await home.wait(DAY + 2)
    assert home.state() == "81"
    leaks.search()
    await leaks.export()
    assert {f"{DOMAIN}.{home.entry.entry_id}", "core.entity_registry"} <= hass_storage.keys()
    assert "custom_components.api_credits.coordinator" in leaks.records
    assert "asyncio" in leaks.records or provider not in REMARKED
    assert not leaks.found


@by_provider_or_place
async def test_set_ups(home: Home, leaks: Leaks, provider: str) -> None:
    """Set-ups that fail let nothing out, nor does the one that works at last."""
    home.hass.loop.set_debug(False)
    home.prepare(ALL[provider])
    home.entry.add_to_hass(home.hass)
    for fault in (*FAULTS, *ECHOES):
        home.misbehave(fault)
        home.freezer.tick(DAY + 2)
        await home.hass.config_entries.async_reload(home.entry.entry_id)
        assert home.entry.state is not ConfigEntryState.LOADED
        leaks.search()
        await leaks.export()
    home.serve(93)
    home.freezer.tick(DAY + 2)
    await home.hass.config_entries.async_reload(home.entry.entry_id)
    assert home.state() == "93"
    leaks.search()
    assert not leaks.found


@pytest.mark.parametrize("source", ["user", "reauth", "reconfigure"])
@by_provider
async def test_flows(home: Home, leaks: Leaks, provider: str, source: str) -> None:
    """Forms that are filled in with a key let nothing out, whatever comes of it."""
    home.hass.loop.set_debug(False)
    if source == "user":
        home.prepare(SAMPLES[provider])
        flow = await home.start_flow()
    else:
        await home.add(SAMPLES[provider])
        flow = await getattr(home.entry, f"start_{source}_flow")(home.hass)
    leaks.search(flow)
    for fault in (*FAULTS, *ECHOES):
        home.misbehave(fault)
        flow = await home.submit(flow, home.sample.credentials | {"api_key": OTHER_KEY})
        assert flow["errors"]
        leaks.search(flow)
    home.serve(93)
    while flow["type"] is FlowResultType.FORM:
        answers = {
            "credentials": home.sample.credentials | {"api_key": OTHER_KEY},
            "account": {"account": home.sample.account},
            "alerts": {},
        }
        flow = await home.submit(flow, answers.get(str(flow["step_id"]), answers["credentials"]))
        leaks.search(flow)
    (entry,) = home.hass.config_entries.async_entries(DOMAIN)
    assert entry.data["api_key"] == OTHER_KEY
    assert not leaks.found


@pytest.mark.parametrize("source", ["user", "reconfigure", "reauth"])
@pytest.mark.parametrize("name", ENTERED)
async def test_flows_of_an_entered_address(
    home: Home, leaks: Leaks, name: str, source: str
) -> None:
    """Nor do the forms for another service, whose choices show of the answer where numbers are."""
    home.hass.loop.set_debug(False)
    sample = ENTERED[name]
    if source == "user":
        home.prepare(sample)
        flow = await home.start_flow()
    else:
        await home.add(sample)
        flow = await begin_anew(home, source)
    leaks.search(flow)
    request = dict(sample.credentials)
    if source == "reauth":
        request = {"api_key": OTHER_KEY}
    elif source == "reconfigure":
        del request["name"]
    for fault in (*FAULTS, *ECHOES):
        home.misbehave(fault)
        flow = await home.submit(flow, request)
        leaks.search(flow)
        if flow["step_id"] == "custom_balance":
            # What means nothing to others may well be a number here.
            home.hass.config_entries.flow.async_abort(flow["flow_id"])
            flow = await begin_anew(home, source)
        else:
            assert flow["errors"]
    home.server.pages = {path: with_key(page) for path, page in sample.pages(93).items()}
    home.server.fault = None
    given: dict[str, dict[str, Any]] = {
        "custom": request,
        "reauth_confirm": request,
        "custom_balance": {"balance": "1", "unit": "USD", "divisor": "1"},
        "custom_readings": {},
        "alerts": {},
    }
    choices = ["custom_readings", "custom_done"]
    while flow["type"] in {FlowResultType.FORM, FlowResultType.MENU}:
        menu = flow["type"] is FlowResultType.MENU
        answers = {"next_step_id": choices.pop(0)} if menu else given[str(flow["step_id"])]
        flow = await home.submit(flow, answers)
        leaks.search(flow)
        assert not flow.get("errors")
    (entry,) = home.hass.config_entries.async_entries(DOMAIN)
    assert entry.state is ConfigEntryState.LOADED
    await leaks.export()
    assert not leaks.found


async def begin_anew(home: Home, source: str) -> Any:
    """Open a form again."""
    if source == "user":
        return await home.start_flow()
    return await getattr(home.entry, f"start_{source}_flow")(home.hass)


@by_sample
async def test_answer_that_repeats_the_key(home: Home, leaks: Leaks, name: str) -> None:
    """What a good answer says beside the readings stays outside, the key not least."""
    sample = ALL[name]
    home.prepare(sample)
    home.server.pages = {path: with_key(page) for path, page in sample.pages(100).items()}
    await home.set_up()
    assert home.state() == "100"
    home.server.pages = {path: with_key(page) for path, page in sample.pages(93).items()}
    await home.poll()
    assert home.state() == "93"
    leaks.search()
    await leaks.export()
    if isinstance(sample.provider.auth, Header | Query) and name != "entered_basic":
        # Others encode it, sign with it, or send it in the body.
        assert KEY in home.server.requests[-1].head
    assert not leaks.found


@by_sample
async def test_key_in_the_place_of_a_text(home: Home, leaks: Leaks, name: str) -> None:
    """A provider that puts the key where a name or a plan should be does not get it shown."""
    sample = ALL[name]
    home.prepare(sample)
    home.server.pages = {path: all_key(page) for path, page in sample.pages(100).items()}
    flow = await home.start_flow()
    flow = await home.submit(flow, home.sample.credentials)
    leaks.search(flow)
    await home.set_up()
    leaks.search()
    await leaks.export()
    assert not leaks.found


def with_key(page: Any) -> Any:
    """Return a page that repeats the key in every object, as a name and as values."""
    match page:
        case dict():
            members = {name: with_key(value) for name, value in page.items()}
            return {KEY: KEY, "api_key": KEY, "label": f"{KEY[:12]}...", "keys": [KEY]} | members
        case list():
            return [with_key(item) for item in page]
        case _:
            return page


def all_key(page: Any) -> Any:
    """Return a page that has the key in the place of every text that is no amount."""
    match page:
        case dict():
            return {name: all_key(value) for name, value in page.items()}
        case list():
            return [all_key(item) for item in page]
        case str() if not page.isdigit():
            return KEY
        case _:
            return page


async def test_system_health(home: Home, leaks: Leaks) -> None:
    """System health goes by the providers' names, and asks nobody."""
    for sample in SAMPLES.values():
        home.prepare(sample)
        await home.set_up()
    home.server.requests.clear()
    told = await system_health_info(home.hass)
    leaks.look("system health", told)
    assert told.keys() == {"accounts", *(sample.provider.name for sample in SAMPLES.values())}
    assert not home.server.requests
    leaks.search()
    assert not leaks.found


LEAKS: Final[dict[str, Callable[[Home], object]]] = {
    "message": lambda _: logging.getLogger("aiohttp.client").debug(f"sent {KEY}"),  # noqa: G004
    "argument": lambda _: logging.getLogger(DOMAIN).debug("sent %s", {"api_key": KEY}),
    "piece": lambda _: logging.getLogger("asyncio").debug("a key like %s…", KEY[20:28]),
    "base64": lambda _: logging.getLogger(DOMAIN).debug(b64encode(f"user:{KEY}".encode())),
    "hex": lambda _: logging.getLogger(DOMAIN).debug("%s", KEY.encode().hex(":", 32)),
    "state": lambda home: home.hass.states.async_set("sensor.other", KEY),
    "attribute": lambda home: home.hass.states.async_set("sensor.other", "1", {"key": KEY}),
    "event": lambda home: home.hass.bus.async_fire("polled", {"url": f"https://a.example/{KEY}"}),
    "notification": lambda home: persistent_notification.async_create(home.hass, f"bad: {KEY}"),
    "entity": lambda home: er.async_get(home.hass).async_get_or_create("sensor", DOMAIN, KEY),
    "device": lambda home: dr.async_get(home.hass).async_get_or_create(
        config_entry_id=home.entry.entry_id, identifiers={(DOMAIN, KEY)}
    ),
    "issue": lambda home: ir.async_create_issue(
        home.hass,
        DOMAIN,
        "issue",
        is_fixable=False,
        severity=ir.IssueSeverity.ERROR,
        translation_key="issue",
        translation_placeholders={"key": KEY},
    ),
    "title": lambda home: home.hass.config_entries.async_update_entry(home.entry, title=KEY),
    "unique id": lambda home: home.hass.config_entries.async_update_entry(
        home.entry, unique_id=KEY
    ),
    "reason": lambda home: home.entry._async_set_state(
        home.hass, ConfigEntryState.LOADED, f"refused {KEY}"
    ),
    "exception": lambda home: keep(home, UpdateFailed(KEY)),
    "placeholder": lambda home: keep(home, UpdateFailed(translation_placeholders={"detail": KEY})),
    "cause": lambda home: keep(home, chained(UpdateFailed("failed"), cause=ValueError(KEY))),
    "context": lambda home: keep(home, chained(UpdateFailed("failed"), context=ValueError(KEY))),
    "context of a cause": lambda home: keep(
        home,
        chained(UpdateFailed("failed"), cause=chained(ValueError("x"), context=ValueError(KEY))),
    ),
    "traceback": lambda _: logging.getLogger(DOMAIN).error("failed", exc_info=ValueError(KEY)),
}
"""Ways in which a key could come out."""


@pytest.mark.parametrize("way", LEAKS)
async def test_leak_would_be_found(home: Home, leaks: Leaks, way: str) -> None:
    """The search finds a key that does come out; else its finding nothing would say nothing."""
    await home.add(SAMPLES["hyperstack"])
    leaks.search()
    assert not leaks.found
    LEAKS[way](home)
    await home.hass.async_block_till_done()
    leaks.search()
    assert leaks.found


@pytest.mark.parametrize("name", ["errors", "description_placeholders", "reason", "title"])
async def test_leak_in_a_form_would_be_found(home: Home, leaks: Leaks, name: str) -> None:
    """The search finds a key that a form shows."""
    home.prepare(SAMPLES["hyperstack"])
    flow = await home.start_flow()
    leaks.search(flow)
    assert not leaks.found
    leaks.search({**flow, name: {"base": KEY}})
    assert leaks.found


async def test_leak_as_a_suggestion_would_be_found(home: Home, leaks: Leaks) -> None:
    """The search finds a key that a form is filled in with beforehand."""
    home.prepare(SAMPLES["hyperstack"])
    flow = await home.start_flow()
    field = probatio.Required("api_key", description={"suggested_value": KEY})
    leaks.search({**flow, "data_schema": probatio.Schema({field: str})})
    assert leaks.found


async def test_leak_in_diagnostics_would_be_found(home: Home, leaks: Leaks) -> None:
    """The search finds a key that is sent along with a report."""
    await home.add(SAMPLES["hyperstack"])
    await leaks.export()
    assert not leaks.found
    keep(home, UpdateFailed(KEY))
    await leaks.export()
    assert leaks.found


async def test_leak_onto_the_disk_would_be_found(
    home: Home, leaks: Leaks, hass_storage: dict[str, Any]
) -> None:
    """The search finds a key in a file, except in the one where it belongs."""
    home.prepare(SAMPLES["hyperstack"])
    hass_storage[KEPT] = {"data": home.sample.data}
    await leaks.export()
    assert not leaks.found
    hass_storage[f"{DOMAIN}.account"] = {"data": home.sample.data}
    await leaks.export()
    assert leaks.found


def keep(home: Home, error: Exception) -> None:
    """Have the coordinator keep an exception."""
    home.entry.runtime_data.last_exception = error


def chained(
    error: Exception, *, cause: Exception | None = None, context: Exception | None = None
) -> Exception:
    """Return an exception that others led to."""
    error.__cause__ = cause
    error.__context__ = context
    return error
