"""Answers of services that nobody has described: what may stand in one, and what is made of it.

Made up, after the shapes in which documented services answer.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
import json
from typing import Any, Final

MEBIBYTE: Final = 1024 * 1024

type Answer = Callable[[Decimal, int], bytes]
"""What is answered while so much is left, when it is asked for the nth time."""


@dataclass(frozen=True, kw_only=True)
class Shape:
    """An answer, the label that picks the number while 12.50 are left, and how it is to be taken.

    An `error` is what the form says instead.
    """

    answer: Answer
    pick: str = ""
    unit: str = "USD"
    divisor: str = "1"
    used: str | None = None
    sign: bool = False
    more: dict[str, str] = field(default_factory=dict)
    """By name of the field, the label of a further reading, or of the field that says an error."""
    error: str | None = None
    content_type: str = "application/json"
    status: int = 200


def told(**members: Any) -> Answer:
    """Return an answer with these members, where `left` and `{left}` stand for what is left."""
    return lambda left, _: dump(members, left)


def dump(value: Any, left: Decimal) -> bytes:
    """Return JSON: a number where `left` alone stands, a text where it stands in braces."""
    text = json.dumps(value)
    return text.replace('"left"', f"{left:f}").replace("{left}", f"{left:f}").encode()


def scaled(by: int, name: str) -> Answer:
    """Return an answer that tells in smaller parts what is left."""
    return lambda left, _: dump({"data": {name: "left"}}, (left * by).quantize(Decimal(1)))


def purses(left: Decimal, number: int) -> bytes:
    """Return a list that is in another order each time."""
    items = [
        {"currency": "CNY", "total_balance": "80.00"},
        {"currency": "USD", "total_balance": "{left}"},
        {"currency": "EUR", "total_balance": "7.50"},
    ]
    turn = number % len(items)
    return dump({"balance_infos": items[turn:] + items[:turn]}, left)


def nested(depth: int) -> Answer:
    """Return an answer with objects within objects."""
    return lambda left, _: b'{"a":' * depth + dump({"balance": "left"}, left) + b"}" * depth


def padded(size: int) -> Answer:
    """Return an answer of a size."""

    def answer(left: Decimal, _: int) -> bytes:
        body = dump({"balance": "left", "log": "@"}, left)
        return body.replace(b"@", b"x" * (size - len(body) + 1))

    return answer


SHAPES: Final = {
    "flat": Shape(answer=told(balance="left", currency="USD"), pick="balance: 12.50"),
    "nested_list": Shape(
        answer=told(data=[{"accounts": [{"name": "main", "credit": {"amount": "left"}}]}]),
        pick="data › 1. › accounts › name = main › credit › amount: 12.50",
    ),
    "list_at_the_top": Shape(
        answer=lambda left, _: dump(
            [{"id": 1, "remaining": "left"}, {"id": 2, "remaining": 5}], left
        ),
        pick="1. › remaining: 12.50",
    ),
    "reordered": Shape(
        answer=purses,
        pick="balance_infos › currency = USD › total_balance: 12.50",
    ),
    "strings": Shape(
        answer=told(result={"balance": "{left}", "plan": "free", "seats": "3"}),
        pick="result › balance: 12.50",
        unit="EUR",
    ),
    "cents": Shape(
        answer=scaled(100, "balance_cents"),
        pick="data › balance_cents: 1250",
        divisor="100",
        unit="EUR",
    ),
    "billionths": Shape(
        answer=scaled(1_000_000_000, "credit_nano_usd"),
        pick="data › credit_nano_usd: 12500000000",
        divisor="1000000000",
    ),
    "quota": Shape(
        answer=scaled(500_000, "quota"),
        pick="data › quota: 6250000",
        divisor="500000",
    ),
    "negative": Shape(
        answer=lambda left, _: dump({"account": {"owed": "left"}}, -left),
        pick="account › owed: -12.50",
        sign=True,
    ),
    "used_and_limit": Shape(
        answer=lambda left, _: dump(
            {"character_count": "left", "character_limit": 10000}, 10000 - left
        ),
        pick="character_limit: 10000",
        used="character_count: 9987.50",
        unit="characters",
        more={"limit": "character_limit: 10000"},
    ),
    "number": Shape(answer=lambda left, _: f"{left:f}".encode(), pick="12.50"),
    "text_of_a_number": Shape(answer=lambda left, _: f'"{left:f}"\n'.encode(), pick="12.50"),
    "envelope": Shape(
        answer=told(errorId=0, balance="left"),
        pick="balance: 12.50",
        more={"error_field": "errorId"},
    ),
    "duplicate_keys": Shape(
        answer=lambda left, _: b'{"balance": 1, "balance": %s}' % f"{left:f}".encode(),
        pick="balance: 12.50",
    ),
    "dotted_keys": Shape(
        answer=told(**{"credits.prepaid": {"left.usd": "left"}, "credits": {"prepaid": 1}}),
        pick="credits.prepaid › left.usd: 12.50",
    ),
    "fifteen_levels": Shape(
        answer=nested(15), pick="…a › a › a › a › a › a › a › a › a › a › a › balance: 12.50"
    ),
    "nearly_a_mebibyte": Shape(answer=padded(MEBIBYTE), pick="balance: 12.50"),
    "many_numbers": Shape(
        answer=lambda left, _: dump(
            {"days": [{"day": day, "cost": day / 10} for day in range(1, 400)], "credits": "left"},
            left,
        ),
        pick="credits: 12.50",
        unit="credits",
    ),
    "envelope_with_an_error": Shape(
        answer=told(success=False, error="no such key"), error="no_numbers"
    ),
    "no_numbers": Shape(answer=told(status="ok", credit=None, flag=True), error="no_numbers"),
    "over_a_mebibyte": Shape(answer=padded(MEBIBYTE + 1), error="too_large"),
    "too_many_values": Shape(answer=told(list=[0] * 10_001, balance="left"), error="too_large"),
    "depth_200": Shape(answer=nested(200), error="too_deep"),
    "empty": Shape(answer=lambda *_: b"", error="empty"),
    "html": Shape(
        answer=lambda *_: b"<!doctype html><p>You have 12.50 USD left.",
        content_type="text/html",
        error="not_json",
    ),
    "cut_off": Shape(answer=lambda *_: b'{"balance": 12', error="not_json"),
    "not_found": Shape(answer=told(message="no such page"), status=404, error="page_not_found"),
}
"""By name."""
