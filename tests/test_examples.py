"""The examples in the documentation do what they say, in homes of any language."""

from datetime import timedelta
from pathlib import Path
import re
from typing import Any, Final

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from homeassistant.components import persistent_notification
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.helpers import device_registry as dr, label_registry as lr
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from .answers import (
    DEEPSEEK,
    DEEPSEEK_BALANCE,
    ERRORS,
    HYPERSTACK,
    HYPERSTACK_BALANCE,
    FakeProviders,
    deepseek_balance,
)
from .conftest import PassTime, SetCredit, poll, set_up, state_of
from .written import add_automation, yaml_blocks

PAGE: Final = Path(__file__).parents[1] / "docs/automations.md"
AUTOMATIONS: Final = {
    "Be told, by hand",
    "A summary every morning",
    "Stop a job before its credit is gone",
    "Begin a job only with enough credit",
    "Remember that somebody has topped up",
}
ANY_NAME: Final = re.compile(r"\b(?:binary_sensor|event|number|sensor)\.\w+")
"""An entity's id, which is in the language of the home."""
TOP_UP: Final = "https://console.hyperstack.cloud/billing"

type Shown = dict[str, tuple[str | None, str]]


def examples() -> dict[str, list[Any]]:
    """Return the examples of the page under their headings."""
    text = PAGE.read_text("utf-8").split("\n## Examples\n")[1]
    return {section.splitlines()[0]: yaml_blocks(section) for section in text.split("\n### ")[1:]}


@pytest.fixture(autouse=True, params=["en", "de"])
async def language(request: pytest.FixtureRequest, hass: HomeAssistant) -> None:
    """Have a home of some language, whose clock is the test's."""
    hass.config.language = request.param
    await hass.config.async_set_time_zone("UTC")


@pytest.fixture
def options() -> dict[str, Any]:
    """Return the limits of an account."""
    return {"low_balance": 10, "runway_days": 7}


@pytest.fixture
def shown(hass: HomeAssistant) -> Shown:
    """Return the notifications that there are in Home Assistant, by their ids."""
    there: Shown = {}

    @callback
    def changed(
        update: persistent_notification.UpdateType,
        notifications: dict[str, persistent_notification.Notification],
    ) -> None:
        there.update({key: (it["title"], it["message"]) for key, it in notifications.items()})

    persistent_notification.async_register_callback(hass, changed)
    return there


@pytest.fixture
async def batch(hass: HomeAssistant, loaded_entry: MockConfigEntry) -> None:
    """Give the account the label that the examples speak of."""
    label = lr.async_get(hass).async_create("batch")
    devices = dr.async_get(hass)
    (device,) = dr.async_entries_for_config_entry(devices, loaded_entry.entry_id)
    devices.async_update_device(device.id, labels={label.label_id})


async def automate(hass: HomeAssistant, heading: str) -> None:
    """Make an automation of an example."""
    (config,) = examples()[heading]
    assert not ANY_NAME.search(str(config))
    assert await async_setup_component(hass, "persistent_notification", {})
    await add_automation(hass, config)


async def until(hass: HomeAssistant, pass_time: PassTime, hour: int) -> None:
    """Let it become this hour."""
    now = dt_util.utcnow()
    at = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    await pass_time((at - now) % timedelta(days=1))


def test_all_are_tried() -> None:
    """Every example is of one of the kinds that are tried here."""
    assert examples().keys() - AUTOMATIONS == {
        "All dollars in one sensor",
        "Cards for a dashboard",
        "Another threshold for the weekend",
    }


async def test_be_told(
    hass: HomeAssistant, shown: Shown, set_credit: SetCredit, loaded_entry: MockConfigEntry
) -> None:
    """One notification an account says what there is to know, and is replaced by the next."""
    await automate(hass, "Be told, by hand")
    await set_credit(9)
    assert list(shown.values()) == [
        ("Hyperstack Example Org is low on credit", f"9.0 USD left.  Top up: {TOP_UP}")
    ]
    await set_credit(0)
    assert list(shown.values()) == [
        ("Hyperstack Example Org has no credit left", f"0.0 USD left.  Top up: {TOP_UP}")
    ]


async def test_be_told_of_what_cannot_be_read(
    hass: HomeAssistant, shown: Shown, providers: FakeProviders, loaded_entry: MockConfigEntry
) -> None:
    """An announcement that is not about a balance has none."""
    await automate(hass, "Be told, by hand")
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["invalid_auth"])
    await poll(hass, loaded_entry)
    assert ("Hyperstack Example Org cannot be read", f"Top up: {TOP_UP}") in shown.values()


