"""A button reads an account at once, and says why where that does not work."""

import asyncio
from datetime import timedelta
from unittest.mock import patch

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, snapshot_platform
from syrupy.assertion import SnapshotAssertion

from custom_components.api_credits.const import DOMAIN
from homeassistant.components.button import SERVICE_PRESS
from homeassistant.config_entries import SOURCE_REAUTH
from homeassistant.const import ATTR_ENTITY_ID, STATE_UNAVAILABLE, STATE_UNKNOWN, Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from .answers import (
    ERRORS,
    HYPERSTACK,
    HYPERSTACK_BALANCE,
    FakeProviders,
    hyperstack_credit,
)
from .conftest import PassTime, poll, set_up, state_of

BALANCE = "sensor.hyperstack_example_org_balance"
BUTTON = "button.hyperstack_example_org_check_now"


async def press(hass: HomeAssistant) -> None:
    """Press the button of Hyperstack."""
    await hass.services.async_call(
        Platform.BUTTON, SERVICE_PRESS, {ATTR_ENTITY_ID: BUTTON}, blocking=True
    )
    await hass.async_block_till_done()


async def test_buttons(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    providers: FakeProviders,
    snapshot: SnapshotAssertion,
) -> None:
    """An account has one, which is neither a setting nor a diagnosis."""
    providers.serve(HYPERSTACK)
    with patch("custom_components.api_credits.PLATFORMS", [Platform.BUTTON]):
        entry = await set_up(hass, HYPERSTACK.entry(entry_id="entry_hyperstack"))
    await snapshot_platform(hass, entity_registry, snapshot, entry.entry_id)


async def test_press(
    hass: HomeAssistant, providers: FakeProviders, loaded_entry: MockConfigEntry
) -> None:
    """A top-up is seen at once, with one request."""
    assert state_of(hass, BUTTON) == STATE_UNKNOWN
    providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(128))
    providers.log.clear()
    await press(hass)
    assert state_of(hass, BALANCE) == "128"
    assert providers.requests == [HYPERSTACK_BALANCE]
    assert state_of(hass, BUTTON) != STATE_UNKNOWN


async def test_polls_do_not_press_it(
    hass: HomeAssistant, pass_time: PassTime, loaded_entry: MockConfigEntry
) -> None:
    """It shows when a person has pressed it, whatever else happens."""
    await pass_time(timedelta(hours=1))
    assert state_of(hass, BUTTON) == STATE_UNKNOWN


async def test_press_during_a_poll(
    hass: HomeAssistant, providers: FakeProviders, loaded_entry: MockConfigEntry
) -> None:
    """While an answer is awaited, nobody asks again; all wait for it."""
    providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(128))
    providers.log.clear()
    await asyncio.gather(press(hass), press(hass), poll(hass, loaded_entry), press(hass))
    # The poll that is nobody's wish has its turn after the first press.
    assert len(providers.requests) == 2
    assert state_of(hass, BALANCE) == "128"
    await press(hass)
    assert len(providers.requests) == 3


@pytest.mark.parametrize(
    "error", ["cannot_connect", "forbidden", "rate_limited", "unexpected_response", "unknown"]
)
@pytest.mark.usefixtures("no_delay")
async def test_failure(
    hass: HomeAssistant, providers: FakeProviders, loaded_entry: MockConfigEntry, error: str
) -> None:
    """A person who presses it is told why the account was not read; the next press may work."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS[error])
    with pytest.raises(HomeAssistantError) as caught:
        await press(hass)
    assert (caught.value.translation_domain, caught.value.translation_key) == (DOMAIN, error)
    assert "Hyperstack" in str(caught.value)
    assert state_of(hass, BALANCE) == STATE_UNAVAILABLE
    providers.serve(HYPERSTACK)
    await press(hass)
    assert state_of(hass, BALANCE) == "28.147631028367705"


async def test_refused_key(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """A key that is refused is asked for anew; one that works again is found out by a press."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["invalid_auth"])
    with pytest.raises(HomeAssistantError, match="does not accept the credentials"):
        await press(hass)
    (flow,) = hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == SOURCE_REAUTH
    providers.serve(HYPERSTACK)
    await press(hass)
    providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(20))
    await pass_time(timedelta(minutes=23))
    assert state_of(hass, BALANCE) == "20"


async def test_pause(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """A provider that wants a pause is left alone, and it is said until when."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    providers.answer(HYPERSTACK_BALANCE, status=429, headers={"Retry-After": "3600"})
    until = dt_util.now() + timedelta(hours=1)
    providers.log.clear()
    for _ in range(2):
        with pytest.raises(HomeAssistantError) as caught:
            await press(hass)
        assert caught.value.translation_key == "paused"
        assert f"Hyperstack wants no requests until {until:%Y-%m-%d %H:%M}" in str(caught.value)
    assert len(providers.requests) == 1
    providers.serve(HYPERSTACK)
    await pass_time(timedelta(hours=1, seconds=5))
    await press(hass)
    assert state_of(hass, BALANCE) == "28.147631028367705"
