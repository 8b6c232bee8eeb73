"""What a provider is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from hashlib import blake2b
import re
from typing import Any, ClassVar, Final, Self, final
from urllib.parse import quote

from yarl import URL

from homeassistant.core import HomeAssistant

from ..const import CONF_ACCOUNT, CONF_NOTES, CONF_REGION, CONF_VARIANT
from ..readings import Account, Reading
from .address import clean_address
from .credentials import API_KEY, Auth, Bearer, Config, Credential, Region, Rights, Secret
from .declared import Identity, Refusal, Way, Whoami
from .errors import (
    ForbiddenError,
    InvalidCredentialsError,
    MalformedError,
    NotFoundError,
    ProviderError,
    RateLimitedError,
    UnexpectedStatusError,
    UnreachableError,
)
from .fields import Each, Field, find, items, parse, read, text
from .outgoing import fit_account, outward
from .transport import Response, Transport, async_get_transport

LONGEST_CREDENTIAL: Final = 4096


@cache
def _address(base: URL, path: str) -> URL:
    """Return the URL of a path, the same object each time: it works out its parts only once."""
    return URL(f"{str(base).rstrip('/')}/{path}", encoded=True)


class Provider:
    """A company with a credit endpoint, seen through one account's credentials.

    A provider of the usual shape is its class attributes alone. Others override a property, `read`
    or `fetch`; these raise nothing but ProviderError. In paths and headers, a name in braces stands
    for a credential, for the id of the `account`, or for the `variant`.
    """

    key: ClassVar[str]
    """Slug, stored in config entries: never renamed."""
    name: str
    website: str
    keys_url: str
    """The page where a person makes a key."""
    top_up_url: str

    docs_url: ClassVar[str] = ""
    """A page of ours about it, where it has no row on the page of all."""
    steps: ClassVar[tuple[str, ...]] = ("credentials",)
    """The steps between the choice of the provider and that of the alerts."""
    reconfigure_steps: ClassVar[tuple[str, ...]] = ()
    """The steps in which an account is changed; none where only its credentials are asked for."""

    secret: ClassVar[Secret] = Secret.API_KEY
    """What the provider calls the secret."""
    id_word: ClassVar[str] = ""
    """What the provider calls the credential that is no secret, if not an account's id."""
    rights: ClassVar[Rights | None] = None
    """What a key must have; None where any will do."""
    credentials: ClassVar[tuple[Credential, ...]] = (API_KEY,)
    alike: ClassVar[tuple[str, ...] | None] = None
    """What of an account without an id is not there twice: all of its credentials if None."""
    key_prefixes: ClassVar[tuple[str, ...]] = ("Bearer ",)
    """What people paste along with a key, and what is not part of it."""
    auth: ClassVar[Auth] = Bearer()
    may_owe: ClassVar[bool] = False
    """Whether people may use it first and pay afterwards, which no answer tells apart."""
    default_interval: ClassVar[timedelta] = timedelta(minutes=30)
    min_interval: ClassVar[timedelta] = timedelta(minutes=5)

    base: ClassVar[URL]
    regions: ClassVar[Mapping[str, Region]] = {}
    """By the choice that a person makes, parts of the provider; the base is then the first's."""
    method: ClassVar[str] = "GET"
    path: ClassVar[str]
    """Where the balance is, below the base."""
    fixed_headers: ClassVar[Mapping[str, str]] = {}
    """What goes along with every request; left out where it has a name that nothing stands for."""
    query: ClassVar[Mapping[str, str]] = {}
    json: ClassVar[Any] = None
    form: ClassVar[Mapping[str, str] | None] = None
    """What is sent to ask for the balance, as JSON or as a form."""

    plain: ClassVar[str | None] = None
    """The pattern of an answer that is no JSON; what its groups are called is where they stand."""
    success: ClassVar[Mapping[str, Any]] = {}
    """By path, what an answer with the status 200 says where it is no refusal."""
    refusals: ClassVar[tuple[Refusal, ...]] = ()
    fields: ClassVar[tuple[Field | Each, ...]] = ()
    whoami: ClassVar[Whoami | None] = None
    ways: ClassVar[Mapping[str, Way]] = {}
    """By variant, the ways to an account, in the order in which they are tried."""
    falls_back_on: ClassVar[type[ProviderError]] = ForbiddenError
    """The error after which the next way is tried."""

    def __init__(self, transport: Transport, config: Mapping[str, Any]) -> None:
        """Take the credentials, and what was remembered of the account's identity."""
        self._transport = transport
        self._last: tuple[bytes, Account] | None = None
        """The digest of an answer, and what was read in it."""
        self.config = config
        self.account: str | None = config.get(CONF_ACCOUNT)
        self.variant: str | None = config.get(CONF_VARIANT)
        self.notes: Mapping[str, Any] | None = config.get(CONF_NOTES)
        """What the provider wanted to be remembered, at first as the config flow left it."""

    @classmethod
    def asked(cls) -> tuple[Credential, ...]:
        """Return what a person is asked for."""
        if not cls.regions:
            return cls.credentials
        return (*cls.credentials, Credential(key=CONF_REGION, options=tuple(cls.regions)))

    @classmethod
    def asked_again(cls, _kept: Config, /) -> tuple[Credential, ...]:
        """Return what a person is asked for when the credentials kept of an account are refused."""
        return cls.asked()

    @classmethod
    def clean(cls, credentials: Mapping[str, Any]) -> dict[str, Any]:
        """Return credentials without what came along when they were pasted.

        Raises InvalidCredentialsError or InvalidUrlError for what cannot be any.
        """
        known = {field.key: field for field in cls.asked()}
        left_out = {
            key: field.is_flag or ""
            for key, field in known.items()
            if field.optional or field.is_flag
        }
        return left_out | {
            key: cls._cleaned(known.get(key, Credential(key=key)), value)
            for key, value in credentials.items()
        }

    @classmethod
    def _cleaned(cls, field: Credential, value: Any) -> Any:
        """Return what was given for one field. Raises as `clean` does."""
        if field.is_flag:
            return bool(value)
        if field.is_address:
            return str(clean_address(value))
        cleaned: str = value.strip()
        if field.key == API_KEY.key:
            for prefix in cls.key_prefixes * 2:
                if cleaned.lower().startswith(prefix.lower()):
                    cleaned = cleaned[len(prefix) :].strip()
        if not cleaned and field.optional:
            return ""
        sound = cleaned.isascii() and cleaned.isprintable()
        split = field.secret and " " in cleaned
        if not sound or split or not 0 < len(cleaned) <= LONGEST_CREDENTIAL:
            raise InvalidCredentialsError("not a key")
        return cleaned

    @classmethod
    async def prepare(
        cls, _hass: HomeAssistant, credentials: Mapping[str, Any], kept: Config | None = None, /
    ) -> dict[str, Any]:
        """Return clean credentials, with what had to be found out about them.

        `kept` is what is kept of an account whose credentials are refused: what is not asked for
        again stays as it is. Raises ProviderError.
        """
        return cls.clean(cls.still(kept or {}) | {**credentials})

    @classmethod
    def still(cls, kept: Config) -> dict[str, Any]:
        """Return the credentials that are kept of an account."""
        return {field.key: kept[field.key] for field in cls.asked() if field.key in kept}

    @classmethod
    def connect(cls, hass: HomeAssistant, config: Config) -> Self:
        """Return the provider as these credentials see it, with the way there."""
        return cls(async_get_transport(hass, cls.key), config)

    @property
    def private(self) -> tuple[str, ...]:
        """Return what is shown to the person alone, and is no help in finding a fault."""
        return ()

    def describe(self) -> dict[str, Any]:
        """Return what of the account's own request helps to find a fault, and is not private."""
        return {}

    def unique_id(self, identity: Identity) -> str | None:
        """Return what tells an account from every other, if the provider has such a thing."""
        return f"{self.key}_{identity.id}" if identity.id else None

    def title(self, identity: Identity) -> str:
        """Return what an account is called at first."""
        return f"{self.name} {identity.title}" if identity.title else self.name

    @property
    def api_key(self) -> str:
        """Return the secret."""
        key: str = self.config[API_KEY.key]
        return key

    @property
    def secrets(self) -> list[str]:
        """Return what must never be seen."""
        return [self.config[found.key] for found in self.credentials if found.secret]

    @property
    def region(self) -> Region:
        """Return the part of the provider that the account is at."""
        if not self.regions:
            return Region(base=self.base)
        return self.regions.get(self.config.get(CONF_REGION, ""), next(iter(self.regions.values())))

    @property
    def way(self) -> Way:
        """Return the way to the account."""
        return self.ways.get(self.variant or "", next(iter(self.ways.values()), Way()))

    @property
    def url(self) -> URL:
        """Return the base, which may depend on the credentials."""
        return self.region.base

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers of every request, those that carry the credentials not least."""
        known = self._names()
        fixed = {
            name: words.format_map(known)
            for name, words in self.fixed_headers.items()
            if all(known.get(each) for each in re.findall(r"{(\w+)}", words))
        }
        return fixed | (self.way.auth or self.auth).headers(self.config)

    def _names(self) -> dict[str, Any]:
        """Return what the names in braces stand for."""
        return {**self.config, CONF_ACCOUNT: self.account, CONF_VARIANT: self.variant}

    @final
    @outward
    async def identify(self) -> list[Identity]:
        """Return the accounts that the credentials reach, the provider's default first."""
        if not self.ways:
            return await self._identities()
        *before, last = self.ways
        for self.variant in before:
            try:
                return await self._identities()
            except self.falls_back_on:
                continue
        self.variant = last
        return await self._identities()

    async def _identities(self) -> list[Identity]:
        """Return the accounts that the credentials reach in the present way."""
        who = self.way.whoami or self.whoami
        if who is None:
            if self.ways:
                await self.fetch()
            return [Identity(variant=self.variant)]
        if who.credential:
            return [Identity(id=self.config[who.credential], variant=self.variant)]
        try:
            body = await (self.get(who.path) if who.path else self.ask())
        except ForbiddenError:
            if not who.may_refuse:
                raise
            return [Identity(variant=self.variant)]
        if not who.each:
            return [self._identity(body, who, "")]
        places = [f"{who.each}.{number}." for number in range(len(items(body, who.each)))]
        if not places:
            raise MalformedError(f"{who.each}: empty")
        if who.default:
            places.sort(key=lambda at: find(body, f"{at}{who.default}") is not True)
        return [self._identity(body, who, at) for at in places]

    def _identity(self, body: Any, who: Whoami, at: str) -> Identity:
        """Return the account that is described at a place in an answer."""
        path = at + who.id_path
        if who.instead and find(body, path) is None:
            path = at + who.instead
        if who.may_lack and _is_empty(find(body, path)):
            return Identity(variant=self.variant)
        title = None
        if who.title_path and not _is_empty(find(body, at + who.title_path)):
            title = text(body, at + who.title_path)
        found = text(body, path)
        if who.is_personal:
            found = blake2b(found.encode(), digest_size=6).hexdigest()
        return Identity(id=found, title=title, variant=self.variant)

    @final
    @outward
    async def fetch(self) -> Account:
        """Return the account's readings."""
        return await self._account()

    async def _account(self) -> Account:
        """Return the account's readings, the same where the answer is."""
        body = await self._balance()
        digest = blake2b(body).digest()
        if self._last is None or self._last[0] != digest:
            self._last = digest, self.account_of(self.read(self._opened(body)))
        return self._last[1]

    async def ask(self) -> Any:
        """Return the value of the answer in which the balance is."""
        return self._opened(await self._balance())

    async def _balance(self) -> bytes:
        """Return the answer in which the balance is, unread."""
        carried = (self.way.auth or self.auth).content(self.config)
        content: dict[str, Any] = {}
        if self.form is not None:
            content["data"] = {**self.form, **carried}
        elif self.json is not None or carried:
            content["json"] = {**(self.json or {}), **carried}
        return await self._answer(
            self.method, self.way.path or self.path, params=self.query, **content
        )

    def read(self, body: Any) -> Iterator[Reading]:
        """Yield the readings of a response."""
        return read(body, self.way.fields or self.fields, unit=self.region.unit)

    async def get(self, path: str, *, params: Mapping[str, str] | None = None) -> Any:
        """Return the value that a path below the base answers."""
        return self._opened(await self._answer("GET", path, params=params or {}))

    async def _answer(
        self, method: str, path: str, *, params: Mapping[str, str] | None = None, **content: Any
    ) -> bytes:
        """Return what a path below the base answers, unread."""
        if "{" in path:
            path = path.format_map(
                {name: quote(str(value), safe="") for name, value in self._names().items()}
            )
        query = {**(params or {}), **(self.way.auth or self.auth).params(self.config)}
        if query:
            content["params"] = query
        response = await self._transport.request(
            method, _address(self.url, path), headers=self.headers, **content
        )
        if response.status != 200:
            raise self.refusal(response)
        return response.body

    def parse(self, body: bytes) -> Any:
        """Return the value of an answer: JSON, or the groups of a plain text's pattern."""
        if self.plain is None:
            return parse(body)
        match = re.fullmatch(self.plain, body.decode(errors="replace").strip())
        return match.groupdict() if match else None

    def _opened(self, body: bytes) -> Any:
        """Return the value of a success. Raises what it means if it says that it is none."""
        value = self.parse(body)
        wrong = None if isinstance(value, dict | list) else "not an object"
        for path, expected in (self.way.success or self.success).items():
            if wrong is None and not _same(find(value, path), expected):
                wrong = f"{path}: not as in a success"
        if wrong is None:
            return value
        raise self._own_refusal(Response(status=200, body=body, retry_after=None)) or (
            MalformedError(wrong)
        )

    def _own_refusal(self, response: Response) -> ProviderError | None:
        """Return what an answer means in the provider's own way, if it does."""
        means = next((each.means for each in self.refusals if each.fits(response)), None)
        if means is None:
            return None
        if issubclass(means, RateLimitedError):
            return means(f"HTTP {response.status}", response.retry_after)
        if issubclass(means, UnexpectedStatusError):
            return means(response.status)
        return means(f"HTTP {response.status}")

    def refusal(self, response: Response) -> ProviderError:
        """Return what an answer other than 200 means."""
        if own := self._own_refusal(response):
            return own
        match response.status:
            case 401:
                return InvalidCredentialsError("HTTP 401")
            case 403:
                try:
                    parse(response.body)
                except MalformedError:
                    return UnreachableError("HTTP 403 from a firewall")
                return ForbiddenError("HTTP 403")
            case 404:
                return NotFoundError(404)
            case 429:
                return RateLimitedError("HTTP 429", response.retry_after)
            case status:
                return UnexpectedStatusError(status)

    def account_of(
        self, readings: Iterable[Reading], *, notes: Mapping[str, Any] | None = None
    ) -> Account:
        """Return an account of these readings. Raises MalformedError where it cannot be one."""
        account = fit_account(readings, self.secrets, notes)
        return replace(account, may_owe=self.may_owe)


def _is_empty(value: Any) -> bool:
    """Return whether nothing is said."""
    return value is None or (isinstance(value, str) and not value.strip())


def _same(found: Any, expected: Any) -> bool:
    """Return whether a value is what is expected, and of the same kind."""
    return isinstance(found, bool) is isinstance(expected, bool) and found == expected
