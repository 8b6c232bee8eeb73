"""Checks of the texts that Home Assistant shows."""

from collections.abc import Iterator
from pathlib import Path
import re
from typing import Any, Final

from .files import INTEGRATION, TRANSLATIONS, flatten, load_json

FORBIDDEN: Final = {
    "a reference, which nothing resolves": re.compile(r"\[%key:"),
    "HTML": re.compile(r"</?[a-zA-Z][^>]*>"),
    "a bare URL (use a placeholder)": re.compile(r"https?://|www\."),
    "a placeholder in single quotes": re.compile(r"'\{\w+\}'"),
    "white space at an end": re.compile(r"^\s|\s$"),
}


def languages(root: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield each translation file with its content."""
    for path in sorted((root / TRANSLATIONS).glob("*.json")):
        yield path.relative_to(root), load_json(path)


def placeholders(text: str) -> set[str]:
    """Return the names in braces."""
    return set(re.findall(r"\{(\w+)\}", text))


def check_texts(root: Path) -> list[str]:
    """Find what Home Assistant does not allow in a text."""
    return [
        f"{path}: {key} holds {what}"
        for path, content in languages(root)
        for key, text in flatten(content).items()
        for what, pattern in FORBIDDEN.items()
        if pattern.search(text)
    ]


def check_descriptions(root: Path) -> list[str]:
    """Find fields that are not described, and descriptions of fields that have no name."""
    problems = []
    for path, content in languages(root):
        leaves = flatten(content)
        for key in leaves:
            described = re.sub(r"(\.fields\.\w+\.)name$", r"\1description", key)
            if described.replace(".data.", ".data_description.") not in leaves:
                problems.append(f"{path}: {key} has no description")
            if key.replace(".data_description.", ".data.") not in leaves:
                problems.append(f"{path}: {key} describes no field in data")
    return problems


def check_languages(root: Path) -> list[str]:
    """Compare the keys and placeholders of every language with the English ones."""
    english = flatten(load_json(root / TRANSLATIONS / "en.json"))
    if not english:
        return [f"{TRANSLATIONS}/en.json: missing"]
    problems = []
    for path, content in languages(root):
        leaves = flatten(content)
        problems += [f"{path}: {key} is missing" for key in english if key not in leaves]
        problems += [f"{path}: {key} is not in en.json" for key in leaves if key not in english]
        problems += [
            f"{path}: {key} has other placeholders than in en.json"
            for key, text in leaves.items()
            if key in english and placeholders(text) != placeholders(english[key])
        ]
    return problems


def check_icons(root: Path) -> list[str]:
    """Find icons of what has no name."""
    path = INTEGRATION / "icons.json"
    english = load_json(root / TRANSLATIONS / "en.json")
    problems = []
    for section, entries in load_json(root / path).items():
        levels = entries.items() if section == "entity" else [("", entries)]
        for platform, icons in levels:
            names = english.get(section, {})
            names = names.get(platform, {}) if platform else names
            problems += [
                f"{path}: {'.'.join(filter(None, (section, platform, key)))} is not in en.json"
                for key in icons
                if key not in names
            ]
    return problems
