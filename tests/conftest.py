"""Fixtures that all tests share."""

from collections.abc import Awaitable, Callable, Generator
from contextlib import suppress
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from shutil import copy, copytree
from typing import Any
from unittest.mock import AsyncMock, PropertyMock, patch

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
    get_test_config_dir,
)
from pytest_homeassistant_custom_component.syrupy import HomeAssistantSnapshotExtension
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker
from syrupy.assertion import SnapshotAssertion

# Imported before the harness mounts its own folder of that name.
import custom_components  # noqa: F401
from custom_components.api_credits.client.address import is_local_name
from custom_components.api_credits.const import DOMAIN
from demo.browser import BrowserError, find_chromium
from homeassistant.const import (
    EVENT_STATE_CHANGED,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
    Platform,
)
from homeassistant.core import (
    CoreState,
    Event,
    EventStateChangedData,
    HomeAssistant,
    State,
    callback,
)

from .answers import HYPERSTACK, HYPERSTACK_BALANCE, Example, FakeProviders, hyperstack_credit

type PassTime = Callable[[timedelta], Awaitable[None]]
type SetCredit = Callable[[float], Awaitable[None]]
type FinishStart = Callable[[], Awaitable[None]]


@pytest.fixture(scope="session")
def chromium() -> None:
    """Leave out what wants a browser where there is none, and say how to get one."""
    try:
        find_chromium()
    except BrowserError as err:
        pytest.skip(str(err))


@pytest.fixture(autouse=True)
def enable_integration(enable_custom_integrations: None) -> None:
    """Let Home Assistant load the integration under test."""


@pytest.fixture(scope="session")
def config_dir(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a configuration folder of this process: Home Assistant copies blueprints into it."""
    folder = tmp_path_factory.mktemp("config")
    copytree(get_test_config_dir(), folder, dirs_exist_ok=True)
    return str(folder)


def import_blueprint(folder: str, source: Path, path: str) -> None:
    """Put a blueprint of ours into a configuration folder, as a person imports it."""
    imported = Path(folder) / "blueprints/automation" / path
    imported.parent.mkdir(parents=True, exist_ok=True)
    copy(source, imported)


@pytest.fixture
def hass_config_dir(config_dir: str) -> str:
    """Let no other process write to the folder that Home Assistant uses."""
    return config_dir


@pytest.fixture
def aioclient_mock(
    aioclient_mock: AiohttpClientMocker, addresses: dict[str, list[str]]
) -> Generator[AiohttpClientMocker]:
    """Return the mock of all HTTP, which stands for the session of our own as well."""
    with patch(
        "custom_components.api_credits.client.transport._create_session",
        lambda hass, _: aioclient_mock.create_session(hass.loop),
    ):
        yield aioclient_mock


@pytest.fixture
def addresses() -> Generator[dict[str, list[str]]]:
    """Return where names lead where all HTTP is mocked; others lead home if they sound like it."""
    known: dict[str, list[str]] = {}

    async def find(_: HomeAssistant, host: str) -> list[str]:
        with suppress(ValueError):
            return [str(ip_address(host))]
        return known.get(host, ["192.168.1.20" if is_local_name(host) else "93.184.215.14"])

    with patch("custom_components.api_credits.client.hosted.async_find_addresses", find):
        yield known


@pytest.fixture
def providers(aioclient_mock: AiohttpClientMocker) -> FakeProviders:
    """Return the providers' APIs; a test says what they answer."""
    return FakeProviders(aioclient_mock)


@pytest.fixture
def example() -> Example:
    """Return the account that a test is about; parametrized where it is about others."""
    return HYPERSTACK


@pytest.fixture
def options() -> dict[str, Any]:
    """Return the account's options; parametrized or overridden where they matter."""
    return {}


@pytest.fixture
def mock_config_entry(example: Example, options: dict[str, Any]) -> MockConfigEntry:
    """Return the account's config entry."""
    return example.entry(options=options)


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


@pytest.fixture
def no_delay() -> Generator[None]:
    """Let the quick retry follow at once."""
    with patch("custom_components.api_credits.coordinator.QUICK_RETRY", 0):
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


async def poll(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Poll an account now."""
    await entry.runtime_data.async_refresh()
    await hass.async_block_till_done()


@pytest.fixture
def set_credit(
    hass: HomeAssistant, providers: FakeProviders, mock_config_entry: MockConfigEntry
) -> SetCredit:
    """Return a function that lets a poll of Hyperstack find this credit."""

    async def set_to(credit: float) -> None:
        providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(credit))
        await poll(hass, mock_config_entry)

    return set_to


@pytest.fixture
def told(hass: HomeAssistant) -> list[State]:
    """Return what event entities come to show, as it does."""
    shown: list[State] = []
    # An entity that is back from a reload shows again what it has told already.
    seen = {STATE_UNAVAILABLE, STATE_UNKNOWN}

    @callback
    def listen(event: Event[EventStateChangedData]) -> None:
        state = event.data["new_state"]
        if state and state.domain == Platform.EVENT and state.state not in seen:
            seen.add(state.state)
            shown.append(state)

    hass.bus.async_listen(EVENT_STATE_CHANGED, listen)
    return shown


def moments(told: list[State]) -> list[str]:
    """Return the moments that were told."""
    return [state.attributes["event_type"] for state in told]


@pytest.fixture
def finish_start(hass: HomeAssistant) -> FinishStart:
    """Return a function that has Home Assistant, which is still starting, be started."""
    hass.set_state(CoreState.not_running)

    async def finish() -> None:
        await hass.async_start()
        await hass.async_block_till_done(wait_background_tasks=True)

    return finish


def file_of(entry: MockConfigEntry) -> str:
    """Return the name of the file in which an account is remembered."""
    return f"{DOMAIN}.{entry.entry_id}"


def state_of(hass: HomeAssistant, entity_id: str) -> str:
    """Return the state of an entity that has one."""
    state = hass.states.get(entity_id)
    assert state
    return state.state
