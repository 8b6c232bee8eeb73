"""Classes and contracts with one thing wrong, to see that judging them would tell."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
import re
from typing import Any, Final

from yarl import URL

from custom_components.api_credits.client.credentials import (
    Auth,
    Basic,
    Body,
    Header,
    Query,
    Region,
    Rights,
    Together,
)
from custom_components.api_credits.client.declared import Way, Whoami
from custom_components.api_credits.client.errors import (
    ForbiddenError,
    InvalidCredentialsError,
    MalformedError,
)
from custom_components.api_credits.client.fields import Each, Field
from custom_components.api_credits.client.hosted import Hosted
from custom_components.api_credits.client.provider import Provider
from custom_components.api_credits.readings import FREE, TOTAL, Role

from ..form import Contract, Exchange, Meaning, Subject
from ..form.contract import Value

type Mutant = tuple[str, type[Provider]]
type Fields = tuple[Field | Each, ...]

_PATHS: Final = ("path", "instead", "also", "plus", "minus", "unit_path")


def altered[Thing](thing: Thing, **changes: Any) -> Thing:
    """Return a thing with something else about it."""
    return replace(thing, **changes)  # type: ignore[type-var]


def mutants(provider: type[Provider]) -> Iterator[Mutant]:
    """Yield a provider's class with one thing wrong, in every way that its shape has."""
    for what, changes in _changes(provider):
        yield what, type(provider.__name__, (provider,), changes)


