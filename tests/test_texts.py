"""What a person reads is complete, in each language, and depends on no name of an entity."""

from datetime import timedelta
import json
from pathlib import Path
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.api_credits.client.picked import MORE
from custom_components.api_credits.const import DOMAIN
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.setup import async_setup_component

from .answers import (
    DEEPSEEK,
    DEEPSEEK_BALANCE,
    ERRORS,
    HYPERSTACK_BALANCE,
    FakeProviders,
    deepseek_balance,
)
from .conftest import PassTime, SetCredit, poll, set_up

LANGUAGES = ["de", "en", "es", "fr", "nl"]
TRANSLATIONS = Path(__file__).parents[1] / f"custom_components/{DOMAIN}/translations"
A_ROUND = timedelta(minutes=23)
TOP_UP = "https://console.hyperstack.cloud/billing"


@pytest.fixture
def options() -> dict[str, Any]:
    """Return the limits of an account."""
    return {"low_balance": 10}


def texts(language: str) -> dict[str, Any]:
    """Return all texts of a language."""
    path = TRANSLATIONS / f"{language}.json"
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


def read(hass: HomeAssistant, language: str) -> dict[str, str]:
    """Return the repairs that are shown as a person reads them."""
    issues = texts(language)["issues"]
    return {
        issue.translation_key: "\n".join(issues[issue.translation_key].values()).format(
            **issue.translation_placeholders or {}
        )
        for issue in ir.async_get(hass).issues.values()
        if issue.domain == DOMAIN and issue.active and issue.translation_key
    }


@pytest.mark.parametrize("language", LANGUAGES)
async def test_repairs(
    hass: HomeAssistant, set_credit: SetCredit, loaded_entry: MockConfigEntry, language: str
) -> None:
    """A repair names account, amount and threshold, and leads to the page to top up at."""
    await set_credit(9.456)
    text = read(hass, language)["low_balance"]
    assert all(part in text for part in ("Hyperstack Example Org", "9.46 USD", "10.00 USD", TOP_UP))
    await set_credit(0)
    text = read(hass, language)["exhausted"]
    assert all(part in text for part in ("Hyperstack Example Org", "0.00 USD", TOP_UP))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_unreadable(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
    language: str,
) -> None:
    """It is said since when and why an account cannot be read, and where its key is."""
    await hass.config.async_set_time_zone("UTC")
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["unexpected_response"])
    await poll(hass, loaded_entry)
    unread = loaded_entry.runtime_data.memory.unread
    assert unread
    for _ in range(25):
        await pass_time(A_ROUND * 3)
    text = read(hass, language)["unreadable"]
    assert f"{unread.since:%Y-%m-%d %H:%M}" in text
    assert "not JSON" in text
    assert loaded_entry.runtime_data.provider.keys_url in text


async def test_threshold_of_several_currencies(
    hass: HomeAssistant, providers: FakeProviders
) -> None:
    """A threshold for several currencies is in none of them."""
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(CNY="3.00", USD="4.50"))
    await set_up(hass, DEEPSEEK.entry(options={"low_balance": 10}))
    text = read(hass, "en")["low_balance"]
    assert "**3.00 CNY, 4.50 USD**" in text
    assert "**10**" in text


async def test_names_of_before(hass: HomeAssistant, providers: FakeProviders) -> None:
    """Entities that were there under another name keep their ids."""
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(USD="50.00"))
    entry = DEEPSEEK.entry()
    entry.add_to_hass(hass)
    registry = er.async_get(hass)
    before = {
        registry.async_get_or_create(
            platform,
            DOMAIN,
            f"{entry.entry_id}_{key}",
            config_entry=entry,
            suggested_object_id=f"deepseek_{name}",
        ).entity_id
        for platform, key, name in (
            (Platform.EVENT, "account_activity", "activity"),
            (Platform.NUMBER, "low_balance_threshold", "low_balance_threshold"),
            (Platform.NUMBER, "runway_days", "days_left_threshold"),
        )
    }
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    entities = er.async_entries_for_config_entry(registry, entry.entry_id)
    assert before <= {entity.entity_id for entity in entities}
    assert not {"event.deepseek_credit_activity", "number.deepseek_warn_at"} & {
        entity.entity_id for entity in entities
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_beside_a_box(language: str) -> None:
    """The device page has 60 pixels for the name of a threshold: measured, eight letters or so."""
    names = texts(language)["entity"]["number"]
    assert len(names["low_balance_threshold"]["name"]) <= 8
    assert len(names["runway_days"]["name"]) <= 16


@pytest.mark.parametrize("language", LANGUAGES)
def test_sensors_are_called_as_in_the_form(language: str) -> None:
    """What a person has read beside the balance of another service is found by that name."""
    words = texts(language)
    asked = words["config"]["step"]["custom_readings"]["data"]
    sensors = words["entity"]["sensor"]
    assert {key: asked[key] for key in MORE} == {key: sensors[key]["name"] for key in MORE}


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_to_read_more(language: str) -> None:
    """Every form and repair that is about a provider leads to what is known of it."""
    words = texts(language)
    shown = words["config"]["step"] | words["options"]["step"] | words["issues"]
    about_none = {step for step, each in shown.items() if "{provider}" not in str(each)}
    custom = {"custom", "custom_balance", "custom_confirm", "custom_readings"}
    assert about_none == {"user", "not_saved", *custom}
    for step in shown.keys() - about_none:
        # A repair that is made on the spot is described in its form.
        described = shown[step].get("fix_flow", {}).get("step", {}).get("balance_now", shown[step])
        assert "{provider}]({docs_url})" in described["description"], step


@pytest.mark.parametrize("language", LANGUAGES)
async def test_home_in_another_language(
    hass: HomeAssistant,
    service_calls: list[ServiceCall],
    providers: FakeProviders,
    language: str,
) -> None:
    """Triggers and conditions work whatever the entities are called."""
    hass.config.language = language
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(USD="50.00"))
    entry = await set_up(hass, DEEPSEEK.entry(options={"low_balance": 10}))
    entities = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    (activity,) = [each for each in entities if each.translation_key == "account_activity"]
    names = texts(language)["entity"]
    assert activity.original_name == names["event"]["account_activity"]["name"]
    automation = {
        "triggers": {"trigger": f"{DOMAIN}.became_low", "target": {}},
        "conditions": {
            "condition": f"{DOMAIN}.is_low",
            "target": {"device_id": activity.device_id},
            "options": {"behavior": "any"},
        },
        "actions": {"action": "test.heard"},
    }
    assert await async_setup_component(hass, "automation", {"automation": automation})
    await hass.async_block_till_done()
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(USD="5.00"))
    await poll(hass, entry)
    assert [call.service for call in service_calls] == ["heard"]
