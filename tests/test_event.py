"""Each moment worth telling appears once on the event entity, and is never lost."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.api_credits.announcer import HEARD_AFTER
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import (
    EVENT_HOMEASSISTANT_FINAL_WRITE,
    EVENT_STATE_CHANGED,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
    Platform,
)
from homeassistant.core import (
    CoreState,
    Event,
    EventStateChangedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from .answers import (
    DEEPSEEK,
    DEEPSEEK_BALANCE,
    ERRORS,
    HYPERSTACK,
    HYPERSTACK_BALANCE,
    FakeProviders,
    deepseek_balance,
    hyperstack_credit,
)
from .conftest import FinishStart, PassTime, SetCredit, file_of, moments, poll, set_up, state_of

ACTIVITY = "event.hyperstack_example_org_credit_activity"
BALANCE = "sensor.hyperstack_example_org_balance"
LOW = "binary_sensor.hyperstack_example_org_low_balance"

GRACE = timedelta(seconds=HEARD_AFTER)
A_MOMENT = timedelta(seconds=1)


@pytest.fixture
def options() -> dict[str, Any]:
    """Return the limits of an account."""
    return {"low_balance": 10, "runway_days": 7}


@pytest.fixture
async def starting_entry(
    hass: HomeAssistant,
    providers: FakeProviders,
    finish_start: FinishStart,
    mock_config_entry: MockConfigEntry,
) -> MockConfigEntry:
    """Return a low account, set up while Home Assistant is still starting."""
    providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(9))
    return await set_up(hass, mock_config_entry)


def figures(state: State) -> dict[str, Any]:
    """Return what is told beside the moment."""
    return {
        key: state.attributes[key] for key in ("balance", "unit", "scope", "amount", "event_type")
    }


# What is told


async def test_entity(
    hass: HomeAssistant, entity_registry: er.EntityRegistry, loaded_entry: MockConfigEntry
) -> None:
    """An account has one event entity, of no category, that has nothing to tell at first."""
    entity = entity_registry.async_get(ACTIVITY)
    assert entity
    assert entity.entity_category is None
    assert entity.unique_id == f"{loaded_entry.entry_id}_account_activity"
    state = hass.states.get(ACTIVITY)
    assert state
    assert state.state == STATE_UNKNOWN
    assert set(state.attributes["event_types"]) == {
        "became_low",
        "exhausted",
        "readable",
        "recovered",
        "running_out",
        "topped_up",
        "unreadable",
    }


@pytest.mark.parametrize(
    ("before", "after", "moment", "amount"),
    [
        (28, 9, "became_low", None),
        (9, 0, "exhausted", None),
        (9.5, 10.25, "recovered", None),
        (28, 128, "topped_up", 100),
    ],
)
async def test_moment(
    set_credit: SetCredit,
    told: list[State],
    pass_time: PassTime,
    freezer: FrozenDateTimeFactory,
    loaded_entry: MockConfigEntry,
    before: float,
    after: float,
    moment: str,
    amount: float | None,
) -> None:
    """Each moment is told once, with the figures of then."""
    await set_credit(before)
    await pass_time(A_MOMENT)
    told.clear()
    freezer.tick(timedelta(minutes=15))
    await set_credit(after)
    freezer.tick(timedelta(minutes=15))
    await set_credit(after)
    (state,) = told
    assert figures(state) == {
        "event_type": moment,
        "balance": after,
        "unit": "USD",
        "scope": None,
        "amount": amount,
    }
    assert state.attributes["at"] == (dt_util.utcnow() - timedelta(minutes=15)).isoformat()


async def test_running_out(
    set_credit: SetCredit,
    told: list[State],
    freezer: FrozenDateTimeFactory,
    loaded_entry: MockConfigEntry,
) -> None:
    """What runs out within the chosen days is told once that can be said."""
    for credit in (26, 24, 22, 20, 18, 16):
        freezer.tick(timedelta(hours=2))
        await set_credit(credit)
    (state,) = told
    assert figures(state)["event_type"] == "running_out"


async def test_figures_are_plain(
    set_credit: SetCredit, told: list[State], loaded_entry: MockConfigEntry
) -> None:
    """Figures are texts and numbers, whatever they are within."""
    await set_credit(128)
    (state,) = told
    kinds = {key: type(value) for key, value in (figures(state) | state.attributes).items()}
    assert kinds["event_type"] is kinds["unit"] is kinds["at"] is str
    assert kinds["balance"] is kinds["amount"] is float


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (28, 0, ["became_low", "exhausted"]),
        (0, 30, ["topped_up", "recovered"]),
        (-3, -1, ["topped_up"]),
    ],
)
async def test_several_moments_at_once(
    set_credit: SetCredit,
    told: list[State],
    loaded_entry: MockConfigEntry,
    before: float,
    after: float,
    expected: list[str],
) -> None:
    """Moments of a single poll are told one after the other, each a change of its own."""
    await set_credit(before)
    told.clear()
    await set_credit(after)
    assert moments(told) == expected
    assert len({state.state for state in told}) == len(expected)


async def test_scope(hass: HomeAssistant, providers: FakeProviders, told: list[State]) -> None:
    """Of an account with several balances it is told which one is meant."""
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(CNY="50.00", USD="7.50"))
    entry = await set_up(hass, DEEPSEEK.entry())
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(CNY="50.00", USD="17.50"))
    await poll(hass, entry)
    (state,) = told
    assert figures(state) == {
        "event_type": "topped_up",
        "balance": 17.5,
        "unit": "USD",
        "scope": "USD",
        "amount": 10,
    }


async def test_entities_show_it_first(
    hass: HomeAssistant, set_credit: SetCredit, loaded_entry: MockConfigEntry
) -> None:
    """Whoever hears of a moment finds the other entities in the state that it is about."""
    found: list[tuple[str, str]] = []

    @callback
    def listen(event: Event[EventStateChangedData]) -> None:
        if event.data["entity_id"] == ACTIVITY:
            found.append((state_of(hass, BALANCE), state_of(hass, LOW)))

    hass.bus.async_listen(EVENT_STATE_CHANGED, listen)
    await set_credit(9)
    assert found == [("9", "on")]


async def test_account_that_is_low_from_the_start(
    hass: HomeAssistant,
    providers: FakeProviders,
    told: list[State],
    mock_config_entry: MockConfigEntry,
) -> None:
    """An account that is low when it is added is told of."""
    providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(9))
    await set_up(hass, mock_config_entry)
    assert moments(told) == ["became_low"]


# What is not told


@pytest.mark.parametrize("credit", [28, 9, 0])
@pytest.mark.parametrize("error", [error for error in ERRORS if error != "invalid_auth"])
async def test_outage(
    hass: HomeAssistant,
    providers: FakeProviders,
    set_credit: SetCredit,
    told: list[State],
    loaded_entry: MockConfigEntry,
    error: str,
    credit: float,
) -> None:
    """An outage is no event, nor is its end; what has happened stays known."""
    await set_credit(credit)
    told.clear()
    before = state_of(hass, ACTIVITY)
    providers.answer(HYPERSTACK_BALANCE, **ERRORS[error])
    for _ in range(2):
        await poll(hass, loaded_entry)
        assert state_of(hass, LOW) == STATE_UNAVAILABLE
        assert state_of(hass, ACTIVITY) == before
    await set_credit(credit)
    assert not told


async def test_change_during_an_outage(
    hass: HomeAssistant,
    providers: FakeProviders,
    set_credit: SetCredit,
    told: list[State],
    loaded_entry: MockConfigEntry,
) -> None:
    """What changed during an outage is told after it."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["unexpected_response"])
    await poll(hass, loaded_entry)
    await set_credit(9)
    assert moments(told) == ["became_low"]


