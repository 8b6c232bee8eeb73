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
from custom_components.api_credits.client.errors import (
    ForbiddenError,
    InvalidCredentialsError,
    MalformedError,
)
from custom_components.api_credits.client.fields import Each, Field
from custom_components.api_credits.client.provider import Provider, Way
from custom_components.api_credits.readings import FREE, TOTAL, Role

from ..form import Contract, Exchange, Meaning

type Mutant = tuple[str, type[Provider]]
type Fields = tuple[Field | Each, ...]

_PATHS: Final = ("path", "instead", "also", "plus", "minus", "unit_path")


def mutants(provider: type[Provider]) -> Iterator[Mutant]:
    """Yield a provider's class with one thing wrong, in every way that its shape has."""
    for what, changes in _changes(provider):
        yield what, type(provider.__name__, (provider,), changes)


def _changes(provider: type[Provider]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "name", {"name": f"{provider.name} X"}
    yield "keys_url", {"keys_url": f"{provider.keys_url}/x"}
    if provider.rights:
        yield "rights", {"rights": Rights(provider.rights.need, "another")}
    if not provider.regions:
        yield "base: host", {"base": provider.base.with_host(f"x.{provider.base.host}")}
        yield "base: path", {"base": URL(f"{str(provider.base).rstrip('/')}/x")}
    for name, region in provider.regions.items():
        base = region.base.with_host(f"x.{region.base.host}")
        yield (
            f"region {name}: host",
            {"regions": {**provider.regions, name: replace(region, base=base)}},
        )
        if region.unit:
            wrong = Region(base=region.base, unit="XXX")
            yield f"region {name}: unit", {"regions": {**provider.regions, name: wrong}}
    if not all(way.path for way in provider.ways.values()) or not provider.ways:
        yield "path", {"path": f"{provider.path}x"}
    yield "method", {"method": "PUT"}
    if not provider.ways or not all(way.auth for way in provider.ways.values()):
        for what, auth in _auths(provider.auth):
            yield f"auth: {what}", {"auth": auth}
    for mapping in ("query", "fixed_headers", "success", "form", "json"):
        yield from _of_mapping(mapping, getattr(provider, mapping))
    for number, refusal in enumerate(provider.refusals):
        others = [each for each in provider.refusals if each is not refusal]
        yield f"refusal {number}: dropped", {"refusals": tuple(others)}
        means = ForbiddenError if refusal.means is not ForbiddenError else MalformedError
        wrong_refusals = [
            replace(each, means=means) if each is refusal else each for each in provider.refusals
        ]
        yield f"refusal {number}: meaning", {"refusals": tuple(wrong_refusals)}
    for what, fields in _field_tables(provider.fields):
        if not provider.ways or not all(way.fields for way in provider.ways.values()):
            yield what, {"fields": fields}
    yield from _of_whoami(provider)
    yield from _of_ways(provider)


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
                (*before, replace(field, path=f"{field.path}x"), *after),
            )
            wrong = replace(field, scope_path=f"{field.scope_path}x")
            yield f"each {field.path}: scope", (*before, wrong, *after)
            for what, inner in _field_tables(field.fields):
                yield f"each {field.path}: {what}", (*before, replace(field, fields=inner), *after)
            continue
        if len(fields) > 1:
            yield f"{field.kind.key}: dropped", (*before, *after)
        for what, wrong_field in _fields(field):
            yield f"{field.kind.key}: {what}", (*before, wrong_field, *after)
    paths = {field.path for field in fields if isinstance(field, Field) and field.required}
    for path in sorted(paths):
        loose = tuple(
            replace(field, required=False)
            if isinstance(field, Field) and path in {field.path, field.minus, field.plus}
            else field
            for field in fields
        )
        yield f"{path}: no longer required", loose


def _fields(field: Field) -> Iterator[tuple[str, Field]]:
    """Yield a field with one thing wrong."""
    for name in _PATHS:
        if path := getattr(field, name):
            yield name, replace(field, **{name: f"{path}x"})
            if name != "path":
                yield f"{name} dropped", replace(field, **{name: None})
    yield "kind", replace(field, kind=TOTAL if field.kind is not TOTAL else FREE)
    if field.kind.role in {Role.BALANCE, Role.AMOUNT, Role.LEVEL}:
        scale = field.scale or Decimal(1)
        yield "scale", replace(field, scale=scale * 100)
        yield "sign", replace(field, scale=-scale)
        yield "unit", replace(field, unit="XXX", unit_path=None)
    if field.scope:
        yield "scope", replace(field, scope=f"{field.scope} x")
    if field.unlimited is not None:
        yield "unlimited dropped", replace(field, unlimited=None)
    for word in field.units or {}:
        yield f"units: {word}", replace(field, units={**(field.units or {}), word: "x"})
    if not field.required:
        yield "required", replace(field, required=True)


def _of_whoami(provider: type[Provider]) -> Iterator[tuple[str, dict[str, Any]]]:
    if (who := provider.whoami) is None:
        return
    yield "whoami: dropped", {"whoami": None}
    for name in ("path", "id_path", "title_path", "each"):
        if path := getattr(who, name):
            yield f"whoami: {name}", {"whoami": replace(who, **{name: f"{path}x"})}
    for name in ("title_path", "each", "default", "instead"):
        if getattr(who, name):
            yield f"whoami: {name} dropped", {"whoami": replace(who, **{name: None})}
    for name in ("may_lack", "may_refuse") if who.id_path else ():
        wrong = replace(who, **{name: not getattr(who, name)})
        yield f"whoami: {name}", {"whoami": wrong}


