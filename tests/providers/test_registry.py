"""The registry, and shapes of providers that are yet to come."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
import inspect
import json
from pathlib import Path
import re
from typing import Any, override

import pytest
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker
from yarl import URL

from custom_components.api_credits.client.errors import (
    InvalidCredentialsError,
    MalformedError,
    ProviderError,
)
from custom_components.api_credits.client.fields import Field, currency, find, items, read, text
from custom_components.api_credits.client.provider import (
    ACCOUNT_ID,
    API_KEY,
    Credential,
    Identity,
    Provider,
)
from custom_components.api_credits.client.transport import Response, async_get_transport
from custom_components.api_credits.const import CONF_ACCOUNT, CONF_PROVIDER, CONF_VARIANT
from custom_components.api_credits.providers import PROVIDERS
from custom_components.api_credits.readings import (
    BALANCE,
    KINDS,
    LIMIT,
    USED,
    Account,
    Reading,
    Role,
)
from homeassistant.core import HomeAssistant

PAYLOADS = sorted(Path(__file__).parent.glob("*/*.json"))

every_provider = pytest.mark.parametrize("provider", PROVIDERS.values(), ids=PROVIDERS)
every_payload = pytest.mark.parametrize(
    "path", PAYLOADS, ids=[f"{path.parent.name}/{path.stem}" for path in PAYLOADS]
)


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
    assert (url.user, url.query_string, url.fragment) == (None, "", "")


@every_provider
def test_words(provider: type[Provider]) -> None:
    """A name, and the rights a key needs, fit into the sentences of the translations."""
    for words in (provider.name, provider.rights):
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
    keys = [credential.key for credential in provider.credentials]
    assert [found.key for found in provider.credentials if found.secret] == ["api_key"]
    assert len(set(keys)) == len(keys)
    assert not {CONF_ACCOUNT, CONF_PROVIDER, CONF_VARIANT} & set(keys)


@every_provider
def test_fields(provider: type[Provider]) -> None:
    """Fields are of catalogued kinds, each once; amounts have units."""
    kinds = [field.kind for field in provider.fields]
    assert len(set(kinds)) == len(kinds)
    for field in provider.fields:
        assert KINDS[field.kind.key] is field.kind
        amount = field.kind.role in {Role.BALANCE, Role.AMOUNT, Role.LEVEL}
        assert (field.unit is not None) is amount


@every_provider
def test_sources(provider: type[Provider]) -> None:
    """A module tells where its knowledge comes from."""
    assert "\n\nSource: " in (inspect.getmodule(provider).__doc__ or "")


@every_provider
def test_documented(provider: type[Provider]) -> None:
    """Every provider has its payloads, and tests that read them."""
    here = Path(__file__).parent
    assert list((here / provider.key).glob("*.json"))
    assert (here / f"test_{provider.key}.py").is_file()


@every_payload
def test_payload_is_used(path: Path) -> None:
    """A payload that no test reads proves nothing."""
    tests = Path(__file__).parent / f"test_{path.parent.name}.py"
    assert re.search(rf'["/]{path.stem}"', tests.read_text(encoding="utf-8"))


@every_payload
def test_payload_is_harmless(path: Path) -> None:
    """A payload is JSON, and holds nothing that looks like a key or belongs to a person."""
    body = path.read_text(encoding="utf-8")
    json.loads(body)
    assert not re.search(r"(?=\w*\d)(?=\w*[a-z])\w{16,}", body, re.IGNORECASE)
    assert not re.search(r"\b(sk-|pk-|eyJ)", body)
    assert all(host == "example.com" for host in re.findall(r"@([\w.-]+)", body))


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
    fields = (Field(path="balance", kind=BALANCE),)

    @property
    @override
    def headers(self) -> dict[str, str]:
        """Return basic authentication."""
        pair = f"{self.config['account_id']}:{self.api_key}"
        return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}

    @override
    async def identify(self) -> list[Identity]:
        """Return the account that the id names."""
        return [Identity(id=self.config["account_id"])]

    @override
    async def fetch(self) -> Account:
        """Return the balance of the account that the id names."""
        body = await self.get(f"Accounts/{self.config['account_id']}/Balance.json")
        return self.account_of(read(body, self.fields, unit=currency(body, "currency")))


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
    """Deepgram: projects, and then the balances of one."""

    fields = (Field(path="amount", kind=BALANCE, required=True),)

    @override
    async def identify(self) -> list[Identity]:
        """Return the projects that the key reaches."""
        return [
            Identity(id=text(project, "project_id"), title=text(project, "name"))
            for project in items(await self.get("projects"), "projects")
        ]

    @override
    async def fetch(self) -> Account:
        """Return the balances of the project that was chosen."""
        body = await self.get(f"projects/{self.account}/balances")
        return self.account_of(
            reading
            for balance in items(body, "balances")
            for reading in read(
                balance,
                self.fields,
                unit=text(balance, "units").upper(),
                scope=text(balance, "balance_id"),
            )
        )


async def test_two_steps(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """The first request is made once, when the account is added."""
    body = '{"balances": [{"balance_id": "first", "amount": 12.5, "units": "usd"}]}'
    account = await fetch(hass, aioclient_mock, TwoSteps, body, account="made-up-project")
    assert account.balances == [
        Reading(kind=BALANCE, value=Decimal("12.5"), unit="USD", scope="first")
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

    @override
    def read(self, body: Any) -> Iterator[Reading]:
        """Yield the balance of each pool."""
        yield from read(body, [Field(path="balances.usd", kind=BALANCE, unit="USD")], scope="USD")
        yield from read(
            body, [Field(path="balances.diem", kind=BALANCE, unit="diem")], scope="Diem"
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

    fields = (Field(path="balance.current_balance", kind=BALANCE, unit="USD", required=True),)

    @override
    def read(self, body: Any) -> Iterator[Reading]:
        """Yield the readings of a body that says it is a success."""
        match find(body, "status"):
            case "success":
                return super().read(body)
            case "invalid_credentials":
                raise InvalidCredentialsError("invalid_credentials")
            case _:
                raise MalformedError("status: not a success")


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

    fields = (
        Field(path="character_limit", kind=LIMIT, unit="characters", required=True),
        Field(path="character_count", kind=USED, unit="characters", required=True),
    )

    @override
    def refusal(self, response: Response) -> ProviderError:
        """Return what an answer other than 200 means."""
        if response.status == 403:
            return InvalidCredentialsError("HTTP 403")
        return super().refusal(response)


async def test_own_statuses(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """A status may mean something else to a provider."""
    aioclient_mock.get("https://api.example.com/balance", status=403)
    provider = OwnStatuses(async_get_transport(hass, "made_up"), {"api_key": "made-up-key"})
    with pytest.raises(InvalidCredentialsError):
        await provider.fetch()


async def test_unlimited(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """A limit that stands for none is a number all the same."""
    body = '{"character_limit": 1000000000000, "character_count": 5}'
    account = await fetch(hass, aioclient_mock, OwnStatuses, body)
    assert account.readings["limit"].value == Decimal(10**12)


class Regions(MadeUp):
    """Moonshot: each region has its own address and its own currency."""

    credentials = (API_KEY, Credential(key="region", options=("global", "china")))
    fields = (Field(path="data.available_balance", kind=BALANCE, required=True),)

    @property
    @override
    def base(self) -> URL:  # type: ignore[override]
        """Return the region's address."""
        return URL(f"https://api.example.com/{self.config['region']}")

    @override
    def read(self, body: Any) -> Iterator[Reading]:
        """Yield the readings in the region's currency."""
        unit = {"global": "USD", "china": "CNY"}[self.config["region"]]
        return read(body, self.fields, unit=unit)


@pytest.mark.parametrize(("region", "unit"), [("global", "USD"), ("china", "CNY")])
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
