"""Another service: asked, picked, looked at, changed, and given another key, form by form."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    get_schema_suggested_value,
)
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker

from custom_components.api_credits.const import DOMAIN
from custom_components.api_credits.diagnostics import async_get_config_entry_diagnostics
from custom_components.api_credits.system_health import system_health_info
from homeassistant.config_entries import SOURCE_USER, ConfigEntryState, ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData, section
from homeassistant.helpers import device_registry as dr, issue_registry as ir
from sandbox.shapes import SHAPES, Shape

from .conftest import poll, set_up, state_of

KEY = "key-for-tests"
URL = "https://api.example.com/balance"
LEFT = Decimal("12.50")
GOOD = '{"balance": 12.50, "used": 3, "currency": "USD", "errorId": 0}'
REQUEST = {"name": "Mine", "url": URL, "auth": "bearer", "secret": KEY}
PICK = {"balance": "1", "unit": "USD", "divisor": "1"}
ADDED = {
    "provider": "custom",
    "url": URL,
    "method": "GET",
    "auth": "bearer",
    "auth_name": "",
    "prefix": "",
    "headers": {},
    "api_key": KEY,
    "body": "",
    "verify_ssl": True,
    "local": False,
    "fields": {
        "balance": {
            "path": ["balance"],
            "minus": None,
            "divisor": "1",
            "negative": False,
            "unit": "USD",
        }
    },
    "account": None,
    "variant": None,
}


@pytest.fixture
def entry() -> MockConfigEntry:
    """Return an account that was added as usual."""
    return MockConfigEntry(domain=DOMAIN, title="Mine", data=ADDED)


@pytest.fixture
def answer(aioclient_mock: AiohttpClientMocker) -> Any:
    """Return a function that says what the service answers from now on."""

    def say(text: str | bytes = GOOD, url: str = URL, **more: Any) -> None:
        aioclient_mock.clear_requests()
        content = {"content": text} if isinstance(text, bytes) else {"text": text}
        aioclient_mock.get(url, **content, **more)

    say()
    return say


async def begin(hass: HomeAssistant) -> ConfigFlowResult:
    """Choose another service."""
    flow = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    return await submit(hass, flow, provider="custom")


async def submit(hass: HomeAssistant, flow: ConfigFlowResult, /, **given: Any) -> ConfigFlowResult:
    """Fill in a form."""
    result = await hass.config_entries.flow.async_configure(flow["flow_id"], given)
    await hass.async_block_till_done()
    return result


async def choose(hass: HomeAssistant, flow: ConfigFlowResult, step: str) -> ConfigFlowResult:
    """Choose from a menu."""
    return await submit(hass, flow, next_step_id=step)


async def ask(hass: HomeAssistant, **request: Any) -> ConfigFlowResult:
    """Enter a request."""
    return await submit(hass, await begin(hass), **REQUEST | request)


def schema(flow: Mapping[str, Any], *, folded: bool = False) -> dict[Any, Any]:
    """Return the fields of a form, or those that are folded away."""
    fields: dict[Any, Any] = flow["data_schema"].schema
    if not folded:
        return fields
    (more,) = (field for field in fields.values() if isinstance(field, section))
    found: dict[Any, Any] = more.schema.schema
    return found


def labels(flow: Mapping[str, Any], name: str, *, folded: bool = False) -> dict[str, str]:
    """Return the choices of a field, by their labels."""
    options = schema(flow, folded=folded)[name].config["options"]
    return {option["label"]: option["value"] for option in options}


def suggested(flow: Mapping[str, Any], name: str, *, folded: bool = False) -> Any:
    """Return what a field is filled in with."""
    return get_schema_suggested_value(schema(flow, folded=folded), name)


def default(flow: Mapping[str, Any], name: str) -> Any:
    """Return what is chosen in a field at first, if anything is."""
    (marker,) = (marker for marker in schema(flow) if marker == name)
    found = marker.default
    return found() if callable(found) else None


def picked(flow: ConfigFlowResult, shape: Shape) -> dict[str, Any]:
    """Return how the number of a shape is picked."""
    more: dict[str, Any] = {"sign": shape.sign}
    if shape.used:
        more["used"] = labels(flow, "used", folded=True)[shape.used]
    return {
        "balance": labels(flow, "balance")[shape.pick],
        "unit": shape.unit,
        "divisor": shape.divisor,
        "more": more,
    }


@pytest.mark.parametrize("name", [name for name, shape in SHAPES.items() if not shape.error])
async def test_every_shape(hass: HomeAssistant, answer: Any, name: str) -> None:
    """A number of any shape is picked by what is shown, and read the same at the next poll."""
    shape = SHAPES[name]
    answer(shape.answer(LEFT, 0))
    flow = await ask(hass)
    assert flow["step_id"] == "custom_balance"
    assert all(len(label) <= 60 for label in labels(flow, "balance"))

    flow = await submit(hass, flow, **picked(flow, shape))
    assert (flow["type"], flow["step_id"]) == (FlowResultType.MENU, "custom_confirm")
    shown = f"12.5{'0' if shape.unit.isupper() else ''} {shape.unit}"
    assert flow["description_placeholders"] == {"balances": shown}
    if shape.more:
        flow = await choose(hass, flow, "custom_readings")
        flow = await submit(
            hass, flow, **{key: labels(flow, key)[label] for key, label in shape.more.items()}
        )
    flow = await choose(hass, flow, "custom_done")
    assert flow["step_id"] == "alerts"
    flow = await submit(hass, flow)
    assert flow["type"] is FlowResultType.CREATE_ENTRY
    assert Decimal(state_of(hass, "sensor.mine_balance")) == LEFT
    if "limit" in shape.more:
        assert state_of(hass, "sensor.mine_limit") == "10000"

    answer(shape.answer(Decimal("7.25"), 1))
    await poll(hass, flow["result"])
    assert Decimal(state_of(hass, "sensor.mine_balance")) == Decimal("7.25")


@pytest.mark.parametrize("name", [name for name, shape in SHAPES.items() if shape.error])
async def test_shapes_without_a_balance(hass: HomeAssistant, answer: Any, name: str) -> None:
    """Each has an error of its own on the form, and the next answer is taken."""
    shape = SHAPES[name]
    answer(shape.answer(LEFT, 0), status=shape.status)
    flow = await ask(hass)
    assert (flow["step_id"], flow["errors"]) == ("custom", {"base": shape.error})
    answer()
    assert (await submit(hass, flow, **REQUEST))["step_id"] == "custom_balance"


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"status": 401}, "invalid_auth"),
        ({"status": 403, "text": "{}"}, "forbidden"),
        ({"status": 403, "text": "<html>"}, "cannot_connect"),
        ({"status": 418}, "unexpected_response"),
        ({"status": 429}, "rate_limited"),
        ({"status": 302}, "redirected"),
        ({"status": 500}, "cannot_connect"),
        ({"exc": TimeoutError()}, "cannot_connect"),
        ({"exc": RuntimeError("a fault of ours")}, "unknown"),
    ],
)
async def test_services_that_do_not_answer(
    hass: HomeAssistant, answer: Any, given: dict[str, Any], error: str
) -> None:
    """What goes wrong is said on the form, and can be put right."""
    answer(**{"text": "", **given})
    flow = await ask(hass)
    assert flow["errors"] == {"base": error}
    answer()
    assert (await submit(hass, flow, **REQUEST))["step_id"] == "custom_balance"


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"url": "api.example.com"}, "invalid_url"),
        ({"url": "http://api.example.com/balance"}, "http_not_local"),
        ({"url": "http://169.254.169.254/latest"}, "address_refused"),
        ({"more": {"verify_ssl": False}}, "unverified_not_local"),
        ({"secret": ""}, "secret_missing"),
        ({"secret": "two words"}, "invalid_auth"),
        ({"name": " "}, "name_missing"),
        ({"auth": "header"}, "auth_name_missing"),
        ({"auth": "header", "auth_name": "Cookie"}, "invalid_header"),
        ({"auth": "header", "auth_name": "X", "more": {"prefix": "é"}}, "invalid_prefix"),
        ({"more": {"headers": [{"name": "Host", "value": "x"}]}}, "invalid_header"),
        ({"more": {"body": "{}"}}, "body_without_post"),
        ({"more": {"body": "{", "method": "POST"}}, "invalid_body"),
    ],
)
async def test_requests_that_are_none(
    hass: HomeAssistant,
    answer: Any,
    aioclient_mock: AiohttpClientMocker,
    given: dict[str, Any],
    error: str,
) -> None:
    """What cannot be asked is not asked, and said in its own words."""
    flow = await ask(hass, **given)
    assert (flow["step_id"], flow["errors"]) == ("custom", {"base": error})
    assert not aioclient_mock.mock_calls
    assert (await submit(hass, flow, **REQUEST))["step_id"] == "custom_balance"


async def test_three_forms(hass: HomeAssistant, answer: Any) -> None:
    """The common case is an address and a key, a number, and thresholds."""
    flow = await begin(hass)
    assert flow["step_id"] == "custom"
    assert [str(name) for name in schema(flow)] == [
        "name",
        "url",
        "auth",
        "auth_name",
        "secret",
        "more",
    ]
    assert default(flow, "auth") == "bearer"
    flow = await submit(hass, flow, **REQUEST)
    assert list(labels(flow, "balance")) == ["balance: 12.50", "used: 3", "errorId: 0"]
    assert (default(flow, "balance"), default(flow, "unit")) == ("1", "USD")
    assert default(flow, "divisor") == "1"
    assert schema(flow)["unit"].config["options"][:3] == ["USD", "EUR", "GBP"]
    flow = await submit(hass, flow, **PICK)
    flow = await choose(hass, flow, "custom_done")
    assert flow["description_placeholders"]["account"] == "Mine"
    assert flow["description_placeholders"]["balances"] == "12.50 USD"
    flow = await submit(hass, flow, low_balance=5)
    assert (flow["title"], flow["data"]) == ("Mine", ADDED)
    assert flow["options"] == {"low_balance": 5}
    assert flow["result"].unique_id is None
    (device,) = dr.async_entries_for_config_entry(dr.async_get(hass), flow["result"].entry_id)
    assert (device.name, device.manufacturer) == ("Mine", "api.example.com")
    assert device.configuration_url == "https://api.example.com"


async def test_unit_that_is_not_known(hass: HomeAssistant, answer: Any) -> None:
    """Where nothing says the unit, none is chosen for the person."""
    answer('{"points": 5}')
    flow = await ask(hass)
    assert default(flow, "unit") is None
    with pytest.raises(InvalidData):
        await submit(hass, flow, balance="1", divisor="1")
    flow = await submit(hass, flow, **PICK | {"unit": "points"})
    assert flow["description_placeholders"] == {"balances": "5 points"}


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"divisor": "0"}, "invalid_divisor"),
        ({"divisor": "many"}, "invalid_divisor"),
        ({"unit": " "}, "invalid_unit"),
        ({"unit": "u" * 21}, "invalid_unit"),
    ],
)
async def test_picks_that_are_none(
    hass: HomeAssistant, answer: Any, given: dict[str, str], error: str
) -> None:
    """What cannot be is said, and what was picked stays."""
    flow = await ask(hass)
    flow = await submit(hass, flow, **PICK | {"balance": "2"} | given)
    assert (flow["step_id"], flow["errors"]) == ("custom_balance", {"base": error})
    assert suggested(flow, "balance") == "2"
    assert (await submit(hass, flow, **PICK))["step_id"] == "custom_confirm"


async def test_answer_that_changes_while_one_picks(hass: HomeAssistant, answer: Any) -> None:
    """What was picked is read anew, so that it is told if it is not there."""
    flow = await ask(hass)
    answer('{"points": 5}')
    flow = await submit(hass, flow, **PICK)
    assert (flow["step_id"], flow["errors"]) == ("custom_balance", {"base": "unexpected_response"})
    answer()
    flow = await submit(hass, flow, **PICK)
    flow = await choose(hass, flow, "custom_readings")
    answer(status=429)
    flow = await submit(hass, flow, used="2")
    assert (flow["step_id"], flow["errors"]) == ("custom_readings", {"base": "rate_limited"})
    assert suggested(flow, "used") == "2"
    answer()
    flow = await submit(hass, flow, used="2")
    assert flow["step_id"] == "custom_confirm"


async def test_back_to_the_numbers(hass: HomeAssistant, answer: Any) -> None:
    """A person who sees that it is wrong picks again, with what there was filled in."""
    flow = await submit(hass, await ask(hass), **PICK | {"balance": "2", "divisor": "100"})
    assert flow["description_placeholders"] == {"balances": "0.03 USD"}
    flow = await choose(hass, flow, "custom_balance")
    assert (suggested(flow, "balance"), suggested(flow, "divisor")) == ("2", "100")
    flow = await submit(hass, flow, **PICK)
    assert flow["description_placeholders"] == {"balances": "12.50 USD"}


async def test_field_that_says_an_error(
    hass: HomeAssistant, answer: Any, entry: MockConfigEntry
) -> None:
    """An answer that says an error in a field of its own is none, in the form and at a poll."""
    flow = await submit(hass, await ask(hass), **PICK)
    flow = await choose(hass, flow, "custom_readings")
    answer(GOOD.replace('"errorId": 0', '"errorId": 7'))
    flow = await submit(hass, flow, error_field="1")
    assert flow["errors"] == {"base": "says_error"}
    answer()
    flow = await submit(hass, flow, error_field="1")
    flow = await submit(hass, await choose(hass, flow, "custom_done"))
    assert flow["data"]["fields"]["error"] == {"path": ["errorId"], "value": "0"}

    answer(GOOD.replace('"errorId": 0', '"errorId": 7'))
    await poll(hass, flow["result"])
    assert state_of(hass, "sensor.mine_balance") == "unavailable"
    assert flow["result"].runtime_data.last_exception.translation_key == "says_error"
    answer()
    await poll(hass, flow["result"])
    assert state_of(hass, "sensor.mine_balance") == "12.50"


async def test_no_field_that_may_say_an_error(hass: HomeAssistant, answer: Any) -> None:
    """Where no field sounds like it, none is offered."""
    answer('{"balance": 5}')
    flow = await choose(hass, await submit(hass, await ask(hass), **PICK), "custom_readings")
    assert [str(name) for name in schema(flow)] == ["used", "limit", "granted", "topped_up"]
    assert (await submit(hass, flow))["step_id"] == "custom_confirm"


@pytest.mark.parametrize(
    ("given", "headers", "params"),
    [
        ({}, {"Authorization": f"Bearer {KEY}"}, {}),
        ({"auth": "header", "auth_name": "X-API-Key"}, {"X-API-Key": KEY}, {}),
        (
            {"auth": "header", "auth_name": "Authorization", "more": {"prefix": "Token"}},
            {"Authorization": f"Token {KEY}"},
            {},
        ),
        (
            {"auth": "basic", "auth_name": "me"},
            {"Authorization": "Basic bWU6a2V5LWZvci10ZXN0cw=="},
            {},
        ),
        ({"auth": "query", "auth_name": "api_key"}, {}, {"api_key": KEY}),
        ({"auth": "none", "secret": ""}, {}, {}),
        (
            {"more": {"headers": [{"name": "Accept", "value": "text/json"}]}},
            {"Authorization": f"Bearer {KEY}", "Accept": "text/json"},
            {},
        ),
    ],
)
async def test_ways_for_the_key(
    hass: HomeAssistant,
    aioclient_mock: AiohttpClientMocker,
    given: dict[str, Any],
    headers: dict[str, str],
    params: dict[str, str],
) -> None:
    """The key goes where the service looks for it, and nowhere else."""
    aioclient_mock.get(URL, text=GOOD, params=params)
    flow = await ask(hass, **given)
    assert flow["step_id"] == "custom_balance"
    _, url, body, sent = aioclient_mock.mock_calls[-1]
    assert dict(url.query) == params
    assert body is None
    assert sent == {"Accept": "application/json", **headers}


async def test_body(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """A service may want to be asked with a body, which holds the key."""
    aioclient_mock.post(URL, text=GOOD)
    more = {"method": "POST", "body": f'{{"clientKey": "{KEY}"}}'}
    flow = await ask(hass, auth="none", secret="", more=more)
    assert flow["step_id"] == "custom_balance"
    assert aioclient_mock.mock_calls[-1][2] == {"clientKey": KEY}


async def test_same_service_twice(hass: HomeAssistant, answer: Any, entry: MockConfigEntry) -> None:
    """The same address with the same key is there once; with another key it is another account."""
    await set_up(hass, entry)
    flow = await ask(hass)
    assert (flow["type"], flow["reason"]) == (FlowResultType.ABORT, "already_configured")
    assert flow["description_placeholders"] == {"accounts": "Mine"}
    flow = await submit(hass, await ask(hass, secret="another-key"), **PICK)
    flow = await submit(hass, await choose(hass, flow, "custom_done"))
    assert flow["title"] == "Mine 2"


async def test_unknown_name_leads_here(hass: HomeAssistant) -> None:
    """The last choice is another service, by its name as well, with the link to ask beside it."""
    flow = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    assert list(labels(flow, "provider").values())[-1] == "custom"
    flow = await submit(hass, flow, provider="Some Cloud")
    assert flow["errors"] == {"base": "unknown_provider"}
    assert flow["description_placeholders"]["request_url"].startswith("https://")
    assert (await submit(hass, flow, provider="another service"))["step_id"] == "custom"


async def test_secrets_are_not_shown_again(hass: HomeAssistant, answer: Any) -> None:
    """A form that comes back has neither the key, nor what may hold one; it need not be retyped."""
    answer(status=500, url=f"{URL}?key={KEY}")
    more = {"headers": [{"name": "X-One", "value": KEY}], "prefix": "Token"}
    flow = await ask(
        hass, url=f"{URL}?key={KEY}", auth="header", auth_name="X-Key", secret=KEY, more=more
    )
    assert flow["errors"] == {"base": "cannot_connect"}
    assert suggested(flow, "url") is None
    assert suggested(flow, "secret") is None
    assert (suggested(flow, "name"), suggested(flow, "auth_name")) == ("Mine", "X-Key")
    assert suggested(flow, "headers", folded=True) == [{"name": "X-One"}]
    assert suggested(flow, "prefix", folded=True) == "Token"
    assert suggested(flow, "body", folded=True) is None

    answer(url=f"{URL}?key={KEY}")
    more = {"headers": [{"name": "X-One"}], "prefix": "Token"}
    flow = await submit(hass, flow, name="Mine", auth="header", auth_name="X-Key", more=more)
    assert flow["step_id"] == "custom_balance"


# What else shows an account


async def test_diagnostics(hass: HomeAssistant, answer: Any, entry: MockConfigEntry) -> None:
    """They tell of what kind the request is, and no host, no path and no value of it."""
    await set_up(hass, entry)
    told = await async_get_config_entry_diagnostics(hass, entry)
    assert {key: told[key] for key in ("provider", "scheme", "local", "verify_ssl")} == {
        "provider": "custom",
        "scheme": "https",
        "local": False,
        "verify_ssl": True,
    }
    assert {key: told[key] for key in ("method", "auth", "headers", "steps")} == {
        "method": "GET",
        "auth": "bearer",
        "headers": 0,
        "steps": {"balance": 1},
    }
    answer(status=500)
    await poll(hass, entry)
    told = await async_get_config_entry_diagnostics(hass, entry)
    assert told["last_error"] == "** could not be reached (HTTP 500)"
    await hass.config_entries.async_unload(entry.entry_id)
    entry._async_set_state(hass, ConfigEntryState.SETUP_RETRY, "api.example.com: HTTP 500")
    told = await async_get_config_entry_diagnostics(hass, entry)
    assert told["reason"] == "**: HTTP 500"
    assert "example" not in str(told)


async def test_others_that_show_it(
    hass: HomeAssistant, answer: Any, entry: MockConfigEntry
) -> None:
    """The action and the repairs go by the host, and lead there; system health by the kind."""
    entry.add_to_hass(hass)
    hass.config_entries.async_update_entry(entry, options={"low_balance": 20})
    await set_up_there(hass, entry)
    told = await hass.services.async_call(
        DOMAIN, "get_accounts", blocking=True, return_response=True
    )
    (account,) = told["accounts"]
    assert (account["provider"], account["name"]) == ("api.example.com", "Mine")
    assert account["top_up_url"] == "https://api.example.com"
    (issue,) = ir.async_get(hass).issues.values()
    assert issue.learn_more_url == "https://api.example.com"
    assert await system_health_info(hass) == {"accounts": 1, "Another service": "ok"}
    answer(status=302)
    await poll(hass, entry)
    failed = {"type": "failed", "error": "unreachable"}
    assert await system_health_info(hass) == {"accounts": 1, "Another service": failed}


async def set_up_there(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Set up an account that is added already."""
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()


