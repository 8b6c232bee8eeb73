"""What all providers share: clean credentials, and an error for every answer."""

import traceback

import pytest
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker
from yarl import URL

from custom_components.api_credits.client.declared import Identity, Refusal, Whoami
from custom_components.api_credits.client.errors import (
    ForbiddenError,
    InvalidCredentialsError,
    MalformedError,
    NotFoundError,
    ProviderError,
    RateLimitedError,
    UnexpectedStatusError,
    UnreachableError,
)
from custom_components.api_credits.client.fields import Field
from custom_components.api_credits.client.provider import Provider
from custom_components.api_credits.client.transport import async_get_transport
from custom_components.api_credits.readings import BALANCE
from homeassistant.core import HomeAssistant

CREDITS = "https://api.example.com/v1/credits"


class Plain(Provider):
    """A provider that overrides nothing."""

    key = "plain"
    name = "Plain"
    base = URL("https://api.example.com/v1")
    path = "credits"
    fields = (Field(path="credits", kind=BALANCE, unit="credits", required=True),)


@pytest.fixture
async def plain(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> Plain:
    """Return an account seen through a key."""
    return Plain(async_get_transport(hass, "plain"), {"api_key": "swordfish"})


async def test_usual_shape(plain: Plain, aioclient_mock: AiohttpClientMocker) -> None:
    """A description alone makes one request with a bearer token, and no identity."""
    aioclient_mock.get(CREDITS, text='{"credits": 5}')
    assert list((await plain.fetch()).readings) == ["balance"]
    assert await plain.identify() == [Identity()]
    assert aioclient_mock.mock_calls == [
        ("GET", URL(CREDITS), None, {"Authorization": "Bearer swordfish"})
    ]


@pytest.mark.parametrize(
    "pasted",
    [
        "made-up-key",
        " made-up-key ",
        "\tmade-up-key\r\n",
        "\u00a0made-up-key\u00a0",
        "Bearer made-up-key",
        "bearer  made-up-key",
        "BEARER made-up-key\n",
    ],
    ids=repr,
)
def test_pasted_key(pasted: str) -> None:
    """What came along with a pasted key is not part of it."""
    assert Plain.clean({"api_key": pasted}) == {"api_key": "made-up-key"}


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "  ",
        "\u200bmade-up-key",
        "made-up\nkey",
        "made-up\r\nX-Other: header",
        "made-up\x00key",
        "schlüssel",
        "Bearer\tmade-up-key",
        "made-up key",
        "Bearer made-up key",
        "made-up\u00a0key",
        pytest.param("k" * 4097, id="4097 letters"),
    ],
    ids=repr,
)
def test_not_a_key(pasted: str) -> None:
    """What no header can carry is refused before it is sent."""
    with pytest.raises(InvalidCredentialsError, match=r"^not a key$"):
        Plain.clean({"api_key": pasted})


def test_longest_key() -> None:
    """A token may be long, as long as a header can carry it."""
    assert Plain.clean({"api_key": "k" * 4096}) == {"api_key": "k" * 4096}


def test_only_keys_have_prefixes() -> None:
    """An account id is stripped of space, but keeps the words it begins with."""
    assert Plain.clean({"account_id": " Bearer of news ", "api_key": " Bearer key "}) == {
        "account_id": "Bearer of news",
        "api_key": "key",
    }


def test_every_credential_is_needed() -> None:
    """An id that is blank is refused like a key."""
    with pytest.raises(InvalidCredentialsError):
        Plain.clean({"account_id": " ", "api_key": "key"})


@pytest.mark.parametrize(
    ("status", "text", "error", "message"),
    [
        (200, "", MalformedError, "not JSON"),
        (200, "<html></html>", MalformedError, "not JSON"),
        (201, '{"credits": 5}', UnexpectedStatusError, "HTTP 201"),
        (204, "", UnexpectedStatusError, "HTTP 204"),
        (301, "", UnreachableError, "HTTP 301"),
        (400, "{}", UnexpectedStatusError, "HTTP 400"),
        (401, "{}", InvalidCredentialsError, "HTTP 401"),
        (401, "", InvalidCredentialsError, "HTTP 401"),
        (402, "{}", UnexpectedStatusError, "HTTP 402"),
        (403, "{}", ForbiddenError, "HTTP 403"),
        (403, "", UnreachableError, "HTTP 403 from a firewall"),
        (403, "<html></html>", UnreachableError, "HTTP 403 from a firewall"),
        (404, "{}", NotFoundError, "HTTP 404"),
        (408, "{}", UnreachableError, "HTTP 408"),
        (429, "{}", RateLimitedError, "HTTP 429"),
        (429, "slow down", RateLimitedError, "HTTP 429"),
        (500, "{}", UnreachableError, "HTTP 500"),
        (502, "<html></html>", UnreachableError, "HTTP 502"),
        (503, "{}", UnreachableError, "HTTP 503"),
    ],
)
async def test_statuses(
    plain: Plain,
    aioclient_mock: AiohttpClientMocker,
    status: int,
    text: str,
    error: type[ProviderError],
    message: str,
) -> None:
    """Every answer but a success is a typed error."""
    aioclient_mock.get(CREDITS, status=status, text=text)
    with pytest.raises(ProviderError) as caught:
        await plain.fetch()
    assert (caught.type, str(caught.value)) == (error, message)


