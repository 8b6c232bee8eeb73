"""The numbers that an answer holds: where they stand, and which may well be the balance."""

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
import re
from typing import Any, Final

from homeassistant.generated.currencies import ACTIVE_CURRENCIES

from .errors import MalformedError, NoNumbersError
from .names import clean_name, gives_away
from .paths import Path, Step, steps, words_of

DEEPEST: Final = 20
MOST_NODES: Final = 2000
MOST_SHOWN: Final = 100
LONGEST_LABEL: Final = 60
STEP: Final = " › "
MOST_DIGITS: Final = 28
MOST_SIGNS: Final = 20
LONGEST_PLACE: Final = 2000

_NUMBER: Final = re.compile(r"[+-]?(0|[1-9]\d*)(\.\d+)?", re.ASCII)
_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_CODE: Final = re.compile("[A-Z]{3}")

_SURE: Final = frozenset("available balance balances left remain remaining remains".split())
_LIKELY: Final = frozenset("credit credits funds prepaid saldo wallet".split())
_RECKONED: Final = frozenset(
    "consumed cost granted limit limits max maximum quota spend spent total usage used".split()
)
_OTHER: Final = frozenset(
    """at code created date day expiration expires expiry id ids index month offset page pages per
    phone port status time timestamp updated uuid version year zip""".split()
)
_KEYS: Final = (["key"], ["password"], ["pin"], ["secret"])
"""The last word of a name that is no amount's, however many digits there are."""
_CLOCKS: Final = (1_000_000_000, 1_000_000_000_000)
"""From here to twice as much, a whole number is rather a time, in seconds or milliseconds."""
_SIGNS: Final = frozenset("active code err error errors message ok status success valid".split())
"""What the name of a field may say that tells whether all is well."""
_UNITS: Final = {
    "usd": "USD",
    "eur": "EUR",
    "gbp": "GBP",
    "cny": "CNY",
    "credits": "credits",
    "characters": "characters",
    "requests": "requests",
    "tokens": "tokens",
    "messages": "messages",
}
"""What the name of a number may say of its unit."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A number in an answer; `unit` is what stands beside it or in its name, if anything does."""

    path: Path
    value: Decimal
    unit: str | None = None

    @property
    def label(self) -> str:
        """Return where it stands and what it is, on one line, cut from the left."""
        value = f"{self.value:f}"
        where = place(self.path, LONGEST_LABEL - len(value) - 2)
        return f"{where}: {value}" if where else value


def place(path: Path, room: int = LONGEST_LABEL) -> str:
    """Return where something stands, on one line, cut from the left."""
    where = STEP.join(clean_name(word) or "?" for word in words_of(path))
    return where if len(where) <= room else f"…{where[len(where) - room + 1 :].lstrip(STEP)}"


@dataclass(frozen=True, kw_only=True)
class Survey:
    """What an answer holds: numbers, and fields that may say an error with what they say now."""

    numbers: list[Found]
    signs: list[tuple[Path, str]]


def number(value: Any) -> Decimal:
    """Return a number, or a text that is one, exactly. Raises MalformedError otherwise."""
    if isinstance(value, str) and len(value) <= 2 * MOST_DIGITS and _NUMBER.fullmatch(value):
        value = Decimal(value)
    if isinstance(value, Decimal) and value.is_finite() and _is_sized(value):
        return value
    raise MalformedError("not a number")


def _is_sized(value: Decimal) -> bool:
    """Return whether a number has no more digits than any amount."""
    _, digits, exponent = value.as_tuple()
    return len(digits) <= MOST_DIGITS and -MOST_DIGITS <= int(exponent) <= MOST_DIGITS


