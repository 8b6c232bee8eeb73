"""From JSON to readings: which values are believed, and that none loses a digit."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal, localcontext
import json
import traceback

import pytest

from custom_components.api_credits.client.errors import MalformedError
from custom_components.api_credits.client.fields import (
    Field,
    currency,
    find,
    items,
    parse,
    read,
    text as text_at,
)
from custom_components.api_credits.readings import (
    BALANCE,
    CAN_CREATE_INSTANCE,
    PLAN,
    RENEWS_AT,
    USED,
    Kind,
    Reading,
)


def read_one(body: str, field: Field) -> Reading:
    """Return the reading that a field finds in a JSON text."""
    (reading,) = read(parse(body.encode()), [field])
    return reading


def read_value(value: str, kind: Kind) -> object:
    """Return what a JSON value is taken for."""
    return read_one(f'{{"field": {value}}}', Field(path="field", kind=kind)).value


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        ("0", "0"),
        ("-0.01", "-0.01"),
        ("180", "180"),
        ("28.147631028367705", "28.147631028367705"),
        ("0.6336833840314097", "0.6336833840314097"),
        ("0.123456789012345678901234567890", "0.123456789012345678901234567890"),
        ('"0.123456789012345678901234567890"', "0.123456789012345678901234567890"),
        ('"110.00"', "110.00"),
        ('"-3.5"', "-3.5"),
        ('"+3.5"', "3.5"),
        ('"007"', "7"),
        ("1e3", "1000"),
        ("1.5E+3", "1500"),
        ("25e-2", "0.25"),
        ('"1e3"', "1000"),
        ('"25E-2"', "0.25"),
        ("9999999999999999", "9999999999999999"),
        ("-9999999999999999.99", "-9999999999999999.99"),
        ("1e-60", "1e-60"),
    ],
)
def test_amounts(value: str, amount: str) -> None:
    """A number, or a text that holds one, is taken exactly."""
    assert read_value(value, BALANCE) == Decimal(amount)


@pytest.mark.parametrize(
    "value",
    [
        "true",
        "false",
        "NaN",
        "Infinity",
        "-Infinity",
        "[]",
        "[1]",
        "{}",
        '""',
        '" "',
        '"abc"',
        '"NaN"',
        '"Infinity"',
        '"-inf"',
        '"1,000.00"',
        '"1.000,00"',
        '"1_000"',
        '"1 000"',
        '" 1"',
        '"1 "',
        '"1\\n"',
        '"$1"',
        '"1 USD"',
        '"0x10"',
        '"1."',
        '".5"',
        '"--1"',
        '"1e"',
        '"1e99999"',
        pytest.param(r'"\u0663"', id="Arabic three"),
        pytest.param(r'"\uff13"', id="full-width three"),
        pytest.param(r'"\u00bd"', id="one half"),
    ],
)
def test_not_amounts(value: str) -> None:
    """Anything else is malformed, and the error names the field."""
    with pytest.raises(MalformedError, match=r"^field: not a number$"):
        read_value(value, BALANCE)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("1e16", id="17 digits"),
        pytest.param("-1e16", id="17 digits below zero"),
        pytest.param('"1e16"', id="17 digits as text"),
        pytest.param("1e400", id="beyond a float"),
        pytest.param('"1e9999"', id="beyond a float as text"),
        pytest.param("9" * 5000, id="5000 digits"),
        pytest.param(f'"{"9" * 5000}"', id="5000 digits as text"),
        pytest.param("1e-61", id="61 decimals"),
        pytest.param('"1e-9999"', id="9999 decimals as text"),
        pytest.param(f"0.{'1' * 5000}", id="5000 decimals"),
    ],
)
def test_absurd_amounts(value: str) -> None:
    """Sizes that no account has are malformed."""
    with pytest.raises(MalformedError, match=r"^field: out of range$"):
        read_value(value, BALANCE)


@pytest.mark.parametrize("exponent", ["9" * 30, "-" + "9" * 30])
def test_exponent_beyond_reckoning(exponent: str) -> None:
    """A number that nothing can hold is malformed, too."""
    with pytest.raises(MalformedError):
        read_value(f"1e{exponent}", BALANCE)


@pytest.mark.parametrize("body", ["{}", '{"credit": null}', "null"])
@pytest.mark.parametrize("kind", [BALANCE, CAN_CREATE_INSTANCE, PLAN, RENEWS_AT], ids=str)
def test_optional_field_left_out(body: str, kind: Kind) -> None:
    """What is absent or null is unknown, not zero."""
    assert read_one(body, Field(path="credit", kind=kind)).value is None


@pytest.mark.parametrize("body", ["{}", '{"credit": null}', "null"])
@pytest.mark.parametrize("kind", [BALANCE, CAN_CREATE_INSTANCE, PLAN, RENEWS_AT], ids=str)
def test_required_field_left_out(body: str, kind: Kind) -> None:
    """What is required makes the whole response malformed."""
    with pytest.raises(MalformedError, match=r"^credit: missing$"):
        read_one(body, Field(path="credit", kind=kind, required=True))


@pytest.mark.parametrize("body", ['{"data": {"credit": 5}}', '{"data": {"credit": "5"}}'])
def test_path(body: str) -> None:
    """A path has a dot for each step."""
    assert read_one(body, Field(path="data.credit", kind=BALANCE)).value == Decimal(5)


@pytest.mark.parametrize("body", ['{"data": []}', '{"data": "none"}', '{"data": 5}', "[]", '"x"'])
@pytest.mark.parametrize("required", [True, False], ids=["required", "optional"])
def test_path_through_no_object(body: str, required: bool) -> None:
    """A path that leads through anything but objects is malformed."""
    with pytest.raises(MalformedError, match=r"^data\.credit: not in an object$"):
        read_one(body, Field(path="data.credit", kind=BALANCE, required=required))


def test_units_and_scopes() -> None:
    """Readings have the scope that is given, and the unit that is given unless they have one."""
    fields = [Field(path="credit", kind=BALANCE), Field(path="used", kind=USED, unit="credits")]
    assert list(read(parse(b'{"credit": 5, "used": 1}'), fields, unit="USD", scope="pool")) == [
        Reading(kind=BALANCE, value=Decimal(5), unit="USD", scope="pool"),
        Reading(kind=USED, value=Decimal(1), unit="credits", scope="pool"),
    ]


@pytest.mark.parametrize(
    ("body", "difference"),
    [
        ('{"limit": 100.5, "used": 25.75}', "74.75"),
        ('{"limit": "100.5", "used": "25.75"}', "74.75"),
        ('{"limit": 0.3, "used": 0.1}', "0.2"),
        ('{"limit": 5, "used": 7}', "-2"),
        ('{"limit": 5, "used": -7}', "12"),
        (
            '{"limit": 9999999999999999, "used": 0.000000000000000000000000000001}',
            "9999999999999998.999999999999999999999999999999",
        ),
    ],
)
def test_minus(body: str, difference: str) -> None:
    """A difference is exact."""
    field = Field(path="limit", minus="used", kind=BALANCE)
    assert read_one(body, field).value == Decimal(difference)


@pytest.mark.parametrize("used", ["true", '"abc"', "NaN", "1e16"])
def test_minus_what_is_no_amount(used: str) -> None:
    """What is subtracted is believed no more than what it is subtracted from."""
    with pytest.raises(MalformedError, match=r"^used: "):
        read_one(f'{{"limit": 5, "used": {used}}}', Field(path="limit", minus="used", kind=BALANCE))


@pytest.mark.parametrize(
    "body", ["{}", '{"limit": null, "used": 5}', '{"limit": 5, "used": null}', '{"limit": 5}']
)
def test_minus_what_is_left_out(body: str) -> None:
    """An optional difference is unknown while one of its parts is."""
    assert read_one(body, Field(path="limit", minus="used", kind=BALANCE)).value is None


@pytest.mark.parametrize("body", ['{"limit": 5, "used": null}', '{"limit": 5}'])
def test_required_minus_what_is_left_out(body: str) -> None:
    """A required difference requires both its parts."""
    with pytest.raises(MalformedError, match=r"^used: "):
        read_one(body, Field(path="limit", minus="used", kind=BALANCE, required=True))


@pytest.mark.parametrize(
    ("value", "scale", "amount"),
    [
        ("1234", "0.01", "12.34"),
        ('"123456"', "0.0001", "12.3456"),
        ("12.5", "-1", "-12.5"),
        ('"-1234"', "-0.01", "12.34"),
        ("0.1", "3", "0.3"),
        ("0.123456789012345678901234567890", "0.0001", "0.0000123456789012345678901234567890"),
        ("9999999999999999.1", "1000", "9999999999999999100"),
    ],
)
def test_scale(value: str, scale: str, amount: str) -> None:
    """A scaled amount is exact."""
    field = Field(path="credit", kind=BALANCE, scale=Decimal(scale))
    assert read_one(f'{{"credit": {value}}}', field).value == Decimal(amount)


def test_minus_then_scale() -> None:
    """The scale applies to the difference."""
    field = Field(path="limit", minus="used", kind=BALANCE, scale=Decimal("0.01"))
    assert read_one('{"limit": 1000, "used": 250}', field).value == Decimal("7.50")


@pytest.mark.parametrize(
    ("body", "sum_of_both"),
    [
        ('{"paid": 5, "plan": 0.25}', "5.25"),
        ('{"paid": null, "plan": 0.25}', "0.25"),
        ('{"plan": "0.25"}', "0.25"),
        ('{"paid": 5, "plan": null}', "5"),
        ('{"paid": -5}', "-5"),
    ],
)
def test_also(body: str, sum_of_both: str) -> None:
    """Two parts are added up as far as they are there, and scaled together."""
    field = Field(path="paid", also="plan", kind=BALANCE, required=True)
    assert read_one(body, field).value == Decimal(sum_of_both)
    cents = Field(path="paid", also="plan", kind=BALANCE, scale=Decimal("0.01"))
    assert read_one(body, cents).value == Decimal(sum_of_both) / 100


def test_also_without_both() -> None:
    """Without any of its parts a sum is unknown, or missing if it is required."""
    assert read_one("{}", Field(path="paid", also="plan", kind=BALANCE)).value is None
    with pytest.raises(MalformedError, match=r"^paid: "):
        read_one("{}", Field(path="paid", also="plan", kind=BALANCE, required=True))


@pytest.mark.parametrize("body", ['{"paid": 5, "plan": true}', '{"plan": "abc"}'])
def test_also_what_is_no_amount(body: str) -> None:
    """What is added is believed no more than what it is added to."""
    with pytest.raises(MalformedError, match=r"^plan: "):
        read_one(body, Field(path="paid", also="plan", kind=BALANCE))


@pytest.mark.parametrize("value", ["0", "-0", "-0.00"])
@pytest.mark.parametrize("scale", [None, Decimal(1), Decimal(-1)], ids=str)
def test_zero_has_no_sign(value: str, scale: Decimal | None) -> None:
    """Nothing is shown as nothing, also where the provider's sign is inverted."""
    field = Field(path="credit", kind=BALANCE, scale=scale)
    assert not str(read_one(f'{{"credit": {value}}}', field).value).startswith("-")