@pytest.mark.parametrize(
    "means",
    [
        ForbiddenError,
        InvalidCredentialsError,
        MalformedError,
        NotFoundError,
        RateLimitedError,
        UnexpectedStatusError,
        UnreachableError,
    ],
)
@pytest.mark.parametrize("status", [200, 400, 404])
async def test_refusals_of_its_own(
    hass: HomeAssistant,
    aioclient_mock: AiohttpClientMocker,
    means: type[ProviderError],
    status: int,
) -> None:
    """A provider's own words may mean anything that can go wrong."""

    class Wordy(Plain):
        refusals = (Refusal(means=means, status=status, word="no such thing"),)
        success = {"ok": True}

    wordy = Wordy(async_get_transport(hass, "plain"), {"api_key": "swordfish"})
    aioclient_mock.get(CREDITS, status=status, text='{"message": "no such thing"}')
    with pytest.raises(ProviderError) as caught:
        await wordy.fetch()
    assert (caught.type, str(caught.value)) == (means, f"HTTP {status}")

    aioclient_mock.clear_requests()
    aioclient_mock.get(CREDITS, text='{"ok": true, "credits": 5}')
    assert list((await wordy.fetch()).readings) == ["balance"]


@pytest.mark.parametrize(
    ("answer", "identity"),
    [
        ('{"id": "1", "name": "Acme"}', Identity(id="1", title="Acme")),
        ('{"id": "1", "name": ""}', Identity(id="1")),
        ('{"id": "1", "name": " "}', Identity(id="1")),
        ('{"id": "1", "name": null}', Identity(id="1")),
        ('{"id": "1"}', Identity(id="1")),
        ('{"id": ""}', Identity()),
        ('{"id": " ", "name": "Acme"}', Identity()),
        ("{}", Identity()),
    ],
)
async def test_identity_without_a_title(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, answer: str, identity: Identity
) -> None:
    """An account is the same whether or not it has a name."""

    class Named(Plain):
        whoami = Whoami(path="me", id_path="id", title_path="name", may_lack=True)

    aioclient_mock.get("https://api.example.com/v1/me", text=answer)
    named = Named(async_get_transport(hass, "plain"), {"api_key": "swordfish"})
    assert await named.identify() == [identity]


@pytest.mark.parametrize("answer", ['{"id": "1", "name": []}', '{"id": [], "name": "Acme"}'])
async def test_identity_that_is_none(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, answer: str
) -> None:
    """What is there has to be a text."""

    class Named(Plain):
        whoami = Whoami(path="me", id_path="id", title_path="name", may_lack=True)

    named = Named(async_get_transport(hass, "plain"), {"api_key": "swordfish"})
    aioclient_mock.get("https://api.example.com/v1/me", text=answer)
    with pytest.raises(MalformedError):
        await named.identify()
    aioclient_mock.clear_requests()
    aioclient_mock.get("https://api.example.com/v1/me", text='{"id": "1"}')
    assert await named.identify() == [Identity(id="1")]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({}, None), ({"Retry-After": "120"}, 120), ({"retry-after": "5"}, 60)],
    ids=["unsaid", "seconds", "too short"],
)
async def test_rate_limit(
    plain: Plain,
    aioclient_mock: AiohttpClientMocker,
    headers: dict[str, str],
    seconds: float | None,
) -> None:
    """The pause a provider asks for goes with the error."""
    aioclient_mock.get(CREDITS, status=429, headers=headers)
    with pytest.raises(RateLimitedError) as caught:
        await plain.fetch()
    assert caught.value.retry_after == seconds


async def test_status_goes_along(plain: Plain, aioclient_mock: AiohttpClientMocker) -> None:
    """An unexpected status can be told from another."""
    aioclient_mock.get(CREDITS, status=418)
    with pytest.raises(UnexpectedStatusError) as caught:
        await plain.fetch()
    assert caught.value.status == 418


@pytest.mark.parametrize("status", [200, 301, 400, 401, 403, 404, 408, 429, 500])
@pytest.mark.parametrize(
    "text", ['{"error": "swordfish"}', "swordfish"], ids=["echoed in JSON", "echoed"]
)
async def test_no_error_tells_the_secret(
    plain: Plain, aioclient_mock: AiohttpClientMocker, status: int, text: str
) -> None:
    """Neither the key that was sent nor the body that came back is in any error."""
    aioclient_mock.get(CREDITS, status=status, text=text, headers={"Location": "swordfish"})
    with pytest.raises(ProviderError) as caught:
        await plain.fetch()
    assert "swordfish" not in "".join(traceback.format_exception(caught.value))
    assert "swordfish" not in repr(vars(caught.value))
