"""A small measuring of the forecast; `scripts/bench --forecast` is the real one."""

import pytest

from bench.forecast.measure import Result, follow, lives
from bench.forecast.methods import Frozen, Ours
from bench.forecast.patterns import PATTERNS

NAMES = (
    "office hours",
    "weekly job",
    "booked once a day",
    "idle second currency",
    "pool renewed at 90 % use",
    "chat in the evening",
)


@pytest.fixture(autouse=True)
def enable_integration() -> None:
    """Leave Home Assistant out: the measuring knows nothing of it."""


@pytest.fixture(scope="module")
def results() -> tuple[Result, Result]:
    """Return what became of some drains by our method, and by that of version 0.1.0."""
    ours, before = Result(), Result()
    for _, life in lives([(name, PATTERNS[name]) for name in NAMES], ["a test"], 75):
        ours.add(follow(Ours(life), life))
        before.add(follow(Frozen(life), life))
    return ours, before


def test_ends_are_told_of_in_time_and_once(results: tuple[Result, Result]) -> None:
    """Neither missed nor late, and hardly ever twice."""
    ours, _ = results
    assert ours.drains >= 10
    assert (ours.missed, ours.off) == (0, 0)
    assert ours.late <= 1
    assert 1 <= ours.told_per_drain <= 1.2


def test_it_is_better_than_version_0_1_0(results: tuple[Result, Result]) -> None:
    """In what people complained of: ends that were missed, told again and again, or none."""
    ours, before = results
    assert before.missed > 0
    assert ours.told_per_drain < before.told_per_drain
    assert ours.false < before.false
