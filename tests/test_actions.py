"""The action that returns accounts, for templates, scripts and assistants."""

from datetime import timedelta
import json
import logging
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.api_credits.const import DOMAIN
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, SupportsResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    label_registry as lr,
)
from homeassistant.helpers.service import async_get_all_descriptions
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from .answers import (
    API_KEY,
    DEEPSEEK,
    DEEPSEEK_BALANCE,
    ERRORS,
    EXAMPLES,
    HYPERSTACK,
    HYPERSTACK_BALANCE,
    FakeProviders,
    deepseek_balance,
    hyperstack_credit,
)
from .conftest import PassTime, SetCredit, file_of, poll, set_up

ACTION = "get_accounts"
BALANCE = "sensor.hyperstack_example_org_balance"

NOT_READABLE: dict[str, Any] = {"readable": False, "age": None, "alerts": [], "balances": []}


@pytest.fixture
def options() -> dict[str, Any]:
    """Return the limits of an account."""
    return {"low_balance": 10}


@pytest.fixture
async def deepseek_entry(hass: HomeAssistant, providers: FakeProviders) -> MockConfigEntry:
    """Return another account, at another provider."""
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(CNY="110.00", USD="7.50"))
    return await set_up(hass, DEEPSEEK.entry())


async def get_accounts(hass: HomeAssistant, **target: Any) -> list[dict[str, Any]]:
    """Return what the action returns, and check that it can be passed on."""
    response = await hass.services.async_call(
        DOMAIN, ACTION, target, blocking=True, return_response=True
    )
    assert response
    assert set(response) == {"accounts"}
    accounts: Any = response["accounts"]
    assert isinstance(accounts, list)
    assert json.loads(json.dumps(accounts, allow_nan=False)) == accounts
    return accounts


def names(accounts: list[dict[str, Any]]) -> set[str]:
    """Return the names of accounts."""
    return {account["name"] for account in accounts}


async def test_account(
    hass: HomeAssistant, set_credit: SetCredit, pass_time: PassTime, loaded_entry: MockConfigEntry
) -> None:
    """All that is known of an account is returned."""
    await set_credit(48)
    topped_up_at = dt_util.utcnow().isoformat()
    await pass_time(timedelta(hours=8))
    await set_credit(9)
    (account,) = await get_accounts(hass)
    (balance,) = account.pop("balances")
    assert account == {
        "name": "Hyperstack Example Org",
        "provider": "Hyperstack",
        "top_up_url": "https://console.hyperstack.cloud/billing",
        "readable": True,
        "age": 0,
        "alerts": ["low"],
    }
    assert balance.pop("burn_rate") == pytest.approx(39 * 3, rel=0.1)
    assert balance.pop("days_left") == 0.1
    assert dt_util.parse_datetime(balance.pop("runs_out"), raise_on_error=True) > dt_util.utcnow()
    assert balance.pop("last_top_up") == {
        "amount": pytest.approx(48 - 28.147631028367705),
        "at": topped_up_at,
    }
    assert balance == {"scope": None, "unit": "USD", "balance": 9, "spent": 39}


async def test_several_balances(hass: HomeAssistant, deepseek_entry: MockConfigEntry) -> None:
    """Each balance is told apart, with nothing yet to say of its future."""
    (account,) = await get_accounts(hass)
    nothing = {
        "spent": 0,
        "burn_rate": None,
        "days_left": None,
        "runs_out": None,
        "last_top_up": None,
    }
    assert account["balances"] == [
        {"scope": "CNY", "unit": "CNY", "balance": 110} | nothing,
        {"scope": "USD", "unit": "USD", "balance": 7.5} | nothing,
    ]


async def test_balance_left_out(
    hass: HomeAssistant, providers: FakeProviders, deepseek_entry: MockConfigEntry
) -> None:
    """A balance that is no longer reported is left out here, too."""
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(USD="7.50"))
    await poll(hass, deepseek_entry)
    (account,) = await get_accounts(hass)
    assert [balance["scope"] for balance in account["balances"]] == ["USD"]


