"""Adding an account, giving it new credentials, and changing its options."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar, Final

import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    get_schema_suggested_value,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from yarl import URL

from custom_components.api_credits.client.credentials import (
    ACCOUNT_ID,
    API_KEY as API_KEY_FIELD,
    Need,
    Region,
    Rights,
    Secret,
)
from custom_components.api_credits.client.fields import Field
from custom_components.api_credits.client.hosted import Hosted
from custom_components.api_credits.client.provider import Provider
from custom_components.api_credits.const import DOMAIN
from custom_components.api_credits.forms import suggested_alerts
from custom_components.api_credits.keeper import async_get_keeper
from custom_components.api_credits.markdown import as_text
from custom_components.api_credits.pages import page_about
from custom_components.api_credits.providers import PROVIDERS
from custom_components.api_credits.providers.hyperstack import Hyperstack
from custom_components.api_credits.readings import BALANCE, Reading
from homeassistant.config_entries import (
    SOURCE_USER,
    ConfigEntry,
    ConfigEntryState,
    ConfigFlowResult,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.helpers.selector import SelectSelector, TextSelector
from homeassistant.helpers.translation import async_get_translations
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from .answers import (
    AGENTTOOLKIT,
    API_KEY,
    DEEPSEEK,
    ERRORS,
    EXAMPLES,
    HYPERSTACK,
    HYPERSTACK_BALANCE,
    HYPERSTACK_IDENTITY,
    OPENROUTER,
    OPENROUTER_BALANCE,
    OPENROUTER_KEY,
    SMS_WORKS,
    STABILITY_AI,
    STABILITY_AI_BALANCE,
    STABILITY_AI_IDENTITY,
    VENICE,
    Example,
    FakeProviders,
    hyperstack_credit,
    hyperstack_organization,
    stability_ai_account,
    stability_ai_organization,
)
from .conftest import set_up

ALERTS = {"low_balance": 5.0, "runway_days": 7.0}
SEVERAL_CURRENCIES = (
    " Of several currencies, only the highest amount is compared, without conversion."
)
NEW_KEY = "new-key-for-tests"
REPLACING_STEPS = ["reauth_confirm", "reconfigure"]
SUCCESS = {"reauth_confirm": "reauth_successful", "reconfigure": "reconfigure_successful"}

VENDOR_BALANCE = "https://api.vendor.example/balance"


class Vendor(Provider):
    """A made-up provider that wants an id, a secret and a region."""

    key = "vendor"
    name = "Vendor"
    website = "https://vendor.example"
    keys_url = "https://vendor.example/keys"
    top_up_url = "https://vendor.example/pay"
    secret = Secret.AUTH_TOKEN
    id_word = "Vendor SID"
    rights = Rights(Need.RIGHT, "read_balance")

    credentials = (ACCOUNT_ID, API_KEY_FIELD)
    regions = {
        "eu": Region(base=URL("https://api.vendor.example")),
        "us": Region(base=URL("https://us.vendor.example")),
    }
    min_interval: ClassVar[timedelta] = timedelta(minutes=10)

    base = URL("https://api.vendor.example")
    path = "balance"
    fields = (Field(path="balance", kind=BALANCE, unit="EUR"),)


REGIONS = {region for provider in PROVIDERS.values() for region in provider.regions} | {"eu", "us"}
CHOICES = {
    choice
    for provider in PROVIDERS.values()
    if issubclass(provider, Hosted)
    for choice in provider.subjects
}
VENDOR_CREDENTIALS = {"account_id": "id-1", "api_key": API_KEY, "region": "eu"}


@pytest.fixture
def vendor(monkeypatch: pytest.MonkeyPatch, providers: FakeProviders) -> None:
    """Add the made-up provider to the registry."""
    monkeypatch.setitem(PROVIDERS.names, Vendor.key, Vendor.name)
    monkeypatch.setitem(PROVIDERS.loaded, Vendor.key, Vendor)
    for region in Vendor.regions.values():
        providers.answer(f"{region.base}/balance", json={"balance": 12})


@pytest.fixture
def vendor_entry(hass: HomeAssistant, vendor: None) -> MockConfigEntry:
    """Return an account at the made-up provider."""
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Vendor",
        data={"provider": "vendor", "account": None, "variant": None} | VENDOR_CREDENTIALS,
    )
    entry.add_to_hass(hass)
    return entry


async def choose(hass: HomeAssistant, provider: str) -> ConfigFlowResult:
    """Begin to add an account at a provider, up to its credentials."""
    result = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    return await submit(hass, result, provider=provider)


async def submit(
    hass: HomeAssistant, result: ConfigFlowResult, /, **user_input: Any
) -> ConfigFlowResult:
    """Fill in the form that a flow shows."""
    result = await hass.config_entries.flow.async_configure(result["flow_id"], user_input)
    await hass.async_block_till_done()
    return result


async def add(hass: HomeAssistant, example: Example, **alerts: float) -> ConfigFlowResult:
    """Add an account, from the first step to the last."""
    result = await choose(hass, example.provider)
    result = await submit(hass, result, api_key=example.api_key)
    if result.get("step_id") == "account":
        result = await submit(hass, result, account=example.account)
    assert result["step_id"] == "alerts"
    return await submit(hass, result, **alerts)


async def start_replacing(
    hass: HomeAssistant, entry: MockConfigEntry, step_id: str
) -> ConfigFlowResult:
    """Begin to give an account new credentials."""
    if step_id == "reauth_confirm":
        result = await entry.start_reauth_flow(hass)
    else:
        result = await entry.start_reconfigure_flow(hass)
    assert_form(result, step_id)
    return result


def assert_form(
    result: ConfigFlowResult, step_id: str, errors: Mapping[str, str] | None = None
) -> None:
    """Check that a flow shows this step, with these errors."""
    assert result["type"] is FlowResultType.FORM
    assert result["step_id"] == step_id
    assert (result["errors"] or {}) == (errors or {})


def assert_aborted(result: ConfigFlowResult, reason: str) -> None:
    """Check that a flow has ended for this reason."""
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == reason


def assert_already_configured(result: ConfigFlowResult, *entries: ConfigEntry) -> None:
    """Check that a flow ended with the names of accounts that are there already."""
    assert_aborted(result, "already_configured")
    names = as_text(", ".join(entry.title for entry in entries))
    assert result["description_placeholders"] == {"accounts": names}


def assert_created(result: ConfigFlowResult, example: Example) -> None:
    """Check that a flow has added this account."""
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["title"] == example.title
    assert result["data"] == example.data
    assert result["result"].unique_id == example.unique_id


def selector(result: ConfigFlowResult, field: str) -> Any:
    """Return how a field of a form is filled in."""
    assert result["data_schema"]
    return result["data_schema"].schema[field]


def suggested(result: ConfigFlowResult, field: str) -> Any:
    """Return what a field of a form is filled in with."""
    assert result["data_schema"]
    return get_schema_suggested_value(result["data_schema"].schema, field)


def offered(result: ConfigFlowResult, field: str) -> list[str]:
    """Return the labels of what can be chosen in a field of a form."""
    chooser = selector(result, field)
    assert isinstance(chooser, SelectSelector)
    return [option["label"] for option in chooser.config["options"]]


# Adding an account


async def test_providers_are_offered_by_name(hass: HomeAssistant) -> None:
    """The first step offers every provider, sorted by name whatever its case; another one last."""
    result = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    assert_form(result, "user")
    names = offered(result, "provider")
    others = {name for key, name in PROVIDERS.choices.items() if key != PROVIDERS.fallback}
    assert names == [*sorted(others, key=str.casefold), "Another service"]
    assert len(names) >= len(EXAMPLES)


async def test_nothing_is_chosen_beforehand(hass: HomeAssistant) -> None:
    """The choice is empty, may be searched, and leads to where a provider is asked for."""
    result = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    assert suggested(result, "provider") is None
    assert result["data_schema"]({"provider": "x"}) == {"provider": "x"}
    # Of what is required, the frontend chooses the first by itself.
    result = await hass.config_entries.flow.async_configure(result["flow_id"], {})
    assert_form(result, "user", {"base": "no_provider"})
    # The frontend has a search field where a value of one's own may be entered.
    assert selector(result, "provider").config["custom_value"] is True
    assert result["description_placeholders"]["request_url"].startswith("https://")


@pytest.mark.parametrize(
    "typed", ["sms_works", "The SMS Works", "the sms works", " THE SMS WORKS ", "SMS_Works"]
)
async def test_provider_by_name_or_key(hass: HomeAssistant, typed: str) -> None:
    """A provider is known by its name and by its key, in whatever case."""
    result = await choose(hass, typed)
    assert_form(result, "credentials")
    assert result["description_placeholders"]["provider"] == "The SMS Works"


@pytest.mark.parametrize("typed", ["sms", "Another Cloud", "hyperstack/../deepseek"])
async def test_provider_that_is_not_known(hass: HomeAssistant, typed: str) -> None:
    """What is not known is kept in the form, and can be put right."""
    result = await choose(hass, typed)
    assert_form(result, "user", {"base": "unknown_provider"})
    assert suggested(result, "provider") == typed
    assert_form(await submit(hass, result, provider="hyperstack"), "credentials")


@pytest.mark.parametrize(
    ("provider", "secret", "rights"),
    [
        ("deepseek", "API key", ""),
        ("sms_works", "API token", ""),
        ("hyperstack", "API key", "The key needs this permission: **billing**."),
    ],
)
async def test_words_of_the_provider(
    hass: HomeAssistant, provider: str, secret: str, rights: str
) -> None:
    """The form says what the provider calls its secret, and what that must have."""
    placeholders = (await choose(hass, provider))["description_placeholders"]
    assert (placeholders["secret"], placeholders["rights"]) == (secret, rights)
    assert placeholders["account_id"] == "Account ID"


async def test_words_in_another_language(hass: HomeAssistant, vendor: None) -> None:
    """What the provider calls things is said in the language of the system, names excepted."""
    hass.config.language = "de"
    placeholders = (await choose(hass, "vendor"))["description_placeholders"]
    assert placeholders["secret"] == "Auth-Token"
    assert placeholders["account_id"] == "Vendor SID"
    assert placeholders["rights"] == "Der Schlüssel benötigt diese Berechtigung: **read_balance**."


@pytest.mark.parametrize("words", [Secret, Need, REGIONS, CHOICES])
async def test_every_word_has_a_text(hass: HomeAssistant, words: Iterable[str]) -> None:
    """Whatever a provider may call a thing, there is a text for it."""
    texts = await async_get_translations(hass, "en", "selector", {DOMAIN})
    there = {key.rpartition(".")[2] for key in texts}
    assert {str(word) for word in words} <= there


@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
@pytest.mark.usefixtures("mock_setup_entry")
async def test_adding_an_account(
    hass: HomeAssistant, providers: FakeProviders, example: Example
) -> None:
    """An account of each provider is added step by step."""
    providers.serve(example)

    result = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    assert_form(result, "user")

    result = await submit(hass, result, provider=example.provider)
    assert_form(result, "credentials")
    assert selector(result, "api_key").config["type"] == "password"
    placeholders = result["description_placeholders"]
    assert placeholders["provider"] == example.name
    assert placeholders["keys_url"] == example.keys_url

    result = await submit(hass, result, api_key=example.api_key)
    if example is STABILITY_AI:
        assert_form(result, "account")
        assert offered(result, "account") == ["Studio 1", "Studio 2"]
        assert result["data_schema"]({}) == {"account": "org-1"}
        result = await submit(hass, result, account="org-1")

    assert_form(result, "alerts")
    assert result["last_step"] is True
    assert result["description_placeholders"]["account"] == example.title
    assert result["description_placeholders"]["balances"] == example.shown
    assert suggested(result, "low_balance") == example.suggestion
    assert suggested(result, "runway_days") == 7

    result = await submit(hass, result, **ALERTS)
    assert_created(result, example)
    assert result["options"] == ALERTS


@pytest.mark.usefixtures("mock_setup_entry")
async def test_alerts_are_optional(hass: HomeAssistant, providers: FakeProviders) -> None:
    """Both fields of the last step may stay empty."""
    providers.serve(HYPERSTACK)
    result = await add(hass, HYPERSTACK)
    assert_created(result, HYPERSTACK)
    assert result["options"] == {}


@pytest.mark.parametrize(
    ("example", "unit"),
    [(HYPERSTACK, "USD"), (SMS_WORKS, "credits"), (DEEPSEEK, "CNY / USD")],
    ids=["money", "credits", "several currencies"],
)
async def test_threshold_is_in_the_unit_of_the_balance(
    hass: HomeAssistant, providers: FakeProviders, example: Example, unit: str
) -> None:
    """The threshold's field has the balance's unit, or all of them, and a word on several."""
    providers.serve(example)
    result = await choose(hass, example.provider)
    result = await submit(hass, result, api_key=example.api_key)
    assert selector(result, "low_balance").config["unit_of_measurement"] == unit
    note = result["description_placeholders"]["several_currencies"]
    assert note == (SEVERAL_CURRENCIES if example is DEEPSEEK else "")


async def test_threshold_of_several_purses(hass: HomeAssistant, providers: FakeProviders) -> None:
    """It is asked for the one that matters most, which is named; the others are pointed to."""
    providers.serve(VENICE)
    result = await choose(hass, "venice")
    result = await submit(hass, result, api_key=API_KEY)
    assert selector(result, "low_balance").config["unit_of_measurement"] == "USD"
    assert suggested(result, "low_balance") == 10
    placeholders = result["description_placeholders"]
    assert placeholders["balances"] == VENICE.shown
    assert placeholders["other_balances"].startswith(" The threshold is for USD. Every other ")

    result = await submit(hass, result, low_balance=10)
    assert result["options"] == {"low_balance": 10}
    await hass.async_block_till_done()
    entry = result["result"]
    hass.config_entries.async_update_entry(
        entry, options={"low_balance": 10, "low_balances": {"balance_diem": 5}}
    )
    result = await hass.config_entries.options.async_init(entry.entry_id)
    assert selector(result, "low_balance").config["unit_of_measurement"] == "USD"
    placeholders = result["description_placeholders"]
    assert placeholders["other_balances"].startswith(" The threshold is for USD. Every other ")
    await change_options(hass, entry, update_interval=30)
    assert entry.options["low_balances"] == {"balance_diem": 5}
    assert "low_balance" not in entry.options


async def test_words_in_the_language_of_the_home(
    hass: HomeAssistant, providers: FakeProviders
) -> None:
    """What the form itself cannot leave out where it does not apply is translated all the same."""
    hass.config.language = "de"
    providers.serve(DEEPSEEK)
    result = await choose(hass, "deepseek")
    result = await submit(hass, result, api_key=API_KEY)
    note = result["description_placeholders"]["several_currencies"]
    assert note.startswith(" Bei mehreren Währungen")


NO_NUMBERS: Final = ("nan", "inf", "-inf", "", "many", None, [], float("nan"), float("inf"))
NO_ALERTS: Final = (
    *(("low_balance", value) for value in (*NO_NUMBERS, -0.01, 1_000_000_000.01, "1e30")),
    *(("runway_days", value) for value in (*NO_NUMBERS, 0, -1, 0.9, 365.1, 1e300)),
)


@pytest.mark.parametrize(("option", "value"), NO_ALERTS)
async def test_impossible_alerts_are_refused(
    hass: HomeAssistant, providers: FakeProviders, option: str, value: Any
) -> None:
    """What is no number, or none within the limits, is refused at its field, in words."""
    providers.serve(HYPERSTACK)
    result = await choose(hass, "hyperstack")
    result = await submit(hass, result, api_key=API_KEY)
    result = await submit(hass, result, **{option: value})
    assert_form(result, "alerts", {option: f"{option}_limits"})

    result = await submit(hass, result, low_balance=1_000_000_000, runway_days=1)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["options"] == {"low_balance": 1_000_000_000, "runway_days": 1}


async def test_suggestion_is_possible(hass: HomeAssistant, providers: FakeProviders) -> None:
    """Of a balance beyond all limits, what is suggested can be entered."""
    providers.serve(HYPERSTACK)
    providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(1e12))
    result = await choose(hass, "hyperstack")
    result = await submit(hass, result, api_key=API_KEY)
    assert suggested(result, "low_balance") == 1_000_000_000


async def test_nothing_to_show_and_to_suggest(
    hass: HomeAssistant, providers: FakeProviders
) -> None:
    """An account that reports no balance yet can be added nevertheless."""
    providers.answer(DEEPSEEK.balance_url, json={"is_available": False, "balance_infos": []})
    result = await choose(hass, "deepseek")
    result = await submit(hass, result, api_key=API_KEY)
    assert_form(result, "alerts")
    assert result["description_placeholders"]["balances"] == "–"
    assert suggested(result, "low_balance") is None


# What goes wrong while adding one


FAILING = [
    *((STABILITY_AI, STABILITY_AI_IDENTITY, "credentials", error) for error in ERRORS),
    *((HYPERSTACK, HYPERSTACK_BALANCE, "credentials", error) for error in ERRORS),
    *((STABILITY_AI, STABILITY_AI_BALANCE, "account", error) for error in ERRORS),
    *(
        (example, example.identity_url, "credentials", error)
        for example in EXAMPLES.values()
        for error in ERRORS
        if example not in (HYPERSTACK, SMS_WORKS, STABILITY_AI, OPENROUTER)
    ),
]


@pytest.mark.parametrize(("example", "url", "step_id", "error"), FAILING)
@pytest.mark.usefixtures("mock_setup_entry")
async def test_errors_and_recovery(
    hass: HomeAssistant,
    providers: FakeProviders,
    example: Example,
    url: str,
    step_id: str,
    error: str,
) -> None:
    """Each error is shown on the step it happens in, and does not stand in the way later."""
    providers.serve(example)
    providers.answer(url, **ERRORS[error])
    result = await choose(hass, example.provider)
    result = await submit(hass, result, api_key=API_KEY)
    if step_id == "account":
        result = await submit(hass, result, account=example.account)
    assert_form(result, step_id, {"base": error})

    providers.serve(example)
    if step_id == "credentials":
        result = await submit(hass, result, api_key=API_KEY)
    if result["step_id"] == "account":
        result = await submit(hass, result, account=example.account)
    assert_created(await submit(hass, result), example)


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 500, "json": {}},
        {"status": 302, "headers": {"Location": "https://elsewhere.example"}},
        {"status": 403, "text": "<html>blocked</html>"},
    ],
    ids=["server error", "redirect", "firewall"],
)
@pytest.mark.usefixtures("mock_setup_entry")
async def test_unreachable_in_disguise(
    hass: HomeAssistant, providers: FakeProviders, answer: dict[str, Any]
) -> None:
    """Whatever does not come from the provider itself counts as no answer."""
    providers.serve(HYPERSTACK)
    providers.answer(HYPERSTACK_BALANCE, **answer)
    result = await choose(hass, "hyperstack")
    result = await submit(hass, result, api_key=API_KEY)
    assert_form(result, "credentials", {"base": "cannot_connect"})

    providers.serve(HYPERSTACK)
    result = await submit(hass, result, api_key=API_KEY)
    assert_created(await submit(hass, result), HYPERSTACK)


@pytest.mark.usefixtures("mock_setup_entry")
async def test_key_that_reaches_no_account(hass: HomeAssistant, providers: FakeProviders) -> None:
    """A key without any organisation is told from a good one, and from a fault of ours."""
    providers.serve(STABILITY_AI)
    providers.answer(STABILITY_AI_IDENTITY, json=stability_ai_account())
    result = await choose(hass, "stability_ai")
    result = await submit(hass, result, api_key=API_KEY)
    assert_form(result, "credentials", {"base": "unexpected_response"})

    providers.serve(STABILITY_AI)
    result = await submit(hass, result, api_key=API_KEY)
    result = await submit(hass, result, account="org-1")
    assert_created(await submit(hass, result), STABILITY_AI)


@pytest.mark.parametrize(
    "api_key",
    ["", "  ", "key\x00for-tests", "key\nfor-tests", "schlüssel", "key\u2026tests"],
)
@pytest.mark.usefixtures("mock_setup_entry")
async def test_what_cannot_be_a_key(
    hass: HomeAssistant, providers: FakeProviders, api_key: str
) -> None:
    """An impossible key is refused without a request, in particular one that breaks headers."""
    providers.serve(OPENROUTER)
    result = await choose(hass, "openrouter")
    result = await submit(hass, result, api_key=api_key)
    assert_form(result, "credentials", {"base": "invalid_auth"})
    assert not providers.requests

    result = await submit(hass, result, api_key=API_KEY)
    assert_created(await submit(hass, result), OPENROUTER)


@pytest.mark.parametrize(
    ("example", "pasted"),
    [
        (OPENROUTER, f"  {API_KEY}\n"),
        (OPENROUTER, f"Bearer {API_KEY}"),
        (OPENROUTER, f"bearer   {API_KEY} "),
        (SMS_WORKS, f"JWT {API_KEY}"),
        (SMS_WORKS, f"Bearer {API_KEY}"),
    ],
)
@pytest.mark.usefixtures("mock_setup_entry")
async def test_what_is_pasted_along_with_a_key(
    hass: HomeAssistant, providers: FakeProviders, example: Example, pasted: str
) -> None:
    """Spaces and the name of the scheme are not part of a key."""
    providers.serve(example)
    assert_created(await add(hass, example.with_key(pasted)), example)
    assert providers.headers["Authorization"].split() == [
        "JWT" if example is SMS_WORKS else "Bearer",
        API_KEY,
    ]


# What one provider does and others do not


@pytest.mark.usefixtures("mock_setup_entry")
async def test_key_that_may_not_tell_its_account(
    hass: HomeAssistant, providers: FakeProviders
) -> None:
    """A key without the right to the organisation is good, but has no id."""
    providers.serve(HYPERSTACK)
    providers.answer(HYPERSTACK_IDENTITY, **ERRORS["forbidden"])
    result = await add(hass, HYPERSTACK)
    assert result["title"] == "Hyperstack"
    assert result["result"].unique_id is None
    assert result["data"] == HYPERSTACK.data | {"account": None}


@pytest.mark.usefixtures("mock_setup_entry")
async def test_plain_key_at_openrouter(hass: HomeAssistant, providers: FakeProviders) -> None:
    """A key that may not read the account shows its own limit instead."""
    providers.answer(OPENROUTER_BALANCE, **ERRORS["forbidden"])
    providers.answer(
        OPENROUTER_KEY,
        json={"data": {"label": "sk-…", "limit": 20, "limit_remaining": 12.5, "usage": 7.5}},
    )
    result = await choose(hass, "openrouter")
    result = await submit(hass, result, api_key=API_KEY)
    assert result["description_placeholders"]["balances"] == "12.50 USD"
    result = await submit(hass, result)
    assert result["data"] == OPENROUTER.data | {"variant": "key"}


@pytest.mark.usefixtures("mock_setup_entry")
async def test_unlimited_key_at_openrouter(hass: HomeAssistant, providers: FakeProviders) -> None:
    """A key without a limit has an unknown balance."""
    providers.answer(OPENROUTER_BALANCE, **ERRORS["forbidden"])
    providers.answer(
        OPENROUTER_KEY, json={"data": {"limit": None, "limit_remaining": None, "usage": 7.5}}
    )
    result = await choose(hass, "openrouter")
    result = await submit(hass, result, api_key=API_KEY)
    assert result["description_placeholders"]["balances"] == "? USD"
    assert suggested(result, "low_balance") is None


@pytest.mark.usefixtures("mock_setup_entry")
async def test_first_generation_of_stability_ai(
    hass: HomeAssistant, providers: FakeProviders
) -> None:
    """Where the present API does not exist, its predecessor is used and remembered."""
    base = "https://api.stability.ai"
    providers.answer(STABILITY_AI_IDENTITY, status=404, json={})
    providers.answer(
        f"{base}/v1alpha/user/account",
        json=stability_ai_account(stability_ai_organization(1, default=True)),
    )
    providers.answer(f"{base}/v1alpha/user/balance", json={"credits": 1})
    result = await add(hass, STABILITY_AI)
    assert result["data"] == STABILITY_AI.data | {"variant": "v1alpha"}


# Accounts that are there already


@pytest.mark.parametrize("example", [HYPERSTACK, SMS_WORKS], ids=lambda example: example.provider)
async def test_account_is_recognised_by_its_id(
    hass: HomeAssistant,
    providers: FakeProviders,
    example: Example,
    mock_config_entry: MockConfigEntry,
) -> None:
    """The same account is not added twice, not even with another key."""
    mock_config_entry.add_to_hass(hass)
    providers.serve(example)
    result = await choose(hass, example.provider)
    result = await submit(hass, result, api_key=NEW_KEY)
    assert_already_configured(result, mock_config_entry)


@pytest.mark.parametrize(
    "example", [AGENTTOOLKIT, DEEPSEEK, OPENROUTER], ids=lambda example: example.provider
)
@pytest.mark.parametrize("pasted", [API_KEY, f"Bearer {API_KEY} "])
async def test_account_without_id_is_recognised_by_its_credentials(
    hass: HomeAssistant,
    providers: FakeProviders,
    example: Example,
    mock_config_entry: MockConfigEntry,
    pasted: str,
) -> None:
    """Where a provider tells no id, at least the same key is not added twice."""
    mock_config_entry.add_to_hass(hass)
    providers.serve(example)
    result = await choose(hass, example.provider)
    result = await submit(hass, result, api_key=pasted)
    assert_already_configured(result, mock_config_entry)


@pytest.mark.usefixtures("mock_setup_entry")
async def test_same_key_at_two_providers(hass: HomeAssistant, providers: FakeProviders) -> None:
    """Credentials are compared within a provider only."""
    OPENROUTER.entry().add_to_hass(hass)
    providers.serve(DEEPSEEK)
    assert_created(await add(hass, DEEPSEEK), DEEPSEEK)


@pytest.mark.usefixtures("mock_setup_entry")
async def test_accounts_without_id_have_distinct_titles(
    hass: HomeAssistant, providers: FakeProviders
) -> None:
    """A second and a third account of a provider are told apart by a number."""
    providers.serve(DEEPSEEK)
    titles = [(await add(hass, DEEPSEEK.with_key(f"key-{number}")))["title"] for number in range(3)]
    assert titles == ["DeepSeek", "DeepSeek 2", "DeepSeek 3"]


@pytest.mark.usefixtures("mock_setup_entry")
async def test_organisations_of_the_same_name_have_distinct_titles(
    hass: HomeAssistant, providers: FakeProviders
) -> None:
    """So are accounts with an id that happen to have the same name."""
    HYPERSTACK.entry().add_to_hass(hass)
    providers.serve(HYPERSTACK)
    providers.answer(HYPERSTACK_IDENTITY, json=hyperstack_organization(4712))
    result = await add(hass, HYPERSTACK.with_key(NEW_KEY))
    assert result["title"] == "Hyperstack Example Org 2"


@pytest.mark.usefixtures("mock_setup_entry")
async def test_second_organisation_with_the_same_key(
    hass: HomeAssistant, providers: FakeProviders
) -> None:
    """The same key adds each organisation once; those that are set up are not offered again."""
    providers.serve(STABILITY_AI)
    assert_created(await add(hass, STABILITY_AI), STABILITY_AI)
    assert providers.headers["Organization"] == "org-1"

    result = await choose(hass, "stability_ai")
    result = await submit(hass, result, api_key=API_KEY)
    assert_form(result, "account")
    assert offered(result, "account") == ["Studio 2"]
    result = await submit(hass, result, account="org-2")
    assert providers.headers["Organization"] == "org-2"
    result = await submit(hass, result)
    assert result["title"] == "Stability AI Studio 2"
    assert result["result"].unique_id == "stability_ai_org-2"

    result = await choose(hass, "stability_ai")
    result = await submit(hass, result, api_key=API_KEY)
    assert_already_configured(result, *hass.config_entries.async_entries(DOMAIN))


@pytest.mark.usefixtures("mock_setup_entry")
async def test_only_organisation_of_a_key(hass: HomeAssistant, providers: FakeProviders) -> None:
    """Where there is nothing to choose from, there is no such step."""
    providers.serve(STABILITY_AI)
    providers.answer(STABILITY_AI_IDENTITY, json=stability_ai_account(stability_ai_organization(1)))
    result = await choose(hass, "stability_ai")
    result = await submit(hass, result, api_key=API_KEY)
    assert_form(result, "alerts")
    assert_created(await submit(hass, result), STABILITY_AI)


@pytest.mark.usefixtures("mock_setup_entry")
async def test_organisation_that_has_just_been_added(
    hass: HomeAssistant, providers: FakeProviders
) -> None:
    """An organisation can be added elsewhere while a form still offers it."""
    providers.serve(STABILITY_AI)
    stale = await choose(hass, "stability_ai")
    stale = await submit(hass, stale, api_key=API_KEY)
    assert_form(stale, "account")

    assert_created(await add(hass, STABILITY_AI), STABILITY_AI)
    assert_aborted(await submit(hass, stale, account="org-1"), "already_configured")


@pytest.mark.usefixtures("mock_setup_entry")
async def test_same_credentials_in_two_flows_at_once(
    hass: HomeAssistant, providers: FakeProviders
) -> None:
    """An account without id can be added elsewhere while the last step is still open."""
    providers.serve(DEEPSEEK)
    stale = await choose(hass, "deepseek")
    stale = await submit(hass, stale, api_key=API_KEY)
    assert_form(stale, "alerts")

    assert_created(await add(hass, DEEPSEEK), DEEPSEEK)
    assert_aborted(await submit(hass, stale), "already_configured")


# New credentials for an account


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("me@example.com", r"Hyperstack me\@example.com"),
        ("![](https://example.com/a)", r"Hyperstack !\[\](https\://example.com/a)"),
    ],
)
async def test_name_that_would_be_markdown(
    hass: HomeAssistant, providers: FakeProviders, name: str, shown: str
) -> None:
    """A name that the provider tells is shown as it is, wherever a text has it."""
    providers.serve(HYPERSTACK)
    entry = await set_up(hass, HYPERSTACK.entry(title=f"Hyperstack {name}"))
    again = await submit(hass, await choose(hass, "hyperstack"), api_key=API_KEY)
    options = await hass.config_entries.options.async_init(entry.entry_id)
    reauth = await start_replacing(hass, entry, "reauth_confirm")
    providers.answer(HYPERSTACK_IDENTITY, json=hyperstack_organization(4712, name))
    another = await submit(hass, await choose(hass, "hyperstack"), api_key=API_KEY)
    assert {
        again["description_placeholders"]["accounts"],
        options["description_placeholders"]["account"],
        reauth["description_placeholders"]["name"],
        another["description_placeholders"]["account"].removesuffix(" 2"),
    } == {shown}


@pytest.mark.parametrize("step_id", REPLACING_STEPS)
@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
async def test_replacing_the_credentials(
    hass: HomeAssistant,
    providers: FakeProviders,
    example: Example,
    mock_config_entry: MockConfigEntry,
    step_id: str,
) -> None:
    """Other credentials of the same account take the place of the present ones."""
    providers.serve(example)
    mock_config_entry.add_to_hass(hass)
    hass.config_entries.async_update_entry(mock_config_entry, options=ALERTS)

    result = await start_replacing(hass, mock_config_entry, step_id)
    assert selector(result, "api_key").config["type"] == "password"
    assert suggested(result, "api_key") is None
    placeholders = result["description_placeholders"]
    assert placeholders["provider"] == example.name
    assert placeholders["keys_url"] == example.keys_url
    if step_id == "reauth_confirm":
        assert placeholders["name"] == example.title

    assert_aborted(await submit(hass, result, api_key=f" {NEW_KEY} "), SUCCESS[step_id])
    assert mock_config_entry.data == example.with_key(NEW_KEY).data
    assert mock_config_entry.unique_id == example.unique_id
    assert mock_config_entry.options == ALERTS
    assert mock_config_entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("step_id", REPLACING_STEPS)
@pytest.mark.parametrize(
    ("url", "error"),
    [
        *((HYPERSTACK_BALANCE, error) for error in ERRORS),
        *((HYPERSTACK_IDENTITY, error) for error in ERRORS if error != "forbidden"),
    ],
)
async def test_replacing_fails_and_recovers(
    hass: HomeAssistant,
    providers: FakeProviders,
    mock_config_entry: MockConfigEntry,
    step_id: str,
    url: str,
    error: str,
) -> None:
    """The account keeps its credentials until others work."""
    providers.serve(HYPERSTACK)
    providers.answer(url, **ERRORS[error])
    mock_config_entry.add_to_hass(hass)
    result = await start_replacing(hass, mock_config_entry, step_id)
    result = await submit(hass, result, api_key=NEW_KEY)
    assert_form(result, step_id, {"base": error})
    assert mock_config_entry.data == HYPERSTACK.data

    providers.serve(HYPERSTACK)
    assert_aborted(await submit(hass, result, api_key=NEW_KEY), SUCCESS[step_id])
    assert mock_config_entry.data == HYPERSTACK.with_key(NEW_KEY).data


@pytest.mark.parametrize("step_id", REPLACING_STEPS)
async def test_replacing_by_a_key_that_reaches_no_account(
    hass: HomeAssistant, providers: FakeProviders, step_id: str
) -> None:
    """A key without any organisation does not take the place of a good one."""
    providers.serve(STABILITY_AI)
    providers.answer(STABILITY_AI_IDENTITY, json=stability_ai_account())
    entry = STABILITY_AI.entry()
    entry.add_to_hass(hass)
    result = await start_replacing(hass, entry, step_id)
    result = await submit(hass, result, api_key=NEW_KEY)
    assert_form(result, step_id, {"base": "unexpected_response"})

    providers.serve(STABILITY_AI)
    assert_aborted(await submit(hass, result, api_key=NEW_KEY), SUCCESS[step_id])


@pytest.mark.parametrize("step_id", REPLACING_STEPS)
@pytest.mark.parametrize("api_key", ["", "schlüssel", "key\nfor-tests"])
async def test_replacing_by_what_cannot_be_a_key(
    hass: HomeAssistant,
    providers: FakeProviders,
    mock_config_entry: MockConfigEntry,
    step_id: str,
    api_key: str,
) -> None:
    """An impossible key is refused here as well."""
    providers.serve(HYPERSTACK)
    mock_config_entry.add_to_hass(hass)
    result = await start_replacing(hass, mock_config_entry, step_id)
    result = await submit(hass, result, api_key=api_key)
    assert_form(result, step_id, {"base": "invalid_auth"})
    assert_aborted(await submit(hass, result, api_key=NEW_KEY), SUCCESS[step_id])


@pytest.mark.parametrize("step_id", REPLACING_STEPS)
async def test_the_same_key_again(
    hass: HomeAssistant, providers: FakeProviders, step_id: str
) -> None:
    """A key that has come to work again can simply be entered again."""
    providers.serve(DEEPSEEK)
    entry = DEEPSEEK.entry()
    entry.add_to_hass(hass)
    result = await start_replacing(hass, entry, step_id)
    assert_aborted(await submit(hass, result, api_key=API_KEY), SUCCESS[step_id])


@pytest.mark.parametrize("step_id", REPLACING_STEPS)
@pytest.mark.parametrize(
    ("example", "identity"),
    [
        (HYPERSTACK, hyperstack_organization(4712)),
        (SMS_WORKS, {"message": "customer-2"}),
        (
            STABILITY_AI,
            stability_ai_account(stability_ai_organization(2), stability_ai_organization(3)),
        ),
    ],
    ids=["hyperstack", "sms_works", "stability_ai"],
)
async def test_key_of_another_account(
    hass: HomeAssistant,
    providers: FakeProviders,
    example: Example,
    mock_config_entry: MockConfigEntry,
    step_id: str,
    identity: dict[str, Any],
) -> None:
    """A key of another account is refused, and the account stays as it is."""
    providers.serve(example)
    providers.answer(example.identity_url, json=identity)
    mock_config_entry.add_to_hass(hass)
    result = await start_replacing(hass, mock_config_entry, step_id)
    assert_aborted(await submit(hass, result, api_key=NEW_KEY), "wrong_account")
    assert mock_config_entry.data == example.data


@pytest.mark.parametrize("step_id", REPLACING_STEPS)
async def test_organisation_is_kept(
    hass: HomeAssistant, providers: FakeProviders, step_id: str
) -> None:
    """A key that reaches several organisations is used for the one that the entry is about."""
    providers.serve(STABILITY_AI)
    entry = STABILITY_AI.entry(
        unique_id="stability_ai_org-2", data=STABILITY_AI.data | {"account": "org-2"}
    )
    entry.add_to_hass(hass)
    result = await start_replacing(hass, entry, step_id)
    assert_aborted(await submit(hass, result, api_key=NEW_KEY), SUCCESS[step_id])
    assert providers.headers["Organization"] == "org-2"
    assert entry.data == STABILITY_AI.with_key(NEW_KEY).data | {"account": "org-2"}


@pytest.mark.parametrize("step_id", REPLACING_STEPS)
async def test_key_without_id_for_an_account_with_one(
    hass: HomeAssistant,
    providers: FakeProviders,
    mock_config_entry: MockConfigEntry,
    step_id: str,
) -> None:
    """A key that may not tell its account is trusted, and the account stays known by its id."""
    providers.serve(HYPERSTACK)
    providers.answer(HYPERSTACK_IDENTITY, **ERRORS["forbidden"])
    mock_config_entry.add_to_hass(hass)
    result = await start_replacing(hass, mock_config_entry, step_id)
    assert_aborted(await submit(hass, result, api_key=NEW_KEY), SUCCESS[step_id])
    assert mock_config_entry.unique_id == HYPERSTACK.unique_id
    assert mock_config_entry.data["api_key"] == NEW_KEY
    assert mock_config_entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("step_id", REPLACING_STEPS)
async def test_id_appears(hass: HomeAssistant, providers: FakeProviders, step_id: str) -> None:
    """A key that tells its account gives an id to an account that had none."""
    providers.serve(HYPERSTACK)
    entry = HYPERSTACK.entry(unique_id=None, data=HYPERSTACK.data | {"account": None})
    entry.add_to_hass(hass)
    result = await start_replacing(hass, entry, step_id)
    assert_aborted(await submit(hass, result, api_key=NEW_KEY), SUCCESS[step_id])
    assert entry.unique_id == HYPERSTACK.unique_id
    assert entry.data == HYPERSTACK.with_key(NEW_KEY).data


@pytest.mark.parametrize("step_id", REPLACING_STEPS)
async def test_id_of_another_entry_appears(
    hass: HomeAssistant,
    providers: FakeProviders,
    mock_config_entry: MockConfigEntry,
    step_id: str,
) -> None:
    """An account without id does not become one that is there already."""
    providers.serve(HYPERSTACK)
    mock_config_entry.add_to_hass(hass)
    entry = HYPERSTACK.entry(unique_id=None, data=HYPERSTACK.data | {"account": None})
    entry.add_to_hass(hass)
    result = await start_replacing(hass, entry, step_id)
    result = await submit(hass, result, api_key=NEW_KEY)
    assert_already_configured(result, mock_config_entry)
    assert entry.unique_id is None


@pytest.mark.parametrize("step_id", REPLACING_STEPS)
async def test_credentials_of_another_entry(
    hass: HomeAssistant, providers: FakeProviders, step_id: str
) -> None:
    """An account without id does not take the credentials of another."""
    providers.serve(DEEPSEEK)
    other = DEEPSEEK.with_key(NEW_KEY).entry(title="Other")
    other.add_to_hass(hass)
    entry = DEEPSEEK.entry()
    entry.add_to_hass(hass)
    result = await start_replacing(hass, entry, step_id)
    assert_already_configured(await submit(hass, result, api_key=NEW_KEY), other)
    assert entry.data == DEEPSEEK.data


async def test_other_header_after_reconfiguring(
    hass: HomeAssistant, providers: FakeProviders
) -> None:
    """What the provider remembers of the way to it is found out anew."""
    providers.serve(AGENTTOOLKIT)
    entry = AGENTTOOLKIT.entry(data=AGENTTOOLKIT.data | {"variant": "x_api_key"})
    entry.add_to_hass(hass)
    result = await start_replacing(hass, entry, "reconfigure")
    assert_aborted(await submit(hass, result, api_key=NEW_KEY), "reconfigure_successful")
    assert entry.data == AGENTTOOLKIT.with_key(NEW_KEY).data


@pytest.mark.parametrize("step_id", REPLACING_STEPS)
async def test_new_credentials_end_a_pause(
    hass: HomeAssistant,
    providers: FakeProviders,
    mock_config_entry: MockConfigEntry,
    step_id: str,
) -> None:
    """A pause that the provider asked for does not hold back new credentials."""
    providers.serve(HYPERSTACK)
    mock_config_entry.add_to_hass(hass)
    keeper = async_get_keeper(hass, mock_config_entry)
    keeper.paused_until = dt_util.utcnow() + timedelta(hours=1)
    result = await start_replacing(hass, mock_config_entry, step_id)
    assert_aborted(await submit(hass, result, api_key=NEW_KEY), SUCCESS[step_id])
    assert mock_config_entry.state is ConfigEntryState.LOADED


# A provider with an id, a secret and a choice


@pytest.mark.usefixtures("vendor", "mock_setup_entry")
async def test_several_credentials(hass: HomeAssistant, providers: FakeProviders) -> None:
    """A provider can ask for more than a secret, and a wrong secret does not clear the rest."""
    result = await choose(hass, "vendor")
    assert_form(result, "credentials")
    assert isinstance(selector(result, "account_id"), TextSelector)
    assert selector(result, "account_id").config["type"] == "text"
    assert selector(result, "api_key").config["type"] == "password"
    assert selector(result, "region").config["options"] == ["eu", "us"]

    providers.answer(VENDOR_BALANCE, **ERRORS["invalid_auth"])
    result = await submit(hass, result, **VENDOR_CREDENTIALS)
    assert_form(result, "credentials", {"base": "invalid_auth"})
    assert suggested(result, "account_id") == "id-1"
    assert suggested(result, "region") == "eu"
    assert suggested(result, "api_key") is None

    for region in Vendor.regions.values():
        providers.answer(f"{region.base}/balance", json={"balance": 12})
    result = await submit(hass, result, **VENDOR_CREDENTIALS)
    result = await submit(hass, result)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert (
        result["data"]
        == {
            "provider": "vendor",
            "account": None,
            "variant": None,
        }
        | VENDOR_CREDENTIALS
    )


@pytest.mark.usefixtures("vendor_entry", "mock_setup_entry")
async def test_several_credentials_are_compared_together(hass: HomeAssistant) -> None:
    """Only the same id with the same secret in the same region is the same account."""
    result = await choose(hass, "vendor")
    assert_aborted(await submit(hass, result, **VENDOR_CREDENTIALS), "already_configured")

    result = await choose(hass, "vendor")
    result = await submit(hass, result, **VENDOR_CREDENTIALS | {"region": "us"})
    assert_form(result, "alerts")


@pytest.mark.parametrize("step_id", REPLACING_STEPS)
async def test_replacing_several_credentials(
    hass: HomeAssistant, providers: FakeProviders, vendor_entry: MockConfigEntry, step_id: str
) -> None:
    """What is not secret is filled in already, and a correction of it outlives an error."""
    result = await start_replacing(hass, vendor_entry, step_id)
    assert suggested(result, "account_id") == "id-1"
    assert suggested(result, "region") == "eu"
    assert suggested(result, "api_key") is None

    providers.answer("https://us.vendor.example/balance", **ERRORS["invalid_auth"])
    result = await submit(hass, result, account_id="id-2", api_key=NEW_KEY, region="us")
    assert_form(result, step_id, {"base": "invalid_auth"})
    assert suggested(result, "account_id") == "id-2"
    assert suggested(result, "region") == "us"
    assert suggested(result, "api_key") is None

    for region in Vendor.regions.values():
        providers.answer(f"{region.base}/balance", json={"balance": 12})
    result = await submit(hass, result, account_id="id-2", api_key=NEW_KEY, region="us")
    assert_aborted(result, SUCCESS[step_id])
    assert vendor_entry.data["account_id"] == "id-2"
    assert vendor_entry.data["api_key"] == NEW_KEY
    assert vendor_entry.data["region"] == "us"


@pytest.mark.usefixtures("vendor")
async def test_unknown_choice_is_refused(hass: HomeAssistant) -> None:
    """Only what is offered can be chosen."""
    result = await choose(hass, "vendor")
    with pytest.raises(InvalidData):
        await submit(hass, result, **VENDOR_CREDENTIALS | {"region": "elsewhere"})


@pytest.mark.filterwarnings("ignore::aiohttp.web.NotAppKeyWarning")
async def test_forms_can_be_shown(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, providers: FakeProviders
) -> None:
    """Every form reaches the browser, with secrets to be typed unseen."""
    assert await async_setup_component(hass, "config", {})
    providers.serve(STABILITY_AI)
    client = await hass_client()
    path = "/api/config/config_entries/flow"

    response = await client.post(path, json={"handler": DOMAIN})
    result = await response.json()
    steps = {}
    for user_input in (
        {"provider": "stability_ai"},
        {"api_key": API_KEY},
        {"account": "org-2"},
        {"low_balance": 1},
    ):
        steps[result["step_id"]] = {field["name"] for field in result["data_schema"]}
        response = await client.post(f"{path}/{result['flow_id']}", json=user_input)
        result = await response.json()
    assert steps == {
        "user": {"provider"},
        "credentials": {"api_key"},
        "account": {"account"},
        "alerts": {"low_balance", "runway_days"},
    }
    assert result["type"] == "create_entry"
    assert API_KEY not in str(result)
    await hass.async_block_till_done()


# Options


@pytest.fixture
async def loaded_entry(
    hass: HomeAssistant, providers: FakeProviders, mock_config_entry: MockConfigEntry
) -> MockConfigEntry:
    """Return an account that is set up, with both alerts."""
    providers.serve(HYPERSTACK)
    mock_config_entry.add_to_hass(hass)
    hass.config_entries.async_update_entry(mock_config_entry, options=ALERTS)
    await hass.config_entries.async_setup(mock_config_entry.entry_id)
    await hass.async_block_till_done()
    return mock_config_entry


async def change_options(
    hass: HomeAssistant, entry: MockConfigEntry, **options: Any
) -> ConfigFlowResult:
    """Change an account's options to just these."""
    result = await hass.config_entries.options.async_init(entry.entry_id)
    result = await hass.config_entries.options.async_configure(result["flow_id"], options)
    await hass.async_block_till_done()
    return result


