"""Which balances stand in for one another, and which of them matter most."""

from decimal import Decimal

import pytest

from custom_components.api_credits.purses import by_purse, main_purse, name_of, unit_of
from custom_components.api_credits.readings import BALANCE, Reading


@pytest.fixture(autouse=True)
def enable_integration() -> None:
    """Leave Home Assistant out: purses know nothing of it."""


def balance(amount: int | None, unit: str, scope: str | None = None) -> Reading:
    """Return a balance."""
    value = None if amount is None else Decimal(amount)
    return Reading(kind=BALANCE, value=value, unit=unit, scope=scope)


def test_all_money_is_one_purse() -> None:
    """And each pool of something counted is one."""
    usd, cny = balance(5, "USD", "USD"), balance(5, "CNY", "CNY")
    mails, texts = balance(5, "credits", "Email"), balance(5, "credits", "SMS")
    assert by_purse([mails, usd, texts, cny]) == {
        "balance_email": [mails],
        "balance": [usd, cny],
        "balance_sms": [texts],
    }


@pytest.mark.parametrize(
    ("balances", "main"),
    [
        ([balance(194, "USD", "USD"), balance(12, "hours", "hours")], "balance"),
        ([balance(12, "hours", "hours"), balance(1, "USD", "USD")], "balance"),
        ([balance(5, "credits", "Email"), balance(500, "credits", "SMS")], "balance_email"),
        ([balance(0, "credits", "Email"), balance(500, "credits", "SMS")], "balance_sms"),
        ([balance(0, "USD", "USD"), balance(100, "diem", "DIEM")], "balance_diem"),
        ([balance(None, "USD", "USD"), balance(100, "diem", "DIEM")], "balance_diem"),
        ([balance(0, "diem", "DIEM"), balance(-1, "USD", "USD")], "balance"),
        ([balance(None, "diem", "DIEM")], "balance_diem"),
        ([balance(5, "credits")], "balance"),
        ([], "balance"),
    ],
)
def test_the_purse_that_matters_most(balances: list[Reading], main: str) -> None:
    """Money, else what comes first; but what is empty only where all is."""
    assert main_purse(balances) == main


@pytest.mark.parametrize(
    ("balances", "name", "unit"),
    [
        ([balance(5, "USD", "USD"), balance(5, "CNY", "CNY")], "CNY / USD", None),
        ([balance(5, "USD", "USD"), balance(5, "USD", "Bundled credits")], "USD", "USD"),
        ([balance(5, "credits", "Email")], "Email", "credits"),
        ([balance(5, "credits")], "credits", "credits"),
        ([], "", None),
    ],
)
def test_what_a_purse_is_called(balances: list[Reading], name: str, unit: str | None) -> None:
    """By its currencies or by what is counted, with the unit that all of it has."""
    assert name_of(balances) == name
    assert unit_of(balances) == unit
