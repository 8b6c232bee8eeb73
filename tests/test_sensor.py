"""Sensors show what a provider reports, each with its unit and in its class."""

from collections.abc import Generator
from typing import Any
from unittest.mock import patch

import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    get_sensor_display_state,
    snapshot_platform,
)
from syrupy.assertion import SnapshotAssertion

from custom_components.api_credits.const import DOMAIN
from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN, EntityCategory, Platform
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er

from .answers import (
    AGENTTOOLKIT,
    DEEPSEEK,
    DEEPSEEK_BALANCE,
    ERRORS,
    EXAMPLES,
    HYPERSTACK,
    HYPERSTACK_BALANCE,
    OPENROUTER,
    OPENROUTER_KEY,
    SMS_WORKS,
    Example,
    FakeProviders,
    deepseek_balance,
    hyperstack_credit,
)
from .conftest import set_up

BALANCE = "sensor.hyperstack_example_org_balance"
THRESHOLD = "sensor.hyperstack_example_org_provider_threshold"
CNY = "sensor.deepseek_balance_cny"
USD = "sensor.deepseek_balance_usd"


@pytest.fixture
def only_sensors() -> Generator[None]:
    """Set up no other platform."""
    with patch("custom_components.api_credits.PLATFORMS", [Platform.SENSOR]):
        yield


def state_of(hass: HomeAssistant, entity_id: str) -> State:
    """Return the state of an entity that has one."""
    state = hass.states.get(entity_id)
    assert state
    return state


def sensor(hass: HomeAssistant, entry: MockConfigEntry, reading: str) -> State | None:
    """Return the state of the sensor for a reading, whatever its name."""
    entity_id = er.async_get(hass).async_get_entity_id(
        Platform.SENSOR, DOMAIN, f"{entry.entry_id}_{reading}"
    )
    return hass.states.get(entity_id) if entity_id else None


async def poll(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Poll an account now."""
    await entry.runtime_data.async_refresh()
    await hass.async_block_till_done()


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
@pytest.mark.usefixtures("only_sensors", "entity_registry_enabled_by_default")
async def test_sensors(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    providers: FakeProviders,
    snapshot: SnapshotAssertion,
    example: Example,
) -> None:
    """An account has a sensor for each reading of its provider."""
    providers.serve(example)
    entry = await set_up(hass, example.entry(entry_id=f"entry_{example.provider}"))
    await snapshot_platform(hass, entity_registry, snapshot, entry.entry_id)


@pytest.mark.usefixtures("only_sensors")
async def test_sensors_of_a_plain_key(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    providers: FakeProviders,
    snapshot: SnapshotAssertion,
) -> None:
    """A key that may not read its account at OpenRouter has its own limit and usage."""
    providers.answer(
        OPENROUTER_KEY, json={"data": {"limit": 20, "limit_remaining": 12.5, "usage": 7.5}}
    )
    data = OPENROUTER.data | {"variant": "key"}
    entry = await set_up(hass, OPENROUTER.entry(entry_id="entry_openrouter_key", data=data))
    await snapshot_platform(hass, entity_registry, snapshot, entry.entry_id)


async def test_money(
    hass: HomeAssistant, entity_registry: er.EntityRegistry, loaded_entry: MockConfigEntry
) -> None:
    """A balance in money keeps every digit, is shown to the cent, and counts in statistics."""
    state = state_of(hass, BALANCE)
    assert state.state == "28.147631028367705"
    assert get_sensor_display_state(hass, entity_registry, BALANCE) == "28.15"
    assert state.attributes["unit_of_measurement"] == "USD"
    assert state.attributes["device_class"] == SensorDeviceClass.MONETARY
    assert state.attributes["state_class"] == SensorStateClass.TOTAL


@pytest.mark.parametrize("example", [SMS_WORKS])
@pytest.mark.usefixtures("loaded_entry")
async def test_credits(hass: HomeAssistant) -> None:
    """Credits that are merely counted have a unit of their own, and no device class."""
    state = state_of(hass, "sensor.the_sms_works_balance")
    assert state.state == "180"
    assert state.attributes["unit_of_measurement"] == "credits"
    assert "device_class" not in state.attributes
    assert state.attributes["state_class"] == SensorStateClass.MEASUREMENT


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
@pytest.mark.usefixtures("only_sensors")
async def test_balances_come_first(
    entity_registry: er.EntityRegistry, loaded_entry: MockConfigEntry
) -> None:
    """Balances have no category, so that areas and devices target them; all else is diagnostic."""
    for entity in er.async_entries_for_config_entry(entity_registry, loaded_entry.entry_id):
        assert entity.translation_key
        is_balance = entity.translation_key.partition("_")[0] == "balance"
        assert entity.entity_category is (None if is_balance else EntityCategory.DIAGNOSTIC)


@pytest.mark.usefixtures("loaded_entry")
async def test_level_that_somebody_has_set(hass: HomeAssistant) -> None:
    """The provider's own threshold is an amount of money, but nothing to make statistics of."""
    state = state_of(hass, THRESHOLD)
    assert state.attributes["device_class"] == SensorDeviceClass.MONETARY
    assert "state_class" not in state.attributes


@pytest.mark.parametrize("example", [AGENTTOOLKIT])
async def test_disabled_by_default(
    hass: HomeAssistant, entity_registry: er.EntityRegistry, loaded_entry: MockConfigEntry
) -> None:
    """What another sensor says as well is there to be enabled."""
    disabled = {
        entity.unique_id: entity.disabled_by
        for entity in er.async_entries_for_config_entry(entity_registry, loaded_entry.entry_id)
        if entity.disabled_by
    }
    assert disabled == {
        f"{loaded_entry.entry_id}_days_until_renewal": er.RegistryEntryDisabler.INTEGRATION
    }
    renewal = sensor(hass, loaded_entry, "renews_at")
    assert renewal
    assert renewal.state == "2026-12-01T00:00:00+00:00"
    assert renewal.attributes["device_class"] == SensorDeviceClass.TIMESTAMP


@pytest.mark.parametrize("credit", [-3.25, 0, 1e-9, 123456789012.345])
async def test_any_amount(hass: HomeAssistant, providers: FakeProviders, credit: float) -> None:
    """Amounts below zero, tiny and huge ones are shown like any other."""
    providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(credit))
    await set_up(hass, HYPERSTACK.entry())
    assert float(state_of(hass, BALANCE).state) == credit


