"""Answers as values: what stands at a path, and how a balance is written there."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import ROUND_DOWN, Context, Decimal, localcontext
import json
from typing import Any

from .contract import Place

_EXACT = Context(prec=100)


def load(answer: str) -> Any:
    """Return the value of an answer, its numbers exact; a plain text is a value as it is."""
    try:
        return json.loads(answer, parse_float=Decimal, parse_int=Decimal)
    except ValueError:
        return answer


def dump(value: Any) -> str:
    """Return a value as JSON, every digit of its numbers kept; a plain text as it is."""
    return value if isinstance(value, str) else _json(value)


def _json(value: Any) -> str:
    match value:
        case dict():
            return "{" + ",".join(f"{json.dumps(k)}:{_json(v)}" for k, v in value.items()) + "}"
        case list():
            return "[" + ",".join(map(_json, value)) + "]"
        case Decimal():
            return f"{value:f}" if value.is_finite() else str(value)
        case _:
            return json.dumps(value)


def leaves(value: Any, path: str = "") -> Iterable[str]:
    """Yield the path of every value that is not an object or list, and of empty ones."""
    members: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, dict):
        members = value.items()
    elif isinstance(value, list):
        members = enumerate(value)
    if not isinstance(value, dict | list) or not value:
        yield path
    for name, member in members:
        yield from leaves(member, f"{path}.{name}".lstrip("."))


def at(value: Any, path: str) -> Any:
    """Return what stands at a path; raise KeyError or IndexError where there is nothing."""
    for step in path.split(".") if path else ():
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value


def is_there(value: Any, path: str) -> bool:
    """Return whether something stands at a path."""
    try:
        at(value, path)
    except KeyError, IndexError, TypeError, ValueError:
        return False
    return True


def put(value: Any, path: str, new: Any) -> Any:
    """Return a value with something else at a path; without it for `...`."""
    if not path:
        return new
    step, _, rest = path.partition(".")
    key: Any = int(step) if isinstance(value, list) else step
    changed = value.copy()
    if rest:
        changed[key] = put(value[key], rest, new)
    elif new is ...:
        del changed[key]
    else:
        changed[key] = new
    return changed


def balance_at(answer: Any, place: Place) -> Decimal:
    """Return the balance that stands at a place."""
    with localcontext(_EXACT):
        there = _number(answer, place.at, place.text)
        if place.of:
            return Decimal(place.scale) * (_number(answer, place.of) - there)
        return Decimal(place.scale) * (there + _rest(answer, place))


def told(answer: Any, place: Place, balance: Decimal) -> Decimal:
    """Return what of a balance can be told at a place: no more decimals than the provider has."""
    decimals = place.decimals
    if decimals is None and isinstance(at(answer, place.at), str):
        decimals = _decimals(_number(answer, place.at, place.text))
    if decimals is None:
        return balance
    with localcontext(_EXACT):
        scale = Decimal(place.scale)
        return (balance / scale).quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN) * scale


def written(
    answer: Any,
    places: Iterable[Place],
    balances: Mapping[str, Decimal],
    paid: Mapping[str, Decimal] | None = None,
) -> Any:
    """Return an answer that tells these balances, by scope, and what was paid since."""
    flags: dict[str, bool] = {}
    with localcontext(_EXACT):
        for place in places:
            if place.scope not in balances:
                continue
            balance = balances[place.scope]
            if place.above is None:
                if place.of and (more := (paid or {}).get(place.scope)):
                    raised = _number(answer, place.of) + more / Decimal(place.scale)
                    answer = put(answer, place.of, raised)
                answer = _written_at(answer, place, balance)
            else:
                enough = balance > _least(answer, place.above)
                flags[place.at] = flags.get(place.at, False) or enough
    for path, flag in flags.items():
        answer = put(answer, path, flag)
    return answer


def _written_at(answer: Any, place: Place, balance: Decimal) -> Any:
    """Return an answer that tells a balance at one place."""
    here = told(answer, place, balance) / Decimal(place.scale)
    if not place.of:
        return _write(answer, place, here - _rest(answer, place))
    whole = _number(answer, place.of)
    if here > whole:
        # More is left than there was in all: somebody has topped it up.
        answer = _write(answer, replace(place, at=place.of, text="{}"), here)
        whole = here
    return _write(answer, place, whole - here)


def _least(answer: Any, above: str) -> Decimal:
    """Return what a flag compares with: a number, or what stands at a path."""
    return Decimal(above) if above.lstrip("-").isdigit() else _number(answer, above)


def _rest(answer: Any, place: Place) -> Decimal:
    rest = Decimal(0)
    if place.plus:
        rest += _number(answer, place.plus)
    if place.minus:
        rest -= _number(answer, place.minus)
    return rest


def _number(answer: Any, path: str, text: str = "{}") -> Decimal:
    before, _, after = text.partition("{}")
    found = at(answer, path)
    if isinstance(found, str):
        found = found.removeprefix(before).removesuffix(after)
    return Decimal(found)


def _write(answer: Any, place: Place, number: Decimal) -> Any:
    """Write a number as the documented one is written: as a text with its decimals, or as one."""
    documented = at(answer, place.at)
    if not isinstance(documented, str):
        return put(answer, place.at, number)
    decimals = place.decimals
    if decimals is None:
        decimals = _decimals(_number(answer, place.at, place.text))
    return put(answer, place.at, place.text.format(f"{number:.{decimals}f}"))


def _decimals(number: Decimal) -> int:
    """Return how many decimals a number is written with."""
    return max(-int(number.as_tuple().exponent), 0)
