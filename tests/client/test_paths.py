"""Paths into an answer that nobody has described: what they lead to, also in another order."""

import json
from typing import Any

import pytest

from custom_components.api_credits.client.errors import MalformedError
from custom_components.api_credits.client.paths import follow, steps, words_of

PURSES = [{"currency": "USD", "left": 12}, {"currency": "CNY", "left": 80}]


@pytest.mark.parametrize(
    ("body", "path", "found"),
    [
        (12, [], 12),
        ({"a": {"b": 1}}, ["a", "b"], 1),
        ({"a.b": {"": 1}}, ["a.b", ""], 1),
        ([1, 2], [1], 2),
        (PURSES, [{"where": {"currency": "CNY"}}, "left"], 80),
        (PURSES[::-1], [{"where": {"currency": "CNY"}}, "left"], 80),
        ({"a": None}, ["a"], None),
    ],
)
def test_what_a_path_leads_to(body: Any, path: list[Any], found: Any) -> None:
    """Names may hold anything, and an item is found by what it says wherever it stands."""
    assert follow(body, path) == found


@pytest.mark.parametrize(
    ("body", "path", "step"),
    [
        ({"a": 1}, ["b"], 1),
        ({"a": 1}, ["a", "b"], 2),
        ({"a": []}, ["a", 0], 2),
        ([1], [-1], 1),
        ({"0": 1}, [0], 1),
        ([1], ["0"], 1),
        (PURSES, [{"where": {"currency": "EUR"}}], 1),
        ([*PURSES, PURSES[0]], [{"where": {"currency": "USD"}}], 1),
        ({"currency": "USD"}, [{"where": {"currency": "USD"}}], 1),
        (["USD"], [{"where": {"currency": "USD"}}], 1),
        ({"error": "swordfish"}, ["data", "balance"], 1),
        (None, ["swordfish"], 1),
    ],
)
def test_paths_that_lead_nowhere(body: Any, path: list[Any], step: int) -> None:
    """It is said at which step, in no word of the answer, also where there are two of one kind."""
    with pytest.raises(MalformedError) as caught:
        follow(body, path)
    assert str(caught.value) == f"nothing at step {step} of {len(path)}"


@pytest.mark.parametrize(
    ("items", "wheres"),
    [
        (PURSES, [{"currency": "USD"}, {"currency": "CNY"}]),
        ([{"name": "a", "type": "x"}, {"name": "b", "type": "x"}], [{"name": "a"}, {"name": "b"}]),
        ([{"name": "a", "type": "x"}, {"name": "a", "type": "y"}], [{"type": "x"}, {"type": "y"}]),
        ([{"code": "a"}, {"id": "7"}], [{"code": "a"}, {"id": "7"}]),
        ([{"currency": "USD"}, 1], [{"currency": "USD"}, None]),
        ([{"currency": "USD"}, {"currency": "USD"}], [None, None]),
        ([{"currency": ""}, {"currency": 1}, {"label": "x"}, [1], 2], [None] * 5),
        ([{"name": "n" * 61}], [None]),
    ],
)
def test_items_of_a_list(items: list[Any], wheres: list[dict[str, str] | None]) -> None:
    """An item is told from its siblings by the first word that only it says, else by its place."""
    found = [step for step, _ in steps(items)]
    assert found == [{"where": where} if where else place for place, where in enumerate(wheres)]
    assert [follow(items, [step]) for step in found] == items


def test_path_on_the_disk() -> None:
    """A path is the same after it was stored."""
    path = ["a.b", {"where": {"currency": "USD"}}, 0]
    assert json.loads(json.dumps(path)) == path


def test_words_for_a_person() -> None:
    """Places are counted as people count."""
    assert words_of(["data", {"where": {"currency": "USD"}}, 0]) == ["data", "currency = USD", "1."]
