"""Which alerts hold for an account, and what is worth telling of a change. Plain functions."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

STILL_RUNNING_OUT: Final = 1.25
"""Runway is an estimate: it has to be this much longer again before running out is over."""


class Alert(StrEnum):
    """A state worth telling a person."""

    LOW = "low"
    RUNNING_OUT = "running_out"
    EXHAUSTED = "exhausted"
    UNREADABLE = "unreadable"


class Moment(StrEnum):
    """Something that is announced, exactly once."""

    TOPPED_UP = "topped_up"
    RECOVERED = "recovered"
    BECAME_LOW = "became_low"
    RUNNING_OUT = "running_out"
    EXHAUSTED = "exhausted"
    UNREADABLE = "unreadable"
    READABLE = "readable"


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """When a person wants to be warned: an amount in the balance's unit, a number of days."""

    low_balance: Decimal | None = None
    runway_days: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What is left of a balance, and for how long it lasts if that is known."""

    balance: Decimal
    runway: timedelta | None = None


def evaluate(
    standings: Collection[Standing],
    limits: Limits,
    *,
    blocked: bool = False,
    held: Collection[Alert] = (),
) -> frozenset[Alert]:
    """Return the alerts that hold for balances that stand in for one another.

    As long as one of them has credit the provider goes on serving, so the best-off one counts.
    `blocked` is the provider's own word that it does not serve; `held` are the alerts so far.
    """
    alerts = set()
    most = max((standing.balance for standing in standings), default=None)
    if blocked or (most is not None and most <= 0):
        alerts.add(Alert.EXHAUSTED)
    if most is not None and (most <= 0 or _is_below(most, limits.low_balance)):
        alerts.add(Alert.LOW)
    if _runs_out(standings, limits, held):
        alerts.add(Alert.RUNNING_OUT)
    return frozenset(alerts)


def moments(before: Collection[Alert], after: Collection[Alert]) -> list[Moment]:
    """Return what a change of the alerts that hold is worth telling, good news first."""
    began = set(after) - set(before)
    bad = {Alert.LOW, Alert.EXHAUSTED}
    told = []
    if bad & set(before) and not bad & set(after):
        told.append(Moment.RECOVERED)
    if Alert.LOW in began:
        told.append(Moment.BECAME_LOW)
    if Alert.RUNNING_OUT in began:
        told.append(Moment.RUNNING_OUT)
    if Alert.EXHAUSTED in began:
        told.append(Moment.EXHAUSTED)
    return told


def _runs_out(standings: Iterable[Standing], limits: Limits, held: Collection[Alert]) -> bool:
    """Return whether all that is left will be used up within the chosen days."""
    if limits.runway_days is None:
        return False
    left = [standing for standing in standings if standing.balance > 0]
    if not left:
        return Alert.RUNNING_OUT in held
    days = limits.runway_days * (STILL_RUNNING_OUT if Alert.RUNNING_OUT in held else 1)
    return all(
        standing.runway is not None and standing.runway < timedelta(days=days) for standing in left
    )


def _is_below(balance: Decimal, limit: Decimal | None) -> bool:
    """Return whether a balance is below a limit, if there is one."""
    return limit is not None and balance < limit
