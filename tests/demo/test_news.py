"""What becomes of the accounts is said once, in words that fit, and nothing can confuse it."""

from dataclasses import replace
from typing import Any

import pytest

from demo.news import News
from demo.table import table
from demo.watch import View, Watched, watched

ENTITIES = {
    "balance": "sensor.lab_balance",
    "low_balance": "binary_sensor.lab_low",
    "account_activity": "event.lab_activity",
}
LAB = Watched(entry_id="1", title="Lab", device_id="d", entities=ENTITIES)
SHOP = Watched(entry_id="2", title="Shop", device_id="e", entities={"balance": "sensor.shop"})


def shown(state: str, **attributes: Any) -> dict[str, Any]:
    """Return what Home Assistant says of an entity."""
    return {"state": state, "attributes": attributes}


STATES = {
    "sensor.lab_balance": shown("12.5", unit_of_measurement="USD"),
    "sensor.shop": shown("7", unit_of_measurement="credits"),
    "event.lab_activity": shown("unknown"),
}
BEFORE = View(accounts=(LAB, SHOP), states=STATES)


def lab(**changes: Any) -> View:
    """Return a view in which something about one account has changed."""
    return replace(BEFORE, accounts=(replace(LAB, **changes), SHOP))


def says(entity_id: str, state: dict[str, Any]) -> View:
    """Return a view in which an entity says something else."""
    return replace(BEFORE, states=STATES | {entity_id: state})


TOPPED_UP = {"event_type": "topped_up", "balance": 20, "unit": "USD"}

CHANGES = {
    "added": (
        replace(BEFORE, accounts=(LAB, SHOP, replace(SHOP, entry_id="3", title="Third"))),
        ["Third: added"],
    ),
    "deleted": (replace(BEFORE, accounts=(SHOP,)), ["Lab: deleted"]),
    "all deleted": (replace(BEFORE, accounts=()), ["Lab: deleted", "Shop: deleted"]),
    "renamed": (lab(title="Laboratory"), ["Laboratory: this is the new name of Lab"]),
    "disabled": (lab(disabled=True, state="not_loaded"), ["Lab: disabled"]),
    "entity disabled": (
        lab(entities={"balance": "sensor.lab_balance", "low_balance": "binary_sensor.lab_low"}),
        ["Lab: event.lab_activity is disabled or removed"],
    ),
    "entity renamed": (
        lab(entities=ENTITIES | {"low_balance": "binary_sensor.poor"}),
        ["Lab: binary_sensor.lab_low is now binary_sensor.poor"],
    ),
    "new entity": (
        lab(entities=ENTITIES | {"granted": "sensor.lab_granted"}),
        ["Lab: sensor.lab_granted is there"],
    ),
    "every entity disabled": (
        lab(entities={}),
        [
            "Lab: sensor.lab_balance is disabled or removed",
            "Lab: binary_sensor.lab_low is disabled or removed",
            "Lab: event.lab_activity is disabled or removed",
            "Lab: shows no balance",
        ],
    ),
    "key refused": (
        lab(wants_key=True),
        ["Lab: the key is refused, and Home Assistant asks for another"],
    ),
    "tried again": (
        lab(state="setup_retry", reason="no answer"),
        ["Lab: cannot be read, and is tried again: no answer"],
    ),
    "not set up": (lab(state="setup_error"), ["Lab: cannot be set up"]),
    "between two states": (lab(state="setup_in_progress"), []),
    "unavailable": (
        says("sensor.lab_balance", shown("unavailable")),
        ["Lab: shows no balance"],
    ),
    "announced": (
        says("event.lab_activity", shown("2026-11-21T10:00:00+00:00", **TOPPED_UP)),
        ["Lab: topped up, 20.00 USD left"],
    ),
    "announced without an amount": (
        says("event.lab_activity", shown("2026-11-21T10:00:00+00:00", event_type="unreadable")),
        ["Lab: unreadable"],
    ),
    "language": (replace(BEFORE, language="de"), ["Home Assistant’s language is now de"]),
    "safe mode": (
        replace(BEFORE, safe_mode=True),
        ["Home Assistant is in safe mode, and leaves the integration out until it is restarted"],
    ),
}


@pytest.mark.parametrize(("after", "lines"), CHANGES.values(), ids=CHANGES)
def test_news(after: View, lines: list[str]) -> None:
    """Each change is said once, and the table can be drawn all the same."""
    news = News()
    assert list(news.of(BEFORE)) == []
    assert list(news.of(after)) == lines
    assert list(news.of(after)) == []
    rows = table(after).splitlines()[2:]
    assert [row.partition("  ")[0] for row in rows] == [each.title for each in after.accounts]


@pytest.mark.parametrize("name", ["key refused", "tried again", "not set up", "unavailable"])
def test_recovery(name: str) -> None:
    """What was wrong is said to be over, also where something passes in between."""
    trouble, _ = CHANGES[name]
    news = News()
    assert len([*news.of(BEFORE), *news.of(trouble), *news.of(lab(state="not_loaded"))]) == 1
    assert list(news.of(BEFORE)) == ["Lab: is read again"]


def test_what_was_announced_before() -> None:
    """What accounts have announced before the first look is told, but not that they are there."""
    told = says("event.lab_activity", shown("2026-11-21T10:00:00+00:00", **TOPPED_UP))
    assert list(News().of(told)) == ["Lab: topped up, 20.00 USD left"]


def entity(key: str, disabled_by: str | None = None, **changes: Any) -> dict[str, Any]:
    """Return an entity as the registry lists it."""
    return {
        "platform": "api_credits",
        "config_entry_id": "1",
        "device_id": "d",
        "unique_id": f"1_{key}",
        "entity_id": f"sensor.{key}",
        "disabled_by": disabled_by,
    } | changes


def test_watched() -> None:
    """An entity that a person has disabled is none, one that went with its account still is."""
    entry = {"entry_id": "1", "title": "Lab", "state": "loaded", "reason": None}
    entities = [
        entity("balance"),
        entity("spent", "user"),
        entity("granted", "integration"),
        entity("burn_rate", "config_entry"),
        entity("runs_out", "device"),
        entity("note", platform="other"),
    ]
    flow = {"handler": "api_credits", "context": {"source": "reauth", "entry_id": "1"}}
    (account,) = watched([entry | {"disabled_by": None}], entities, [flow])
    assert set(account.entities) == {"balance", "burn_rate", "runs_out"}
    assert (account.device_id, account.disabled, account.wants_key) == ("d", False, True)
    (account,) = watched([entry | {"disabled_by": "user"}], [])
    assert (account.device_id, account.disabled, account.wants_key) == ("", True, False)
