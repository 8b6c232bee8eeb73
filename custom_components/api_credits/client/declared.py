"""What a provider declares of itself: who its accounts are, the ways there, its refusals."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .credentials import Auth
from .errors import MalformedError, ProviderError
from .fields import Each, Field, parse, text
from .transport import Response


@dataclass(frozen=True, kw_only=True)
class Identity:
    """One account that the credentials reach.

    `id` is the provider's own, stable and neither secret nor personal; None where it has none.
    `variant` is what the provider wants remembered of how it was reached.
    """

    id: str | None = None
    title: str | None = None
    variant: str | None = None


@dataclass(frozen=True, kw_only=True)
class Whoami:
    """Where the identity of an account stands.

    `path` is what is asked, the balance's own answer if None. `id_path` is where the id stands, or
    `instead`, and `title_path` a title, which may be missing; `credential` is which credential is
    the id. `each` is a list of several accounts, in which the other paths then are; `default` is a
    flag of the provider's default one. If it `may_lack`, an answer may be good without an id; if it
    `may_refuse`, a key may be good and yet not be allowed to ask. Of an id that `is_personal`, such
    as an e-mail address, only a digest is kept.
    """

    path: str | None = None
    id_path: str = ""
    instead: str | None = None
    title_path: str | None = None
    credential: str | None = None
    each: str | None = None
    default: str | None = None
    may_lack: bool = False
    may_refuse: bool = False
    is_personal: bool = False


@dataclass(frozen=True, kw_only=True)
class Way:
    """One of several ways to an account; what is None is as everywhere at the provider."""

    path: str | None = None
    fields: tuple[Field | Each, ...] | None = None
    auth: Auth | None = None
    success: Mapping[str, Any] | None = None
    whoami: Whoami | None = None


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A refusal in the provider's own way, and what it means.

    `word` is what the body says: at `path`, or somewhere if no path is named.
    """

    means: type[ProviderError]
    status: int = 200
    word: str | None = None
    path: str | None = None

    def fits(self, response: Response) -> bool:
        """Return whether an answer is this refusal."""
        if response.status != self.status or self.word is None:
            return response.status == self.status
        if self.path is None:
            return self.word.encode() in response.body
        try:
            return text(parse(response.body), self.path) == self.word
        except MalformedError:
            return False
