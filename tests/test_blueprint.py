"""The blueprint tells of accounts in time, in plain words, and where to top up."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
import shutil
from typing import Any, Final

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from custom_components.api_credits.alerts import Moment
from custom_components.api_credits.const import DOMAIN
from homeassistant.components import automation
from homeassistant.components.blueprint import Blueprint, BlueprintInputs
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.setup import async_setup_component

from .answers import DEEPSEEK, DEEPSEEK_BALANCE, FakeProviders, deepseek_balance
from .conftest import PassTime, SetCredit, poll, set_up

PATH: Final = f"{DOMAIN}/account_alerts.yaml"
SOURCE: Final = Path(__file__).parents[1] / "blueprints/automation" / PATH

ACTIVITY = "event.hyperstack_example_org_credit_activity"
NOTIFIER = "notify.family"
TOP_UP_URL = "https://console.hyperstack.cloud/billing"
EVERYTHING = [moment.value for moment in Moment]
TOLD = {
    "action": "test.told",
    "data": {
        name: f"{{{{ {name} }}}}"
        for name in ("account", "moment", "title", "message", "balance", "unit", "top_up_url")
    },
}

type UseBlueprint = Callable[..., Awaitable[None]]


@pytest.fixture
def hass_config_dir(hass_tmp_config_dir: str) -> str:
    """Return a configuration folder with the blueprint, as a person imports it."""
    imported = Path(hass_tmp_config_dir) / "blueprints/automation" / PATH
    imported.parent.mkdir(parents=True)
    shutil.copy(SOURCE, imported)
    return hass_tmp_config_dir


@pytest.fixture
def options() -> dict[str, Any]:
    """Return the limits of an account."""
    return {"low_balance": 10, "runway_days": 7}


@pytest.fixture
def use_blueprint(hass: HomeAssistant, service_calls: list[ServiceCall]) -> UseBlueprint:
    """Return a function that makes an automation from the blueprint."""

    async def use(**inputs: Any) -> None:
        inputs = {"accounts": {"entity_id": ACTIVITY}} | inputs
        config = {"id": "tell_me", "use_blueprint": {"path": PATH, "input": inputs}}
        assert await async_setup_component(hass, "automation", {"automation": config})
        await hass.async_block_till_done()
        (entity_id,) = hass.states.async_entity_ids("automation")
        state = hass.states.get(entity_id)
        assert state
        assert state.state == "on"
        service_calls.clear()

    return use


@pytest.fixture
def sent(hass: HomeAssistant) -> list[ServiceCall]:
    """Return what is sent to notify entities."""
    calls: list[ServiceCall] = async_mock_service(hass, "notify", "send_message")
    return calls


def messages(sent: list[ServiceCall]) -> list[tuple[str, str]]:
    """Return titles and texts of what was sent."""
    assert all(call.data["entity_id"] == [NOTIFIER] for call in sent)
    return [(call.data["title"], call.data["message"]) for call in sent]


def told(service_calls: list[ServiceCall]) -> list[dict[str, Any]]:
    """Return what an action of a person's own was given."""
    return [dict(call.data) for call in service_calls if call.domain == "test"]


async def test_blueprint_is_valid(hass: HomeAssistant, use_blueprint: UseBlueprint) -> None:
    """Home Assistant lists it, and needs nothing but accounts to make an automation of it."""
    assert await async_setup_component(hass, "automation", {})
    blueprints = automation.helpers.async_get_blueprints(hass)
    blueprint = await blueprints.async_get_blueprint(PATH)
    assert isinstance(blueprint, Blueprint)
    assert blueprint.validate() is None
    assert [key for key, field in blueprint.inputs.items() if "default" not in field] == [
        "accounts"
    ]
    chosen = {"use_blueprint": {"path": PATH, "input": {"accounts": {"entity_id": ACTIVITY}}}}
    BlueprintInputs(blueprint, chosen).validate()


def test_every_moment_is_offered(hass: HomeAssistant) -> None:
    """Each moment that is announced can be chosen, and triggers."""
    text = SOURCE.read_text("utf-8")
    for moment in Moment:
        assert f"value: {moment}\n" in text
        assert f"trigger: {DOMAIN}.{moment}\n" in text


