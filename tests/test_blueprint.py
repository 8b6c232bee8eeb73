"""The blueprint tells of accounts in time, in plain words, and where to top up."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from custom_components.api_credits.alerts import Moment
from custom_components.api_credits.const import DOMAIN
from homeassistant.components import automation, persistent_notification
from homeassistant.components.blueprint import Blueprint, BlueprintInputs
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.setup import async_setup_component

from .answers import (
    DEEPSEEK,
    DEEPSEEK_BALANCE,
    ERRORS,
    HYPERSTACK_BALANCE,
    FakeProviders,
    deepseek_balance,
)
from .conftest import PassTime, SetCredit, import_blueprint, poll, set_up

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
type Look = Callable[[], list[tuple[str, str]]]


@pytest.fixture
def hass_config_dir(hass_tmp_config_dir: str) -> str:
    """Return a configuration folder with the blueprint, as a person imports it."""
    import_blueprint(hass_tmp_config_dir, SOURCE, PATH)
    return hass_tmp_config_dir


@pytest.fixture
def options() -> dict[str, Any]:
    """Return the limits of an account."""
    return {"low_balance": 10, "runway_days": 7}


@pytest.fixture
def use_blueprint(hass: HomeAssistant, service_calls: list[ServiceCall]) -> UseBlueprint:
    """Return a function that makes an automation from the blueprint."""

    async def use(**inputs: Any) -> None:
        config = {"id": "tell_me", "use_blueprint": {"path": PATH, "input": inputs}}
        assert await async_setup_component(hass, "persistent_notification", {})
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
    hass.states.async_set(NOTIFIER, STATE_UNKNOWN)
    return calls


@pytest.fixture
def look(hass: HomeAssistant) -> Look:
    """Return a function that tells what notifications there are in Home Assistant."""
    shown: dict[str, persistent_notification.Notification] = {}

    @callback
    def changed(
        update: persistent_notification.UpdateType,
        notifications: dict[str, persistent_notification.Notification],
    ) -> None:
        if update is persistent_notification.UpdateType.REMOVED:
            for gone in notifications:
                del shown[gone]
        else:
            shown.update(notifications)

    persistent_notification.async_register_callback(hass, changed)
    return lambda: [(each["title"] or "", each["message"].strip()) for each in shown.values()]


def messages(sent: list[ServiceCall]) -> list[tuple[str, str]]:
    """Return titles and texts of what was sent."""
    assert all(call.data["entity_id"] == [NOTIFIER] for call in sent)
    return [(call.data["title"], call.data["message"]) for call in sent]


def told(service_calls: list[ServiceCall]) -> list[dict[str, Any]]:
    """Return what an action of a person's own was given."""
    return [dict(call.data) for call in service_calls if call.domain == "test"]


async def test_blueprint_is_valid(hass: HomeAssistant, use_blueprint: UseBlueprint) -> None:
    """Home Assistant lists it, and needs nothing to make an automation of it."""
    assert await async_setup_component(hass, "automation", {})
    blueprints = automation.helpers.async_get_blueprints(hass)
    blueprint = await blueprints.async_get_blueprint(PATH)
    assert isinstance(blueprint, Blueprint)
    assert blueprint.validate() is None
    assert not [key for key, field in blueprint.inputs.items() if "default" not in field]
    BlueprintInputs(blueprint, {"use_blueprint": {"path": PATH, "input": {}}}).validate()


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
        (9, -0.5, "has no credit left", f"-0.50 USD left. Top up: {TOP_UP_URL}"),
        (9.5, 10.25, "has enough credit again", "10.25 USD left."),
        (28, 128.5, "was topped up by 100.50 USD", "128.50 USD left."),
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
        "message": "59.50 USD left.",
        "balance": 59.5,
        "unit": "USD",
        "top_up_url": TOP_UP_URL,
    }
    assert told(service_calls) == [
        about
        | {
            "moment": "topped_up",
            "title": "Hyperstack Example Org was topped up by 50.50 USD",
        },
        about | {"moment": "recovered", "title": "Hyperstack Example Org has enough credit again"},
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
    await use_blueprint(notifiers=[NOTIFIER])
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance() | {"is_available": False})
    await poll(hass, entry)
    ((title, message),) = messages(sent)
    assert title == "DeepSeek has no credit left"
    assert "None" not in message
    assert message.endswith("Top up: https://platform.deepseek.com/top_up")


@pytest.fixture
def phone(device_registry: dr.DeviceRegistry, hass: HomeAssistant) -> str:
    """Return a phone with the app."""
    app = MockConfigEntry(domain="mobile_app")
    app.add_to_hass(hass)
    device = device_registry.async_get_or_create(
        config_entry_id=app.entry_id, identifiers={("mobile_app", "phone")}, name="Kim’s Phone"
    )
    return device.id


@pytest.fixture
def pushed(hass: HomeAssistant, phone: str) -> list[ServiceCall]:
    """Return what is sent to the phone."""
    calls: list[ServiceCall] = async_mock_service(hass, "notify", "mobile_app_kims_phone")
    return calls


async def test_phone(
    pushed: list[ServiceCall],
    phone: str,
    set_credit: SetCredit,
    use_blueprint: UseBlueprint,
    look: Look,
    loaded_entry: MockConfigEntry,
) -> None:
    """A phone gets a message with a button that leads to the page to top up at."""
    await use_blueprint(phones=[phone])
    await set_credit(9)
    (call,) = pushed
    assert call.data["title"] == "Hyperstack Example Org is low on credit"
    assert call.data["data"]["actions"] == [{"action": "URI", "title": "Top up", "uri": TOP_UP_URL}]
    assert call.data["data"]["url"] == call.data["data"]["clickAction"] == TOP_UP_URL
    assert not look()


