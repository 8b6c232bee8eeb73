"""Stability AI: credits of an organisation."""

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
from custom_components.api_credits.providers.stability_ai import StabilityAi
from custom_components.api_credits.readings import BALANCE, Account, Reading
from homeassistant.core import HomeAssistant

from . import payload

V1_ACCOUNT = "https://api.stability.ai/v1/user/account"
V1_BALANCE = "https://api.stability.ai/v1/user/balance"
V1ALPHA_ACCOUNT = "https://api.stability.ai/v1alpha/user/account"
V1ALPHA_BALANCE = "https://api.stability.ai/v1alpha/user/balance"
V1_HEADERS = {"Authorization": "Bearer made-up-key"}
V1ALPHA_HEADERS = {"Authorization": "made-up-key"}


def new_account(hass: HomeAssistant) -> StabilityAi:
    """Return what a key is seen through while its account is being added."""
    return StabilityAi(async_get_transport(hass, "stability_ai"), {"api_key": "made-up-key"})


def organization(hass: HomeAssistant, variant: str = "v1") -> StabilityAi:
    """Return an organisation that has been added."""
    return StabilityAi(
        async_get_transport(hass, "stability_ai"),
        {"api_key": "made-up-key", "account": "org-second", "variant": variant},
    )


async def test_balance_as_documented(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker
) -> None:
    """The balance is exact, and counted in credits."""
    aioclient_mock.get(V1_BALANCE, text=payload("stability_ai/balance"))
    assert await organization(hass).fetch() == Account(
        readings={
            "balance": Reading(kind=BALANCE, value=Decimal("0.6336833840314097"), unit="credits")
        }
    )


@pytest.mark.parametrize(
    ("variant", "url", "headers"),
    [
        ("v1", V1_BALANCE, V1_HEADERS),
        ("v1alpha", V1ALPHA_BALANCE, V1ALPHA_HEADERS),
    ],
)
async def test_fetch_asks_once(
    hass: HomeAssistant,
    aioclient_mock: AiohttpClientMocker,
    variant: str,
    url: str,
    headers: dict[str, str],
) -> None:
    """A poll is one request to the remembered generation, for the chosen organisation."""
    aioclient_mock.get(url, text=payload("stability_ai/balance"))
    await organization(hass, variant).fetch()
    assert aioclient_mock.mock_calls == [
        ("GET", URL(url), None, {**headers, "Organization": "org-second"})
    ]


async def test_identify(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """A key reaches several organisations; the default one comes first."""
    aioclient_mock.get(V1_ACCOUNT, text=payload("stability_ai/made_up_account"))
    assert await new_account(hass).identify() == [
        Identity(id="org-default", title="Default", variant="v1"),
        Identity(id="org-second", title="Second", variant="v1"),
        Identity(id="org-third", title="Third", variant="v1"),
    ]
    assert aioclient_mock.mock_calls == [("GET", URL(V1_ACCOUNT), None, V1_HEADERS)]


async def test_identify_without_default(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker
) -> None:
    """Where no organisation says it is the default, the provider's order stays."""
    body = json.loads(payload("stability_ai/made_up_account"))
    for found in body["organizations"]:
        del found["is_default"]
    aioclient_mock.get(V1_ACCOUNT, json=body)
    identities = await new_account(hass).identify()
    assert [identity.id for identity in identities] == ["org-second", "org-default", "org-third"]


async def test_identify_by_v1alpha(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker
) -> None:
    """Where v1 is not found, v1alpha is asked, without Bearer, and remembered."""
    aioclient_mock.get(V1_ACCOUNT, status=404, text=payload("stability_ai/made_up_not_found"))
    aioclient_mock.get(V1ALPHA_ACCOUNT, text=payload("stability_ai/made_up_account"))
    identities = await new_account(hass).identify()
    assert [identity.variant for identity in identities] == ["v1alpha"] * 3
    assert aioclient_mock.mock_calls == [
        ("GET", URL(V1_ACCOUNT), None, V1_HEADERS),
        ("GET", URL(V1ALPHA_ACCOUNT), None, V1ALPHA_HEADERS),
    ]


@pytest.mark.parametrize(
    ("status", "name", "error"),
    [
        (400, "made_up_bad_request", UnexpectedStatusError),
        (401, "made_up_unauthorized", InvalidCredentialsError),
        (403, "made_up_permission_denied", ForbiddenError),
        (500, "made_up_server_error", UnreachableError),
    ],
)
async def test_identify_falls_back_only_on_404(
    hass: HomeAssistant,
    aioclient_mock: AiohttpClientMocker,
    status: int,
    name: str,
    error: type[ProviderError],
) -> None:
    """Any other failure says nothing about the generation."""
    aioclient_mock.get(V1_ACCOUNT, status=status, text=payload(f"stability_ai/{name}"))
    with pytest.raises(ProviderError) as caught:
        await new_account(hass).identify()
    assert caught.type is error
    assert aioclient_mock.call_count == 1


async def test_identify_without_organizations(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker
) -> None:
    """A key that reaches no organisation has no balance to watch."""
    aioclient_mock.get(
        V1_ACCOUNT, text=payload("stability_ai/made_up_account_without_organizations")
    )
    with pytest.raises(MalformedError, match=r"^organizations: "):
        await new_account(hass).identify()


@pytest.mark.parametrize(
    ("organizations", "message"),
    [
        pytest.param(None, "organizations: not a list", id="null"),
        pytest.param({}, "organizations: not a list", id="not a list"),
        pytest.param([{"name": "Default"}], "id: not a text", id="without id"),
        pytest.param([{"id": "org-default"}], "name: not a text", id="without name"),
        pytest.param(["org-default"], "is_default: not in an object", id="not objects"),
    ],
)
async def test_malformed_organizations(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, organizations: object, message: str
) -> None:
    """Organisations that are not as documented are malformed."""
    aioclient_mock.get(V1_ACCOUNT, json={"id": "made-up-user", "organizations": organizations})
    with pytest.raises(MalformedError, match=f"^{message}$"):
        await new_account(hass).identify()


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("{}", id="absent"),
        pytest.param('{"credits": null}', id="null"),
        pytest.param(payload("stability_ai/made_up_server_error"), id="error envelope"),
    ],
)
async def test_credits_are_required(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, body: str
) -> None:
    """A success without credits is malformed, and the error names the field."""
    aioclient_mock.get(V1_BALANCE, text=body)
    with pytest.raises(MalformedError, match=r"^credits: missing$"):
        await organization(hass).fetch()


@pytest.mark.parametrize(
    ("status", "name", "error"),
    [
        (400, "made_up_bad_request", UnexpectedStatusError),
        (401, "made_up_unauthorized", InvalidCredentialsError),
        (403, "made_up_permission_denied", ForbiddenError),
        (404, "made_up_not_found", UnexpectedStatusError),
        (429, "made_up_bad_request", RateLimitedError),
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
    aioclient_mock.get(V1_BALANCE, status=status, text=payload(f"stability_ai/{name}"))
    with pytest.raises(ProviderError, match=rf"^HTTP {status}$") as caught:
        await organization(hass).fetch()
    assert caught.type is error


async def test_firewall(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """A 403 that is not JSON comes from the web firewall, and says nothing about the key."""
    aioclient_mock.get(V1_BALANCE, status=403, text="<!DOCTYPE html><title>Blocked</title>")
    with pytest.raises(UnreachableError, match=r"^HTTP 403 from a firewall$"):
        await organization(hass).fetch()
