"""The pause that a provider asks for."""

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.api_credits.client.transport import (
    MAX_RETRY_AFTER,
    MIN_RETRY_AFTER,
    parse_retry_after,
)


@pytest.fixture(autouse=True)
def now(freezer: FrozenDateTimeFactory) -> None:
    """Stop the clock."""
    freezer.move_to("2026-11-21T12:00:00Z")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("60", 60),
        ("61", 61),
        (" 120 ", 120),
        ("3600", 3600),
        ("00120", 120),
        ("86400", 86400),
    ],
)
def test_seconds(value: str, seconds: float) -> None:
    """A number is a pause in seconds."""
    assert parse_retry_after(value) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        pytest.param("Sat, 21 Nov 2026 12:05:00 GMT", 300, id="HTTP date"),
        pytest.param("Saturday, 21-Nov-26 12:05:00 GMT", 300, id="RFC 850 date"),
        pytest.param("Sat Nov 21 12:05:00 2026", 300, id="asctime date"),
        pytest.param("Sat, 21 Nov 2026 12:05:00", 300, id="no zone"),
        pytest.param("Sat, 21 Nov 2026 12:05:00 -0000", 300, id="unknown zone"),
        pytest.param("Sat, 21 Nov 2026 14:05:00 +0200", 300, id="another zone"),
        pytest.param("Sun, 22 Nov 2026 11:59:59 GMT", 86399, id="nearly a day"),
    ],
)
def test_dates(value: str, seconds: float) -> None:
    """A date is the pause until then, in UTC where it names no zone."""
    assert parse_retry_after(value) == seconds


@pytest.mark.parametrize(
    "value",
    [
        "0",
        "1",
        "59",
        "-1",
        "-86400",
        "Sat, 21 Nov 2026 12:00:00 GMT",
        "Sat, 21 Nov 2026 12:00:59 GMT",
        "Sat, 21 Nov 2026 11:00:00 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Mon, 01 Jan 0001 00:00:00 +2359",
    ],
)
def test_too_short(value: str) -> None:
    """No pause is shorter than a minute, be it past already."""
    assert parse_retry_after(value) == MIN_RETRY_AFTER == 60


@pytest.mark.parametrize(
    "value",
    [
        "86401",
        "31536000",
        "9" * 15,
        pytest.param("9" * 20, id="20 digits"),
        pytest.param("9" * 5000, id="5000 digits"),
        "Sun, 22 Nov 2026 12:00:01 GMT",
        "Sun, 21 Nov 2027 12:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Fri, 31 Dec 9999 23:59:59 -2359",
    ],
)
def test_too_long(value: str) -> None:
    """No pause is longer than a day, whatever is asked for."""
    assert parse_retry_after(value) == MAX_RETRY_AFTER == 86400


def test_absent() -> None:
    """Without the header nothing is known."""
    assert parse_retry_after(None) is None


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "soon",
        "1.5",
        "+60",
        "1e3",
        "1_000",
        "\u0663\u0660\u0660",
        "120s",
        "nan",
        "inf",
        "-",
        "60, 120",
        "2026-11-21T12:05:00Z",
        "Sat, 21 Nov",
        "Sat, 99 Nov 2026 12:05:00 GMT",
        "Sat, 21 Nov 2026 99:05:00 GMT",
        "Sat, 21 Nov 99999999999999999999 12:05:00 GMT",
        "Sat, 21 Nov 2026 12:05:00 +99999999999999",
        pytest.param(f"Sat, {'9' * 5000} Nov 2026 12:05:00 GMT", id="day of 5000 digits"),
    ],
    ids=repr,
)
def test_garbage(value: str) -> None:
    """What is neither a number nor a date says nothing."""
    assert parse_retry_after(value) is None