@pytest.mark.parametrize(
    ("before", "after", "title", "message"),
    [
        (28, 9.456, "is low on credit", f"9.46 USD left. Top up: {TOP_UP_URL}"),
        (9, -0.5, "has no credit left", f"-0.5 USD left. Top up: {TOP_UP_URL}"),
        (9.5, 10.25, "has recovered", "10.25 USD left."),
        (28, 128.5, "was topped up by 100.5 USD", "128.5 USD left."),
    ],
    ids=["became_low", "exhausted", "recovered", "topped_up"],
)
async def test_message(
    sent: list[ServiceCall],
    set_credit: SetCredit,
    use_blueprint: UseBlueprint,
    loaded_entry: MockConfigEntry,
    before: float,
    after: float,
    title: str,
    message: str,
) -> None:
    """A message says what has happened to which account, and where to top up if need be."""
    await set_credit(before)
    await use_blueprint(moments=EVERYTHING, notifiers=[NOTIFIER])
    await set_credit(after)
    assert messages(sent) == [(f"Hyperstack Example Org {title}", message)]


async def test_message_on_running_out(
    sent: list[ServiceCall],
    set_credit: SetCredit,
    pass_time: PassTime,
    use_blueprint: UseBlueprint,
    loaded_entry: MockConfigEntry,
) -> None:
    """What is running out is told of as well."""
    await use_blueprint(notifiers=[NOTIFIER])
    for credit in (26, 24, 22, 20):
        await pass_time(timedelta(hours=2, minutes=1))
        await set_credit(credit)
    ((title, message),) = messages(sent)
    assert title == "Hyperstack Example Org is running out of credit"
    assert message.endswith(f" USD left. Top up: {TOP_UP_URL}")


@pytest.mark.parametrize("credit", [0, -1], ids=["to nothing", "below nothing"])
async def test_one_message_on_what_is_used_up_at_once(
    sent: list[ServiceCall],
    set_credit: SetCredit,
    use_blueprint: UseBlueprint,
    loaded_entry: MockConfigEntry,
    credit: float,
) -> None:
    """What is exhausted is low too: one message is enough."""
    await use_blueprint(notifiers=[NOTIFIER])
    await set_credit(credit)
    assert [title for title, _ in messages(sent)] == ["Hyperstack Example Org has no credit left"]


async def test_low_message_where_exhaustion_is_not_chosen(
    sent: list[ServiceCall],
    set_credit: SetCredit,
    use_blueprint: UseBlueprint,
    loaded_entry: MockConfigEntry,
) -> None:
    """Who wants to hear of low accounts only hears of it when they are exhausted, too."""
    await use_blueprint(moments=["became_low"], notifiers=[NOTIFIER])
    await set_credit(-1)
    assert [title for title, _ in messages(sent)] == ["Hyperstack Example Org is low on credit"]


async def test_only_what_is_chosen(
    sent: list[ServiceCall],
    set_credit: SetCredit,
    use_blueprint: UseBlueprint,
    loaded_entry: MockConfigEntry,
) -> None:
    """By default only bad news is told."""
    await use_blueprint(notifiers=[NOTIFIER])
    for credit in (5, 50, 150):
        await set_credit(credit)
    assert len(messages(sent)) == 1


async def test_actions(
    service_calls: list[ServiceCall],
    sent: list[ServiceCall],
    set_credit: SetCredit,
    use_blueprint: UseBlueprint,
    loaded_entry: MockConfigEntry,
) -> None:
    """Actions of a person's own run for each moment, with all there is to know."""
    await set_credit(9)
    await use_blueprint(moments=EVERYTHING, actions=[TOLD])
    await set_credit(59.5)
    about = {
        "account": "Hyperstack Example Org",
        "message": "59.5 USD left.",
        "balance": 59.5,
        "unit": "USD",
        "top_up_url": TOP_UP_URL,
    }
    assert told(service_calls) == [
        about
        | {
            "moment": "topped_up",
            "title": "Hyperstack Example Org was topped up by 50.5 USD",
        },
        about | {"moment": "recovered", "title": "Hyperstack Example Org has recovered"},
    ]
    assert not messages(sent)