def test_arithmetic_is_its_own() -> None:
    """The precision of the thread that happens to reckon does not matter."""
    field = Field(path="limit", minus="used", kind=BALANCE, scale=Decimal("0.01"))
    with localcontext(prec=2):
        value = read_one('{"limit": 123456789.12, "used": 1}', field).value
    assert value == Decimal("1234567.8812")


@pytest.mark.parametrize(("value", "flag"), [("true", True), ("false", False)])
def test_flags(value: str, flag: bool) -> None:
    """A flag is true or false."""
    assert read_value(value, CAN_CREATE_INSTANCE) is flag


@pytest.mark.parametrize("value", ["0", "1", '"true"', '""', "[]", "{}"])
def test_not_flags(value: str) -> None:
    """Nothing else is."""
    with pytest.raises(MalformedError, match=r"^field: not true or false$"):
        read_value(value, CAN_CREATE_INSTANCE)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('"pro"', "pro"),
        ('"  pro plan "', "pro plan"),
        ('"größer"', "größer"),
        ("12", "12"),
        ("1e3", "1000"),
        pytest.param(f'"{"x" * 300}"', "x" * 255, id="as long as a state may be"),
    ],
)
def test_texts(value: str, text: str) -> None:
    """A text, or a number as a text, without the space around it."""
    assert read_value(value, PLAN) == text


