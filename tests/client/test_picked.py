"""What a person picked in an answer, and the readings that it becomes."""

from decimal import Decimal
from typing import Any

import pytest

from custom_components.api_credits.client.entered import Wrong, WrongError
from custom_components.api_credits.client.errors import MalformedError, SaysErrorError
from custom_components.api_credits.client.fields import parse_unknown
from custom_components.api_credits.client.picked import clean_divisor, clean_unit, read_picked

BALANCE = {"path": ["left"], "minus": None, "divisor": "1", "negative": False, "unit": "USD"}


def read(text: str, fields: dict[str, Any] | None = None, /, **balance: Any) -> dict[str, str]:
    """Return the readings of an answer, by their keys."""
    picked = {"balance": BALANCE | balance, **(fields or {})}
    found = read_picked(parse_unknown(text.encode()), picked)
    return {reading.key: f"{reading.value} {reading.unit}" for reading in found}


@pytest.mark.parametrize(
    ("text", "balance", "value"),
    [
        ('{"left": 12.50}', {}, "12.50 USD"),
        ('{"left": "12.50"}', {}, "12.50 USD"),
        ("12.5", {"path": []}, "12.5 USD"),
        ('{"left": 1250}', {"divisor": "100"}, "12.5 USD"),
        ('{"left": 1}', {"divisor": "500000"}, "0.000002 USD"),
        ('{"left": 123456789123}', {"divisor": "1000000000"}, "123.456789123 USD"),
        ('{"left": 10}', {"divisor": "0.5"}, "20 USD"),
        ('{"left": 1}', {"divisor": "3"}, "0.3333333333333333333333333333 USD"),
        ('{"left": -12.50}', {"negative": True}, "12.50 USD"),
        ('{"left": 0}', {"negative": True}, "0 USD"),
        ('{"left": 10, "used": "2.5"}', {"minus": ["used"]}, "7.5 USD"),
        ('{"left": 1000, "used": 300}', {"minus": ["used"], "divisor": "100"}, "7 USD"),
        ('{"left": 2, "used": 5}', {"minus": ["used"], "negative": True}, "3 USD"),
    ],
)
def test_balance(text: str, balance: dict[str, Any], value: str) -> None:
    """A balance is exact: as it is, divided, of the other sign, or less another number."""
    assert read(text, **balance) == {"balance": value}


def test_more_readings() -> None:
    """Further numbers are divided like the balance, and have its unit."""
    fields = {key: {"path": [key]} for key in ("used", "limit", "granted", "topped_up")}
    text = '{"left": 700, "used": 300, "limit": 1000, "granted": -5, "topped_up": "0"}'
    assert read(text, fields, divisor="100", negative=True) == {
        "balance": "-7 USD",
        "used": "3 USD",
        "limit": "10 USD",
        "granted": "-0.05 USD",
        "topped_up": "0 USD",
    }


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        '{"left": null}',
        '{"left": "many"}',
        '{"left": true}',
        '{"left": {}}',
        '{"left": 1e20}',
        '{"error": "swordfish"}',
        '{"left": NaN}',
        "[]",
        "12",
    ],
)
def test_answers_without_the_balance(text: str) -> None:
    """What is not there, is none, or has a size of no account is malformed, in our own words."""
    with pytest.raises(MalformedError) as caught:
        read(text)
    assert "swordfish" not in str(caught.value)
    assert read('{"left": 1}') == {"balance": "1 USD"}


@pytest.mark.parametrize(
    ("said", "well", "ill"),
    [
        ("0", '"errorId": 0', '"errorId": 1'),
        ("false", '"errorId": false', '"errorId": true'),
        ("null", '"errorId": null', '"errorId": {"code": 1}'),
        ("null", '"x": 1', '"errorId": "no such key"'),
        ("ok", '"errorId": "ok"', '"errorId": null'),
    ],
)
def test_field_that_says_an_error(said: str, well: str, ill: str) -> None:
    """An answer whose field for errors says another thing is not believed."""
    fields = {"error": {"path": ["errorId"], "value": said}}
    with pytest.raises(SaysErrorError):
        read(f'{{"left": 1, {ill}}}', fields)
    assert read(f'{{"left": 1, {well}}}', fields) == {"balance": "1 USD"}


@pytest.mark.parametrize(
    ("entered", "kept"), [("100", "100"), (" 1 000 ", "1000"), ("0.01", "0.01"), ("1e3", "1000")]
)
def test_divisor(entered: str, kept: str) -> None:
    """Numbers are divided by a number above zero."""
    assert clean_divisor(entered) == kept
    assert Decimal(clean_divisor(kept)) == Decimal(kept)


@pytest.mark.parametrize(
    "entered", ["", "0", "-1", "many", "NaN", "Infinity", "1e19", "1e999999999"]
)
def test_no_divisor(entered: str) -> None:
    """Nothing is divided by zero, by less, or by more than anything is."""
    with pytest.raises(WrongError) as caught:
        clean_divisor(entered)
    assert caught.value.wrong is Wrong.INVALID_DIVISOR


@pytest.mark.parametrize(
    ("entered", "kept"),
    [("USD", "USD"), (" usd ", "USD"), ("credits", "credits"), ("Tokens (M)", "Tokens (M)")],
)
def test_unit(entered: str, kept: str) -> None:
    """A currency has its own letters; what is counted is as it was entered."""
    assert clean_unit(entered) == kept


@pytest.mark.parametrize("entered", ["", " ", "\u200b", "u" * 21])
def test_no_unit(entered: str) -> None:
    """A unit can be seen, and is short."""
    with pytest.raises(WrongError) as caught:
        clean_unit(entered)
    assert caught.value.wrong is Wrong.INVALID_UNIT
