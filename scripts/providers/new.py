"""Write the two files of a new provider, with what has to be filled in."""

import argparse
from pathlib import Path
import re
import sys
from typing import Final

from custom_components.api_credits.providers import PROVIDERS

ROOT: Final = Path(__file__).parents[2]

CLASS: Final = '''"""{name}: TODO what is left, of what, in which unit.

Source: TODO where this is documented. TODO what stays unsure.
"""

from yarl import URL

from ..client.fields import Field
from ..client.provider import Provider
from ..readings import BALANCE


class {class_name}(Provider):
    """An account at {name}."""

    key = "{key}"
    name = "{name}"
    website = "https://TODO"
    keys_url = "https://TODO"
    top_up_url = "https://TODO"

    base = URL("https://TODO")
    path = "TODO"
    fields = (Field(path="TODO", kind=BALANCE, unit="USD", required=True),)
'''

CONTRACT: Final = '''"""{name}: TODO in a sentence."""

from .form import Contract, Exchange, Meaning, Place, Refusal

CONTRACT = Contract(
    name="{name}",
    keys_url="https://TODO",
    certainty="TODO A, B, C or D",  # type: ignore[arg-type]
    sources=("TODO",),
    balance=Exchange(
        request="GET https://TODO",
        headers={{"Authorization": "Bearer {{api_key}}"}},
        answer="TODO the documented answer, word for word",
        required=("TODO",),
    ),
    readings={{"balance": "TODO USD"}},
    balances=(Place(at="TODO"),),
    refusals=(Refusal("bad key", 401, "TODO", Meaning.INVALID_AUTH),),
)
'''


def write(root: Path, key: str, name: str) -> list[Path]:
    """Write both files and the line in the table; return what was touched."""
    class_name = "".join(part.title() for part in key.split("_"))
    names = {"key": key, "name": name, "class_name": class_name}
    package = root / "custom_components/api_credits/providers"
    files = {
        package / f"{key}.py": CLASS.format(**names),
        root / f"contracts/{key}.py": CONTRACT.format(**names),
    }
    for path in files:
        if path.exists():
            raise FileExistsError(f"{path.relative_to(root)} is there already")
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    table = package / "__init__.py"
    before, start, rest = table.read_text(encoding="utf-8").partition("    {\n")
    lines, end, after = rest.partition("    },\n")
    registered = sorted([*lines.splitlines(keepends=True), f'        "{key}": "{name}",\n'])
    table.write_text(before + start + "".join(registered) + end + after, encoding="utf-8")
    return [*files, table]


def main() -> int:
    """Take the key and the name; return 1 where they cannot be."""
    parser = argparse.ArgumentParser(prog="scripts/new-provider", description=__doc__)
    parser.add_argument("key", help="small letters, digits and _; stored for ever")
    parser.add_argument("name", nargs="?", help="as the provider writes it")
    given = parser.parse_args()
    name = given.name or given.key.replace("_", " ").title()
    if not re.fullmatch("[a-z][a-z0-9]*(_[a-z0-9]+)*", given.key):
        sys.stderr.write(f"{given.key}: a key has small letters, digits and single _\n")
        return 1
    if given.key in PROVIDERS or PROVIDERS.find(name):
        sys.stderr.write(f"{given.key}: there is such a provider\n")
        return 1
    for path in write(ROOT, given.key, name):
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
    sys.stdout.write(f"Fill in what says TODO, then run scripts/judge {given.key}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