@pytest.mark.parametrize("value", ["true", "[]", "{}", "NaN"])
def test_not_texts(value: str) -> None:
    """Nothing else is a text."""
    with pytest.raises(MalformedError, match=r"^field: not a "):
        read_value(value, PLAN)


def test_half_a_character() -> None:
    """A text that UTF-8 cannot hold is malformed: Home Assistant could not store it."""
    with pytest.raises(MalformedError, match=r"^field: "):
        read_value(r'"\ud800"', PLAN)


@pytest.mark.parametrize(
    ("value", "time"),
    [
        ("2026-12-01", datetime(2026, 12, 1, tzinfo=UTC)),
        ("2026-12-01T06:30:00Z", datetime(2026, 12, 1, 6, 30, tzinfo=UTC)),
        ("2026-12-01T06:30:00.5Z", datetime(2026, 12, 1, 6, 30, 0, 500000, tzinfo=UTC)),
        ("2026-12-01 06:30", datetime(2026, 12, 1, 6, 30, tzinfo=UTC)),
        (
            "2026-12-01T06:30:00-05:00",
            datetime(2026, 12, 1, 6, 30, tzinfo=timezone(timedelta(hours=-5))),
        ),
    ],
)
def test_times(value: str, time: datetime) -> None:
    """A date or time is taken by ISO 8601, in UTC where it names no zone."""
    assert read_value(f'"{value}"', RENEWS_AT) == time


