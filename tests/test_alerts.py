"""Which alerts hold, as plain functions of what is known."""

from decimal import Decimal

import pytest

from custom_components.api_credits.alerts import is_low
from custom_components.api_credits.readings import BALANCE, Reading


def balances(*amounts: str | None) -> list[Reading]:
    """Return balances in as many currencies; None for one that is unknown."""
    return [
        Reading(kind=BALANCE, value=None if amount is None else Decimal(amount), unit="USD")
        for amount in amounts
    ]


@pytest.mark.parametrize(
    ("amount", "low"),
    [
        ("10.01", False),
        ("10", False),
        ("9.9999999999999999999999", True),
        ("0", True),
        ("-5", True),
    ],
)
def test_below_the_threshold_is_low(amount: str, low: bool) -> None:
    """An account is low as soon as less than the threshold is left, and no sooner."""
    assert is_low(balances(amount), Decimal(10)) is low


@pytest.mark.parametrize("threshold", [None, Decimal(0)])
@pytest.mark.parametrize(
    ("amount", "low"), [("0.000001", False), ("0", True), ("0.00", True), ("-0.01", True)]
)
def test_used_up_is_low(amount: str, low: bool, threshold: Decimal | None) -> None:
    """Without a threshold, or with one of zero, an account is low once nothing is left."""
    assert is_low(balances(amount), threshold) is low


@pytest.mark.parametrize(
    ("amounts", "low"),
    [
        (("3", "50"), False),
        (("50", "3"), False),
        (("3", "4"), True),
        (("-3", "50"), False),
        ((None, "50"), False),
        ((None, "3"), True),
    ],
)
def test_several_balances(amounts: tuple[str | None, ...], low: bool) -> None:
    """An account is low when all balances are that are known."""
    assert is_low(balances(*amounts), Decimal(10)) is low


@pytest.mark.parametrize("threshold", [None, Decimal(10)])
@pytest.mark.parametrize("amounts", [(), (None,), (None, None)])
def test_nothing_known(amounts: tuple[None, ...], threshold: Decimal | None) -> None:
    """Nothing is said of an account of which no balance is known."""
    assert is_low(balances(*amounts), threshold) is None


def test_thresholds_are_compared_exactly() -> None:
    """Decimal fractions are not blurred by binary ones."""
    assert is_low(balances("0.3"), Decimal("0.1") * 3) is False
