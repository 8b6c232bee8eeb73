"""From a provider's JSON to readings: which field says what, and which values are believed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
import json
import re
from typing import Any

from ..readings import BALANCE, EXACT, LIMIT, USED, Kind, Reading, Role
from .errors import EmptyError, MalformedError, NotJsonError, TooDeepError, TooLargeError
from .names import clean_name

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,4})?", re.ASCII)
_HALF = re.compile("[\ud800-\udfff]")
_MAX_DIGITS = 15
_MAX_DECIMALS = 60
_MAX_TEXT = 255
_MAX_VALUES = 10_000
"""A parsed value takes many times the room it had in the body."""
_MAX_DEPTH = 64
_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.DOTALL)
_DECODER = json.JSONDecoder(parse_float=Decimal, parse_int=Decimal, parse_constant=Decimal)


@dataclass(frozen=True, kw_only=True)
class Field:
    """Where in a response a reading stands, and how it is to be taken.

    A path has a dot for each step into an object, or to a place in a list. `instead` is where the
    value stands in answers that lack the first path, `also` where another part of it does: either
    part may be missing, and is then none. `plus` and `minus` are what is added and subtracted,
    `scale` what one unit of the response is worth in `unit`: 0.01 for cents, −1 for an inverted
    sign. `unlimited` is a number that means that there is none, and `unless` a path and the text
    there with which the value says nothing. The unit may stand in the response itself, at
    `unit_path`; `units` says what it is in words that are no currency code.
    """

    path: str
    kind: Kind
    unit: str | None = None
    unit_path: str | None = None
    units: Mapping[str, str] | None = None
    scope: str | None = None
    instead: str | None = None
    plus: str | None = None
    minus: str | None = None
    also: str | None = None
    scale: Decimal | None = None
    unlimited: Decimal | None = None
    unless: tuple[str, str] | None = None
    required: bool = False


@dataclass(frozen=True, kw_only=True)
class Each:
    """A list in a response, each member with these readings.

    `scope_path` tells the members apart; the amounts of those that share a scope are added up.
    """

    path: str
    fields: tuple[Field, ...]
    scope_path: str


def allowance(*, limit: str, used: str, unit: str, **more: Any) -> tuple[Field, Field, Field]:
    """Return the readings of a provider that says what was used of how much; both are required."""
    more = {"unit": unit, "required": True, **more}
    return (
        Field(path=limit, minus=used, kind=BALANCE, **more),
        Field(path=limit, kind=LIMIT, **more),
        Field(path=used, kind=USED, **{**more, "unlimited": None}),
    )


def parse(body: bytes) -> Any:
    """Return a JSON text's value, every number in it an exact Decimal.

    Raises MalformedError.
    """
    if _values(body) > _MAX_VALUES:
        raise MalformedError(f"more than {_MAX_VALUES} values")
    try:
        return _DECODER.decode(body.decode(json.detect_encoding(body)))
    except ValueError, ArithmeticError, RecursionError:
        pass
    # Raised out here, so that the error does not carry the body along.
    raise MalformedError("not JSON")


def parse_unknown(body: bytes) -> Any:
    """Return a JSON text's value, of a service that nobody has described.

    Raises a MalformedError that says what is wrong with it.
    """
    if not body.strip():
        raise EmptyError("empty")
    if _depth(body) > _MAX_DEPTH:
        raise TooDeepError(f"deeper than {_MAX_DEPTH} levels")
    if _values(body) > _MAX_VALUES:
        raise TooLargeError(f"more than {_MAX_VALUES} values")
    try:
        return parse(body)
    except MalformedError:
        pass
    raise NotJsonError("not JSON")


def _values(body: bytes) -> int:
    """Return about how many values a JSON text holds."""
    return sum(body.count(sign) for sign in (b",", b"[", b"{"))


def _depth(body: bytes) -> int:
    """Return how many lists and objects of a JSON text are within one another."""
    depth = deepest = 0
    for found in _BRACKETS.finditer(body):
        match found[0]:
            case b"[" | b"{":
                depth += 1
                deepest = max(depth, deepest)
            case b"]" | b"}":
                depth -= 1
    return deepest


def read(
    body: Any,
    fields: Iterable[Field | Each],
    *,
    unit: str | None = None,
    scope: str | None = None,
    at: str = "",
) -> Iterator[Reading]:
    """Yield the readings that stand in a JSON object, with this scope, and this unit by default.

    Paths are below `at`. Raises MalformedError, naming the field.
    """
    for field in fields:
        if isinstance(field, Each):
            yield from _read_each(body, field, unit)
            continue
        value = _value(body, field, at)
        yield Reading(
            kind=field.kind,
            value=value,
            unit=_unit(body, field, at, known=value is not None) or unit,
            scope=field.scope or scope,
        )


def _read_each(body: Any, each: Each, unit: str | None) -> Iterator[Reading]:
    """Yield the readings of a list's members, added up where they share a scope."""
    found: dict[str, Reading] = {}
    for number in range(len(items(body, each.path))):
        at = f"{each.path}.{number}."
        scope = text(body, at + each.scope_path)
        for reading in read(body, each.fields, unit=unit, scope=scope, at=at):
            before = found.get(reading.key)
            if before and before.unit != reading.unit:
                raise MalformedError(f"{at}{each.scope_path}: there twice")
            found[reading.key] = _added_up(before, reading) if before else reading
    yield from found.values()