@pytest.mark.parametrize(
    "value",
    [
        "",
        "soon",
        "12/01/2026",
        "2026-13-01",
        "2026-02-30",
        "1st",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
    ],
    ids=repr,
)
def test_not_times(value: str) -> None:
    """Other forms are not understood, and times that UTC cannot express are no use: unknown."""
    assert read_value(f'"{value}"', RENEWS_AT) is None


@pytest.mark.parametrize("value", ["true", "[]", "{}"])
def test_times_of_the_wrong_type(value: str) -> None:
    """What is not even a text is malformed."""
    with pytest.raises(MalformedError, match=r"^field: not a text$"):
        read_value(value, RENEWS_AT)


@pytest.mark.parametrize("code", ["USD", "CNY", "EUR"])
def test_currencies(code: str) -> None:
    """A currency is an ISO 4217 code."""
    assert currency({"currency": code}, "currency") == code


@pytest.mark.parametrize(
    "code",
    [
        "US",
        "USDT",
        "U$D",
        "US1",
        "",
        "\uff35\uff33\uff24",
        "ÄÖÜ",
        "US\nD",
        None,
        True,
        840,
    ],
)
def test_not_currencies(code: object) -> None:
    """Nothing else is a currency."""
    with pytest.raises(MalformedError, match=r"^currency: not a "):
        currency(parse(json.dumps({"currency": code}).encode()), "currency")


@pytest.mark.parametrize(
    "value", ["null", "{}", '"x"', "1", "true"], ids=["null", "object", "text", "number", "flag"]
)
def test_not_lists(value: str) -> None:
    """Where a list is expected nothing else is one."""
    with pytest.raises(MalformedError, match=r"^data\.all: not a list$"):
        items(parse(f'{{"data": {{"all": {value}}}}}'.encode()), "data.all")


