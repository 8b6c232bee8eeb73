"""The registry, and shapes of providers that are yet to come."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
import inspect
import re

import pytest
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker
from yarl import URL

from custom_components.api_credits.client.credentials import (
    ACCOUNT_ID,
    API_KEY,
    Basic,
    Region,
)
from custom_components.api_credits.client.declared import Identity, Refusal, Whoami
from custom_components.api_credits.client.errors import (
    InvalidCredentialsError,
    MalformedError,
    ProviderError,
)
from custom_components.api_credits.client.fields import Each, Field, allowance
from custom_components.api_credits.client.hosted import Hosted
from custom_components.api_credits.client.provider import Provider
from custom_components.api_credits.client.transport import async_get_transport
from custom_components.api_credits.const import CONF_ACCOUNT, CONF_PROVIDER, CONF_VARIANT
from custom_components.api_credits.providers import PROVIDERS
from custom_components.api_credits.readings import (
    BALANCE,
    KINDS,
    Account,
    Reading,
    Role,
)
from homeassistant.core import HomeAssistant

every_provider = pytest.mark.parametrize("provider", PROVIDERS.values(), ids=PROVIDERS)


def test_keys_stay() -> None:
    """Accounts are stored under their provider's key, so no key is ever renamed or taken away."""
    assert PROVIDERS.keys() >= {
        "agenttoolkit",
        "deepseek",
        "hyperstack",
        "openrouter",
        "sms_works",
        "stability_ai",
    }


def test_names_are_unique() -> None:
    """A person tells providers apart by their names."""
    assert len({provider.name.casefold() for provider in PROVIDERS.values()}) == len(PROVIDERS)


@every_provider
def test_key(provider: type[Provider]) -> None:
    """A provider is registered by its key, a slug that names its module, too."""
    assert PROVIDERS[provider.key] is provider
    assert re.fullmatch("[a-z0-9]+(_[a-z0-9]+)*", provider.key)
    assert provider.__module__.endswith(f".{provider.key}")


@every_provider
@pytest.mark.parametrize("page", ["website", "keys_url", "top_up_url", "base"])
def test_addresses(provider: type[Provider], page: str) -> None:
    """Every address is absolute, by TLS, and carries nothing along."""
    url = URL(str(getattr(provider, page)))
    assert url.scheme == "https"
    assert url.host
    assert url.explicit_port is None
    assert (url.user, url.query_string) == (None, "")


@every_provider
def test_words(provider: type[Provider]) -> None:
    """A name, and the rights a key needs, fit into the sentences of the translations."""
    for words in (provider.name, provider.rights.word if provider.rights else "any"):
        assert words == words.strip() != ""
        assert not re.search(r"[<>{}\n]|https?:|\.$", words)


@every_provider
def test_intervals(provider: type[Provider]) -> None:
    """A provider is asked seldom by itself, and never more often than it bears."""
    assert timedelta(minutes=1) <= provider.min_interval <= provider.default_interval
    assert provider.default_interval <= timedelta(days=1)
    assert provider.min_interval % timedelta(minutes=1) == timedelta()


@every_provider
def test_credentials(provider: type[Provider]) -> None:
    """One credential is secret, it is the API key, and none is stored over something else."""
    keys = [credential.key for credential in provider.asked()]
    assert [found.key for found in provider.asked() if found.secret] == ["api_key"]
    assert len(set(keys)) == len(keys)
    assert not {CONF_ACCOUNT, CONF_PROVIDER, CONF_VARIANT} & set(keys)


def tables(provider: type[Provider]) -> Iterator[tuple[Field, ...]]:
    """Yield the fields that are read together."""
    ways = [*provider.ways.values()]
    if issubclass(provider, Hosted):
        ways += provider.subjects.values()
    for fields in (provider.fields, *(way.fields or () for way in ways)):
        yield tuple(field for field in fields if isinstance(field, Field))
        yield from (each.fields for each in fields if isinstance(each, Each))


@every_provider
def test_fields(provider: type[Provider]) -> None:
    """Fields are of catalogued kinds, each once in a scope; amounts have units."""
    for fields in tables(provider):
        keys = [(field.kind, field.scope) for field in fields]
        assert len(set(keys)) == len(keys)
        for field in fields:
            assert KINDS[field.kind.key] is field.kind
            if field.kind.role in {Role.BALANCE, Role.AMOUNT, Role.LEVEL}:
                assert field.unit or field.unit_path or provider.regions
            else:
                assert not field.unit


@every_provider
def test_sources(provider: type[Provider]) -> None:
    """A module tells where its knowledge comes from."""
    assert "\n\nSource: " in (inspect.getmodule(provider).__doc__ or "")


