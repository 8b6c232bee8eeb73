"""Setting an account up, unloading it, and removing it without a trace."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import aiohttp
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.api_credits.const import DOMAIN
from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.device_registry import DeviceEntryType

from .answers import (
    DEEPSEEK,
    ERRORS,
    EXAMPLES,
    HYPERSTACK,
    HYPERSTACK_BALANCE,
    Example,
    FakeProviders,
)
from .conftest import PassTime, set_up


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
async def test_setting_up(hass: HomeAssistant, providers: FakeProviders, example: Example) -> None:
    """An account of each provider is set up with a single request, and has its entities."""
    providers.serve(example)
    entry = await set_up(hass, example.entry())
    assert entry.state is ConfigEntryState.LOADED
    assert providers.requests == [example.balance_url]
    assert hass.states.async_all()


async def test_device(
    hass: HomeAssistant, device_registry: dr.DeviceRegistry, loaded_entry: MockConfigEntry
) -> None:
    """An account is one service device that leads to the page where it is topped up."""
    (device,) = dr.async_entries_for_config_entry(device_registry, loaded_entry.entry_id)
    assert device.identifiers == {(DOMAIN, loaded_entry.entry_id)}
    assert device.entry_type is DeviceEntryType.SERVICE
    assert device.name == "Hyperstack Example Org"
    assert device.manufacturer == "Hyperstack"
    assert device.configuration_url == "https://console.hyperstack.cloud/billing"


async def test_unloading(
    hass: HomeAssistant, hass_storage: dict[str, Any], loaded_entry: MockConfigEntry
) -> None:
    """An unloaded account has unavailable entities only, and is set up again all the same."""
    assert await hass.config_entries.async_unload(loaded_entry.entry_id)
    assert loaded_entry.state is ConfigEntryState.NOT_LOADED
    assert {state.state for state in hass.states.async_all()} == {STATE_UNAVAILABLE}
    assert f"{DOMAIN}.{loaded_entry.entry_id}" in hass_storage

    assert await hass.config_entries.async_setup(loaded_entry.entry_id)
    assert STATE_UNAVAILABLE not in {state.state for state in hass.states.async_all()}


async def test_unloading_fails(hass: HomeAssistant, loaded_entry: MockConfigEntry) -> None:
    """An account whose entities do not go is not taken for unloaded."""
    with patch.object(hass.config_entries, "async_unload_platforms", return_value=False):
        assert not await hass.config_entries.async_unload(loaded_entry.entry_id)
    assert loaded_entry.state is ConfigEntryState.FAILED_UNLOAD


async def test_unloaded_account_is_not_polled(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """No timer outlives the account."""
    assert await hass.config_entries.async_unload(loaded_entry.entry_id)
    requests = len(providers.requests)
    await pass_time(timedelta(days=2))
    assert len(providers.requests) == requests


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
async def test_removing(
    hass: HomeAssistant,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
    providers: FakeProviders,
    hass_storage: dict[str, Any],
    example: Example,
) -> None:
    """A removed account leaves nothing behind."""
    providers.serve(example)
    before = remembered(hass, hass_storage)
    entry = await set_up(hass, example.entry())
    assert remembered(hass, hass_storage) != before
    assert er.async_entries_for_config_entry(entity_registry, entry.entry_id)

    assert await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()
    assert not hass.states.async_all()
    assert not er.async_entries_for_config_entry(entity_registry, entry.entry_id)
    assert not dr.async_entries_for_config_entry(device_registry, entry.entry_id)
    assert remembered(hass, hass_storage) == before


async def test_removing_while_paused(
    hass: HomeAssistant,
    providers: FakeProviders,
    hass_storage: dict[str, Any],
    mock_config_entry: MockConfigEntry,
) -> None:
    """Nor does the pause that its provider asked for stay behind."""
    before = remembered(hass, hass_storage)
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["rate_limited"], headers={"Retry-After": "90"})
    await set_up(hass, mock_config_entry)
    assert remembered(hass, hass_storage) != before
    assert await hass.config_entries.async_remove(mock_config_entry.entry_id)
    assert remembered(hass, hass_storage) == before


async def test_removing_before_it_could_be_set_up(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    mock_config_entry: MockConfigEntry,
) -> None:
    """An account that was never set up is not tried again once it is removed."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["cannot_connect"])
    await set_up(hass, mock_config_entry)
    assert mock_config_entry.state is ConfigEntryState.SETUP_RETRY
    assert await hass.config_entries.async_remove(mock_config_entry.entry_id)
    await pass_time(timedelta(hours=1))
    assert len(providers.requests) == 1


