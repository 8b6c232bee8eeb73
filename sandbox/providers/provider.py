"""What a provider is in the sandbox: its contract, told with the state of its accounts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
import json
import re
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from multidict import CIMultiDict
from yarl import URL

from contracts.form import Contract, Elsewhere, Exchange, Place, Refusal
from contracts.form.answer import at, dump, is_there, load, put, written
from contracts.form.contract import fill, names_in

from ..accounts import Account, Accounts


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request, as far as providers look at it."""

    method: str
    url: URL
    headers: CIMultiDict[str]
    body: str


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a provider answers to a request of an account, and where the balances stand in it."""

    exchange: Exchange
    places: tuple[Place, ...] = ()
    first: bool = True
    """Whether it belongs to the way that is tried first."""


class Provider:
    """One provider's API."""

    account_type: type[Account] = Account

    def __init__(self, key: str, contract: Contract, accounts: Accounts) -> None:
        """Look accounts up here, and begin with every switch off."""
        self.key = key
        self.contract = contract
        self.hosts = contract.hosts
        self.switches = {f"only_{way.variant}": False for way in contract.ways}
        self._accounts = accounts

    @property
    def host(self) -> str:
        """Return the host that is asked first."""
        return self.hosts[0]

    def set_switch(self, name: str, *, on: bool) -> None:
        """Turn a switch on or off."""
        if name not in self.switches:
            raise KeyError(name)
        self.switches[name] = on

    def identify(self, request: Request) -> Account | None:
        """Return the account a request has credentials of."""
        for account in self._accounts:
            if account.provider == self.key and account.key:
                values = self._values(account)
                carried = (self._carries(request, each.exchange, values) for each in self._all())
                others = (
                    _agree(each, request.headers, values) for each in self.contract.also_carried
                )
                if any(carried) or any(others):
                    return account
        return None

    def respond(self, request: Request, account: Account | None) -> web.Response:
        """Answer a request that carried an account's credentials, or nobody's."""
        before = self.contract.before
        if before and self._addresses(request, before, None):
            return self._reply(before.answer)
        strangers = False
        for said in self._all() if account else ():
            if not account or not self._asks(request, said.exchange, account):
                continue
            chosen = self._chosen(request, said.exchange, account)
            if chosen is None:
                strangers = True
                continue
            if refusal := self._refused(said, account):
                return self._reply(refusal.body, refusal.status)
            return self._reply(dump(self.told(said, account, chosen)))
        forbidden = next(
            (each for each in self.contract.refusals if each.means == "forbidden"), None
        )
        if strangers and forbidden:
            return self._reply(forbidden.body, forbidden.status)
        if account is None or self._is_asked_by_others(request, account):
            bad_key = next(each for each in self.contract.refusals if each.when == "bad key")
            return self._reply(bad_key.body, bad_key.status)
        return self._reply('{"error":"not found","message":"not found"}', 404)

    def told(self, said: Said, account: Account, chosen: str) -> Any:
        """Return an answer with the state of an account; `chosen` is one of its identities."""
        answer = load(said.exchange.answer)
        if said.places:
            answer = self.with_balances(answer, said.places, account, chosen)
            for path in self.contract.dates:
                answer = put(answer, path, _renewal(at(answer, path)))
        if said.exchange == self.contract.whoami or (said.places and not self.contract.whoami):
            answer = self._with_identities(answer, account)
        for path, value in account.values.items():
            if is_there(answer, path):
                answer = put(answer, path, value)
        return self._with_flags(answer, said.places, account)

    def with_balances(
        self, answer: Any, places: tuple[Place, ...], account: Account, chosen: str
    ) -> Any:
        """Return an answer with an account's balances, of a chosen one where there are more."""
        amounts = {scope: balance.amount for scope, balance in account.balances.items()}
        paid = dict(account.topped_up)
        if chosen in amounts:
            scope = places[0].scope
            amounts, paid = {scope: amounts[chosen]}, {scope: paid.get(chosen, Decimal(0))}
        return written(answer, places, amounts, paid)

    def _with_flags(self, answer: Any, places: tuple[Place, ...], account: Account) -> Any:
        """Return an answer whose flags agree with what was put beside the balances."""
        flags = tuple(
            place for place in places if place.above is not None and is_there(answer, place.at)
        )
        amounts = {scope: balance.amount for scope, balance in account.balances.items()}
        return written(answer, flags, amounts)

    def _with_identities(self, answer: Any, account: Account) -> Any:
        """Return an answer that tells of an account's own identities."""
        if not account.identities:
            return answer
        models = self.contract.identities
        place = re.match(r"(.+?)\.(\d+)\.", models[0].id_at or "")
        if not place:
            ((id_, title),) = account.identities.items()
            for path, text in ((models[0].id_at, id_), (models[0].title_at, title)):
                if path and is_there(answer, path):
                    answer = put(answer, path, _like(at(answer, path), text))
            return answer
        members = []
        for number, (id_, title) in enumerate(account.identities.items()):
            model = models[min(number, len(models) - 1)]
            start = f"{place[1]}.{(model.id_at or '').removeprefix(place[1]).split('.')[1]}"
            member = at(answer, start)
            for path, text in ((model.id_at, id_), (model.title_at, title)):
                if path:
                    inner = path.removeprefix(f"{start}.")
                    member = put(member, inner, _like(at(member, inner), text))
            members.append(member)
        return put(answer, place[1], members)

    def _all(self) -> Iterator[Said]:
        """Yield everything that may be asked, at each of the provider's hosts."""
        contract = self.contract
        yield Said(exchange=contract.balance, places=contract.balances)
        if contract.whoami:
            yield Said(exchange=contract.whoami)
        for way in contract.ways:
            yield Said(exchange=way.balance, places=way.balances, first=False)
            if way.whoami:
                yield Said(exchange=way.whoami, first=False)
        for subject in contract.subjects:
            yield Said(exchange=subject.balance, places=subject.balances, first=False)
        yield from (Said(exchange=other) for other in contract.others)
        for elsewhere in contract.elsewhere:
            yield Said(exchange=_moved(contract.balance, elsewhere), places=contract.balances)
            if contract.whoami:
                yield Said(exchange=_moved(contract.whoami, elsewhere))

    def _refused(self, said: Said, account: Account) -> Refusal | None:
        """Return why an account is refused, if it is."""
        if not said.first:
            return None
        occasions = {*account.refused}
        occasions |= {
            way.after for way in self.contract.ways if self.switches[f"only_{way.variant}"]
        }
        whoami = self.contract.whoami and said.exchange.url == self.contract.whoami.url
        asked = {"both", "whoami" if whoami else "balance"}
        for refusal in self.contract.refusals:
            if refusal.when in occasions and refusal.to in asked:
                return refusal
        return None

    def _values(self, account: Account) -> dict[str, str | None]:
        """Return what stands for the names of credentials in an account's requests."""
        return {**self.contract.credentials, **account.credentials, "api_key": account.key}

    def _carries(
        self, request: Request, exchange: Exchange, values: Mapping[str, str | None]
    ) -> bool:
        """Return whether a request carries the secret in the way of an exchange."""
        where = {
            name: text for name, text in exchange.headers.items() if "api_key" in names_in(text)
        }
        if where:
            return _agree(where, request.headers, values)
        query = URL(exchange.url, encoded=True).query
        where = {name: text for name, text in query.items() if "api_key" in names_in(text)}
        if where:
            return _agree(where, request.url.query, values)
        body = exchange.body or ""
        if "api_key" not in names_in(body):
            return False
        documented, sent = _body(fill(body, values)), _body(request.body)
        return all(sent.get(name) == value for name, value in documented.items())

    def _asks(self, request: Request, exchange: Exchange, account: Account) -> bool:
        """Return whether a request is that of an exchange, for whichever identity."""
        values = self._values(account)
        other_ways = self.contract.also_carried
        if not self._carries(request, exchange, values) and not any(
            _agree(headers, request.headers, values) for headers in other_ways
        ):
            return False
        fixed = URL(fill(exchange.url, values), encoded=True).query
        return self._addresses(request, exchange, account) and all(
            request.url.query.get(name) == text
            for name, text in fixed.items()
            if not names_in(text)
        )

    def _is_asked_by_others(self, request: Request, account: Account) -> bool:
        """Return whether there is what is asked for, but not for credentials that came so."""
        return any(self._addresses(request, said.exchange, account) for said in self._all())

    def _addresses(self, request: Request, exchange: Exchange, account: Account | None) -> bool:
        """Return whether a request goes where an exchange does, for whichever identity."""
        values = self._values(account) if account else self.contract.credentials
        documented = URL(fill(exchange.url, values), encoded=True)
        path = re.escape(documented.raw_path).replace(re.escape("{account}"), "[^/]+")
        return (
            request.method == exchange.method
            and request.url.host == documented.host
            and re.fullmatch(path, request.url.raw_path) is not None
        )

    def _chosen(self, request: Request, exchange: Exchange, account: Account) -> str | None:
        """Return the identity that a request is about, None if it is not the account's."""
        ids = [*account.identities] or [each.id or "" for each in self.contract.identities]
        for id_ in ids:
            values = {**self._values(account), "account": id_}
            about = {k: v for k, v in exchange.headers.items() if "account" in names_in(v)}
            same_path = (
                URL(fill(exchange.url, values), encoded=True).raw_path == request.url.raw_path
            )
            if "{account}" in exchange.url and not same_path:
                continue
            if any(name in request.headers for name in about) and not _agree(
                about, request.headers, values
            ):
                continue
            return id_
        return None

    def _reply(self, body: str, status: int = 200) -> web.Response:
        """Return an answer in the provider's content type."""
        kind = self.contract.content_type if body[:1] in "{[" else "text/plain"
        return web.Response(body=body.encode(), status=status, headers={"Content-Type": kind})


