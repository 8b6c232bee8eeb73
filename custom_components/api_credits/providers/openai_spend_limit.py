"""OpenAI, by the month: what is left of the spend limit that an organization has set itself."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final, override

from ..client.books import OPEN, opened, reported, settled, spending
from ..client.errors import MalformedError, NoSpendLimitError, NotFoundError
from ..client.fields import amount, currency, find
from ..client.reports import HISTORY, CostReport
from ..days import day_of, start_of
from ..readings import BALANCE, EXACT, LIMIT, RENEWS_AT, REPORTED_UNTIL, USED, Account, Reading
from .openai import OpenAI

CENT: Final = Decimal("0.01")


class OpenAISpendLimit(CostReport):
    """Says what is left by itself: nobody has to tell it what there was."""

    key = "openai_spend_limit"
    name = "OpenAI spend limit"
    website = OpenAI.website
    keys_url = OpenAI.keys_url
    top_up_url = "https://platform.openai.com/settings/organization/limits"
    secret = OpenAI.secret
    rights = OpenAI.rights
    base = OpenAI.base
    path = "v1/organization/spend_limit"
    default_interval = OpenAI.default_interval
    report = OpenAI.report
    refusals = OpenAI.refusals

    @override
    async def _reported(self, now: datetime) -> Account:
        """Return the account after a report on this month, and on the days that are open."""
        books = self._books()
        month = day_of(now).replace(day=1)
        since = books.settled_until if books else min(month, day_of(now) - HISTORY)
        # First, since its refusal says which key it takes.
        days = await self.costs(since, now)
        limit = await self._limit()
        books = reported(books, days, now) if books else opened(limit, now, days, since=since)
        used = Decimal(0)
        for day, cost in books.days.items():
            used = EXACT.add(used, cost) if day >= month else used
        kept = settled(books, min(month, day_of(now) - OPEN))
        spent = spending(books, kept, now)
        self.notes = kept.as_dict()
        left = EXACT.subtract(limit, used)
        return self.account_of(
            [
                Reading(kind=BALANCE, value=left, unit=self.unit, spending=spent),
                Reading(kind=LIMIT, value=limit, unit=self.unit),
                Reading(kind=USED, value=used, unit=self.unit),
                Reading(kind=RENEWS_AT, value=start_of(_next(month))),
                Reading(kind=REPORTED_UNTIL, value=spent.until),
            ],
            notes=self.notes,
        )

    async def _limit(self) -> Decimal:
        """Return the limit. Raises NoSpendLimitError where there is none."""
        with suppress(NotFoundError):
            body = await self.get(self.path)
            if (cents := find(body, "threshold_amount")) is not None:
                if find(body, "interval") != "month":
                    raise MalformedError("interval: not a month")
                if currency(body, "currency") != self.unit:
                    raise MalformedError("currency: another than that of the costs")
                return EXACT.multiply(amount(cents, "threshold_amount"), CENT)
        raise NoSpendLimitError("none set")


def _next(month: date) -> date:
    """Return the first day of the month after one."""
    return (month + timedelta(days=31)).replace(day=1)
