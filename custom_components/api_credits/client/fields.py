"""From a provider's JSON to readings: which field says what, and which values are believed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
import json
import re
from typing import Any

from ..readings import EXACT, Kind, Reading, Role
from .errors import MalformedError
from .names import clean_name

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d{1,4})?", re.ASCII)
_HALF = re.compile("[\ud800-\udfff]")
_MAX_DIGITS = 15
_MAX_DECIMALS = 60
_MAX_TEXT = 255
_MAX_VALUES = 10_000
"""A parsed value takes many times the room it had in the body."""
_DECODER = json.JSONDecoder(parse_float=Decimal, parse_int=Decimal, parse_constant=Decimal)


@dataclass(frozen=True, kw_only=True)
class Field:
    """Where in a response a reading stands, and how it is to be taken.

    `path` has a dot for each step into an object. `minus` is the path of what is to be
    subtracted, `scale` what one unit of the response is worth in `unit`: 0.01 for cents,
    −1 for an inverted sign.
    """

    path: str
    kind: Kind
    unit: str | None = None
    minus: str | None = None
    scale: Decimal | None = None
    required: bool = False


def parse(body: bytes) -> Any:
    """Return a JSON text's value, every number in it an exact Decimal.

    Raises MalformedError.
    """
    if sum(body.count(sign) for sign in (b",", b"[", b"{")) > _MAX_VALUES:
        raise MalformedError(f"more than {_MAX_VALUES} values")
    try:
        return _DECODER.decode(body.decode(json.detect_encoding(body)))
    except ValueError, ArithmeticError, RecursionError:
        pass
    # Raised out here, so that the error does not carry the body along.
    raise MalformedError("not JSON")


def read(
    body: Any, fields: Iterable[Field], *, unit: str | None = None, scope: str | None = None
) -> Iterator[Reading]:
    """Yield the readings that stand in a JSON object, with this scope, and this unit by default.

    Raises MalformedError, naming the field.
    """
    for field in fields:
        yield Reading(
            kind=field.kind, value=_value(body, field), unit=field.unit or unit, scope=scope
        )


def find(body: Any, path: str) -> Any:
    """Return what stands at a path, None where there is nothing.

    Raises MalformedError where the path leads through something other than objects.
    """
    for name in path.split("."):
        if body is None:
            return None
        if not isinstance(body, dict):
            raise MalformedError(f"{path}: not in an object")
        body = body.get(name)
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
    if re.fullmatch("[A-Z]{3}", code := text(body, path), re.ASCII):
        return code
    raise MalformedError(f"{path}: not a currency")


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


def _value(body: Any, field: Field) -> Decimal | datetime | str | bool | None:
    """Return the value of a field as its kind of reading wants it."""
    path = field.path
    if (value := find(body, path)) is None:
        if field.required:
            raise MalformedError(f"{path}: missing")
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
    result = amount(value, path)
    if field.minus:
        if (less := find(body, field.minus)) is None and not field.required:
            return None
        result = EXACT.subtract(result, amount(less, field.minus))
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
