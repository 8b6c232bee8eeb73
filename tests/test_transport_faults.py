"""What becomes of every way in which a provider, or what lies before it, can misbehave."""

from collections.abc import AsyncGenerator, Generator
from copy import deepcopy
from dataclasses import dataclass
from functools import reduce
import logging
from operator import getitem
import tracemalloc
from typing import Any, Final, override
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
import pytest

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType

from .misbehaving import (
    ECHOES,
    FAULT,
    FAULTS,
    IDENTITY_SHAPES,
    KEY,
    MEBIBYTE,
    OTHER_KEY,
    REQUEST_SHAPES,
    SAMPLES,
    VARIANTS,
    Fault,
    Home,
    Meaning,
    Pages,
    body,
    encode,
    meaning,
    misbehaving_home,
)

pytestmark = pytest.mark.freeze_time("2026-11-21 12:00:00")

DAY: Final = 86400.0
FLOODS: Final = (
    "endless_header",
    "endless_headers",
    "endless_body",
    "hundred_megabytes",
    "gzip_bomb",
)
QUICK_RETRIES: Final = {Meaning.CANNOT_CONNECT: 1}
PAUSES: Final = (5, 10, 20, 40, 60, 60)
"""Minutes between attempts at a provider that cannot be reached."""

by_fault_and_request = pytest.mark.parametrize(
    ("provider", "fault"),
    [
        pytest.param(provider, fault, id=f"{provider}-{fault}")
        for provider in REQUEST_SHAPES
        for fault in SAMPLES[provider].tries(FAULTS)
    ],
)
by_request = pytest.mark.parametrize("provider", REQUEST_SHAPES)
by_identity = pytest.mark.parametrize("provider", IDENTITY_SHAPES)

EACH_FAULT_SOMEWHERE: Final = [
    pytest.param(provider, fault, id=str(fault))
    for number, fault in enumerate(FAULTS)
    for provider in [IDENTITY_SHAPES[number % len(IDENTITY_SHAPES)]]
    if fault in SAMPLES[provider].tries([fault])
]
"""Each fault at one provider, each time another."""


@pytest.fixture
async def home(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, socket_enabled: None
) -> AsyncGenerator[Home]:
    """Return a Home Assistant whose way to the providers ends at the misbehaving server."""
    hass.loop.set_debug(False)
    async with misbehaving_home(hass, freezer) as home:
        yield home


@pytest.fixture
def entity_registry_enabled_by_default() -> Generator[None]:
    """Enable every entity, also those that are not of use to most."""
    with patch("homeassistant.helpers.entity.Entity.entity_registry_enabled_default", new=True):
        yield


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Log:
    """Return what the log tells of an account."""
    caplog.set_level(logging.INFO)
    return Log(caplog)