async def test_options_are_shown(hass: HomeAssistant, loaded_entry: MockConfigEntry) -> None:
    """The form has the values that hold now, and the provider's interval where none was set."""
    result = await hass.config_entries.options.async_init(loaded_entry.entry_id)
    assert_form(result, "init")
    assert result["description_placeholders"] == {
        "provider": "Hyperstack",
        "docs_url": page_about(Hyperstack),
        "account": "Hyperstack Example Org",
        "balances": "28.15 USD",
        "lowest": "5",
        "highest": "1440",
        "several_currencies": "",
        "other_balances": "",
    }
    assert suggested(result, "low_balance") == 5
    assert suggested(result, "runway_days") == 7
    assert result["data_schema"](ALERTS) == ALERTS | {
        "update_interval": 15,
        "unreadable_after": 24,
    }
    assert selector(result, "low_balance").config["unit_of_measurement"] == "USD"

    await change_options(hass, loaded_entry, **ALERTS, update_interval=60)
    result = await hass.config_entries.options.async_init(loaded_entry.entry_id)
    assert suggested(result, "update_interval") == 60


@pytest.mark.parametrize("nonsense", ["nan", float("nan"), float("inf"), -5, None, True])
async def test_nonsense_is_not_shown(
    hass: HomeAssistant, mock_config_entry: MockConfigEntry, nonsense: Any
) -> None:
    """A form is not filled in with what was stored and makes no sense."""
    mock_config_entry.add_to_hass(hass)
    stored = dict.fromkeys(("low_balance", "runway_days", "update_interval"), nonsense)
    hass.config_entries.async_update_entry(mock_config_entry, options=stored)
    result = await hass.config_entries.options.async_init(mock_config_entry.entry_id)
    assert_form(result, "init")
    for option in ("low_balance", "runway_days"):
        assert suggested(result, option) is None
    assert result["data_schema"]({}) == {"update_interval": 15, "unreadable_after": 24}