async def test_balance_that_was_never_known(hass: HomeAssistant, providers: FakeProviders) -> None:
    """Of a balance without an amount there is none."""
    providers.answer(
        "https://openrouter.ai/api/v1/key", json={"data": {"limit_remaining": None, "usage": 1}}
    )
    example = EXAMPLES["openrouter"]
    await set_up(hass, example.entry(data=example.data | {"variant": "key"}))
    (account,) = await get_accounts(hass)
    assert account["readable"] is True
    assert account["age"] == 0
    assert account["balances"] == [{"scope": None, "unit": "USD", "balance": None}]


async def test_every_provider(hass: HomeAssistant, providers: FakeProviders) -> None:
    """Accounts of every provider are returned, and nothing secret of them."""
    providers.serve(*EXAMPLES.values())
    for example in EXAMPLES.values():
        await set_up(hass, example.entry())
    accounts = await get_accounts(hass)
    assert names(accounts) == {example.title for example in EXAMPLES.values()}
    assert all(account["readable"] and account["balances"] for account in accounts)
    assert API_KEY not in json.dumps(accounts)


# Which accounts


@pytest.mark.parametrize("kind", ["entity_id", "device_id", "area_id", "label_id"])
async def test_targets(
    hass: HomeAssistant,
    area_registry: ar.AreaRegistry,
    device_registry: dr.DeviceRegistry,
    entity_registry: er.EntityRegistry,
    label_registry: lr.LabelRegistry,
    loaded_entry: MockConfigEntry,
    deepseek_entry: MockConfigEntry,
    kind: str,
) -> None:
    """Only the accounts that are targeted are returned, each once."""
    assert names(await get_accounts(hass)) == {"Hyperstack Example Org", "DeepSeek"}
    (device,) = dr.async_entries_for_config_entry(device_registry, loaded_entry.entry_id)
    area = area_registry.async_create("Office")
    label = label_registry.async_create("Paid")
    device_registry.async_update_device(device.id, area_id=area.id)
    entity_registry.async_update_entity(BALANCE, labels={label.label_id})
    targets: dict[str, Any] = {
        "entity_id": [BALANCE, "sensor.hyperstack_example_org_spent"],
        "device_id": device.id,
        "area_id": area.id,
        "label_id": label.label_id,
    }
    accounts = await get_accounts(hass, **{kind: targets[kind]})
    assert [account["name"] for account in accounts] == ["Hyperstack Example Org"]


@pytest.mark.parametrize(
    "target",
    [
        {"entity_id": "sensor.somebody_elses"},
        {"entity_id": "sensor.foreign_balance"},
        {"device_id": "no-such-device"},
        {"area_id": "nowhere"},
        {"label_id": "nothing"},
    ],
    ids=str,
)
async def test_no_account_is_targeted(
    hass: HomeAssistant,
    entity_registry: er.EntityRegistry,
    loaded_entry: MockConfigEntry,
    target: dict[str, str],
) -> None:
    """A target without any account is a mistake that is explained."""
    foreign = MockConfigEntry(domain="foreign")
    foreign.add_to_hass(hass)
    entity_registry.async_get_or_create(
        "sensor", "foreign", "balance", suggested_object_id="foreign_balance", config_entry=foreign
    )
    with pytest.raises(ServiceValidationError) as caught:
        await get_accounts(hass, **target)
    assert caught.value.translation_domain == DOMAIN
    assert caught.value.translation_key == "no_account_targeted"
    assert str(caught.value).startswith("None of the targets")


async def test_before_any_account(hass: HomeAssistant) -> None:
    """The action is there as soon as the integration is, with no account to return."""
    assert await async_setup_component(hass, DOMAIN, {})
    assert await get_accounts(hass) == []


async def test_outlives_the_accounts(hass: HomeAssistant, loaded_entry: MockConfigEntry) -> None:
    """The action does not go with the last account."""
    assert await hass.config_entries.async_remove(loaded_entry.entry_id)
    assert await get_accounts(hass) == []


# Accounts that cannot be read