async def fetch(
    hass: HomeAssistant,
    aioclient_mock: AiohttpClientMocker,
    provider: type[Provider],
    body: str,
    **config: str,
) -> Account:
    """Return what a provider reads in a body that its balance's address answers."""
    aioclient_mock.get(re.compile("^https://api.example.com/"), text=body)
    transport = async_get_transport(hass, provider.key)
    return await provider(transport, {"api_key": "made-up-key", **config}).fetch()


class MadeUp(Provider):
    """What the shapes below have in common."""

    key = "made_up"
    name = "Made Up"
    base = URL("https://api.example.com")
    path = "balance"


class TenThousandths(MadeUp):
    """Novita: ten-thousandths of a dollar, as text."""

    fields = (
        Field(
            path="availableBalance",
            kind=BALANCE,
            unit="USD",
            scale=Decimal("0.0001"),
            required=True,
        ),
    )


class InvertedSign(MadeUp):
    """Linode: credit is a negative balance."""

    fields = (Field(path="balance", kind=BALANCE, unit="USD", scale=Decimal(-1), required=True),)


class InvertedCents(MadeUp):
    """xAI: cents, as text, and credit is negative."""

    fields = (
        Field(path="total.val", kind=BALANCE, unit="USD", scale=Decimal("-0.01"), required=True),
    )


class Cents(MadeUp):
    """Luma: cents."""

    fields = (
        Field(
            path="credit_balance",
            kind=BALANCE,
            unit="USD",
            scale=Decimal("0.01"),
            required=True,
        ),
    )


class LimitMinusUsed(MadeUp):
    """ElevenLabs: only what was used of which limit."""

    fields = (
        Field(
            path="subscription.character_limit",
            minus="subscription.character_count",
            kind=BALANCE,
            unit="characters",
            required=True,
        ),
    )


@pytest.mark.parametrize(
    ("provider", "body", "value", "unit"),
    [
        (TenThousandths, '{"availableBalance": "1234567"}', "123.4567", "USD"),
        (InvertedSign, '{"balance": -12.5}', "12.5", "USD"),
        (InvertedSign, '{"balance": 3}', "-3", "USD"),
        (InvertedCents, '{"total": {"val": "-1999"}}', "19.99", "USD"),
        (Cents, '{"credit_balance": 1999}', "19.99", "USD"),
        (
            LimitMinusUsed,
            '{"subscription": {"character_count": 10500, "character_limit": 10000}}',
            "-500",
            "characters",
        ),
    ],
)
async def test_a_table_is_enough(
    hass: HomeAssistant,
    aioclient_mock: AiohttpClientMocker,
    provider: type[Provider],
    body: str,
    value: str,
    unit: str,
) -> None:
    """Scaled, inverted and subtracted amounts need no code."""
    assert await fetch(hass, aioclient_mock, provider, body) == Account(
        readings={"balance": Reading(kind=BALANCE, value=Decimal(value), unit=unit)}
    )


class IdAndSecret(MadeUp):
    """Twilio: an id and a secret, the id in the path too; the currency in the body."""

    credentials = (ACCOUNT_ID, API_KEY)
    auth = Basic("account_id")
    path = "Accounts/{account_id}/Balance.json"
    fields = (Field(path="balance", kind=BALANCE, unit_path="currency"),)
    whoami = Whoami(credential="account_id")


