"""What is remembered of one balance: what was spent of it, how fast, and its top-ups.

A ledger is stored as one flat record: `unit` and `balance`; `spent`, the exact sum of its falls;
the pace of the spend (`changed_at`, `spend`, `time`, `today`, `squares`: see forecast.py);
`seen_at`, `renews_at` and `renewed_at`; the last `top_up`. Beside these, `undo` is what the last
great change would have to be taken back to, and `shown` the date that is shown.
The record changes when the balance does, and not at looks that found nothing new.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from . import forecast
from .days import DAY
from .forecast import Pace, Shown, later, seen as watched
from .readings import TopUp
from .stored import stored_amount, stored_text, stored_time


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
    def pace_now(self) -> Pace:
        """Return the pace, with the time since the last change."""
        return later(self.pace, self.as_of)

    @property
    def spend_now(self) -> float:
        """Return what was spent lately: its weight sinks with its age."""
        return self.pace_now.spend

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


def burn_rate(ledger: Ledger) -> float | None:
    """Return the spend per day, in the ledger's unit; None until enough time is seen.

    While nothing is spent it sinks, from hour to hour.
    """
    return forecast.rate(ledger.pace_now)


def cautious_rate(ledger: Ledger) -> float | None:
    """Return the spend per day to reckon with, which is more the more days differ."""
    return forecast.cautious_rate(ledger.pace_now)


def runway(ledger: Ledger) -> timedelta | None:
    """Return how long the balance lasts at its cautious rate; None where that says nothing."""
    return forecast.lasts(float(ledger.balance), ledger.pace_now)


def renews_first(ledger: Ledger) -> bool:
    """Return whether the balance is filled up before it runs out."""
    if ledger.renews_at is None or ledger.renews_at <= ledger.as_of:
        return False
    left = runway(ledger)
    return left is not None and ledger.as_of + left >= ledger.renews_at


def seen_for(ledger: Ledger) -> timedelta:
    """Return for how long the balance has been watched."""
    return watched(ledger.pace_now)


def foreseen(ledger: Ledger) -> datetime | None:
    """Return when the balance is used up, as it is known now; None where nothing can be said."""
    if _why_unknown(ledger) or (left := runway(ledger)) is None:
        return None
    when = ledger.as_of + left
    return when.replace(minute=when.minute // 10 * 10 if left < DAY else 0, second=0, microsecond=0)


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
