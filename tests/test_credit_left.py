"""The blueprint that answers what is left, in the words of the documentation."""

from datetime import timedelta
from pathlib import Path
import re
from typing import Any, Final

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
import yaml

from homeassistant.components import automation, conversation
from homeassistant.components.blueprint import Blueprint
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component

from .answers import (
    DEEPSEEK,
    DEEPSEEK_BALANCE,
    ERRORS,
    HYPERSTACK_BALANCE,
    FakeProviders,
    deepseek_balance,
)
from .conftest import PassTime, SetCredit, import_blueprint, set_up
from .written import add_automation

# Of Home Assistant's own web server, which conversations need.
pytestmark = pytest.mark.filterwarnings("ignore::aiohttp.web_exceptions.NotAppKeyWarning")

ROOT: Final = Path(__file__).parents[1]
PATH: Final = "api-credits/credit_left.yaml"
SOURCE: Final = ROOT / "blueprints/automation/api_credits/credit_left.yaml"
PAGE: Final = ROOT / "docs/ask-for-it.md"

BALANCE: Final = "sensor.hyperstack_example_org_balance"
ENGLISH: Final = {"use_blueprint": {"path": PATH, "input": {}}}


@pytest.fixture
def hass_config_dir(hass_tmp_config_dir: str) -> str:
    """Return a configuration folder with the blueprint."""
    import_blueprint(hass_tmp_config_dir, SOURCE, PATH)
    return hass_tmp_config_dir


def translated() -> dict[str, dict[str, Any]]:
    """Return the automations of the page under the names of their languages."""
    found = re.findall(
        r"^### (\w+)\n\n```yaml\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    return {language: yaml.safe_load(text) for language, text in found}


def english() -> dict[str, Any]:
    """Return what the fields of the blueprint hold at first."""
    # What a person puts in does not matter here.
    content = yaml.safe_load(SOURCE.read_text("utf-8").replace("!input ", ""))
    return {key: field["default"] for key, field in content["blueprint"]["input"].items()}


async def automate(hass: HomeAssistant, config: dict[str, Any]) -> None:
    """Make an automation from the blueprint."""
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {})
    await add_automation(hass, config)


async def ask(hass: HomeAssistant, sentence: str) -> str:
    """Return what Assist answers."""
    result = await conversation.async_converse(hass, sentence, None, Context(), language="en")
    await hass.async_block_till_done()
    answer: str = result.response.speech["plain"]["speech"]
    return answer


async def test_blueprint_is_valid(hass: HomeAssistant) -> None:
    """Home Assistant lists it, and needs nothing to make an automation of it."""
    await automate(hass, ENGLISH)
    blueprint = await automation.helpers.async_get_blueprints(hass).async_get_blueprint(PATH)
    assert isinstance(blueprint, Blueprint)
    assert blueprint.validate() is None
    assert not [key for key, field in blueprint.inputs.items() if "default" not in field]


@pytest.fixture
async def accounts(
    hass: HomeAssistant, providers: FakeProviders, loaded_entry: MockConfigEntry
) -> None:
    """Set two accounts up."""
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(CNY="110.00", USD="7.50"))
    await set_up(hass, DEEPSEEK.entry())


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        (
            "How much credit is left?",
            "Hyperstack Example Org has 28.15 USD left. DeepSeek has 110.00 CNY, 7.50 USD left.",
        ),
        ("How much credit is left at DeepSeek?", "DeepSeek has 110.00 CNY, 7.50 USD left."),
        (
            "how much API credit do i have left with deep-seek",
            "DeepSeek has 110.00 CNY, 7.50 USD left.",
        ),
        (
            "what is left of my credit at example org",
            "Hyperstack Example Org has 28.15 USD left.",
        ),
        (
            "what is left of my credit on Hyperstack, please",
            "Hyperstack Example Org has 28.15 USD left.",
        ),
        ("how much credit is left at the baker", "I know of no account with that name."),
    ],
)
async def test_answer(hass: HomeAssistant, accounts: None, sentence: str, answer: str) -> None:
    """All accounts are told of, or those that are meant, however they are spelled."""
    await automate(hass, ENGLISH)
    assert await ask(hass, sentence) == answer


