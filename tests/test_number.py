"""The limits of the alerts can be set from a dashboard or an automation."""

from collections.abc import Generator
from datetime import timedelta
from typing import Any
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
from homeassistant.core import HomeAssistant, State
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import entity_registry as er

from .answers import (
    DEEPSEEK,
    DEEPSEEK_BALANCE,
    ERRORS,
    EXAMPLES,
    HYPERSTACK,
    HYPERSTACK_BALANCE,
    SMS_WORKS,
    STABILITY_AI,
    VENICE,
    Example,
    FakeProviders,
    deepseek_balance,
    hyperstack_credit,
    venice_balance,
)
from .conftest import PassTime, SetCredit, moments, set_up, state_of

THRESHOLD = "number.hyperstack_example_org_warn_at"
DAYS = "number.hyperstack_example_org_warn_days_ahead"
LOW = "binary_sensor.hyperstack_example_org_low_balance"
RUNNING_OUT = "binary_sensor.hyperstack_example_org_running_out"


@pytest.fixture
def only_numbers() -> Generator[None]:
    """Set up no other platform."""
    with patch("custom_components.api_credits.PLATFORMS", [Platform.NUMBER]):
        yield


async def set_limit(hass: HomeAssistant, entity_id: str, value: float) -> None:
    """Set a limit, and let be told what is to be told of it."""
    await hass.services.async_call(
        Platform.NUMBER,
        SERVICE_SET_VALUE,
        {ATTR_ENTITY_ID: entity_id, ATTR_VALUE: value},
        blocking=True,
    )
    await hass.async_block_till_done()


async def set_threshold(hass: HomeAssistant, value: float) -> None:
    """Set the threshold of Hyperstack."""
    await set_limit(hass, THRESHOLD, value)


async def set_days(hass: HomeAssistant, value: float) -> None:
    """Set the days that Hyperstack's balance has to last for."""
    await set_limit(hass, DAYS, value)


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
@pytest.mark.usefixtures("only_numbers")
async def test_numbers(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    providers: FakeProviders,
    snapshot: SnapshotAssertion,
    example: Example,
) -> None:
    """An account has two limits, its threshold in the unit of its balance."""
    providers.serve(example)
    entry = await set_up(
        hass,
        example.entry(
            entry_id=f"entry_{example.provider}", options={"low_balance": 5, "runway_days": 14}
        ),
    )
    await snapshot_platform(hass, entity_registry, snapshot, entry.entry_id)
    limits = er.async_entries_for_config_entry(entity_registry, entry.entry_id)
    assert [limit.entity_category for limit in limits] == [EntityCategory.CONFIG] * 2


async def test_setting_the_threshold(
    hass: HomeAssistant, providers: FakeProviders, loaded_entry: MockConfigEntry
) -> None:
    """What is set takes effect at once, asks nobody, and leaves the other options alone."""
    options = {"runway_days": 7, "update_interval": 15}
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


@pytest.mark.parametrize(
    ("limit", "value"),
    [(THRESHOLD, -0.01), (THRESHOLD, 1_000_000_001), (DAYS, 0), (DAYS, 366)],
)
async def test_impossible_limit(
    hass: HomeAssistant, loaded_entry: MockConfigEntry, limit: str, value: float
) -> None:
    """A threshold below zero or beyond any account is refused, and so is no day or too many."""
    with pytest.raises(ServiceValidationError):
        await set_limit(hass, limit, value)
    assert not loaded_entry.options


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
    state = hass.states.get("number.deepseek_warn_at")
    assert state
    found: str | None = state.attributes.get("unit_of_measurement")
    return found


# The thresholds of several purses


DIEM = "number.venice_warn_at_diem"
MONEY = "number.venice_warn_at"
LOW_AT_VENICE = "binary_sensor.venice_low_balance"


async def test_each_purse_has_a_threshold(
    hass: HomeAssistant, entity_registry: er.EntityRegistry, providers: FakeProviders
) -> None:
    """The one that matters most as always; the others by name, in their unit, empty at first."""
    providers.serve(VENICE)
    entry = await set_up(hass, VENICE.entry(options={"low_balance": 40}))
    assert (state_of(hass, MONEY), state_of(hass, DIEM)) == ("40", STATE_UNKNOWN)
    shown = {
        entity_id: [state.attributes.get(key) for key in ("unit_of_measurement", "device_class")]
        for entity_id in (MONEY, DIEM)
        if (state := hass.states.get(entity_id))
    }
    assert shown == {MONEY: ["USD", "monetary"], DIEM: ["diem", None]}
    ids = {
        entity_id: entity.unique_id
        for entity_id in (MONEY, DIEM)
        if (entity := entity_registry.async_get(entity_id))
    }
    assert ids == {
        MONEY: f"{entry.entry_id}_low_balance_threshold",
        DIEM: f"{entry.entry_id}_low_balance_threshold_balance_diem",
    }
    numbers = [
        entity
        for entity in er.async_entries_for_config_entry(entity_registry, entry.entry_id)
        if entity.domain == Platform.NUMBER
    ]
    assert len(numbers) == 3


