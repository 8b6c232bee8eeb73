"""Binary sensors tell whether an account runs low, and what its provider says yes or no to."""

from collections.abc import Generator, Mapping
from datetime import timedelta
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, snapshot_platform
from syrupy.assertion import SnapshotAssertion

from homeassistant.components.binary_sensor import BinarySensorDeviceClass
from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNAVAILABLE, STATE_UNKNOWN, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from .answers import (
    DEEPSEEK,
    DEEPSEEK_BALANCE,
    ERRORS,
    EXAMPLES,
    HYPERSTACK,
    HYPERSTACK_BALANCE,
    OPENROUTER,
    OPENROUTER_KEY,
    Example,
    FakeProviders,
    deepseek_balance,
    hyperstack_credit,
)
from .conftest import PassTime, SetCredit, poll, set_up, state_of

LOW = "binary_sensor.hyperstack_example_org_low_balance"
RUNNING_OUT = "binary_sensor.hyperstack_example_org_running_out"
EXHAUSTED = "binary_sensor.hyperstack_example_org_exhausted"
UNREADABLE = "binary_sensor.hyperstack_example_org_unreadable"
CAN_CREATE = "binary_sensor.hyperstack_example_org_can_create_instances"


def attributes_of(hass: HomeAssistant, entity_id: str) -> Mapping[str, object]:
    """Return the attributes of an entity that has a state."""
    state = hass.states.get(entity_id)
    assert state
    return state.attributes


@pytest.fixture
def only_binary_sensors() -> Generator[None]:
    """Set up no other platform."""
    with patch("custom_components.api_credits.PLATFORMS", [Platform.BINARY_SENSOR]):
        yield


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
@pytest.mark.usefixtures("only_binary_sensors")
async def test_binary_sensors(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    providers: FakeProviders,
    snapshot: SnapshotAssertion,
    example: Example,
) -> None:
    """An account has one for each alert, and one for each yes or no of its provider."""
    providers.serve(example)
    entry = await set_up(hass, example.entry(entry_id=f"entry_{example.provider}"))
    await snapshot_platform(hass, entity_registry, snapshot, entry.entry_id)


@pytest.mark.parametrize("entity_id", [LOW, RUNNING_OUT, EXHAUSTED, UNREADABLE])
async def test_alert_is_a_problem(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    loaded_entry: MockConfigEntry,
    entity_id: str,
) -> None:
    """An alert is a problem, and of no category, so that areas and devices target it."""
    state = hass.states.get(entity_id)
    assert state
    assert state.state == STATE_OFF
    assert state.attributes["device_class"] == BinarySensorDeviceClass.PROBLEM
    entity = entity_registry.async_get(entity_id)
    assert entity
    assert entity.entity_category is None
    assert entity.disabled_by is None


@pytest.mark.parametrize(
    ("options", "credit", "low"),
    [
        ({"low_balance": 10}, 10.01, STATE_OFF),
        ({"low_balance": 10}, 10, STATE_OFF),
        ({"low_balance": 10}, 9.99, STATE_ON),
        ({"low_balance": 10}, -1, STATE_ON),
        ({"low_balance": 0.3}, 0.3, STATE_OFF),
        ({"low_balance": 0}, 0.01, STATE_OFF),
        ({"low_balance": 0}, 0, STATE_ON),
        ({}, 0.01, STATE_OFF),
        ({}, 0, STATE_ON),
        ({}, -1, STATE_ON),
    ],
)
async def test_threshold(
    hass: HomeAssistant,
    providers: FakeProviders,
    options: dict[str, float],
    credit: float,
    low: str,
) -> None:
    """An account is low below its threshold; without one, when it is used up."""
    providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(credit))
    await set_up(hass, HYPERSTACK.entry(options=options))
    assert state_of(hass, LOW) == low


async def test_becoming_low_and_topping_up(hass: HomeAssistant, providers: FakeProviders) -> None:
    """The sensor follows the balance."""
    providers.serve(HYPERSTACK)
    entry = await set_up(hass, HYPERSTACK.entry(options={"low_balance": 10}))
    for credit, low in ((28, STATE_OFF), (9, STATE_ON), (59, STATE_OFF)):
        providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(credit))
        await poll(hass, entry)
        assert state_of(hass, LOW) == low


