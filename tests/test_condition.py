"""Automations can ask whether an alert holds for accounts."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
import logging
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.api_credits.condition import CONDITIONS
from custom_components.api_credits.const import DOMAIN
from homeassistant.const import STATE_ON, Platform
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    label_registry as lr,
)
from homeassistant.helpers.condition import async_get_all_descriptions
from homeassistant.setup import async_setup_component

from .answers import (
    DEEPSEEK,
    DEEPSEEK_BALANCE,
    ERRORS,
    HYPERSTACK_BALANCE,
    FakeProviders,
    deepseek_balance,
)
from .conftest import PassTime, SetCredit, poll, set_up

PREFIX = "binary_sensor.hyperstack_example_org"
LOW = f"{PREFIX}_low_balance"
DEEPSEEK_LOW = "binary_sensor.deepseek_low_balance"
ALL = [LOW, f"{PREFIX}_running_out", f"{PREFIX}_exhausted", f"{PREFIX}_unreadable"]

type Ask = Callable[..., Awaitable[set[str]]]


@pytest.fixture
def options() -> dict[str, Any]:
    """Return the limits of an account."""
    return {"low_balance": 10, "runway_days": 7}


@pytest.fixture
async def ask(hass: HomeAssistant, service_calls: list[ServiceCall]) -> Ask:
    """Return a function that tells which conditions pass now for a target, with these options."""

    async def passing(target: dict[str, Any], **options: Any) -> set[str]:
        automations = [
            {
                "id": condition,
                "triggers": {"trigger": "event", "event_type": "asked"},
                "conditions": {
                    "condition": f"{DOMAIN}.{condition}",
                    "target": target,
                    "options": {"behavior": "any"} | options,
                },
                "actions": {"action": "test.passed", "data": {"condition": condition}},
            }
            for condition in CONDITIONS
        ]
        assert await async_setup_component(hass, "automation", {"automation": automations})
        await hass.async_block_till_done()
        service_calls.clear()
        hass.bus.async_fire("asked")
        await hass.async_block_till_done()
        return {call.data["condition"] for call in service_calls if call.domain == "test"}

    return passing


@pytest.mark.parametrize(
    ("credit", "expected"),
    [
        (28, {"is_not_low"}),
        (10, {"is_not_low"}),
        (9, {"is_low"}),
        (0, {"is_low", "is_exhausted"}),
    ],
)
async def test_balance(
    set_credit: SetCredit,
    ask: Ask,
    loaded_entry: MockConfigEntry,
    credit: float,
    expected: set[str],
) -> None:
    """The conditions follow the balance."""
    await set_credit(credit)
    assert await ask({"entity_id": ALL}) == expected


async def test_running_out(
    set_credit: SetCredit, pass_time: PassTime, ask: Ask, loaded_entry: MockConfigEntry
) -> None:
    """What is running out need not be low."""
    for credit in (26, 24, 22, 20):
        await pass_time(timedelta(hours=2))
        await set_credit(credit)
    assert await ask({"entity_id": ALL}) == {"is_running_out", "is_not_low"}


@pytest.mark.parametrize("kind", ["entity_id", "device_id", "area_id", "label_id"])
async def test_targets(
    area_registry: ar.AreaRegistry,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
    label_registry: lr.LabelRegistry,
    set_credit: SetCredit,
    ask: Ask,
    loaded_entry: MockConfigEntry,
    kind: str,
) -> None:
    """An account can be targeted by entity, device, area and label."""
    (device,) = dr.async_entries_for_config_entry(device_registry, loaded_entry.entry_id)
    area = area_registry.async_create("Office")
    label = label_registry.async_create("Paid")
    device_registry.async_update_device(device.id, area_id=area.id, labels={label.label_id})
    targets = {
        "entity_id": ALL,
        "device_id": device.id,
        "area_id": area.id,
        "label_id": label.label_id,
    }
    await set_credit(0)
    assert await ask({kind: targets[kind]}) == {"is_low", "is_exhausted"}


@pytest.fixture
async def two_accounts(
    hass: HomeAssistant, providers: FakeProviders, loaded_entry: MockConfigEntry
) -> MockConfigEntry:
    """Return an account that is low, beside one that is not."""
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(USD="1.00"))
    return await set_up(hass, DEEPSEEK.entry(options={"low_balance": 5}))


@pytest.mark.parametrize(
    ("credit", "behavior", "expected"),
    [
        (28, "any", {"is_low", "is_not_low"}),
        (28, "all", set()),
        (9, "any", {"is_low"}),
        (9, "all", {"is_low"}),
    ],
)
@pytest.mark.usefixtures("two_accounts")
async def test_any_or_all(
    set_credit: SetCredit, ask: Ask, credit: float, behavior: str, expected: set[str]
) -> None:
    """A condition on several accounts is about any of them, or about all."""
    await set_credit(credit)
    target = {"entity_id": [LOW, DEEPSEEK_LOW]}
    passing = await ask(target, behavior=behavior)
    assert passing & {"is_low", "is_not_low"} == expected


@pytest.mark.parametrize(("minutes", "passes"), [(9, False), (11, True)])
async def test_for(
    freezer: FrozenDateTimeFactory,
    set_credit: SetCredit,
    ask: Ask,
    loaded_entry: MockConfigEntry,
    minutes: int,
    passes: bool,
) -> None:
    """A condition can ask for how long an alert has held."""
    await set_credit(9)
    freezer.tick(timedelta(minutes=minutes))
    await set_credit(8)
    passing = await ask({"entity_id": LOW}, **{"for": {"minutes": 10}})
    assert ("is_low" in passing) is passes


@pytest.mark.parametrize("behavior", ["any", "all"])
async def test_outage(
    hass: HomeAssistant,
    providers: FakeProviders,
    set_credit: SetCredit,
    ask: Ask,
    loaded_entry: MockConfigEntry,
    behavior: str,
) -> None:
    """Nothing is known of an account that cannot be read, so nothing holds for all of such."""
    await set_credit(9)
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["unexpected_response"])
    await poll(hass, loaded_entry)
    assert await ask({"entity_id": ALL}, behavior=behavior) == set()
    await set_credit(9)
    assert await ask({"entity_id": ALL}, behavior=behavior) == {"is_low"}


async def test_unreadable(
    hass: HomeAssistant,
    providers: FakeProviders,
    set_credit: SetCredit,
    ask: Ask,
    loaded_entry: MockConfigEntry,
) -> None:
    """That an account cannot be read can be asked while nothing else of it is known."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["invalid_auth"])
    await poll(hass, loaded_entry)
    assert await ask({"entity_id": ALL}) == {"is_unreadable"}
    await set_credit(28)
    assert await ask({"entity_id": ALL}) == {"is_not_low"}