async def test_threshold_of_another_purse(
    hass: HomeAssistant, providers: FakeProviders, told: list[State]
) -> None:
    """It takes effect at once, for that purse alone, and outlives the options and a reload."""
    providers.answer(VENICE.balance_url, json=venice_balance(USD=50, DIEM=2.5))
    entry = await set_up(hass, VENICE.entry(options={"low_balance": 40}))
    assert moments(told) == []

    await set_limit(hass, DIEM, 3)
    assert entry.options == {"low_balance": 40, "low_balances": {"balance_diem": 3}}
    (low,) = told
    assert low.attributes["event_type"] == "became_low"
    assert low.attributes["scope"] == "DIEM"
    assert (low.attributes["balance"], low.attributes["low_balance"]) == (2.5, 3)

    result = await hass.config_entries.options.async_init(entry.entry_id)
    await hass.config_entries.options.async_configure(
        result["flow_id"], {"low_balance": 60, "update_interval": 30}
    )
    await hass.async_block_till_done()
    assert [state.attributes["scope"] for state in told] == ["DIEM", "USD"]
    assert told[1].attributes["low_balance"] == 60
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert (state_of(hass, MONEY), state_of(hass, DIEM)) == ("60.0", "3.0")

    await set_limit(hass, DIEM, 0)
    assert moments(told) == ["became_low", "became_low", "recovered"]
    assert told[2].attributes["scope"] == "DIEM"


async def test_purse_that_comes_later(hass: HomeAssistant, providers: FakeProviders) -> None:
    """It gets a number as it appears; the threshold of before stays where it was."""
    providers.answer(VENICE.balance_url, json=venice_balance(DIEM=2.5))
    entry = await set_up(hass, VENICE.entry(options={"low_balance": 3}))
    assert state_of(hass, LOW_AT_VENICE) == STATE_ON
    providers.answer(VENICE.balance_url, json=venice_balance(DIEM=5, USD=1))
    await entry.runtime_data.async_refresh()
    await hass.async_block_till_done()
    assert state_of(hass, LOW_AT_VENICE) == STATE_OFF
    assert state_of(hass, "number.venice_warn_at_usd") == STATE_UNKNOWN
    await set_limit(hass, "number.venice_warn_at_usd", 2)
    assert state_of(hass, LOW_AT_VENICE) == STATE_ON


# What is told of a limit that is moved


async def test_threshold_is_told_of(
    hass: HomeAssistant, told: list[State], loaded_entry: MockConfigEntry
) -> None:
    """An account that becomes low or recovers because its threshold is moved is told of, once."""
    for value in (40, 50, 20, 10, 30):
        await set_threshold(hass, value)
    assert moments(told) == ["became_low", "recovered", "became_low"]


async def test_threshold_set_in_the_options_is_told_of(
    hass: HomeAssistant, told: list[State], loaded_entry: MockConfigEntry
) -> None:
    """It makes no difference where the threshold is moved."""
    for value in (40, 20):
        result = await hass.config_entries.options.async_init(loaded_entry.entry_id)
        await hass.config_entries.options.async_configure(
            result["flow_id"], {"low_balance": value, "update_interval": 15}
        )
        await hass.async_block_till_done()
    assert moments(told) == ["became_low", "recovered"]


# The days that a balance has to last for


@pytest.fixture
async def spending_entry(
    set_credit: SetCredit, pass_time: PassTime, loaded_entry: MockConfigEntry
) -> MockConfigEntry:
    """Return an account of which so much is spent that it will last for about two weeks."""
    for step in range(18):
        await set_credit(504 - 8 * step)
        await pass_time(timedelta(hours=8))
    return loaded_entry


async def test_days_take_effect_at_once(
    hass: HomeAssistant,
    providers: FakeProviders,
    told: list[State],
    pass_time: PassTime,
    spending_entry: MockConfigEntry,
) -> None:
    """Moving the days across what is left is enough, there and back, and asks nobody."""
    left = days_left(hass)
    assert 10 < left < 20
    told.clear()
    requests = len(providers.requests)
    enough, too_few = around(left)
    for value, running_out in (
        (enough, STATE_OFF),
        (too_few, STATE_ON),
        (enough, STATE_OFF),
        (too_few, STATE_ON),
    ):
        await set_days(hass, value)
        await pass_time(timedelta(seconds=1))
        assert state_of(hass, DAYS) == str(float(value))
        assert state_of(hass, RUNNING_OUT) == running_out
    assert moments(told) == ["running_out", "running_out"]
    assert len(providers.requests) == requests


async def test_estimate_has_to_improve_clearly(
    hass: HomeAssistant,
    set_credit: SetCredit,
    told: list[State],
    pass_time: PassTime,
    spending_entry: MockConfigEntry,
) -> None:
    """While its limit stays, an account goes on running out until it lasts clearly longer."""
    _, limit = around(days_left(hass))
    await set_days(hass, limit)
    told.clear()
    await set_threshold(hass, 10)
    await pass_time(timedelta(days=2))
    assert limit < days_left(hass) < limit * 1.5
    assert state_of(hass, RUNNING_OUT) == STATE_ON
    await set_threshold(hass, 20)
    assert state_of(hass, RUNNING_OUT) == STATE_ON
    await set_credit(500)
    assert state_of(hass, RUNNING_OUT) == STATE_OFF
    assert moments(told) == ["topped_up"]


