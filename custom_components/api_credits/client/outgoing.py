"""What leaves a provider: not more than a person can take in, nothing secret, and bare errors."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from functools import wraps
from typing import Any, Concatenate, Final

from ..readings import Account, Reading
from .declared import Identity
from .errors import MalformedError, let_go
from .names import clean_name, gives_away, sound_id

MOST_ACCOUNTS: Final = 100
MOST_BALANCES: Final = 20
MOST_READINGS: Final = 100


def outward[T, **P](
    ask: Callable[Concatenate[Any, P], Awaitable[T]],
) -> Callable[Concatenate[Any, P], Awaitable[T]]:
    """Have a way to ask bring out accounts that can be shown, and errors that hold nothing."""

    @wraps(ask)
    async def asked(self: Any, /, *args: P.args, **kwargs: P.kwargs) -> Any:
        try:
            found = await ask(self, *args, **kwargs)
            return fit_identities(found, self.secrets) if isinstance(found, list) else found
        except Exception as err:
            let_go(err)
            raise

    return asked


def fit_identities(found: list[Identity], secrets: list[str]) -> list[Identity]:
    """Return accounts whose names and ids are some, each once; one without an id if none has one.

    Raises MalformedError for more accounts than a person can choose from.
    """
    if len(found) > MOST_ACCOUNTS:
        raise MalformedError(f"more than {MOST_ACCOUNTS} accounts")
    fit = [
        replace(
            identity,
            id=_shown(identity.id and sound_id(identity.id), secrets),
            title=_shown(identity.title and clean_name(identity.title), secrets),
        )
        for identity in found
    ]
    known: dict[str, Identity] = {}
    for identity in fit:
        if identity.id:
            known.setdefault(identity.id, identity)
    return list(known.values()) or fit[:1]


def fit_account(
    readings: Iterable[Reading], secrets: list[str], notes: Mapping[str, Any] | None = None
) -> Account:
    """Return an account of these readings, with names and texts as they can be shown.

    Raises MalformedError for more than an account has, and for a name that cannot be shown.
    """
    found: dict[str, Reading] = {}
    scopes = set[str]()
    for number, given in enumerate(readings, 1):
        reading = replace(given, scope=_name(given.scope, secrets), unit=_name(given.unit, secrets))
        if isinstance(reading.value, str):
            reading = replace(reading, value=_shown(reading.value, secrets))
        found[reading.key] = reading
        scopes |= {reading.scope} if reading.scope else set()
        if len(scopes) > MOST_BALANCES:
            raise MalformedError(f"more than {MOST_BALANCES} balances")
        if number > MOST_READINGS:
            raise MalformedError(f"more than {MOST_READINGS} readings")
    return Account(readings=found, notes=notes)


def _name(name: str | None, secrets: list[str]) -> str | None:
    """Return a name that readings have. Raises MalformedError for one that cannot be shown."""
    if name and (name := _shown(clean_name(name), secrets)) is None:
        raise MalformedError("a name that cannot be shown")
    return name


def _shown(text: str | None, secrets: list[str]) -> str | None:
    """Return a text that gives no secret away; None for one that does."""
    return None if text and any(gives_away(secret, text) for secret in secrets) else text