class Log:
    """What the log tells people; asyncio's remarks on a clock that jumps are none of it."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        """Read what the harness captures."""
        self._caplog = caplog

    def clear(self) -> None:
        """Forget what was logged so far."""
        self._caplog.clear()

    @property
    def troubles(self) -> list[logging.LogRecord]:
        """Return the warnings and errors."""
        return [
            record
            for record in self._caplog.records
            if record.levelno >= logging.WARNING and record.name != "asyncio"
        ]

    @property
    def set_up_failures(self) -> list[logging.LogRecord]:
        """Return the lines that tell that the account could not be set up."""
        return [
            record
            for record in self._caplog.records
            if record.name == "homeassistant.config_entries"
            and record.levelno >= logging.INFO
            and record.getMessage().startswith("Config entry 'Account' ")
        ]

    @property
    def recoveries(self) -> list[str]:
        """Return the lines that tell that all is well again."""
        return [text for text in self._caplog.messages if text.endswith("recovered")]


def next_request(home: Home, fault: Fault) -> tuple[float, float]:
    """Return the seconds from a failed poll to the next: at the earliest and at the latest."""
    if fault.meaning is Meaning.CANNOT_CONNECT:
        return 300, 300
    if fault.pause:
        return fault.pause, fault.pause
    return home.interval / 2, home.interval * 1.5


@by_fault_and_request
async def test_poll(home: Home, log: Log, provider: str, fault: Fault) -> None:
    """A fault is told once and waited out as its kind wants; the next good answer ends it."""
    await home.add(SAMPLES[provider])
    log.clear()
    home.misbehave(fault)

    # What changes something at the provider, as a POST may, is not sent again by itself.
    tries = fault.tries if home.sample.provider.method == "GET" else 1
    assert await home.poll() == tries * (1 + QUICK_RETRIES.get(fault.meaning, 0))
    assert home.state() == STATE_UNAVAILABLE
    (trouble,) = log.troubles
    assert trouble.levelno == logging.ERROR
    assert home.sample.provider.name in trouble.getMessage()
    assert len(home.reauth_flows) == (fault.meaning is Meaning.INVALID_AUTH)

    if fault.meaning is Meaning.INVALID_AUTH:
        assert await home.wait(DAY) == 0
        home.serve(93)
        (flow,) = home.reauth_flows
        result = await home.submit(flow, home.sample.credentials | {"api_key": OTHER_KEY})
        assert result["reason"] == "reauth_successful"
    else:
        earliest, latest = next_request(home, fault)
        assert await home.wait(earliest - 2) == 0
        assert await home.wait(latest - earliest + 4) > 0
        assert home.state() == STATE_UNAVAILABLE
        home.serve(93)
        assert await home.wait(DAY + 2) == 1
        assert log.recoveries == ["Fetching Account data recovered"]

    assert home.state() == "93"
    assert log.troubles == [trouble]
    assert not any(record.exc_info for record in log.troubles)
    assert {request.host for request in home.server.requests} == {home.sample.host}
    assert {
        request.path.replace(OTHER_KEY, KEY) for request in home.server.requests
    } <= home.server.pages.keys()


@pytest.mark.parametrize(("provider", "fault"), EACH_FAULT_SOMEWHERE)
async def test_set_up(home: Home, log: Log, provider: str, fault: Fault) -> None:
    """At set-up Home Assistant tries again later, but with other credentials if they are bad."""
    home.prepare(SAMPLES[provider])
    home.misbehave(fault)
    await home.set_up()

    assert home.server.attempts == fault.tries
    assert home.entry.reason
    assert home.sample.provider.name in home.entry.reason
    assert len(log.set_up_failures) == 1
    assert not any(record.exc_info for record in log.troubles)
    log.clear()

    if fault.meaning is Meaning.INVALID_AUTH:
        assert home.phase() is ConfigEntryState.SETUP_ERROR
        home.serve(93)
        (flow,) = home.reauth_flows
        result = await home.submit(flow, home.sample.credentials | {"api_key": OTHER_KEY})
        assert result["reason"] == "reauth_successful"
    else:
        assert home.phase() is ConfigEntryState.SETUP_RETRY
        assert not home.reauth_flows
        if fault.pause:
            assert await home.wait(fault.pause - 2) == 0
        home.serve(93)
        await home.wait(120)

    assert home.phase() is ConfigEntryState.LOADED
    assert home.state() == "93"
    assert not log.troubles


@by_identity
async def test_config_flow(home: Home, log: Log, subtests: pytest.Subtests, provider: str) -> None:
    """The form for a new account tells what is wrong, and goes on once nothing is."""
    home.prepare(SAMPLES[provider])
    flow = await home.start_flow()
    for fault in home.sample.tries((*FAULTS, *ECHOES)):
        with subtests.test(fault=fault.name):
            home.misbehave(fault)
            flow = await home.submit(flow, home.sample.credentials)
            assert flow["step_id"] == "credentials"
            assert meaning(flow["errors"]) == {"base": fault.meaning}

    home.serve(93)
    flow = await home.submit(flow, home.sample.credentials)
    if flow["step_id"] == "account":
        flow = await home.submit(flow, {"account": home.sample.account})
    assert flow["step_id"] == "alerts"
    flow = await home.submit(flow, {})
    assert flow["type"] is FlowResultType.CREATE_ENTRY
    home.entry = flow["result"]
    assert home.entry.data == home.sample.data
    assert home.state() == "93"
    assert not any(record.exc_info for record in log.troubles)


@pytest.mark.parametrize("step", ["reauth_confirm", "reconfigure"])
@by_identity
async def test_new_credentials(
    home: Home, log: Log, subtests: pytest.Subtests, provider: str, step: str
) -> None:
    """Credentials that cannot be tried leave the form open, and the old ones in place."""
    await home.add(SAMPLES[provider])
    entry = home.entry
    flow = await (
        entry.start_reauth_flow(home.hass)
        if step == "reauth_confirm"
        else entry.start_reconfigure_flow(home.hass)
    )
    for fault in home.sample.tries(FAULTS):
        with subtests.test(fault=fault.name):
            home.misbehave(fault)
            flow = await home.submit(flow, home.sample.credentials | {"api_key": OTHER_KEY})
            assert flow["step_id"] == step
            assert meaning(flow["errors"]) == {"base": fault.meaning}
            assert entry.data == home.sample.data

    home.serve(93)
    flow = await home.submit(flow, home.sample.credentials | {"api_key": OTHER_KEY})
    assert flow["type"] is FlowResultType.ABORT
    assert entry.data == home.sample.data | {"api_key": OTHER_KEY}
    assert home.state() == "93"
    assert not any(record.exc_info for record in log.troubles)


@by_request
async def test_pauses_grow_while_a_provider_is_unreachable(home: Home, provider: str) -> None:
    """The pauses double up to an hour, and begin anew after a good answer."""
    await home.add(SAMPLES[provider])
    for _ in range(2):
        home.misbehave(FAULT["503"])
        await home.poll()
        for minutes in PAUSES:
            assert await home.wait(minutes * 60 - 2) == 0
            assert await home.wait(4) == 2
        home.serve(93)
        await home.wait(3602)
        assert home.state() == "93"


@by_request
async def test_one_failed_request_is_no_failure(home: Home, log: Log, provider: str) -> None:
    """What a quick second request gets right is not worth telling."""
    await home.add(SAMPLES[provider])
    log.clear()
    home.serve(93)
    home.misbehave(FAULT["503"], times=1)
    assert await home.poll() == 2
    assert home.state() == "93"
    assert not log.troubles
    assert not log.recoveries


async def test_fault_behind_a_fault(home: Home, log: Log) -> None:
    """A fault that turns into another is not told again; the account stays unavailable."""
    await home.add(SAMPLES["hyperstack"])
    log.clear()
    for fault in FAULTS:
        if fault.meaning is not Meaning.INVALID_AUTH:
            home.misbehave(fault)
            assert await home.wait(DAY + 2) > 0
            assert home.state() == STATE_UNAVAILABLE
    assert len(log.troubles) == 1
    home.serve(93)
    await home.wait(DAY + 2)
    assert home.state() == "93"


@pytest.mark.parametrize("flood", FLOODS)
@by_request
async def test_flood(home: Home, provider: str, flood: str) -> None:
    """However much a provider sends, little is taken and less is kept."""
    await home.add(SAMPLES[provider])
    home.misbehave(FAULT[flood])
    home.server.pushed = 0
    tracemalloc.start()
    try:
        attempts = await home.poll()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert home.server.pushed < attempts * 8 * MEBIBYTE
    assert peak < 8 * MEBIBYTE


@pytest.mark.parametrize(
    "headers",
    [
        {"Content_Type": "application/json; charset=utf-16"},
        {"Content_Type": "application/json; charset=zebra"},
        {"Content_Type": "text/html; charset=iso-8859-1"},
        {"Content_Type": ""},
    ],
    ids=lambda headers: headers["Content_Type"] or "none",
)
@by_request
async def test_wrong_content_type(home: Home, provider: str, headers: dict[str, str]) -> None:
    """JSON is read as what it is, whatever the headers call it."""
    await home.add(SAMPLES[provider])
    page = encode(home.sample.pages(93)[home.sample.page])
    home.misbehave(Fault("", Meaning.UNEXPECTED_RESPONSE, body(page, **headers)))
    await home.poll()
    assert home.state() == "93"


@dataclass(frozen=True, kw_only=True)
class Amount:
    """An amount in a provider's answer on the balance, and the reading that shows it."""

    sample: str
    path: str
    reading: str
    required: bool = True

    @override
    def __str__(self) -> str:
        return f"{self.sample}-{self.path}"

    def page(self, pages: Pages, value: Any) -> Any:
        """Return the page with another value for the amount; without one for `...`."""
        page = deepcopy(next(iter(pages.values())))
        *steps, last = (int(step) if step.isdigit() else step for step in self.path.split("."))
        holder = reduce(getitem, steps, page)
        if value is ...:
            del holder[last]
        else:
            holder[last] = value
        return page


