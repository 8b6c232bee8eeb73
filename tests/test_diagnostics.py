"""Diagnostics hold what helps to find a fault, and nothing else."""

from collections.abc import Awaitable, Callable
import json
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from homeassistant.core import HomeAssistant

from .answers import (
    AGENTTOOLKIT,
    API_KEY,
    DEEPSEEK,
    ERRORS,
    EXAMPLES,
    HYPERSTACK,
    HYPERSTACK_BALANCE,
    Example,
    FakeProviders,
    deepseek_balance,
)
from .conftest import set_up

# Home Assistant's own web server does what aiohttp warns of.
pytestmark = pytest.mark.filterwarnings("ignore::aiohttp.web.NotAppKeyWarning")

ALWAYS = {"provider", "variant", "identified", "options", "state", "reason"}
LOADED = ALWAYS | {"interval_minutes", "last_poll_worked", "last_error", "readings"}

type Diagnose = Callable[[MockConfigEntry], Awaitable[dict[str, Any]]]


@pytest.fixture
def diagnose(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> Diagnose:
    """Return a function that downloads the diagnostics of an account."""

    async def download(entry: MockConfigEntry) -> dict[str, Any]:
        return dict(await get_diagnostics_for_config_entry(hass, hass_client, entry))

    return download


async def test_account_that_works(loaded_entry: MockConfigEntry, diagnose: Diagnose) -> None:
    """The state of an account is told without its amounts."""
    assert await diagnose(loaded_entry) == {
        "provider": "hyperstack",
        "variant": None,
        "identified": True,
        "options": [],
        "state": "loaded",
        "reason": None,
        "interval_minutes": 15.0,
        "last_poll_worked": True,
        "last_error": None,
        "readings": {
            "balance": {"unit": "USD", "known": True},
            "can_create_instance": {"unit": None, "known": True},
            "threshold": {"unit": "USD", "known": True},
        },
    }


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
async def test_nothing_personal(
    hass: HomeAssistant, providers: FakeProviders, diagnose: Diagnose, example: Example
) -> None:
    """No secret, id, title or amount is in the file, whatever the provider."""
    providers.serve(example)
    entry = await set_up(
        hass,
        example.entry(
            title="A title of mine", options={"low_balance": 98765.5, "runway_days": 321}
        ),
    )
    diagnostics = await diagnose(entry)
    assert set(diagnostics) == LOADED
    assert set(diagnostics["readings"]) == set(entry.runtime_data.data.account.readings)
    for reading in diagnostics["readings"].values():
        assert set(reading) == {"unit", "known"}
    assert diagnostics["options"] == ["low_balance", "runway_days"]

    text = json.dumps(diagnostics)
    amounts = [
        str(reading.value)
        for reading in entry.runtime_data.data.account.readings.values()
        if reading.unit and reading.value
    ]
    for private in (API_KEY, entry.entry_id, "A title of mine", "98765", "321", *amounts):
        assert private not in text
    if example.account:
        assert example.account not in text


async def test_account_without_id(
    hass: HomeAssistant, providers: FakeProviders, diagnose: Diagnose
) -> None:
    """Whether an account is known by an id is told, and how it is reached."""
    providers.serve(AGENTTOOLKIT)
    diagnostics = await diagnose(await set_up(hass, AGENTTOOLKIT.entry()))
    assert diagnostics["identified"] is False
    assert diagnostics["variant"] == "bearer"


async def test_what_the_provider_leaves_out(
    hass: HomeAssistant, providers: FakeProviders, diagnose: Diagnose
) -> None:
    """A reading that is left out is listed as unknown."""
    body = deepseek_balance(CNY="1.00")
    body["balance_infos"][0]["granted_balance"] = None
    providers.answer(DEEPSEEK.balance_url, json=body)
    diagnostics = await diagnose(await set_up(hass, DEEPSEEK.entry()))
    assert diagnostics["readings"]["granted_cny"] == {"unit": "CNY", "known": False}


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("forbidden", "HTTP 403"),
        ("rate_limited", "HTTP 429"),
        ("unexpected_response", "not JSON"),
    ],
)
async def test_poll_that_failed(
    loaded_entry: MockConfigEntry,
    providers: FakeProviders,
    diagnose: Diagnose,
    error: str,
    told: str,
) -> None:
    """The last error is told in our own words."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS[error])
    await loaded_entry.runtime_data.async_refresh()
    diagnostics = await diagnose(loaded_entry)
    assert diagnostics["last_poll_worked"] is False
    assert told in diagnostics["last_error"]
    assert "Hyperstack" in diagnostics["last_error"]

    providers.serve(HYPERSTACK)
    await loaded_entry.runtime_data.async_refresh()
    assert (await diagnose(loaded_entry))["last_poll_worked"] is True


@pytest.mark.parametrize(
    ("error", "state", "told"),
    [
        ("cannot_connect", "setup_retry", "timed out"),
        ("invalid_auth", "setup_error", "HTTP 401"),
    ],
)
async def test_account_that_is_not_loaded(
    hass: HomeAssistant,
    providers: FakeProviders,
    diagnose: Diagnose,
    mock_config_entry: MockConfigEntry,
    error: str,
    state: str,
    told: str,
) -> None:
    """Why an account is not set up can be told without it being so."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS[error])
    diagnostics = await diagnose(await set_up(hass, mock_config_entry))
    assert set(diagnostics) == ALWAYS
    assert diagnostics["state"] == state
    assert told in diagnostics["reason"]
    assert API_KEY not in json.dumps(diagnostics)