async def test_name_by_user(
    device_registry: dr.DeviceRegistry,
    sent: list[ServiceCall],
    set_credit: SetCredit,
    use_blueprint: UseBlueprint,
    loaded_entry: MockConfigEntry,
) -> None:
    """An account is called what a person calls it."""
    (device,) = dr.async_entries_for_config_entry(device_registry, loaded_entry.entry_id)
    device_registry.async_update_device(device.id, name_by_user="Rendering")
    await use_blueprint(notifiers=[NOTIFIER])
    await set_credit(9)
    assert [title for title, _ in messages(sent)] == ["Rendering is low on credit"]


async def test_area(
    hass: HomeAssistant,
    providers: FakeProviders,
    area_registry: ar.AreaRegistry,
    entity_registry: er.EntityRegistry,
    sent: list[ServiceCall],
    set_credit: SetCredit,
    use_blueprint: UseBlueprint,
    loaded_entry: MockConfigEntry,
) -> None:
    """Accounts can be chosen by their area, several at once."""
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(USD="50.00"))
    other = await set_up(hass, DEEPSEEK.entry(options={"low_balance": 10}))
    area = area_registry.async_create("Office")
    for entity_id in (ACTIVITY, "event.deepseek_credit_activity"):
        entity_registry.async_update_entity(entity_id, area_id=area.id)
    await use_blueprint(accounts={"area_id": area.id}, notifiers=[NOTIFIER])
    await set_credit(9)
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(USD="5.00"))
    await poll(hass, other)
    assert [title for title, _ in messages(sent)] == [
        "Hyperstack Example Org is low on credit",
        "DeepSeek is low on credit",
    ]


async def test_blocked_account_without_a_balance(
    hass: HomeAssistant,
    providers: FakeProviders,
    sent: list[ServiceCall],
    use_blueprint: UseBlueprint,
) -> None:
    """An account whose balance nobody knows is told of without one."""
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance())
    entry = await set_up(hass, DEEPSEEK.entry())
    await use_blueprint(
        accounts={"entity_id": "event.deepseek_credit_activity"}, notifiers=[NOTIFIER]
    )
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance() | {"is_available": False})
    await poll(hass, entry)
    ((title, message),) = messages(sent)
    assert title == "DeepSeek has no credit left"
    assert "None" not in message
    assert message.endswith("Top up: https://platform.deepseek.com/top_up")


async def test_phone(
    hass: HomeAssistant,
    device_registry: dr.DeviceRegistry,
    service_calls: list[ServiceCall],
    set_credit: SetCredit,
    use_blueprint: UseBlueprint,
    loaded_entry: MockConfigEntry,
) -> None:
    """A phone gets a message with a button that leads to the page to top up at."""
    app = MockConfigEntry(domain="mobile_app")
    app.add_to_hass(hass)
    phone = device_registry.async_get_or_create(
        config_entry_id=app.entry_id, identifiers={("mobile_app", "phone")}, name="Kim’s Phone"
    )
    await use_blueprint(phones=[phone.id])
    await set_credit(9)
    (call,) = service_calls
    assert (call.domain, call.service) == ("notify", "mobile_app_kims_phone")
    assert call.data["title"] == "Hyperstack Example Org is low on credit"
    assert call.data["data"]["actions"] == [{"action": "URI", "title": "Top up", "uri": TOP_UP_URL}]
    assert call.data["data"]["url"] == call.data["data"]["clickAction"] == TOP_UP_URL


async def test_notifier_that_fails(
    hass: HomeAssistant,
    set_credit: SetCredit,
    service_calls: list[ServiceCall],
    use_blueprint: UseBlueprint,
    loaded_entry: MockConfigEntry,
) -> None:
    """What goes wrong with one message does not keep the others from being sent."""

    async def fail(call: ServiceCall) -> None:
        raise RuntimeError("no line")

    hass.services.async_register("notify", "send_message", fail)
    await use_blueprint(notifiers=[NOTIFIER], actions=[TOLD])
    await set_credit(9)
    assert len(told(service_calls)) == 1
