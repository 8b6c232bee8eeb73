"""Automations can be triggered by each moment of an account, and by nothing else."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
import logging
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.api_credits.alerts import Moment
from custom_components.api_credits.const import DOMAIN
from homeassistant.const import STATE_UNKNOWN, Platform
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    label_registry as lr,
)
from homeassistant.helpers.trigger import async_get_all_descriptions
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from .answers import (
    DEEPSEEK,
    DEEPSEEK_BALANCE,
    ERRORS,
    HYPERSTACK_BALANCE,
    FakeProviders,
    deepseek_balance,
    hyperstack_credit,
)
from .conftest import FinishStart, PassTime, SetCredit, poll, set_up

ACTIVITY = "event.hyperstack_example_org_credit_activity"
FOREIGN = "event.somebody_elses"

type Target = dict[str, Any]
type Automate = Callable[[Target], Awaitable[None]]


@pytest.fixture
def options() -> dict[str, Any]:
    """Return the limits of an account."""
    return {"low_balance": 10, "runway_days": 7}


@pytest.fixture
def automate(hass: HomeAssistant) -> Automate:
    """Return a function that makes an automation for each moment of a target."""

    async def make(target: Target) -> None:
        automations = [
            {
                "id": moment.value,
                "triggers": {"trigger": f"{DOMAIN}.{moment}", "target": target},
                "actions": {
                    "action": "test.heard",
                    "data": {
                        "trigger": moment.value,
                        "entity": "{{ trigger.entity_id }}",
                        "balance": "{{ trigger.to_state.attributes.balance }}",
                    },
                },
            }
            for moment in Moment
        ]
        assert await async_setup_component(hass, "automation", {"automation": automations})
        await hass.async_block_till_done()
        assert len(hass.states.async_entity_ids("automation")) == len(Moment)

    return make


def heard(service_calls: list[ServiceCall]) -> list[str]:
    """Return which triggers the automations heard."""
    return [call.data["trigger"] for call in service_calls if call.domain == "test"]


@pytest.fixture(params=["entity_id", "device_id", "area_id", "label_id"])
def target(
    request: pytest.FixtureRequest,
    area_registry: ar.AreaRegistry,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
    label_registry: lr.LabelRegistry,
    loaded_entry: MockConfigEntry,
) -> Target:
    """Return a target that the account is in."""
    (device,) = dr.async_entries_for_config_entry(device_registry, loaded_entry.entry_id)
    area = area_registry.async_create("Office")
    label = label_registry.async_create("Paid")
    device_registry.async_update_device(device.id, area_id=area.id)
    entity_registry.async_update_entity(ACTIVITY, labels={label.label_id})
    targets = {
        "entity_id": ACTIVITY,
        "device_id": device.id,
        "area_id": area.id,
        "label_id": label.label_id,
    }
    return {request.param: targets[request.param]}


async def test_each_moment(
    service_calls: list[ServiceCall],
    set_credit: SetCredit,
    automate: Automate,
    target: Target,
) -> None:
    """Whatever the target, each trigger hears its own moment, once, in order, with its figures."""
    await automate(target)
    for credit in (9, 9, 0, -2, 60):
        await set_credit(credit)
    assert heard(service_calls) == [
        "became_low",
        "exhausted",
        "topped_up",
        "recovered",
    ]
    assert {call.data["entity"] for call in service_calls} == {ACTIVITY}
    assert [call.data["balance"] for call in service_calls] == [9, 0, 60, 60]


async def test_running_out(
    service_calls: list[ServiceCall],
    set_credit: SetCredit,
    automate: Automate,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """Running out triggers as soon as it can be said."""
    await automate({"entity_id": ACTIVITY})
    for credit in (26, 24, 22, 20):
        await pass_time(timedelta(hours=2))
        await set_credit(credit)
    assert heard(service_calls) == ["running_out"]


async def test_unreadable(
    hass: HomeAssistant,
    providers: FakeProviders,
    service_calls: list[ServiceCall],
    set_credit: SetCredit,
    automate: Automate,
    loaded_entry: MockConfigEntry,
) -> None:
    """A key that is refused triggers at once, and so does the balance that is read again."""
    await automate({"entity_id": ACTIVITY})
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["invalid_auth"])
    for _ in range(2):
        await poll(hass, loaded_entry)
    assert heard(service_calls) == ["unreadable"]
    await set_credit(28)
    assert heard(service_calls) == ["unreadable", "readable"]


@pytest.mark.parametrize("target", [{}, {"entity_id": []}], ids=["none", "empty"])
async def test_all_accounts(
    hass: HomeAssistant,
    providers: FakeProviders,
    entity_registry: er.EntityRegistry,
    service_calls: list[ServiceCall],
    set_credit: SetCredit,
    automate: Automate,
    loaded_entry: MockConfigEntry,
    target: Target,
) -> None:
    """Where nothing is targeted, all accounts trigger: hidden ones, and those added later."""
    entity_registry.async_update_entity(ACTIVITY, hidden_by=er.RegistryEntryHider.USER)
    await automate(target)
    await set_credit(9)
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(USD="50.00"))
    later = await set_up(hass, DEEPSEEK.entry())
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(USD="0.00"))
    await poll(hass, later)
    assert [(call.data["trigger"], call.data["entity"]) for call in service_calls] == [
        ("became_low", ACTIVITY),
        ("became_low", "event.deepseek_credit_activity"),
        ("exhausted", "event.deepseek_credit_activity"),
    ]


async def test_area_without_an_account(
    area_registry: ar.AreaRegistry,
    service_calls: list[ServiceCall],
    set_credit: SetCredit,
    automate: Automate,
    loaded_entry: MockConfigEntry,
) -> None:
    """An area in which there is no account is not all accounts."""
    await automate({"area_id": area_registry.async_create("Attic").id})
    await set_credit(9)
    assert not heard(service_calls)


async def test_nothing_but_moments(
    hass: HomeAssistant,
    providers: FakeProviders,
    service_calls: list[ServiceCall],
    set_credit: SetCredit,
    entity_registry: er.EntityRegistry,
    automate: Automate,
    loaded_entry: MockConfigEntry,
) -> None:
    """Neither an outage, nor a reload, nor another name triggers anything again."""
    await automate({"entity_id": ACTIVITY})
    await set_credit(9)
    assert heard(service_calls) == ["became_low"]

    providers.answer(HYPERSTACK_BALANCE, **ERRORS["unexpected_response"])
    await poll(hass, loaded_entry)
    await set_credit(9)
    await hass.config_entries.async_reload(loaded_entry.entry_id)
    entity_registry.async_update_entity(ACTIVITY, name="Another")
    await set_credit(8)
    assert heard(service_calls) == ["became_low"]


async def test_after_a_reload(
    hass: HomeAssistant,
    service_calls: list[ServiceCall],
    set_credit: SetCredit,
    automate: Automate,
    loaded_entry: MockConfigEntry,
) -> None:
    """Automations go on hearing an account that was reloaded."""
    await automate({"entity_id": ACTIVITY})
    await hass.config_entries.async_reload(loaded_entry.entry_id)
    await hass.async_block_till_done()
    await set_credit(9)
    assert heard(service_calls) == ["became_low"]


@pytest.mark.parametrize("reachable", [True, False], ids=["in time", "late"])
async def test_at_the_start(
    hass: HomeAssistant,
    providers: FakeProviders,
    service_calls: list[ServiceCall],
    automate: Automate,
    pass_time: PassTime,
    mock_config_entry: MockConfigEntry,
    finish_start: FinishStart,
    reachable: bool,
) -> None:
    """An automation hears what happened before it could listen, whenever the account is set up."""
    low = {"json": hyperstack_credit(9)}
    providers.answer(HYPERSTACK_BALANCE, **(low if reachable else ERRORS["cannot_connect"]))
    await set_up(hass, mock_config_entry)
    await automate({"entity_id": ACTIVITY})
    providers.answer(HYPERSTACK_BALANCE, **low)
    await finish_start()
    await pass_time(timedelta(seconds=11))
    assert heard(service_calls) == ["became_low"]


async def test_only_our_own(
    hass: HomeAssistant,
    area_registry: ar.AreaRegistry,
    entity_registry: er.EntityRegistry,
    service_calls: list[ServiceCall],
    automate: Automate,
    loaded_entry: MockConfigEntry,
) -> None:
    """Another integration's event entity triggers nothing, whatever it shows, and by any target."""
    area = area_registry.async_create("Office")
    for entity_id, translation_key in ((FOREIGN, "account_activity"), ("event.doorbell", "ring")):
        entity_registry.async_get_or_create(
            Platform.EVENT,
            "foreign",
            entity_id,
            suggested_object_id=entity_id.partition(".")[2],
            translation_key=translation_key,
        )
        entity_registry.async_update_entity(entity_id, area_id=area.id)
        hass.states.async_set(entity_id, STATE_UNKNOWN)
    hass.states.async_set("event.unregistered", STATE_UNKNOWN)
    entity_registry.async_update_entity(ACTIVITY, area_id=area.id)
    await automate({"area_id": area.id})
    for entity_id in (FOREIGN, "event.doorbell", "event.unregistered"):
        for moment in Moment:
            now = dt_util.utcnow().isoformat()
            hass.states.async_set(entity_id, now, {"event_type": moment.value})
    await hass.async_block_till_done()
    assert not heard(service_calls)


async def test_other_account(
    hass: HomeAssistant,
    providers: FakeProviders,
    service_calls: list[ServiceCall],
    set_credit: SetCredit,
    automate: Automate,
    loaded_entry: MockConfigEntry,
) -> None:
    """What happens to one account does not trigger what is about another."""
    providers.serve(DEEPSEEK)
    await set_up(hass, DEEPSEEK.entry())
    await automate({"entity_id": "event.deepseek_credit_activity"})
    await set_credit(0)
    assert not heard(service_calls)


async def test_descriptions(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture, loaded_entry: MockConfigEntry
) -> None:
    """The editor learns of each trigger, and that it is about event entities of accounts."""
    descriptions = await async_get_all_descriptions(hass)
    ours = {key: value for key, value in descriptions.items() if key.startswith(f"{DOMAIN}.")}
    assert set(ours) == {f"{DOMAIN}.{moment}" for moment in Moment}
    for description in ours.values():
        assert description
        (entity,) = description["target"]["entity"]
        assert entity["integration"] == DOMAIN
        assert entity["domain"] == [Platform.EVENT]
    assert not [
        record
        for record in caplog.records
        if record.levelno >= logging.WARNING and "triggers.yaml" in record.getMessage()
    ]