async def test_options_take_effect(
    hass: HomeAssistant, providers: FakeProviders, loaded_entry: MockConfigEntry
) -> None:
    """Changed options are kept, and the account is read anew with them."""
    requests = len(providers.requests)
    options = {
        "low_balance": 50.0,
        "runway_days": 3.0,
        "update_interval": 60.0,
        "unreadable_after": 48.0,
    }
    result = await change_options(hass, loaded_entry, **options)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert loaded_entry.options == options
    assert loaded_entry.state is ConfigEntryState.LOADED
    assert loaded_entry.runtime_data.interval == timedelta(hours=1)
    assert len(providers.requests) == requests + 1


async def test_unchanged_options_change_nothing(
    hass: HomeAssistant, providers: FakeProviders, loaded_entry: MockConfigEntry
) -> None:
    """An account is not read anew for options that it had already."""
    await change_options(hass, loaded_entry, **ALERTS, update_interval=15)
    requests = len(providers.requests)
    await change_options(hass, loaded_entry, **ALERTS, update_interval=15)
    assert len(providers.requests) == requests


async def test_alerts_are_cleared(hass: HomeAssistant, loaded_entry: MockConfigEntry) -> None:
    """A field that is emptied leaves nothing behind."""
    await change_options(hass, loaded_entry, update_interval=15)
    assert loaded_entry.options == {"update_interval": 15, "unreadable_after": 24}