# Changing an account


async def test_reconfigure(hass: HomeAssistant, answer: Any, entry: MockConfigEntry) -> None:
    """The same steps, with what there is filled in; what is left empty stays."""
    await set_up(hass, entry)
    flow = await entry.start_reconfigure_flow(hass)
    assert flow["step_id"] == "custom"
    assert "name" not in schema(flow)
    assert (suggested(flow, "url"), suggested(flow, "auth")) == (URL, "bearer")
    assert suggested(flow, "secret") is None
    answer('{"balance": 12.50, "used": 3, "credits": 700, "currency": "USD"}')
    flow = await submit(hass, flow, url=URL, auth="bearer")
    assert suggested(flow, "balance") == "1"
    assert suggested(flow, "unit") == "USD"
    pick = {"balance": labels(flow, "balance")["credits: 700"], "unit": "credits", "divisor": "10"}
    flow = await submit(hass, flow, **pick)
    assert flow["description_placeholders"] == {"balances": "70 credits"}
    flow = await choose(hass, flow, "custom_done")
    assert (flow["type"], flow["reason"]) == (FlowResultType.ABORT, "reconfigure_successful")
    assert entry.data["api_key"] == KEY
    assert entry.data["fields"]["balance"]["path"] == ["credits"]
    assert entry.title == "Mine"
    assert state_of(hass, "sensor.mine_balance") == "70"