async def test_days_moved_in_the_options(
    hass: HomeAssistant, spending_entry: MockConfigEntry
) -> None:
    """It makes no difference where the days are moved: what a person sets holds at once."""
    left = days_left(hass)
    enough, too_few = around(left)
    for value, running_out in ((too_few, STATE_ON), (enough, STATE_OFF)):
        result = await hass.config_entries.options.async_init(spending_entry.entry_id)
        await hass.config_entries.options.async_configure(
            result["flow_id"], {"runway_days": value, "update_interval": 15}
        )
        await hass.async_block_till_done()
        assert state_of(hass, RUNNING_OUT) == running_out


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", float("nan"), float("inf"), -1, 1e300])
@pytest.mark.parametrize("entity_id", [THRESHOLD, DAYS])
async def test_nonsense_is_refused(
    hass: HomeAssistant, loaded_entry: MockConfigEntry, entity_id: str, value: Any
) -> None:
    """What is no number, or none within the limits, changes nothing."""
    options = dict(loaded_entry.options)
    with pytest.raises(ServiceValidationError):
        await set_limit(hass, entity_id, value)
    assert loaded_entry.options == options
    await set_limit(hass, entity_id, 9)
    assert float(state_of(hass, entity_id)) == 9


@pytest.mark.parametrize("nonsense", ["nan", float("nan"), float("inf"), -5])
async def test_nonsense_is_not_shown(
    hass: HomeAssistant, loaded_entry: MockConfigEntry, nonsense: Any
) -> None:
    """A limit that was stored and makes no sense is none."""
    hass.config_entries.async_update_entry(
        loaded_entry, options={"low_balance": nonsense, "runway_days": nonsense}
    )
    loaded_entry.runtime_data.async_update_listeners()
    assert state_of(hass, THRESHOLD) == state_of(hass, DAYS) == STATE_UNKNOWN


async def test_days_outlive_a_reload(hass: HomeAssistant, spending_entry: MockConfigEntry) -> None:
    """A reload changes neither the limit nor what follows from it."""
    _, too_few = around(days_left(hass))
    await set_days(hass, too_few)
    await hass.config_entries.async_reload(spending_entry.entry_id)
    await hass.async_block_till_done()
    assert state_of(hass, RUNNING_OUT) == STATE_ON
    assert state_of(hass, THRESHOLD) == STATE_UNKNOWN


def around(left: float) -> tuple[int, int]:
    """Return the next whole days below and above what is left, which is shown to a tenth."""
    return int(left - 0.1), int(left + 0.1) + 1


def days_left(hass: HomeAssistant) -> float:
    """Return for how many days Hyperstack's balance will last."""
    return float(state_of(hass, "sensor.hyperstack_example_org_days_left"))


# The box


@pytest.mark.parametrize(
    ("credit", "options", "highest"),
    [
        (28, {}, 999_999),
        (99_999, {"low_balance": 50}, 999_999),
        (100_000, {}, 1_000_000_000),
        (28, {"low_balance": 2_000_000}, 1_000_000_000),
    ],
)
async def test_highest_threshold(
    hass: HomeAssistant,
    providers: FakeProviders,
    credit: float,
    options: dict[str, Any],
    highest: int,
) -> None:
    """The box is narrow, to leave room for the name, unless the account has or wants a lot."""
    providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(credit))
    await set_up(hass, HYPERSTACK.entry(options=options))
    state = hass.states.get(THRESHOLD)
    assert state
    assert state.attributes["max"] == highest
    await set_threshold(hass, highest)
    assert float(state_of(hass, THRESHOLD)) == highest


async def test_highest_threshold_follows(
    hass: HomeAssistant, set_credit: SetCredit, loaded_entry: MockConfigEntry
) -> None:
    """An account that gets a lot can have a high threshold at once."""
    with pytest.raises(ServiceValidationError):
        await set_threshold(hass, 5_000_000)
    await set_credit(100_000)
    await set_threshold(hass, 5_000_000)
    assert float(state_of(hass, THRESHOLD)) == 5_000_000


@pytest.mark.parametrize(
    ("example", "options", "step"),
    [
        (HYPERSTACK, {}, 0.01),
        (SMS_WORKS, {}, 1),
        (SMS_WORKS, {"low_balance": 0.5}, 0.01),
        (STABILITY_AI, {}, 0.01),
    ],
    ids=["money", "counted", "a part of one", "counted in parts"],
)
async def test_step(hass: HomeAssistant, loaded_entry: MockConfigEntry, step: float) -> None:
    """Whole things are counted in whole steps, money and what is not whole in hundredths."""
    limits = [
        state
        for state in hass.states.async_all(Platform.NUMBER)
        if state.entity_id.endswith("warn_at")
    ]
    assert [limit.attributes["step"] for limit in limits] == [step]
