"""What is remembered of one balance: what was spent of it, how fast, and its top-ups.

A ledger is stored as one flat record: `unit` and `balance`; `spent`, the exact sum of its falls;
the pace of the spend (`changed_at`, `spend`, `time`, `today`, `squares`: see forecast.py);
`seen_at`, `renews_at` and `renewed_at`; the last `top_up`. Beside these, `undo` is what the last
great change would have to be taken back to, and `shown` the date that is shown.
The record changes when the balance does, and not at looks that found nothing new.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from . import forecast
from .days import DAY, start_of
from .forecast import Pace, Shown, by_the_day, later, seen as watched
from .readings import EXACT, Spending, TopUp, is_money
from .stored import stored_amount, stored_text, stored_time

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Undo:
    """What a ledger was before what was seen at `at`, which may prove to be a wrong reading."""

    at: datetime
    balance: Decimal
    spent: Decimal
    pace: Pace
    top_up: TopUp | None

    def as_dict(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return {
            "at": self.at.isoformat(),
            "balance": str(self.balance),
            "spent": str(self.spent),
            **self.pace.as_dict(),
            "top_up": self.top_up and self.top_up.as_dict(),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any] | None) -> Undo | None:
        """Return what was stored, if anything. Raises as Ledger.from_dict does."""
        if data is None:
            return None
        return cls(
            at=stored_time(data["at"]),
            balance=stored_amount(data["balance"]),
            spent=stored_amount(data["spent"]),
            pace=Pace.from_dict(data),
            top_up=TopUp.from_dict(data["top_up"]),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    """All that is remembered of one balance; equal to another if nothing has changed since.

    `spent` is the sum of all falls, in `unit`, without those that were wrong readings.
    `renewed_at` is when a new period was last seen to begin. Where the spending is reported by the
    day, `settled` is the pace as of the last day that is not told again; `below_since` is since
    when less than nothing is left.
    """

    unit: str | None
    balance: Decimal
    pace: Pace
    seen_at: datetime = field(compare=False)
    renews_at: datetime | None = field(default=None, compare=False)
    renewed_at: datetime | None = None
    spent: Decimal = Decimal(0)
    top_up: TopUp | None = None
    undo: Undo | None = None
    shown: Shown | None = field(default=None, compare=False)
    settled: Pace | None = None
    below_since: datetime | None = None

    @property
    def changed_at(self) -> datetime:
        """Return when the balance was last seen to change."""
        return self.pace.at

    @property
    def as_of(self) -> datetime:
        """Return when figures are made for: the last change, or the last full hour since.

        Where spending is reported by the day nothing is known of the time since.
        """
        if self.settled:
            return self.pace.at
        return max(self.pace.at, self.seen_at.replace(minute=0, second=0, microsecond=0))

    @property
    def spend_now(self) -> float:
        """Return what was spent lately: its weight sinks with its age."""
        return _now(self).spend

    def as_dict(self) -> dict[str, Any]:
        """Return the ledger as it is stored."""
        return {
            "unit": self.unit,
            "balance": str(self.balance),
            **self.pace.as_dict(),
            "seen_at": self.seen_at.isoformat(),
            "renews_at": self.renews_at and self.renews_at.isoformat(),
            "renewed_at": self.renewed_at and self.renewed_at.isoformat(),
            "spent": str(self.spent),
            "top_up": self.top_up and self.top_up.as_dict(),
            "undo": self.undo and self.undo.as_dict(),
            "shown": self.shown and self.shown.as_dict(),
            "settled": self.settled and self.settled.as_dict(),
            "below_since": self.below_since and self.below_since.isoformat(),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Ledger:
        """Return a stored ledger. Raises KeyError, TypeError, ValueError or ArithmeticError.

        Version 0.1.0 knew less, and its pace was another.
        """
        shown, settled = data.get("shown"), data.get("settled")
        below_since = data.get("below_since")
        return cls(
            unit=stored_text(data["unit"]),
            balance=stored_amount(data["balance"]),
            pace=Pace.from_dict(data),
            seen_at=stored_time(data["seen_at"]),
            renews_at=None if data["renews_at"] is None else stored_time(data["renews_at"]),
            renewed_at=None if data["renewed_at"] is None else stored_time(data["renewed_at"]),
            spent=stored_amount(data["spent"]),
            top_up=TopUp.from_dict(data["top_up"]),
            undo=Undo.from_dict(data.get("undo")),
            shown=None if shown is None else Shown.from_dict(shown),
            settled=None if settled is None else Pace.from_dict(settled),
            below_since=None if below_since is None else stored_time(below_since),
        )


class Unknown(StrEnum):
    """Why there is no date at which a balance runs out."""

    YOUNG = "young"
    """It is watched for less than six hours."""
    IDLE = "idle"
    """Nothing is spent."""
    FAR = "far"
    """It is more than ten years away."""
    RENEWS = "renews"
    """The balance is filled up before."""
    EMPTY = "empty"
    """It has happened."""


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


def burn_rate(ledger: Ledger) -> float | None:
    """Return the spend per day, in the ledger's unit; None until enough time is seen.

    While nothing is spent it sinks, from hour to hour.
    """
    return forecast.rate(_now(ledger))


def cautious_rate(ledger: Ledger) -> float | None:
    """Return the spend per day to reckon with, which is more the more days differ."""
    return forecast.cautious_rate(_now(ledger))


def runway(ledger: Ledger) -> timedelta | None:
    """Return how long the balance lasts at its cautious rate; None where that says nothing."""
    return forecast.lasts(float(ledger.balance), _now(ledger))


def renews_first(ledger: Ledger) -> bool:
    """Return whether the balance is filled up before it runs out."""
    if ledger.renews_at is None or ledger.renews_at <= ledger.as_of:
        return False
    left = runway(ledger)
    return left is not None and ledger.as_of + left >= ledger.renews_at


def seen_for(ledger: Ledger) -> timedelta:
    """Return for how long the balance has been watched."""
    return watched(_now(ledger))


def runs_out(ledger: Ledger) -> datetime | None:
    """Return when the balance is used up; None where nothing can be said.

    It is an estimate, given to ten minutes within the last day, and to the hour before. It stands
    still while the spend is about what it was.
    """
    return ledger.shown.when if ledger.shown else None


def days_left(ledger: Ledger) -> float | None:
    """Return for how many days the balance lasts; None where that cannot be said."""
    if ledger.balance <= 0:
        return 0.0
    left = runway(ledger)
    return None if left is None or renews_first(ledger) else round(left / DAY, 1)


def unknown(ledger: Ledger) -> Unknown | None:
    """Return why no date is shown; None where there is one."""
    if runs_out(ledger):
        return None
    return _why_unknown(ledger) or (Unknown.RENEWS if ledger.renews_at else Unknown.FAR)


def _shown_anew(ledger: Ledger) -> Ledger:
    """Return the ledger with the date that is to be shown now."""
    when = None if _why_unknown(ledger) else _runs_out(ledger)
    shown = forecast.settled(ledger.shown, ledger.as_of, when, cautious_rate(ledger))
    return replace(ledger, shown=shown)


def _with_clock_put_right(ledger: Ledger, at: datetime) -> Ledger:
    """Return the ledger without what a clock that was ahead has made of the pace."""
    undo = ledger.undo
    if undo is None or not undo.pace.at <= at < undo.at:
        return ledger
    fallen = max(EXACT.subtract(undo.balance, ledger.balance), Decimal(0))
    return replace(ledger, pace=later(undo.pace, at, float(fallen)), undo=None)


def _why_unknown(ledger: Ledger) -> Unknown | None:
    """Return why there is no date at which the balance runs out; None where there is one."""
    if ledger.balance <= 0:
        return Unknown.EMPTY
    pace = burn_rate(ledger)
    if pace is None:
        return Unknown.YOUNG
    if runway(ledger) is None:
        return Unknown.FAR if pace else Unknown.IDLE
    return Unknown.RENEWS if renews_first(ledger) else None


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


def _now(ledger: Ledger) -> Pace:
    """Return the pace, with the time since the last change."""
    return later(ledger.pace, ledger.as_of)


def _apart_from(ledger: Ledger, at: datetime) -> Pace:
    """Return the pace without the time in which the balance rose: it hides what was spent."""
    before = _now(ledger)
    return replace(later(before, at), spend=before.spend, time=before.time)


def _runs_out(ledger: Ledger) -> datetime | None:
    """Return when the balance is used up, as it is known now."""
    if (left := runway(ledger)) is None:
        return None
    when = ledger.as_of + left
    return when.replace(minute=when.minute // 10 * 10 if left < DAY else 0, second=0, microsecond=0)


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