async def test_reconfigure_keeps_what_else_was_picked(
    hass: HomeAssistant, answer: Any, entry: MockConfigEntry
) -> None:
    """Further readings stay as far as the answer has them still."""
    fields = {
        **ADDED["fields"],  # type: ignore[dict-item]
        "used": {"path": ["used"]},
        "limit": {"path": ["gone"]},
        "error": {"path": ["errorId"], "value": "0"},
    }
    entry.add_to_hass(hass)
    hass.config_entries.async_update_entry(entry, data={**ADDED, "fields": fields})
    flow = await submit(hass, await entry.start_reconfigure_flow(hass), url=URL, auth="bearer")
    flow = await submit(hass, flow, **PICK)
    flow = await choose(hass, flow, "custom_readings")
    assert (suggested(flow, "used"), suggested(flow, "limit")) == ("2", None)
    assert suggested(flow, "error_field") == "1"
    flow = await choose(hass, await submit(hass, flow, used="2"), "custom_done")
    assert flow["reason"] == "reconfigure_successful"
    assert entry.data["fields"].keys() == {"balance", "used"}


async def test_other_answer_than_before(
    hass: HomeAssistant, answer: Any, entry: MockConfigEntry
) -> None:
    """Where the old number is gone, the likeliest is chosen."""
    entry.add_to_hass(hass)
    answer('{"id": 7, "left": 5}')
    flow = await submit(hass, await entry.start_reconfigure_flow(hass), url=URL, auth="bearer")
    assert suggested(flow, "balance") is None
    assert default(flow, "balance") == "1"
    assert list(labels(flow, "balance")) == ["left: 5", "id: 7"]


