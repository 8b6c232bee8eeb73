"""One writer a file: what is told is on disk, and nobody overwrites what another has written."""

import asyncio
from collections.abc import Awaitable, Callable, Generator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.api_credits import coordinator as polls
from custom_components.api_credits.const import DOMAIN
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import (
    EVENT_HOMEASSISTANT_STOP,
    EVENT_STATE_CHANGED,
    EVENT_STATE_REPORTED,
    STATE_OFF,
    STATE_ON,
    STATE_UNAVAILABLE,
)
from homeassistant.core import CoreState, Event, HomeAssistant, State, callback
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.util.file import WriteError

from .answers import (
    ERRORS,
    EXAMPLES,
    HYPERSTACK,
    HYPERSTACK_BALANCE,
    SMS_WORKS,
    Example,
    FakeProviders,
    hyperstack_credit,
)
from .conftest import PassTime, file_of, moments, poll, set_up, state_of

BALANCE = "sensor.hyperstack_example_org_balance"
THRESHOLD = "number.hyperstack_example_org_warn_at"
A_MOMENT = timedelta(seconds=1)
A_ROUND = timedelta(minutes=23)
RETRY = timedelta(seconds=6)

type Wait = Callable[[float], Awaitable[None]]


@pytest.fixture
def options() -> dict[str, Any]:
    """Return the limits of an account."""
    return {"low_balance": 10}


async def go_on() -> None:
    """Let happen what needs no time."""
    for _ in range(100):
        await asyncio.sleep(0)


@pytest.fixture
def wait(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Wait:
    """Return a function that lets time pass, and waits for no answer."""

    async def let_pass(seconds: float) -> None:
        await go_on()
        freezer.tick(timedelta(seconds=seconds))
        async_fire_time_changed(hass)
        await go_on()

    return let_pass


class Held:
    """A provider that takes as long as a test wants to answer."""

    def __init__(self) -> None:
        """Answer nothing yet."""
        self.may_answer = asyncio.Event()
        self.asked = 0

    def hold(self) -> Any:
        """Hold back the answers of every provider."""
        fetch = polls.ApiCreditsCoordinator._async_ask

        async def ask(coordinator: Any) -> Any:
            self.asked += 1
            await self.may_answer.wait()
            return await fetch(coordinator)

        return patch.object(polls.ApiCreditsCoordinator, "_async_ask", ask)


@pytest.fixture
def held() -> Generator[Held]:
    """Return a provider that does not answer until it may."""
    provider = Held()
    with provider.hold():
        yield provider


class TestFiles:
    """With real files, as a disk has them."""

    @pytest.fixture
    def hass_storage(self) -> None:
        """Let there be files."""

    @pytest.fixture
    def hass_config_dir(self, hass_tmp_config_dir: str) -> str:
        """Let files be where they may."""
        return hass_tmp_config_dir

    @pytest.fixture
    def files(self, hass: HomeAssistant, mock_config_entry: MockConfigEntry) -> Callable[[], int]:
        """Return a function that counts the files of the account."""
        folder = Path(hass.config.path(".storage"))
        folder.mkdir(exist_ok=True)
        return lambda: len([*folder.glob(f"{file_of(mock_config_entry)}*")])

    async def test_removed_during_a_poll(
        self,
        hass: HomeAssistant,
        providers: FakeProviders,
        files: Callable[[], int],
        told: list[State],
        loaded_entry: MockConfigEntry,
    ) -> None:
        """The file of an account that is removed during a slow poll does not come back."""
        assert files() == 1
        held = Held()
        providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(0))
        with held.hold():
            slow = hass.async_create_task(loaded_entry.runtime_data.async_refresh())
            await go_on()
            assert held.asked == 1
            assert await hass.config_entries.async_remove(loaded_entry.entry_id)
            held.may_answer.set()
            await slow
        await hass.async_block_till_done()
        assert files() == 0
        assert not told
        assert not ir.async_get(hass).issues

    async def test_removed_while_it_is_told(
        self,
        hass: HomeAssistant,
        pass_time: PassTime,
        providers: FakeProviders,
        files: Callable[[], int],
        loaded_entry: MockConfigEntry,
    ) -> None:
        """Nor does it come back when what was told counts as acted on."""
        providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(0))
        await poll(hass, loaded_entry)
        assert await hass.config_entries.async_remove(loaded_entry.entry_id)
        await pass_time(timedelta(minutes=2))
        assert files() == 0


# An unloaded coordinator


@pytest.mark.parametrize(
    "answer",
    [{"json": hyperstack_credit(0)}, ERRORS["invalid_auth"], ERRORS["cannot_connect"]],
    ids=["exhausted", "refused", "unreachable"],
)
async def test_poll_that_outlives_its_coordinator(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    providers: FakeProviders,
    told: list[State],
    loaded_entry: MockConfigEntry,
    answer: dict[str, Any],
) -> None:
    """A slow poll of an account that was reloaded writes, tells and asks for nothing."""
    held = Held()
    with held.hold():
        slow = hass.async_create_task(loaded_entry.runtime_data.async_refresh())
        await go_on()
    await hass.config_entries.async_reload(loaded_entry.entry_id)
    written = hass_storage[file_of(loaded_entry)]
    asked = len(providers.requests)
    providers.answer(HYPERSTACK_BALANCE, **answer)
    held.may_answer.set()
    await slow
    await hass.async_block_till_done()
    assert len(providers.requests) == asked + 1
    assert hass_storage[file_of(loaded_entry)] is written
    assert not told
    assert not ir.async_get(hass).issues
    assert not hass.config_entries.flow.async_progress()


