"""The dashboard is offered once, if the person says so, and leaves nothing behind."""

from http import HTTPStatus
from types import SimpleNamespace
from typing import Any, Final

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.api_credits.const import DOMAIN
from custom_components.api_credits.dashboard import PATH
from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.loader import async_get_integration
from homeassistant.setup import async_setup_component

from .answers import HYPERSTACK, OPENROUTER, Example, FakeProviders
from .conftest import set_up

# Home Assistant's own web server warns of itself.
pytestmark = pytest.mark.filterwarnings("ignore::aiohttp.web_exceptions.NotAppKeyWarning")

OTHER: Final = "/local/other.js"
OLD: Final = f"{PATH}?v=0.0.1"
STORAGE: Final = "lovelace_resources"


@pytest.fixture
async def url(hass: HomeAssistant) -> str:
    """Return the address of the file in this version."""
    return f"{PATH}?v={(await async_get_integration(hass, DOMAIN)).version}"


@pytest.fixture
def stored() -> list[str]:
    """Return the addresses that browsers load before we do anything; parametrized where others."""
    return [OTHER]


@pytest.fixture
async def lovelace(
    hass: HomeAssistant,
    providers: FakeProviders,
    hass_storage: dict[str, Any],
    stored: list[str],
) -> None:
    """Set dashboards up, as every home has them."""
    items = [{"id": str(number), "url": url, "type": "module"} for number, url in enumerate(stored)]
    hass_storage[STORAGE] = {"version": 1, "key": STORAGE, "data": {"items": items}}
    providers.serve(HYPERSTACK, OPENROUTER)
    assert await async_setup_component(hass, "lovelace", {})


async def loaded(hass: HomeAssistant) -> list[str]:
    """Return the addresses of what browsers load."""
    resources = hass.data["lovelace"].resources
    await resources.async_get_info()
    return [item["url"] for item in resources.async_items()]


async def add(hass: HomeAssistant, example: Example, **alerts: Any) -> list[str]:
    """Add an account by its forms, and return the fields of the last one."""
    form = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    for answer in ({"provider": example.provider}, {"api_key": example.api_key}):
        form = await hass.config_entries.flow.async_configure(form["flow_id"], answer)
    assert form["step_id"] == "alerts"
    schema = form["data_schema"]
    assert schema
    fields = [str(field) for field in schema.schema]
    created = await hass.config_entries.flow.async_configure(form["flow_id"], alerts)
    assert created["type"] is FlowResultType.CREATE_ENTRY
    assert "dashboard" not in created["options"]
    await hass.async_block_till_done()
    return fields


@pytest.mark.usefixtures("lovelace")
async def test_offered_once(hass: HomeAssistant, url: str) -> None:
    """With the first account a person is asked, and with the last one the resource goes."""
    assert "dashboard" in await add(hass, HYPERSTACK, dashboard=True)
    assert await loaded(hass) == [OTHER, url]
    assert "dashboard" not in await add(hass, OPENROUTER)
    first, last = hass.config_entries.async_entries(DOMAIN)
    await hass.config_entries.async_remove(first.entry_id)
    assert await loaded(hass) == [OTHER, url]
    await hass.config_entries.async_remove(last.entry_id)
    assert await loaded(hass) == [OTHER]
    assert "dashboard" in await add(hass, HYPERSTACK, dashboard=True)
    assert await loaded(hass) == [OTHER, url]


@pytest.mark.usefixtures("lovelace")
@pytest.mark.parametrize("alerts", [{}, {"dashboard": False}])
async def test_not_wanted(hass: HomeAssistant, alerts: dict[str, Any]) -> None:
    """Without a yes nothing is added."""
    await add(hass, HYPERSTACK, **alerts)
    assert await loaded(hass) == [OTHER]


@pytest.mark.usefixtures("lovelace")
@pytest.mark.parametrize("stored", [[OLD, OTHER], [PATH]])
async def test_update(
    hass: HomeAssistant, mock_config_entry: MockConfigEntry, stored: list[str], url: str
) -> None:
    """Another version of the integration has another address, also where a person has added it."""
    await set_up(hass, mock_config_entry)
    assert await loaded(hass) == [url, *stored[1:]]


@pytest.mark.usefixtures("lovelace")
async def test_deleted_by_hand(hass: HomeAssistant, mock_config_entry: MockConfigEntry) -> None:
    """What a person has deleted does not come back."""
    await set_up(hass, mock_config_entry)
    assert await loaded(hass) == [OTHER]


@pytest.mark.usefixtures("lovelace")
@pytest.mark.parametrize("stored", [[OLD]])
async def test_there_already(hass: HomeAssistant, url: str) -> None:
    """A resource that is there already is not added twice."""
    await add(hass, HYPERSTACK, dashboard=True)
    assert await loaded(hass) == [url]


@pytest.mark.usefixtures("lovelace")
async def test_recovery_mode(hass: HomeAssistant) -> None:
    """While Home Assistant recovers, nobody is asked."""
    hass.config.recovery_mode = True
    assert "dashboard" not in await add(hass, HYPERSTACK)


async def test_resources_in_yaml(hass: HomeAssistant, providers: FakeProviders) -> None:
    """Where YAML lists the resources, nobody is asked, and nothing is complained of."""
    providers.serve(HYPERSTACK)
    config = {"resource_mode": "yaml", "resources": [{"url": OLD, "type": "module"}]}
    assert await async_setup_component(hass, "lovelace", {"lovelace": config})
    assert "dashboard" not in await add(hass, HYPERSTACK)
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    await hass.config_entries.async_remove(entry.entry_id)
    assert await loaded(hass) == [OLD]


async def test_without_dashboards(hass: HomeAssistant, providers: FakeProviders) -> None:
    """A home without dashboards is asked nothing."""
    providers.serve(HYPERSTACK)
    assert "dashboard" not in await add(hass, HYPERSTACK)


@pytest.mark.usefixtures("lovelace")
@pytest.mark.parametrize("stored", [[OLD]])
async def test_another_lovelace(hass: HomeAssistant, caplog: pytest.LogCaptureFixture) -> None:
    """Where Home Assistant keeps resources otherwise, that is said in a line each time."""
    resources = hass.data["lovelace"].resources
    store = SimpleNamespace(key=STORAGE, version=2)
    hass.data["lovelace"].resources = SimpleNamespace(store=store)
    assert "dashboard" not in await add(hass, HYPERSTACK)
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    await hass.config_entries.async_remove(entry.entry_id)
    said = [each.message for each in caplog.records if "dashboard's resource" in each.message]
    assert [each.partition(":")[0] for each in said] == [
        f"The dashboard's resource cannot be {what}" for what in ("offered", "updated", "removed")
    ]
    assert "Traceback" not in caplog.text

    hass.data["lovelace"].resources = resources
    assert "dashboard" in await add(hass, HYPERSTACK, dashboard=True)


@pytest.mark.usefixtures("lovelace")
async def test_served(
    hass: HomeAssistant,
    mock_config_entry: MockConfigEntry,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    """The file is JavaScript, and browsers may keep it: each version has its own address."""
    assert await async_setup_component(hass, "http", {})
    await set_up(hass, mock_config_entry)
    client = await hass_client_no_auth()
    response = await client.get(PATH)
    assert response.status == HTTPStatus.OK
    assert response.content_type == "text/javascript"
    assert "max-age=2678400" in response.headers["Cache-Control"]
    assert "ll-strategy-" in await response.text()
