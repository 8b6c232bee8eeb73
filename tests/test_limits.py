"""What a person can ask for, and what is made of what was stored before."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

import pytest

from custom_components.api_credits.client.provider import Provider
from custom_components.api_credits.limits import (
    check,
    interval,
    limits_of,
    low_balance,
    low_balances,
    runway_days,
    sensible,
)

NONSENSE: Final = ("nan", "5", None, True, [], float("nan"), float("inf"), float("-inf"), -5, -0.01)


class Seldom(Provider):
    """A provider that wants to be asked every ten minutes at most."""

    default_interval = timedelta(minutes=45)
    min_interval = timedelta(minutes=10)


def test_limits() -> None:
    """The limits are those of the documentation, the shortest interval the provider's own."""
    limits = {key: (limit.lowest, limit.highest) for key, limit in limits_of(Seldom).items()}
    assert limits == {
        "low_balance": (0, 1_000_000_000),
        "runway_days": (1, 365),
        "unreadable_after": (1, 720),
        "update_interval": (10, 1440),
    }
    assert limits_of(Provider)["update_interval"].lowest == 5


@pytest.mark.parametrize("value", NONSENSE, ids=repr)
def test_nonsense(value: Any) -> None:
    """A stored value that makes no sense is like none."""
    options = dict.fromkeys(("low_balance", "runway_days", "update_interval"), value)
    assert low_balance(options) is None
    assert runway_days(options) is None
    assert interval(options, Seldom) == timedelta(minutes=45)
    assert sensible(options, Seldom) == {}


def test_nothing() -> None:
    """Without options there is no warning, and the interval is the provider's."""
    assert low_balance({}) is None
    assert runway_days({}) is None
    assert interval({}, Seldom) == timedelta(minutes=45)
    assert check({}, Seldom) == ({}, {})


@pytest.mark.parametrize(
    ("stored", "kept"),
    [(0, "0"), (0.1, "0.1"), (5, "5"), (20.5, "20.5"), (1e9, "1000000000.0"), (2e9, "1000000000")],
)
def test_low_balance(stored: float, kept: str) -> None:
    """A threshold is taken as it was written, and kept below a thousand million."""
    value = low_balance({"low_balance": stored})
    assert value == Decimal(kept)
    assert str(value) == kept


@pytest.mark.parametrize("stored", [*NONSENSE, {}, {"balance_sms": None}, {"balance_sms": -1}])
def test_no_low_balances(stored: Any) -> None:
    """What makes no sense is no threshold of another purse either."""
    assert low_balances({"low_balances": stored}) == {}


def test_low_balances() -> None:
    """By purse, each as it was written, and those that make sense whatever the others are."""
    stored = {"balance_sms": 0.1, "balance_email": "nan", "balance_diem": 2e9}
    assert low_balances({"low_balances": stored}) == {
        "balance_sms": Decimal("0.1"),
        "balance_diem": Decimal(1_000_000_000),
    }


@pytest.mark.parametrize(
    ("stored", "kept"), [(0, 1), (0.5, 1), (1, 1), (7.5, 7.5), (365, 365), (1e300, 365)]
)
def test_runway_days(stored: float, kept: float) -> None:
    """Days that are too few or too many are the nearest that can be had."""
    assert runway_days({"runway_days": stored}) == kept


@pytest.mark.parametrize(
    ("stored", "minutes"), [(0, 10), (9, 10), (10, 10), (12.5, 12.5), (1440, 1440), (1e300, 1440)]
)
def test_interval(stored: float, minutes: float) -> None:
    """An interval that is too short or too long is the nearest that can be had."""
    assert interval({"update_interval": stored}, Seldom) == timedelta(minutes=minutes)


def test_check() -> None:
    """What is within the limits is an option, the rest an error at its field."""
    entered = {"low_balance": "12.5", "runway_days": 0, "update_interval": 1440}
    assert check(entered, Seldom) == (
        {"low_balance": 12.5, "update_interval": 1440},
        {"runway_days": "runway_days_limits"},
    )
