"""Each trigger and each condition has a page of its own, and what that page writes works."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.api_credits.condition import CONDITIONS
from custom_components.api_credits.const import DOMAIN
from custom_components.api_credits.trigger import TRIGGERS
from homeassistant.core import HomeAssistant

from .written import add_automation, yaml_blocks

ROOT: Final = Path(__file__).parents[1]
ENGLISH: Final = ROOT / f"custom_components/{DOMAIN}/translations/en.json"
OVERVIEW: Final = ROOT / "docs/automations.md"
PAGES: Final = [
    *(("triggers", "Trigger", key) for key in TRIGGERS),
    *(("conditions", "Condition", key) for key in CONDITIONS),
]


def page(kind: str, key: str) -> str:
    """Return what the page says."""
    return (ROOT / "docs" / kind / f"{key}.md").read_text("utf-8")


@pytest.mark.parametrize(("kind", "word", "key"), PAGES)
def test_page(kind: str, word: str, key: str) -> None:
    """It goes by the name that the editor shows, describes every field, and is linked."""
    described = json.loads(ENGLISH.read_text("utf-8"))[kind][key]
    text = page(kind, key)
    assert text.startswith(f"# {word}: {described['name']}\n\n`{DOMAIN}.{key}` ")
    assert f"select **{described['name']}**" in text
    for field, words in described.get("fields", {}).items():
        assert f"| `options.{field}` | **{words['name']}**: " in text
    assert f"[`{DOMAIN}.{key}`]({kind}/{key}.md)" in OVERVIEW.read_text("utf-8")


def test_no_page_of_anything_else() -> None:
    """A page goes with what it is about."""
    there = {(path.parent.name, path.stem) for path in (ROOT / "docs").glob("*s/*.md")}
    assert there == {(kind, key) for kind, _, key in PAGES}


@pytest.mark.parametrize(("kind", "word", "key"), PAGES)
async def test_yaml(
    hass: HomeAssistant, loaded_entry: MockConfigEntry, kind: str, word: str, key: str
) -> None:
    """An automation takes the YAML of the page as it is."""
    (written,) = yaml_blocks(page(kind, key))
    assert [part[word.lower()] for part in written[kind]] == [f"{DOMAIN}.{key}"]
    config: dict[str, Any] = {"triggers": [], "actions": [], **written}
    await add_automation(hass, config)