AMOUNTS: Final = (
    Amount(sample="deepseek", path="balance_infos.0.total_balance", reading="balance_cny"),
    Amount(
        sample="deepseek",
        path="balance_infos.0.granted_balance",
        reading="granted_cny",
        required=False,
    ),
    Amount(sample="hyperstack", path="data.credit", reading="balance"),
    Amount(sample="hyperstack", path="data.threshold", reading="threshold", required=False),
    Amount(sample="openrouter", path="data.total_usage", reading="used"),
    Amount(sample="openrouter_key", path="data.limit_remaining", reading="balance", required=False),
)
"""An amount of each kind; every other one is tried by its contract."""
NO_AMOUNTS: Final[tuple[Any, ...]] = (
    True,
    False,
    *("@NaN", "@Infinity", "@-Infinity", "@1e400", "@1e30"),
    *(
        "NaN",
        "Infinity",
        "1e30",
        "9" * 5000,
        "",
        " ",
        "abc",
        "1,000.00",
        "1_000",
        "0x10",
        "$5",
        "٣",
    ),
    [],
    [1],
    {},
)
ODD_AMOUNTS: Final = {
    "@-12.5": "-12.5",
    "-12.5": "-12.5",
    "@12.123456789012345678901234567891": "12.123456789012345678901234567891",
    "12.123456789012345678901234567891": "12.123456789012345678901234567891",
    "@999999999999999.25": "999999999999999.25",
    "@0": "0",
}
"""By what the provider sends, what is shown."""


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
@pytest.mark.parametrize("amount", AMOUNTS, ids=str)
async def test_amount(home: Home, log: Log, subtests: pytest.Subtests, amount: Amount) -> None:
    """An amount that is none spoils the poll; one that is left out does so if it is required."""
    await home.add((SAMPLES | VARIANTS)[amount.sample])
    page = home.sample.page

    async def poll(value: Any) -> None:
        """Poll twice, so that what is seen is not of an earlier answer."""
        home.serve(100)
        await home.poll()
        assert home.state() == "100"
        log.clear()
        home.server.pages[page] = amount.page(home.sample.pages(100), value)
        assert await home.poll() == 1

    for value in (*NO_AMOUNTS, *((None, ...) if amount.required else ())):
        with subtests.test(value=repr(value)):
            await poll(value)
            assert home.state(amount.reading) == home.state() == STATE_UNAVAILABLE
            (trouble,) = log.troubles
            assert amount.path in trouble.getMessage()
    for value in () if amount.required else (None, ...):
        with subtests.test(value=repr(value)):
            await poll(value)
            assert home.state(amount.reading) == STATE_UNKNOWN
            assert not log.troubles
    for value, shown in ODD_AMOUNTS.items():
        with subtests.test(value=repr(value)):
            await poll(value)
            assert home.state(amount.reading) == shown
            assert not log.troubles
