"""docs/providers.md: a row for each provider, from its class and its contract."""

import json
from pathlib import Path
import re
import sys
from typing import Final

from contracts import load_contract
from contracts.form import Contract
from custom_components.api_credits.client.credentials import Need
from custom_components.api_credits.client.fields import Each, Field
from custom_components.api_credits.client.hosted import Hosted
from custom_components.api_credits.client.provider import Provider
from custom_components.api_credits.providers import PROVIDERS

from .known import REPORTS, Known

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = Path("docs/providers.md")

_NEEDS: Final = {
    Need.ADDRESS: "your internet address allowed: {word}",
    Need.ADMIN: "{word}",
    Need.BETTER: "{word}; any other key shows its own limit only",
    Need.KIND: "{word}",
    Need.ORGANIZATION: "{word} of an organization",
    Need.PLAN: "the plan {word}",
    Need.RIGHT: "the permission {word}",
    Need.ROLE: "an owner with the role {word}",
}
_SOURCES: Final = {
    "A": "the provider's own documents",
    "B": "its SDK, or a copy of its documents",
    "C": "several programs that agree",
    "D": "one source",
}
_HEAD: Final = """# Providers

Made by `scripts/provider-page` from each provider's class and contract. Do not edit it.

**Certainty** says where our knowledge comes from: A {A}, B {B}, C {C}, D {D}.

**Confirmed** says that somebody with an account there has run `scripts/try` and sent in what
it printed. A dash means that nobody has yet: the provider is built by what is documented, and was
tried against a local copy of that only.
[Tell us how it goes](https://github.com/api-credits/api-credits/issues/new?template=provider.yml).

| Provider | Keys | A key needs | What is read | Unit | Every | Certainty | Sources | Confirmed |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
"""


def page() -> str:
    """Return the page."""
    ordered = sorted([*PROVIDERS, *REPORTS], key=lambda key: PROVIDERS[key].name.casefold())
    names = kinds()
    rows = (
        row(PROVIDERS[key], REPORTS[key], names)
        if key in REPORTS
        else row(PROVIDERS[key], known(PROVIDERS[key], load_contract(key)), names)
        for key in ordered
    )
    return _HEAD.format(**_SOURCES) + "".join(rows)


def kinds() -> dict[str, str]:
    """Return what kinds of readings are called."""
    texts = json.loads((ROOT / "custom_components/api_credits/translations/en.json").read_text())
    entities = texts["entity"]["sensor"] | texts["entity"]["binary_sensor"]
    return {key: entity["name"] for key, entity in entities.items()}


def known(provider: type[Provider], contract: Contract) -> Known:
    """Return what the page says of a provider that has a contract."""
    units = {
        value.partition(" ")[2]
        for value in contract.readings.values()
        if isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)? \S+", value)
    }
    return Known(
        reads=tuple(dict.fromkeys(field.kind for field in read_by(provider))),
        units=units | {each.unit for each in contract.elsewhere if each.unit},
        certainty=contract.certainty,
        sources=contract.sources,
        unsure=contract.unsure,
        confirmed=contract.confirmed,
    )


def row(provider: type[Provider], found: Known, names: dict[str, str]) -> str:
    """Return the row of a provider, which has an anchor of its key."""
    rights = provider.rights
    sources = "; ".join(found.sources)
    cells = (
        f'<a id="{provider.key}"></a>[{provider.name}]({provider.website})',
        f"[Keys]({provider.keys_url})",
        _NEEDS[rights.need].format(word=rights.word) if rights else "–",
        ", ".join(names[kind.key] for kind in found.reads),
        ", ".join(sorted(found.units)) or "–",
        f"{int(provider.default_interval.total_seconds() / 60)} min",
        found.certainty,
        f"{sources}. {found.unsure}".strip() if found.unsure else sources,
        found.confirmed or "–",
    )
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |\n"


def read_by(provider: type[Provider]) -> list[Field]:
    """Return every field that a provider reads."""
    ways = [*provider.ways.values()]
    if issubclass(provider, Hosted):
        ways += provider.subjects.values()
    tables = [provider.fields, *(way.fields or () for way in ways)]
    found: list[Field] = []
    for field in (each for table in tables for each in table):
        found += field.fields if isinstance(field, Each) else [field]
    return found


if __name__ == "__main__":
    (ROOT / PAGE).write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE} written\n")