async def test_removing_one_of_two(
    hass: HomeAssistant, providers: FakeProviders, loaded_entry: MockConfigEntry
) -> None:
    """The other account goes on."""
    providers.serve(DEEPSEEK)
    other = await set_up(hass, DEEPSEEK.entry())
    assert await hass.config_entries.async_remove(loaded_entry.entry_id)
    await hass.async_block_till_done()
    assert other.state is ConfigEntryState.LOADED
    assert hass.states.async_all()
    for state in hass.states.async_all():
        assert state.name.startswith("DeepSeek")


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
@pytest.mark.parametrize(
    ("answer", "key", "detail"),
    [
        (ERRORS["cannot_connect"], "cannot_connect", "timed out"),
        (
            {"exc": aiohttp.ServerDisconnectedError()},
            "cannot_connect",
            "ServerDisconnectedError",
        ),
        ({"status": 503}, "cannot_connect", "HTTP 503"),
        (ERRORS["rate_limited"], "rate_limited", "HTTP 429"),
        (ERRORS["forbidden"], "forbidden", "HTTP 403"),
        (ERRORS["unexpected_response"], "unexpected_response", "not JSON"),
        ({"status": 418, "json": {}}, "unexpected_response", "HTTP 418"),
    ],
)
async def test_set_up_is_tried_again(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    example: Example,
    answer: dict[str, Any],
    key: str,
    detail: str,
) -> None:
    """An account whose provider does not answer well is set up as soon as it does."""
    providers.answer(example.balance_url, **answer)
    entry = await set_up(hass, example.entry())
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert_reason(entry, example, key, detail)
    assert len(providers.requests) == 1
    assert not hass.config_entries.flow.async_progress()

    providers.serve(example)
    await pass_time(timedelta(minutes=1))
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
async def test_set_up_with_refused_credentials(
    hass: HomeAssistant, providers: FakeProviders, pass_time: PassTime, example: Example
) -> None:
    """Refused credentials are asked for anew, and the provider is left alone until then."""
    providers.serve(example)
    providers.answer(example.balance_url, **ERRORS["invalid_auth"])
    entry = await set_up(hass, example.entry())
    assert entry.state is ConfigEntryState.SETUP_ERROR
    assert_reason(entry, example, "invalid_auth", "HTTP 401")
    (flow,) = hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == SOURCE_REAUTH
    assert flow["step_id"] == "reauth_confirm"

    await pass_time(timedelta(days=2))
    assert len(providers.requests) == 1

    providers.serve(example)
    await hass.config_entries.flow.async_configure(flow["flow_id"], {"api_key": "new-key"})
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    assert not hass.config_entries.flow.async_progress()


async def test_unexpected_fault_at_set_up(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    caplog: pytest.LogCaptureFixture,
    mock_config_entry: MockConfigEntry,
) -> None:
    """A fault of ours is logged, and does not keep the account from being tried again."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["unknown"])
    await set_up(hass, mock_config_entry)
    assert mock_config_entry.state is ConfigEntryState.SETUP_RETRY
    assert "Unexpected error reading Hyperstack Example Org" in caplog.text

    providers.serve(HYPERSTACK)
    await pass_time(timedelta(minutes=1))
    assert mock_config_entry.state is ConfigEntryState.LOADED


def assert_reason(entry: MockConfigEntry, example: Example, key: str, detail: str) -> None:
    """Check what a person is told of why an account is not set up."""
    assert entry.error_reason_translation_key == key
    assert entry.error_reason_translation_placeholders == {
        "provider": example.name,
        "detail": detail,
    }
    assert entry.reason
    assert f"({detail})" in entry.reason


def remembered(hass: HomeAssistant, hass_storage: dict[str, Any]) -> set[str]:
    """Return what of ours Home Assistant holds and stores that belongs to single accounts."""
    return {key for key in hass_storage if key.startswith(DOMAIN)} | {
        f"{key}: {inner}"
        for key, value in hass.data.items()
        if str(key).startswith(DOMAIN) and isinstance(value, dict)
        for inner in value
        # Sessions are by the part of the world that they reach: none for those of the providers.
        if inner not in {*EXAMPLES, None}
    }
