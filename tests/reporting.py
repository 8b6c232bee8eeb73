"""A provider that reports costs, as the sandbox plays it, in the place of the network."""

from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
import json
from typing import Any, Self, cast

from multidict import CIMultiDict
from yarl import URL

from custom_components.api_credits.client.errors import UnreachableError
from custom_components.api_credits.client.provider import Provider
from custom_components.api_credits.client.transport import Response, Transport
from sandbox.accounts import SOLE, Account, Accounts, Balance, Clock
from sandbox.providers import COST_REPORTERS
from sandbox.providers.costs import CostReporter
from sandbox.providers.provider import Request

KEY = "made-up-key"


@dataclass(kw_only=True)
class Reporting:
    """An organization at a provider, what of it is asked, and what of the provider is broken."""

    reporter: CostReporter
    account: Account
    asked: list[URL] = field(default_factory=list)
    down: bool = False
    says: tuple[int, str] | None = None
    """What is answered whatever is asked, with which status."""
    broken_page: int | None = None
    """From which request on no answer comes."""

    @classmethod
    def at(cls, provider: str, left: str = "100", **values: Any) -> Self:
        """Return an organization that has so much left."""
        accounts = Accounts(Clock(Decimal(0)))
        account = Account(
            id="studio",
            provider=provider,
            key=KEY,
            balances={SOLE: Balance(amount=Decimal(left), floor=None)},
            values=values,
        )
        accounts.add(account)
        key = next(key for key in COST_REPORTERS if provider.startswith(key))
        reporting = cls(reporter=COST_REPORTERS[key](key, accounts), account=account)
        reporting.reporter.book(account)
        return reporting

    def client(self, provider: type[Provider], **config: Any) -> Any:
        """Return what asks the provider."""
        return provider(cast("Transport", self), {"api_key": KEY, **config})

    def spend(self, amount: Decimal | str) -> None:
        """Spend so much now."""
        self.account.balance.amount -= Decimal(amount)
        self.reporter.book(self.account)

    @property
    def reported(self) -> Decimal:
        """Return all that is reported as spent."""
        return sum(self.reporter.reported(self.account).values(), Decimal(0))

    async def request(
        self,
        method: str,
        url: URL,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None = None,
    ) -> Response:
        """Answer as the sandbox does."""
        url = url.with_query(params)
        self.asked.append(url)
        if self.down or (self.broken_page is not None and len(self.asked) >= self.broken_page):
            raise UnreachableError("HTTP 503")
        asked = Request(method=method, url=url, headers=CIMultiDict(headers), body="")
        answer = self.reporter.respond(asked, self.reporter.identify(asked))
        return Response(status=answer.status, body=cast("bytes", answer.body), retry_after=None)


def done[T](coroutine: Coroutine[Any, Any, T]) -> T:
    """Return what a coroutine comes to that waits for nothing."""
    try:
        coroutine.send(None)
    except StopIteration as ended:
        return cast("T", ended.value)
    raise AssertionError("it waits")


def kept(notes: Mapping[str, Any] | None) -> Any:
    """Return notes as they come back from disk."""
    return json.loads(json.dumps(notes))