def _of_ways(provider: type[Provider]) -> Iterator[tuple[str, dict[str, Any]]]:
    if not provider.ways:
        return
    yield "ways: dropped", {"ways": {}}
    yield "ways: turned round", {"ways": dict(reversed(provider.ways.items()))}
    other = MalformedError if provider.falls_back_on is not MalformedError else ForbiddenError
    yield "falls_back_on", {"falls_back_on": other}
    other = (
        InvalidCredentialsError
        if provider.falls_back_on is not InvalidCredentialsError
        else ForbiddenError
    )
    yield "falls_back_on another", {"falls_back_on": other}
    for name, way in provider.ways.items():
        wrongs: list[tuple[str, Way]] = []
        if way.path:
            wrongs.append(("path", replace(way, path=f"{way.path}x")))
        wrongs += [
            (what, replace(way, fields=table)) for what, table in _field_tables(way.fields or ())
        ]
        if way.auth:
            wrongs += [
                (f"auth: {what}", replace(way, auth=auth)) for what, auth in _auths(way.auth)
            ]
        for what, wrong in wrongs:
            yield f"way {name}: {what}", {"ways": {**provider.ways, name: wrong}}


def forgeries(contract: Contract) -> Iterator[tuple[str, Contract]]:
    """Yield a contract with one thing wrong, in every way that its shape has."""
    yield "name", replace(contract, name=f"{contract.name} X")
    yield "rights", replace(contract, rights="another")
    for what, exchange in _exchanges(contract.balance):
        yield f"balance: {what}", replace(contract, balance=exchange)
    if contract.whoami:
        for what, exchange in _exchanges(contract.whoami):
            yield f"whoami: {what}", replace(contract, whoami=exchange)
    for key, value in contract.readings.items():
        for what, wrong in _values(value):
            readings = {**contract.readings, key: wrong}
            yield f"{key}: {what}", replace(contract, readings=readings)
        others = {name: each for name, each in contract.readings.items() if name != key}
        yield f"{key}: dropped", replace(contract, readings=others)
    for number, place in enumerate(contract.balances):
        if place.above is None:
            wrong_place = replace(place, scale=f"{Decimal(place.scale) * 100:f}")
            places = (*contract.balances[:number], wrong_place, *contract.balances[number + 1 :])
            if number == 0:
                yield "place: scale", replace(contract, balances=places)
    for name in ("id", "title"):
        first, *rest = contract.identities
        wrong_identity = (replace(first, **{name: "another"}), *rest)
        if contract.whoami or name == "id":
            yield f"identity: {name}", replace(contract, identities=wrong_identity)
    for number, refusal in enumerate(contract.refusals):
        means = Meaning.RATE_LIMITED
        if refusal.means is Meaning.RATE_LIMITED:
            means = Meaning.FORBIDDEN
        if refusal.harmless:
            continue
        refusals = (
            *contract.refusals[:number],
            replace(refusal, means=means),
            *contract.refusals[number + 1 :],
        )
        yield f"refusal {refusal.when}: meaning", replace(contract, refusals=refusals)
    if contract.variant:
        yield "variant", replace(contract, variant="another")


def _exchanges(exchange: Exchange) -> Iterator[tuple[str, Exchange]]:
    yield "path", replace(exchange, request=f"{exchange.request}x")
    yield "host", replace(exchange, request=exchange.request.replace("https://", "https://x."))
    other = "POST" if exchange.method == "GET" else "GET"
    yield "method", replace(exchange, request=f"{other} {exchange.url}")
    for name, text in exchange.headers.items():
        yield (
            f"header {name}: text",
            replace(exchange, headers={**exchange.headers, name: f"x{text}"}),
        )
        rest = {each: words for each, words in exchange.headers.items() if each != name}
        yield f"header {name}: name", replace(exchange, headers={**rest, f"{name}-x": text})
    for path in exchange.required:
        rest = tuple(each for each in exchange.required if each != path)
        yield (
            f"{path}: optional",
            replace(exchange, required=rest, optional=(*exchange.optional, path)),
        )
        yield f"{path}: not read", replace(exchange, required=rest)
    for path in exchange.optional:
        rest = tuple(each for each in exchange.optional if each != path)
        yield (
            f"{path}: required",
            replace(exchange, optional=rest, required=(*exchange.required, path)),
        )
    for path in exchange.parts:
        rest = tuple(each for each in exchange.parts if each != path)
        yield f"{path}: not a part", replace(exchange, parts=rest)
        yield (
            f"{path}: required, not a part",
            replace(exchange, parts=rest, required=(*exchange.required, path)),
        )


def _values(value: str | bool | None) -> Iterator[tuple[str, str | bool | None]]:
    match value:
        case bool():
            yield "turned round", not value
        case str() if re.fullmatch(r"-?\d+(\.\d+)? \S+", value):
            number, unit = value.split()
            yield "sign", f"{-Decimal(number):f} {unit}" if Decimal(number) else f"1 {unit}"
            yield "scale", f"{Decimal(number) * 100 + 1:f} {unit}"
            yield "unit", f"{number} XXX"
        case str():
            yield "another", f"{value}x"