async def test_one_message_per_account_on_a_phone(
    hass: HomeAssistant,
    providers: FakeProviders,
    pushed: list[ServiceCall],
    phone: str,
    set_credit: SetCredit,
    use_blueprint: UseBlueprint,
    loaded_entry: MockConfigEntry,
) -> None:
    """A message takes the place of the one before, apart for each account, and goes when over."""
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(USD="50.00"))
    other = await set_up(hass, DEEPSEEK.entry(options={"low_balance": 10}))
    await use_blueprint(phones=[phone])
    await set_credit(9)
    await set_credit(0)
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(USD="5.00"))
    await poll(hass, other)
    first, second, about_other = (call.data["data"]["tag"] for call in pushed)
    assert first == second != about_other

    await set_credit(50)
    cleared = pushed[3:]
    assert cleared
    assert {call.data["message"] for call in cleared} == {"clear_notification"}
    assert {call.data["data"]["tag"] for call in cleared} == {first}


async def test_unreadable(
    hass: HomeAssistant,
    providers: FakeProviders,
    pushed: list[ServiceCall],
    sent: list[ServiceCall],
    phone: str,
    set_credit: SetCredit,
    use_blueprint: UseBlueprint,
    loaded_entry: MockConfigEntry,
) -> None:
    """A key that is refused is told of by default, without a button to top up."""
    await use_blueprint(phones=[phone], notifiers=[NOTIFIER])
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["invalid_auth"])
    await poll(hass, loaded_entry)
    title = "The credit of Hyperstack Example Org cannot be read"
    message = "The key is refused, or there has been no answer for too long."
    assert messages(sent) == [(title, message)]
    (call,) = pushed
    assert (call.data["title"], call.data["message"]) == (title, message)
    assert call.data["data"]["actions"] == []
    assert call.data["data"]["url"] == f"/config/integrations/integration/{DOMAIN}"

    await set_credit(28)
    assert pushed[-1].data["message"] == "clear_notification"
    assert len(messages(sent)) == 1


async def test_nobody_to_tell(
    set_credit: SetCredit,
    use_blueprint: UseBlueprint,
    look: Look,
    loaded_entry: MockConfigEntry,
) -> None:
    """Home Assistant itself tells where nobody else is, in one notification, until it is over."""
    await use_blueprint()
    await set_credit(9)
    ((title, message),) = look()
    assert title == "Hyperstack Example Org is low on credit"
    assert message.startswith(f"9.00 USD left. Top up: {TOP_UP_URL}\n")
    assert message.endswith("Nobody else could be told. Choose who in the automation.")

    await set_credit(0)
    assert [title for title, _ in look()] == ["Hyperstack Example Org has no credit left"]
    await set_credit(9)
    assert len(look()) == 1
    await set_credit(50)
    assert not look()


@pytest.mark.parametrize(
    ("state", "notification", "expected"),
    [
        (STATE_UNKNOWN, "fallback", False),
        (STATE_UNAVAILABLE, "fallback", True),
        (None, "fallback", True),
        (None, "never", False),
        (STATE_UNKNOWN, "always", True),
    ],
)
async def test_notifier_that_is_gone(
    hass: HomeAssistant,
    sent: list[ServiceCall],
    set_credit: SetCredit,
    use_blueprint: UseBlueprint,
    look: Look,
    loaded_entry: MockConfigEntry,
    state: str | None,
    notification: str,
    expected: bool,
) -> None:
    """Home Assistant tells, too, if whom a person chose is no longer there, unless not wanted."""
    await use_blueprint(notifiers=[NOTIFIER], notification=notification)
    if state:
        hass.states.async_set(NOTIFIER, state)
    else:
        hass.states.async_remove(NOTIFIER)
    await set_credit(9)
    assert bool(look()) is expected


async def test_many_accounts_at_once(
    hass: HomeAssistant,
    providers: FakeProviders,
    service_calls: list[ServiceCall],
    use_blueprint: UseBlueprint,
) -> None:
    """Fifty accounts that have something to tell in the same moment are all told of."""
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(USD="50.00"))
    entries = [DEEPSEEK.entry(unique_id=f"{number}", title=f"Nr. {number}") for number in range(50)]
    for entry in entries:
        await set_up(hass, entry)
    slow = [{"delay": {"milliseconds": 20}}, TOLD]
    await use_blueprint(moments=EVERYTHING, actions=slow)
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(USD="0.00"))
    for entry in entries:
        await entry.runtime_data.async_refresh()
    await hass.async_block_till_done()
    names = [call["account"] for call in told(service_calls) if call["moment"] == "exhausted"]
    assert sorted(names) == sorted(entry.title for entry in entries)


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "nl"])
async def test_languages(
    hass: HomeAssistant,
    providers: FakeProviders,
    sent: list[ServiceCall],
    set_credit: SetCredit,
    use_blueprint: UseBlueprint,
    loaded_entry: MockConfigEntry,
    language: str,
) -> None:
    """Each moment has its own words in each language, with the account and its figures."""
    await use_blueprint(moments=EVERYTHING, notifiers=[NOTIFIER], language=language)
    await set_credit(9.5)
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["invalid_auth"])
    await poll(hass, loaded_entry)
    for credit in (9.5, 0, 60):
        await set_credit(credit)
    written = messages(sent)
    assert len({title for title, _ in written}) == len(written) == 6
    assert all("Hyperstack Example Org" in title for title, _ in written)
    assert not [text for pair in written for text in pair if "{" in text or "None" in text]
    assert ("9.50 USD" if language == "en" else "9,50 USD") in written[0][1]


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
