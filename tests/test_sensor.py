"""Sensors show what a provider reports, each with its unit and in its class."""

from collections.abc import Generator
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
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
from homeassistant.util import dt as dt_util

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
from .conftest import PassTime, SetCredit, poll, set_up

BALANCE = "sensor.hyperstack_example_org_balance"
THRESHOLD = "sensor.hyperstack_example_org_provider_threshold"
CNY = "sensor.deepseek_balance_cny"
USD = "sensor.deepseek_balance_usd"
SPENT = "sensor.hyperstack_example_org_spent"
BURN_RATE = "sensor.hyperstack_example_org_burn_rate"
RUNS_OUT = "sensor.hyperstack_example_org_runs_out"
LAST_READ = "sensor.hyperstack_example_org_last_read"
DAYS_LEFT = "sensor.hyperstack_example_org_days_left"
PRIMARY = {"balance", "burn_rate", "days_left", "runs_out", "spent"}


@pytest.fixture
def at_noon(freezer: FrozenDateTimeFactory) -> None:
    """Read accounts at a time that is in the snapshots."""
    freezer.move_to("2026-11-21T12:00:00+00:00")


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


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
@pytest.mark.usefixtures("only_sensors", "entity_registry_enabled_by_default", "at_noon")
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


@pytest.mark.usefixtures("only_sensors", "entity_registry_enabled_by_default", "at_noon")
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
    """Balances and their figures have no category, so that areas and devices target them."""
    for entity in er.async_entries_for_config_entry(entity_registry, loaded_entry.entry_id):
        assert entity.translation_key
        comes_first = entity.translation_key.removesuffix("_scoped") in PRIMARY
        assert entity.entity_category is (None if comes_first else EntityCategory.DIAGNOSTIC)


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
        f"{loaded_entry.entry_id}_{key}": er.RegistryEntryDisabler.INTEGRATION
        for key in ("days_until_renewal", "last_read")
    }
    renewal = sensor(hass, loaded_entry, "renews_at")
    assert renewal
    assert renewal.state == "2026-12-01T00:00:00+00:00"
    assert renewal.attributes["device_class"] == SensorDeviceClass.TIMESTAMP


@pytest.mark.usefixtures("entity_registry_enabled_by_default")
async def test_last_read(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """Who enables it sees when the account was last read, whatever was found, and not the tries."""

    def last_read() -> datetime:
        shown = state_of(hass, LAST_READ).state
        return dt_util.parse_datetime(shown, raise_on_error=True)

    def now() -> datetime:
        return dt_util.utcnow().replace(microsecond=0)

    assert last_read() == (read := now())
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["unexpected_response"])
    await pass_time(timedelta(hours=1))
    assert state_of(hass, BALANCE).state == STATE_UNAVAILABLE
    assert last_read() == read
    await hass.config_entries.async_reload(loaded_entry.entry_id)
    await hass.async_block_till_done()
    assert last_read() == read
    providers.serve(HYPERSTACK)
    for _ in range(2):
        await pass_time(timedelta(hours=1))
        assert last_read() == now()


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


# What the ledger says


@pytest.mark.parametrize(
    ("example", "name", "unit", "device_class"),
    [
        (HYPERSTACK, "hyperstack_example_org", "USD", SensorDeviceClass.MONETARY),
        (SMS_WORKS, "the_sms_works", "credits", None),
    ],
)
@pytest.mark.usefixtures("loaded_entry")
async def test_figures(
    hass: HomeAssistant, name: str, unit: str, device_class: SensorDeviceClass | None
) -> None:
    """Spend is in the balance's unit and adds up, the rate is per day, and the end is a time."""
    spent = state_of(hass, f"sensor.{name}_spent")
    assert spent.state == "0"
    assert spent.attributes["unit_of_measurement"] == unit
    assert spent.attributes.get("device_class") == device_class
    assert spent.attributes["state_class"] == SensorStateClass.TOTAL
    rate = state_of(hass, f"sensor.{name}_burn_rate")
    assert rate.state == STATE_UNKNOWN
    assert rate.attributes["unit_of_measurement"] == f"{unit}/d"
    assert rate.attributes["state_class"] == SensorStateClass.MEASUREMENT
    assert "device_class" not in rate.attributes
    runs_out = state_of(hass, f"sensor.{name}_runs_out")
    assert runs_out.state == STATE_UNKNOWN
    assert runs_out.attributes["device_class"] == SensorDeviceClass.TIMESTAMP
    assert "unit_of_measurement" not in runs_out.attributes
    days_left = state_of(hass, f"sensor.{name}_days_left")
    assert days_left.state == STATE_UNKNOWN
    assert days_left.attributes["unit_of_measurement"] == "d"
    assert days_left.attributes["device_class"] == SensorDeviceClass.DURATION
    assert days_left.attributes["state_class"] == SensorStateClass.MEASUREMENT


async def test_spent(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    set_credit: SetCredit,
    loaded_entry: MockConfigEntry,
) -> None:
    """Every fall is spend, exactly; no rise takes any of it back."""
    for credit, spent in (
        (28.1, "0.047631028367705"),
        (28, "0.147631028367705"),
        (128, "0.147631028367705"),
        (127.7, "0.447631028367705"),
        (127.8, "0.447631028367705"),
        (-0.3, "128.547631028367705"),
    ):
        await set_credit(credit)
        assert state_of(hass, SPENT).state == spent
    assert get_sensor_display_state(hass, entity_registry, SPENT) == "128.55"