def _changes(provider: type[Provider]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "name", {"name": f"{provider.name} X"}
    yield "may_owe", {"may_owe": not provider.may_owe}
    yield "keys_url", {"keys_url": f"{provider.keys_url}/x"}
    if provider.rights:
        yield "rights", {"rights": Rights(provider.rights.need, "another")}
    if provider.key_prefixes != Provider.key_prefixes:
        yield "key_prefixes", {"key_prefixes": ()}
    yield from _of_hosts(provider)
    ways = [*provider.ways.values(), *_subjects(provider).values()]
    if not ways or not all(way.path for way in ways):
        yield "path", {"path": f"{provider.path}x"}
    yield "method", {"method": "PUT"}
    if not ways or not all(way.auth for way in ways):
        for what, auth in _auths(provider.auth):
            yield f"auth: {what}", {"auth": auth}
    for mapping in ("query", "fixed_headers", "success", "form", "json"):
        yield from _of_mapping(mapping, getattr(provider, mapping))
    yield from _of_refusals(provider)
    if not ways or not all(way.fields for way in ways):
        for what, fields in _field_tables(provider.fields):
            # What a pattern has matched is there.
            if provider.plain is None or "required" not in what:
                yield what, {"fields": fields}
    yield from _of_whoami(provider)
    yield from _of_ways(provider)
    yield from _of_choices(provider)


def _of_choices(provider: type[Provider]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, way in _subjects(provider).items():
        for what, wrong in _wrong_ways(way):
            subjects = {**_subjects(provider), name: wrong}
            yield f"subject {name}: {what}", {"subjects": subjects}


def _subjects(provider: type[Provider]) -> Mapping[str, Way]:
    """Return whose balances a person can choose."""
    return provider.subjects if issubclass(provider, Hosted) else {}


def _of_hosts(provider: type[Provider]) -> Iterator[tuple[str, dict[str, Any]]]:
    if not provider.regions and not issubclass(provider, Hosted):
        yield "base: host", {"base": provider.base.with_host(f"x.{provider.base.host}")}
        yield "base: path", {"base": URL(f"{str(provider.base).rstrip('/')}/x")}
    for name, region in provider.regions.items():
        elsewhere = altered(region, base=region.base.with_host(f"x.{region.base.host}"))
        yield f"region {name}: host", {"regions": {**provider.regions, name: elsewhere}}
        if region.unit:
            wrong = Region(base=region.base, unit="XXX")
            yield f"region {name}: unit", {"regions": {**provider.regions, name: wrong}}


def _of_refusals(provider: type[Provider]) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, refusal in enumerate(provider.refusals):
        before, after = provider.refusals[:number], provider.refusals[number + 1 :]
        yield f"refusal {number}: dropped", {"refusals": (*before, *after)}
        means = ForbiddenError if refusal.means is not ForbiddenError else MalformedError
        wrong = altered(refusal, means=means)
        yield f"refusal {number}: meaning", {"refusals": (*before, wrong, *after)}


def _of_mapping(name: str, mapping: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a mapping without each of its members, and with another value for it."""
    if not isinstance(mapping, Mapping):
        return
    for key in mapping:
        yield f"{name}: {key} dropped", {name: {k: v for k, v in mapping.items() if k != key}}
        yield f"{name}: {key} changed", {name: {**mapping, key: "x"}}


def _auths(auth: Auth) -> Iterator[tuple[str, Auth]]:
    """Yield ways to send credentials that are not quite right."""
    match auth:
        case Header():
            yield "header", Header(f"{auth.name}-x", auth.prefix, auth.credential)
            yield "prefix", Header(auth.name, "" if auth.prefix else "Bearer ", auth.credential)
        case Basic():
            yield "swapped", Basic(auth.password, auth.user)
            yield "bearer", Header("Authorization", "Bearer ")
        case Query():
            yield "parameter", Query(f"{auth.name}x", auth.credential)
            yield "header", Header(auth.name)
        case Body():
            yield "member", Body(f"{auth.name}x", auth.credential)
            yield "header", Header(auth.name)
        case Together():
            for number, part in enumerate(auth.parts):
                others = auth.parts[:number], auth.parts[number + 1 :]
                yield f"{number} dropped", Together(*others[0], *others[1])
                for what, wrong in _auths(part):
                    yield f"{number} {what}", Together(*others[0], wrong, *others[1])


def _field_tables(fields: Fields) -> Iterator[tuple[str, Fields]]:
    """Yield tables of fields with one thing wrong."""
    for number, field in enumerate(fields):
        before, after = fields[:number], fields[number + 1 :]
        if isinstance(field, Each):
            yield (
                f"each {field.path}: path",
                (*before, altered(field, path=f"{field.path}x"), *after),
            )
            wrong = altered(field, scope_path=f"{field.scope_path}x")
            yield f"each {field.path}: scope", (*before, wrong, *after)
            for what, inner in _field_tables(field.fields):
                yield f"each {field.path}: {what}", (*before, altered(field, fields=inner), *after)
            continue
        if len(fields) > 1:
            yield f"{field.kind.key}: dropped", (*before, *after)
        for what, wrong_field in _fields(field):
            yield f"{field.kind.key}: {what}", (*before, wrong_field, *after)
    paths = {field.path for field in fields if isinstance(field, Field) and field.required}
    for path in sorted(paths):
        loose = tuple(
            altered(field, required=False)
            if isinstance(field, Field) and path in {field.path, field.minus, field.plus}
            else field
            for field in fields
        )
        yield f"{path}: no longer required", loose


def _fields(field: Field) -> Iterator[tuple[str, Field]]:
    """Yield a field with one thing wrong."""
    for name in _PATHS:
        if path := getattr(field, name):
            yield name, altered(field, **{name: f"{path}x"})
            if name != "path":
                yield f"{name} dropped", altered(field, **{name: None})
    yield "kind", altered(field, kind=TOTAL if field.kind is not TOTAL else FREE)
    if field.kind.role in {Role.BALANCE, Role.AMOUNT, Role.LEVEL}:
        scale = field.scale or Decimal(1)
        yield "scale", altered(field, scale=scale * 100)
        yield "sign", altered(field, scale=-scale)
        yield "unit", altered(field, unit="XXX", unit_path=None)
    if field.scope:
        yield "scope", altered(field, scope=f"{field.scope} x")
    if field.unlimited is not None:
        yield "unlimited dropped", altered(field, unlimited=None)
    if field.unless:
        yield "unless: path", altered(field, unless=(f"{field.unless[0]}x", field.unless[1]))
        yield "unless: word", altered(field, unless=(field.unless[0], f"{field.unless[1]}x"))
    for word in field.units or {}:
        yield f"units: {word}", altered(field, units={**(field.units or {}), word: "x"})
    if not field.required:
        yield "required", altered(field, required=True)


def _of_whoami(provider: type[Provider]) -> Iterator[tuple[str, dict[str, Any]]]:
    for what, who in _whoamis(provider.whoami):
        yield what, {"whoami": who}


def _whoamis(who: Whoami | None) -> Iterator[tuple[str, Whoami | None]]:
    """Yield what tells an identity with one thing wrong."""
    if who is None:
        return
    yield "whoami: dropped", None
    for name in ("path", "id_path", "title_path", "each"):
        if path := getattr(who, name):
            yield f"whoami: {name}", altered(who, **{name: f"{path}x"})
    for name in ("title_path", "each", "default", "instead"):
        if getattr(who, name):
            yield f"whoami: {name} dropped", altered(who, **{name: None})
    for name in ("may_lack", "may_refuse") if who.id_path else ():
        yield f"whoami: {name}", altered(who, **{name: not getattr(who, name)})
    if who.is_personal:
        yield "whoami: no longer personal", altered(who, is_personal=False)


def _of_ways(provider: type[Provider]) -> Iterator[tuple[str, dict[str, Any]]]:
    if not provider.ways:
        return
    yield "ways: dropped", {"ways": {}}
    yield "ways: turned round", {"ways": dict(reversed(list(provider.ways.items())))}
    for error in (MalformedError, InvalidCredentialsError, ForbiddenError):
        if error is not provider.falls_back_on:
            yield f"falls_back_on {error.__name__}", {"falls_back_on": error}
    for name, way in provider.ways.items():
        for what, wrong in _wrong_ways(way):
            yield f"way {name}: {what}", {"ways": {**provider.ways, name: wrong}}


def _wrong_ways(way: Way) -> Iterator[tuple[str, Way]]:
    """Yield a way with one thing wrong."""
    if way.path:
        yield "path", altered(way, path=f"{way.path}x")
    for what, table in _field_tables(way.fields or ()):
        yield what, altered(way, fields=table)
    for what, auth in _auths(way.auth) if way.auth else ():
        yield f"auth: {what}", altered(way, auth=auth)
    for _, changed in _of_mapping("success", way.success):
        yield "success", altered(way, success=changed["success"])
    for what, who in _whoamis(way.whoami):
        yield what, altered(way, whoami=who)


def forgeries(contract: Contract) -> Iterator[tuple[str, Contract]]:
    """Yield a contract with one thing wrong, in every way that its shape has."""
    yield "name", altered(contract, name=f"{contract.name} X")
    yield "rights", altered(contract, rights="another")
    for what, exchange in _exchanges(contract.balance):
        yield f"balance: {what}", altered(contract, balance=exchange)
    yield from _of_subjects(contract)
    if contract.whoami:
        for what, exchange in _exchanges(contract.whoami):
            yield f"whoami: {what}", altered(contract, whoami=exchange)
    yield from _of_readings(contract)
    first, *rest = contract.identities
    for name in ("id", "title") if contract.whoami else ("id",):
        wrong = (altered(first, **{name: "another"}), *rest)
        yield f"identity: {name}", altered(contract, identities=wrong)
    for number, refusal in enumerate(contract.refusals):
        if not refusal.harmless:
            limited = refusal.means is Meaning.RATE_LIMITED
            means = Meaning.FORBIDDEN if limited else Meaning.RATE_LIMITED
            before, after = contract.refusals[:number], contract.refusals[number + 1 :]
            refusals = (*before, altered(refusal, means=means), *after)
            yield f"refusal {refusal.when}: meaning", altered(contract, refusals=refusals)
    if contract.variant:
        yield "variant", altered(contract, variant="another")


def _of_subjects(contract: Contract) -> Iterator[tuple[str, Contract]]:
    """Yield a contract with one thing wrong about what is asked before, or can be chosen."""
    if contract.before:
        for what, exchange in _exchanges(contract.before):
            yield f"before: {what}", altered(contract, before=exchange)
    for number, subject in enumerate(contract.subjects):
        before, after = contract.subjects[:number], contract.subjects[number + 1 :]
        for what, wrong in _of_subject(subject):
            subjects = (*before, wrong, *after)
            yield f"subject {number}: {what}", altered(contract, subjects=subjects)


def _of_subject(subject: Subject) -> Iterator[tuple[str, Subject]]:
    """Yield another balance that can be chosen with one thing wrong about it."""
    for what, exchange in _exchanges(subject.balance):
        yield what, altered(subject, balance=exchange)
    for key, value in subject.readings.items():
        others = {name: each for name, each in subject.readings.items() if name != key}
        yield f"{key}: dropped", altered(subject, readings=others)
        for what, wrong in _values(value):
            yield f"{key}: {what}", altered(subject, readings={**subject.readings, key: wrong})
    if subject.identity.id:
        yield "identity", altered(subject, identity=altered(subject.identity, id="another"))


def _of_readings(contract: Contract) -> Iterator[tuple[str, Contract]]:
    for key, value in contract.readings.items():
        others = {name: each for name, each in contract.readings.items() if name != key}
        yield f"{key}: dropped", altered(contract, readings=others)
        for what, wrong in _values(value):
            yield f"{key}: {what}", altered(contract, readings={**contract.readings, key: wrong})
    place, *rest = contract.balances
    scaled = altered(place, scale=f"{Decimal(place.scale) * 100:f}")
    yield "place: scale", altered(contract, balances=(scaled, *rest))


def _exchanges(exchange: Exchange) -> Iterator[tuple[str, Exchange]]:
    yield "path", altered(exchange, request=f"{exchange.request}x")
    host = re.sub(r"(https://|{url}/)", r"\1x.", exchange.request)
    yield "host", altered(exchange, request=host)
    other = "POST" if exchange.method == "GET" else "GET"
    yield "method", altered(exchange, request=f"{other} {exchange.url}")
    for name, text in exchange.headers.items():
        yield (
            f"header {name}: text",
            altered(exchange, headers={**exchange.headers, name: f"x{text}"}),
        )
        rest = {each: words for each, words in exchange.headers.items() if each != name}
        yield f"header {name}: name", altered(exchange, headers={**rest, f"{name}-x": text})
    required, optional = exchange.required, exchange.optional
    for path in required:
        fewer = tuple(each for each in required if each != path)
        yield f"{path}: optional", altered(exchange, required=fewer, optional=(*optional, path))
        yield f"{path}: not read", altered(exchange, required=fewer)
    for path in optional:
        fewer = tuple(each for each in optional if each != path)
        yield f"{path}: required", altered(exchange, optional=fewer, required=(*required, path))
    for path in exchange.parts:
        fewer = tuple(each for each in exchange.parts if each != path)
        yield f"{path}: not a part", altered(exchange, parts=fewer)
        yield (
            f"{path}: required, not a part",
            altered(exchange, parts=fewer, required=(*required, path)),
        )


def _values(value: Value) -> Iterator[tuple[str, Value]]:
    match value:
        case True | False:
            yield "turned round", value is False
        case str() if re.fullmatch(r"-?\d+(\.\d+)? \S+", value):
            number, unit = value.split()
            yield "sign", f"{-Decimal(number):f} {unit}" if Decimal(number) else f"1 {unit}"
            yield "scale", f"{Decimal(number) * 100 + 1:f} {unit}"
            yield "unit", f"{number} XXX"
        case str():
            yield "another", f"{value}x"