async def test_poll_that_is_cut_short_by_the_end(
    hass: HomeAssistant,
    providers: FakeProviders,
    caplog: pytest.LogCaptureFixture,
    loaded_entry: MockConfigEntry,
) -> None:
    """A poll under way when Home Assistant stops is given up, not repeated, and is no failure."""
    never = asyncio.Event()
    with patch.object(loaded_entry.runtime_data.provider, "fetch", side_effect=never.wait) as fetch:
        slow = hass.async_create_task(loaded_entry.runtime_data.async_refresh())
        await go_on()
        hass.set_state(CoreState.stopping)
        hass.bus.async_fire_internal(EVENT_HOMEASSISTANT_STOP)
        await slow
    assert fetch.call_count == 1
    assert loaded_entry.runtime_data.memory.unread is None
    assert "Error fetching" not in caplog.text


# A disk that does not take it


async def test_write_that_fails_once(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    providers: FakeProviders,
    pass_time: PassTime,
    told: list[State],
    loaded_entry: MockConfigEntry,
) -> None:
    """It is written again after seconds, and told only then."""
    providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(9))
    with patch("homeassistant.helpers.storage.Store._async_write_data", side_effect=WriteError):
        await poll(hass, loaded_entry)
    assert not told
    await pass_time(RETRY)
    assert moments(told) == ["became_low"]
    file = hass_storage[file_of(loaded_entry)]["data"]
    assert file["ledgers"]["balance"]["balance"] == "9"
    await pass_time(A_MOMENT)
    assert not hass_storage[file_of(loaded_entry)]["data"]["pending"]


async def test_writes_that_fail(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    providers: FakeProviders,
    pass_time: PassTime,
    told: list[State],
    loaded_entry: MockConfigEntry,
) -> None:
    """After two failures it is told all the same, once, and said so until the disk is well."""
    providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(9))
    issue_id = f"not_saved_{loaded_entry.entry_id}"
    with patch("homeassistant.helpers.storage.Store._async_write_data", side_effect=WriteError):
        await poll(hass, loaded_entry)
        await pass_time(RETRY)
        assert moments(told) == ["became_low"]
        assert ir.async_get(hass).async_get_issue(DOMAIN, issue_id)
        for _ in range(3):
            await pass_time(A_ROUND)
        assert moments(told) == ["became_low"]
    await pass_time(A_ROUND)
    assert moments(told) == ["became_low"]
    assert not ir.async_get(hass).async_get_issue(DOMAIN, issue_id)
    assert not hass_storage[file_of(loaded_entry)]["data"]["pending"]


# Set-up from memory


def unreadable(hass: HomeAssistant, entry: MockConfigEntry) -> str:
    """Return the entity that says whether the account cannot be read."""
    found = er.async_get(hass).async_get_entity_id(
        "binary_sensor", DOMAIN, f"{entry.entry_id}_unreadable"
    )
    assert found
    return found


async def test_provider_that_hangs(
    hass: HomeAssistant,
    wait: Wait,
    held: Held,
    hass_storage: dict[str, Any],
    providers: FakeProviders,
) -> None:
    """Many known accounts whose provider hangs are set up all the same, and recover."""
    held.may_answer.set()
    providers.serve(SMS_WORKS)
    entries = [
        SMS_WORKS.with_key(f"key-{number}").entry(unique_id=f"a-{number}", title=f"A {number}")
        for number in range(30)
    ]
    for entry in entries:
        await set_up(hass, entry)
        await hass.config_entries.async_unload(entry.entry_id)
    held.may_answer.clear()
    setups = [
        hass.async_create_task(hass.config_entries.async_setup(one.entry_id)) for one in entries
    ]
    await wait(polls.PATIENCE - 1)
    assert not any(setup.done() for setup in setups)
    await wait(1)
    await asyncio.gather(*setups)
    assert {entry.state for entry in entries} == {ConfigEntryState.LOADED}
    assert state_of(hass, "sensor.a_0_balance") == STATE_UNAVAILABLE
    response = await hass.services.async_call(
        DOMAIN, "get_accounts", {}, blocking=True, return_response=True
    )
    assert response
    accounts: Any = response["accounts"]
    assert {account["readable"] for account in accounts} == {False}
    assert accounts[0]["balances"][0]["balance"] == 180
    assert accounts[0]["age"] is not None

    held.may_answer.set()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert {state_of(hass, f"sensor.a_{number}_balance") for number in range(30)} == {"180"}


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
async def test_unreachable_at_start(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    example: Example,
    loaded_entry: MockConfigEntry,
) -> None:
    """A known account is tried again after seconds for as long as nothing was read."""
    await hass.config_entries.async_unload(loaded_entry.entry_id)
    providers.answer(example.balance_url, **ERRORS["cannot_connect"])
    providers.log.clear()
    assert await hass.config_entries.async_setup(loaded_entry.entry_id)
    await hass.async_block_till_done()
    for _ in range(80):
        await pass_time(A_MOMENT)
    times = [request.time for request in providers.log]
    waits = [(after - before).total_seconds() for before, after in pairwise(times)]
    assert len(waits) == 4
    for wait, expected in zip(waits, (5, 10, 20, 40), strict=True):
        assert abs(wait - expected) <= 2
    assert loaded_entry.state is ConfigEntryState.LOADED

    providers.serve(example)
    await pass_time(timedelta(minutes=2))
    assert loaded_entry.runtime_data.last_update_success
    assert "sensor" not in {
        state.domain for state in hass.states.async_all() if state.state == STATE_UNAVAILABLE
    }


