"""What is remembered of one balance: its spend, burn rate and top-ups. Plain functions.

The burn rate is spend ÷ time, each weighted by e^(−age/τ), so that it is right for a steady spend
from the start and leans to the recent past. The sums are folded when the balance changes and not
at every look, so that looks that found nothing new need no record.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from math import exp, expm1, isfinite
from typing import Any, Final

from .readings import EXACT, is_money

TAU: Final = timedelta(days=3).total_seconds()
"""How long ago weighs 1/e."""
SHOWN_AFTER: Final = timedelta(hours=6).total_seconds()
"""How much time has to be seen before there is a burn rate."""
LONGEST_RUNWAY: Final = timedelta(days=3650)
LEAST_TOP_UP: Final = {True: Decimal(1), False: Decimal(10)}
"""By whether it is money: a smaller rise is a refund or a correction."""
MOVED_ALONG: Final = timedelta(minutes=5)
"""By how much the end of a period may differ that is always as far away."""
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation:
    """A balance at one moment; `renews_at` where it is filled up by the period."""

    balance: Decimal
    unit: str | None
    at: datetime
    renews_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TopUp:
    """A rise that somebody paid for, in the balance's unit."""

    amount: Decimal
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    """All that is remembered of one balance; equal to another if nothing has changed since.

    `spent` is the sum of all falls, in `unit`; `spend` (in `unit`) and `time` (in seconds) are
    the weighted sums as of `changed_at`. `renewed_at` is when a new period was last seen to begin.
    """

    unit: str | None
    balance: Decimal
    changed_at: datetime
    seen_at: datetime = field(compare=False)
    renews_at: datetime | None = field(default=None, compare=False)
    renewed_at: datetime | None = None
    spent: Decimal = Decimal(0)
    spend: float = 0.0
    time: float = 0.0
    top_up: TopUp | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the ledger as it is stored."""
        return {
            "unit": self.unit,
            "balance": str(self.balance),
            "changed_at": self.changed_at.isoformat(),
            "seen_at": self.seen_at.isoformat(),
            "renews_at": self.renews_at and self.renews_at.isoformat(),
            "renewed_at": self.renewed_at and self.renewed_at.isoformat(),
            "spent": str(self.spent),
            "spend": self.spend,
            "time": self.time,
            "top_up": self.top_up
            and {"amount": str(self.top_up.amount), "at": self.top_up.at.isoformat()},
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Ledger:
        """Return a stored ledger. Raises KeyError, TypeError, ValueError or ArithmeticError."""
        top_up = data["top_up"]
        return cls(
            unit=stored_text(data["unit"]),
            balance=stored_amount(data["balance"]),
            changed_at=stored_time(data["changed_at"]),
            seen_at=stored_time(data["seen_at"]),
            renews_at=None if data["renews_at"] is None else stored_time(data["renews_at"]),
            renewed_at=None if data["renewed_at"] is None else stored_time(data["renewed_at"]),
            spent=stored_amount(data["spent"]),
            spend=_stored_sum(data["spend"]),
            time=_stored_sum(data["time"]),
            top_up=None
            if top_up is None
            else TopUp(amount=stored_amount(top_up["amount"]), at=stored_time(top_up["at"])),
        )


def observe(ledger: Ledger | None, seen: Observation) -> Ledger:
    """Return the ledger after a look at the balance.

    A fall is spend and a rise is a top-up, but what happens as a new period begins is neither.
    A ledger in another unit cannot be gone on with, so it begins anew.
    """
    if ledger is None or ledger.unit != seen.unit:
        return Ledger(
            unit=seen.unit,
            balance=seen.balance,
            changed_at=seen.at,
            seen_at=seen.at,
            renews_at=seen.renews_at,
        )
    change = EXACT.subtract(seen.balance, ledger.balance)
    renewed = _renewed(ledger, seen)
    latest = replace(ledger, seen_at=seen.at, renews_at=seen.renews_at)
    if not change and not renewed:
        # A clock that was ahead when the balance changed must not hold on to that time.
        return replace(latest, changed_at=min(ledger.changed_at, seen.at))
    latest = replace(latest, balance=seen.balance, changed_at=seen.at)
    if renewed or change > 0:
        spend, time = _folded(ledger, _as_of(ledger))
        latest = replace(latest, spend=spend, time=time)
        if renewed:
            return replace(latest, renewed_at=seen.at)
        if _is_top_up(ledger, seen, change):
            return replace(latest, top_up=TopUp(amount=change, at=seen.at))
        return latest
    spend, time = _folded(ledger, seen.at)
    elapsed = (seen.at - ledger.changed_at).total_seconds()
    if elapsed > 0:
        spend -= float(change) * _weight(elapsed) / elapsed
    return replace(latest, spent=EXACT.subtract(ledger.spent, change), spend=spend, time=time)


def burn_rate(ledger: Ledger) -> float | None:
    """Return the spend per day, in the ledger's unit; None until enough time is seen.

    While nothing is spent it sinks, from hour to hour.
    """
    spend, time = _folded(ledger, _as_of(ledger))
    return spend / time * DAY.total_seconds() if time >= _weight(SHOWN_AFTER) else None


def runway(ledger: Ledger) -> timedelta | None:
    """Return how long the balance lasts at its burn rate; None where that says nothing."""
    rate = burn_rate(ledger)
    if not rate or ledger.balance <= 0:
        return None
    days = float(ledger.balance) / rate
    return timedelta(days=days) if days < LONGEST_RUNWAY.days else None


def runs_out(ledger: Ledger) -> datetime | None:
    """Return when the balance is used up; None where nothing can be said.

    It is an estimate, given to ten minutes within the last day, and to the hour before.
    """
    if (left := runway(ledger)) is None:
        return None
    when = _as_of(ledger) + left
    return when.replace(minute=when.minute // 10 * 10 if left < DAY else 0, second=0, microsecond=0)


def _as_of(ledger: Ledger) -> datetime:
    """Return the moment that figures are made for: the last change, or the last full hour since."""
    return max(ledger.changed_at, ledger.seen_at.replace(minute=0, second=0, microsecond=0))


def _folded(ledger: Ledger, until: datetime) -> tuple[float, float]:
    """Return the sums of spend and time after a while without spend."""
    elapsed = max((until - ledger.changed_at).total_seconds(), 0.0)
    decay = exp(-elapsed / TAU)
    return ledger.spend * decay, ledger.time * decay + _weight(elapsed)


def _weight(elapsed: float) -> float:
    """Return what is left at its end of a time that decays while it goes by."""
    return -TAU * expm1(-elapsed / TAU)


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
    if rise < max(LEAST_TOP_UP[is_money(seen.unit)], ledger.balance / 100):
        return False
    return all(
        begins is None or abs(seen.at - begins) > DAY
        for begins in (ledger.renews_at, ledger.renewed_at)
    )


def stored_amount(value: Any) -> Decimal:
    """Return a stored amount. Raises TypeError, ValueError or ArithmeticError for anything else."""
    if not (amount := Decimal(stored_text(value) or "")).is_finite():
        raise ValueError("not an amount")
    return amount


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


def _stored_sum(value: Any) -> float:
    """Return a stored sum. Raises TypeError or ValueError for anything else."""
    if not (isfinite(total := float(value)) and total >= 0):
        raise ValueError("not a sum")
    return total
