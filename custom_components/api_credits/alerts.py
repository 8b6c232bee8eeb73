"""Which alerts hold for an account, and what is worth telling of a change. Plain functions."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final, Self

from .readings import is_money

STILL_RUNNING_OUT: Final = 1.5
"""Runway is an estimate: it has to be this much longer again before running out is over."""
FORESEEN: Final = 3
"""How many times as far as was looked back, running out is foreseen."""
SMALLEST: Final = {True: Decimal("0.01"), False: Decimal(1)}
"""By whether it is money: the smallest step that a balance takes."""
CLEARLY: Final = 100
"""This part of the limit has to be there beyond it before low is over."""
WORTH_HAVING: Final = Decimal(1)
"""What an idle balance has to have at least to stand in for others."""
IN_USE: Final = 10
"""A balance is in use if it is spent at least this part of what the one spent most is."""


class Alert(StrEnum):
    """A state worth telling a person; unreadable is one of the account, the others of a purse."""

    LOW = "low"
    RUNNING_OUT = "running_out"
    EXHAUSTED = "exhausted"
    UNREADABLE = "unreadable"


class Moment(StrEnum):
    """Something that is announced, exactly once."""

    READABLE = "readable"
    TOPPED_UP = "topped_up"
    RECOVERED = "recovered"
    BECAME_LOW = "became_low"
    RUNNING_OUT = "running_out"
    EXHAUSTED = "exhausted"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """When a person wants to be warned: an amount in the balance's unit, a number of days.

    `low_balance` is that of the purse that matters most, `low_balances` are those of the others.
    """

    low_balance: Decimal | None = None
    runway_days: float | None = None
    low_balances: dict[str, Decimal] = field(default_factory=dict)

    def of(self, purse: str, *, main: str) -> Self:
        """Return the limits of one purse alone."""
        low_balance = self.low_balance if purse == main else self.low_balances.get(purse)
        return replace(self, low_balance=low_balance, low_balances={})


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What is left of a balance, and for how long it lasts if that is known.

    `watched` is for how long it was looked at, `spend` what was spent of it lately, and
    `renews_first` whether it is filled up before it runs out.
    """

    balance: Decimal
    unit: str | None = None
    runway: timedelta | None = None
    watched: timedelta = timedelta.max
    spend: float = 0.0
    renews_first: bool = False


def evaluate(
    standings: Collection[Standing],
    limits: Limits,
    *,
    blocked: bool = False,
    held: Collection[Alert] = (),
) -> frozenset[Alert]:
    """Return the alerts that hold for balances that stand in for one another.

    As long as one of them has credit the provider goes on serving, so the best-off one counts.
    `blocked` is the provider's own word that it does not serve; `held` are the alerts so far, each
    of which ends a little later than it would begin.
    """
    alerts = set()
    standings = that_count(standings, limits)
    best = max(standings, key=lambda standing: standing.balance, default=None)
    if blocked or (best and _is_exhausted(best, held=Alert.EXHAUSTED in held)):
        alerts.add(Alert.EXHAUSTED)
    if best and _is_low(best, limits.low_balance, held=Alert.LOW in held):
        alerts.add(Alert.LOW)
    if _runs_out(standings, limits, held=Alert.RUNNING_OUT in held):
        alerts.add(Alert.RUNNING_OUT)
    return frozenset(alerts)


def that_count(standings: Collection[Standing], limits: Limits) -> list[Standing]:
    """Return the balances that keep an account going.

    Small change of another currency, which nobody spends, does not.
    """
    most = max((standing.spend for standing in standings), default=0.0)
    worth_having = max(limits.low_balance or 0, WORTH_HAVING)
    return [
        standing
        for standing in standings
        if standing.spend * IN_USE >= most or standing.balance >= worth_having
    ]


def moments(before: Collection[Alert], after: Collection[Alert]) -> list[Moment]:
    """Return what a change of a purse's alerts is worth telling, good news first."""
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


def _is_exhausted(best: Standing, *, held: bool) -> bool:
    """Return whether nothing is left; one step above nothing is not yet something again."""
    return best.balance <= (SMALLEST[is_money(best.unit)] if held else 0)


def _is_low(best: Standing, limit: Decimal | None, *, held: bool) -> bool:
    """Return whether less is left than the person wants, or nothing."""
    if limit is None or limit <= 0:
        return _is_exhausted(best, held=held) or (limit is not None and best.balance < limit)
    step = max(limit / CLEARLY, SMALLEST[is_money(best.unit)]) if held else 0
    return best.balance <= 0 or best.balance < limit + step


def _runs_out(standings: Collection[Standing], limits: Limits, *, held: bool) -> bool:
    """Return whether all that is left will be used up within the chosen days.

    It begins only if that is not filled up before, nor further away than can be foreseen.
    """
    if limits.runway_days is None:
        return False
    left = [standing for standing in standings if standing.balance > 0]
    if not left:
        return held
    limit = timedelta(days=limits.runway_days)
    if held:
        return all(
            standing.runway is not None and standing.runway < limit * STILL_RUNNING_OUT
            for standing in left
        )
    return all(
        standing.runway is not None
        and standing.runway < min(limit, min(standing.watched, limit) * FORESEEN)
        and not standing.renews_first
        for standing in left
    )
