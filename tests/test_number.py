"""The low-balance threshold can be set from a dashboard or an automation."""

from collections.abc import Generator
from unittest.mock import patch

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, snapshot_platform
from syrupy.assertion import SnapshotAssertion

from homeassistant.components.number import ATTR_VALUE, SERVICE_SET_VALUE
from homeassistant.const import (
    ATTR_ENTITY_ID,
    STATE_OFF,
    STATE_ON,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
    EntityCategory,
    Platform,
)
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import entity_registry as er

from .answers import (
    DEEPSEEK,
    DEEPSEEK_BALANCE,
    ERRORS,
    EXAMPLES,
    HYPERSTACK,
    HYPERSTACK_BALANCE,
    Example,
    FakeProviders,
    deepseek_balance,
)
from .conftest import set_up

THRESHOLD = "number.hyperstack_example_org_low_balance_threshold"
LOW = "binary_sensor.hyperstack_example_org_low_balance"


@pytest.fixture
def only_numbers() -> Generator[None]:
    """Set up no other platform."""
    with patch("custom_components.api_credits.PLATFORMS", [Platform.NUMBER]):
        yield


def state_of(hass: HomeAssistant, entity_id: str) -> str:
    """Return the state of an entity that has one."""
    state = hass.states.get(entity_id)
    assert state
    return state.state


async def set_threshold(hass: HomeAssistant, value: float) -> None:
    """Set the threshold of Hyperstack."""
    await hass.services.async_call(
        Platform.NUMBER,
        SERVICE_SET_VALUE,
        {ATTR_ENTITY_ID: THRESHOLD, ATTR_VALUE: value},
        blocking=True,
    )


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
@pytest.mark.usefixtures("only_numbers")
async def test_numbers(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    providers: FakeProviders,
    snapshot: SnapshotAssertion,
    example: Example,
) -> None:
    """An account has its threshold, in the unit of its balance."""
    providers.serve(example)
    entry = await set_up(
        hass, example.entry(entry_id=f"entry_{example.provider}", options={"low_balance": 5})
    )
    await snapshot_platform(hass, entity_registry, snapshot, entry.entry_id)
    (entity,) = er.async_entries_for_config_entry(entity_registry, entry.entry_id)
    assert entity.entity_category is EntityCategory.CONFIG


async def test_setting_the_threshold(
    hass: HomeAssistant, providers: FakeProviders, loaded_entry: MockConfigEntry
) -> None:
    """What is set takes effect at once, asks nobody, and leaves the other options alone."""
    options = {"runway_days": 7, "update_interval": 60}
    hass.config_entries.async_update_entry(loaded_entry, options=options)
    assert state_of(hass, THRESHOLD) == STATE_UNKNOWN
    assert state_of(hass, LOW) == STATE_OFF
    requests = len(providers.requests)

    await set_threshold(hass, 28.15)
    assert state_of(hass, THRESHOLD) == "28.15"
    assert state_of(hass, LOW) == STATE_ON
    assert loaded_entry.options == options | {"low_balance": 28.15}

    await set_threshold(hass, 28.14)
    assert state_of(hass, LOW) == STATE_OFF
    await hass.async_block_till_done()
    assert len(providers.requests) == requests


async def test_threshold_is_the_option(hass: HomeAssistant, loaded_entry: MockConfigEntry) -> None:
    """The number and the options are the same value."""
    await set_threshold(hass, 12.5)
    result = await hass.config_entries.options.async_init(loaded_entry.entry_id)
    await hass.config_entries.options.async_configure(
        result["flow_id"], {"low_balance": 40, "update_interval": 15}
    )
    await hass.async_block_till_done()
    assert state_of(hass, THRESHOLD) == "40.0"
    assert state_of(hass, LOW) == STATE_ON

    result = await hass.config_entries.options.async_init(loaded_entry.entry_id)
    await hass.config_entries.options.async_configure(result["flow_id"], {"update_interval": 15})
    await hass.async_block_till_done()
    assert state_of(hass, THRESHOLD) == STATE_UNKNOWN
    assert state_of(hass, LOW) == STATE_OFF


async def test_threshold_outlives_a_reload(
    hass: HomeAssistant, loaded_entry: MockConfigEntry
) -> None:
    """What was set is kept."""
    await set_threshold(hass, 12.5)
    await hass.config_entries.async_reload(loaded_entry.entry_id)
    await hass.async_block_till_done()
    assert state_of(hass, THRESHOLD) == "12.5"


@pytest.mark.parametrize("value", [-0.01, 1_000_000_001])
async def test_impossible_threshold(
    hass: HomeAssistant, loaded_entry: MockConfigEntry, value: float
) -> None:
    """A threshold below zero or beyond any account is refused."""
    with pytest.raises(ServiceValidationError):
        await set_threshold(hass, value)
    assert "low_balance" not in loaded_entry.options


async def test_outage(
    hass: HomeAssistant, providers: FakeProviders, loaded_entry: MockConfigEntry
) -> None:
    """The threshold can be seen and set while the provider does not answer."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["unexpected_response"])
    await loaded_entry.runtime_data.async_refresh()
    assert state_of(hass, LOW) == STATE_UNAVAILABLE
    assert state_of(hass, THRESHOLD) == STATE_UNKNOWN

    await set_threshold(hass, 40)
    assert state_of(hass, THRESHOLD) == "40.0"
    assert state_of(hass, LOW) == STATE_UNAVAILABLE

    providers.serve(HYPERSTACK)
    await loaded_entry.runtime_data.async_refresh()
    assert state_of(hass, LOW) == STATE_ON


async def test_unit_follows_the_balances(hass: HomeAssistant, providers: FakeProviders) -> None:
    """The threshold has the unit that all balances have, and none once they differ."""
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(CNY="110.00"))
    entry = await set_up(hass, DEEPSEEK.entry())
    assert unit(hass) == "CNY"

    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(CNY="110.00", USD="7.50"))
    await entry.runtime_data.async_refresh()
    assert unit(hass) is None


def unit(hass: HomeAssistant) -> str | None:
    """Return the unit of DeepSeek's threshold."""
    state = hass.states.get("number.deepseek_low_balance_threshold")
    assert state
    found: str | None = state.attributes.get("unit_of_measurement")
    return found