def _agree(
    documented: Mapping[str, str], sent: Mapping[str, str], values: Mapping[str, str | None]
) -> bool:
    """Return whether what was sent has all that is documented."""
    return all(sent.get(name) == fill(text, values) for name, text in documented.items())


def _body(text: str) -> dict[str, Any]:
    """Return the members of a body, JSON or a form."""
    try:
        found = json.loads(text)
    except ValueError:
        return dict(parse_qsl(text))
    return found if isinstance(found, dict) else {}


def _moved(exchange: Exchange, elsewhere: Elsewhere) -> Exchange:
    """Return an exchange at another host."""
    request = re.sub("(https://)[^/]+", rf"\g<1>{elsewhere.host}", exchange.request)
    return replace(exchange, request=request)


def _like(documented: Any, text: str) -> Any:
    """Return a text as the documented value is: a number, or a text."""
    return Decimal(text) if isinstance(documented, Decimal) else text


def _renewal(documented: Any) -> Any:
    """Return the beginning of next month, in the form of a documented date."""
    now = datetime.now(UTC)
    when = datetime(now.year + now.month // 12, now.month % 12 + 1, 1, tzinfo=UTC)
    if isinstance(documented, Decimal):
        return Decimal(int(when.timestamp()))
    if len(str(documented)) == len("2026-12-01"):
        return when.date().isoformat()
    return f"{when:%Y-%m-%dT%H:%M:%S}{str(documented)[19:]}"