def _added_up(one: Reading, other: Reading) -> Reading:
    """Return two readings as one: the sum of amounts, else the first."""
    if one.amount is None or other.amount is None:
        return one if one.amount is None else other
    return replace(one, value=EXACT.add(one.amount, other.amount))


def find(body: Any, path: str) -> Any:
    """Return what stands at a path, None where there is nothing; no path is the whole.

    Raises MalformedError where the path leads through something other than objects and lists.
    """
    for name in path.split(".") if path else ():
        match body:
            case None:
                return None
            case dict():
                body = body.get(name)
            case list() if name.isdecimal():
                body = body[int(name)] if int(name) < len(body) else None
            case _:
                raise MalformedError(f"{path}: not in an object")
    return body


def items(body: Any, path: str) -> list[Any]:
    """Return the list that stands at a path. Raises MalformedError where there is none."""
    if isinstance(value := find(body, path), list):
        return value
    raise MalformedError(f"{path}: not a list")


def text(body: Any, path: str) -> str:
    """Return the text or number that stands at a path, as text. Raises MalformedError otherwise."""
    match find(body, path):
        case str() as value if value.strip() and not _HALF.search(value):
            return value.strip()
        case Decimal() as value:
            return f"{amount(value, path):f}"
        case _:
            raise MalformedError(f"{path}: not a text")


def currency(body: Any, path: str) -> str:
    """Return the ISO 4217 code that stands at a path. Raises MalformedError otherwise."""
    if re.fullmatch("[A-Za-z]{3}", code := text(body, path), re.ASCII):
        return code.upper()
    raise MalformedError(f"{path}: not a currency")


def moment(body: Any, path: str) -> datetime:
    """Return the time that stands at a path. Raises MalformedError otherwise."""
    if when := _time(text(body, path)):
        return when
    raise MalformedError(f"{path}: not a time")


def amount(value: Any, path: str) -> Decimal:
    """Return a number, or a text that holds one, exactly.

    Raises MalformedError for anything else, and for sizes that no account has.
    """
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = Decimal(value)
    if not isinstance(value, Decimal) or not value.is_finite():
        raise MalformedError(f"{path}: not a number")
    exponent = value.as_tuple().exponent
    if value.adjusted() > _MAX_DIGITS or int(exponent) < -_MAX_DECIMALS:
        raise MalformedError(f"{path}: out of range")
    return value.quantize(Decimal(1)) if int(exponent) > 0 else value


def _unit(body: Any, field: Field, at: str, *, known: bool) -> str | None:
    """Return the unit of a field: what the response says, else what is known of it."""
    if not field.unit_path:
        return field.unit
    path = at + field.unit_path
    if find(body, path) is None and (field.unit or not known):
        return field.unit
    word = text(body, path)
    return (field.units or {}).get(word.lower()) or currency(body, path)


def _value(body: Any, field: Field, at: str) -> Decimal | datetime | str | bool | None:
    """Return the value of a field as its kind of reading wants it."""
    if field.unless and find(body, at + field.unless[0]) == field.unless[1]:
        return None
    path = at + field.path
    value = find(body, path)
    for other in (field.instead, field.also):
        if value is None and other:
            path = at + other
            value = find(body, path)
    if value is None:
        if field.required:
            raise MalformedError(f"{at}{field.path}: missing")
        return None
    match field.kind.role:
        case Role.FLAG:
            if not isinstance(value, bool):
                raise MalformedError(f"{path}: not true or false")
            return value
        case Role.TEXT:
            return clean_name(text(body, path), _MAX_TEXT) if value != "" else None
        case Role.TIME:
            return _time(text(body, path)) if value != "" else None
    return _amount(body, field, at, path)


def _amount(body: Any, field: Field, at: str, path: str) -> Decimal | None:
    """Return the amount that stands at a path: with what belongs to it, in its unit."""
    result = amount(find(body, path), path)
    if field.unlimited is not None and result == field.unlimited:
        return None
    for other, reckon in ((field.plus, EXACT.add), (field.minus, EXACT.subtract)):
        if other is None:
            continue
        if (more := find(body, at + other)) is None and not field.required:
            return None
        result = reckon(result, amount(more, at + other))
    if field.also and (last := at + field.also) != path and find(body, last) is not None:
        result = EXACT.add(result, amount(find(body, last), last))
    if field.scale:
        result = EXACT.multiply(result, field.scale)
    return result or result.copy_abs()


def _time(value: str) -> datetime | None:
    """Return an ISO 8601 date or time, in UTC where it names no zone, or a Unix time in seconds.

    None for other forms.
    """
    try:
        when = datetime.fromisoformat(value)
        return when.replace(tzinfo=when.tzinfo or UTC).astimezone(UTC)
    except ValueError, OverflowError:
        pass
    try:
        return datetime.fromtimestamp(int(value), UTC)
    except ValueError, OverflowError, OSError:
        return None
