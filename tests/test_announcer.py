"""An announcement is told once, and counts as told when the automations it started have ended."""

import asyncio
from collections.abc import Awaitable, Callable, Generator
from datetime import timedelta
import logging
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.api_credits import announcer
from homeassistant.components.automation import EVENT_AUTOMATION_TRIGGERED
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.const import (
    ATTR_ENTITY_ID,
    EVENT_HOMEASSISTANT_FINAL_WRITE,
    EVENT_HOMEASSISTANT_STOP,
    EVENT_STATE_CHANGED,
    SERVICE_RELOAD,
    SERVICE_TURN_OFF,
)
from homeassistant.core import (
    CoreState,
    Event,
    EventStateChangedData,
    HomeAssistant,
    ServiceCall,
    State,
    callback,
)
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component

from .answers import HYPERSTACK_BALANCE, FakeProviders, hyperstack_credit
from .conftest import PassTime, SetCredit, file_of, moments, set_up

type Wait = Callable[[float], Awaitable[None]]
type OnDisk = Callable[[], list[str]]

ACTIVITY = "event.hyperstack_example_org_credit_activity"
AUTOMATION = "automation.heard"
OUR_TRIGGER = {"trigger": "api_credits.became_low", "target": {"entity_id": ACTIVITY}}
STATE_TRIGGER = {"trigger": "state", "entity_id": ACTIVITY}


SHORTEST = 100
LONGEST = 1000
"""What the tests have in the place of half a second and a minute, which a machine may take."""


@pytest.fixture(autouse=True)
def real_limits() -> Generator[tuple[float, float]]:
    """Return the limits, and let only the time that a test has pass count."""
    limits = announcer.SHORTEST, announcer.LONGEST
    with patch.multiple(announcer, SHORTEST=SHORTEST, LONGEST=LONGEST):
        yield limits


@pytest.fixture
def options() -> dict[str, Any]:
    """Return the limits of an account."""
    return {"low_balance": 10}


class Actions:
    """An action that takes as long as a test wants."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Register the action."""
        self.begun = 0
        self.ended = 0
        self.may_end = asyncio.Event()
        hass.services.async_register("test", "act", self._act)

    async def _act(self, _: ServiceCall) -> None:
        self.begun += 1
        await self.may_end.wait()
        self.ended += 1


@pytest.fixture
def actions(hass: HomeAssistant) -> Actions:
    """Return the action that automations run."""
    return Actions(hass)


async def automate(hass: HomeAssistant, *triggers: dict[str, Any], **more: Any) -> None:
    """Have an automation that acts on what it hears."""
    automation = {
        "alias": "Heard",
        "triggers": list(triggers) or [OUR_TRIGGER],
        "actions": [{"action": "test.act"}],
    }
    assert await async_setup_component(hass, "automation", {"automation": [automation | more]})
    await hass.async_block_till_done()


async def go_on() -> None:
    """Let happen what needs no time, without waiting for actions."""
    for _ in range(100):
        await asyncio.sleep(0)


@pytest.fixture
def spend(
    hass: HomeAssistant, providers: FakeProviders, loaded_entry: MockConfigEntry
) -> SetCredit:
    """Return a function that has a poll find this credit, and waits for no action."""

    async def spend_down_to(credit: float) -> None:
        providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(credit))
        await loaded_entry.runtime_data.async_refresh()
        await go_on()

    return spend_down_to


