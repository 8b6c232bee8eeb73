"""The numbers of an answer: which are some, in which order, and how they are shown."""

from decimal import Decimal
import json
from typing import Any

import pytest

from custom_components.api_credits.client.errors import MalformedError, NoNumbersError
from custom_components.api_credits.client.fields import parse_unknown
from custom_components.api_credits.client.numbers import LONGEST_LABEL, number, survey

SECRET = "made-up-key-of-somebody"


def labels(body: Any, *secrets: str) -> list[str]:
    """Return what a person sees of an answer."""
    text = body if isinstance(body, str) else json.dumps(body)
    return [found.label for found in survey(parse_unknown(text.encode()), secrets).numbers]


def units(body: Any) -> list[str | None]:
    """Return the units of the numbers."""
    return [found.unit for found in survey(parse_unknown(json.dumps(body).encode())).numbers]


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        (Decimal("12.50"), "12.50"),
        (Decimal("1E+3"), "1E+3"),
        ("12.50", "12.50"),
        ("-3", "-3"),
        ("+3", "3"),
        ("0", "0"),
        ("0.000000001", "1E-9"),
        ("9" * 28, "9" * 28),
    ],
)
def test_numbers(value: object, exact: str) -> None:
    """Numbers and texts that are some are exact."""
    assert number(value) == Decimal(exact)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        "",
        " 12",
        "12,50",
        "1e3",
        "$12",
        "12.50 USD",
        "007",
        "0049301234",
        ".5",
        "5.",
        "٣",
        "NaN",
        "Infinity",
        "1" * 29,
        Decimal("NaN"),
        Decimal("Infinity"),
        Decimal("1e99"),
        Decimal("1" * 29),
        [1],
        {"a": 1},
    ],
    ids=repr,
)
def test_no_numbers(value: object) -> None:
    """A yes, a word, an amount with a sign, an id with zeros and what is endless are none."""
    with pytest.raises(MalformedError, match=r"^not a number$"):
        number(value)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("12.5", ["12.5"]),
        ('"12.50"', ["12.50"]),
        ({"balance": "12.50"}, ["balance: 12.50"]),
        ({"a.b": {"credit": 5}}, ["a.b › credit: 5"]),
        ([[1], [2]], ["1. › 1.: 1", "2. › 1.: 2"]),
        (
            {
                "data": {
                    "infos": [{"currency": "USD", "balance": 1}, {"currency": "EUR", "balance": 2}]
                }
            },
            [
                "data › infos › currency = USD › balance: 1",
                "data › infos › currency = EUR › balance: 2",
            ],
        ),
        ('{"credit": 1, "credit": 2}', ["credit: 2"]),
        ({"ok": True, "name": "x", "none": None, "left": -3}, ["left: -3"]),
        ({"big": 1e20}, ["big: 100000000000000000000"]),
        ({"": 1}, ["?: 1"]),
        ({"a\u202eb\n": 1}, ["ab: 1"]),
        (
            {"date": "20261121", "day": "20269999", "user_id": "123", "left": "5"},
            ["left: 5", "day: 20269999"],
        ),
    ],
)
def test_labels(body: Any, shown: list[str]) -> None:
    """Each number is shown with where it stands; of a name that is there twice, the last counts."""
    assert labels(body) == shown


@pytest.mark.parametrize("name", ["ApiKey", "api_key", "key", "accountPIN", "secret"])
def test_numbers_that_are_keys(name: str) -> None:
    """A key of digits alone is shown to nobody, whosever it is."""
    assert labels({name: 834345618, "keys_left": 5}) == ["keys_left: 5"]


def test_long_labels() -> None:
    """A label is cut where it begins, so that the name next to the number is seen."""
    (label,) = labels({"a" * 50: {"b" * 20: {"balance": "12.50"}}})
    assert label.endswith(f"{'b' * 20} › balance: 12.50")
    assert label.startswith("…")
    assert len(label) <= LONGEST_LABEL
    (label,) = labels({"a" * 100: "1" * 28})
    assert label.endswith(f"a: {'1' * 28}")
    assert len(label) <= LONGEST_LABEL


