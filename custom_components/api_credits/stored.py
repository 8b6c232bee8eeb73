"""What a file of ours may hold: each function refuses anything else."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from math import isfinite
from typing import Any, Final

LARGEST_SUM: Final = 1e100
"""More than any account can spend, and its square can still be reckoned with."""


def stored_amount(value: Any) -> Decimal:
    """Return a stored amount. Raises TypeError, ValueError or ArithmeticError for anything else."""
    if not (amount := Decimal(stored_text(value) or "")).is_finite():
        raise ValueError("not an amount")
    return amount


def stored_notes(value: Any) -> Mapping[str, Any] | None:
    """Return stored notes or nothing. Raises TypeError for anything else."""
    if value is None or isinstance(value, dict):
        return value
    raise TypeError("no notes")


def stored_text(value: Any) -> str | None:
    """Return a stored text or nothing. Raises TypeError for anything else."""
    if value is None or isinstance(value, str):
        return value
    raise TypeError("not a text")


def stored_time(value: Any) -> datetime:
    """Return a stored time. Raises TypeError or ValueError for anything else."""
    if (time := datetime.fromisoformat(value)).tzinfo is None:
        raise ValueError("not in a zone")
    return time


def stored_sum(value: Any) -> float:
    """Return a stored sum. Raises TypeError or ValueError for anything else."""
    if not (isfinite(total := float(value)) and 0 <= total <= LARGEST_SUM):
        raise ValueError("not a sum")
    return total
