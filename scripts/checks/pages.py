"""Checks of the pages that people read: what they quote is there, and their links lead somewhere.

In README and the pages for people, bold is a text of the interface and nothing else. A quote is a
whole text or whole sentences of one; `…` or a single word stands for a placeholder.
"""

from collections.abc import Iterator
from pathlib import Path
import re
from typing import Any, Final
from urllib.parse import unquote

import yaml

from .files import INTEGRATION, TRANSLATIONS, flatten, load_json, texts

README: Final = Path("README.md")
BLUEPRINTS: Final = Path("blueprints")
NOT_FOR_PEOPLE: Final = {
    Path("docs") / name
    for name in ("adding-a-provider.md", "brand/README.md", "forecast.md", "providers.md")
}
"""Pages in which bold is what it is elsewhere."""
OURS: Final = ("conditions", "services", "triggers")
"""Sections of the texts whose keys people write, after the domain."""

# What our pages quote of Home Assistant, in its own words.
HOME_ASSISTANT: Final = {
    "Add",
    "Add action",
    "Add condition",
    "Add dashboard",
    "Add from link",
    "Add integration",
    "Add trigger",
    "And if",
    "Automatic section",
    "Automations & scenes",
    "Continue",
    "Create",
    "Create automation",
    "Create section",
    "Dashboards",
    "Delete",
    "Devices & services",
    "Disable debug logging",
    "Download",
    "Download diagnostics",
    "Edit dashboard",
    "Enable debug logging",
    "Expose",
    "Expose entities",
    "Failed setup, will retry",
    "Install",
    "Integration",
    "Marketplace",
    "Reconfigure",
    "Repairs",
    "Settings",
    "Statistics",
    "System",
    "System information",
    "Take control",
    "Then do",
    "Uninstall",
    "Visit",
    "Voice assistants",
    "When",
}

CODE: Final = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
INLINE_CODE: Final = re.compile(r"`[^`\n]*`")
BOLD: Final = re.compile(r"\*\*(.+?)\*\*")
SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+")
LINK: Final = re.compile(r"\]\(([^)\s]+)\)")
HEADING: Final = re.compile(r"^#+ +(.+)$", re.MULTILINE)
ANCHOR: Final = re.compile(r'<a id="([^"]+)">')
OURS_ON_GITHUB: Final = re.compile(
    r"https://github\.com/api-credits/api-credits/"
    r"(?:blob/main/(?P<file>[\w./-]*\w)|issues/new\?template=(?P<template>[\w.-]*\w))"
)
AUTOMATION_NAME: Final = re.compile(r"(?<![\w/.])api_credits\.(?!zip\b)([a-z_]+)(?![\w.])")


def check_quotes(root: Path) -> list[str]:
    """Look up each bold text in the English ones, in the blueprint's, and in Home Assistant's."""
    english = flatten(load_json(root / TRANSLATIONS / "en.json")).values()
    name = load_json(root / INTEGRATION / "manifest.json").get("name", "")
    known = HOME_ASSISTANT | {str(name)} | set(_blueprint_texts(root))
    patterns = [_pattern(text) for text in {part for text in english for part in _parts(text)}]
    return [
        f"{place}: no text of the interface: {quote}"
        for page in _pages(root)
        if page not in NOT_FOR_PEOPLE
        for place, line in _lines(page, CODE.sub(_blank, _content(root, page)))
        for quote in BOLD.findall(line)
        if quote not in known and not any(pattern.fullmatch(quote) for pattern in patterns)
    ]


def check_names(root: Path) -> list[str]:
    """Look up each trigger, condition and action that a page names."""
    english = load_json(root / TRANSLATIONS / "en.json")
    known = {name for section in OURS for name in english.get(section, {})}
    return [
        f"{place}: no trigger, condition or action: {INTEGRATION.name}.{name}"
        for page in _pages(root)
        for place, line in _lines(page, _content(root, page))
        for name in AUTOMATION_NAME.findall(line)
        if name not in known
    ]


def check_links(root: Path) -> list[str]:
    """Follow each link that leads to a file of the repository, and to a heading in it."""
    problems = []
    for page in _pages(root):
        content = CODE.sub(_blank, _content(root, page))
        for place, line in _lines(page, INLINE_CODE.sub("", content)):
            for link in LINK.findall(line):
                if re.match(r"[a-z]+:", link):
                    continue
                path, _, anchor = unquote(link).partition("#")
                target = root / page.parent / path if path else root / page
                if not target.exists():
                    problems.append(f"{place}: leads nowhere: {link}")
                elif anchor and anchor not in _anchors(target):
                    problems.append(f"{place}: no such heading: {link}")
    return problems


def check_addresses(root: Path) -> list[str]:
    """Follow each address that leads to a file of the repository on GitHub, whoever names it."""
    return [
        f"{place}: leads nowhere: {found[0]}"
        for path, content in texts(root)
        for place, line in _lines(path, unquote(content))
        for found in OURS_ON_GITHUB.finditer(line)
        if not (
            root / (found["file"] or Path(".github/ISSUE_TEMPLATE") / found["template"])
        ).exists()
    ]


def _pages(root: Path) -> Iterator[Path]:
    """Yield the pages that people read."""
    yield README
    for path in sorted((root / "docs").rglob("*.md")):
        yield path.relative_to(root)


def _content(root: Path, page: Path) -> str:
    """Return what a page says."""
    return (root / page).read_text("utf-8")


def _lines(page: Path, content: str) -> Iterator[tuple[str, str]]:
    """Yield each line of a page with its place."""
    for number, line in enumerate(content.splitlines(), start=1):
        yield f"{page}:{number}", line


def _blank(found: re.Match[str]) -> str:
    """Return as many lines without anything in them."""
    return "\n" * found[0].count("\n")


def _anchors(path: Path) -> set[str]:
    """Return the anchors of a page as GitHub makes them, and those that it has itself."""
    content = path.read_text("utf-8")
    headings = HEADING.findall(CODE.sub(_blank, content))
    return set(ANCHOR.findall(content)) | {
        re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings
    }


def _parts(text: str) -> Iterator[str]:
    """Yield a text as it is read, and each sentence of it, unless it is a placeholder alone."""
    read = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text.replace("**", ""))
    for part in {read, *SENTENCE_END.split(read)}:
        if re.sub(r"\{\w+\}|\W", "", part):
            yield part


def _pattern(text: str) -> re.Pattern[str]:
    """Return what quotes of a text look like."""
    pieces = re.split(r"\{\w+\}", text)
    return re.compile(r"(?:…|\S+)".join(re.escape(piece) for piece in pieces))


def _blueprint_texts(root: Path) -> Iterator[str]:
    """Yield the names of a blueprint's inputs and of the choices in them."""
    for path in sorted((root / BLUEPRINTS).rglob("*.yaml")):
        # What a person has put in does not matter here.
        content: dict[str, Any] = yaml.safe_load(path.read_text("utf-8").replace("!input ", ""))
        for field in content["blueprint"]["input"].values():
            yield field["name"]
            for selector in field["selector"].values():
                yield from (
                    option["label"]
                    for option in (selector or {}).get("options", ())
                    if isinstance(option, dict)
                )
