"""Purses: the balances of an account that stand in for one another, and which matters most."""

from collections.abc import Iterable

from .readings import BALANCE, Reading, is_money


def purse_of(key: str, unit: str | None) -> str:
    """Return the purse of a balance: all currencies share one, what is counted has its own."""
    return BALANCE.key if is_money(unit) else key


def by_purse(balances: Iterable[Reading]) -> dict[str, list[Reading]]:
    """Return balances by their purses."""
    purses: dict[str, list[Reading]] = {}
    for balance in balances:
        purses.setdefault(purse_of(balance.key, balance.unit), []).append(balance)
    return purses


def main_purse(balances: Iterable[Reading]) -> str:
    """Return the purse that matters most: money, or else the first, of those that have anything.

    Where none has, of all.
    """
    purses = by_purse(balances)
    filled = [
        purse
        for purse, found in purses.items()
        if any(balance.amount and balance.amount > 0 for balance in found)
    ]
    purses_that_matter = filled or list(purses)
    if BALANCE.key in purses_that_matter:
        return BALANCE.key
    return next(iter(purses_that_matter), BALANCE.key)


def name_of(balances: Iterable[Reading]) -> str:
    """Return what a person calls a purse: its currencies, or what is counted."""
    names = {
        (balance.unit if balance.is_money else balance.scope or balance.unit) or ""
        for balance in balances
    }
    return " / ".join(sorted(names))


def unit_of(balances: Iterable[Reading]) -> str | None:
    """Return the unit that all balances share, if they do."""
    units = {balance.unit for balance in balances}
    return units.pop() if len(units) == 1 else None