async def test_unknown(hass: HomeAssistant, providers: FakeProviders, ask: Ask) -> None:
    """Nor is it of one whose balance its provider leaves out."""
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance())
    await set_up(hass, DEEPSEEK.entry())
    assert await ask({"entity_id": DEEPSEEK_LOW}) == set()


@pytest.mark.usefixtures("two_accounts")
async def test_unreadable_account_among_others(
    hass: HomeAssistant,
    providers: FakeProviders,
    set_credit: SetCredit,
    ask: Ask,
    loaded_entry: MockConfigEntry,
) -> None:
    """An account that cannot be read does not stand in the way of a condition on all."""
    await set_credit(28)
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["unexpected_response"])
    await poll(hass, loaded_entry)
    passing = await ask({"entity_id": [LOW, DEEPSEEK_LOW]}, behavior="all")
    assert "is_low" in passing
    assert "is_not_low" not in passing


async def test_only_our_own(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    label_registry: lr.LabelRegistry,
    ask: Ask,
    loaded_entry: MockConfigEntry,
) -> None:
    """Another integration's low battery is no low account."""
    label = label_registry.async_create("Paid")
    for key in ("low_balance", "running_out", "exhausted", "unreadable", "battery_low"):
        entity = entity_registry.async_get_or_create(
            Platform.BINARY_SENSOR, "foreign", key, translation_key=key
        )
        entity_registry.async_update_entity(entity.entity_id, labels={label.label_id})
        hass.states.async_set(entity.entity_id, STATE_ON, {"device_class": "problem"})
    hass.states.async_set("binary_sensor.unregistered", STATE_ON)
    for entity_id in ALL:
        entity_registry.async_update_entity(entity_id, labels={label.label_id})
    target = {"label_id": label.label_id, "entity_id": "binary_sensor.unregistered"}
    assert await ask(target) == {"is_not_low"}


async def test_descriptions(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture, loaded_entry: MockConfigEntry
) -> None:
    """The editor learns of each condition, and that it is about accounts' alerts."""
    descriptions = await async_get_all_descriptions(hass)
    ours = {key: value for key, value in descriptions.items() if key.startswith(f"{DOMAIN}.")}
    assert set(ours) == {f"{DOMAIN}.{condition}" for condition in CONDITIONS}
    for description in ours.values():
        assert description
        (entity,) = description["target"]["entity"]
        assert entity["integration"] == DOMAIN
        assert set(description["fields"]) == {"behavior", "for"}
    assert not [
        record
        for record in caplog.records
        if record.levelno >= logging.WARNING and "conditions.yaml" in record.getMessage()
    ]
