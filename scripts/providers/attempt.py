"""Try a provider with a key of one's own, and print what may be put into a report."""

import argparse
import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from getpass import getpass
from importlib.metadata import version
import json
from pathlib import Path
import re
import sys
from typing import Any, Final, override

import aiohttp
from yarl import URL

from contracts import load_contract
from contracts.form import Contract
from contracts.form.answer import leaves, load
from custom_components.api_credits.client.errors import ProviderError
from custom_components.api_credits.client.provider import Provider
from custom_components.api_credits.client.transport import Line, Response, Transport
from custom_components.api_credits.providers import PROVIDERS
from custom_components.api_credits.readings import Account, format_amount

_ROOT: Final = Path(__file__).parents[2]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """An answer of the provider, to which path it came."""

    method: str
    url: URL
    response: Response


class Watched(Transport):
    """A way to a provider that remembers the answers."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        """Take the session to use."""
        super().__init__(lambda: session, Line())
        self.seen: list[Seen] = []

    @override
    async def request(self, method: str, url: URL, **kwargs: Any) -> Response:
        """Return the provider's answer, and remember it."""
        response = await super().request(method, url, **kwargs)
        self.seen.append(Seen(method=method, url=url, response=response))
        return response


@dataclass(kw_only=True)
class Attempt:
    """What came of trying a provider."""

    provider: type[Provider]
    account: Account | None = None
    lines: list[str] = field(default_factory=list)
    """What may be shown to others."""


async def attempt(
    session: aiohttp.ClientSession, provider: type[Provider], credentials: Mapping[str, str]
) -> Attempt:
    """Find out who the credentials belong to and what is left, and describe the answers."""
    done = Attempt(provider=provider)
    transport = Watched(session)
    config: dict[str, Any] = {}
    try:
        config |= provider.clean(credentials)
        found = await provider(transport, config).identify()
        done.lines.append(
            f"identify: {len(found)} account(s), "
            f"{'with' if found[0].id else 'without'} an id, "
            f"{'with' if found[0].title else 'without'} a title, variant {found[0].variant}"
        )
        config |= {"account": found[0].id, "variant": found[0].variant}
        done.account = await provider(transport, config).fetch()
    except ProviderError as err:
        done.lines.append(f"FAILED: {err.key}: {err}")
    if done.account:
        done.lines.append("fetch: read")
        for key, reading in done.account.readings.items():
            known = "known" if reading.value is not None else "unknown"
            done.lines.append(f"  {key}: {known}, {reading.unit or 'no unit'}")
    contract = load_contract(provider.key)
    for seen in transport.seen:
        done.lines += described(seen, contract)
    return done


def described(seen: Seen, contract: Contract) -> Iterator[str]:
    """Yield the shape of an answer beside the documented one: no value of it, names and types."""
    before = (contract.before,) if contract.before else ()
    documented = next(
        (
            exchange
            for exchange in (*before, *contract.exchanges)
            if exchange.method == seen.method and _same_path(exchange.url, seen.url)
        ),
        None,
    )
    path = documented.url if documented else "a request that the contract does not know"
    yield f"{seen.method} {path.partition('?')[0]}: HTTP {seen.response.status}"
    if seen.response.status != 200:
        body = load(seen.response.body.decode(errors="replace"))
        yield from (f"  {name}: {kind}" for name, kind in sorted(shape(body).items()))
        return
    now = shape(load(seen.response.body.decode(errors="replace")))
    then = shape(load(documented.answer)) if documented else {}
    for name in sorted(now.keys() | then.keys()):
        if name not in then:
            yield f"+ {name}: {now[name]} (not documented)"
        elif name not in now:
            yield f"- {name}: not there (documented: {then[name]})"
        elif now[name] != then[name]:
            yield f"! {name}: {now[name]} (documented: {then[name]})"
        else:
            yield f"  {name}: {now[name]}"


def _same_path(template: str, url: URL) -> bool:
    """Return whether an address is one of a template's, whatever its names stand for."""
    # An address of one's own may have a path itself.
    before = ".*" if template.startswith("{url}") else ""
    path = re.escape(URL(template.removeprefix("{url}"), encoded=True).raw_path)
    return re.fullmatch(before + re.sub(r"\\{\w+\\}", "[^/]+", path), url.raw_path) is not None


def shape(answer: Any) -> dict[str, str]:
    """Return the type of every value in an answer, by its path; members of lists are alike."""
    found: dict[str, set[str]] = {}
    for path in leaves(answer):
        value = answer
        for step in path.split(".") if path else ():
            value = value[int(step)] if isinstance(value, list) else value[step]
        name = re.sub(r"(^|\.)\d+(?=\.|$)", r"\1*", path) or "(the whole answer)"
        found.setdefault(name, set()).add(_kind(value))
    return {name: " or ".join(sorted(kinds)) for name, kinds in found.items()}


def _kind(value: Any) -> str:
    """Return what a value is, without a letter of it."""
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case Decimal():
            return "number"
        case str() if re.fullmatch(r"[+-]?\d+(\.\d+)?", value):
            return "number in a text"
        case str():
            return "text" if value else "empty text"
        case _:
            return "empty list" if isinstance(value, list) else "empty object"


def asked_for(provider: type[Provider]) -> dict[str, str]:
    """Ask for the credentials, the secret without showing it."""
    given = {}
    for credential in provider.asked():
        if credential.is_flag:
            continue
        if credential.secret:
            given[credential.key] = getpass(f"{provider.secret.replace('_', ' ')}: ")
        elif credential.options:
            given[credential.key] = input(f"{credential.key} ({', '.join(credential.options)}): ")
        else:
            is_id = credential.key in {"account_id", "username"}
            word = provider.id_word if is_id and provider.id_word else credential.key
            given[credential.key] = input(f"{word}: ")
    return given


async def run(provider: type[Provider], credentials: Mapping[str, str]) -> Attempt:
    """Try the real provider."""
    async with aiohttp.ClientSession() as session:
        return await attempt(session, provider, credentials)


def report(done: Attempt) -> str:
    """Return what may be put into a report."""
    manifest = json.loads((_ROOT / "custom_components/api_credits/manifest.json").read_text())
    head = (
        f"{done.provider.key}, API Credits {manifest['version']}, "
        f"Home Assistant {version('homeassistant')}"
    )
    return "\n".join(["```text", head, *done.lines, "```"])


def main() -> int:
    """Try a provider; return 1 where it does not work."""
    parser = argparse.ArgumentParser(prog="scripts/try", description=__doc__)
    parser.add_argument("key", choices=list(PROVIDERS), metavar="key", help="the provider's key")
    provider = PROVIDERS[parser.parse_args().key]
    done = asyncio.run(run(provider, asked_for(provider)))
    if done.account:
        sys.stdout.write("\nFor you: is this what the provider's own page shows?\n")
        for key, reading in done.account.readings.items():
            shown = reading.value
            if reading.amount is not None:
                shown = format_amount(reading.amount, reading.unit)
            sys.stdout.write(f"  {key}: {shown}\n")
    sys.stdout.write(
        "\nFor a report: no value, no key and no name of an account is in it. Look it over first."
        f"\n\n{report(done)}\n"
    )
    return 0 if done.account else 1


if __name__ == "__main__":
    sys.exit(main())