# What is not known


async def test_reading_left_out(
    hass: HomeAssistant, providers: FakeProviders, loaded_entry: MockConfigEntry
) -> None:
    """A reading that the provider leaves out is unknown, until it is there again."""
    providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(28, threshold=None))
    await poll(hass, loaded_entry)
    assert state_of(hass, THRESHOLD).state == STATE_UNKNOWN
    assert state_of(hass, BALANCE).state == "28"

    providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(28, threshold=5))
    await poll(hass, loaded_entry)
    assert state_of(hass, THRESHOLD).state == "5"


async def test_reading_left_out_from_the_start(
    hass: HomeAssistant, providers: FakeProviders
) -> None:
    """A reading that the provider does not report yet has its sensor all the same."""
    providers.answer(HYPERSTACK_BALANCE, json={"data": {"credit": 28}})
    await set_up(hass, HYPERSTACK.entry())
    assert state_of(hass, THRESHOLD).state == STATE_UNKNOWN


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
@pytest.mark.usefixtures("only_sensors")
async def test_outage(
    hass: HomeAssistant, providers: FakeProviders, example: Example, loaded_entry: MockConfigEntry
) -> None:
    """While a provider does not answer, all its sensors are unavailable."""
    before = {state.entity_id: state.state for state in hass.states.async_all()}
    providers.answer(example.balance_url, **ERRORS["unexpected_response"])
    await poll(hass, loaded_entry)
    assert {state.state for state in hass.states.async_all()} == {STATE_UNAVAILABLE}

    providers.serve(example)
    await poll(hass, loaded_entry)
    assert {state.entity_id: state.state for state in hass.states.async_all()} == before


# Readings that come and go


@pytest.mark.parametrize("example", [DEEPSEEK])
async def test_currency_appears_and_goes_away(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    providers: FakeProviders,
    mock_config_entry: MockConfigEntry,
) -> None:
    """A new currency gets its sensors at once; one that goes away is unknown until it is back."""
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(CNY="110.00"))
    entry = await set_up(hass, mock_config_entry)
    assert not sensor(hass, entry, "balance_usd")

    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(CNY="110.00", USD="7.50"))
    await poll(hass, entry)
    for reading in ("balance_usd", "granted_usd", "topped_up_usd"):
        state = sensor(hass, entry, reading)
        assert state
        assert state.attributes["unit_of_measurement"] == "USD"
    assert state_of(hass, CNY).state == "110.00"
    assert state_of(hass, USD).state == "7.50"

    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(USD="7.50"))
    await poll(hass, entry)
    assert state_of(hass, CNY).state == STATE_UNKNOWN
    assert state_of(hass, USD).state == "7.50"

    entities = len(er.async_entries_for_config_entry(entity_registry, entry.entry_id))
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(CNY="1.00", USD="7.50"))
    await poll(hass, entry)
    assert state_of(hass, CNY).state == "1.00"
    assert len(er.async_entries_for_config_entry(entity_registry, entry.entry_id)) == entities


async def test_ids_do_not_hang_on_names(
    entity_registry: er.EntityRegistry, loaded_entry: MockConfigEntry
) -> None:
    """Unique ids are the entry's id and the reading's key."""
    assert (
        entity_registry.async_get_entity_id(
            Platform.SENSOR, DOMAIN, f"{loaded_entry.entry_id}_balance"
        )
        == BALANCE
    )


async def test_two_accounts_of_a_provider(hass: HomeAssistant, providers: FakeProviders) -> None:
    """Each account has its own sensors, named after it."""
    providers.serve(DEEPSEEK)
    await set_up(hass, DEEPSEEK.entry())
    await set_up(hass, DEEPSEEK.with_key("other").entry(title="DeepSeek 2"))
    names: dict[str, Any] = {
        state.entity_id: state.name for state in hass.states.async_all(Platform.SENSOR)
    }
    assert names["sensor.deepseek_balance_cny"] == "DeepSeek Balance CNY"
    assert names["sensor.deepseek_2_balance_cny"] == "DeepSeek 2 Balance CNY"
