"""When an account is polled, and what becomes of an answer or of none."""

import asyncio
from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
import logging
from random import Random
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.api_credits.client.transport import MAX_REQUESTS_PER_PROVIDER
from custom_components.api_credits.const import DOMAIN
from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.const import (
    ATTR_ENTITY_ID,
    EVENT_STATE_CHANGED,
    EVENT_STATE_REPORTED,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_component import async_update_entity
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from .answers import (
    DEEPSEEK,
    DEEPSEEK_BALANCE,
    ERRORS,
    EXAMPLES,
    HYPERSTACK,
    HYPERSTACK_BALANCE,
    SMS_WORKS,
    Example,
    FakeProviders,
    hyperstack_credit,
)
from .conftest import PassTime, set_up

BALANCE = "sensor.hyperstack_example_org_balance"
GOOD = {"json": HYPERSTACK.answers[HYPERSTACK_BALANCE]}

A_ROUND = timedelta(minutes=23)
"""Longer than any account at Hyperstack waits for its turn."""


def balance(hass: HomeAssistant) -> str:
    """Return the state of Hyperstack's balance."""
    state = hass.states.get(BALANCE)
    assert state
    return state.state


# An answer


async def test_poll_brings_news(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """A changed balance shows after the account's next turn."""
    assert balance(hass) == "28.147631028367705"
    providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(27.5))
    await pass_time(A_ROUND)
    assert balance(hass) == "27.5"
    assert len(providers.requests) == 2


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
async def test_unchanged_poll_writes_nothing(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
    example: Example,
) -> None:
    """A poll that brings nothing new neither changes nor reports a state."""
    events: list[Event[Any]] = []

    @callback
    def listen(event: Event[Any]) -> None:
        events.append(event)

    for event_type in (EVENT_STATE_CHANGED, EVENT_STATE_REPORTED):
        hass.bus.async_listen(event_type, listen, event_filter=callback(lambda _: True))
    for _ in range(3):
        await pass_time(timedelta(hours=1))
    assert len(providers.requests) == 4
    assert not events


# No answer


@pytest.mark.parametrize(
    "error", ["cannot_connect", "forbidden", "rate_limited", "unexpected_response", "unknown"]
)
@pytest.mark.usefixtures("no_delay")
async def test_outage_and_recovery(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    caplog: pytest.LogCaptureFixture,
    loaded_entry: MockConfigEntry,
    error: str,
) -> None:
    """The account's entities are unavailable while a poll fails, which is logged just once."""
    caplog.set_level(logging.INFO)
    caplog.clear()
    providers.answer(HYPERSTACK_BALANCE, **ERRORS[error])
    for _ in range(3):
        await pass_time(timedelta(hours=2))
        assert balance(hass) == STATE_UNAVAILABLE
    assert loaded_entry.state is ConfigEntryState.LOADED
    assert not hass.config_entries.flow.async_progress()
    if error != "unknown":
        (record,) = ours(caplog)
        assert record.levelno == logging.ERROR
        assert "Hyperstack" in record.getMessage()

    caplog.clear()
    providers.serve(HYPERSTACK)
    await pass_time(timedelta(hours=2))
    assert balance(hass) == "28.147631028367705"
    (record,) = ours(caplog)
    assert record.getMessage() == "Fetching Hyperstack Example Org data recovered"


@pytest.mark.parametrize("example", [DEEPSEEK], ids=["deepseek"])
async def test_told_only_that_nothing_is_left(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """It is exhausted, over a restart as well, and its balances are unknown until it is topped up.

    A first look at such an account is none.
    """
    shown = {"exhausted": "off", "balance_cny": "110.00", "balance_usd": "7.50"}
    assert states(hass, loaded_entry, *shown) == shown
    providers.answer(DEEPSEEK_BALANCE, status=402, json={"error": {"message": "made up"}})
    used_up = {"exhausted": "on", "balance_cny": STATE_UNKNOWN, "balance_usd": STATE_UNKNOWN}
    for _ in range(2):
        await pass_time(A_ROUND * 2)
        assert states(hass, loaded_entry, *shown) == used_up
        await hass.config_entries.async_reload(loaded_entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)
        assert states(hass, loaded_entry, *shown) == used_up

    other = await set_up(hass, replace(DEEPSEEK, api_key="another").entry())
    assert other.state is ConfigEntryState.SETUP_RETRY
    assert "Nothing is left of this account" in (other.reason or "")

    providers.serve(DEEPSEEK)
    await pass_time(A_ROUND * 2)
    assert states(hass, loaded_entry, *shown) == shown
    assert other.state is ConfigEntryState.LOADED


def states(hass: HomeAssistant, entry: MockConfigEntry, *keys: str) -> dict[str, str]:
    """Return the states of an account's entities, by their keys."""
    found = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    ids = {each.unique_id.removeprefix(f"{entry.entry_id}_"): each.entity_id for each in found}
    return {key: state.state for key in keys if (state := hass.states.get(ids[key]))}


def ours(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    """Return what the integration has logged."""
    return [
        record
        for record in caplog.records
        if record.name.startswith(f"custom_components.{DOMAIN}") and record.levelno > logging.DEBUG
    ]


async def test_quick_retry(
    hass: HomeAssistant,
    providers: FakeProviders,
    freezer: FrozenDateTimeFactory,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """A single failed request is tried again a moment later, before anybody notices."""
    providers.answer_in_turn(HYPERSTACK_BALANCE, ERRORS["cannot_connect"], GOOD)
    freezer.tick(A_ROUND)
    async_fire_time_changed(hass)
    await go_on()
    assert len(providers.requests) == 2

    await pass_time(timedelta(seconds=2))
    assert len(providers.requests) == 3
    assert balance(hass) == "28.147631028367705"


@pytest.mark.parametrize(
    ("error", "requests"),
    [
        ("cannot_connect", 2),
        ("forbidden", 1),
        ("invalid_auth", 1),
        ("rate_limited", 1),
        ("unexpected_response", 1),
        ("unknown", 1),
    ],
)
@pytest.mark.usefixtures("no_delay")
async def test_only_the_unreachable_is_tried_again(
    providers: FakeProviders,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
    error: str,
    requests: int,
) -> None:
    """What the provider itself has said is not asked again, and what is silent only once."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS[error])
    await pass_time(A_ROUND)
    assert len(providers.requests) == 1 + requests


@pytest.mark.usefixtures("no_delay")
async def test_pauses_grow(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """A provider out of reach is left alone ever longer, up to an hour, until it answers."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["cannot_connect"])
    await pass_time(A_ROUND)
    await let_run(pass_time, timedelta(hours=4))
    polls = sorted({request.time for request in providers.log[1:]})
    assert gaps(polls) == [5, 10, 20, 40, 60, 60]

    providers.serve(HYPERSTACK)
    await let_run(pass_time, timedelta(hours=1))
    assert balance(hass) == "28.147631028367705"
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["cannot_connect"])
    await pass_time(A_ROUND)
    since = len(providers.log)
    await let_run(pass_time, timedelta(minutes=6))
    assert len(providers.log) == since + 2


@pytest.mark.parametrize("error", ["forbidden", "rate_limited", "unexpected_response"])
async def test_answers_of_no_use_come_in_turn(
    providers: FakeProviders, pass_time: PassTime, loaded_entry: MockConfigEntry, error: str
) -> None:
    """A provider that answers, if not well, goes on being asked at the usual interval."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS[error])
    await pass_time(A_ROUND)
    await let_run(pass_time, timedelta(hours=2))
    first, *others = gaps([request.time for request in providers.log[1:]])
    assert 7 <= first <= 23
    assert set(others) == {15}


async def go_on() -> None:
    """Let happen what needs no time, without waiting for what does."""
    for _ in range(50):
        await asyncio.sleep(0)


async def let_run(pass_time: PassTime, time: timedelta, step: timedelta | None = None) -> None:
    """Let a longer time pass, little by little."""
    step = step or timedelta(seconds=30)
    for _ in range(time // step):
        await pass_time(step)


async def let_load(pass_time: PassTime, entry: MockConfigEntry) -> None:
    """Let time pass until Home Assistant has tried again to set an account up, and succeeded."""
    for _ in range(30):
        await pass_time(timedelta(seconds=30))
        if entry.state is ConfigEntryState.LOADED:
            return
    pytest.fail("not set up again")


def gaps(times: list[datetime]) -> list[int]:
    """Return the whole minutes between points in time."""
    return [round((after - before) / timedelta(minutes=1)) for before, after in pairwise(times)]


# Pauses that the provider asks for


@pytest.fixture
async def paused_entry(
    providers: FakeProviders, pass_time: PassTime, loaded_entry: MockConfigEntry
) -> MockConfigEntry:
    """Return an account whose provider has just asked for an hour without requests."""
    providers.answer(HYPERSTACK_BALANCE, status=429, headers={"Retry-After": "3600"})
    await pass_time(A_ROUND)
    providers.serve(HYPERSTACK)
    providers.log.clear()
    return loaded_entry


async def test_pause_as_told(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    paused_entry: MockConfigEntry,
) -> None:
    """The provider is left alone for as long as it wants, and asked again right after."""
    assert balance(hass) == STATE_UNAVAILABLE
    await let_run(pass_time, timedelta(minutes=59, seconds=30))
    assert not providers.log
    await pass_time(timedelta(minutes=1))
    assert balance(hass) == "28.147631028367705"
    assert len(providers.log) == 1
    await pass_time(A_ROUND)
    assert len(providers.log) == 2


async def test_pause_outlives_a_reload(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    paused_entry: MockConfigEntry,
) -> None:
    """A reload does not shorten the pause."""
    await hass.config_entries.async_reload(paused_entry.entry_id)
    assert balance(hass) == STATE_UNAVAILABLE
    await let_run(pass_time, timedelta(minutes=59, seconds=30))
    assert not providers.log
    await pass_time(timedelta(minutes=1))
    assert balance(hass) == "28.147631028367705"
    assert len(providers.log) == 1


async def test_pause_at_set_up(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    mock_config_entry: MockConfigEntry,
) -> None:
    """A pause asked for at the very first request holds as well."""
    providers.answer(HYPERSTACK_BALANCE, status=429, headers={"Retry-After": "600"})
    await set_up(hass, mock_config_entry)
    assert mock_config_entry.state is ConfigEntryState.SETUP_RETRY
    providers.serve(HYPERSTACK)
    await let_run(pass_time, timedelta(minutes=9))
    assert len(providers.log) == 1
    await let_load(pass_time, mock_config_entry)
    assert len(providers.log) == 2


async def test_pause_is_not_ended_by_hand(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    paused_entry: MockConfigEntry,
) -> None:
    """An update that a person or an automation asks for has to wait as well."""
    await async_setup_component(hass, "homeassistant", {})
    await hass.services.async_call(
        "homeassistant", "update_entity", {ATTR_ENTITY_ID: [BALANCE]}, blocking=True
    )
    assert not providers.log
    await let_run(pass_time, timedelta(hours=1, minutes=1))
    assert len(providers.log) == 1


async def test_pause_is_of_one_account(
    hass: HomeAssistant,
    providers: FakeProviders,
    paused_entry: MockConfigEntry,
) -> None:
    """Another account of the same provider has a limit of its own."""
    other = await set_up(hass, HYPERSTACK.with_key("other").entry(unique_id="hyperstack_1"))
    assert other.state is ConfigEntryState.LOADED
    assert [request.api_key for request in providers.log] == ["other"]


async def test_end_of_a_pause_is_awaited_calmly(
    hass: HomeAssistant,
    providers: FakeProviders,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
    mock_config_entry: MockConfigEntry,
) -> None:
    """A pause that ends between two whole seconds is not checked over and over until it does."""
    providers.serve(HYPERSTACK)
    freezer.move_to("2026-11-21 10:00:00.300+00:00")
    with patch("homeassistant.helpers.update_coordinator.randint", return_value=50_000):
        await set_up(hass, mock_config_entry)
    providers.answer(
        HYPERSTACK_BALANCE,
        status=429,
        headers={"Retry-After": "Sat, 21 Nov 2026 11:00:00 GMT"},
    )
    await async_update_entity(hass, BALANCE)
    await mock_config_entry.runtime_data.async_refresh()
    caplog.clear()

    freezer.move_to("2026-11-21 10:59:59.800+00:00")
    async_fire_time_changed(hass)
    await go_on()
    attempts = [record for record in caplog.records if "Finished fetching" in record.getMessage()]
    await hass.config_entries.async_unload(mock_config_entry.entry_id)
    assert len(attempts) <= 2


# Refused credentials


async def test_refused_credentials(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """Once the provider refuses the key, it is not sent again; a new one is asked for, once."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["invalid_auth"])
    await pass_time(A_ROUND)
    assert balance(hass) == STATE_UNAVAILABLE
    (flow,) = hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == SOURCE_REAUTH

    providers.serve(HYPERSTACK)
    await let_run(pass_time, timedelta(days=1), timedelta(minutes=30))
    assert len(providers.requests) == 2
    assert len(hass.config_entries.flow.async_progress()) == 1

    await hass.config_entries.flow.async_configure(flow["flow_id"], {"api_key": "new-key"})
    await hass.async_block_till_done()
    assert balance(hass) == "28.147631028367705"
    await pass_time(A_ROUND)
    assert providers.log[-1].api_key == "new-key"
    polled = len(providers.requests)
    await pass_time(A_ROUND)
    assert len(providers.requests) == polled + 1


# The interval


@pytest.mark.parametrize(
    ("example", "options", "minutes"),
    [
        (HYPERSTACK, {}, 15),
        (SMS_WORKS, {}, 30),
        (HYPERSTACK, {"update_interval": 60}, 60),
        (HYPERSTACK, {"update_interval": 5}, 5),
        (HYPERSTACK, {"update_interval": 1}, 5),
    ],
    ids=["fifteen by default", "thirty by default", "an hour", "minimum", "below the minimum"],
)
async def test_interval(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    example: Example,
    options: dict[str, float],
    minutes: int,
) -> None:
    """An account is polled at the interval that was chosen, or else the provider's."""
    providers.serve(example)
    await set_up(hass, example.entry(options=options))
    await let_run(pass_time, timedelta(minutes=5 * minutes), timedelta(minutes=minutes) / 30)
    first, *others = gaps([request.time for request in providers.log])
    assert minutes / 2 - 1 <= first <= minutes * 1.5 + 1
    assert len(others) >= 3
    assert set(others) == {minutes}


# Many accounts

ACCOUNTS = 200
INTERVAL = timedelta(minutes=30)
STEP = timedelta(seconds=20)
ULID_CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@pytest.fixture
def examples() -> list[Example]:
    """Return the providers that many accounts are at; parametrized."""
    return [SMS_WORKS]


@pytest.fixture
async def many_entries(
    hass: HomeAssistant,
    providers: FakeProviders,
    freezer: FrozenDateTimeFactory,
    examples: list[Example],
) -> list[MockConfigEntry]:
    """Return many accounts, evenly over these providers, that are polled every half an hour."""
    asyncio.get_running_loop().set_debug(False)
    freezer.move_to("2026-11-21 10:00:00.300+00:00")
    providers.serve(*examples)
    random = Random(20261121)
    entries = [
        examples[number % len(examples)]
        .with_key(f"key-{number}")
        .entry(
            entry_id="01M7YS" + "".join(random.choices(ULID_CHARACTERS, k=20)),
            unique_id=f"account-{number}",
            title=f"Account {number}",
            options={"update_interval": INTERVAL / timedelta(minutes=1)},
        )
        for number in range(ACCOUNTS)
    ]
    for entry in entries:
        entry.add_to_hass(hass)
    return entries


async def set_up_all(hass: HomeAssistant, entries: list[MockConfigEntry]) -> None:
    """Set up accounts all at one moment, as at a start of Home Assistant."""
    if DOMAIN in hass.config.components:
        setups = (hass.config_entries.async_setup(entry.entry_id) for entry in entries)
        await asyncio.gather(*setups)
    else:
        await async_setup_component(hass, DOMAIN, {})
    await hass.async_block_till_done()
    assert {entry.state for entry in entries} == {ConfigEntryState.LOADED}


def busiest_minute(providers: FakeProviders, since: datetime, duration: timedelta) -> int:
    """Return the most requests that came within a minute of this time."""
    times = [request.time for request in providers.log if since < request.time <= since + duration]
    return max(
        sum(start <= time < start + timedelta(minutes=1) for time in times) for start in set(times)
    )


def assert_spread(providers: FakeProviders, since: datetime, duration: timedelta) -> None:
    """Check that no minute of this time has more than three times its share of the requests."""
    share = ACCOUNTS / (INTERVAL / timedelta(minutes=1))
    assert busiest_minute(providers, since, duration) <= 3 * share


def assert_once_per_interval(providers: FakeProviders, since: datetime) -> None:
    """Check that each account is polled every half an hour since this time."""
    polls: defaultdict[str, list[datetime]] = defaultdict(list)
    for request in providers.log:
        if request.time > since:
            polls[request.api_key].append(request.time)
    assert len(polls) == ACCOUNTS
    for times in polls.values():
        assert len(times) >= 2
        for before, after in pairwise(times):
            assert abs(after - before - INTERVAL) <= STEP


@pytest.mark.parametrize(
    "examples", [[SMS_WORKS], list(EXAMPLES.values())], ids=["one provider", "all providers"]
)
async def test_few_requests_at_a_time(
    hass: HomeAssistant,
    providers: FakeProviders,
    many_entries: list[MockConfigEntry],
    examples: list[Example],
) -> None:
    """However many accounts are set up at once, a provider has few requests to answer at a time."""
    await set_up_all(hass, many_entries)
    assert len(providers.log) == ACCOUNTS
    assert len(providers.most_at_once) == len(examples)
    assert set(providers.most_at_once.values()) == {MAX_REQUESTS_PER_PROVIDER} == {3}


@pytest.mark.parametrize(
    "examples", [[SMS_WORKS], list(EXAMPLES.values())], ids=["one provider", "all providers"]
)
@pytest.mark.usefixtures("no_delay")
async def test_many_accounts_take_turns(
    hass: HomeAssistant,
    providers: FakeProviders,
    freezer: FrozenDateTimeFactory,
    many_entries: list[MockConfigEntry],
    examples: list[Example],
) -> None:
    """Polls are spread over the interval after set-up, after a restart, and after an outage."""

    async def let_run(time: timedelta) -> None:
        for _ in range(time // STEP):
            freezer.tick(STEP)
            await hass.async_block_till_done(wait_background_tasks=True)

    await set_up_all(hass, many_entries)
    since = dt_util.utcnow()
    await let_run(3.5 * INTERVAL)
    assert_spread(providers, since + INTERVAL / 2, 3 * INTERVAL)
    assert_once_per_interval(providers, since)

    for entry in many_entries:
        await hass.config_entries.async_unload(entry.entry_id)
    await set_up_all(hass, many_entries)
    since = dt_util.utcnow()
    await let_run(3.5 * INTERVAL)
    assert_spread(providers, since + INTERVAL / 2, 3 * INTERVAL)
    assert_once_per_interval(providers, since)

    for example in examples:
        providers.answer(example.balance_url, **ERRORS["cannot_connect"])
    await let_run(2 * INTERVAL)
    assert not any(entry.runtime_data.last_update_success for entry in many_entries)
    providers.serve(*examples)
    since = dt_util.utcnow()
    await let_run(4.5 * INTERVAL)
    assert all(entry.runtime_data.last_update_success for entry in many_entries)
    assert busiest_minute(providers, since, 2 * INTERVAL) <= ACCOUNTS / 5
    assert_spread(providers, since + 2 * INTERVAL, 2.5 * INTERVAL)
    assert_once_per_interval(providers, since + 2 * INTERVAL)
