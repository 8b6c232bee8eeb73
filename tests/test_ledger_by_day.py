"""The ledger of a balance whose provider reports what was spent by the day."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
import json
from typing import Final

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.api_credits.days import start_of
from custom_components.api_credits.ledger import Ledger, burn_rate, days_left, runs_out
from custom_components.api_credits.observation import Observation, observe
from custom_components.api_credits.readings import Spending, TopUp

SPECIFIED: Final = settings(derandomize=True, deadline=None, database=None, max_examples=60)
FIRST: Final = date(2026, 3, 1)
DAY: Final = timedelta(days=1)
HOUR: Final = timedelta(hours=1)

# The harness freezes the garbage collector, which Hypothesis misunderstands at its first property.
pytestmark = pytest.mark.filterwarnings("ignore:It looks like `register_random`")


@pytest.fixture(autouse=True)
def enable_integration() -> None:
    """Leave Home Assistant out: the ledger knows nothing of it."""


def look(
    costs: list[Decimal], until: datetime, *, settled: int = 0, since: int = 0, left: str = "100"
) -> Observation:
    """Return a look at a balance of which so much was spent on each day from the first on."""
    days = {FIRST + number * DAY: cost for number, cost in enumerate(costs) if number >= since}
    total = sum(costs, Decimal(0))
    return Observation(
        balance=Decimal(left) - total,
        unit="USD",
        at=until,
        spending=Spending(
            total=total,
            days=days,
            since=start_of(FIRST + since * DAY),
            settled_until=start_of(FIRST + settled * DAY),
            until=until,
        ),
    )


def after(days: float) -> datetime:
    """Return so many days after the first began."""
    return start_of(FIRST) + days * DAY


@pytest.mark.parametrize("hours", [1, 12, 23])
def test_burn_rate_is_that_of_the_days(hours: int) -> None:
    """A steady spend is what it is, whenever it is looked at, and at the first look already."""
    so_far = Decimal(2) * hours / 24
    ledger = observe(None, look([Decimal(2)] * 10 + [so_far], after(10) + hours * HOUR))
    assert burn_rate(ledger) == pytest.approx(2)
    assert days_left(ledger) == pytest.approx(float(ledger.balance) / 2, abs=0.05)


def test_what_is_not_reported_yet_is_no_time_without_use() -> None:
    """Figures are made for when it is known what was spent, not for now."""
    seen = look([Decimal(10)] * 8, after(8))
    ledger = observe(None, seen)
    later = observe(ledger, replace(seen, at=after(9.9)))
    assert burn_rate(later) == burn_rate(ledger) == pytest.approx(10)
    assert runs_out(later) == runs_out(ledger) == after(10)


COSTS: Final = st.decimals(1, 50, places=4)


@SPECIFIED
@given(
    st.lists(st.tuples(COSTS, COSTS), min_size=2, max_size=20),
    st.sets(st.integers(0, 19)),
)
def test_what_was_said_before_makes_no_difference(
    days: list[tuple[Decimal, Decimal]], looked: set[int]
) -> None:
    """The pace is that of the days as they are in the end, however they were reported first."""
    final = [cost for _, cost in days]
    end = after(len(days))
    ledger: Ledger | None = None
    settled = 0
    for number in sorted(looked):
        if number < len(days) - 1:
            # The day that is not over is not said as it will be, and nor is the one before.
            known = [*final[: max(number - 1, 0)], *(first for first, _ in days)][: number + 1]
            upto = max(number - 3, settled)
            ledger = observe(ledger, look(known, after(number + 0.5), settled=upto, since=settled))
            ledger = Ledger.from_dict(json.loads(json.dumps(ledger.as_dict())))
            settled = upto
    ledger = observe(ledger, look(final, end, settled=settled, since=settled))
    once = observe(None, look(final, end, settled=settled))
    for figure in ("spend", "time", "squares"):
        assert getattr(ledger.pace, figure) == pytest.approx(getattr(once.pace, figure))
    assert ledger.balance == once.balance
    assert ledger.spent >= once.spent


def test_a_rise_is_no_top_up_and_what_a_person_says_is() -> None:
    """Whatever the amounts."""
    ledger = observe(None, look([Decimal(60)], after(0.5)))
    ledger = observe(ledger, look([Decimal(5)], after(0.6)))
    assert (ledger.balance, ledger.spent, ledger.top_up) == (Decimal(95), Decimal(60), None)
    said = TopUp(amount=Decimal("0.5"), at=after(0.65))
    seen = look([Decimal(5)], after(0.7))
    assert seen.spending
    seen = replace(seen, spending=replace(seen.spending, top_up=said))
    assert observe(ledger, seen).top_up == said


def test_since_when_it_is_below_zero() -> None:
    """From the first look that finds it so until one that does not."""
    ledger = observe(None, look([Decimal(101)], after(0.2)))
    ledger = observe(ledger, look([Decimal(102)], after(0.4)))
    assert ledger.below_since == after(0.2)
    assert observe(ledger, look([Decimal(100)], after(0.6))).below_since is None


def test_a_day_that_costs_less_than_nothing() -> None:
    """A refund counts for the balance to the digit, and makes no spend unseen."""
    ledger = observe(None, look([Decimal(4), Decimal("-1.5"), Decimal(4)], after(3)))
    assert ledger.balance == Decimal("93.5")
    assert burn_rate(ledger) == pytest.approx(8 / 3, rel=0.1)
    assert Ledger.from_dict(ledger.as_dict()) == ledger


def test_a_gap_is_no_time_without_use() -> None:
    """Of what was spent while nobody could tell nothing is made."""
    ledger = observe(None, look([Decimal(3)] * 5, after(5), settled=5))
    costs = [Decimal(0)] * 400 + [Decimal(3)] * 5
    ledger = observe(ledger, look(costs, after(405), since=400))
    assert burn_rate(ledger) == pytest.approx(3)
