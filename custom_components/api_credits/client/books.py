"""The books of an account whose provider tells what was spent, but not what is left. Pure.

Balance = what a person said was left − what was reported as spent since + what a person says was
topped up. A person says it in the middle of a day, and providers report whole days: what was
reported for that day by then is the `baseline`, and no part of what was spent since.

Providers report days anew as late use arrives. The latest days are open: each is replaced when it
is read again. Those before `settled_until` are not read any more, their sum is remembered.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from ..days import DAY, day_of, start_of
from ..readings import EXACT, Spending, TopUp
from ..stored import stored_amount, stored_time

OPEN: Final = timedelta(days=7)
"""How long before today days are read again."""
DELAY: Final = DAY
"""How long after its end a day of which nothing is reported was one without use."""

type Costs = Mapping[date, Decimal]
"""What was spent, by UTC day."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Books:
    """What is remembered: what was said to be left, and when; what was spent and paid since.

    `amount` was left `at` a moment. `settled` is the cost of the settled days since then, `before`
    what was spent until then since the account is watched; `topped_up` the sum of what was paid
    since, `top_up` the last of it. `changed_at` is when a report last had something new.
    """

    amount: Decimal
    at: datetime
    baseline: Decimal
    settled_until: date
    settled: Decimal = Decimal(0)
    days: Costs = field(default_factory=dict)
    before: Decimal = Decimal(0)
    topped_up: Decimal = Decimal(0)
    top_up: TopUp | None = None
    changed_at: datetime

    @property
    def cost(self) -> Decimal:
        """Return what was spent since the person said what was left."""
        cost = EXACT.subtract(self.settled, self.baseline)
        for day, spent in self.days.items():
            if day >= day_of(self.at):
                cost = EXACT.add(cost, spent)
        return cost

    @property
    def total(self) -> Decimal:
        """Return what there was to spend."""
        return EXACT.add(self.amount, self.topped_up)

    @property
    def balance(self) -> Decimal:
        """Return what is left."""
        return EXACT.subtract(self.total, self.cost)

    @property
    def spent(self) -> Decimal:
        """Return what was spent since the account is watched."""
        return EXACT.add(self.before, self.cost)

    def as_dict(self) -> dict[str, Any]:
        """Return the books as they are stored."""
        return {
            "amount": str(self.amount),
            "at": self.at.isoformat(),
            "baseline": str(self.baseline),
            "settled_until": self.settled_until.isoformat(),
            "settled": str(self.settled),
            "days": {day.isoformat(): str(cost) for day, cost in sorted(self.days.items())},
            "before": str(self.before),
            "topped_up": str(self.topped_up),
            "top_up": self.top_up and self.top_up.as_dict(),
            "changed_at": self.changed_at.isoformat(),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Books:
        """Return stored books.

        Raises KeyError, TypeError, AttributeError, ValueError or ArithmeticError for anything else.
        """
        return cls(
            amount=stored_amount(data["amount"]),
            at=stored_time(data["at"]),
            baseline=stored_amount(data["baseline"]),
            settled_until=date.fromisoformat(data["settled_until"]),
            settled=stored_amount(data["settled"]),
            days={
                date.fromisoformat(day): stored_amount(cost) for day, cost in data["days"].items()
            },
            before=stored_amount(data["before"]),
            topped_up=stored_amount(data["topped_up"]),
            top_up=TopUp.from_dict(data["top_up"]),
            changed_at=stored_time(data["changed_at"]),
        )


def opened(amount: Decimal, at: datetime, days: Costs, *, since: date) -> Books:
    """Return new books: so much is left at this moment, of which the report says these days.

    Days from `since` on were read; those before the day of the moment say how fast it goes.
    """
    baseline = days.get(day_of(at), Decimal(0))
    return Books(
        amount=amount, at=at, baseline=baseline, settled_until=since, days=days, changed_at=at
    )


def corrected(before: Books, anew: Books) -> Books:
    """Return new books that go on from others: what was spent by then stays spent."""
    return replace(anew, before=before.spent, top_up=before.top_up)


def topped_up(books: Books, amount: Decimal, at: datetime) -> Books:
    """Return the books after a payment. Raises ValueError for one that was before they began."""
    if at < books.at:
        raise ValueError("before the balance was set")
    paid = EXACT.add(books.topped_up, amount)
    return replace(books, topped_up=paid, top_up=TopUp(amount=amount, at=at))


def reported(books: Books, days: Costs, at: datetime) -> Books:
    """Return the books after a report, in which each day that it has replaces the one before.

    A day that is left out is not reported, which is not the same as one without use.
    """
    known = {**books.days, **{day: c for day, c in days.items() if day >= books.settled_until}}
    if known == books.days:
        return books
    return replace(books, days=known, changed_at=at)


def settled(books: Books, until: date) -> Books:
    """Return the books with the days before one settled: they are not to be read again.

    Days on which nobody has reported yet are not settled, whatever our clock says.
    """
    until = max(min(until, max(books.days, default=until)), books.settled_until)
    total = books.settled
    for day, cost in books.days.items():
        if day_of(books.at) <= day < until:
            total = EXACT.add(total, cost)
    kept = {day: cost for day, cost in books.days.items() if day >= until}
    return replace(books, settled_until=until, settled=total, days=kept)


def reported_until(books: Books, at: datetime) -> datetime:
    """Return until when it is known what was spent.

    That is the end of the last day with use, or while that goes on, when its use last grew. A day
    without use is known to be one some time after its end.
    """
    over = start_of(day_of(at)) - DELAY
    used = [day for day, cost in books.days.items() if cost]
    if not used:
        return max(over, min(books.at, at))
    end = start_of(max(used)) + DAY
    return max(over, end if end <= at else min(books.changed_at, at))


def spending(before: Books, after: Books, at: datetime) -> Spending:
    """Return what the forecast needs of the books, before and after days were settled."""
    return Spending(
        total=before.spent,
        days=before.days,
        since=start_of(before.settled_until),
        settled_until=start_of(after.settled_until),
        until=reported_until(before, at),
        top_up=before.top_up,
    )
