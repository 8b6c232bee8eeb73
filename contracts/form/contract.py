"""What a contract says.

Texts of requests may hold `{api_key}` and the names of other credentials, `{account}` for the id of
the account, and `{base64 account_id:api_key}` for several credentials that are encoded together;
`{base64 hmac-sha1 api_key TEXT}` is a text that a secret signs, in hexadecimal digits and encoded.
Paths have a dot for each step into an object or a list: `data.0.amount`.
"""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from enum import StrEnum
import hmac
import re
from typing import Final, Literal

MADE_UP_KEY: Final = "made-up-key"

type Certainty = Literal["A", "B", "C", "D"]
"""The provider's own docs, its SDK, several programs that agree, one source."""

type Value = str | bool | None
"""An amount with its unit, a time, a text, yes or no; None for what is unknown."""

_NAME = re.compile(r"{(base64 )?([a-z_]+(?::[a-z_]*)?)}")
_SIGNED = re.compile(r"{base64 hmac-sha1 ([a-z_]+) ([^{}]+)}")


class Meaning(StrEnum):
    """What a refusal is to people; the key of an error of the config flow."""

    INVALID_AUTH = "invalid_auth"
    USED_UP = "used_up"
    FORBIDDEN = "forbidden"
    RATE_LIMITED = "rate_limited"
    CANNOT_CONNECT = "cannot_connect"
    UNEXPECTED_RESPONSE = "unexpected_response"


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A request, and its answer word for word.

    `required` and `optional` are the paths that are read: without a required one the answer is of
    no use, without an optional one something is unknown. `parts` are added up: one that is not
    there is none, but one of them has to be. Whatever else the answer says is not read.
    """

    request: str
    """Method and whole address: `GET https://api.example.com/v1/credit`."""
    headers: Mapping[str, str]
    body: str | None = None
    answer: str
    made_up: bool = False
    """Whether we made the answer up, from documented names and types."""
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    @property
    def read(self) -> tuple[str, ...]:
        """Return every path that is read."""
        return (*self.required, *self.optional, *self.parts)

    @property
    def method(self) -> str:
        """Return the method."""
        return self.request.partition(" ")[0]

    @property
    def url(self) -> str:
        """Return the address, its names still in braces."""
        return self.request.partition(" ")[2]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in an answer a balance stands, and how one is written there.

    The balance is `scale` × (what stands there + `plus` − `minus`), or `scale` × (`of` − what
    stands there) where the answer says what was used of something. `text` is what is around the
    number.
    `above` makes it a flag that says whether the balance is above a number, or above what stands
    at a path. Further places of a scope only follow: they agree with the balance, but are not it.
    """

    at: str
    scope: str = ""
    scale: str = "1"
    plus: str | None = None
    minus: str | None = None
    of: str | None = None
    text: str = "{}"
    decimals: int | None = None
    """How many decimals the provider tells; None for as many as there are."""
    above: str | None = None


@dataclass(frozen=True, kw_only=True)
class Identity:
    """An account that the credentials reach; `id_at` and `title_at` are where that stands."""

    id: str | None = None
    title: str | None = None
    id_at: str | None = None
    title_at: str | None = None
    may_lack: bool = False
    """Whether the balance's own answer, where it stands in that, may be good without it."""


