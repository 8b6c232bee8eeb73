"""The dashboard's plan: it follows the accounts there are, and trouble never hides."""

from copy import deepcopy
from itertools import product
from typing import Any, Final

import pytest
import pytest_asyncio

from sandbox.home import Home
from sandbox.sandbox import Sandbox

from .frontend import DOMAIN, Frontend
from .plans import SECTION, Hass, Questions, hass_of, shown, texts_of, words
from .planting import amount, plant

pytestmark = pytest.mark.asyncio(loop_scope="package")

LANGUAGES: Final = ("de", "en", "es", "fr", "nl")
ALERTS: Final = ("exhausted", "low_balance", "running_out")
SAID: Final = ("· Credit is used up", "· Credit is low", "· Credit is running out")


def put(hass: Hass, entity_id: str, state: str, **attributes: str) -> None:
    """Have an entity be in another state, which to a browser is another object."""
    before = hass["states"][entity_id]
    hass["states"][entity_id] = before | {
        "state": state,
        "attributes": before["attributes"] | attributes,
    }


@pytest_asyncio.fixture(loop_scope="package")
async def entry_ids(frontend: Frontend, sandbox: Sandbox) -> list[str]:
    """Return two accounts: one with a balance, one with two."""
    one, two = plant("hyperstack"), plant("deepseek")
    two.balances["CNY"] = amount("7")
    two.values["granted.CNY"] = "0"
    found = []
    for account in (one, two):
        sandbox.accounts.add(account)
        found.append(await frontend.add(account))
    return found


async def test_trouble_never_hides(home: Home, frontend: Frontend, entry_ids: list[str]) -> None:
    """Whatever is known of an account, it is there once in each list, and its worst trouble too."""
    ids = {
        key: each["entity_id"] for key, each in (await frontend.registered(entry_ids[0])).items()
    }
    hass = await hass_of(home)
    questions = Questions(texts=await texts_of(home, "en"))
    questions.plan(hass)
    (plan,), _ = await questions.answers()
    trouble, left, runs_out, *_ = plan["views"][0]["sections"]
    assert [words(section["cards"][0]) for section in (trouble, left, runs_out)] == [
        "Needs attention",
        "Left to spend",
        "Runs out first",
    ]
    assert not list(shown(trouble, hass["states"]))

    for balance, unreadable, *alerts in product(
        ("50", "0", "unknown", "unavailable", None),
        ("on", "off", "unavailable", None),
        *[("on", "off", "unknown", "unavailable", None)] * 3,
    ):
        states = dict(hass["states"])
        for key, state in zip(
            ("balance", "runs_out", "unreadable", *ALERTS),
            (balance, balance, unreadable, *alerts),
            strict=True,
        ):
            states[ids[key]] = states[ids[key]] | {"state": state}
            if state is None:
                del states[ids[key]]
        for section, key in ((left, "balance"), (runs_out, "runs_out")):
            assert (
                len([each for each in shown(section, states) if each.get("entity") == ids[key]])
                == 1
            )
        unread = "· cannot be read since"
        expected = [unread] if unreadable == "on" or balance in {"unavailable", None} else []
        worst = next((number for number, state in enumerate(alerts) if state == "on"), None)
        expected += [] if worst is None else [SAID[worst]]
        said = [words(card) for card in shown(trouble, states)]
        assert said == (["Needs attention", *expected] if expected else [])


async def test_follows_the_accounts(home: Home, frontend: Frontend, entry_ids: list[str]) -> None:
    """It is planned anew where it would be another plan, and for nothing else."""
    hass = await hass_of(home)
    of = await frontend.registered(entry_ids[0])
    other = await frontend.registered(entry_ids[1])
    device_id, other_id = (each["unreadable"]["device_id"] for each in (of, other))

    def but(**changes: Any) -> Hass:
        return deepcopy(hass) | changes

    renamed, foreign, spent, sooner, alone = (deepcopy(hass) for _ in range(5))
    renamed["devices"][other_id]["name_by_user"] = "Zebra"
    foreign["devices"]["foreign"] = {"id": "foreign", "name": "Lamp"}
    foreign["entities"]["light.lamp"] = {
        "entity_id": "light.lamp",
        "device_id": "foreign",
        "platform": "hue",
    }
    put(spent, of["balance"]["entity_id"], "12")
    last = max(of["runs_out"]["entity_id"], other["runs_out_cny"]["entity_id"])
    put(sooner, last, "2026-12-01T00:00:00+00:00")
    for each in other.values():
        alone["entities"].pop(each["entity_id"], None)
    questions = Questions(texts=await texts_of(home, "en"))
    for before, now in (
        (hass, but()),
        (hass, foreign),
        (hass, spent),
        (hass, renamed),
        (hass, sooner),
        (hass, alone),
        (alone, hass),
        (hass, but(language="de")),
    ):
        questions.is_new(before, now)
    questions.is_new(hass, renamed, SECTION, device_id=device_id)
    questions.is_new(hass, renamed, SECTION, device_id=other_id)
    questions.plan(renamed)
    questions.plan(alone)
    questions.plan(hass, SECTION, device_id=device_id)
    questions.plan(alone, SECTION, device_id=other_id)
    questions.plan(alone | {"entities": {}})
    answers, offered = await questions.answers()
    assert answers[:8] == [False, False, False, True, True, True, True, True]
    assert answers[8:10] == [False, True]
    zebra, one, section, gone, nobody = answers[10:]
    devices = [each["strategy"]["device_id"] for each in zebra["views"][1]["sections"]]
    assert devices == [device_id, other_id]
    assert len(one["views"][1]["sections"]) == 1
    assert section["cards"][0]["heading"] == hass["devices"][device_id]["name"]
    assert section["cards"][0]["badges"][0]["tap_action"]["url_path"].startswith("https://")
    assert "This account is no longer there." in gone["cards"][0]["content"]
    (view,) = nobody["views"]
    assert "No account is being watched yet." in view["sections"][0]["cards"][0]["content"]
    assert [(each["strategyType"], each["type"]) for each in offered] == [
        ("dashboard", "api-credits"),
        ("section", "api-credits-account"),
    ]


@pytest.mark.usefixtures("entry_ids")
@pytest.mark.parametrize("language", LANGUAGES)
async def test_speaks_the_language(home: Home, language: str) -> None:
    """Every text is there, in the person's language."""
    questions = Questions(texts=await texts_of(home, language))
    hass = await hass_of(home)
    questions.plan(hass)
    questions.plan(hass, SECTION)
    (plan, section), _ = await questions.answers()
    cards = [card for each in (*plan["views"][0]["sections"], section) for card in each["cards"]]
    said = {text for card in cards if (text := words(card))}
    assert len(said) > 10
    assert not [text for text in said if "_" in text or "{" in text]
    heading = {
        "de": "Braucht Aufmerksamkeit",
        "en": "Needs attention",
        "es": "Requiere atención",
        "fr": "Demande votre attention",
        "nl": "Heeft aandacht nodig",
    }
    assert heading[language] in said
    assert DOMAIN not in said
