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

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = Path("docs/providers.md")

_NEEDS: Final = {
    Need.ADDRESS: "your internet address allowed: {word}",
    Need.BETTER: "{word}; any other key shows its own limit only",
    Need.KIND: "{word}",
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
    ordered = sorted(PROVIDERS.values(), key=lambda provider: provider.name.casefold())
    names = kinds()
    rows = (row(provider, load_contract(provider.key), names) for provider in ordered)
    return _HEAD.format(**_SOURCES) + "".join(rows)


def kinds() -> dict[str, str]:
    """Return what kinds of readings are called."""
    texts = json.loads((ROOT / "custom_components/api_credits/translations/en.json").read_text())
    entities = texts["entity"]["sensor"] | texts["entity"]["binary_sensor"]
    return {key: entity["name"] for key, entity in entities.items()}


def row(provider: type[Provider], contract: Contract, names: dict[str, str]) -> str:
    """Return the row of a provider, which has an anchor of its key."""
    units = {
        value.partition(" ")[2]
        for value in contract.readings.values()
        if isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)? \S+", value)
    }
    units |= {each.unit for each in contract.elsewhere if each.unit}
    rights = provider.rights
    sources = "; ".join(contract.sources)
    cells = (
        f'<a id="{provider.key}"></a>[{provider.name}]({provider.website})',
        f"[Keys]({provider.keys_url})",
        _NEEDS[rights.need].format(word=rights.word) if rights else "–",
        ", ".join(dict.fromkeys(names[field.kind.key] for field in read_by(provider))),
        ", ".join(sorted(units)) or "–",
        f"{int(provider.default_interval.total_seconds() / 60)} min",
        contract.certainty,
        f"{sources}. {contract.unsure}".strip() if contract.unsure else sources,
        contract.confirmed or "–",
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
