"""OpenAI and Anthropic: they tell what an organization spent by the day, but not what is left."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, ClassVar, Final, override

from aiohttp import web

from contracts.form.answer import dump

from ..accounts import SOLE, Account, Accounts
from .provider import Provider, Request

DAY: Final = timedelta(days=1)
LOOK_BACK: Final = timedelta(days=365)
LATE: Final = (Decimal("0.6"), Decimal("1.02"))
"""What of today's and of yesterday's costs is reported where these are restated."""
EXACT: Final = Decimal("1.00")


@dataclass(kw_only=True)
class Books:
    """What was spent of an account in truth, by UTC day; as of the last look at its balance."""

    amount: Decimal
    paid: Decimal
    costs: dict[date, Decimal] = field(default_factory=dict)


class RefusedError(Exception):
    """A request that is answered with an error."""

    def __init__(self, status: int, body: Any) -> None:
        """Take the answer."""
        super().__init__(status)
        self.status, self.body = status, body


class CostReporter(Provider):
    """A provider that reports costs.

    Its switches: `late` reports the last days at first otherwise than they will be, `today_missing`
    leaves the day that is not over out, `cursor_loops` goes on after the last page with empty ones,
    `cursor_repeats` begins again.
    """

    asked: ClassVar[str]
    largest_page: ClassVar[int]
    start: ClassVar[str]
    end: ClassVar[str]

    def __init__(self, key: str, accounts: Accounts) -> None:
        """Begin with every switch off, and books that nothing stands in."""
        self.key = key
        self.hosts = (self.asked,)
        self.switches = dict.fromkeys(
            ("cursor_loops", "cursor_repeats", "late", "today_missing"), False
        )
        self._accounts = accounts
        self._books: dict[str, Books] = {}

    def book(self, account: Account) -> Books:
        """Return an account's books, with what was spent since the last look as spent today."""
        paid = account.topped_up.get(SOLE, Decimal(0))
        amount = account.balance.amount
        books = self._books.get(account.id)
        if books is None:
            past = account.values.get("costs", {})
            costs = {date.fromisoformat(day): Decimal(str(cost)) for day, cost in past.items()}
            books = self._books[account.id] = Books(amount=amount, paid=paid, costs=costs)
        spent = books.amount - amount + paid - books.paid
        books.amount, books.paid = amount, paid
        if spent > 0:
            books.costs[today()] = books.costs.get(today(), Decimal(0)) + spent
        return books

    def reported(self, account: Account) -> dict[date, Decimal]:
        """Return what is reported of an account's costs now."""
        costs = dict(self.book(account).costs)
        if self.switches["late"]:
            for age, part in enumerate(LATE):
                day = today() - age * DAY
                costs[day] = costs.get(day, Decimal(0)) * part
        return costs

    @override
    def identify(self, request: Request) -> Account | None:
        """Return the account whose key a request has."""
        sent = self.sent_key(request)
        return next(
            (
                account
                for account in self._accounts
                if account.provider.startswith(self.key) and account.key and account.key == sent
            ),
            None,
        )

    @override
    def respond(self, request: Request, account: Account | None) -> web.Response:
        """Answer a request that carried an account's key, or nobody's."""
        try:
            body, status = self.answer(request, account), 200
        except RefusedError as refused:
            body, status = refused.body, refused.status
        return web.Response(
            body=dump(body).encode(), status=status, headers={"Content-Type": "application/json"}
        )

    def sent_key(self, request: Request) -> str | None:
        """Return the key that a request carries."""
        raise NotImplementedError

    def answer(self, request: Request, account: Account | None) -> Any:
        """Return what is answered. Raises RefusedError."""
        raise NotImplementedError

    def begins(self, at: datetime) -> Any:
        """Return the start of a day as it is written in an answer."""
        raise NotImplementedError

    def line(self, cost: Decimal) -> dict[str, Any]:
        """Return a line of a day's costs."""
        raise NotImplementedError

    def pages(self, request: Request, account: Account, start: date, end: date) -> Any:
        """Return the page of a report that is asked for."""
        query = request.url.query
        size = int(query.get("limit", "7"))
        if not 0 < size <= self.largest_page:
            raise RefusedError(400, self.complaint(f"limit: from 1 to {self.largest_page}"))
        cursor = query.get("page")
        if cursor == "page_end":
            return {"data": [], "has_more": True, "next_page": "page_end"}
        if cursor and not self.switches["cursor_repeats"]:
            start = date.fromisoformat(cursor.removeprefix("page_"))
        days = list(self.days(account, start, end))
        rest = days[size:]
        following = None
        if rest:
            following = f"page_{rest[0]}"
        elif self.switches["cursor_loops"]:
            following = "page_end"
        elif self.switches["cursor_repeats"]:
            following = f"page_{start}"
        return {
            "object": "page",
            "data": [self.day(account, day) for day in days[:size]],
            "has_more": following is not None,
            "next_page": following,
        }

    def days(self, account: Account, start: date, end: date) -> Iterator[date]:
        """Yield the days that are reported: none that has not begun."""
        last = today() - DAY if self.switches["today_missing"] else today()
        while start < end and start <= last:
            yield start
            start += DAY

    def day(self, account: Account, day: date) -> dict[str, Any]:
        """Return what is reported of a day, its costs in two lines."""
        cost = self.reported(account).get(day, Decimal(0))
        half = (cost / 2).quantize(EXACT)
        lines = [self.line(part) for part in (half, cost - half)] if cost else []
        begins = datetime.combine(day, time(tzinfo=UTC))
        return {
            self.start: self.begins(begins),
            self.end: self.begins(begins + DAY),
            "results": lines,
        }

    def complaint(self, message: str, kind: str = "") -> Any:
        """Return the body of an error."""
        raise NotImplementedError