@pytest.mark.parametrize(
    ("option", "value"),
    [*NO_ALERTS, *(("update_interval", value) for value in (*NO_NUMBERS, 4, 24 * 60 + 1, -60))],
)
async def test_options_have_limits(
    hass: HomeAssistant, loaded_entry: MockConfigEntry, option: str, value: Any
) -> None:
    """What is no number, or none within the limits, is refused at its field and not stored."""
    result = await change_options(hass, loaded_entry, **{"update_interval": 15, option: value})
    assert_form(result, "init", {option: f"{option}_limits"})
    assert loaded_entry.options == ALERTS
    await change_options(hass, loaded_entry, update_interval=5)
    assert loaded_entry.runtime_data.interval == timedelta(minutes=5)


async def test_minimum_is_the_providers(hass: HomeAssistant, vendor_entry: MockConfigEntry) -> None:
    """A provider that allows fewer requests has a higher minimum."""
    result = await change_options(hass, vendor_entry, update_interval=9)
    assert_form(result, "init", {"update_interval": "update_interval_limits"})
    await change_options(hass, vendor_entry, update_interval=10)
    assert vendor_entry.options == {"update_interval": 10, "unreadable_after": 24}


async def test_options_while_not_loaded(
    hass: HomeAssistant, providers: FakeProviders, mock_config_entry: MockConfigEntry
) -> None:
    """Options can be changed while the provider is out of reach, if without a unit."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["cannot_connect"])
    mock_config_entry.add_to_hass(hass)
    await hass.config_entries.async_setup(mock_config_entry.entry_id)
    assert mock_config_entry.state is ConfigEntryState.SETUP_RETRY

    result = await hass.config_entries.options.async_init(mock_config_entry.entry_id)
    assert_form(result, "init")
    assert "unit_of_measurement" not in selector(result, "low_balance").config
    result = await hass.config_entries.options.async_configure(
        result["flow_id"], {"low_balance": 3, "update_interval": 30, "unreadable_after": 12}
    )
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert mock_config_entry.options == {
        "low_balance": 3,
        "update_interval": 30,
        "unreadable_after": 12,
    }

    providers.serve(HYPERSTACK)
    await hass.config_entries.async_reload(mock_config_entry.entry_id)
    assert mock_config_entry.state is ConfigEntryState.LOADED


# Amounts


@pytest.mark.parametrize(
    ("amounts", "suggestion"),
    [
        (["100"], 20),
        (["28.147631028367705"], 6),
        (["0.63"], 0.1),
        (["0.0005"], 0.0001),
        (["1234567"], 200000),
        (["10", "500"], 100),
        ([None, "5"], 1),
        (["0"], None),
        (["-3"], None),
        ([None], None),
        ([], None),
    ],
)
def test_suggested_threshold(amounts: list[str | None], suggestion: float | None) -> None:
    """A fifth of what is there, as a round number; nothing where nothing is left."""
    alerts = suggested_alerts([balance(amount) for amount in amounts])
    assert alerts == {"low_balance": suggestion, "runway_days": 7}


def balance(amount: str | None) -> Reading:
    """Return a balance."""
    return Reading(kind=BALANCE, value=None if amount is None else Decimal(amount), unit="USD")
