"""The catalogue of readings, and an account's readings at one moment."""

from decimal import Decimal
import re

import pytest

from custom_components.api_credits import readings
from custom_components.api_credits.readings import (
    BALANCE,
    CALCULATED_BALANCE,
    GRANTED,
    KINDS,
    Account,
    Kind,
    Reading,
    Role,
    format_amount,
)


def test_catalogue_is_complete() -> None:
    """Every kind that is defined is listed, once, by its key."""
    defined = [value for value in vars(readings).values() if isinstance(value, Kind)]
    assert {kind.key: kind for kind in defined} == KINDS
    assert len(defined) == len(KINDS)


@pytest.mark.parametrize("key", KINDS)
def test_keys_are_slugs(key: str) -> None:
    """A key names translations and ends in unique ids."""
    assert re.fullmatch("[a-z]+(_[a-z]+)*", key)


def test_only_the_balance_is_a_balance() -> None:
    """What is left to spend is one kind, or one of our reckoning; scopes tell several apart."""
    balances = [kind for kind in KINDS.values() if kind.role is Role.BALANCE]
    assert balances == [BALANCE, CALCULATED_BALANCE]


@pytest.mark.parametrize(
    ("scope", "key"), [(None, "balance"), ("USD", "balance_usd"), ("paygo", "balance_paygo")]
)
def test_key(scope: str | None, key: str) -> None:
    """A reading is identified by its kind, and its scope if it has one."""
    assert Reading(kind=BALANCE, value=None, scope=scope).key == key


@pytest.mark.parametrize(
    ("unit", "money"),
    [
        ("USD", True),
        ("CNY", True),
        ("credits", False),
        ("usd", False),
        ("USDT", False),
        ("", False),
        (None, False),
    ],
)
def test_money(unit: str | None, money: bool) -> None:
    """A unit of three capitals is a currency."""
    assert Reading(kind=BALANCE, value=Decimal(5), unit=unit).is_money is money


def test_balances() -> None:
    """An account's balances are among its readings, in the provider's order."""
    yuan = Reading(kind=BALANCE, value=Decimal(5), unit="CNY", scope="CNY")
    granted = Reading(kind=GRANTED, value=Decimal(1), unit="CNY", scope="CNY")
    dollars = Reading(kind=BALANCE, value=None, unit="USD", scope="USD")
    account = Account(readings={found.key: found for found in (yuan, granted, dollars)})
    assert account.balances == [yuan, dollars]


def test_comparison() -> None:
    """An unchanged account equals its former self; any change makes a difference."""

    def account(value: str) -> Account:
        reading = Reading(kind=BALANCE, value=Decimal(value), unit="USD")
        return Account(readings={reading.key: reading})

    assert account("5.00") == account("5")
    assert account("5.00") != account("5.01")


@pytest.mark.parametrize(
    ("amount", "unit", "shown"),
    [
        ("28.147631028367705", "USD", "28.15 USD"),
        ("-0.5", "EUR", "-0.50 EUR"),
        ("1234567.891", "JPY", "1234567.89 JPY"),
        ("180", "credits", "180 credits"),
        ("180.00", "credits", "180 credits"),
        ("180.50", "credits", "180.5 credits"),
        ("1000", "credits", "1000 credits"),
        ("21.78730729", "credits", "21.79 credits"),
        ("244.38768910863945", "credits", "244.39 credits"),
        ("0.6336833840314097", "credits", "0.63 credits"),
        ("-0.001", "USD", "0.00 USD"),
        ("-0.001", "credits", "0 credits"),
        ("0", "credits", "0 credits"),
        ("999999999999999.25", "USD", "999999999999999.25 USD"),
        ("12345678901234567890", "tokens", "12345678901234567890 tokens"),
        (None, "USD", "? USD"),
        ("5", None, "5"),
    ],
)
def test_shown_amount(amount: str | None, unit: str | None, shown: str) -> None:
    """Money is shown to the cent, credits to two decimals at most."""
    assert format_amount(None if amount is None else Decimal(amount), unit) == shown
