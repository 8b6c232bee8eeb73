"""Which alerts hold for an account: plain functions of what is known."""

from collections.abc import Iterable
from decimal import Decimal

from .readings import Reading


def is_low(balances: Iterable[Reading], threshold: Decimal | None) -> bool | None:
    """Return whether an account has less than the threshold left; None while nothing is known.

    A provider goes on serving as long as one balance has credit, so an account with several is
    low when all of them are. Without a threshold, low is what is used up.
    """
    values = [reading.value for reading in balances if isinstance(reading.value, Decimal)]
    if not values:
        return None
    most = max(values)
    return most <= 0 or (threshold is not None and most < threshold)
