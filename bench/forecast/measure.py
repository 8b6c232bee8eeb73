"""What becomes of each drain by each method, and the table of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from .accounts import Life, live
from .methods import DAY, LIMIT, METHODS, Method
from .patterns import PATTERNS, Pattern

IN_TIME: Final = timedelta(days=1)
LATE: Final = timedelta(days=LIMIT / 2)
FALSE: Final = timedelta(days=LIMIT * 1.5)
YOUNG: Final = timedelta(days=3)
SHORTEST: Final = timedelta(days=3)
"""A drain that is shorter leaves no time to be told of."""


type Results = dict[str, dict[str, Result]]
"""By method, by pattern."""


@dataclass
class Result:
    """Counts over drains; errors of the date are in days."""

    drains: int = 0
    missed: int = 0
    off: int = 0
    late: int = 0
    told_in_drains: int = 0
    false: int = 0
    young: int = 0
    accounts: int = 0
    days: float = 0.0
    errors: list[float] = field(default_factory=list)

    def add(self, other: Result) -> None:
        """Add up."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    def share(self, count: int) -> float:
        """Return a count in per cent of the drains."""
        return 100 * count / self.drains if self.drains else 0.0

    @property
    def told_per_drain(self) -> float:
        """Return how often a drain is told of."""
        return self.told_in_drains / self.drains if self.drains else 0.0

    @property
    def false_a_year(self) -> float:
        """Return the false alarms of an account in a year."""
        return self.false * 365 / self.days

    @property
    def line(self) -> str:
        """Return the columns of the table."""
        error = f"{median(self.errors):6.1f}" if self.errors else "     –"
        per_drain = f"{self.told_per_drain:6.2f}" if self.drains else "     –"
        return (
            f"{self.drains:7}{self.share(self.missed):7.2f}{self.share(self.off):7.2f}"
            f"{self.share(self.late):7.2f} {per_drain}{self.false_a_year:8.2f}"
            f"{100 * self.young / self.accounts:7.1f} {error}"
        )


HEADINGS: Final = (
    f"{'drains':>7}{'miss %':>7}{'off %':>7}{'late %':>7}{'told':>7}{'false':>8}{'young':>7}"
    f"{'error':>7}"
)


@dataclass
class Record:
    """What a method has said in the life of an account, poll by poll."""

    life: Life
    told: list[datetime] = field(default_factory=list)
    alerts: list[bool] = field(default_factory=list)
    dates: list[datetime | None] = field(default_factory=list)

    def number(self, when: datetime) -> int:
        """Return the number of the last poll by then."""
        first, second = (poll.at for poll in self.life.polls[:2])
        return max(min(int((when - first) / (second - first)), len(self.life.polls) - 1), 0)

    def judge_drain(self, result: Result, began: datetime, ended: datetime) -> None:
        """Count what became of a drain."""
        here = [when for when in self.told if began <= when < ended]
        holds = self.alerts[self.number(ended - IN_TIME)]
        lead = ended - (here[0] if here else began)
        result.drains += 1
        result.told_in_drains += len(here)
        if lead < IN_TIME or not (here or holds):
            result.missed += 1
        elif not holds:
            result.off += 1
        elif lead < min(LATE, (ended - began) / 2):
            result.late += 1
        week_before = self.dates[self.number(ended - timedelta(days=LIMIT))]
        if ended - began > timedelta(days=LIMIT) and week_before:
            result.errors.append(abs(week_before - ended) / DAY)

    def judge_alarm(self, result: Result, when: datetime) -> None:
        """Count an alarm that was none: the end came much later, or never."""
        polls = self.life.polls
        end = next((ended for began, ended in self.life.ends if began <= when < ended), None)
        renewed = self.life.pattern.renews > 0 and any(
            poll.filled for poll in polls if poll.at > when
        )
        if end is None and not renewed and polls[-1].at - when < FALSE:
            # How it would have ended was not lived to see.
            return
        if end is None or end - when > FALSE:
            result.false += 1
            result.young += when - polls[0].at < YOUNG


def follow(method: Method, life: Life) -> Result:
    """Have a method live through an account."""
    record = Record(life)
    for poll in life.polls:
        method.poll(poll)
        record.alerts.append(method.alert)
        record.dates.append(method.date())
        if method.told:
            record.told.append(poll.at)
    result = Result(accounts=1, days=(life.polls[-1].at - life.polls[0].at) / DAY)
    for began, ended in life.ends:
        if ended - began >= SHORTEST:
            record.judge_drain(result, began, ended)
    for when in record.told:
        record.judge_alarm(result, when)
    return result


def lives(
    patterns: Iterable[tuple[str, Pattern]], seeds: Iterable[str], days: int
) -> Iterator[tuple[str, Life]]:
    """Yield the life of each account."""
    numbered = list(seeds)
    for name, pattern in patterns:
        for seed in numbered:
            yield name, live(pattern, f"{name} {seed}", days)


def measure(
    seeds: Iterable[str], days: int, methods: Mapping[str, type[Method]] = METHODS
) -> Results:
    """Return the results by method and pattern."""
    results = {method: {name: Result() for name in PATTERNS} for method in methods}
    for name, life in lives(PATTERNS.items(), seeds, days):
        for method, kind in methods.items():
            results[method][name].add(follow(kind(life), life))
    return results


def total(by_pattern: dict[str, Result], names: Iterable[str] = PATTERNS) -> Result:
    """Return the sum over patterns."""
    added = Result()
    for name in names:
        added.add(by_pattern[name])
    return added