class OpenAI(CostReporter):
    """Money in dollars, as a text or a number; a year is told of, and a monthly limit."""

    asked = "api.openai.com"
    largest_page = 180
    start = "start_time"
    end = "end_time"

    def __init__(self, key: str, accounts: Accounts) -> None:
        """Write amounts as texts at first, and know of all days within a year."""
        super().__init__(key, accounts)
        self.switches |= {"forgetful": False, "numbers": False}

    @override
    def sent_key(self, request: Request) -> str | None:
        """Return the bearer token."""
        return request.headers.get("Authorization", "").removeprefix("Bearer ") or None

    @override
    def answer(self, request: Request, account: Account | None) -> Any:
        """Return what is answered. Raises RefusedError."""
        if account is None:
            raise RefusedError(
                401, self.complaint("Incorrect API key provided.", "invalid_api_key")
            )
        if status := {"missing right": 403, "missing scope": 401}.get("".join(account.refused)):
            raise RefusedError(
                status,
                self.complaint(
                    "You have insufficient permissions for this operation. Missing scopes: "
                    "api.usage.read."
                ),
            )
        if request.method == "GET" and request.url.path == "/v1/organization/spend_limit":
            return {
                "object": "organization.spend_limit",
                "threshold_amount": account.values.get("spend_limit"),
                "currency": "USD",
                "interval": "month",
                "enforcement": {"status": "active"},
            }
        if request.method != "GET" or request.url.path != "/v1/organization/costs":
            raise RefusedError(404, self.complaint("Invalid URL"))
        start = datetime.fromtimestamp(int(request.url.query["start_time"]), UTC)
        end = datetime.fromtimestamp(int(request.url.query["end_time"]), UTC)
        if self.switches["forgetful"] or start < datetime.now(UTC) - LOOK_BACK:
            message = f"start_time is too old: the earliest is {today() - LOOK_BACK}."
            raise RefusedError(400, self.complaint(message, "reporting_lookback_exceeded"))
        return self.pages(request, account, start.date(), end.date())

    @override
    def begins(self, at: datetime) -> Any:
        """Return seconds since 1970."""
        return Decimal(int(at.timestamp()))

    @override
    def line(self, cost: Decimal) -> dict[str, Any]:
        """Return a line in dollars."""
        value = cost if self.switches["numbers"] else f"{cost:f}"
        return {
            "object": "organization.costs.result",
            "amount": {"value": value, "currency": "usd"},
            "line_item": None,
            "project_id": None,
        }

    @override
    def complaint(self, message: str, kind: str = "") -> Any:
        """Return the body of an error."""
        return {
            "error": {
                "message": message,
                "type": "invalid_request_error",
                "param": None,
                "code": kind or None,
            }
        }


class Anthropic(CostReporter):
    """Cents with fractions, as a text."""

    asked = "api.anthropic.com"
    largest_page = 31
    start = "starting_at"
    end = "ending_at"

    @override
    def sent_key(self, request: Request) -> str | None:
        """Return the key from its header."""
        return request.headers.get("x-api-key")

    @override
    def answer(self, request: Request, account: Account | None) -> Any:
        """Return what is answered. Raises RefusedError."""
        if request.headers.get("anthropic-version") != "2023-06-01":
            raise RefusedError(400, self.complaint("anthropic-version: header is required"))
        if account is None:
            raise RefusedError(401, self.complaint("invalid x-api-key", "authentication_error"))
        if "missing right" in account.refused:
            raise RefusedError(403, self.complaint("Not allowed", "permission_error"))
        path = request.url.path
        if request.method == "GET" and path == "/v1/organizations/me":
            id_, name = next(iter(account.identities.items()), (f"made-up-{account.id}", "Studio"))
            return {"id": id_, "name": name, "type": "organization"}
        if request.method != "GET" or path != "/v1/organizations/cost_report":
            raise RefusedError(404, self.complaint("Not found", "not_found_error"))
        start = datetime.fromisoformat(request.url.query["starting_at"])
        end = datetime.fromisoformat(request.url.query["ending_at"])
        if end <= start or end.time() != time():
            raise RefusedError(400, self.complaint("ending date must be after starting date"))
        return self.pages(request, account, start.date(), end.date())

    @override
    def begins(self, at: datetime) -> Any:
        """Return a time of RFC 3339."""
        return f"{at:%Y-%m-%dT%H:%M:%SZ}"

    @override
    def line(self, cost: Decimal) -> dict[str, Any]:
        """Return a line in cents."""
        return {
            "currency": "USD",
            "amount": f"{cost * 100:f}",
            "workspace_id": None,
            "description": None,
            "cost_type": None,
        }

    @override
    def complaint(self, message: str, kind: str = "") -> Any:
        """Return the body of an error."""
        return {
            "type": "error",
            "error": {"type": kind or "invalid_request_error", "message": message},
            "request_id": "req_made_up",
        }


def today() -> date:
    """Return the day that is not over."""
    return datetime.now(UTC).date()
