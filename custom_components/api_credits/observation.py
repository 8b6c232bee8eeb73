"""What a look at a balance makes of its ledger: spend, top-ups, renewals and wrong readings."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from . import forecast
from .days import DAY, start_of
from .forecast import Pace, by_the_day, later
from .ledger import Ledger, Undo, cautious_rate, foreseen
from .readings import EXACT, Spending, TopUp, is_money

LEAST_TOP_UP: Final = {True: Decimal(1), False: Decimal(10)}
"""By whether it is money: a smaller rise is a refund or a correction."""
ROUND: Final = {True: Decimal(5), False: Decimal(100)}
"""By whether it is money: people pay multiples of this."""
MOVED_ALONG: Final = timedelta(minutes=5)
"""By how much the end of a period may differ that is always as far away."""
CORRECTED: Final = 20
"""All but this part of a fall has to come back to make it a wrong reading."""
MINOR: Final = 10
"""A change of at most this part of the one before does not make that one final."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation:
    """A balance at one moment; `renews_at` where it is filled up by the period.

    `spending` is there where the provider reports what was spent by the day.
    """

    balance: Decimal
    unit: str | None
    at: datetime
    renews_at: datetime | None = None
    spending: Spending | None = None


def observe(ledger: Ledger | None, seen: Observation) -> Ledger:
    """Return the ledger after a look at the balance.

    A fall is spend and a rise is a top-up, but what happens as a new period begins is neither, and
    nor is a wrong reading that is put right within a day.
    A ledger in another unit cannot be gone on with, so it begins anew. Where the spending is
    reported by the day, it says all this itself.
    """
    if seen.spending:
        latest = _as_reported(ledger if ledger and ledger.unit == seen.unit else None, seen)
    elif ledger is None or ledger.unit != seen.unit:
        latest = Ledger(
            unit=seen.unit,
            balance=seen.balance,
            pace=Pace(at=seen.at),
            seen_at=seen.at,
            renews_at=seen.renews_at,
        )
        return _shown_anew(latest)
    else:
        latest = _gone_on(_with_clock_put_right(ledger, seen.at), seen)
    if ledger is None:
        return _shown_anew(latest)
    if min(ledger.balance, latest.balance) <= 0 or risen(ledger, latest):
        latest = replace(latest, shown=None)
    return _shown_anew(latest)


def risen(before: Ledger | None, after: Ledger) -> bool:
    """Return whether a balance has risen by more than a refund: what was said of it is over."""
    return (
        before is not None
        and before.unit == after.unit
        and _is_large(before, EXACT.subtract(after.balance, before.balance))
    )


def _shown_anew(ledger: Ledger) -> Ledger:
    """Return the ledger with the date that is to be shown now."""
    shown = forecast.settled(ledger.shown, ledger.as_of, foreseen(ledger), cautious_rate(ledger))
    return replace(ledger, shown=shown)


def _with_clock_put_right(ledger: Ledger, at: datetime) -> Ledger:
    """Return the ledger without what a clock that was ahead has made of the pace."""
    undo = ledger.undo
    if undo is None or not undo.pace.at <= at < undo.at:
        return ledger
    fallen = max(EXACT.subtract(undo.balance, ledger.balance), Decimal(0))
    return replace(ledger, pace=later(undo.pace, at, float(fallen)), undo=None)


def _gone_on(ledger: Ledger, seen: Observation) -> Ledger:
    """Return the ledger after a look in the same unit."""
    change = EXACT.subtract(seen.balance, ledger.balance)
    renewed = _renewed(ledger, seen)
    latest = replace(ledger, seen_at=seen.at, renews_at=seen.renews_at)
    if not change and not renewed:
        # A clock that was ahead when the balance changed must not hold on to that time.
        if ledger.pace.at > seen.at:
            return replace(latest, pace=later(ledger.pace, seen.at))
        return latest
    if renewed:
        pace = _apart_from(ledger, seen.at)
        return replace(latest, balance=seen.balance, pace=pace, renewed_at=seen.at, undo=None)
    if (undo := _undone(ledger, seen, change)) is not None:
        return _gone_on(
            replace(
                ledger,
                balance=undo.balance,
                spent=undo.spent,
                pace=undo.pace,
                top_up=undo.top_up,
                undo=None,
            ),
            seen,
        )
    latest = replace(latest, balance=seen.balance, undo=_undo(ledger, seen, change))
    if change < 0:
        pace = later(ledger.pace, seen.at, -float(change))
        return replace(latest, spent=EXACT.subtract(ledger.spent, change), pace=pace)
    if not _is_top_up(ledger, seen, change):
        return replace(latest, pace=later(ledger.pace, seen.at))
    top_up = TopUp(amount=change, at=seen.at)
    return replace(latest, pace=_apart_from(ledger, seen.at), top_up=top_up)


