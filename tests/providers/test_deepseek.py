"""DeepSeek: a balance for each currency."""

from decimal import Decimal
import json

import pytest
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker
from yarl import URL

from custom_components.api_credits.client.errors import (
    ForbiddenError,
    InvalidCredentialsError,
    MalformedError,
    ProviderError,
    RateLimitedError,
    UnexpectedStatusError,
    UnreachableError,
)
from custom_components.api_credits.client.provider import Identity
from custom_components.api_credits.client.transport import async_get_transport
from custom_components.api_credits.providers.deepseek import DeepSeek
from custom_components.api_credits.readings import (
    BALANCE,
    GRANTED,
    IS_AVAILABLE,
    TOPPED_UP,
    Account,
    Reading,
)
from homeassistant.core import HomeAssistant

from . import payload

BALANCE_URL = "https://api.deepseek.com/user/balance"


@pytest.fixture
async def deepseek(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> DeepSeek:
    """Return an account seen through a key."""
    return DeepSeek(async_get_transport(hass, "deepseek"), {"api_key": "made-up-key"})


async def test_balance_as_documented(
    deepseek: DeepSeek, aioclient_mock: AiohttpClientMocker
) -> None:
    """Granted and topped-up credit stand beside the total, in the currency they name."""
    aioclient_mock.get(BALANCE_URL, text=payload("deepseek/balance"))
    assert await deepseek.fetch() == Account(
        readings={
            "is_available": Reading(kind=IS_AVAILABLE, value=True),
            "balance_cny": Reading(kind=BALANCE, value=Decimal("110.00"), unit="CNY", scope="CNY"),
            "granted_cny": Reading(kind=GRANTED, value=Decimal("10.00"), unit="CNY", scope="CNY"),
            "topped_up_cny": Reading(
                kind=TOPPED_UP, value=Decimal("100.00"), unit="CNY", scope="CNY"
            ),
        }
    )


async def test_two_currencies(deepseek: DeepSeek, aioclient_mock: AiohttpClientMocker) -> None:
    """Each currency has its own balance; a debt is below zero."""
    aioclient_mock.get(BALANCE_URL, text=payload("deepseek/made_up_two_currencies"))
    account = await deepseek.fetch()
    assert account.balances == [
        Reading(kind=BALANCE, value=Decimal("110.00"), unit="CNY", scope="CNY"),
        Reading(kind=BALANCE, value=Decimal("-0.05"), unit="USD", scope="USD"),
    ]
    assert account.readings["granted_usd"].value == Decimal(0)
    assert account.readings["topped_up_usd"].value == Decimal("-0.05")


async def test_no_currency(deepseek: DeepSeek, aioclient_mock: AiohttpClientMocker) -> None:
    """An account that never had credit has no balance, but tells whether it can be used."""
    aioclient_mock.get(BALANCE_URL, text=payload("deepseek/made_up_no_currency"))
    assert await deepseek.fetch() == Account(
        readings={"is_available": Reading(kind=IS_AVAILABLE, value=False)}
    )


async def test_fetch_asks_once(deepseek: DeepSeek, aioclient_mock: AiohttpClientMocker) -> None:
    """A poll is one request, with the key as a bearer token."""
    aioclient_mock.get(BALANCE_URL, text=payload("deepseek/balance"))
    await deepseek.fetch()
    assert aioclient_mock.mock_calls == [
        ("GET", URL(BALANCE_URL), None, {"Authorization": "Bearer made-up-key"})
    ]


async def test_identify(deepseek: DeepSeek, aioclient_mock: AiohttpClientMocker) -> None:
    """The provider has no id, so nothing is asked."""
    assert await deepseek.identify() == [Identity()]
    assert aioclient_mock.mock_calls == []


@pytest.mark.parametrize("field", ["granted_balance", "topped_up_balance"])
async def test_optional_fields(
    deepseek: DeepSeek, aioclient_mock: AiohttpClientMocker, field: str
) -> None:
    """A part of the balance that is left out is unknown."""
    body = json.loads(payload("deepseek/balance"))
    del body["balance_infos"][0][field]
    aioclient_mock.get(BALANCE_URL, json=body)
    readings = (await deepseek.fetch()).readings
    assert readings["balance_cny"].value == Decimal(110)
    assert readings[field.replace("balance", "cny")].value is None


@pytest.mark.parametrize(
    ("info", "message"),
    [
        pytest.param({"currency": "CNY"}, "total_balance: missing", id="without total"),
        pytest.param(
            {"currency": "CNY", "total_balance": ""}, "total_balance: not a number", id="empty"
        ),
        pytest.param({"total_balance": "1.00"}, "currency: not a text", id="without currency"),
        pytest.param(
            {"currency": "yuan", "total_balance": "1.00"},
            "currency: not a currency",
            id="no ISO code",
        ),
        pytest.param(None, "currency: not a text", id="null"),
        pytest.param("CNY", "currency: not in an object", id="not an object"),
    ],
)
async def test_malformed_currency(
    deepseek: DeepSeek, aioclient_mock: AiohttpClientMocker, info: object, message: str
) -> None:
    """A currency needs a code and a total; the error names what is wrong."""
    aioclient_mock.get(BALANCE_URL, json={"is_available": True, "balance_infos": [info]})
    with pytest.raises(MalformedError, match=f"^{message}$"):
        await deepseek.fetch()


@pytest.mark.parametrize("infos", [None, {}, "none"], ids=repr)
async def test_malformed_list(
    deepseek: DeepSeek, aioclient_mock: AiohttpClientMocker, infos: object
) -> None:
    """The currencies are a list."""
    aioclient_mock.get(BALANCE_URL, json={"is_available": True, "balance_infos": infos})
    with pytest.raises(MalformedError, match=r"^balance_infos: not a list$"):
        await deepseek.fetch()


async def test_error_envelope(deepseek: DeepSeek, aioclient_mock: AiohttpClientMocker) -> None:
    """An error body in a success is malformed."""
    aioclient_mock.get(BALANCE_URL, text=payload("deepseek/made_up_insufficient_balance"))
    with pytest.raises(MalformedError):
        await deepseek.fetch()


@pytest.mark.parametrize(
    ("status", "name", "error"),
    [
        (400, "made_up_unauthorized", UnexpectedStatusError),
        (401, "made_up_unauthorized", InvalidCredentialsError),
        (402, "made_up_insufficient_balance", UnexpectedStatusError),
        (403, "made_up_unauthorized", ForbiddenError),
        (429, "made_up_insufficient_balance", RateLimitedError),
        (500, "made_up_insufficient_balance", UnreachableError),
    ],
)
async def test_errors(
    deepseek: DeepSeek,
    aioclient_mock: AiohttpClientMocker,
    status: int,
    name: str,
    error: type[ProviderError],
) -> None:
    """Each error body of the provider becomes a typed error that tells its status."""
    aioclient_mock.get(BALANCE_URL, status=status, text=payload(f"deepseek/{name}"))
    with pytest.raises(ProviderError, match=rf"^HTTP {status}$") as caught:
        await deepseek.fetch()
    assert caught.type is error
