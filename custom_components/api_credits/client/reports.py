"""Providers that tell what was spent, by the UTC day: how their reports are read."""

from abc import ABC, abstractmethod
import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar, Final, override

from ..days import DAY, day_of, start_of
from ..readings import (
    CALCULATED_BALANCE,
    EXACT,
    REPORTED_UNTIL,
    SET_AT,
    TOTAL,
    USED,
    Account,
    Reading,
)
from .books import (
    OPEN,
    Books,
    Costs,
    corrected,
    opened,
    reported,
    settled,
    spending,
    topped_up,
)
from .errors import HistoryGoneError, MalformedError
from .fields import amount, currency, find, items, moment
from .outgoing import outward
from .provider import Provider

HISTORY: Final = timedelta(days=28)
"""How far a first report looks back, for the pace: what was spent then counts for nothing else."""
SPARE_PAGES: Final = 2
"""So many more pages than days would fill are read, before a report is one without an end."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """Where a provider reports what was spent, in pages of `size` days.

    `start`, `end` are the parameters of the time that is asked for, written by `written`. In a day,
    `begins` is where its start stands, and its lines in `results` have an amount in `value`, of
    which one is worth `scale` in the currency that stands in `unit`.
    """

    path: str
    size: int
    start: str
    end: str
    written: Callable[[datetime], str]
    begins: str
    value: str
    unit: str
    scale: Decimal = Decimal(1)


class CostReport(Provider, ABC):
    """A provider that tells what was spent by the day."""

    report: ClassVar[Report]
    unit: ClassVar[str] = "USD"
    """The currency, which a report without any line leaves open."""
    default_interval: ClassVar[timedelta] = timedelta(minutes=60)
    min_interval: ClassVar[timedelta] = timedelta(minutes=15)

    def __init__(self, *args: Any) -> None:
        """Read one report at a time."""
        super().__init__(*args)
        self._lock = asyncio.Lock()
        self._known: Account | None = None

    @override
    async def _account(self) -> Account:
        """Return the account after a report, the same one where that says nothing new."""
        async with self._lock:
            account = await self._reported(datetime.now(UTC))
            if self._known is None or (account, account.notes) != (self._known, self._known.notes):
                self._known = account
            return self._known

    @abstractmethod
    async def _reported(self, now: datetime) -> Account:
        """Return the account after a report."""

    async def costs(self, since: date, now: datetime) -> Costs:
        """Return what was spent on each day that is reported. Raises a ProviderError.

        A report of which a page is missing would look like less spent, so it is none.
        """
        end = max(day_of(now), since) + DAY
        params = {
            self.report.start: self.report.written(start_of(since)),
            self.report.end: self.report.written(start_of(end)),
            "limit": str(self.report.size),
        }
        most = -(-(end - since).days // self.report.size) + SPARE_PAGES
        days: dict[date, Decimal] = {}
        for _ in range(most):
            body = await self.get(self.report.path, params=params)
            for day, cost in self._days(body):
                if day in days:
                    raise MalformedError("data: a day that is there twice")
                days[day] = cost
            cursor = find(body, "next_page")
            if not find(body, "has_more") or cursor is None or not items(body, "data"):
                return days
            if not isinstance(cursor, str) or params.get("page") == cursor:
                raise MalformedError("next_page: not another page")
            params = {**params, "page": cursor}
        raise MalformedError(f"more than {most} pages")

    def _days(self, body: Any) -> Iterator[tuple[date, Decimal]]:
        """Yield the days of a page, and what was spent on each."""
        for number in range(len(items(body, "data"))):
            at = f"data.{number}."
            begins = moment(body, at + self.report.begins)
            if begins != start_of(day_of(begins)):
                raise MalformedError(f"{at}{self.report.begins}: not the start of a day")
            cost = Decimal(0)
            for line in range(len(items(body, f"{at}results"))):
                cost = EXACT.add(cost, self._cost(body, f"{at}results.{line}."))
            yield day_of(begins), EXACT.multiply(cost, self.report.scale)

    def _cost(self, body: Any, at: str) -> Decimal:
        """Return what a line says was spent."""
        path = at + self.report.value
        if (value := find(body, path)) is None:
            raise MalformedError(f"{path}: missing")
        if currency(body, at + self.report.unit) != self.unit:
            raise MalformedError(f"{at}{self.report.unit}: another currency")
        return amount(value, path)

    def _books(self) -> Books | None:
        """Return the books, if they are begun. Raises HistoryGoneError where they are none."""
        try:
            return Books.from_dict(self.notes) if self.notes else None
        except ArithmeticError, AttributeError, KeyError, TypeError, ValueError:
            pass
        raise HistoryGoneError("not remembered")


class Calculated(CostReport):
    """A provider that tells what was spent, and a person what was left.

    What it remembers are its books. Without them it has nothing to show.
    """

    steps = ("credentials", "balance_now")

    @outward
    async def set_balance(self, left: Decimal) -> Account:
        """Return the account in which so much is left now. Raises a ProviderError."""
        async with self._lock:
            now = datetime.now(UTC)
            since = day_of(now) - HISTORY
            days = await self.costs(since, now)
            books = opened(left, now, days, since=since)
            with suppress(HistoryGoneError):
                if before := self._books():
                    books = corrected(before, books)
            return self._kept(books, now)

    def add_top_up(self, paid: Decimal, at: datetime) -> None:
        """Remember a payment.

        Raises ValueError where it was before the balance was set, and HistoryGoneError.
        """
        if (books := self._books()) is None:
            raise HistoryGoneError("not set")
        self.notes = topped_up(books, paid, at).as_dict()

    @override
    async def _reported(self, now: datetime) -> Account:
        """Return the account after a report on the days that are open."""
        books = self._books()
        days = await self.costs(books.settled_until if books else day_of(now) - HISTORY, now)
        # A payment that was told meanwhile is not to be lost.
        books = self._books()
        return self._kept(reported(books, days, now), now) if books else Account(readings={})

    def _kept(self, books: Books, now: datetime) -> Account:
        """Return the account as the books have it, and remember them."""
        kept = settled(books, day_of(now) - OPEN)
        spent = spending(books, kept, now)
        unit = self.unit
        self.notes = kept.as_dict()
        return self.account_of(
            [
                Reading(kind=CALCULATED_BALANCE, value=books.balance, unit=unit, spending=spent),
                Reading(kind=TOTAL, value=books.total, unit=unit),
                Reading(kind=USED, value=books.cost, unit=unit),
                Reading(kind=REPORTED_UNTIL, value=spent.until),
                Reading(kind=SET_AT, value=books.at),
            ],
            notes=self.notes,
        )