def _as_reported(ledger: Ledger | None, seen: Observation) -> Ledger:
    """Return the ledger after a report on what was spent, which may put right what was before.

    Spend that is taken back makes nothing unspent, but counts when it comes again.
    """
    spending = seen.spending
    if spending is None:
        raise ValueError("no report")
    first = min((start_of(day) for day, cost in spending.days.items() if cost), default=seen.at)
    before = (ledger and ledger.settled) or Pace(at=first)
    if before.at < spending.since:
        # Nobody knows what was spent meanwhile.
        before = replace(before, at=spending.since)
    settled = by_the_day(before, spending.days, spending.settled_until)
    below_since = (ledger and ledger.below_since) or seen.at
    return Ledger(
        unit=seen.unit,
        balance=seen.balance,
        pace=by_the_day(settled, spending.days, spending.until),
        seen_at=seen.at,
        renews_at=seen.renews_at,
        spent=max(ledger.spent, spending.total) if ledger else spending.total,
        top_up=spending.top_up,
        shown=ledger.shown if ledger else None,
        settled=settled,
        below_since=below_since if seen.balance < 0 else None,
    )


def _apart_from(ledger: Ledger, at: datetime) -> Pace:
    """Return the pace without the time in which the balance rose: it hides what was spent."""
    before = ledger.pace_now
    return replace(later(before, at), spend=before.spend, time=before.time)


def _undo(ledger: Ledger, seen: Observation, change: Decimal) -> Undo | None:
    """Return what to go back to should what is seen now, or was today, be a wrong reading."""
    before = ledger.undo
    if before is not None and timedelta(0) <= seen.at - before.at <= DAY:
        step = abs(EXACT.subtract(ledger.balance, before.balance))
        if _is_large(ledger, step) and abs(change) <= step / MINOR:
            return before
    return Undo(
        at=seen.at,
        balance=ledger.balance,
        spent=ledger.spent,
        pace=ledger.pace,
        top_up=ledger.top_up,
    )


def _undone(ledger: Ledger, seen: Observation, change: Decimal) -> Undo | None:
    """Return what to go back to if what was seen before was a wrong reading.

    A fall was none if nearly all of it comes back within a day and nobody will have paid just
    that, a rise if just that is gone again.
    """
    undo = ledger.undo
    if undo is None or not timedelta(0) <= seen.at - undo.at <= DAY:
        return None
    fallen = EXACT.subtract(undo.balance, ledger.balance)
    missing = EXACT.subtract(undo.balance, seen.balance)
    if not missing:
        return undo if seen.balance > 0 or change > 0 else None
    paid = EXACT.remainder(change, ROUND[is_money(seen.unit)]) == 0
    return undo if fallen > 0 and 0 < missing <= fallen / CORRECTED and not paid else None


def _renewed(ledger: Ledger, seen: Observation) -> bool:
    """Return whether a new period has begun between two looks.

    Either the old one's end has passed, or it has moved by more than the clock has: a provider
    that counts in whole days, or lives in another time zone, may be a day off. An end that moves
    along with the clock is none.
    """
    old, new = ledger.renews_at, seen.renews_at
    if old is None or new is None or new <= old:
        return False
    moved = new - old - (seen.at - ledger.seen_at)
    return moved > DAY or (seen.at >= old and abs(moved) > MOVED_ALONG)


def _is_top_up(ledger: Ledger, seen: Observation, rise: Decimal) -> bool:
    """Return whether a rise is one that somebody paid for.

    A small one is a refund or a correction; one within a day of a new period belongs to that.
    """
    return _is_large(ledger, rise) and all(
        begins is None or abs(seen.at - begins) > DAY
        for begins in (ledger.renews_at, ledger.renewed_at)
    )


def _is_large(ledger: Ledger, rise: Decimal) -> bool:
    """Return whether a rise, or a fall by so much, is more than a refund."""
    return rise >= max(LEAST_TOP_UP[is_money(ledger.unit)], ledger.balance / 100)