def survey(body: Any, secrets: Collection[str] = ()) -> Survey:
    """Return what an answer holds, what is likely a balance first.

    What stands where a secret would be shown is left out. Raises NoNumbersError.
    """
    ranked: list[tuple[int, Found]] = []
    signs: list[tuple[Path, str]] = []
    for path, value, unit in _walk(body):
        if _is_amount(path, value):
            found = Found(path=path, value=number(value), unit=_unit_in_names(path) or unit)
            ranked.append((_rank(path, found.value), found))
        if _SIGNS & _names(path[-1:]) and (now := told(value)) is not None:
            signs.append((path, now))
    ranked.sort(key=lambda each: each[0])
    fit = (found for _, found in ranked if not _gives_away(found.path, found.label, secrets))
    numbers = list(islice(fit, MOST_SHOWN))
    if not numbers:
        raise NoNumbersError("no number")
    harmless = (sign for sign in signs if not _gives_away(sign[0], sign[1], secrets))
    return Survey(numbers=numbers, signs=list(islice(harmless, MOST_SIGNS)))


def _gives_away(path: Path, text: str, secrets: Collection[str]) -> bool:
    """Return whether a place, or what is said of it, shows a secret, be it cut off or not."""
    said = (place(path, LONGEST_PLACE), text)
    return any(gives_away(secret, each) for secret in secrets for each in said)


def told(value: Any) -> str | None:
    """Return what a field says, as a short text; None for what is no short one."""
    match value:
        case None | bool():
            return {None: "null", True: "true", False: "false"}[value]
        case Decimal():
            return f"{value:f}" if value.is_finite() and _is_sized(value) else None
        case str() if len(value) <= LONGEST_LABEL:
            return value
    return None


def _walk(body: Any) -> Iterator[tuple[tuple[Step, ...], Any, str | None]]:
    """Yield what an answer holds but objects and lists, with the currency of its object.

    What is nearer to the top comes first, so that a long list hides nothing beside it.
    """
    waiting = deque[tuple[tuple[Step, ...], Any, str | None]]([((), body, None)])
    for _ in range(MOST_NODES):
        if not waiting:
            return
        path, value, unit = waiting.popleft()
        if not isinstance(value, dict | list):
            yield path, value, unit
        elif len(path) < DEEPEST:
            if isinstance(value, dict):
                unit = _unit_beside(value) or unit
            room = max(MOST_NODES - len(waiting), 0)
            waiting += [((*path, step), it, unit) for step, it in islice(steps(value), room)]


def _is_amount(path: Path, value: Any) -> bool:
    """Return whether a value is a number, and not a date, an id or a key that looks like one."""
    try:
        number(value)
    except MalformedError:
        return False
    if path and isinstance(path[-1], str) and _words(path[-1])[-1:] in _KEYS:
        return False
    if not isinstance(value, str):
        return True
    return not _is_date(value) and not ({"id", "uuid", "phone"} & _names(path[-1:]))


def _is_date(value: str) -> bool:
    """Return whether a text is a date without signs between its parts."""
    if len(value) != 8 or not value.startswith(("19", "20")):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _names(path: Path) -> set[str]:
    """Return the words of which the names in a path are made."""
    return {word for step in path if isinstance(step, str) for word in _words(step)}


def _words(name: str) -> list[str]:
    """Return the words of which a name is made."""
    return [word.lower() for word in _WORD.findall(name)]


def _rank(path: Path, value: Decimal) -> int:
    """Return how little a number is like a balance: by the last name that says anything."""
    if any(low <= value < 2 * low and value % 1 == 0 for low in _CLOCKS):
        return 4
    for place in range(len(path), 0, -1):
        names = _names(path[place - 1 : place])
        if names & _OTHER:
            return 4
        if names & _SURE:
            return 2 if names & {"used", "usage", "spent"} else 0
        if names & _LIKELY:
            return 2 if names & _RECKONED else 1
        if names & _RECKONED:
            return 2
    return 3


def _unit_beside(item: dict[str, Any]) -> str | None:
    """Return the currency that an object names."""
    for value in item.values():
        if isinstance(value, str) and _CODE.fullmatch(value) and value in ACTIVE_CURRENCIES:
            return value
    return None


def _unit_in_names(path: Path) -> str | None:
    """Return the unit that the name of a number says."""
    names = _names(path[-1:])
    return next((unit for word, unit in _UNITS.items() if word in names), None)
