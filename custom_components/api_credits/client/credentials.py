"""What a person gives to reach an account, and how it goes along with a request."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, override

from yarl import URL

type Config = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Credential:
    """A field that a person fills in; `key` names its translations and where it is stored.

    It is a text, one of the `options`, an `is_address`, which is absolute, or an `is_flag`, which
    is set at first. One that is `optional` may stay empty, and is then stored as an empty text; one
    that `stays` says which account it is, and is not asked for again.
    """

    key: str
    secret: bool = False
    options: tuple[str, ...] = ()
    is_address: bool = False
    is_flag: bool = False
    optional: bool = False
    stays: bool = False


API_KEY = Credential(key="api_key", secret=True)
ACCOUNT_ID = Credential(key="account_id")
USERNAME = Credential(key="username")
ADDRESS = Credential(key="url", is_address=True)
VERIFY_SSL = Credential(key="verify_ssl", is_flag=True)


@dataclass(frozen=True, kw_only=True)
class Region:
    """A part of a provider with a host of its own, and maybe a currency of its own."""

    base: URL
    unit: str | None = None


class Secret(StrEnum):
    """What a provider calls its secret; a translated label of the field `api_key`."""

    ACCESS_TOKEN = "access_token"
    ADMIN_KEY = "admin_key"
    API_KEY = "api_key"
    API_PASSWORD = "api_password"
    API_SECRET = "api_secret"
    API_TOKEN = "api_token"
    AUTH_TOKEN = "auth_token"
    MANAGEMENT_KEY = "management_key"
    TOKEN_OR_KEY = "token_or_key"


class Need(StrEnum):
    """What a key must have to read the balance; a translated sentence."""

    ADDRESS = "address"
    """The provider's page lists the internet addresses from which the key may be used."""
    ADMIN = "admin"
    """Only an administrator's key of this kind reads the costs, and it may do much else."""
    BETTER = "better"
    """A key of this kind reads the account; any other reads its own limit only."""
    KIND = "kind"
    """Only a key of this kind reads the balance."""
    ORGANIZATION = "organization"
    """As for `ADMIN`; accounts of a single person have no such keys."""
    PLAN = "plan"
    """Only accounts on this plan have an API."""
    RIGHT = "right"
    """The key needs this right."""
    ROLE = "role"
    """The key's owner needs this role."""


@dataclass(frozen=True)
class Rights:
    """What a key must have, in the provider's own word for it."""

    need: Need
    word: str


class Auth:
    """How the credentials go along with a request."""

    def headers(self, config: Config) -> dict[str, str]:
        """Return what of the headers carries credentials."""
        return {}

    def params(self, config: Config) -> dict[str, str]:
        """Return what of the query carries credentials."""
        return {}

    def content(self, config: Config) -> dict[str, str]:
        """Return what of the body carries credentials."""
        return {}


@dataclass(frozen=True)
class Header(Auth):
    """A credential in a header, after a word if the provider wants one."""

    name: str
    prefix: str = ""
    credential: str = API_KEY.key

    @override
    def headers(self, config: Config) -> dict[str, str]:
        return {self.name: f"{self.prefix}{config[self.credential]}"}


class Bearer(Header):
    """The secret as a bearer token."""

    def __init__(self) -> None:
        """Take the header and the word that the standard says."""
        super().__init__("Authorization", "Bearer ")


@dataclass(frozen=True)
class Basic(Auth):
    """Two credentials as a name and a password."""

    user: str
    password: str = API_KEY.key

    @override
    def headers(self, config: Config) -> dict[str, str]:
        pair = f"{config[self.user]}:{config[self.password]}"
        return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}


@dataclass(frozen=True)
class Query(Auth):
    """A credential in the query."""

    name: str
    credential: str = API_KEY.key

    @override
    def params(self, config: Config) -> dict[str, str]:
        return {self.name: config[self.credential]}


@dataclass(frozen=True)
class Body(Auth):
    """A credential in the body, a form or JSON as the request has it."""

    name: str
    credential: str = API_KEY.key

    @override
    def content(self, config: Config) -> dict[str, str]:
        return {self.name: config[self.credential]}


class Together(Auth):
    """Several credentials, each in its own way."""

    def __init__(self, *parts: Auth) -> None:
        """Take the ways."""
        self.parts = parts

    @override
    def headers(self, config: Config) -> dict[str, str]:
        return {name: text for part in self.parts for name, text in part.headers(config).items()}

    @override
    def params(self, config: Config) -> dict[str, str]:
        return {name: text for part in self.parts for name, text in part.params(config).items()}

    @override
    def content(self, config: Config) -> dict[str, str]:
        return {name: text for part in self.parts for name, text in part.content(config).items()}