async def test_only_chosen_accounts(hass: HomeAssistant, accounts: None) -> None:
    """Who has chosen accounts hears of these."""
    chosen = {"accounts": {"entity_id": "sensor.deepseek_balance_usd"}}
    await automate(hass, {"use_blueprint": {"path": PATH, "input": chosen}})
    assert await ask(hass, "how much credit is left") == "DeepSeek has 110.00 CNY, 7.50 USD left."


async def test_how_long_it_lasts(
    hass: HomeAssistant,
    set_credit: SetCredit,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """For how long it lasts is said where that is known."""
    await automate(hass, ENGLISH)
    for credit in (148, 147, 146, 145):
        await pass_time(timedelta(hours=2, minutes=1))
        await set_credit(credit)
    answer = await ask(hass, "how much credit is left")
    assert re.fullmatch(
        r"Hyperstack Example Org has 145\.00 USD left\. That lasts for 1\d days\.", answer
    )


async def test_account_that_cannot_be_read(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    set_credit: SetCredit,
    loaded_entry: MockConfigEntry,
) -> None:
    """How old the answer is, is said along with it, and no longer once it is of now."""
    await automate(hass, ENGLISH)
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["unexpected_response"])
    await pass_time(timedelta(hours=3))
    answer = "Hyperstack Example Org has 28.15 USD left."
    assert await ask(hass, "how much credit is left") == f"{answer} That was 3 hours ago."
    await set_credit(28.15)
    assert await ask(hass, "how much credit is left") == answer


async def test_balance_that_is_not_known(
    hass: HomeAssistant, loaded_entry: MockConfigEntry
) -> None:
    """An account that is not set up has nothing to tell."""
    await automate(hass, ENGLISH)
    assert await hass.config_entries.async_unload(loaded_entry.entry_id)
    answer = await ask(hass, "how much credit is left")
    assert answer == "What is left at Hyperstack Example Org is not known."


async def test_by_the_name_of_a_balance(
    hass: HomeAssistant, entity_registry: er.EntityRegistry, loaded_entry: MockConfigEntry
) -> None:
    """Without any automation, Assist tells a balance that is exposed by its name or an alias."""
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {})
    async_expose_entity(hass, "conversation", BALANCE, should_expose=True)
    entity_registry.async_update_entity(BALANCE, aliases=[er.COMPUTED_NAME, "Hyper credit"])
    for name in ("Hyperstack Example Org Balance", "Hyper credit"):
        assert "28.15 USD" in await ask(hass, f"What is {name}?"), name


@pytest.mark.parametrize(
    ("language", "sentence", "answer"),
    [
        (
            "German",
            "Wie viel Guthaben ist noch bei Hyperstack?",
            "Hyperstack Example Org hat noch 28,15 USD.",
        ),
        (
            "Spanish",
            "¿Cuánto saldo queda en Hyperstack?",
            "En Hyperstack Example Org quedan 28,15 USD.",
        ),
        (
            "French",
            "Combien de crédit reste-t-il chez Hyperstack ?",
            "Il reste 28,15 USD chez Hyperstack Example Org.",
        ),
        (
            "Dutch",
            "Hoeveel tegoed is er nog bij Hyperstack?",
            "Hyperstack Example Org heeft nog 28,15 USD.",
        ),
    ],
)
async def test_other_languages(
    hass: HomeAssistant, accounts: None, language: str, sentence: str, answer: str
) -> None:
    """What the page says for a language works as it is, and has no English left in it."""
    config = translated()[language]
    texts, in_english = config["use_blueprint"]["input"], english()
    assert texts.keys() == in_english.keys() - {"accounts"}
    assert not [key for key, text in texts.items() if text == in_english[key]]
    await automate(hass, config)
    assert await ask(hass, sentence) == answer