def test_list() -> None:
    """A list is returned as it is, be it empty."""
    assert items({"all": [1, 2]}, "all") == [1, 2]
    assert items({"all": []}, "all") == []


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_encodings(encoding: str) -> None:
    """JSON may come in any Unicode encoding, with a byte order mark or without."""
    assert parse('{"name": "größer €"}'.encode(encoding)) == {"name": "größer €"}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b" \n", id="blank"),
        pytest.param(b"<!DOCTYPE html>", id="HTML"),
        pytest.param(b'{"credit": 5', id="cut off"),
        pytest.param(b'{"credit": 5,}', id="trailing comma"),
        pytest.param(b"{'credit': 5}", id="single quotes"),
        pytest.param(b'{"credit": 5} {"credit": 6}', id="two values"),
        pytest.param(b'{"credit": 05}', id="leading zero"),
        pytest.param(b'{"name": "\xff"}', id="not UTF-8"),
        pytest.param('{"name": "größer"}'.encode("latin-1"), id="Latin-1"),
        pytest.param(b"\xff\xfe", id="byte order mark only"),
        pytest.param(b"\x00\x00\x00", id="zeros"),
        pytest.param(b"[" * 500_000, id="deep lists"),
        pytest.param(b'{"a":' * 150_000, id="deep objects"),
        pytest.param(b"[" * 500_000 + b"]" * 500_000, id="deep and closed"),
    ],
)
def test_not_json(body: bytes) -> None:
    """What is not JSON is malformed."""
    with pytest.raises(MalformedError, match=r"^(not JSON|more than 10000 values)$"):
        parse(body)


def test_found_nothing() -> None:
    """Nothing stands at a path that ends early."""
    assert find({"data": None}, "data.credit") is None
    assert find({}, "data.credit") is None


def test_no_path() -> None:
    """No path at all is the whole, which may be no object."""
    assert find("900", "") == "900"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        pytest.param('{"field": "swordfish"}', BALANCE, id="amount"),
        pytest.param('{"field": {"swordfish": 1}}', BALANCE, id="object"),
        pytest.param('{"field": "swordfish"}', CAN_CREATE_INSTANCE, id="flag"),
        pytest.param('{"field": ["swordfish"]}', PLAN, id="text"),
        pytest.param('{"field": ["swordfish"]}', RENEWS_AT, id="time"),
        pytest.param('["swordfish"]', BALANCE, id="no object"),
        pytest.param('{"swordfish": 1}', BALANCE, id="other field"),
        pytest.param('{"field": "swordfish"', BALANCE, id="not JSON"),
    ],
)
def test_no_error_tells_the_value(body: str, kind: Kind) -> None:
    """What a provider sends may be secret: it is in no error, nor in what led to the error."""
    with pytest.raises(MalformedError) as caught:
        read_one(body, Field(path="field", kind=kind, required=True))
    assert "swordfish" not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize("look_up", [currency, items, text_at], ids=["currency", "list", "text"])
def test_no_look_up_tells_the_value(look_up: Callable[[object, str], object]) -> None:
    """Nor does looking for other things than readings tell it."""
    body = parse(b'{"field": {"swordfish": "swordfish"}}')
    with pytest.raises(MalformedError) as caught:
        look_up(body, "field")
    assert "swordfish" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("sign", ["[0,", '{"a":', "["], ids=repr)
@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16"])
def test_too_many_values(sign: str, encoding: str) -> None:
    """What would take far more room than an account needs is not even parsed."""
    with pytest.raises(MalformedError, match=r"^more than 10000 values$"):
        parse((sign * 10_001).encode(encoding))


def test_many_values() -> None:
    """An answer of thousands of values is read."""
    assert len(parse(b"[" + b"1," * 9_998 + b"1]")) == 9_999