async def test_address_on_another_server(
    hass: HomeAssistant, answer: Any, aioclient_mock: AiohttpClientMocker, entry: MockConfigEntry
) -> None:
    """A key that was meant for one server is not sent to another."""
    entry.add_to_hass(hass)
    other = "https://other.example/balance"
    answer(url=other)
    flow = await submit(hass, await entry.start_reconfigure_flow(hass), url=other, auth="bearer")
    assert flow["errors"] == {"base": "secret_again"}
    assert not aioclient_mock.mock_calls
    assert suggested(flow, "url") == other
    flow = await submit(hass, flow, url=other, auth="bearer", secret="another-key")
    assert flow["step_id"] == "custom_balance"
    assert aioclient_mock.mock_calls[-1][3]["Authorization"] == "Bearer another-key"


async def test_reauth(
    hass: HomeAssistant, answer: Any, aioclient_mock: AiohttpClientMocker, entry: MockConfigEntry
) -> None:
    """Only the key is asked for, and all else stays, to which part of the world it leads too."""
    await set_up(hass, entry)
    answer(status=401)
    await poll(hass, entry)
    (flow,) = hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == "reauth"
    form = await hass.config_entries.flow.async_configure(flow["flow_id"])
    assert form["step_id"] == "reauth_confirm"
    assert [str(name) for name in schema(form)] == ["api_key"]
    assert form["description_placeholders"]["provider"] == "api.example.com"
    assert form["description_placeholders"]["keys_url"] == "https://api.example.com"
    form = await submit(hass, form, api_key="bad-key")
    assert form["errors"] == {"base": "invalid_auth"}
    answer()
    form = await submit(hass, form, api_key="good-key")
    assert (form["type"], form["reason"]) == (FlowResultType.ABORT, "reauth_successful")
    assert entry.data == {**ADDED, "api_key": "good-key"}
    assert state_of(hass, "sensor.mine_balance") == "12.50"


async def test_reauth_where_the_key_is_elsewhere(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, entry: MockConfigEntry
) -> None:
    """A key that is part of the body is entered where it was."""
    body = {"method": "POST", "auth": "none", "api_key": "", "body": '{"key": "old"}'}
    entry.add_to_hass(hass)
    hass.config_entries.async_update_entry(entry, data={**ADDED, **body})
    aioclient_mock.post(URL, text=GOOD)
    flow = await entry.start_reauth_flow(hass)
    assert flow["step_id"] == "custom"
    assert suggested(flow, "body", folded=True) is None
    more = {"method": "POST", "body": '{"key": "new"}'}
    flow = await submit(hass, flow, url=URL, auth="none", more=more)
    flow = await choose(hass, await submit(hass, flow, **PICK), "custom_done")
    assert (flow["type"], flow["reason"]) == (FlowResultType.ABORT, "reauth_successful")
    assert entry.data["body"] == '{"key": "new"}'