@pytest.mark.parametrize(
    ("amounts", "low"),
    [
        ({"CNY": "3.00", "USD": "50.00"}, STATE_OFF),
        ({"CNY": "3.00", "USD": "4.00"}, STATE_ON),
        ({"CNY": "-3.00", "USD": "50.00"}, STATE_OFF),
        ({}, STATE_UNKNOWN),
    ],
)
async def test_several_balances(
    hass: HomeAssistant, providers: FakeProviders, amounts: dict[str, str], low: str
) -> None:
    """An account with several balances is low when all of them are."""
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(**amounts))
    await set_up(hass, DEEPSEEK.entry(options={"low_balance": 10}))
    assert state_of(hass, "binary_sensor.deepseek_low_balance") == low


async def test_balance_that_is_gone(
    hass: HomeAssistant, providers: FakeProviders, pass_time: PassTime
) -> None:
    """A balance that is left out once still counts; one that is gone for a day does not."""
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(CNY="50.00", USD="4.00"))
    await set_up(hass, DEEPSEEK.entry(options={"low_balance": 10}))
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(USD="4.00"))
    for low in (STATE_OFF, STATE_OFF, STATE_OFF, STATE_ON):
        await pass_time(timedelta(hours=8))
        assert state_of(hass, "binary_sensor.deepseek_low_balance") == low


async def test_balance_that_is_not_known(hass: HomeAssistant, providers: FakeProviders) -> None:
    """Nothing is said of an account whose balance the provider leaves out."""
    providers.answer(OPENROUTER_KEY, json={"data": {"limit_remaining": None, "usage": 7.5}})
    await set_up(hass, OPENROUTER.entry(data=OPENROUTER.data | {"variant": "key"}))
    assert state_of(hass, "binary_sensor.openrouter_low_balance") == STATE_UNKNOWN


async def test_what_the_provider_says(
    hass: HomeAssistant, providers: FakeProviders, loaded_entry: MockConfigEntry
) -> None:
    """A yes or no of the provider is shown as it is, and is unknown where it is left out."""
    for said, shown in ((True, STATE_ON), (False, STATE_OFF), (None, STATE_UNKNOWN)):
        body = hyperstack_credit(28, can_create_instance=said)
        providers.answer(HYPERSTACK_BALANCE, json=body)
        await poll(hass, loaded_entry)
        assert state_of(hass, CAN_CREATE) == shown


async def test_outage(
    hass: HomeAssistant, providers: FakeProviders, loaded_entry: MockConfigEntry
) -> None:
    """While the provider does not answer, nothing is said."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["unexpected_response"])
    await poll(hass, loaded_entry)
    assert state_of(hass, LOW) == STATE_UNAVAILABLE
    assert state_of(hass, CAN_CREATE) == STATE_UNAVAILABLE

    providers.serve(HYPERSTACK)
    await poll(hass, loaded_entry)
    assert state_of(hass, LOW) == STATE_OFF
    assert state_of(hass, CAN_CREATE) == STATE_ON
    assert state_of(hass, EXHAUSTED) == STATE_OFF


# Unreadable


async def test_when_it_was_last_read(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    freezer: FrozenDateTimeFactory,
    no_delay: None,
    loaded_entry: MockConfigEntry,
) -> None:
    """While an account is not read, it is said when it was, also before that is alarming."""
    await poll(hass, loaded_entry)
    read_at = dt_util.utcnow().isoformat()
    assert "last_read" not in attributes_of(hass, UNREADABLE)
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["unexpected_response"])
    for _ in range(2):
        await pass_time(timedelta(minutes=30))
        assert state_of(hass, UNREADABLE) == STATE_OFF
        assert attributes_of(hass, UNREADABLE)["last_read"] == read_at

    await hass.config_entries.async_reload(loaded_entry.entry_id)
    await hass.async_block_till_done()
    assert attributes_of(hass, UNREADABLE)["last_read"] == read_at

    providers.serve(HYPERSTACK)
    await poll(hass, loaded_entry)
    assert "last_read" not in attributes_of(hass, UNREADABLE)


async def test_refused_key(
    hass: HomeAssistant, providers: FakeProviders, loaded_entry: MockConfigEntry
) -> None:
    """A key that is refused makes an account unreadable at once, until it is read again."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["invalid_auth"])
    await poll(hass, loaded_entry)
    assert state_of(hass, UNREADABLE) == STATE_ON
    assert state_of(hass, LOW) == STATE_UNAVAILABLE

    providers.serve(HYPERSTACK)
    await poll(hass, loaded_entry)
    assert state_of(hass, UNREADABLE) == STATE_OFF