async def test_be_told_of_what_runs_out(
    hass: HomeAssistant,
    shown: Shown,
    set_credit: SetCredit,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """For how long it lasts is said, too."""
    await automate(hass, "Be told, by hand")
    for credit in (26, 24, 22, 20):
        await pass_time(timedelta(hours=2, minutes=1))
        await set_credit(credit)
    ((title, message),) = shown.values()
    assert title == "Hyperstack Example Org is running out of credit"
    assert re.fullmatch(rf"\d+\.0 USD left\. That lasts for 0\.\d days\. Top up: {TOP_UP}", message)


@pytest.mark.parametrize("expected_lingering_timers", [True])
async def test_summary(
    hass: HomeAssistant,
    shown: Shown,
    providers: FakeProviders,
    set_credit: SetCredit,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """Every account is in it: its balances, its alerts, and how old that is."""
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(CNY="110.00", USD="7.50"))
    await set_up(hass, DEEPSEEK.entry())
    await automate(hass, "A summary every morning")
    await set_credit(9)
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["unexpected_response"])
    await poll(hass, loaded_entry)
    await until(hass, pass_time, 9)
    ((title, message),) = shown.values()
    assert title == "API credit"
    hyperstack, deepseek = message.splitlines()
    assert re.fullmatch(
        r"- Hyperstack Example Org: 9\.0 USD \(low\), last read \d+\.\d hours ago", hyperstack
    )
    assert deepseek == "- DeepSeek: 110.0 CNY, 7.5 USD"


async def test_stop_a_job(hass: HomeAssistant, set_credit: SetCredit, batch: None) -> None:
    """What has the label is turned off when the account becomes low."""
    calls: list[ServiceCall] = async_mock_service(hass, "switch", "turn_off")
    await automate(hass, "Stop a job before its credit is gone")
    await set_credit(11)
    assert not calls
    await set_credit(9)
    assert [call.data for call in calls] == [{"label_id": ["batch"]}]


@pytest.mark.parametrize("expected_lingering_timers", [True])
@pytest.mark.parametrize(("credit", "begins"), [(11, True), (9, False), (None, False)])
async def test_begin_a_job(
    hass: HomeAssistant,
    providers: FakeProviders,
    set_credit: SetCredit,
    pass_time: PassTime,
    batch: None,
    loaded_entry: MockConfigEntry,
    credit: float | None,
    begins: bool,
) -> None:
    """What has the label is turned on at night, unless the account is low or cannot be read."""
    calls: list[ServiceCall] = async_mock_service(hass, "switch", "turn_on")
    await automate(hass, "Begin a job only with enough credit")
    if credit is None:
        providers.answer(HYPERSTACK_BALANCE, **ERRORS["forbidden"])
        await poll(hass, loaded_entry)
    else:
        await set_credit(credit)
    await until(hass, pass_time, 2)
    assert bool(calls) is begins


async def test_topped_up(
    hass: HomeAssistant, shown: Shown, set_credit: SetCredit, loaded_entry: MockConfigEntry
) -> None:
    """By how much, and when."""
    await automate(hass, "Remember that somebody has topped up")
    await set_credit(128.15)
    ((title, message),) = shown.values()
    assert title == "Hyperstack Example Org"
    assert re.fullmatch(r"100\.0 USD were added at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d.*\.", message)


@pytest.mark.parametrize("expected_lingering_timers", [True])
async def test_all_dollars(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """The sensor has the sum of what is left in dollars everywhere, and of nothing else."""
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(CNY="110.00", USD="7.50"))
    await set_up(hass, DEEPSEEK.entry())
    (config,) = examples()["All dollars in one sensor"]
    assert await async_setup_component(hass, "template", config)
    await hass.async_block_till_done()
    await pass_time(timedelta(minutes=15))
    assert float(state_of(hass, "sensor.api_credit_in_usd")) == 28.15 + 7.5


async def test_threshold(hass: HomeAssistant, providers: FakeProviders) -> None:
    """The script sets the threshold of an account in an English home."""
    hass.config.language = "en"
    providers.serve(HYPERSTACK)
    entry = await set_up(hass, HYPERSTACK.entry(title="Hyperstack Acme"))
    (config,) = examples()["Another threshold for the weekend"]
    assert await async_setup_component(hass, "script", {"script": {"weekend": config}})
    await hass.services.async_call("script", "weekend", blocking=True)
    assert entry.options["low_balance"] == 50


async def test_cards(hass: HomeAssistant, providers: FakeProviders) -> None:
    """The entities on the cards are those of an account in an English home."""
    hass.config.language = "en"
    providers.serve(HYPERSTACK)
    await set_up(hass, HYPERSTACK.entry(title="Hyperstack Acme"))
    cards = examples()["Cards for a dashboard"]
    assert [card["type"] for card in cards] == ["statistic", "statistics-graph", "gauge"]
    for card in cards:
        for entity_id in card.get("entities", [card.get("entity")]):
            assert state_of(hass, entity_id)