@pytest.fixture
def wait(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Wait:
    """Return a function that lets time pass, and waits for no action."""

    async def let_pass(seconds: float) -> None:
        freezer.tick(timedelta(seconds=seconds))
        async_fire_time_changed(hass)
        await go_on()

    return let_pass


@pytest.fixture
def pending(hass_storage: dict[str, Any], loaded_entry: MockConfigEntry) -> OnDisk:
    """Return a function that tells which moments the file holds as yet to be told."""

    def on_disk() -> list[str]:
        file = hass_storage[file_of(loaded_entry)]
        return [told["moment"] for told in file["data"]["pending"]]

    return on_disk


# When it counts as told


def test_limits(real_limits: tuple[float, float]) -> None:
    """Half a second at least, a minute at most."""
    assert real_limits == (0.5, 60)


async def test_nobody_listens(spend: SetCredit, wait: Wait, pending: OnDisk) -> None:
    """What nobody acts on counts as told after the shortest time, and not before."""
    await spend(9)
    await wait(SHORTEST - 2)
    assert pending() == ["became_low"]
    await wait(3)
    assert pending() == []


@pytest.mark.parametrize("mode", ["single", "queued", "parallel", "restart"])
@pytest.mark.parametrize("trigger", [OUR_TRIGGER, STATE_TRIGGER], ids=["ours", "state"])
async def test_automation_ends(
    hass: HomeAssistant,
    spend: SetCredit,
    wait: Wait,
    pending: OnDisk,
    actions: Actions,
    mode: str,
    trigger: dict[str, Any],
) -> None:
    """What an automation acts on counts as told when it has ended."""
    await automate(hass, trigger, mode=mode)
    await spend(9)
    assert actions.begun == 1
    await wait(SHORTEST)
    assert pending() == ["became_low"]
    actions.may_end.set()
    await hass.async_block_till_done()
    assert actions.ended == 1
    assert pending() == []


async def test_swift_automation(
    hass: HomeAssistant, spend: SetCredit, wait: Wait, pending: OnDisk, actions: Actions
) -> None:
    """An automation that has ended at once may not be the last: the shortest time is waited for."""
    actions.may_end.set()
    await automate(hass)
    await spend(9)
    assert actions.ended == 1
    assert pending() == ["became_low"]
    await wait(SHORTEST)
    assert pending() == []


async def test_queue(
    hass: HomeAssistant, spend: SetCredit, wait: Wait, pending: OnDisk, actions: Actions
) -> None:
    """Of several announcements, those that wait in a queue are not taken for acted on."""
    await automate(hass, STATE_TRIGGER, mode="queued")
    await spend(0)
    await wait(SHORTEST)
    assert actions.begun == 1
    assert pending() == ["became_low", "exhausted"]
    actions.may_end.set()
    await hass.async_block_till_done()
    assert actions.ended == 2
    assert pending() == []


async def test_automation_that_never_ends(
    hass: HomeAssistant, spend: SetCredit, wait: Wait, pending: OnDisk, actions: Actions
) -> None:
    """After the longest time it counts as told, whatever the automation still does."""
    await automate(hass)
    await spend(9)
    await wait(LONGEST - 2)
    assert pending() == ["became_low"]
    await wait(3)
    assert pending() == []
    actions.may_end.set()


async def test_two_triggers_of_one_automation(
    hass: HomeAssistant,
    spend: SetCredit,
    wait: Wait,
    pending: OnDisk,
    actions: Actions,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An automation that an announcement starts twice is waited for, and nothing goes wrong."""
    await automate(hass, OUR_TRIGGER, STATE_TRIGGER, mode="parallel")
    await spend(9)
    assert actions.begun == 2
    await wait(SHORTEST)
    assert pending() == ["became_low"]
    actions.may_end.set()
    await hass.async_block_till_done()
    assert pending() == []
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.parametrize("service", [SERVICE_TURN_OFF, SERVICE_RELOAD])
async def test_automation_is_taken_away(
    hass: HomeAssistant,
    spend: SetCredit,
    wait: Wait,
    pending: OnDisk,
    actions: Actions,
    service: str,
) -> None:
    """An automation that a person ends while it runs is not waited for."""
    await automate(hass)
    await spend(9)
    await wait(SHORTEST)
    assert actions.begun == 1
    assert pending() == ["became_low"]
    data = {ATTR_ENTITY_ID: AUTOMATION} if service == SERVICE_TURN_OFF else {}
    with patch("homeassistant.config.load_yaml_config_file", return_value={}):
        await hass.services.async_call("automation", service, data, blocking=True)
    await hass.async_block_till_done()
    assert pending() == []
    actions.may_end.set()


async def test_automations_know_what_started_them(
    hass: HomeAssistant, spend: SetCredit, actions: Actions
) -> None:
    """The event has a context of its own, which an automation names as its parent."""
    contexts: dict[str, Any] = {}

    @callback
    def shown(event: Event[EventStateChangedData]) -> None:
        if event.data["entity_id"] == ACTIVITY:
            contexts["event"] = event.context

    @callback
    def triggered(event: Event[Any]) -> None:
        contexts["automation"] = event.context

    hass.bus.async_listen(EVENT_STATE_CHANGED, shown)
    hass.bus.async_listen(EVENT_AUTOMATION_TRIGGERED, triggered)
    await automate(hass)
    await spend(9)
    assert contexts["automation"].parent_id == contexts["event"].id
    actions.may_end.set()


async def test_two_at_once(
    spend: SetCredit, wait: Wait, told: list[State], pending: OnDisk
) -> None:
    """Two announcements of one poll have a context each, and both count as told."""
    await spend(0)
    assert moments(told) == ["became_low", "exhausted"]
    assert len({state.context.id for state in told}) == 2
    await wait(SHORTEST)
    assert pending() == []


# What comes between


async def stop(hass: HomeAssistant) -> None:
    """Have Home Assistant end, as far as it concerns announcements."""
    hass.set_state(CoreState.stopping)
    hass.bus.async_fire_internal(EVENT_HOMEASSISTANT_STOP)
    await go_on()
    hass.set_state(CoreState.final_write)
    hass.bus.async_fire_internal(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await go_on()


async def test_stop_while_an_action_runs(
    hass: HomeAssistant,
    spend: SetCredit,
    wait: Wait,
    pending: OnDisk,
    actions: Actions,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What was not acted on to the end stays on disk as yet to be told; nothing of ours waits."""
    await automate(hass)
    await spend(9)
    await wait(SHORTEST)
    caplog.clear()
    await stop(hass)
    assert pending() == ["became_low"]
    await wait(LONGEST)
    assert pending() == ["became_low"]
    names = [task.get_name() for task in asyncio.all_tasks()]
    assert not [name for name in names if "api_credits" in name]
    ours = [record for record in caplog.records if record.name != "asyncio"]
    assert not [record for record in ours if record.levelno >= logging.WARNING]
    actions.may_end.set()


async def test_told_again_by_the_next_start(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    providers: FakeProviders,
    told: list[State],
    mock_config_entry: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    """What a stop has left on disk is told once more, and then no more."""
    pending = {
        "moment": "became_low",
        "at": "2026-11-20T10:00:00+00:00",
        "balance": "9",
        "unit": "USD",
        "scope": None,
        "amount": None,
    }
    hass_storage[file_of(mock_config_entry)] = {
        "version": 1,
        "minor_version": 1,
        "key": file_of(mock_config_entry),
        "data": {"ledgers": {}, "alerts": {"balance": ["low"]}, "pending": [pending]},
    }
    providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(9))
    await set_up(hass, mock_config_entry)
    await pass_time(timedelta(seconds=SHORTEST))
    await hass.config_entries.async_reload(mock_config_entry.entry_id)
    await pass_time(timedelta(seconds=SHORTEST))
    assert moments(told) == ["became_low"]


async def test_stop_after_the_action_has_ended(
    hass: HomeAssistant, spend: SetCredit, wait: Wait, pending: OnDisk, actions: Actions
) -> None:
    """What was acted on is not told again by the next start."""
    await automate(hass)
    await spend(9)
    actions.may_end.set()
    await hass.async_block_till_done()
    await wait(SHORTEST)
    await stop(hass)
    assert pending() == []


@pytest.mark.parametrize("way", ["reload", "unload", "disable"])
async def test_reload_while_an_action_runs(
    hass: HomeAssistant,
    spend: SetCredit,
    wait: Wait,
    pending: OnDisk,
    actions: Actions,
    loaded_entry: MockConfigEntry,
    way: str,
) -> None:
    """It is still on disk meanwhile, not told twice, and counts as told when the action ends."""
    await automate(hass)
    await spend(9)
    entries, entry_id = hass.config_entries, loaded_entry.entry_id
    if way == "reload":
        await entries.async_reload(entry_id)
    elif way == "unload":
        await entries.async_unload(entry_id)
        await wait(SHORTEST)
        await entries.async_setup(entry_id)
    else:
        await entries.async_set_disabled_by(entry_id, ConfigEntryDisabler.USER)
        await wait(SHORTEST)
        await entries.async_set_disabled_by(entry_id, None)
    await wait(SHORTEST)
    assert pending() == ["became_low"]
    assert actions.begun == 1
    actions.may_end.set()
    await hass.async_block_till_done()
    assert pending() == []
    await wait(LONGEST)
    assert actions.begun == 1


async def test_entity_that_is_disabled(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    spend: SetCredit,
    wait: Wait,
    pending: OnDisk,
    loaded_entry: MockConfigEntry,
) -> None:
    """Where a person has disabled the event entity, nothing piles up to be told later."""
    entity_registry.async_update_entity(ACTIVITY, disabled_by=er.RegistryEntryDisabler.USER)
    await hass.config_entries.async_reload(loaded_entry.entry_id)
    await spend(9)
    await wait(SHORTEST)
    assert pending() == []
