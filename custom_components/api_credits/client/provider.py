"""What a provider is."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from hashlib import blake2b
from typing import Any, ClassVar, Final, override

from yarl import URL

from ..const import CONF_ACCOUNT, CONF_VARIANT
from ..readings import Account, Reading
from .errors import (
    ForbiddenError,
    InvalidCredentialsError,
    MalformedError,
    ProviderError,
    RateLimitedError,
    UnexpectedStatusError,
    UnreachableError,
)
from .fields import Field, parse, read
from .outgoing import fit_account, outward
from .transport import Response, Transport


@dataclass(frozen=True, kw_only=True)
class Credential:
    """A field that a person fills in; `key` names its translations and where it is stored."""

    key: str
    secret: bool = False
    options: tuple[str, ...] = ()


API_KEY = Credential(key="api_key", secret=True)
ACCOUNT_ID = Credential(key="account_id")
USERNAME = Credential(key="username")


@dataclass(frozen=True, kw_only=True)
class Identity:
    """One account that the credentials reach.

    `id` is the provider's own, stable and neither secret nor personal; None where it has none.
    `variant` is what the provider wants remembered of how it was reached.
    """

    id: str | None = None
    title: str | None = None
    variant: str | None = None


LONGEST_CREDENTIAL: Final = 4096


@cache
def _address(base: URL, path: str) -> URL:
    """Return the URL of a path, the same object each time: it works out its parts only once."""
    return base / path


class Provider:
    """A company with a credit endpoint, seen through one account's credentials.

    A provider of the usual shape is its class attributes alone. Others override `identify`,
    `read` or `fetch`; these raise nothing but ProviderError.
    """

    key: ClassVar[str]
    """Slug, stored in config entries: never renamed."""
    name: ClassVar[str]
    website: ClassVar[str]
    keys_url: ClassVar[str]
    """The page where a person makes a key."""
    top_up_url: ClassVar[str]
    rights: ClassVar[str]
    """The rights a key needs, in the words of the provider's own page."""

    credentials: ClassVar[tuple[Credential, ...]] = (API_KEY,)
    key_prefixes: ClassVar[tuple[str, ...]] = ("Bearer ",)
    """What people paste along with a key, and what is not part of it."""
    default_interval: ClassVar[timedelta] = timedelta(minutes=30)
    min_interval: ClassVar[timedelta] = timedelta(minutes=5)

    base: ClassVar[URL]
    path: ClassVar[str]
    """Where the balance is, below the base."""
    fields: ClassVar[tuple[Field, ...]] = ()

    @override
    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Look at what leaves a provider that has a way to ask of its own, too."""
        super().__init_subclass__(**kwargs)
        for name in ("identify", "fetch"):
            if name in vars(cls):
                setattr(cls, name, outward(vars(cls)[name]))

    def __init__(self, transport: Transport, config: Mapping[str, Any]) -> None:
        """Take the credentials, and what was remembered of the account's identity."""
        self._transport = transport
        self._last: tuple[bytes, Account] | None = None
        """The digest of an answer, and what was read in it."""
        self.config = config
        self.account: str | None = config.get(CONF_ACCOUNT)
        self.variant: str | None = config.get(CONF_VARIANT)

    @classmethod
    def clean(cls, credentials: Mapping[str, str]) -> dict[str, str]:
        """Return credentials without what came along when they were pasted.

        Raises InvalidCredentialsError for what cannot be any.
        """
        cleaned = {}
        secrets = {credential.key for credential in cls.credentials if credential.secret}
        for key, value in credentials.items():
            cleaned[key] = value.strip()
            if key == API_KEY.key:
                for prefix in cls.key_prefixes * 2:
                    if cleaned[key].lower().startswith(prefix.lower()):
                        cleaned[key] = cleaned[key][len(prefix) :].strip()
            sound = cleaned[key].isascii() and cleaned[key].isprintable()
            split = key in secrets and " " in cleaned[key]
            if not sound or split or not 0 < len(cleaned[key]) <= LONGEST_CREDENTIAL:
                raise InvalidCredentialsError("not a key")
        return cleaned

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
    def url(self) -> URL:
        """Return the base, which may depend on the credentials."""
        return self.base

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers that carry the credentials."""
        return {"Authorization": f"Bearer {self.api_key}"}

    @outward
    async def identify(self) -> list[Identity]:
        """Return the accounts that the credentials reach, the provider's default first."""
        return [Identity()]

    @outward
    async def fetch(self) -> Account:
        """Return the account's readings."""
        return await self.account_at(self.path, self.read)

    async def account_at(self, path: str, read: Callable[[Any], Iterable[Reading]]) -> Account:
        """Return the account at a path below the base, the same object for the same answer."""
        body = await self._answer("GET", path)
        digest = blake2b(body).digest()
        if self._last is None or self._last[0] != digest:
            self._last = digest, self.account_of(read(parse(body)))
        return self._last[1]

    def read(self, body: Any) -> Iterator[Reading]:
        """Yield the readings of a response."""
        return read(body, self.fields)

    async def get(self, path: str, *, params: Mapping[str, str] | None = None) -> Any:
        """Return the JSON value that a path below the base answers."""
        return parse(await self._answer("GET", path, params=params))

    async def post(self, path: str, json: Any) -> Any:
        """Return the JSON value that a path below the base answers to a JSON value."""
        return parse(await self._answer("POST", path, json=json))

    async def _answer(self, method: str, path: str, **content: Any) -> bytes:
        """Return what a path below the base answers, unread."""
        response = await self._transport.request(
            method, _address(self.url, path), headers=self.headers, **content
        )
        if response.status != 200:
            raise self.refusal(response)
        return response.body

    def refusal(self, response: Response) -> ProviderError:
        """Return what an answer other than 200 means."""
        match response.status:
            case 401:
                return InvalidCredentialsError("HTTP 401")
            case 403:
                try:
                    parse(response.body)
                except MalformedError:
                    return UnreachableError("HTTP 403 from a firewall")
                return ForbiddenError("HTTP 403")
            case 429:
                return RateLimitedError("HTTP 429", response.retry_after)
            case status:
                return UnexpectedStatusError(status)

    def account_of(self, readings: Iterable[Reading]) -> Account:
        """Return an account of these readings. Raises MalformedError where it cannot be one."""
        return fit_account(readings, self.secrets)
