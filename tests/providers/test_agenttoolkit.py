"""AgentToolkit: credits of a plan that renews by the period."""

from datetime import UTC, datetime
from decimal import Decimal
import json

import pytest
from pytest_homeassistant_custom_component.test_util.aiohttp import (
    AiohttpClientMocker,
    AiohttpClientMockResponse,
)
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
from custom_components.api_credits.providers.agenttoolkit import AgentToolkit
from custom_components.api_credits.readings import (
    BALANCE,
    DAYS_UNTIL_RENEWAL,
    FREE,
    PLAN,
    PURCHASED,
    RENEWS_AT,
    TOTAL,
    USED,
    Account,
    Reading,
)
from homeassistant.core import HomeAssistant

from . import payload

CREDITS = "https://api.agenttoolkit.ai/api/v1/credits"
BEARER = {"Authorization": "Bearer made-up-key"}
X_API_KEY = {"X-API-Key": "made-up-key"}


def account(hass: HomeAssistant, variant: str | None = None) -> AgentToolkit:
    """Return an account seen through a key, in the header that is remembered."""
    return AgentToolkit(
        async_get_transport(hass, "agenttoolkit"), {"api_key": "made-up-key", "variant": variant}
    )


async def test_credits_of_a_plan(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """All amounts are whole credits; the plan, and when it renews, stand beside them."""
    aioclient_mock.get(CREDITS, text=payload("agenttoolkit/made_up_credits"))
    assert await account(hass).fetch() == Account(
        readings={
            "balance": Reading(kind=BALANCE, value=Decimal(1100), unit="credits"),
            "total": Reading(kind=TOTAL, value=Decimal(1500), unit="credits"),
            "used": Reading(kind=USED, value=Decimal(400), unit="credits"),
            "free": Reading(kind=FREE, value=Decimal(1000), unit="credits"),
            "purchased": Reading(kind=PURCHASED, value=Decimal(500), unit="credits"),
            "days_until_renewal": Reading(kind=DAYS_UNTIL_RENEWAL, value=Decimal(10)),
            "renews_at": Reading(kind=RENEWS_AT, value=datetime(2026, 12, 1, tzinfo=UTC)),
            "plan": Reading(kind=PLAN, value="pro"),
        }
    )


async def test_free_plan(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """What a plan leaves out, or says in words, is unknown."""
    aioclient_mock.get(CREDITS, text=payload("agenttoolkit/made_up_free_plan"))
    readings = (await account(hass).fetch()).readings
    assert readings["balance"].value == Decimal(1100)
    assert readings["purchased"].value is None
    assert readings["renews_at"].value is None
    assert readings["plan"].value is None


@pytest.mark.parametrize(
    ("reset_date", "renews_at"),
    [
        ("2026-12-01", datetime(2026, 12, 1, tzinfo=UTC)),
        ("2026-12-01T06:30:00Z", datetime(2026, 12, 1, 6, 30, tzinfo=UTC)),
        ("2026-12-01T06:30:00", datetime(2026, 12, 1, 6, 30, tzinfo=UTC)),
        ("2026-12-01T06:30:00+02:00", datetime(2026, 12, 1, 4, 30, tzinfo=UTC)),
        ("12/01/2026", None),
        ("December 1", None),
        pytest.param("", None, id="empty"),
    ],
)
async def test_reset_date(
    hass: HomeAssistant,
    aioclient_mock: AiohttpClientMocker,
    reset_date: str,
    renews_at: datetime | None,
) -> None:
    """The date's format is not documented: ISO 8601 is taken, all else is unknown."""
    body = json.loads(payload("agenttoolkit/made_up_credits"))
    aioclient_mock.get(CREDITS, json={**body, "reset_date": reset_date})
    assert (await account(hass).fetch()).readings["renews_at"].value == renews_at


@pytest.mark.parametrize(
    ("variant", "headers"),
    [(None, BEARER), ("bearer", BEARER), ("x_api_key", X_API_KEY)],
)
async def test_fetch_asks_once(
    hass: HomeAssistant,
    aioclient_mock: AiohttpClientMocker,
    variant: str | None,
    headers: dict[str, str],
) -> None:
    """A poll is one request, with the key in the header that is remembered and in no other."""
    aioclient_mock.get(CREDITS, text=payload("agenttoolkit/made_up_credits"))
    await account(hass, variant).fetch()
    assert aioclient_mock.mock_calls == [("GET", URL(CREDITS), None, headers)]


async def test_identify_by_bearer(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """Bearer is tried first, and remembered; the provider has no id."""
    aioclient_mock.get(CREDITS, text=payload("agenttoolkit/made_up_credits"))
    assert await account(hass).identify() == [Identity(variant="bearer")]
    assert aioclient_mock.mock_calls == [("GET", URL(CREDITS), None, BEARER)]


async def test_identify_by_x_api_key(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker
) -> None:
    """Where Bearer is refused, X-API-Key is tried, and remembered."""

    async def answer(method: str, url: URL, _: None) -> AiohttpClientMockResponse:
        if aioclient_mock.mock_calls[-1][3] == X_API_KEY:
            text = payload("agenttoolkit/made_up_credits")
            return AiohttpClientMockResponse(method, url, text=text)
        text = payload("agenttoolkit/made_up_unauthorized")
        return AiohttpClientMockResponse(method, url, status=401, text=text)

    aioclient_mock.get(CREDITS, side_effect=answer)
    assert await account(hass).identify() == [Identity(variant="x_api_key")]
    assert aioclient_mock.mock_calls == [
        ("GET", URL(CREDITS), None, BEARER),
        ("GET", URL(CREDITS), None, X_API_KEY),
    ]


async def test_identify_with_dead_key(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker
) -> None:
    """A key that neither header makes known is not known."""
    text = payload("agenttoolkit/made_up_unauthorized")
    aioclient_mock.get(CREDITS, status=401, text=text)
    with pytest.raises(InvalidCredentialsError):
        await account(hass).identify()
    assert aioclient_mock.call_count == 2


async def test_identify_tries_again_only_when_refused(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker
) -> None:
    """Any other failure says nothing about the header."""
    aioclient_mock.get(CREDITS, status=429)
    with pytest.raises(RateLimitedError):
        await account(hass).identify()
    assert aioclient_mock.call_count == 1


@pytest.mark.parametrize(
    "field",
    ["remaining_credits", "total_credits", "used_credits", "free_credits", "days_until_reset"],
)
async def test_required_fields(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, field: str
) -> None:
    """A success that lacks a documented number is malformed, and the error names it."""
    body = json.loads(payload("agenttoolkit/made_up_credits"))
    del body[field]
    aioclient_mock.get(CREDITS, json=body)
    with pytest.raises(MalformedError, match=rf"^{field}: missing$"):
        await account(hass).fetch()


async def test_error_envelope(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """An error body in a success is malformed."""
    aioclient_mock.get(CREDITS, text=payload("agenttoolkit/made_up_server_error"))
    with pytest.raises(MalformedError, match=r"^remaining_credits: missing$"):
        await account(hass).fetch()


@pytest.mark.parametrize(
    ("status", "name", "error"),
    [
        (401, "made_up_unauthorized", InvalidCredentialsError),
        (403, "made_up_unauthorized", ForbiddenError),
        (422, "made_up_validation_error", UnexpectedStatusError),
        (429, "made_up_unauthorized", RateLimitedError),
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
    """Each error body of the provider becomes a typed error that tells its status."""
    aioclient_mock.get(CREDITS, status=status, text=payload(f"agenttoolkit/{name}"))
    with pytest.raises(ProviderError, match=rf"^HTTP {status}$") as caught:
        await account(hass).fetch()
    assert caught.type is error