@pytest.mark.parametrize(
    ("body", "order"),
    [
        ({"id": 7, "used": 1, "limit": 2, "balance": 3}, ["balance", "used", "limit", "id"]),
        ({"created": 5, "total": 1, "credits": 2}, ["credits", "total", "created"]),
        (
            {"credits_used": 1, "total_credits": 2, "remaining": 3},
            ["remaining", "credits_used", "total_credits"],
        ),
        ({"limit": 1, "limit_remaining": 2}, ["limit_remaining", "limit"]),
        ({"seen": 1763726400, "ms": 1763726400000, "x": 3}, ["x", "seen", "ms"]),
        ({"page": 1, "per_page": 2, "clientBalance": 3}, ["clientBalance", "page", "per_page"]),
        ({"a": 1, "b": 2}, ["a", "b"]),
        ({"availableFunds": 1, "balance_updated_at": 2}, ["availableFunds", "balance_updated_at"]),
        ({"usage_left": 5, "left_used": 2, "credit": 1}, ["credit", "usage_left", "left_used"]),
    ],
)
def test_order(body: dict[str, float], order: list[str]) -> None:
    """What is likely a balance comes first; what was used next; ids, times and pages last."""
    assert [label.partition(":")[0] for label in labels(body)] == order


def test_amount_below_a_telling_name() -> None:
    """A name says something of the numbers below it."""
    body = {"usage": {"amount": 1}, "balance": {"amount": 2, "id": 3}}
    assert labels(body) == ["balance › amount: 2", "usage › amount: 1", "balance › id: 3"]


@pytest.mark.parametrize(
    ("body", "unit"),
    [
        ({"balance": 1, "currency": "EUR"}, "EUR"),
        ({"balance": {"amount": 1}, "code": "GBP"}, "GBP"),
        ({"balance": 1, "code": "XYZ"}, None),
        ({"balance": 1, "currency": "eur"}, None),
        ({"balance_usd": 1, "currency": "EUR"}, "USD"),
        ({"remainingCredits": 1}, "credits"),
        ({"characters_left": 1}, "characters"),
        ({"balance": 1}, None),
    ],
)
def test_unit(body: Any, unit: str | None) -> None:
    """The unit is what the name says, or the currency that stands beside or above."""
    assert units(body) == [unit]


@pytest.mark.parametrize(
    "body",
    [{}, [], None, True, "twelve", {"a": {"b": ["c", None, False]}}, "NaN", {"id": "12"}],
    ids=repr,
)
def test_nothing_found(body: Any) -> None:
    """An answer without a number says so."""
    with pytest.raises(NoNumbersError):
        survey(parse_unknown(json.dumps(body).encode()))


def test_depth() -> None:
    """Numbers are looked for down to twenty levels."""
    body: Any = {"left": 1}
    for _ in range(19):
        body = {"a": body}
    assert len(labels(body)) == 1
    with pytest.raises(NoNumbersError):
        survey({"a": body})


def test_number_of_numbers() -> None:
    """A hundred are shown, and two thousand values looked at, the balance among them first."""
    many = {f"n{number}": number for number in range(1500)}
    assert len(labels({**many, "balance": 5})) == 100
    assert labels({**many, "balance": 5})[0] == "balance: 5"
    assert (
        labels({"balance": 5, "list": [{"x": number} for number in range(3000)]})[0] == "balance: 5"
    )
    with pytest.raises(NoNumbersError):
        survey([None] * 2001 + [Decimal(1)])


def test_long_list_beside_the_balance() -> None:
    """What is near to the top is seen, however much is below it."""
    items = [{"currency": "USD", "name": f"n{place}", "id": str(place)} for place in range(2300)]
    assert labels({"items": items, "left": 1})[0] == "left: 1"


@pytest.mark.parametrize(
    "body",
    [
        {SECRET: 1},
        {f"x-{SECRET}-y": 1},
        {"a": {SECRET: {"b": 1}}},
        {SECRET[:10]: 1},
        [{"name": SECRET, "left": 1}, {"name": "b", "left": None}],
        {"a" * 100: {SECRET: {"b" * 100: 1}}},
    ],
)
def test_secrets(body: Any) -> None:
    """A number is not shown where the secret would be, not even a piece, cut off or not."""
    with pytest.raises(NoNumbersError):
        labels(body, SECRET)
    assert labels({"copy": body, "left": 5}, SECRET) == ["left: 5"]
    assert len(labels(body)) == 1


def test_number_that_is_the_secret() -> None:
    """A key of digits is no balance."""
    assert labels({"key": 123456789012345, "left": 5}, "123456789012345") == ["left: 5"]


@pytest.mark.parametrize(
    ("body", "signs"),
    [
        ({"errorId": 0, "balance": 1}, [(("errorId",), "0")]),
        ({"success": True, "left": 1}, [(("success",), "true")]),
        ({"error": None, "status": "ok", "left": 1}, [(("error",), "null"), (("status",), "ok")]),
        ({"message": "m" * 61, "left": 1}, []),
        ({"error": {"a": 1}, "left": 1}, []),
        ({"left": 1}, []),
    ],
)
def test_fields_that_may_say_an_error(body: Any, signs: list[Any]) -> None:
    """They are known by their names, and short."""
    assert survey(parse_unknown(json.dumps(body).encode())).signs == signs
