"""Assistants that are language models may ask what is left, of what is exposed to them."""

from datetime import timedelta
import json
import logging
from typing import Any, Final

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.api_credits.const import DOMAIN
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import entity_registry as er, llm
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from .answers import (
    DEEPSEEK,
    DEEPSEEK_BALANCE,
    ERRORS,
    HYPERSTACK,
    HYPERSTACK_BALANCE,
    VENICE,
    FakeProviders,
    deepseek_balance,
)
from .conftest import PassTime, SetCredit, poll, set_up

ASSISTANT: Final = "conversation"
BALANCE: Final = "sensor.hyperstack_example_org_balance"
CNY: Final = "sensor.deepseek_balance_cny"
TOOL: Final = "api_credits__get_accounts"


@pytest.fixture
def options() -> dict[str, Any]:
    """Return the limits of an account."""
    return {"low_balance": 10}


@pytest.fixture(autouse=True)
async def assist(hass: HomeAssistant) -> None:
    """Have a home with an assistant."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "llm", {})


async def offered(hass: HomeAssistant, assistant: str = ASSISTANT) -> llm.APIInstance | None:
    """Return what the assistant may do, if our tool is among it."""
    context = llm.LLMContext(
        platform="test", context=Context(), language="en", assistant=assistant, device_id=None
    )
    api = await llm.async_get_api(hass, llm.LLM_API_ASSIST, context)
    return api if TOOL in {tool.name for tool in api.tools} else None


async def ask(hass: HomeAssistant) -> list[dict[str, Any]]:
    """Return what the tool tells of accounts, which is what a model would read."""
    assert (api := await offered(hass))
    result = await api.async_call_tool(llm.ToolInput(TOOL, {}))
    assert not result.error
    data = json.loads(json.dumps(result.data, allow_nan=False))
    assert set(data) == {"accounts"}
    accounts: list[dict[str, Any]] = data["accounts"]
    return accounts


async def test_nothing_is_exposed(hass: HomeAssistant, loaded_entry: MockConfigEntry) -> None:
    """Without the person's wish there is no tool, which would cost others something."""
    assert await offered(hass) is None
    async_expose_entity(hass, ASSISTANT, "sensor.hyperstack_example_org_spent", should_expose=True)
    assert await offered(hass) is None
    async_expose_entity(hass, ASSISTANT, BALANCE, should_expose=True)
    assert await offered(hass)
    assert await offered(hass, "cloud.alexa") is None
    async_expose_entity(hass, ASSISTANT, BALANCE, should_expose=False)
    assert await offered(hass) is None


async def test_tool(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture, loaded_entry: MockConfigEntry
) -> None:
    """It reads only, says whose it is, and Home Assistant has nothing to warn of."""
    async_expose_entity(hass, ASSISTANT, BALANCE, should_expose=True)
    assert (api := await offered(hass))
    (tool,) = [tool for tool in api.tools if tool.name == TOOL]
    assert tool.integration == DOMAIN
    assert tool.annotations == llm.ToolAnnotations(
        read_only=True, destructive=False, idempotent=True, open_world=False
    )
    assert tool.title
    assert tool.description
    assert tool.parameters({}) == {}
    await ask(hass)
    assert not [
        record.getMessage()
        for record in caplog.records
        if record.levelno >= logging.WARNING and "has not been tested" not in record.getMessage()
    ]


async def test_account(
    hass: HomeAssistant, set_credit: SetCredit, pass_time: PassTime, loaded_entry: MockConfigEntry
) -> None:
    """All that helps to answer is told."""
    async_expose_entity(hass, ASSISTANT, BALANCE, should_expose=True)
    await set_credit(48)
    topped_up_at = dt_util.utcnow()
    await pass_time(timedelta(hours=8))
    await set_credit(9)
    (account,) = await ask(hass)
    ((balance),) = account.pop("balances")
    assert account == {
        "name": "Hyperstack Example Org",
        "readable": True,
        "alerts": ["low"],
        "as_of": dt_util.now().isoformat(timespec="minutes"),
    }
    assert balance == {
        "unit": "USD",
        "balance": 9,
        "burn_rate": pytest.approx(39 * 3, rel=0.1),
        "days_left": 0.1,
        "last_top_up": {
            "amount": pytest.approx(48 - 28.147631028367705),
            "at": topped_up_at.isoformat(),
        },
    }


async def test_account_that_cannot_be_read(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """What was last read is told with its time, and that it is not of now."""
    async_expose_entity(hass, ASSISTANT, BALANCE, should_expose=True)
    read_at = dt_util.now().isoformat(timespec="minutes")
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["unexpected_response"])
    await pass_time(timedelta(hours=2))
    (account,) = await ask(hass)
    assert account["readable"] is False
    assert account["as_of"] == read_at
    providers.serve(HYPERSTACK)
    await poll(hass, loaded_entry)
    (account,) = await ask(hass)
    assert account["readable"] is True


async def test_only_what_is_exposed(
    hass: HomeAssistant, providers: FakeProviders, loaded_entry: MockConfigEntry
) -> None:
    """Another account, and another balance of the same one, are not told of."""
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(CNY="110.00", USD="7.50"))
    deepseek = await set_up(hass, DEEPSEEK.entry())
    async_expose_entity(hass, ASSISTANT, CNY, should_expose=True)
    (account,) = await ask(hass)
    assert account["name"] == "DeepSeek"
    assert account["balances"] == [{"unit": "CNY", "balance": 110}]
    async_expose_entity(hass, ASSISTANT, BALANCE, should_expose=True)
    assert {account["name"] for account in await ask(hass)} == {
        "DeepSeek",
        "Hyperstack Example Org",
    }
    assert await hass.config_entries.async_unload(deepseek.entry_id)
    assert [account["name"] for account in await ask(hass)] == ["Hyperstack Example Org"]


async def test_no_text_of_a_provider(
    hass: HomeAssistant, entity_registry: er.EntityRegistry, providers: FakeProviders
) -> None:
    """Balances go by their units, and by the names that a person has given them."""
    providers.serve(VENICE)
    entry = await set_up(hass, VENICE.entry())
    for entity in er.async_entries_for_config_entry(entity_registry, entry.entry_id):
        async_expose_entity(hass, ASSISTANT, entity.entity_id, should_expose=True)
    entity_registry.async_update_entity("sensor.venice_balance_diem", name="For pictures")
    (account,) = await ask(hass)
    assert [(each.get("name"), each["unit"]) for each in account["balances"]] == [
        (None, "USD"),
        (None, "USD"),
        ("For pictures", "diem"),
    ]
    assert "Bundled" not in str(account)
