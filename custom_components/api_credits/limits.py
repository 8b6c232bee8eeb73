"""What a person can ask for: within which limits, and what is made of what was stored before."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

from .const import (
    CONF_LOW_BALANCE,
    CONF_LOW_BALANCES,
    CONF_RUNWAY_DAYS,
    CONF_UNREADABLE_AFTER,
    CONF_UPDATE_INTERVAL,
)

if TYPE_CHECKING:
    from .client.provider import Provider


@dataclass(frozen=True, kw_only=True)
class Limit:
    """The lowest and the highest value of an option."""

    lowest: int
    highest: int

    def allows(self, value: object) -> bool:
        """Return whether a value is a number within the limits."""
        number = _number(value)
        return number is not None and self.lowest <= number <= self.highest

    def kept(self, value: float) -> float:
        """Return the nearest value within the limits."""
        return min(max(value, self.lowest), self.highest)


LEFT: Final = Limit(lowest=-1_000_000_000, highest=1_000_000_000)
"""What a person may say is left: providers cut off late."""
PAID: Final = Limit(lowest=0, highest=1_000_000_000)
LOW_BALANCE: Final = Limit(lowest=0, highest=1_000_000_000)
RUNWAY_DAYS: Final = Limit(lowest=1, highest=365)
UNREADABLE_AFTER: Final = Limit(lowest=1, highest=720)
UNREADABLE_AFTER_HOURS: Final = 24
LONGEST_INTERVAL: Final = timedelta(days=1)


def limits_of(provider: type[Provider]) -> dict[str, Limit]:
    """Return the limits of each option, of the interval in minutes."""
    return {
        CONF_LOW_BALANCE: LOW_BALANCE,
        CONF_RUNWAY_DAYS: RUNWAY_DAYS,
        CONF_UNREADABLE_AFTER: UNREADABLE_AFTER,
        CONF_UPDATE_INTERVAL: Limit(
            lowest=round(provider.min_interval / timedelta(minutes=1)),
            highest=round(LONGEST_INTERVAL / timedelta(minutes=1)),
        ),
    }


def amount_within(limit: Limit, entered: Any) -> Decimal | None:
    """Return the amount that a person has entered, to the digit; None for one that is none."""
    with suppress(TypeError, ValueError, ArithmeticError):
        if not isinstance(entered, bool) and limit.allows(float(entered)):
            return Decimal(str(entered))
    return None


def check(
    entered: Mapping[str, Any], provider: type[Provider]
) -> tuple[dict[str, float], dict[str, str]]:
    """Return the options that a person has entered, and errors for those that are none."""
    options: dict[str, float] = {}
    errors: dict[str, str] = {}
    for key, limit in limits_of(provider).items():
        if key in entered:
            with suppress(TypeError, ValueError):
                if limit.allows(value := float(entered[key])):
                    options[key] = value
            if key not in options:
                errors[key] = f"{key}_limits"
    return options, errors


def sensible(options: Mapping[str, Any], provider: type[Provider]) -> dict[str, float]:
    """Return those of the stored options that make sense."""
    wishes = {key: _wish(options.get(key), limit) for key, limit in limits_of(provider).items()}
    return {key: wish for key, wish in wishes.items() if wish is not None}


def low_balance(options: Mapping[str, Any]) -> Decimal | None:
    """Return the balance below which a person wants to be warned; None for no such wish."""
    value = _wish(options.get(CONF_LOW_BALANCE), LOW_BALANCE)
    return None if value is None else Decimal(str(value))


def low_balances(options: Mapping[str, Any]) -> dict[str, Decimal]:
    """Return the same by purse, for the purses beside the one that matters most."""
    stored = options.get(CONF_LOW_BALANCES)
    if not isinstance(stored, Mapping):
        return {}
    wishes = {purse: _wish(value, LOW_BALANCE) for purse, value in stored.items()}
    return {purse: Decimal(str(wish)) for purse, wish in wishes.items() if wish is not None}


def runway_days(options: Mapping[str, Any]) -> float | None:
    """Return the days left below which a person wants to be warned; None for no such wish."""
    return _wish(options.get(CONF_RUNWAY_DAYS), RUNWAY_DAYS)


def unreadable_after(options: Mapping[str, Any]) -> timedelta:
    """Return for how long an account may not be readable before a person has to know."""
    hours = _wish(options.get(CONF_UNREADABLE_AFTER), UNREADABLE_AFTER)
    return timedelta(hours=UNREADABLE_AFTER_HOURS if hours is None else hours)


def interval(options: Mapping[str, Any], provider: type[Provider]) -> timedelta:
    """Return the time between polls: the provider's own where none was chosen."""
    minutes = sensible(options, provider).get(CONF_UPDATE_INTERVAL)
    return provider.default_interval if minutes is None else timedelta(minutes=minutes)


def _wish(value: object, limit: Limit) -> float | None:
    """Return a stored value, kept within its limits; None where it makes no sense."""
    number = _number(value)
    return None if number is None or number < 0 else limit.kept(number)


def _number(value: object) -> float | None:
    """Return a number that is one."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if isfinite(value) else None
