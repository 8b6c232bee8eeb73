"""Whether a contract is complete, and does not contradict itself."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal, InvalidOperation
from functools import reduce
import re
from typing import Any, Final
from urllib.parse import urlsplit

from .answer import at, balance_at, is_there, load
from .contract import (
    Contract,
    Exchange,
    Identity,
    Place,
    Refusal,
    Value,
    Way,
    fill,
    names_in,
)

TO_BE_FILLED_IN: Final = "TODO"
_SECRET = re.compile(r"(?=\w*\d)(?=\w*[a-z])\w{16,}|\b(?:sk|pk|rk)-\w{8,}|\beyJ", re.IGNORECASE)
_AMOUNT = re.compile(r"-?\d+(\.\d+)?( \S+)?")


def problems_of(contract: Contract) -> list[str]:
    """Return what is wrong with a contract by itself."""
    if unfilled := list(_unfilled(contract, "CONTRACT")):
        return [f"{place}: still to be filled in" for place in unfilled]
    return [
        *_words(contract),
        *_credentials(contract),
        *_exchanges(contract),
        *_identities(contract),
        *_balances("balance", contract.balance, contract, contract.readings, contract.balances),
        *_samples(contract),
        *_refusals(contract),
        *(problem for way in contract.ways for problem in _way(contract, way)),
        *(f"{text[:60]}: looks like a secret" for text in _texts(contract) if _SECRET.search(text)),
        *(
            f"{text[:60]}: an e-mail address outside example.com"
            for text in _texts(contract)
            if re.search(r"\w@(?!example\.com\b)\w", text)
        ),
    ]


def _unfilled(value: Any, path: str) -> Iterator[str]:
    """Yield the places that hold the mark of what is still to be filled in."""
    match value:
        case str() if TO_BE_FILLED_IN in value:
            yield path
        case dict():
            for name, member in value.items():
                yield from _unfilled(name, f"{path} (a name)")
                yield from _unfilled(member, f"{path}[{name!r}]")
        case tuple():
            for number, member in enumerate(value):
                yield from _unfilled(member, f"{path}[{number}]")
        case _ if is_dataclass(value):
            for each in fields(value):
                yield from _unfilled(getattr(value, each.name), f"{path}.{each.name}")


def _words(contract: Contract) -> Iterator[str]:
    if not contract.name.strip():
        yield "name: empty"
    if not contract.keys_url.startswith("https://"):
        yield "keys_url: no https address"
    if contract.certainty not in {"A", "B", "C", "D"}:
        yield "certainty: none of A, B, C, D"
    if not contract.sources or not all(source.strip() for source in contract.sources):
        yield "sources: none"
    if contract.certainty in {"C", "D"} and not contract.unsure:
        yield f"unsure: a certainty of {contract.certainty} leaves something unsure: say what"


def _credentials(contract: Contract) -> Iterator[str]:
    if "api_key" not in contract.credentials:
        yield "credentials: the secret is always api_key"
    known = {
        *contract.credentials,
        "account",
        *(n for e in contract.elsewhere for n in e.credentials),
    }
    for exchange in contract.exchanges:
        used = reduce(set.union, map(names_in, _request_texts(exchange)), set[str]())
        if unknown := used - known:
            yield f"{exchange.request}: {', '.join(sorted(unknown))} is no credential"
        if "api_key" not in used:
            yield f"{exchange.request}: carries no api_key"
    polled = reduce(set.union, map(names_in, _request_texts(contract.balance)), set[str]())
    for name in contract.credentials:
        if name not in polled and name not in {
            n for e in contract.elsewhere for n in e.credentials
        }:
            yield f"balance: the credential {name} is not in its request"
    if "account" in polled and not contract.identities[0].id:
        yield "balance: its request names an account, but there is no identity"


def _request_texts(exchange: Exchange) -> tuple[str, ...]:
    return (exchange.url, exchange.body or "", *exchange.headers.values())


def _exchanges(contract: Contract) -> Iterator[str]:
    for exchange in contract.exchanges:
        url = urlsplit(fill(exchange.url, contract.credentials))
        if exchange.method not in {"GET", "POST"}:
            yield f"{exchange.request}: neither GET nor POST"
        if url.scheme != "https" or not url.hostname or url.port or url.username or url.fragment:
            yield f"{exchange.request}: no plain https address"
        answer = load(exchange.answer)
        for path in exchange.read:
            if not is_there(answer, path):
                yield f"{exchange.request}: its answer has no {path}"
            elif at(answer, path) is None:
                yield f"{exchange.request}: {path} is null in its answer"
        if twice := {path for path in exchange.read if exchange.read.count(path) > 1}:
            yield f"{exchange.request}: required and optional at once: {', '.join(twice)}"


def _identities(contract: Contract) -> Iterator[str]:
    if not contract.identities:
        yield "identities: none; write (Identity(),) where the provider tells no id"
    if contract.whoami and not any(identity.id_at for identity in contract.identities):
        yield "identities: whoami is asked, but no id_at says where the id stands"
    answer = load((contract.whoami or contract.balance).answer)
    for identity in contract.identities:
        yield from _identity(identity, answer, contract)


def _identity(identity: Identity, answer: Any, contract: Contract) -> Iterator[str]:
    for name, path in (("id", identity.id_at), ("title", identity.title_at)):
        expected = getattr(identity, name)
        if path is None:
            continue
        if not is_there(answer, path):
            yield f"identity: the answer has no {path}"
        elif str(at(answer, path)) != expected:
            yield f"identity: {path} is {at(answer, path)}, not {expected}"
    if identity.id and not identity.id_at and identity.id not in contract.credentials.values():
        yield f"identity: nothing says where {identity.id} comes from"
    if identity.id and "@" in identity.id:
        yield "identity: an e-mail address is personal and no identity"
    if identity.id == contract.credentials.get("api_key"):
        yield "identity: the secret is no identity"


def _balances(
    where: str,
    exchange: Exchange,
    contract: Contract,
    readings: Mapping[str, Value],
    places: tuple[Place, ...],
) -> Iterator[str]:
    if not places:
        yield f"{where}: no place says where the balance stands"
    if not any(key.partition("_")[0] == "balance" for key in readings):
        yield f"{where}: no reading is a balance"
    some = exchange.required or exchange.parts
    if not some and not isinstance(load(exchange.answer), str):
        yield f"{where}: no path is required"
    for key, value in readings.items():
        yield from _reading(where, key, value)
    answer = load(exchange.answer)
    for scope in dict.fromkeys(place.scope for place in places):
        place = next(each for each in places if each.scope == scope)
        yield from _place(where, answer, place, readings)
    placed = {_balance_key(place.scope) for place in places}
    for key, value in readings.items():
        if key.partition("_")[0] == "balance" and value is not None and key not in placed:
            yield f"{where}: no place says where {key} stands"
    for path in contract.dates if where == "balance" else ():
        if not is_there(answer, path):
            yield f"dates: the answer has no {path}"


def _place(where: str, answer: Any, place: Place, readings: Mapping[str, Value]) -> Iterator[str]:
    key = _balance_key(place.scope)
    if key not in readings:
        yield f"{where}: {place.at} is the place of {key}, which is no reading"
        return
    try:
        found = balance_at(answer, place)
        stated = Decimal(str(readings[key]).partition(" ")[0])
    except KeyError, IndexError, TypeError, ValueError, InvalidOperation:
        yield f"{where}: {place.at} holds no number in its answer"
        return
    if found != stated:
        yield f"{where}: {place.at} says {found:f}, but {key} is {stated:f}"


def _balance_key(scope: str) -> str:
    return f"balance_{scope.lower()}" if scope else "balance"


def _reading(where: str, key: str, value: Value) -> Iterator[str]:
    if not re.fullmatch(r"[a-z][a-z0-9_ ./-]*", key):
        yield f"{where}: {key} is no key of a reading"
    if isinstance(value, str) and _AMOUNT.fullmatch(value):
        unit = value.partition(" ")[2]
        if unit and unit != unit.lower() and not re.fullmatch("[A-Z]{3}", unit):
            yield f"{where}: the unit of {key} is neither a currency code nor in small letters"


def _samples(contract: Contract) -> Iterator[str]:
    for sample in (*contract.samples, *(each for way in contract.ways for each in way.samples)):
        if (sample.readings is None) == (sample.names is None):
            yield f"sample {sample.shows!r}: it needs readings or the path that an error names"
        for key, value in (sample.readings or {}).items():
            yield from _reading(f"sample {sample.shows!r}", key, value)


def _refusals(contract: Contract) -> Iterator[str]:
    occasions = [refusal.when for refusal in contract.refusals]
    if "bad key" not in occasions:
        yield "refusals: none says what a bad key gets"
    if contract.rights and "missing right" not in occasions:
        yield f"refusals: none says what a key without {contract.rights} gets: a missing right"
    if not contract.rights and "missing right" in occasions:
        yield "rights: a right can be missing, but none is named"
    for twice in {when for when in occasions if occasions.count(when) > 1}:
        yield f"refusals: {twice!r} is there twice"
    for refusal in contract.refusals:
        yield from _refusal(refusal)


def _refusal(refusal: Refusal) -> Iterator[str]:
    if not 200 <= refusal.status < 600:
        yield f"refusal {refusal.when!r}: {refusal.status} is no status"
    if refusal.when == "bad key" and refusal.means != "invalid_auth":
        yield "refusal 'bad key': means something else"


def _way(contract: Contract, way: Way) -> Iterator[str]:
    where = f"way_{way.variant}"
    if contract.variant is None:
        yield f"{where}: the first way needs a variant too"
    if way.after not in {refusal.when for refusal in contract.refusals}:
        yield f"{where}: no refusal is called {way.after!r}"
    yield from _balances(where, way.balance, contract, way.readings, way.balances)


def _texts(contract: Contract) -> list[str]:
    answers = [exchange.answer for exchange in contract.exchanges]
    answers += [sample.answer for sample in contract.samples]
    answers += [refusal.body for refusal in contract.refusals]
    return [*answers, *contract.credentials.values()]