async def test_id_and_secret(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """Two credentials make a header, and one of them is part of the path."""
    body = '{"account_sid": "made-up-id", "balance": "-0.25", "currency": "EUR"}'
    account = await fetch(hass, aioclient_mock, IdAndSecret, body, account_id="made-up-id")
    assert account.balances == [Reading(kind=BALANCE, value=Decimal("-0.25"), unit="EUR")]
    assert aioclient_mock.mock_calls == [
        (
            "GET",
            URL("https://api.example.com/Accounts/made-up-id/Balance.json"),
            None,
            {"Authorization": "Basic bWFkZS11cC1pZDptYWRlLXVwLWtleQ=="},
        )
    ]


class TwoSteps(MadeUp):
    """Deepgram: projects, and then the balances of one, added up by their units."""

    path = "projects/{account}/balances"
    fields = (
        Each(
            path="balances",
            scope_path="units",
            fields=(Field(path="amount", kind=BALANCE, unit_path="units", required=True),),
        ),
    )
    whoami = Whoami(path="projects", each="projects", id_path="project_id", title_path="name")


async def test_two_steps(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """The first request is made once, when the account is added."""
    body = '{"balances": [{"amount": 12.5, "units": "usd"}, {"amount": 2, "units": "usd"}]}'
    account = await fetch(hass, aioclient_mock, TwoSteps, body, account="made-up-project")
    assert account.balances == [
        Reading(kind=BALANCE, value=Decimal("14.5"), unit="USD", scope="usd")
    ]
    assert [str(call[1]) for call in aioclient_mock.mock_calls] == [
        "https://api.example.com/projects/made-up-project/balances"
    ]


async def test_two_steps_identify(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """Each project is an account of its own."""
    aioclient_mock.get(
        "https://api.example.com/projects",
        text='{"projects": [{"project_id": "made-up-project", "name": "Made Up"}]}',
    )
    provider = TwoSteps(async_get_transport(hass, "made_up"), {"api_key": "made-up-key"})
    assert await provider.identify() == [Identity(id="made-up-project", title="Made Up")]


class TwoPools(MadeUp):
    """Venice: two pools in different units."""

    fields = (
        Field(path="balances.usd", kind=BALANCE, unit="USD", scope="USD"),
        Field(path="balances.diem", kind=BALANCE, unit="diem", scope="Diem"),
    )


async def test_two_pools(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """Pools are told apart by their scopes."""
    body = '{"balances": {"diem": 2.5, "usd": null}}'
    account = await fetch(hass, aioclient_mock, TwoPools, body)
    assert account.readings == {
        "balance_usd": Reading(kind=BALANCE, value=None, unit="USD", scope="USD"),
        "balance_diem": Reading(kind=BALANCE, value=Decimal("2.5"), unit="diem", scope="Diem"),
    }


class Envelope(MadeUp):
    """VoIP.ms, SiliconFlow: the outcome is in the body of a success."""

    success = {"status": "success"}
    refusals = (Refusal(means=InvalidCredentialsError, path="status", word="invalid_credentials"),)
    fields = (Field(path="balance.current_balance", kind=BALANCE, unit="USD", required=True),)


@pytest.mark.parametrize(
    ("status", "error"),
    [("invalid_credentials", InvalidCredentialsError), ("no_such_method", MalformedError)],
)
async def test_envelope(
    hass: HomeAssistant,
    aioclient_mock: AiohttpClientMocker,
    status: str,
    error: type[ProviderError],
) -> None:
    """An error in a success is the error it says."""
    with pytest.raises(error):
        await fetch(hass, aioclient_mock, Envelope, f'{{"status": "{status}"}}')


async def test_envelope_of_a_success(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker
) -> None:
    """A success in a success is read."""
    body = '{"status": "success", "balance": {"current_balance": "7.25"}}'
    account = await fetch(hass, aioclient_mock, Envelope, body)
    assert account.readings["balance"].value == Decimal("7.25")


class OwnStatuses(MadeUp):
    """DeepL: 403 is a bad key; a limit of 1e12 is none."""

    refusals = (Refusal(means=InvalidCredentialsError, status=403),)
    fields = allowance(
        limit="character_limit",
        used="character_count",
        unit="characters",
        unlimited=Decimal(10**12),
    )


async def test_own_statuses(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """A status may mean something else to a provider."""
    aioclient_mock.get("https://api.example.com/balance", status=403)
    provider = OwnStatuses(async_get_transport(hass, "made_up"), {"api_key": "made-up-key"})
    with pytest.raises(InvalidCredentialsError):
        await provider.fetch()


async def test_unlimited(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """A limit that stands for none is none: what is left is not known either."""
    body = '{"character_limit": 1000000000000, "character_count": 5}'
    readings = (await fetch(hass, aioclient_mock, OwnStatuses, body)).readings
    assert (readings["limit"].value, readings["balance"].value) == (None, None)
    assert readings["used"].value == Decimal(5)


async def test_allowance(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """What is left is what may be used less what was."""
    body = '{"character_limit": 100, "character_count": 105}'
    readings = (await fetch(hass, aioclient_mock, OwnStatuses, body)).readings
    assert (readings["limit"].value, readings["balance"].value) == (Decimal(100), Decimal(-5))


class Regions(MadeUp):
    """Moonshot: each region has its own address and its own currency."""

    regions = {
        "international": Region(base=URL("https://api.example.com/international"), unit="USD"),
        "china": Region(base=URL("https://api.example.com/china"), unit="CNY"),
    }
    fields = (Field(path="data.available_balance", kind=BALANCE, required=True),)


@pytest.mark.parametrize(("region", "unit"), [("international", "USD"), ("china", "CNY")])
async def test_regions(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker, region: str, unit: str
) -> None:
    """A choice among the credentials decides on address and currency."""
    body = '{"code": 0, "data": {"available_balance": 49.58894}}'
    account = await fetch(hass, aioclient_mock, Regions, body, region=region)
    assert account.balances == [Reading(kind=BALANCE, value=Decimal("49.58894"), unit=unit)]
    assert [str(call[1]) for call in aioclient_mock.mock_calls] == [
        f"https://api.example.com/{region}/balance"
    ]