async def test_reload(
    hass: HomeAssistant, set_credit: SetCredit, told: list[State], loaded_entry: MockConfigEntry
) -> None:
    """What was told is not told again after a reload, and is still shown."""
    await set_credit(9)
    shown = state_of(hass, ACTIVITY)
    for _ in range(2):
        await hass.config_entries.async_reload(loaded_entry.entry_id)
        await hass.async_block_till_done()
    assert moments(told) == ["became_low"]
    assert state_of(hass, ACTIVITY) == shown


async def test_disabled_entity(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    set_credit: SetCredit,
    loaded_entry: MockConfigEntry,
) -> None:
    """An account whose event entity is disabled works all the same."""
    entity_registry.async_update_entity(ACTIVITY, disabled_by=er.RegistryEntryDisabler.USER)
    await hass.config_entries.async_reload(loaded_entry.entry_id)
    await set_credit(9)
    assert not hass.states.async_all(Platform.EVENT)
    assert state_of(hass, LOW) == "on"


# When it is told


async def test_not_before_automations_listen(
    pass_time: PassTime,
    told: list[State],
    starting_entry: MockConfigEntry,
    finish_start: FinishStart,
) -> None:
    """Nothing is told until Home Assistant has started and automations are attached."""
    await pass_time(timedelta(hours=1))
    assert not told
    await finish_start()
    await pass_time(GRACE - A_MOMENT)
    assert not told
    await pass_time(2 * A_MOMENT)
    assert moments(told) == ["became_low"]