async def test_burn_rate_and_end(
    hass: HomeAssistant,
    set_credit: SetCredit,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """After a quarter of a day there is a rate, and with it an end; a top-up moves the end only."""
    await set_credit(100)
    for credit in (99, 98, 97):
        for entity_id in (BURN_RATE, RUNS_OUT, DAYS_LEFT):
            assert state_of(hass, entity_id).state == STATE_UNKNOWN
            assert state_of(hass, entity_id).attributes["reason"] == "young"
        await pass_time(timedelta(hours=2, minutes=1))
        await set_credit(credit)
    rate = state_of(hass, BURN_RATE).state
    assert float(rate) == pytest.approx(12, rel=0.02)
    end = dt_util.parse_datetime(state_of(hass, RUNS_OUT).state, raise_on_error=True)
    a_dollar = timedelta(hours=6, minutes=3) / 3
    # The end is shown as the hour in which it comes.
    assert timedelta() <= dt_util.utcnow() + 97 * a_dollar - end < timedelta(hours=1)
    assert float(state_of(hass, DAYS_LEFT).state) == pytest.approx(97 / 11.9, abs=0.1)
    for entity_id in (BURN_RATE, RUNS_OUT, DAYS_LEFT):
        assert "reason" not in state_of(hass, entity_id).attributes

    await set_credit(197)
    assert state_of(hass, BURN_RATE).state == rate
    later = dt_util.parse_datetime(state_of(hass, RUNS_OUT).state, raise_on_error=True)
    assert abs(later - end - 100 * a_dollar) <= timedelta(hours=1)

    await set_credit(0)
    assert state_of(hass, RUNS_OUT).state == STATE_UNKNOWN


async def test_nothing_is_spent(
    hass: HomeAssistant, pass_time: PassTime, loaded_entry: MockConfigEntry
) -> None:
    """What nobody spends does not run out, and that is said."""
    for _ in range(7):
        await pass_time(timedelta(hours=1))
    assert float(state_of(hass, BURN_RATE).state) == 0
    for entity_id in (RUNS_OUT, DAYS_LEFT):
        assert state_of(hass, entity_id).state == STATE_UNKNOWN
        assert state_of(hass, entity_id).attributes["reason"] == "idle"


async def test_figures_during_an_outage(
    hass: HomeAssistant,
    providers: FakeProviders,
    set_credit: SetCredit,
    loaded_entry: MockConfigEntry,
) -> None:
    """Spend is unavailable while nobody knows, and then what it was and more."""
    await set_credit(28)
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["unexpected_response"])
    await poll(hass, loaded_entry)
    for entity_id in (SPENT, BURN_RATE, RUNS_OUT, DAYS_LEFT):
        assert state_of(hass, entity_id).state == STATE_UNAVAILABLE
    await set_credit(20)
    assert state_of(hass, SPENT).state == "8.147631028367705"


async def test_figures_of_each_currency(hass: HomeAssistant, providers: FakeProviders) -> None:
    """Each balance has figures of its own, named by its currency, as soon as it is reported."""
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(CNY="110.00"))
    entry = await set_up(hass, DEEPSEEK.entry())
    assert not sensor(hass, entry, "spent_usd")
    for amounts in ({"CNY": "110.00", "USD": "7.50"}, {"CNY": "100.00", "USD": "7.25"}):
        providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(**amounts))
        await poll(hass, entry)
    for currency, spent in (("CNY", "10.00"), ("USD", "0.25")):
        state = state_of(hass, f"sensor.deepseek_spent_{currency.lower()}")
        assert state.state == spent
        assert state.name == f"DeepSeek Spent {currency}"
        assert state.attributes["unit_of_measurement"] == currency
        for figure in ("Burn rate", "Days left", "Runs out"):
            slug = figure.lower().replace(" ", "_")
            state = state_of(hass, f"sensor.deepseek_{slug}_{currency.lower()}")
            assert state.name == f"DeepSeek {figure} {currency}"


async def test_figures_of_a_balance_that_goes_away(
    hass: HomeAssistant, providers: FakeProviders
) -> None:
    """What was spent of a balance stays known while it is not reported, and goes on after."""
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(CNY="110.00", USD="7.50"))
    entry = await set_up(hass, DEEPSEEK.entry())
    for amounts, spent in (
        ({"CNY": "100.00", "USD": "7.50"}, "10.00"),
        ({"USD": "7.50"}, "10.00"),
        ({"CNY": "90.00", "USD": "7.50"}, "20.00"),
    ):
        providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(**amounts))
        await poll(hass, entry)
        assert state_of(hass, "sensor.deepseek_spent_cny").state == spent


async def test_figures_of_a_balance_that_was_never_known(
    hass: HomeAssistant, providers: FakeProviders
) -> None:
    """Nothing is said of a balance that the provider leaves out."""
    providers.answer(OPENROUTER_KEY, json={"data": {"limit_remaining": None, "usage": 7.5}})
    await set_up(hass, OPENROUTER.entry(data=OPENROUTER.data | {"variant": "key"}))
    for figure in ("spent", "burn_rate", "days_left", "runs_out"):
        assert state_of(hass, f"sensor.openrouter_{figure}").state == STATE_UNKNOWN


async def test_reload_keeps_what_was_spent(
    hass: HomeAssistant, set_credit: SetCredit, loaded_entry: MockConfigEntry
) -> None:
    """A reload does not begin anew."""
    await set_credit(20)
    await hass.config_entries.async_reload(loaded_entry.entry_id)
    await hass.async_block_till_done()
    assert state_of(hass, SPENT).state == "8.147631028367705"