async def test_known_account_that_cannot_be_read(
    hass: HomeAssistant, providers: FakeProviders, loaded_entry: MockConfigEntry
) -> None:
    """What needs no answer is available, and says what is known."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["unexpected_response"])
    await hass.config_entries.async_reload(loaded_entry.entry_id)
    assert loaded_entry.state is ConfigEntryState.LOADED
    assert state_of(hass, BALANCE) == STATE_UNAVAILABLE
    assert state_of(hass, THRESHOLD) == "10"
    assert state_of(hass, unreadable(hass, loaded_entry)) == STATE_OFF


@pytest.mark.parametrize("slow", [False, True], ids=["swift", "slow"])
async def test_known_account_whose_key_is_refused(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    told: list[State],
    held: Held,
    wait: Wait,
    mock_config_entry: MockConfigEntry,
    slow: bool,
) -> None:
    """A person is asked for another key at once, and the refused one is not sent again."""
    held.may_answer.set()
    providers.serve(HYPERSTACK)
    await set_up(hass, mock_config_entry)
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["invalid_auth"])
    providers.log.clear()
    if slow:
        held.may_answer.clear()
        reload = hass.async_create_task(
            hass.config_entries.async_reload(mock_config_entry.entry_id)
        )
        await wait(polls.PATIENCE)
        assert await reload
        held.may_answer.set()
        await hass.async_block_till_done(wait_background_tasks=True)
    else:
        await hass.config_entries.async_reload(mock_config_entry.entry_id)
        await hass.async_block_till_done()
    assert mock_config_entry.state is ConfigEntryState.LOADED
    (flow,) = hass.config_entries.flow.async_progress()
    assert moments(told) == ["unreadable"]
    assert state_of(hass, unreadable(hass, mock_config_entry)) == STATE_ON
    for _ in range(20):
        await pass_time(A_ROUND)
    assert len(providers.log) == 1

    providers.serve(HYPERSTACK)
    await hass.config_entries.flow.async_configure(flow["flow_id"], {"api_key": "new-key"})
    await hass.async_block_till_done()
    assert moments(told) == ["unreadable", "readable"]
    assert state_of(hass, BALANCE) == "28.147631028367705"


# What is written to the state machine


@pytest.fixture
def writes(hass: HomeAssistant) -> list[str]:
    """Return the entities whose state is written, as it is."""
    written: list[str] = []

    @callback
    def listen(event: Event[Any]) -> None:
        written.append(event.data["entity_id"])

    for event_type in (EVENT_STATE_CHANGED, EVENT_STATE_REPORTED):
        hass.bus.async_listen(event_type, listen, event_filter=callback(lambda _: True))
    return written


async def test_changed_poll_writes_what_changed(
    hass: HomeAssistant,
    providers: FakeProviders,
    freezer: FrozenDateTimeFactory,
    writes: list[str],
    loaded_entry: MockConfigEntry,
) -> None:
    """Of all the entities of an account, those that show something else are written."""
    freezer.tick(timedelta(minutes=15))
    async_fire_time_changed(hass)
    writes.clear()
    providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(27))
    await poll(hass, loaded_entry)
    assert sorted(set(writes)) == sorted(writes)
    assert set(writes) == {BALANCE, "sensor.hyperstack_example_org_spent"}


async def test_option_writes_no_unavailable(
    hass: HomeAssistant, writes: list[str], loaded_entry: MockConfigEntry
) -> None:
    """A threshold that is saved in the form shows on what it is about, and nowhere else."""
    writes.clear()
    result = await hass.config_entries.options.async_init(loaded_entry.entry_id)
    await hass.config_entries.options.async_configure(result["flow_id"], {"low_balance": 30})
    await hass.async_block_till_done()
    assert set(writes) == {
        THRESHOLD,
        "binary_sensor.hyperstack_example_org_low_balance",
        "event.hyperstack_example_org_credit_activity",
    }
    assert state_of(hass, THRESHOLD) == "30.0"
