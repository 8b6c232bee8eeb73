"""Fixtures that all tests share."""

from collections.abc import Awaitable, Callable, Generator
from datetime import timedelta
from unittest.mock import AsyncMock, PropertyMock, patch

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed
from pytest_homeassistant_custom_component.syrupy import HomeAssistantSnapshotExtension
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker
from syrupy.assertion import SnapshotAssertion

# Imported before the harness mounts its own folder of that name.
import custom_components  # noqa: F401
from homeassistant.core import HomeAssistant

from .answers import HYPERSTACK, Example, FakeProviders

type PassTime = Callable[[timedelta], Awaitable[None]]


@pytest.fixture(autouse=True)
def enable_integration(enable_custom_integrations: None) -> None:
    """Let Home Assistant load the integration under test."""


@pytest.fixture
def providers(aioclient_mock: AiohttpClientMocker) -> FakeProviders:
    """Return the providers' APIs; a test says what they answer."""
    return FakeProviders(aioclient_mock)


@pytest.fixture
def example() -> Example:
    """Return the account that a test is about; parametrized where it is about others."""
    return HYPERSTACK


@pytest.fixture
def mock_config_entry(example: Example) -> MockConfigEntry:
    """Return the account's config entry."""
    return example.entry()


@pytest.fixture
def mock_setup_entry() -> Generator[AsyncMock]:
    """Let an entry be set up without doing so."""
    with patch("custom_components.api_credits.async_setup_entry", return_value=True) as setup_entry:
        yield setup_entry


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Return snapshots that leave out what differs from run to run."""
    return snapshot.use_extension(HomeAssistantSnapshotExtension)


@pytest.fixture
def entity_registry_enabled_by_default() -> Generator[None]:
    """Let every entity be enabled, as Home Assistant's own fixture of that name does."""
    with patch(
        "homeassistant.helpers.entity.Entity.entity_registry_enabled_default",
        new_callable=PropertyMock(return_value=True),
    ):
        yield


async def set_up(hass: HomeAssistant, entry: MockConfigEntry) -> MockConfigEntry:
    """Add an account to Home Assistant and set it up, as far as that works."""
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry


@pytest.fixture
async def loaded_entry(
    hass: HomeAssistant,
    providers: FakeProviders,
    example: Example,
    mock_config_entry: MockConfigEntry,
) -> MockConfigEntry:
    """Return the account, set up."""
    providers.serve(example)
    return await set_up(hass, mock_config_entry)


@pytest.fixture
def pass_time(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> PassTime:
    """Return a function that lets time pass, and what is due by then happen."""

    async def let_pass(time: timedelta) -> None:
        freezer.tick(time)
        async_fire_time_changed(hass)
        await hass.async_block_till_done(wait_background_tasks=True)

    return let_pass
