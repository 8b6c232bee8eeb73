"""Hyperstack: the credit of an organisation, in US dollars."""

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
from custom_components.api_credits.providers.hyperstack import Hyperstack
from custom_components.api_credits.readings import (
    BALANCE,
    CAN_CREATE_INSTANCE,
    THRESHOLD,
    Account,
    Reading,
)
from homeassistant.core import HomeAssistant

from . import payload

CREDIT = "https://infrahub-api.nexgencloud.com/v1/billing/user-credit/credit"
ORGANIZATIONS = "https://infrahub-api.nexgencloud.com/v1/auth/organizations"
HEADERS = {"api_key": "made-up-key"}


@pytest.fixture
async def hyperstack(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> Hyperstack:
    """Return an organisation seen through a key."""
    return Hyperstack(async_get_transport(hass, "hyperstack"), {"api_key": "made-up-key"})


async def test_credit_as_documented(
    hyperstack: Hyperstack, aioclient_mock: AiohttpClientMocker
) -> None:
    """Credit and threshold are exact and in dollars; the flag stands beside them."""
    aioclient_mock.get(CREDIT, text=payload("hyperstack/credit"))
    assert await hyperstack.fetch() == Account(
        readings={
            "balance": Reading(kind=BALANCE, value=Decimal("28.147631028367705"), unit="USD"),
            "threshold": Reading(kind=THRESHOLD, value=Decimal(0), unit="USD"),
            "can_create_instance": Reading(kind=CAN_CREATE_INSTANCE, value=True),
        }
    )


async def test_overdrawn(hyperstack: Hyperstack, aioclient_mock: AiohttpClientMocker) -> None:
    """A suspended organisation has a balance below zero."""
    aioclient_mock.get(CREDIT, text=payload("hyperstack/made_up_suspended"))
    readings = (await hyperstack.fetch()).readings
    assert readings["balance"].value == Decimal("-3.25")
    assert readings["threshold"].value == Decimal(10)
    assert readings["can_create_instance"].value is False


async def test_fetch_asks_once(hyperstack: Hyperstack, aioclient_mock: AiohttpClientMocker) -> None:
    """A poll is one request, with the raw key in a header of its own."""
    aioclient_mock.get(CREDIT, text=payload("hyperstack/credit"))
    await hyperstack.fetch()
    assert aioclient_mock.mock_calls == [("GET", URL(CREDIT), None, HEADERS)]


async def test_identify(hyperstack: Hyperstack, aioclient_mock: AiohttpClientMocker) -> None:
    """The account is the organisation; its users are not looked at."""
    aioclient_mock.get(ORGANIZATIONS, text=payload("hyperstack/made_up_organization"))
    assert await hyperstack.identify() == [Identity(id="1", title="Example Ltd")]
    assert aioclient_mock.mock_calls == [("GET", URL(ORGANIZATIONS), None, HEADERS)]


async def test_identify_with_restricted_key(
    hyperstack: Hyperstack, aioclient_mock: AiohttpClientMocker
) -> None:
    """A key that may not read the organisation is good all the same, but has no id."""
    aioclient_mock.get(ORGANIZATIONS, status=403, text=payload("hyperstack/made_up_forbidden"))
    assert await hyperstack.identify() == [Identity()]


async def test_identify_with_dead_key(
    hyperstack: Hyperstack, aioclient_mock: AiohttpClientMocker
) -> None:
    """A key that is not known identifies nothing."""
    aioclient_mock.get(ORGANIZATIONS, status=401, text=payload("hyperstack/made_up_unauthorized"))
    with pytest.raises(InvalidCredentialsError):
        await hyperstack.identify()


async def test_identify_behind_firewall(
    hyperstack: Hyperstack, aioclient_mock: AiohttpClientMocker
) -> None:
    """A firewall's 403 does not say that the key is restricted."""
    aioclient_mock.get(ORGANIZATIONS, status=403, text="<html>blocked</html>")
    with pytest.raises(UnreachableError):
        await hyperstack.identify()


@pytest.mark.parametrize("field", ["id", "name"])
async def test_organization_needs(
    hyperstack: Hyperstack, aioclient_mock: AiohttpClientMocker, field: str
) -> None:
    """An organisation without its id or its name is malformed."""
    body = json.loads(payload("hyperstack/made_up_organization"))
    del body["organization"][field]
    aioclient_mock.get(ORGANIZATIONS, json=body)
    with pytest.raises(MalformedError, match=rf"^organization\.{field}: "):
        await hyperstack.identify()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param('{"credit": 5}', id="absent"),
        pytest.param('{"credit": 5, "threshold": null, "can_create_instance": null}', id="null"),
    ],
)
async def test_optional_fields(
    hyperstack: Hyperstack, aioclient_mock: AiohttpClientMocker, data: str
) -> None:
    """What is left out or null is unknown, and the balance known nevertheless."""
    aioclient_mock.get(CREDIT, text=f'{{"data": {data}}}')
    readings = (await hyperstack.fetch()).readings
    assert readings["balance"].value == Decimal(5)
    assert readings["threshold"].value is None
    assert readings["can_create_instance"].value is None


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('{"status": true, "data": {"threshold": 0}}', id="without credit"),
        pytest.param('{"status": true, "data": {"credit": null}}', id="credit null"),
        pytest.param('{"status": true, "data": null}', id="data null"),
        pytest.param('{"status": true}', id="without data"),
        pytest.param(payload("hyperstack/made_up_bad_request"), id="error envelope"),
    ],
)
async def test_credit_is_required(
    hyperstack: Hyperstack, aioclient_mock: AiohttpClientMocker, body: str
) -> None:
    """A success without a credit is malformed, and the error names the field."""
    aioclient_mock.get(CREDIT, text=body)
    with pytest.raises(MalformedError, match=r"^data\.credit: missing$"):
        await hyperstack.fetch()


@pytest.mark.parametrize(
    ("status", "name", "error"),
    [
        (400, "made_up_bad_request", UnexpectedStatusError),
        (401, "made_up_unauthorized", InvalidCredentialsError),
        (401, "made_up_without_reason", InvalidCredentialsError),
        (403, "made_up_forbidden", ForbiddenError),
        (404, "made_up_not_found", UnexpectedStatusError),
        (429, "made_up_without_reason", RateLimitedError),
        (500, "internal_server_error", UnreachableError),
    ],
)
async def test_errors(
    hyperstack: Hyperstack,
    aioclient_mock: AiohttpClientMocker,
    status: int,
    name: str,
    error: type[ProviderError],
) -> None:
    """Each error body of the provider becomes a typed error that tells its status."""
    aioclient_mock.get(CREDIT, status=status, text=payload(f"hyperstack/{name}"))
    with pytest.raises(ProviderError, match=rf"^HTTP {status}$") as caught:
        await hyperstack.fetch()
    assert caught.type is error
