"""What a person picked in an answer: the balance, further readings, and what says an error.

It is kept as `{"balance": {"path": […], "minus": […], "divisor": "100", "negative": false,
"unit": "USD"}, "used": {"path": […]}, "error": {"path": […], "value": "false"}}`. What is not the
balance is in its unit, and divided as it is.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal, DecimalException
import re
from typing import Any, Final

from homeassistant.generated.currencies import ACTIVE_CURRENCIES

from ..readings import BALANCE, EXACT, GRANTED, LIMIT, TOPPED_UP, USED, Reading, divided
from .entered import Wrong, WrongError
from .errors import MalformedError, SaysErrorError
from .fields import amount
from .names import clean_name
from .numbers import number, told
from .paths import Path, follow

ERROR: Final = "error"
MORE: Final = {kind.key: kind for kind in (USED, LIMIT, GRANTED, TOPPED_UP)}
"""What else a person may want to see."""
LONGEST_UNIT: Final = 20
LARGEST_DIVISOR: Final = Decimal("1e18")


def read_picked(body: Any, fields: Mapping[str, Any]) -> Iterator[Reading]:
    """Yield the readings that were picked in an answer. Raises MalformedError."""
    if error := fields.get(ERROR):
        _check(body, error)
    balance = fields[BALANCE.key]
    divisor, unit = Decimal(balance["divisor"]), balance["unit"]
    value = _number_at(body, balance["path"])
    if minus := balance.get("minus"):
        value = EXACT.subtract(value, _number_at(body, minus))
    if balance["negative"]:
        value = EXACT.minus(value)
    yield Reading(kind=BALANCE, value=_divided(value, divisor), unit=unit)
    for key, kind in MORE.items():
        if field := fields.get(key):
            value = _number_at(body, field["path"])
            yield Reading(kind=kind, value=_divided(value, divisor), unit=unit)


def clean_divisor(entered: str) -> str:
    """Return by what numbers are divided. Raises WrongError."""
    try:
        divisor = Decimal(re.sub(r"\s", "", entered))
        if 0 < divisor <= LARGEST_DIVISOR:
            return f"{divisor:f}"
    except DecimalException:
        pass
    raise WrongError(Wrong.INVALID_DIVISOR)


def clean_unit(entered: str) -> str:
    """Return a unit: a currency in its own letters, or a short word. Raises WrongError."""
    unit = clean_name(entered, LONGEST_UNIT + 1)
    if not unit or len(unit) > LONGEST_UNIT:
        raise WrongError(Wrong.INVALID_UNIT)
    return unit.upper() if unit.upper() in ACTIVE_CURRENCIES else unit


def _check(body: Any, error: Mapping[str, Any]) -> None:
    """Raise SaysErrorError where an answer says other than when all was well."""
    try:
        found = follow(body, error["path"])
    except MalformedError:
        found = None
    if told(found) != error["value"]:
        raise SaysErrorError("the field for errors says another thing")


def _number_at(body: Any, path: Path) -> Decimal:
    """Return the number that stands at a path. Raises MalformedError."""
    return number(follow(body, path))


def _divided(value: Decimal, divisor: Decimal) -> Decimal:
    """Return a number in its unit: exactly, where that has an end. Raises MalformedError."""
    value = divided(value, divisor)
    return amount(value or value.copy_abs(), "balance")