@dataclass(frozen=True)
class Refusal:
    """What is answered when something is wrong, and what that means."""

    when: str
    """`bad key`, `missing right`, `used up`, or another occasion in a few words."""
    status: int
    body: str
    means: Meaning
    _: KW_ONLY
    to: Literal["balance", "whoami", "both"] = "both"
    """Which request is so refused."""
    harmless: bool = False
    """Whether the account can be added nevertheless: without identity, or in another way."""
    made_up: bool = False


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A further answer on the balance: the readings it becomes, or why it cannot be read."""

    shows: str
    answer: str
    status: int = 200
    readings: Mapping[str, Value] | None = None
    names: str | None = None
    """The path that the error names."""
    means: Meaning = Meaning.UNEXPECTED_RESPONSE
    documented: bool = False


@dataclass(frozen=True, kw_only=True)
class Way:
    """Another way to an account, tried after a refusal of the first; its variant is remembered."""

    variant: str
    after: str
    """The occasion of the refusal, as the contract's `refusals` name it."""
    balance: Exchange
    readings: Mapping[str, Value]
    balances: tuple[Place, ...]
    whoami: Exchange | None = None
    samples: tuple[Sample, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """Another host of the provider, chosen by a credential; there all else is the same."""

    credentials: Mapping[str, str]
    host: str
    unit: str | None = None
    """The unit there, where it differs."""


@dataclass(frozen=True, kw_only=True)
class Contract:
    """What is documented of one provider."""

    name: str
    keys_url: str
    certainty: Certainty
    sources: tuple[str, ...]
    confirmed: str = ""
    """When somebody with an account has tried it, and with which version: `2026-12, 0.2.0`."""
    unsure: str = ""
    """What stays unsure, and a person should know."""
    content_type: str = "application/json"
    limits: str = "not documented"
    may_owe: bool = False
    """Whether accounts may be paid for afterwards, so that something is owed most of the time."""
    min_minutes: int = 0
    """How far apart polls have to be, at least, by those limits."""
    rights: str | None = None
    """The provider's word for what a key needs to have; None where any key will do."""

    credentials: Mapping[str, str] = field(default_factory=lambda: {"api_key": MADE_UP_KEY})
    pasted: tuple[str, ...] = ()
    """How the secret is shown for copying, where more than the secret is: `JWT {api_key}`."""
    elsewhere: tuple[Elsewhere, ...] = ()
    balance: Exchange
    readings: Mapping[str, Value]
    balances: tuple[Place, ...]
    dates: tuple[str, ...] = ()
    """Where the date of the next renewal stands."""
    whoami: Exchange | None = None
    """What tells the identity; None where the balance's own answer does, or nothing."""
    identities: tuple[Identity, ...] = (Identity(),)
    """The accounts that the credentials reach, the provider's default first."""
    samples: tuple[Sample, ...] = ()
    refusals: tuple[Refusal, ...]
    variant: str | None = None
    """What is remembered of the way that is tried first."""
    ways: tuple[Way, ...] = ()
    also_carried: tuple[Mapping[str, str], ...] = ()
    """Other headers in which the provider takes the credentials, as its own SDK sends them."""
    others: tuple[Exchange, ...] = ()
    """What else the provider answers, for those who ask the sandbox."""

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """Return everything that may be asked."""
        asked = [self.whoami, self.balance]
        for way in self.ways:
            asked += [way.whoami, way.balance]
        return (*(each for each in asked if each), *self.others)

    @property
    def hosts(self) -> tuple[str, ...]:
        """Return every host that may be asked."""
        found = [each.url.split("/")[2] for each in self.exchanges]
        return tuple(dict.fromkeys([*found, *(each.host for each in self.elsewhere)]))


def fill(text: str, values: Mapping[str, str | None]) -> str:
    """Return a text of a request with credentials in the place of their names."""

    def value_of(match: re.Match[str]) -> str:
        encoded, names = match.groups()
        parts = names.split(":")
        if any(values.get(name) is None for name in parts if name):
            return match[0]
        joined = ":".join(str(values[name]) if name else "" for name in parts)
        return b64encode(joined.encode()).decode() if encoded else joined

    def signature_of(match: re.Match[str]) -> str:
        secret = values.get(match[1])
        if secret is None:
            return match[0]
        digits = hmac.digest(secret.encode(), match[2].encode(), "sha1").hex()
        return b64encode(digits.encode()).decode()

    return _NAME.sub(value_of, _SIGNED.sub(signature_of, text))


def names_in(text: str) -> set[str]:
    """Return the names in braces in a text of a request."""
    names = {name for match in _NAME.findall(text) for name in match[1].split(":") if name}
    return names | {secret for secret, _ in _SIGNED.findall(text)}
