"""Binary sensors tell whether an account runs low, and what its provider says yes or no to."""

from collections.abc import Generator
from unittest.mock import patch

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, snapshot_platform
from syrupy.assertion import SnapshotAssertion

from homeassistant.components.binary_sensor import BinarySensorDeviceClass
from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNAVAILABLE, STATE_UNKNOWN, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

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
from .conftest import set_up

LOW = "binary_sensor.hyperstack_example_org_low_balance"
CAN_CREATE = "binary_sensor.hyperstack_example_org_can_create_instances"


@pytest.fixture
def only_binary_sensors() -> Generator[None]:
    """Set up no other platform."""
    with patch("custom_components.api_credits.PLATFORMS", [Platform.BINARY_SENSOR]):
        yield


def is_on(hass: HomeAssistant, entity_id: str) -> str:
    """Return the state of an entity that has one."""
    state = hass.states.get(entity_id)
    assert state
    return state.state


async def poll(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Poll an account now."""
    await entry.runtime_data.async_refresh()
    await hass.async_block_till_done()


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
@pytest.mark.usefixtures("only_binary_sensors")
async def test_binary_sensors(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    providers: FakeProviders,
    snapshot: SnapshotAssertion,
    example: Example,
) -> None:
    """An account has one for its low balance, and one for each yes or no of its provider."""
    providers.serve(example)
    entry = await set_up(hass, example.entry(entry_id=f"entry_{example.provider}"))
    await snapshot_platform(hass, entity_registry, snapshot, entry.entry_id)


async def test_low_balance_is_a_problem(
    hass: HomeAssistant, entity_registry: er.EntityRegistry, loaded_entry: MockConfigEntry
) -> None:
    """A low balance is a problem, and of no category, so that areas and devices target it."""
    state = hass.states.get(LOW)
    assert state
    assert state.attributes["device_class"] == BinarySensorDeviceClass.PROBLEM
    entity = entity_registry.async_get(LOW)
    assert entity
    assert entity.entity_category is None


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
    assert is_on(hass, LOW) == low


async def test_becoming_low_and_topping_up(hass: HomeAssistant, providers: FakeProviders) -> None:
    """The sensor follows the balance."""
    providers.serve(HYPERSTACK)
    entry = await set_up(hass, HYPERSTACK.entry(options={"low_balance": 10}))
    for credit, low in ((28, STATE_OFF), (9, STATE_ON), (59, STATE_OFF)):
        providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(credit))
        await poll(hass, entry)
        assert is_on(hass, LOW) == low


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
    assert is_on(hass, "binary_sensor.deepseek_low_balance") == low


async def test_balance_that_is_not_known(hass: HomeAssistant, providers: FakeProviders) -> None:
    """Nothing is said of an account whose balance the provider leaves out."""
    providers.answer(OPENROUTER_KEY, json={"data": {"limit_remaining": None, "usage": 7.5}})
    await set_up(hass, OPENROUTER.entry(data=OPENROUTER.data | {"variant": "key"}))
    assert is_on(hass, "binary_sensor.openrouter_low_balance") == STATE_UNKNOWN


async def test_what_the_provider_says(
    hass: HomeAssistant, providers: FakeProviders, loaded_entry: MockConfigEntry
) -> None:
    """A yes or no of the provider is shown as it is, and is unknown where it is left out."""
    for said, shown in ((True, STATE_ON), (False, STATE_OFF), (None, STATE_UNKNOWN)):
        body = hyperstack_credit(28, can_create_instance=said)
        providers.answer(HYPERSTACK_BALANCE, json=body)
        await poll(hass, loaded_entry)
        assert is_on(hass, CAN_CREATE) == shown


async def test_outage(
    hass: HomeAssistant, providers: FakeProviders, loaded_entry: MockConfigEntry
) -> None:
    """While the provider does not answer, nothing is said."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["unexpected_response"])
    await poll(hass, loaded_entry)
    assert is_on(hass, LOW) == STATE_UNAVAILABLE
    assert is_on(hass, CAN_CREATE) == STATE_UNAVAILABLE

    providers.serve(HYPERSTACK)
    await poll(hass, loaded_entry)
    assert is_on(hass, LOW) == STATE_OFF
    assert is_on(hass, CAN_CREATE) == STATE_ON
