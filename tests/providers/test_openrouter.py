"""OpenRouter: credit in US dollars, of an account or of a single key."""

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
from custom_components.api_credits.providers.openrouter import OpenRouter
from custom_components.api_credits.readings import BALANCE, LIMIT, TOTAL, USED, Account, Reading
from homeassistant.core import HomeAssistant

from . import payload

CREDITS = "https://openrouter.ai/api/v1/credits"
KEY = "https://openrouter.ai/api/v1/key"
HEADERS = {"Authorization": "Bearer made-up-key"}


def account(hass: HomeAssistant, variant: str | None = None) -> OpenRouter:
    """Return what a key is seen through: an account, itself, or not yet known which."""
    return OpenRouter(
        async_get_transport(hass, "openrouter"), {"api_key": "made-up-key", "variant": variant}
    )


async def test_credits_as_documented(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker
) -> None:
    """The balance is what was bought less what was used."""
    aioclient_mock.get(CREDITS, text=payload("openrouter/credits"))
    assert await account(hass, "credits").fetch() == Account(
        readings={
            "balance": Reading(kind=BALANCE, value=Decimal("74.75"), unit="USD"),
            "total": Reading(kind=TOTAL, value=Decimal("100.5"), unit="USD"),
            "used": Reading(kind=USED, value=Decimal("25.75"), unit="USD"),
        }
    )


async def test_overspent(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """The difference is exact, also below zero."""
    aioclient_mock.get(CREDITS, text=payload("openrouter/made_up_overspent"))
    readings = (await account(hass, "credits").fetch()).readings
    assert readings["balance"].value == Decimal("-0.000000000000000000000000000001")


async def test_key(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """A plain key has its own limit and usage; its label, a piece of the key, is never read."""
    aioclient_mock.get(KEY, text=payload("openrouter/made_up_key"))
    assert await account(hass, "key").fetch() == Account(
        readings={
            "balance": Reading(kind=BALANCE, value=Decimal("74.5"), unit="USD"),
            "limit": Reading(kind=LIMIT, value=Decimal(100), unit="USD"),
            "used": Reading(kind=USED, value=Decimal("25.5"), unit="USD"),
        }
    )


async def test_key_without_limit(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """A key without a limit has an unknown balance, not one of zero."""
    aioclient_mock.get(KEY, text=payload("openrouter/made_up_key_without_limit"))
    readings = (await account(hass, "key").fetch()).readings
    assert readings["balance"].value is None
    assert readings["limit"].value is None
    assert readings["used"].value == Decimal("25.5")


@pytest.mark.parametrize(
    ("variant", "url", "name"),
    [("credits", CREDITS, "credits"), ("key", KEY, "made_up_key")],
)
async def test_fetch_asks_once(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, variant: str, url: str, name: str
) -> None:
    """A poll is one request, to what is remembered."""
    aioclient_mock.get(url, text=payload(f"openrouter/{name}"))
    await account(hass, variant).fetch()
    assert aioclient_mock.mock_calls == [("GET", URL(url), None, HEADERS)]


async def test_identify_management_key(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker
) -> None:
    """A management key reads the account, which has no id."""
    aioclient_mock.get(CREDITS, text=payload("openrouter/credits"))
    assert await account(hass).identify() == [Identity(variant="credits")]
    assert aioclient_mock.mock_calls == [("GET", URL(CREDITS), None, HEADERS)]


async def test_identify_plain_key(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """A plain key may not read the account, but itself; its label is no title."""
    text = payload("openrouter/made_up_management_key_required")
    aioclient_mock.get(CREDITS, status=403, text=text)
    aioclient_mock.get(KEY, text=payload("openrouter/made_up_key"))
    assert await account(hass).identify() == [Identity(variant="key")]
    assert aioclient_mock.mock_calls == [
        ("GET", URL(CREDITS), None, HEADERS),
        ("GET", URL(KEY), None, HEADERS),
    ]


@pytest.mark.parametrize(
    ("status", "text", "error"),
    [
        pytest.param(
            401,
            payload("openrouter/made_up_unauthorized"),
            InvalidCredentialsError,
            id="unauthorized",
        ),
        pytest.param(403, "<html>blocked</html>", UnreachableError, id="firewall"),
        pytest.param(429, "", RateLimitedError, id="rate limited"),
    ],
)
async def test_identify_falls_back_only_when_forbidden(
    hass: HomeAssistant,
    aioclient_mock: AiohttpClientMocker,
    status: int,
    text: str,
    error: type[ProviderError],
) -> None:
    """Any other failure says nothing about the kind of key."""
    aioclient_mock.get(CREDITS, status=status, text=text)
    with pytest.raises(error):
        await account(hass).identify()
    assert aioclient_mock.call_count == 1


@pytest.mark.parametrize("field", ["total_credits", "total_usage"])
async def test_required_fields_of_an_account(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, field: str
) -> None:
    """A difference needs both its parts; the error names the one that is missing."""
    body = json.loads(payload("openrouter/credits"))
    del body["data"][field]
    aioclient_mock.get(CREDITS, json=body)
    with pytest.raises(MalformedError, match=rf"^data\.{field}: "):
        await account(hass, "credits").fetch()


async def test_required_field_of_a_key(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker
) -> None:
    """Every key has a usage."""
    body = json.loads(payload("openrouter/made_up_key"))
    del body["data"]["usage"]
    aioclient_mock.get(KEY, json=body)
    with pytest.raises(MalformedError, match=r"^data\.usage: missing$"):
        await account(hass, "key").fetch()


async def test_error_envelope(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """An error body in a success is malformed."""
    aioclient_mock.get(CREDITS, text=payload("openrouter/made_up_server_error"))
    with pytest.raises(MalformedError, match=r"^data\.total_credits: missing$"):
        await account(hass, "credits").fetch()


@pytest.mark.parametrize(
    ("status", "name", "error"),
    [
        (400, "made_up_server_error", UnexpectedStatusError),
        (401, "made_up_unauthorized", InvalidCredentialsError),
        (403, "made_up_management_key_required", ForbiddenError),
        (429, "made_up_server_error", RateLimitedError),
        (500, "made_up_server_error", UnreachableError),
    ],
)
async def test_errors(
    hass: HomeAssistant,
    aioclient_mock: AiohttpClientMocker,
    status: int,
    name: str,
    error: type[ProviderError],
) -> None:
    """Each error body becomes a typed error that tells its status; a poll never falls back."""
    aioclient_mock.get(CREDITS, status=status, text=payload(f"openrouter/{name}"))
    with pytest.raises(ProviderError, match=rf"^HTTP {status}$") as caught:
        await account(hass, "credits").fetch()
    assert caught.type is error
    assert aioclient_mock.call_count == 1
