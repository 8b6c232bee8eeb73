"""How fast a balance is spent, and for how long it lasts. Plain functions.

A pace holds, as of `at`, the spend and the time that were seen, each weighted by e^(−age/τ) with
τ of ten days; the spend of the UTC day that is not over yet; and the squares of what the days
before it have spent, weighted likewise by the day. Rate is spend ÷ time. The cautious rate adds
one standard deviation of the mean of two weeks, as far as days differ: a steady spend adds nothing.

How this was found, and what to expect of it, is in docs/forecast.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import exp, expm1, log1p, sqrt
from typing import Any, Final

from .days import DAY, start_of
from .stored import stored_sum, stored_time

SECONDS_A_DAY: Final = DAY.total_seconds()
TAU: Final = timedelta(days=10).total_seconds()
"""How long ago weighs 1/e."""
SHOWN_AFTER: Final = timedelta(hours=6).total_seconds()
"""How much time has to be seen before there is a rate."""
CAUTIOUS_AFTER: Final = 2 * SECONDS_A_DAY
"""How much time has to be seen before it is known how days differ."""
VARIES_OVER: Final = 14
"""Days over whose mean the spend is taken to vary."""
LONGEST_RUNWAY: Final = timedelta(days=3650)
SEEN_AT_MOST: Final = 40 * TAU
"""From here on, more time seen makes no difference to its weight."""

FAR: Final = timedelta(days=7)
CALM_FAR: Final = DAY
CALM_NEAR: Final = timedelta(hours=6)
"""How long a date is shown at least, if it is more than a week away, and if it is nearer."""
SAME_PACE: Final = 1.25
"""By how much a rate has to change to show at once."""
SAME_DATE: Final = 50
"""A date that is off by this part of what is left is not worth changing."""

_A_DAY_LATER: Final = exp(-SECONDS_A_DAY / TAU)
_TAU_IN_0_1_0: Final = timedelta(days=3).total_seconds()


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """What is remembered of a balance's spend; `at` is when it last changed."""

    at: datetime
    spend: float = 0.0
    time: float = 0.0
    today: float = 0.0
    squares: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """Return the pace as it is stored."""
        return {
            "changed_at": self.at.isoformat(),
            "spend": self.spend,
            "time": self.time,
            "today": self.today,
            "squares": self.squares,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Pace:
        """Return a stored pace. Raises KeyError, TypeError or ValueError."""
        at = stored_time(data["changed_at"])
        spend, time = stored_sum(data["spend"]), stored_sum(data["time"])
        if "squares" not in data:
            return _from_0_1_0(at, spend, time)
        today, squares = stored_sum(data["today"]), stored_sum(data["squares"])
        return cls(at=at, spend=spend, time=min(time, TAU), today=today, squares=squares)


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """The date that is shown, since when, and the rate it was made with."""

    when: datetime | None
    at: datetime
    rate: float | None

    def as_dict(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return {
            "when": self.when and self.when.isoformat(),
            "at": self.at.isoformat(),
            "rate": self.rate,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Shown:
        """Return what was stored. Raises KeyError, TypeError or ValueError."""
        when, rate = data["when"], data["rate"]
        return cls(
            when=None if when is None else stored_time(when),
            at=stored_time(data["at"]),
            rate=None if rate is None else stored_sum(rate),
        )


def later(pace: Pace, until: datetime, spent: float = 0.0) -> Pace:
    """Return the pace after a while in which so much was spent, evenly.

    A clock that goes back takes the pace along, and says nothing of it.
    """
    start, end = pace.at.timestamp(), until.timestamp()
    elapsed = end - start
    if elapsed <= 0:
        return replace(pace, at=until) if elapsed else pace
    decay, weight = exp(-elapsed / TAU), _weight(elapsed, TAU)
    per_second = spent / elapsed
    midnights = int(end // SECONDS_A_DAY - start // SECONDS_A_DAY)
    today, squares = pace.today + spent, pace.squares
    if midnights:
        day = pace.today + per_second * (SECONDS_A_DAY - start % SECONDS_A_DAY)
        whole_day = per_second * SECONDS_A_DAY
        kept = _A_DAY_LATER ** (midnights - 1)
        squares = (squares * _A_DAY_LATER + day * day) * kept
        squares += whole_day * whole_day * (1 - kept) / (1 - _A_DAY_LATER)
        today = per_second * (end % SECONDS_A_DAY)
    return Pace(
        at=until,
        spend=pace.spend * decay + per_second * weight,
        time=pace.time * decay + weight,
        today=today,
        squares=squares,
    )


def by_the_day(pace: Pace, days: Mapping[date, Decimal], until: datetime) -> Pace:
    """Return the pace after these days, up to a moment, each with its own spend.

    What was spent on a day that is not over then was spent by then. Nothing is spent backwards.
    """
    for day, spent in sorted(days.items()):
        start, end = start_of(day), min(start_of(day) + DAY, until)
        if pace.at < end and start < until:
            pace = later(pace, max(start, pace.at))
            pace = later(pace, end, max(float(spent), 0.0))
    return later(pace, until) if pace.at < until else pace


def rate(pace: Pace) -> float | None:
    """Return the spend per day; None until enough time is seen."""
    if pace.time < _weight(SHOWN_AFTER, TAU):
        return None
    return pace.spend / pace.time * SECONDS_A_DAY


def cautious_rate(pace: Pace) -> float | None:
    """Return the spend per day to reckon with; None until enough time is seen."""
    mean = rate(pace)
    if mean is None or pace.time < _weight(CAUTIOUS_AFTER, TAU):
        return mean
    return mean + sqrt(max(pace.squares / _days(pace.time) - mean * mean, 0.0) / VARIES_OVER)


def seen(pace: Pace) -> timedelta:
    """Return how long the balance has been watched, as far as that still has weight."""
    return timedelta(seconds=_seen(pace.time, TAU))


def lasts(balance: float, pace: Pace) -> timedelta | None:
    """Return for how long a balance lasts; None where that says nothing."""
    per_day = cautious_rate(pace)
    if not per_day or balance <= 0:
        return None
    days = balance / per_day
    return timedelta(days=days) if days < LONGEST_RUNWAY.days else None


def settled(shown: Shown | None, at: datetime, when: datetime | None, pace: float | None) -> Shown:
    """Return the date to show: the one that is shown, unless there is reason to change it.

    A change of pace shows at once. What a steady spend makes of a date shows rarely, and only if
    it makes a difference.
    """
    anew = Shown(when=when, at=at, rate=pace)
    if shown is None or not _is_same_pace(shown.rate, pace):
        return anew
    if shown.when and shown.when <= at:
        return anew
    calm = CALM_FAR if (when or shown.when or at) - at > FAR else CALM_NEAR
    if timedelta(0) <= at - shown.at < calm:
        return shown
    if when and shown.when and abs(when - shown.when) <= (when - at) / SAME_DATE:
        return shown
    return shown if when == shown.when else anew


def _is_same_pace(before: float | None, now: float | None) -> bool:
    """Return whether two rates are about the same."""
    if not before or not now:
        return before == now
    return 1 / SAME_PACE <= now / before <= SAME_PACE


def _weight(elapsed: float, tau: float) -> float:
    """Return what is left at its end of a time that decays while it goes by."""
    return -tau * expm1(-elapsed / tau)


def _seen(weight: float, tau: float) -> float:
    """Return the time that has this weight."""
    return min(-tau * log1p(-weight / tau), SEEN_AT_MOST) if weight < tau else SEEN_AT_MOST


def _days(weight: float) -> float:
    """Return how many days a weighted time is, if each has the weight that its square had."""
    return weight / (TAU * (1 - _A_DAY_LATER))


def _from_0_1_0(at: datetime, spend: float, time: float) -> Pace:
    """Return the pace of a file of version 0.1.0, whose rate goes on as if it had been steady."""
    if time < 1:
        return Pace(at=at)
    watched = _seen(time, _TAU_IN_0_1_0)
    per_second, weight = spend / time, _weight(watched, TAU)
    whole_day = per_second * SECONDS_A_DAY
    return Pace(
        at=at,
        spend=per_second * weight,
        time=weight,
        today=per_second * min(at.timestamp() % SECONDS_A_DAY, watched),
        squares=whole_day * whole_day * _days(weight),
    )