@pytest.mark.parametrize(("options", "hours"), [({}, 24), ({"unreadable_after": 3}, 3)])
async def test_unreadable_after_a_while(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
    hours: int,
) -> None:
    """A provider that does not answer has the hours that a person gives it."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["unexpected_response"])
    await poll(hass, loaded_entry)
    for minutes in (20 * hours, 20 * hours, 20 * hours - 10):
        await pass_time(timedelta(minutes=minutes))
    assert state_of(hass, UNREADABLE) == STATE_OFF
    await pass_time(timedelta(minutes=30))
    assert state_of(hass, UNREADABLE) == STATE_ON

    providers.serve(HYPERSTACK)
    await poll(hass, loaded_entry)
    assert state_of(hass, UNREADABLE) == STATE_OFF


# Exhausted


@pytest.mark.parametrize(
    ("credit", "exhausted"),
    [(0.01, STATE_OFF), (0, STATE_ON), (-0.01, STATE_ON), (1e-9, STATE_OFF)],
)
async def test_exhausted(
    hass: HomeAssistant,
    set_credit: SetCredit,
    loaded_entry: MockConfigEntry,
    credit: float,
    exhausted: str,
) -> None:
    """An account is exhausted when nothing is left, and not before."""
    await set_credit(credit)
    assert state_of(hass, EXHAUSTED) == exhausted


@pytest.mark.parametrize(
    ("amounts", "low"),
    [({"USD": "50.00"}, STATE_OFF), ({"USD": "0.00"}, STATE_ON), ({}, STATE_OFF)],
)
async def test_blocked_account(
    hass: HomeAssistant, providers: FakeProviders, amounts: dict[str, str], low: str
) -> None:
    """An account that its provider does not serve is exhausted, whatever its balance."""
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(**amounts) | {"is_available": False})
    entry = await set_up(hass, DEEPSEEK.entry())
    assert state_of(hass, "binary_sensor.deepseek_exhausted") == STATE_ON
    assert state_of(hass, "binary_sensor.deepseek_low_balance") == low
    assert state_of(hass, "binary_sensor.deepseek_service_available") == STATE_OFF

    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(USD="50.00"))
    await poll(hass, entry)
    assert state_of(hass, "binary_sensor.deepseek_exhausted") == STATE_OFF
    assert state_of(hass, "binary_sensor.deepseek_service_available") == STATE_ON


async def test_account_without_new_instances(
    hass: HomeAssistant, providers: FakeProviders, loaded_entry: MockConfigEntry
) -> None:
    """That Hyperstack lets no instance be created does not mean that it serves none."""
    body = hyperstack_credit(28, can_create_instance=False)
    providers.answer(HYPERSTACK_BALANCE, json=body)
    await poll(hass, loaded_entry)
    assert state_of(hass, EXHAUSTED) == STATE_OFF


# Running out


@pytest.mark.parametrize("options", [{"runway_days": 7}])
async def test_running_out(
    hass: HomeAssistant,
    set_credit: SetCredit,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """An account is running out when it lasts for less than the chosen days, once that is known.

    It is foreseen three times as far as was looked back.
    """
    for credit, running_out in (
        (100, STATE_OFF),
        (95, STATE_OFF),
        (90, STATE_OFF),
        (85, STATE_OFF),
        (80, STATE_OFF),
        (70, STATE_ON),
        (870, STATE_OFF),
    ):
        await set_credit(credit)
        assert state_of(hass, RUNNING_OUT) == running_out
        await pass_time(timedelta(hours=2, minutes=1))


async def test_no_days_are_chosen(
    hass: HomeAssistant,
    set_credit: SetCredit,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """Who has chosen no days is not warned of an end, however near."""
    for credit in (100, 75, 50, 25, 1):
        await set_credit(credit)
        await pass_time(timedelta(hours=2))
    assert state_of(hass, RUNNING_OUT) == STATE_OFF


@pytest.mark.parametrize("options", [{"runway_days": 7}])
async def test_nothing_is_spent(
    hass: HomeAssistant,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """An account of which nothing is spent lasts."""
    for _ in range(3):
        await pass_time(timedelta(days=1))
    assert state_of(hass, RUNNING_OUT) == STATE_OFF
