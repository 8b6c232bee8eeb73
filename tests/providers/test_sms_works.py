"""The SMS Works: message credits."""

from decimal import Decimal

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
from custom_components.api_credits.providers.sms_works import SmsWorks
from custom_components.api_credits.readings import BALANCE, Account, Reading
from homeassistant.core import HomeAssistant

from . import payload

BALANCE_URL = "https://api.thesmsworks.co.uk/v1/credits/balance"
TEST_URL = "https://api.thesmsworks.co.uk/v1/utils/test"
HEADERS = {"Authorization": "JWT made-up-token"}


@pytest.fixture
async def sms_works(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> SmsWorks:
    """Return an account seen through a token."""
    return SmsWorks(async_get_transport(hass, "sms_works"), {"api_key": "made-up-token"})


async def test_balance_as_documented(
    sms_works: SmsWorks, aioclient_mock: AiohttpClientMocker
) -> None:
    """The balance is counted in credits."""
    aioclient_mock.get(
        BALANCE_URL,
        text=payload("sms_works/balance"),
        headers={"Content-Type": "application/json;charset=UTF-8"},
    )
    assert await sms_works.fetch() == Account(
        readings={"balance": Reading(kind=BALANCE, value=Decimal(180), unit="credits")}
    )


async def test_fraction_of_a_credit(
    sms_works: SmsWorks, aioclient_mock: AiohttpClientMocker
) -> None:
    """Other countries cost fractions of a credit, and none is lost."""
    aioclient_mock.get(BALANCE_URL, text=payload("sms_works/made_up_fraction"))
    account = await sms_works.fetch()
    assert account.readings["balance"].value == Decimal("180.30000000000000000001")


async def test_fetch_asks_once(sms_works: SmsWorks, aioclient_mock: AiohttpClientMocker) -> None:
    """A poll is one request, with the token after `JWT`."""
    aioclient_mock.get(BALANCE_URL, text=payload("sms_works/balance"))
    await sms_works.fetch()
    assert aioclient_mock.mock_calls == [("GET", URL(BALANCE_URL), None, HEADERS)]


async def test_identify(sms_works: SmsWorks, aioclient_mock: AiohttpClientMocker) -> None:
    """The account is the customer that the provider's test answers with."""
    aioclient_mock.get(TEST_URL, text=payload("sms_works/made_up_customer"))
    assert await sms_works.identify() == [Identity(id="customer-made-up")]
    assert aioclient_mock.mock_calls == [("GET", URL(TEST_URL), None, HEADERS)]


async def test_identify_forbidden(sms_works: SmsWorks, aioclient_mock: AiohttpClientMocker) -> None:
    """A token that may not make the test has no id."""
    aioclient_mock.get(TEST_URL, status=403, text=payload("sms_works/made_up_message"))
    assert await sms_works.identify() == [Identity()]


async def test_identify_with_dead_token(
    sms_works: SmsWorks, aioclient_mock: AiohttpClientMocker
) -> None:
    """A token that is not known identifies nothing; the error's message is not taken for an id."""
    aioclient_mock.get(TEST_URL, status=401, text=payload("sms_works/made_up_message"))
    with pytest.raises(InvalidCredentialsError):
        await sms_works.identify()


@pytest.mark.parametrize("body", ["{}", '{"message": null}', '{"message": ""}'])
async def test_customer_is_required(
    sms_works: SmsWorks, aioclient_mock: AiohttpClientMocker, body: str
) -> None:
    """A test that names no customer is malformed."""
    aioclient_mock.get(TEST_URL, text=body)
    with pytest.raises(MalformedError, match=r"^message: not a text$"):
        await sms_works.identify()


@pytest.mark.parametrize(
    "pasted",
    [
        "made-up-token",
        "JWT made-up-token",
        "jwt made-up-token",
        "Bearer made-up-token",
        "bearer  made-up-token",
        "  JWT made-up-token\n",
        "JWT Bearer made-up-token",
        "Bearer JWT made-up-token",
    ],
    ids=repr,
)
def test_pasted_token(pasted: str) -> None:
    """A token counts without the scheme that it was pasted with."""
    assert SmsWorks.clean({"api_key": pasted}) == {"api_key": "made-up-token"}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("{}", id="absent"),
        pytest.param('{"credits": null}', id="null"),
        pytest.param(payload("sms_works/made_up_full_error"), id="error envelope"),
    ],
)
async def test_credits_are_required(
    sms_works: SmsWorks, aioclient_mock: AiohttpClientMocker, body: str
) -> None:
    """A success without credits is malformed, and the error names the field."""
    aioclient_mock.get(BALANCE_URL, text=body)
    with pytest.raises(MalformedError, match=r"^credits: missing$"):
        await sms_works.fetch()


@pytest.mark.parametrize("name", ["made_up_message", "made_up_full_error"])
@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, UnexpectedStatusError),
        (401, InvalidCredentialsError),
        (403, ForbiddenError),
        (429, RateLimitedError),
        (500, UnreachableError),
    ],
)
async def test_errors(
    sms_works: SmsWorks,
    aioclient_mock: AiohttpClientMocker,
    status: int,
    error: type[ProviderError],
    name: str,
) -> None:
    """Each error body of the provider becomes a typed error that tells its status."""
    aioclient_mock.get(BALANCE_URL, status=status, text=payload(f"sms_works/{name}"))
    with pytest.raises(ProviderError, match=rf"^HTTP {status}$") as caught:
        await sms_works.fetch()
    assert caught.type is error
