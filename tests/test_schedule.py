"""An account keeps to its own turn, and pauses grow up to an hour."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.api_credits.schedule import Turns, pause_after
from homeassistant.util import dt as dt_util

INTERVAL = timedelta(minutes=15)


@pytest.mark.parametrize("late", [timedelta(), timedelta(seconds=1), timedelta(minutes=7)])
def test_turns_stay(freezer: FrozenDateTimeFactory, late: timedelta) -> None:
    """However late a poll was, the next is an interval after the turn it belonged to."""
    turns = Turns("entry", INTERVAL)
    freezer.tick(turns.until_next())
    turn = dt_util.utcnow()
    freezer.tick(late)
    freezer.tick(turns.until_next())
    assert abs(dt_util.utcnow() - turn - INTERVAL) < timedelta(milliseconds=1)


@pytest.mark.parametrize("minutes", range(0, 60, 7))
def test_no_turn_is_near(freezer: FrozenDateTimeFactory, minutes: int) -> None:
    """Between half an interval and one and a half lie until the next turn."""
    freezer.tick(timedelta(minutes=minutes))
    assert INTERVAL / 2 <= Turns("entry", INTERVAL).until_next() <= INTERVAL * 1.5


@pytest.mark.usefixtures("freezer")
def test_turns_are_an_account_s_own() -> None:
    """Accounts have different turns, and each the same one after a restart."""
    waits = [Turns(f"entry {number}", INTERVAL).until_next() for number in range(20)]
    assert len(set(waits)) == 20
    assert waits == [Turns(f"entry {number}", INTERVAL).until_next() for number in range(20)]


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(1, 5), (2, 10), (3, 20), (4, 40), (10, 2560), (11, 3600), (999, 3600)],
)
def test_pauses(failures: int, seconds: float) -> None:
    """Each pause is twice the last, but none is longer than an hour."""
    assert pause_after(failures, timedelta(seconds=5)) == timedelta(seconds=seconds)