async def test_account_that_is_set_up_late(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    told: list[State],
    mock_config_entry: MockConfigEntry,
    finish_start: FinishStart,
) -> None:
    """An account whose provider could be reached only after the start tells what it has to."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["cannot_connect"])
    await set_up(hass, mock_config_entry)
    assert mock_config_entry.state is ConfigEntryState.SETUP_RETRY

    providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(9))
    await pass_time(timedelta(hours=1))
    assert not told
    await finish_start()
    assert mock_config_entry.state is ConfigEntryState.LOADED
    await pass_time(GRACE + A_MOMENT)
    assert moments(told) == ["became_low"]


async def test_reload_before_automations_listen(
    hass: HomeAssistant,
    pass_time: PassTime,
    told: list[State],
    starting_entry: MockConfigEntry,
    finish_start: FinishStart,
) -> None:
    """What is yet to be told outlives a reload, and is still told once."""
    await hass.config_entries.async_reload(starting_entry.entry_id)
    await finish_start()
    await pass_time(GRACE + A_MOMENT)
    assert moments(told) == ["became_low"]


async def test_unloaded_before_automations_listen(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    pass_time: PassTime,
    told: list[State],
    starting_entry: MockConfigEntry,
    finish_start: FinishStart,
) -> None:
    """An account that is unloaded tells nothing until it is back."""
    assert await hass.config_entries.async_unload(starting_entry.entry_id)
    await finish_start()
    await pass_time(GRACE + A_MOMENT)
    assert not told
    (pending,) = hass_storage[file_of(starting_entry)]["data"]["pending"]
    assert pending["moment"] == "became_low"

    assert await hass.config_entries.async_setup(starting_entry.entry_id)
    await pass_time(A_MOMENT)
    assert moments(told) == ["became_low"]


async def test_stopping(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    set_credit: SetCredit,
    told: list[State],
    loaded_entry: MockConfigEntry,
) -> None:
    """What happens while Home Assistant stops is kept for its next start."""
    hass.set_state(CoreState.stopping)
    await set_credit(9)
    hass.set_state(CoreState.final_write)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await hass.async_block_till_done()
    assert not told
    (pending,) = hass_storage[file_of(loaded_entry)]["data"]["pending"]
    assert pending["moment"] == "became_low"


async def test_told_before_it_is_forgotten(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    told: list[State],
    pass_time: PassTime,
    starting_entry: MockConfigEntry,
    finish_start: FinishStart,
) -> None:
    """If the machine dies before the telling is recorded, it is told again rather than never."""
    before = deepcopy(hass_storage[file_of(starting_entry)])
    await finish_start()
    await pass_time(GRACE + A_MOMENT)
    assert moments(told) == ["became_low"]
    await pass_time(A_MOMENT)
    assert not hass_storage[file_of(starting_entry)]["data"]["pending"]

    assert await hass.config_entries.async_unload(starting_entry.entry_id)
    hass_storage[file_of(starting_entry)] = before
    assert await hass.config_entries.async_setup(starting_entry.entry_id)
    await pass_time(A_MOMENT)
    assert moments(told) == ["became_low", "became_low"]


async def test_on_disk_while_it_is_told(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    set_credit: SetCredit,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """Whenever the machine dies, what is being told has been written before as yet to be told."""
    found: list[dict[str, Any]] = []

    @callback
    def listen(event: Event[EventStateChangedData]) -> None:
        if event.data["entity_id"] == ACTIVITY:
            found.append(hass_storage[file_of(loaded_entry)]["data"])

    hass.bus.async_listen(EVENT_STATE_CHANGED, listen)
    await set_credit(9)
    (memory,) = found
    assert memory["alerts"] == {"balance": ["low"]}
    assert [pending["moment"] for pending in memory["pending"]] == ["became_low"]
    await pass_time(A_MOMENT)
    assert not hass_storage[file_of(loaded_entry)]["data"]["pending"]


async def test_crossing_while_away(
    hass: HomeAssistant,
    providers: FakeProviders,
    set_credit: SetCredit,
    told: list[State],
    loaded_entry: MockConfigEntry,
) -> None:
    """What changed while the account was not loaded is told at the first poll after."""
    assert await hass.config_entries.async_unload(loaded_entry.entry_id)
    providers.answer(HYPERSTACK.balance_url, json=hyperstack_credit(9))
    assert await hass.config_entries.async_setup(loaded_entry.entry_id)
    await hass.async_block_till_done()
    assert moments(told) == ["became_low"]