async def test_outage(
    hass: HomeAssistant,
    providers: FakeProviders,
    set_credit: SetCredit,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """Of an account that cannot be read now, the last that was seen is returned with its age."""
    await set_credit(9)
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["unexpected_response"])
    await pass_time(timedelta(hours=2))
    (account,) = await get_accounts(hass)
    assert account["readable"] is False
    assert account["age"] == 7200
    assert account["alerts"] == ["low"]
    assert [balance["balance"] for balance in account["balances"]] == [9]


async def test_account_that_is_unreadable(
    hass: HomeAssistant,
    providers: FakeProviders,
    set_credit: SetCredit,
    loaded_entry: MockConfigEntry,
) -> None:
    """That nobody can tell how much is left is an alert, too, until somebody can."""
    await set_credit(9)
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["invalid_auth"])
    await poll(hass, loaded_entry)
    (account,) = await get_accounts(hass)
    assert account["alerts"] == ["low", "unreadable"]
    await set_credit(9)
    (account,) = await get_accounts(hass)
    assert account["alerts"] == ["low"]


async def test_age_of_an_unchanged_balance(
    hass: HomeAssistant, pass_time: PassTime, loaded_entry: MockConfigEntry
) -> None:
    """The age is that of the last look, even if it found nothing new."""
    for _ in range(3):
        await pass_time(timedelta(minutes=23))
    (account,) = await get_accounts(hass)
    assert account["age"] == 0


@pytest.mark.parametrize(
    ("error", "state"),
    [
        ("unexpected_response", ConfigEntryState.SETUP_RETRY),
        ("invalid_auth", ConfigEntryState.SETUP_ERROR),
    ],
)
async def test_account_that_is_not_set_up(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    providers: FakeProviders,
    mock_config_entry: MockConfigEntry,
    error: str,
    state: ConfigEntryState,
) -> None:
    """An account that has not been read since the start is returned as such."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS[error])
    await set_up(hass, mock_config_entry)
    assert mock_config_entry.state is state
    assert await get_accounts(hass) == [
        {
            "name": "Hyperstack Example Org",
            "provider": "Hyperstack",
            "top_up_url": "https://console.hyperstack.cloud/billing",
        }
        | NOT_READABLE
    ]


async def test_unloaded_account(
    hass: HomeAssistant, loaded_entry: MockConfigEntry, deepseek_entry: MockConfigEntry
) -> None:
    """An account that is unloaded can still be targeted."""
    assert await hass.config_entries.async_unload(loaded_entry.entry_id)
    (account,) = await get_accounts(hass, entity_id=BALANCE)
    assert account["name"] == "Hyperstack Example Org"
    assert account["readable"] is False


# How it is described


async def test_it_returns_something(hass: HomeAssistant, loaded_entry: MockConfigEntry) -> None:
    """The action changes nothing, so that there is no point in it but its response."""
    assert hass.services.supports_response(DOMAIN, ACTION) is SupportsResponse.ONLY


async def test_description(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture, loaded_entry: MockConfigEntry
) -> None:
    """The action is described, with accounts for targets."""
    descriptions = await async_get_all_descriptions(hass)
    description = descriptions[DOMAIN][ACTION]
    (entity,) = description["target"]["entity"]
    assert entity["integration"] == DOMAIN
    assert description["response"] == {"optional": False}
    assert not [
        record
        for record in caplog.records
        if record.levelno >= logging.WARNING and "services.yaml" in record.getMessage()
    ]


async def test_no_request(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    providers: FakeProviders,
    loaded_entry: MockConfigEntry,
) -> None:
    """It asks no provider, and writes nothing."""
    written = hass_storage[file_of(loaded_entry)]
    providers.answer(HYPERSTACK.balance_url, json=hyperstack_credit(1))
    requests = len(providers.requests)
    (account,) = await get_accounts(hass)
    assert account["balances"][0]["balance"] == pytest.approx(28.147631028367705)
    assert len(providers.requests) == requests
    assert hass_storage[file_of(loaded_entry)] is written
