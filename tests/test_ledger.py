"""What the ledger promises: exact spend, an honest burn rate, and no figure made of thin air."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
import json
from math import exp, isfinite
from typing import Final

from hypothesis import example, given, settings, strategies as st
import pytest

from custom_components.api_credits.forecast import SHOWN_AFTER, TAU
from custom_components.api_credits.ledger import (
    Ledger,
    Unknown,
    burn_rate,
    cautious_rate,
    days_left,
    renews_first,
    runs_out,
    runway,
    unknown,
)
from custom_components.api_credits.observation import Observation, observe
from custom_components.api_credits.readings import TopUp

SPECIFIED: Final = settings(derandomize=True, deadline=None, database=None, max_examples=60)
START: Final = datetime(2026, 3, 1, tzinfo=UTC)
SECOND: Final = timedelta(seconds=1)
MINUTE: Final = timedelta(minutes=1)
POLL: Final = timedelta(minutes=15)
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
MONTH: Final = timedelta(days=30)
LONG: Final = timedelta(days=400)

# The harness freezes the garbage collector, which Hypothesis misunderstands at its first property.
pytestmark = pytest.mark.filterwarnings("ignore:It looks like `register_random`")

type Series = list[tuple[Decimal, timedelta]]
"""Balances, each with the time that has gone by on the clock since the look before."""


@pytest.fixture(autouse=True)
def enable_integration() -> None:
    """Leave Home Assistant out: the ledger knows nothing of it."""


def amounts(least: int = -(10**12), most: int = 10**15) -> st.SearchStrategy[Decimal]:
    """Return amounts as providers send them, with up to 30 decimals."""
    return st.builds(
        lambda digits, decimals: Decimal(f"{digits}E-{decimals}"),
        st.integers(least, most),
        st.integers(0, 30),
    )


def seconds(least: int, most: timedelta) -> st.SearchStrategy[timedelta]:
    """Return times in whole seconds, short ones as likely as long ones."""
    longest = int(most.total_seconds())
    limits = [min(limit, longest) for limit in (3600, 86_400, 4_000_000, longest)]
    return st.one_of([st.integers(least, limit) for limit in limits]).map(
        lambda value: timedelta(seconds=value)
    )


FORWARD: Final = seconds(1, timedelta(days=120))
JUMPS: Final = seconds(0, timedelta(days=4000)).map(lambda back: -back)


@st.composite
def any_series(draw: st.DrawFn, gaps: st.SearchStrategy[timedelta]) -> Series:
    """Return a series of looks, in which the balance often stays as it is."""
    series = [(draw(amounts()), timedelta(0))]
    for changed, gap in draw(st.lists(st.tuples(st.booleans(), gaps), max_size=15)):
        series.append((draw(amounts()) if changed else series[-1][0], gap))
    return series


ANY_SERIES: Final = any_series(st.one_of(FORWARD, JUMPS))
FORWARD_SERIES: Final = any_series(FORWARD)


def look(
    ledger: Ledger | None,
    balance: Decimal | str | int,
    at: datetime,
    *,
    unit: str | None = "USD",
    renews_at: datetime | None = None,
) -> Ledger:
    """Return the ledger after a look."""
    return observe(
        ledger, Observation(balance=Decimal(balance), unit=unit, at=at, renews_at=renews_at)
    )


def begin(balance: Decimal | str | int = 100, at: datetime = START) -> Ledger:
    """Return the ledger of a balance that has just been seen first."""
    return look(None, balance, at)


def watch(series: Series) -> list[Ledger]:
    """Return the ledger after each look of a series."""
    ledgers: list[Ledger] = []
    at = START
    for balance, gap in series:
        at += gap
        ledgers.append(look(ledgers[-1] if ledgers else None, balance, at))
    return ledgers


def is_put_right(right: Ledger, wrong: Ledger, now: Ledger) -> bool:
    """Return whether a look takes wrong readings back: what is missing is spent, nothing else is.

    All of the change has come back, or all but a twentieth of a fall and not as a round amount.
    """
    missing = Fraction(right.balance) - Fraction(now.balance)
    fallen = Fraction(right.balance) - Fraction(wrong.balance)
    is_paid = (fallen - missing) % 5 == 0
    is_nearly_back = 0 < missing <= fallen / 20 and not is_paid
    is_back = not missing or is_nearly_back
    return is_back and Fraction(now.spent) == Fraction(right.spent) + missing


def check_where_spent_falls(ledgers: list[Ledger]) -> None:
    """Check that it falls where readings of the last day are taken back, and nowhere else."""
    doubts: list[tuple[Ledger, datetime]] = []
    """What there was before each change of this period, and since when that is in doubt."""
    for before, now in pairwise(ledgers):
        if now.renewed_at != before.renewed_at:
            doubts = []
        if now.spent < before.spent:
            right = [
                ledger
                for ledger, since in doubts
                if timedelta(0) <= now.seen_at - since <= DAY and is_put_right(ledger, before, now)
            ]
            assert right
            doubts += [(ledger, now.seen_at) for ledger in right]
        elif now.balance != before.balance:
            doubts.append((before, now.seen_at))


def steadily(
    ledger: Ledger,
    per_day: Decimal | int,
    lasting: timedelta,
    every: timedelta = POLL,
    start: datetime | None = None,
) -> Ledger:
    """Return the ledger after a while of steady spend."""
    start, balance = start or ledger.seen_at, ledger.balance
    for count in range(1, lasting // every + 1):
        spent = Decimal(per_day) * Decimal((every * count) // SECOND) / 86_400
        ledger = look(ledger, balance - spent, start + every * count)
    return ledger


def stored(ledger: Ledger) -> Ledger:
    """Return the ledger as it comes back from the disk."""
    return Ledger.from_dict(json.loads(json.dumps(ledger.as_dict())))


def shown(ledger: Ledger) -> float:
    """Return the burn rate of a ledger that has to have one."""
    rate = burn_rate(ledger)
    assert rate is not None
    return rate


class TestSpent:
    """Spent is the exact sum of all falls, whatever happens to Home Assistant."""

    @SPECIFIED
    @given(FORWARD_SERIES)
    def test_it_is_the_exact_sum_of_falls(self, series: Series) -> None:
        """Nothing is rounded, lost or counted twice, where no reading comes back."""
        expected = Fraction(0)
        previous: Decimal | None = None
        ledger: Ledger | None = None
        risen, at = Decimal(0), START
        for balance, gap in series:
            at += gap
            # Each rise is to a height that was never there.
            if previous is not None and balance + risen > previous:
                risen += 10**17
            seen = balance + risen
            if previous is not None:
                expected += max(Fraction(previous) - Fraction(seen), Fraction(0))
            previous = seen
            ledger = look(ledger, seen, at)
            assert Fraction(ledger.spent) == expected

    @SPECIFIED
    @given(ANY_SERIES)
    def test_it_is_at_most_the_sum_of_falls_and_at_least_what_is_gone(self, series: Series) -> None:
        """Wherever the clock goes, and whatever is taken for a wrong reading."""
        falls = Fraction(0)
        previous = first = Fraction(series[0][0])
        for (balance, _), ledger in zip(series, watch(series), strict=True):
            falls += max(previous - Fraction(balance), Fraction(0))
            previous = Fraction(balance)
            assert max(first - previous, Fraction(0)) <= Fraction(ledger.spent) <= falls

    @SPECIFIED
    @given(ANY_SERIES, st.lists(st.sampled_from(["on", "restart", "crash"]), min_size=16))
    def test_it_is_the_same_whatever_restarts_and_crashes_happen(
        self, series: Series, after: list[str]
    ) -> None:
        """A crash loses all since the last ledger that was different from the one before."""
        undisturbed = watch(series)
        ledger: Ledger | None = None
        written: Ledger | None = None
        at = START
        for (balance, gap), expected, what in zip(series, undisturbed, after, strict=False):
            at += gap
            before, ledger = ledger, look(ledger, balance, at)
            if ledger != before:
                written = ledger
            assert ledger.spent == expected.spent
            if what == "restart":
                ledger = written = stored(ledger)
            elif what == "crash":
                assert written
                ledger = stored(written)

    @SPECIFIED
    @given(ANY_SERIES)
    def test_the_store_keeps_all_of_it(self, series: Series) -> None:
        """Stored and restored, a ledger is the same also where equality does not look."""
        for ledger in watch(series):
            again = stored(ledger)
            assert again == ledger
            assert again.as_dict() == ledger.as_dict()
            assert (burn_rate(again), runs_out(again)) == (burn_rate(ledger), runs_out(ledger))

    @pytest.mark.parametrize("steps_before", [0, 990_000])
    def test_a_million_cents_are_ten_thousand(self, steps_before: int) -> None:
        """Exact at the first ten thousand steps of a million, and exact at the last."""
        cent = Decimal("0.01")
        ledger = begin(10_000)
        if steps_before:
            ledger = look(ledger, 10_000 - cent * steps_before, START + DAY)
        at, balance = ledger.seen_at, ledger.balance
        for _ in range(10_000):
            at, balance = at + MINUTE, balance - cent
            ledger = look(ledger, balance, at)
        assert str(ledger.spent) == ("10000.00" if steps_before else "100.00")

    def test_amounts_of_every_size_add_up(self) -> None:
        """The largest amount that is believed does not swallow the smallest."""
        large, small = Decimal(10**16 - 1), Decimal("1E-60")
        ledger = look(begin(large), small, START + DAY)
        ledger = look(ledger, 0, START + 2 * DAY)
        assert ledger.spent == large

    def test_a_balance_below_zero_goes_on_being_spent(self) -> None:
        """Debt is spend as well, and paying it back a top-up."""
        ledger = look(begin(2), -3, START + DAY)
        assert ledger.spent == 5
        ledger = look(ledger, 10, START + 2 * DAY)
        assert ledger.spent == 5
        assert ledger.top_up
        assert ledger.top_up.amount == 13

    def test_late_reports_count_when_they_come(self) -> None:
        """A provider that books a week's use at once has it counted at once, and once."""
        ledger = begin()
        for day in range(1, 8):
            ledger = look(ledger, 100, START + day * DAY)
        ledger = look(ledger, 30, START + 8 * DAY)
        assert ledger.spent == 70
        assert shown(ledger) == pytest.approx(70 / 8)

    @pytest.mark.parametrize("unit", ["EUR", "credits", None])
    def test_another_unit_begins_anew(self, unit: str | None) -> None:
        """Dollars and credits cannot be added up."""
        ledger = steadily(begin(), 10, 3 * DAY)
        at = START + 4 * DAY
        assert look(ledger, 5, at, unit=unit) == look(None, 5, at, unit=unit)

    def test_a_balance_that_was_away_is_gone_on_with(self) -> None:
        """What was spent while nobody could look counts when the balance returns."""
        ledger = steadily(begin(), 10, 2 * DAY)
        ledger = look(ledger, 20, START + 8 * DAY)
        assert ledger.spent == 80
        assert shown(ledger) == pytest.approx(10)

    @pytest.mark.parametrize("gap", [MONTH, LONG])
    def test_any_gap_is_spent_in(self, gap: timedelta) -> None:
        """However long the house was dark, the account was charged."""
        assert look(begin(), 40, START + gap).spent == 60


class TestTopUp:
    """A rise is a top-up if somebody will have paid for it."""

    @pytest.mark.parametrize(
        ("balance", "unit", "rise", "topped_up"),
        [
            ("5", "USD", "0.99", False),
            ("5", "USD", "1", True),
            ("500", "USD", "4.99", False),
            ("500", "USD", "5", True),
            ("5", "credits", "9", False),
            ("5", "credits", "10", True),
            ("5000", "credits", "49", False),
            ("5000", "credits", "50", True),
            ("-500", "USD", "0.99", False),
            ("-500", "USD", "1", True),
            ("0", None, "9", False),
            ("0", None, "10", True),
        ],
    )
    def test_a_refund_is_none(self, balance: str, unit: str, rise: str, *, topped_up: bool) -> None:
        """A small rise is believed, but it is neither a top-up nor spend below zero."""
        before = look(look(None, 10**6, START, unit=unit), balance, START + HOUR, unit=unit)
        at = START + 2 * HOUR
        after = look(before, before.balance + Decimal(rise), at, unit=unit)
        assert after.balance == Decimal(balance) + Decimal(rise)
        assert after.spent == before.spent
        assert (after.top_up is not None) is topped_up
        if after.top_up:
            assert (after.top_up.amount, after.top_up.at) == (Decimal(rise), at)

    def test_the_last_one_is_kept(self) -> None:
        """Neither spend nor a refund makes a top-up forgotten; the next one does."""
        ledger = look(begin(10), 60, START + DAY)
        ledger = look(ledger, 40, START + 2 * DAY)
        ledger = look(ledger, "40.20", START + 3 * DAY)
        assert ledger.top_up == TopUp(amount=Decimal(50), at=START + DAY)
        ledger = look(ledger, "65.20", START + 4 * DAY)
        assert ledger.top_up == TopUp(amount=Decimal(25), at=START + 4 * DAY)

    def test_the_first_look_is_none(self) -> None:
        """What was there when the account was added is no news."""
        assert begin(1000).top_up is None

    @SPECIFIED
    @given(FORWARD_SERIES, amounts(1), seconds(0, MONTH))
    @example([(Decimal(9), HOUR), (Decimal(8), 9 * HOUR), (Decimal(8), POLL)], Decimal(5), POLL)
    def test_it_never_changes_the_burn_rate(
        self, series: Series, rise: Decimal, later: timedelta
    ) -> None:
        """Whether a rise is seen at the moment of the last look, or a good while later."""
        before = watch(series)[-1]
        for at in (before.seen_at, before.seen_at + later):
            after = look(before, before.balance + 10**17 + rise, at)
            assert after.top_up
            assert burn_rate(after) == pytest.approx(burn_rate(before), rel=1e-12)


class TestRenewal:
    """What happens as a period begins is neither spend nor a top-up."""

    def test_the_rise_is_no_top_up(self) -> None:
        """The provider has filled the pool up; nobody has paid for that."""
        ledger = look(None, 20, START, unit="credits", renews_at=START + DAY)
        at = START + DAY + POLL
        ledger = look(ledger, 1000, at, unit="credits", renews_at=START + DAY + MONTH)
        assert ledger.balance == 1000
        assert ledger.spent == 0
        assert ledger.top_up is None

    def test_the_fall_is_no_spend(self) -> None:
        """What was left of the old period has lapsed; it was not spent."""
        ledger = look(None, 5000, START, unit="credits", renews_at=START + DAY)
        at = START + DAY + POLL
        ledger = look(ledger, 1000, at, unit="credits", renews_at=START + DAY + MONTH)
        assert ledger.balance == 1000
        assert ledger.spent == 0
        assert ledger.top_up is None

    def test_the_burn_rate_is_as_before(self) -> None:
        """A renewal says nothing of how fast credits are used."""
        ledger = begin(1000)
        for hour in range(1, 100):
            ledger = look(ledger, 1000 - hour, START + hour * HOUR, renews_at=START + 100 * HOUR)
        before = shown(ledger)
        ledger = look(ledger, 1000, START + 100 * HOUR, renews_at=START + 100 * HOUR + MONTH)
        assert shown(ledger) == pytest.approx(before, rel=1e-12)
        assert before == pytest.approx(24)

    def test_spend_goes_on_after_it(self) -> None:
        """Only the look that finds the new period is left out."""
        end, next_end = START + DAY, START + DAY + MONTH
        ledger = look(None, 20, START, renews_at=end)
        ledger = look(ledger, 8, START + 12 * HOUR, renews_at=end)
        ledger = look(ledger, 1000, end + POLL, renews_at=next_end)
        ledger = look(ledger, 990, end + 2 * POLL, renews_at=next_end)
        assert ledger.spent == 22

    def test_a_rise_within_the_period_is_a_top_up(self) -> None:
        """Credits that are bought beside the plan are a top-up."""
        end = START + 20 * DAY
        ledger = look(None, 20, START, unit="credits", renews_at=end)
        ledger = look(ledger, 520, START + DAY, unit="credits", renews_at=end)
        assert ledger.top_up
        assert ledger.top_up.amount == 500

    @pytest.mark.parametrize("periods", [1, 2, 5])
    @pytest.mark.parametrize("balance", [400, 1000])
    def test_several_may_pass_while_home_assistant_is_down(
        self, periods: int, balance: int
    ) -> None:
        """Between two looks in different periods nothing can be said, so nothing is."""
        ledger = look(None, 700, START, renews_at=START + DAY)
        at = START + DAY + periods * MONTH - HOUR
        ledger = look(ledger, balance, at, renews_at=START + DAY + periods * MONTH)
        assert ledger.balance == balance
        assert ledger.spent == 0
        assert ledger.top_up is None

    def test_down_within_one_period_all_is_spend(self) -> None:
        """The end of the period has neither passed nor moved."""
        ledger = look(None, 700, START, renews_at=START + MONTH)
        ledger = look(ledger, 400, START + 29 * DAY, renews_at=START + MONTH)
        assert ledger.spent == 300

    @pytest.mark.parametrize("rounded_up", [False, True])
    @pytest.mark.parametrize("midnight", [timedelta(0), 7 * HOUR, 23 * HOUR])
    def test_a_counter_of_whole_days_will_do(
        self, *, rounded_up: bool, midnight: timedelta
    ) -> None:
        """The end is then known to a day only, and moves from poll to poll."""
        end = START + 3 * DAY + midnight
        ledger: Ledger | None = None
        spent = 0
        for count in range(24 * 40):
            at = START + count * HOUR + 7 * MINUTE
            if at >= end:
                end += MONTH
            balance = 1000 - int((at - (end - MONTH)) / HOUR)
            days = (end - at) // DAY + rounded_up
            if ledger and balance < ledger.balance:
                spent += 1
            ledger = look(ledger, balance, at, renews_at=at + (days + 1) * DAY)
        assert ledger
        assert ledger.spent == spent
        assert ledger.top_up is None

    @pytest.mark.parametrize("hours", [-14, -8, 0, 5.5, 12, 14])
    def test_the_date_may_be_that_of_another_time_zone(self, hours: float) -> None:
        """A midnight read in the wrong zone misses the true end by hours, either way."""
        end = START + 3 * DAY
        ledger: Ledger | None = None
        balance, spent = 500, 0
        for count in range(24 * 40):
            at = START + count * HOUR
            if at == end:
                end, balance = end + MONTH, 1001
            elif ledger:
                spent += 1
            balance -= 1
            ledger = look(ledger, balance, at, renews_at=end + timedelta(hours=hours))
        assert ledger
        assert ledger.spent == spent
        assert ledger.top_up is None

    def test_the_same_moment_in_another_zone_is_the_same_end(self) -> None:
        """A provider that writes its date with another offset has renewed nothing."""
        end = START + DAY
        there = end.astimezone(timezone(timedelta(hours=-8)))
        ledger = look(None, 700, START, renews_at=end)
        assert look(ledger, 600, end + HOUR, renews_at=there).spent == 100

    @SPECIFIED
    @given(st.lists(seconds(1, timedelta(days=29)), max_size=20))
    def test_a_date_that_is_always_a_month_ahead_is_none(self, gaps: list[timedelta]) -> None:
        """It moves as the clock does, so that every fall is spend as long as polls go on."""
        at, balance = START, 1000
        ledger = look(None, balance, at, renews_at=at + MONTH)
        for gap in gaps:
            at, balance = at + gap, balance - 1
            ledger = look(ledger, balance, at, renews_at=at + MONTH)
        assert ledger.spent == len(gaps)

    def test_a_date_that_nobody_moves_on_is_none(self) -> None:
        """An end that has long passed ends nothing any more."""
        end = START + DAY
        ledger = look(None, 100, START, renews_at=end)
        for day in range(1, 10):
            ledger = look(ledger, 100 - day, START + day * DAY, renews_at=end)
        assert ledger.spent == 9

    @pytest.mark.parametrize("renews_at", [None, START])
    def test_a_date_that_disappears_or_goes_back_is_none(self, renews_at: datetime | None) -> None:
        """A provider that corrects the end has begun nothing new."""
        ledger = look(None, 100, START, renews_at=START + DAY)
        ledger = look(ledger, 90, START + 2 * DAY, renews_at=renews_at)
        assert ledger.spent == 10

    @SPECIFIED
    @given(ANY_SERIES, st.lists(st.one_of(st.none(), FORWARD), min_size=16), st.booleans())
    @example([(Decimal(balance), SECOND) for balance in (0, 1, 0, 1)], [None] * 4, False)
    def test_spent_falls_for_wrong_readings_alone_and_survives_restarts(
        self, series: Series, ends: list[timedelta | None], restart: bool
    ) -> None:
        """Wherever a provider says that periods end, spent is at most the sum of falls."""
        ledgers: list[Ledger] = []
        undisturbed: Ledger | None = None
        at, falls = START, Fraction(0)
        for (balance, gap), end in zip(series, ends, strict=False):
            at += gap
            renews_at = None if end is None else at + end
            before = ledgers[-1] if ledgers else None
            undisturbed = look(undisturbed, balance, at, renews_at=renews_at)
            ledger = look(before, balance, at, renews_at=renews_at)
            if before:
                falls += max(Fraction(before.balance) - Fraction(balance), Fraction(0))
            assert ledger.spent <= falls
            assert ledger == undisturbed
            ledgers.append(stored(ledger) if restart else ledger)
        check_where_spent_falls(ledgers)

    def test_a_crash_does_not_make_a_renewal_due_again(self) -> None:
        """A new period that began while nothing was spent is remembered to have begun."""
        end, next_end = START + DAY, START + DAY + MONTH
        first = look(None, 1000, START, renews_at=end)
        written = first
        quiet = look(first, 1000, end + POLL, renews_at=next_end)
        if quiet != first:
            written = quiet
        at = end + 5 * DAY
        undisturbed = look(quiet, 900, at, renews_at=next_end)
        crashed = look(stored(written), 900, at, renews_at=next_end)
        assert undisturbed.spent == 100
        assert crashed.spent == 100

    def test_a_crash_after_a_quiet_month_makes_no_renewal(self) -> None:
        """A date that is always a month ahead has moved with the clock, also while unchanged."""
        ledger = written = look(None, 1000, START, renews_at=START + MONTH)
        for day in range(1, 40):
            at = START + day * DAY
            before, ledger = ledger, look(ledger, 1000, at, renews_at=at + MONTH)
            if ledger != before:
                written = ledger
        at = START + 40 * DAY
        undisturbed = look(ledger, 900, at, renews_at=at + MONTH)
        crashed = look(stored(written), 900, at, renews_at=at + MONTH)
        assert undisturbed.spent == 100
        assert crashed.spent == 100


class TestBurnRate:
    """The burn rate of a steady spend is that spend, from the first moment it shows."""

    @SPECIFIED
    @given(
        st.integers(1, 10**9),
        st.lists(st.tuples(seconds(1, LONG), st.booleans()), min_size=1, max_size=25),
    )
    @example(1, [(LONG, False)])
    @example(10**9, [(SECOND, False)] * 10 + [(7 * HOUR, False)] + [(DAY, True)] * 5)
    def test_of_a_steady_spend(self, rate: int, looks: list[tuple[timedelta, bool]]) -> None:
        """Whatever the times between looks, and whatever top-ups come between."""
        per_second = Decimal(rate).scaleb(-9)
        balance, at = Decimal(10**9), START
        ledger = begin(balance)
        watched = timedelta(0)
        for gap, topped_up in looks:
            at += gap
            balance -= per_second * (gap // SECOND)
            if topped_up:
                balance += 10**12
            else:
                watched += gap
            ledger = look(ledger, balance, at)
            if watched >= timedelta(hours=7):
                assert shown(ledger) == pytest.approx(float(per_second) * 86_400, rel=1e-9)
            if at - START < timedelta(seconds=SHOWN_AFTER):
                assert burn_rate(ledger) is None

    @pytest.mark.parametrize("every", [SECOND * 30, POLL, HOUR, DAY, 10 * DAY, LONG])
    def test_of_a_steady_spend_at_each_interval(self, every: timedelta) -> None:
        """An interval is nobody's business but the provider's."""
        ledger = steadily(begin(10_000), Decimal("86.4"), max(8 * HOUR, 3 * every), every)
        assert shown(ledger) == pytest.approx(86.4, rel=1e-9)

    @SPECIFIED
    @given(
        st.integers(600, 5 * 86_400),
        st.integers(0, 5 * 86_400),
        st.lists(seconds(60, 12 * HOUR), min_size=20, max_size=80),
    )
    def test_of_a_spend_in_steps(self, every: int, since: int, gaps: list[timedelta]) -> None:
        """Where most looks find nothing new, it is right to within one step."""
        at = START
        ledger = begin(10_000)
        for gap in gaps:
            at += gap
            elapsed = (at - START) // SECOND
            steps = (elapsed + since % every) // every
            ledger = look(ledger, 10_000 - steps, at)
            if (rate := burn_rate(ledger)) is None:
                continue
            as_of = max(ledger.changed_at, at.replace(minute=0, second=0))
            seen = TAU * (1 - exp(-(as_of - START).total_seconds() / TAU))
            assert abs(rate / 86_400 - 1 / every) <= 1.000001 / seen

    @SPECIFIED
    @given(FORWARD_SERIES)
    def test_there_is_none_before_six_hours_are_seen(self, series: Series) -> None:
        """A guess would be worse than nothing; and a figure once shown does not go away."""
        was_shown = False
        for ledger in watch(series):
            if ledger.seen_at - START < timedelta(seconds=SHOWN_AFTER):
                assert burn_rate(ledger) is None
            assert not was_shown or burn_rate(ledger) is not None
            was_shown = burn_rate(ledger) is not None

    def test_it_shows_after_six_hours(self) -> None:
        """Both of a single look after six hours, and of many within seven."""
        assert burn_rate(look(begin(), 94, START + 6 * HOUR - SECOND)) is None
        assert shown(look(begin(), 94, START + 6 * HOUR)) == pytest.approx(24)
        assert burn_rate(steadily(begin(), 24, 6 * HOUR - POLL)) is None
        assert shown(steadily(begin(), 24, 6 * HOUR + 2 * POLL)) == pytest.approx(24)

    def test_of_an_account_that_nobody_uses(self) -> None:
        """It is known to be nothing, which is not unknown."""
        assert burn_rate(look(begin(), 100, START + 5 * HOUR)) is None
        assert burn_rate(look(begin(), 100, START + DAY)) == 0

    @SPECIFIED
    @given(FORWARD_SERIES, st.lists(seconds(1, MONTH), min_size=1, max_size=8))
    def test_it_only_sinks_while_nothing_is_spent(
        self, series: Series, gaps: list[timedelta]
    ) -> None:
        """Looks that find nothing new never raise it."""
        ledger = watch(series)[-1]
        for gap in gaps:
            before = burn_rate(ledger)
            ledger = look(ledger, ledger.balance, ledger.seen_at + gap)
            if before is not None:
                assert shown(ledger) <= before * (1 + 1e-12)

    @SPECIFIED
    @given(ANY_SERIES)
    def test_it_is_a_number_and_not_below_zero(self, series: Series) -> None:
        """Refunds, debts and clocks gone mad included."""
        for ledger in watch(series):
            rate = burn_rate(ledger)
            assert rate is None or (isfinite(rate) and rate >= 0)

    def test_it_leans_to_the_recent_past(self) -> None:
        """Of a change nearly two thirds show after ten days, and 19 in 20 after thirty."""
        ledger = steadily(begin(10_000), 10, 80 * DAY, HOUR)
        ledger = steadily(ledger, 100, 10 * DAY, HOUR)
        assert shown(ledger) == pytest.approx(100 - 90 * exp(-1), rel=0.01)
        ledger = steadily(ledger, 100, 20 * DAY, HOUR)
        assert shown(ledger) == pytest.approx(100 - 90 * exp(-3), rel=0.01)

    @pytest.mark.parametrize("quiet", [50 * DAY, 90 * DAY])
    def test_it_leans_to_the_recent_past_after_quiet_too(self, quiet: timedelta) -> None:
        """What was long ago has no weight, also if nothing was spent then."""
        ledger = begin(10_000)
        for count in range(1, quiet // HOUR + 1):
            ledger = look(ledger, 10_000, START + count * HOUR)
        ledger = steadily(ledger, 100, 20 * DAY, HOUR)
        assert shown(ledger) == pytest.approx(100 * (1 - exp(-2)), rel=0.05)

    def test_a_gap_of_a_month_counts(self) -> None:
        """What was spent in it, was spent in that time."""
        ledger = look(steadily(begin(1000), 10, 5 * DAY), 650, START + 5 * DAY + MONTH)
        assert shown(ledger) == pytest.approx(10, rel=1e-9)

    def test_quiet_looks_need_no_record(self) -> None:
        """A ledger that lost its last looks makes up for them at the next one."""
        ledger = written = steadily(begin(1000), 10, 5 * DAY)
        for hour in range(1, 100):
            ledger = look(ledger, ledger.balance, written.seen_at + hour * HOUR)
        assert ledger == written
        at = written.seen_at + 100 * HOUR
        for balance in (ledger.balance, ledger.balance - 3):
            assert look(stored(written), balance, at) == look(ledger, balance, at)
            assert burn_rate(look(stored(written), balance, at)) == burn_rate(
                look(ledger, balance, at)
            )


class TestClock:
    """A clock that goes wrong costs as little as it can."""

    @pytest.mark.parametrize("jump", [HOUR, DAY, 1000 * DAY])
    def test_back(self, jump: timedelta) -> None:
        """A fall over the jump is spend, but says nothing of the rate."""
        before = steadily(begin(1000), 10, 5 * DAY)
        after = look(before, before.balance - 1, before.seen_at - jump)
        assert after.spent == before.spent + 1
        assert shown(after) == pytest.approx(shown(before), rel=1e-12)
        later = steadily(after, 10, DAY)
        assert shown(later) == pytest.approx(10, rel=1e-9)

    def test_years_ahead_and_back_again(self) -> None:
        """Falls seen at either jump are spend; the rate has got over them within days."""
        before = steadily(begin(1000), 10, 5 * DAY)
        ahead = look(before, before.balance - 1, before.seen_at + 3000 * DAY)
        again = look(ahead, before.balance - 2, before.seen_at + HOUR)
        assert again.spent == before.spent + 2
        assert shown(steadily(again, 10, 10 * DAY)) == pytest.approx(10, rel=0.05)

    def test_ahead_at_a_quiet_look_leaves_no_trace(self) -> None:
        """Nothing was learned there, so nothing is kept."""
        before = steadily(begin(1000), 10, 5 * DAY)
        ahead = look(before, before.balance, before.seen_at + 3000 * DAY)
        again = look(ahead, before.balance, before.seen_at + POLL)
        assert again == before
        assert burn_rate(again) == burn_rate(look(before, before.balance, again.seen_at))

    def test_figures_are_not_those_of_a_future_that_was_none(self) -> None:
        """Once the clock is right again, so is the time at which the balance runs out."""
        before = steadily(begin(1000), 10, 5 * DAY)
        ahead = look(before, before.balance - 1, before.seen_at + 300 * DAY)
        at = before.seen_at + HOUR
        again = look(ahead, ahead.balance, at)
        assert again.changed_at == at
        later = steadily(again, 10, DAY)
        when = runs_out(later)
        assert when
        left = runway_of(later)
        assert abs(when - (later.seen_at + left)) <= left / 50

    def test_quiet_after_a_future_that_was_none_counts(self) -> None:
        """Ten days without spend are seen, though the last change bears a later date."""
        before = steadily(begin(1000), 10, 5 * DAY)
        ledger = look(before, before.balance - 1, before.seen_at + 300 * DAY)
        for hour in range(24 * 10):
            ledger = look(ledger, ledger.balance, before.seen_at + hour * HOUR)
        assert shown(ledger) < 5

    def test_a_clock_that_was_wrong_for_a_while_is_got_over(self) -> None:
        """Two looks years ahead, the second with a fall; ten good days later all is well."""
        before = steadily(begin(1000), 10, 5 * DAY)
        wrong = before.seen_at + 3000 * DAY
        ledger = look(before, before.balance, wrong)
        ledger = look(ledger, before.balance - 1, wrong + POLL)
        ledger = look(ledger, ledger.balance, before.seen_at + HOUR)
        ledger = steadily(ledger, 10, 10 * DAY)
        assert shown(ledger) == pytest.approx(10, rel=0.1)


def runway_of(ledger: Ledger) -> timedelta:
    """Return the runway of a ledger that has to have one."""
    left = runway(ledger)
    assert left is not None
    return left


class TestRunsOut:
    """When the balance is used up, where that can be said."""

    def test_it_is_balance_by_burn_rate(self) -> None:
        """Ten a day out of fifty last for five days, to the minute."""
        ledger = steadily(begin(100), 10, 5 * DAY)
        assert runway_of(ledger) / DAY == pytest.approx(5)
        when = runs_out(ledger)
        assert when
        assert abs(when - (START + 10 * DAY)) <= MINUTE
        assert (when.second, when.microsecond, when.tzinfo) == (0, 0, UTC)

    def test_it_stands_still_while_the_spend_is_steady(self) -> None:
        """The end does not come nearer by being watched."""
        ledger = steadily(begin(100), 10, 5 * DAY)
        later = steadily(ledger, 10, 2 * DAY)
        first, second = runs_out(ledger), runs_out(later)
        assert first
        assert second
        assert abs(second - first) <= MINUTE

    @pytest.mark.parametrize("balance", ["0", "-0.01", "-100"])
    def test_not_of_what_is_used_up(self, balance: str) -> None:
        """It has happened."""
        ledger = look(steadily(begin(100), 10, 5 * DAY), balance, START + 6 * DAY)
        assert shown(ledger) > 0
        assert (runway(ledger), runs_out(ledger)) == (None, None)

    def test_not_while_nothing_is_spent(self) -> None:
        """What nobody uses lasts for ever."""
        ledger = look(begin(), 100, START + DAY)
        assert (burn_rate(ledger), runway(ledger), runs_out(ledger)) == (0, None, None)

    def test_not_before_there_is_a_burn_rate(self) -> None:
        """Five hours are no ground for an alarm."""
        ledger = steadily(begin(), 100, 5 * HOUR)
        assert (burn_rate(ledger), runway(ledger), runs_out(ledger)) == (None, None, None)

    @pytest.mark.parametrize(("per_day", "known"), [("1.01", True), ("0.99", False)])
    def test_not_if_it_is_more_than_ten_years_away(self, per_day: str, *, known: bool) -> None:
        """Such a date means nothing, and may be beyond the calendar."""
        ledger = steadily(begin(3660), Decimal(per_day), 10 * DAY, DAY)
        assert (runway(ledger) is not None) is known
        assert (runs_out(ledger) is not None) is known

    @SPECIFIED
    @given(ANY_SERIES)
    def test_it_is_never_an_error(self, series: Series) -> None:
        """Amounts of all sizes and clocks that jump give a date, or a reason why there is none."""
        for ledger in watch(series):
            left = runway(ledger)
            assert (runs_out(ledger) is None) is (unknown(ledger) is not None)
            assert left is None or timedelta(0) <= left <= timedelta(days=3650)
            assert left is not None or not days_left(ledger)


class TestHourly:
    """Figures are as of the last change, or of the last full hour since."""

    def test_they_are_steady_within_an_hour(self) -> None:
        """Looks that find nothing new give nothing new to write."""
        first = look(steadily(begin(1000), 10, 5 * DAY), 950, START + 5 * DAY + POLL)
        at = START + 5 * DAY + 3 * HOUR
        hourly = look(first, first.balance, at)
        for minutes in (1, 29, 59):
            again = look(hourly, first.balance, at + minutes * MINUTE)
            assert again == hourly
            assert burn_rate(again) == burn_rate(hourly)
            assert runs_out(again) == runs_out(hourly)
        later = look(hourly, first.balance, at + HOUR)
        assert later == hourly
        assert shown(later) < shown(hourly)

    def test_a_change_is_shown_at_once(self) -> None:
        """The hour is for looks that find nothing new only."""
        before = steadily(begin(1000), 10, 5 * DAY)
        after = look(before, before.balance - 5, before.seen_at + POLL)
        assert after != before
        assert shown(after) > shown(before)
        assert shown(look(after, after.balance, after.seen_at + POLL)) == shown(after)

    @SPECIFIED
    @given(FORWARD_SERIES, seconds(1, MONTH))
    def test_a_look_that_finds_nothing_new_changes_nothing(
        self, series: Series, gap: timedelta
    ) -> None:
        """A ledger that is equal need not be written, and any other has to be."""
        ledger = watch(series)[-1]
        assert look(ledger, ledger.balance, ledger.seen_at + gap) == ledger
        assert look(ledger, ledger.balance - 1, ledger.seen_at + gap) != ledger


class TestWrongReading:
    """A reading that is put right within a day has not been."""

    @pytest.mark.parametrize(
        ("wrong", "right", "spent"),
        [
            ("1.5", "80", "0"),
            ("0", "80", "0"),
            ("0", "79.90", "0.10"),
            ("1.5", "77", "3"),
            ("30", "80", "0"),
            ("79.99", "80", "0"),
            ("800", "80", "0"),
        ],
    )
    @pytest.mark.parametrize("later", [POLL, 23 * HOUR])
    def test_it_is_neither_spend_nor_a_top_up(
        self, wrong: str, right: str, spent: str, later: timedelta
    ) -> None:
        """What was really spent meanwhile counts, and the burn rate is what it would have been."""
        before = steadily(begin(100), 10, 2 * DAY)
        assert before.balance == 80
        ledger = look(
            look(before, wrong, before.seen_at + POLL), right, before.seen_at + later + POLL
        )
        assert ledger.spent == before.spent + Decimal(spent)
        assert ledger.top_up is None
        undisturbed = look(before, right, ledger.seen_at)
        assert burn_rate(ledger) == burn_rate(undisturbed)
        assert runway(ledger) == runway(undisturbed)

    def test_it_may_last_for_several_polls(self) -> None:
        """What is spent of a wrong balance is spent of the right one."""
        ledger = begin(80)
        for number, balance in enumerate(("1.5", "1.5", "1.4", "1.3", "79.8")):
            ledger = look(ledger, balance, START + (number + 1) * POLL)
        assert (ledger.spent, ledger.top_up) == (Decimal("0.2"), None)

    def test_copies_that_lag_behind_count_once(self) -> None:
        """A provider that answers from two caches in turn has one balance."""
        ledger = begin(80)
        for number in range(1, 40):
            ledger = look(ledger, "79.5" if number % 2 else "80", START + number * POLL)
        assert ledger.spent == Decimal("0.5")
        assert ledger.top_up is None

    @pytest.mark.parametrize(
        ("balances", "spent", "topped_up"),
        [
            (("80", "1.5", "95"), "78.5", "93.5"),
            (("80", "1.5", "60"), "78.5", "58.5"),
            (("83.27", "33.14", "83.14"), "50.13", "50"),
            (("20", "12", "4.5", "20"), "15.5", "15.5"),
        ],
    )
    def test_what_somebody_will_have_paid_is_a_top_up(
        self, balances: tuple[str, ...], spent: str, topped_up: str
    ) -> None:
        """More than before, less than before, a round amount, or after several falls."""
        ledger: Ledger | None = None
        for number, balance in enumerate(balances):
            ledger = look(ledger, balance, START + number * HOUR)
        assert ledger
        assert ledger.spent == Decimal(spent)
        assert ledger.top_up
        assert ledger.top_up.amount == Decimal(topped_up)

    def test_after_more_than_a_day_it_has_been(self) -> None:
        """Nobody waits that long for what was never gone."""
        ledger = look(look(begin(80), "1.5", START + HOUR), 80, START + 26 * HOUR)
        assert ledger.spent == Decimal("78.5")
        assert ledger.top_up

    @SPECIFIED
    @given(
        st.lists(st.tuples(st.integers(1, 50), st.booleans()), min_size=2, max_size=15),
        st.sampled_from(["0", "1.5", "-3"]),
    )
    def test_spent_is_as_if_they_had_not_been(
        self, falls: list[tuple[int, bool]], wrong: str
    ) -> None:
        """Wherever they come between falls."""
        balance, at = Decimal("1000.07"), START
        ledger = begin(balance)
        for fall, disturbed in falls:
            at += HOUR
            if disturbed:
                ledger = look(look(ledger, wrong, at), balance, at + MINUTE)
            balance -= Decimal(fall) / 100
            ledger = look(ledger, balance, at + 2 * MINUTE)
        assert ledger.spent == Decimal(sum(fall for fall, _ in falls)) / 100
        assert ledger.top_up is None

    @settings(SPECIFIED, max_examples=200)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["80", "79", "75", "29", "1.5", "800"]),
                st.sampled_from([SECOND, POLL, 23 * HOUR, -HOUR]),
                st.sampled_from([True, False, False, False, False]),
            ),
            min_size=8,
            max_size=20,
        )
    )
    def test_spent_falls_for_nothing_else(self, looks: list[tuple[str, timedelta, bool]]) -> None:
        """However a balance wavers, for however long, and whatever periods begin meanwhile."""
        ledgers: list[Ledger] = []
        at, end = START, START + MONTH
        for balance, gap, begins in looks:
            at += gap
            end += MONTH * begins
            ledgers.append(look(ledgers[-1] if ledgers else None, balance, at, renews_at=end))
        check_where_spent_falls(ledgers)


class TestCautious:
    """What is reckoned with is more than the burn rate, the more days differ."""

    def test_a_steady_spend_adds_nothing(self) -> None:
        """From the first day on, and at each hour of it."""
        ledger = begin(1000)
        for _ in range(30):
            ledger = steadily(ledger, 10, 7 * HOUR)
            assert cautious_rate(ledger) == pytest.approx(shown(ledger), rel=1e-6)

    def test_days_that_differ_add_to_it(self) -> None:
        """Of a job once a week, about half as much again is reckoned with."""
        ledger, at = begin(10_000), START
        for day in range(1, 71):
            at = START + day * DAY
            ledger = look(ledger, Decimal(10_000) - day // 7 * 70 - Decimal(day) / 10, at - HOUR)
        rate, cautious = shown(ledger), cautious_rate(ledger)
        assert cautious
        assert rate == pytest.approx(10, rel=0.5)
        assert 1.2 < cautious / rate < 2

    def test_how_days_differ_is_not_known_at_once(self) -> None:
        """Before two days are seen, the burn rate is all there is."""
        ledger = look(begin(1000), 900, START + DAY)
        ledger = look(ledger, 899, START + 46 * HOUR)
        assert cautious_rate(ledger) == shown(ledger)

    @SPECIFIED
    @given(st.lists(st.tuples(st.integers(0, 1000), st.booleans()), min_size=60, max_size=60))
    def test_how_often_it_is_looked_does_not_matter(self, hours: list[tuple[int, bool]]) -> None:
        """Falls that are seen together, over midnights too, are taken to have been even."""
        ledger = one_by_one = begin(10**6)
        balance, passed, since = Decimal(10**6), 0, Decimal(10**6)
        gap = 0
        for spent, seen in hours:
            gap += 1
            balance -= spent
            if seen or gap == 1:
                ledger = look(ledger, balance, START + (passed + gap) * HOUR)
                for hour in range(1, gap + 1):
                    even = since + (balance - since) * hour / gap
                    one_by_one = look(one_by_one, even, START + (passed + hour) * HOUR)
                passed, since, gap = passed + gap, balance, 0
        assert ledger.pace.spend == pytest.approx(one_by_one.pace.spend, rel=1e-6)
        assert ledger.pace.squares == pytest.approx(one_by_one.pace.squares, rel=1e-6)

    def test_a_month_away_is_many_even_days(self) -> None:
        """What was spent in it was spent in as much on each of its days."""
        away = look(begin(1000), 700, START + MONTH)
        there = steadily(begin(1000), 10, MONTH, HOUR)
        assert away.pace.squares == pytest.approx(there.pace.squares, rel=1e-6)
        assert cautious_rate(away) == pytest.approx(10, rel=1e-6)


class TestRefunds:
    """A refund is not spend below zero, and takes no time away."""

    def test_they_do_not_raise_the_burn_rate(self) -> None:
        """Falls of 36 a day are 36 a day, however much of it comes back in between."""
        ledger = begin(1000)
        for number in range(1, 300):
            change = Decimal("-1.5") if number % 2 else Decimal("0.5")
            ledger = look(ledger, ledger.balance + change, START + number * 30 * MINUTE)
        assert ledger.spent == 225
        assert shown(ledger) == pytest.approx(36, rel=0.02)


class TestRenewsFirst:
    """A balance that is filled up before does not run out."""

    @pytest.mark.parametrize(("days", "first"), [(4, True), (6, False), (-3, False), (None, False)])
    def test_where_a_period_ends_before(self, days: float | None, *, first: bool) -> None:
        """Ten a day out of fifty last for five days; an end that has passed fills up nothing."""
        ledger = steadily(begin(100), 10, 5 * DAY)
        renews_at = None if days is None else ledger.seen_at + days * DAY
        ledger = look(ledger, ledger.balance, ledger.seen_at + 7 * HOUR, renews_at=renews_at)
        assert renews_first(ledger) is first
        assert (days_left(ledger) is None) is first
        assert (unknown(ledger) is Unknown.RENEWS) is first


class TestCalm:
    """The date that is shown stands still while there is nothing to say."""

    @staticmethod
    def dates(
        ledger: Ledger, per_day: list[float], step: Decimal = Decimal("0.0001")
    ) -> list[tuple[datetime, datetime | None]]:
        """Return the dates that are shown from now on, each with when it came to be shown."""
        changes: list[tuple[datetime, datetime | None]] = []
        exact, at = ledger.balance, ledger.seen_at
        for spent in per_day:
            for _ in range(48):
                at += 30 * MINUTE
                exact -= Decimal(spent) / 48
                ledger = stored(look(ledger, exact // step * step, at))
                if not changes or changes[-1][1] != runs_out(ledger):
                    changes.append((at, runs_out(ledger)))
        return changes

    def test_of_a_steady_spend_it_does_not_change(self) -> None:
        """Not once in three weeks, over restarts at each poll."""
        ledger = steadily(begin(400), 10, 10 * DAY)
        assert len(self.dates(ledger, [10.0] * 21)) == 1

    @pytest.mark.parametrize("step", ["0.01", "1", "5"])
    @pytest.mark.parametrize(
        ("per_day", "calm"), [([10, 12, 8, 10, 11, 9, 10], DAY), ([9, 10, 10, 11], 6 * HOUR)]
    )
    def test_it_changes_seldom(self, per_day: list[float], calm: timedelta, step: str) -> None:
        """Once a day at most, or once in six hours at most if it is less than a week away."""
        balance = 300 if calm == DAY else 150
        ledger = steadily(begin(balance), 10, 10 * DAY)
        changes = self.dates(ledger, per_day, Decimal(step))
        gaps = [after[0] - before[0] for before, after in pairwise(changes)]
        assert all(gap >= calm for gap in gaps[1:])

    def test_a_top_up_shows_at_once(self) -> None:
        """It is what a person waits for."""
        ledger = steadily(begin(150), 10, 10 * DAY)
        after = look(ledger, ledger.balance + 50, ledger.seen_at + POLL)
        before, now = runs_out(ledger), runs_out(after)
        assert before
        assert now
        assert abs(now - before - 5 * DAY) <= HOUR

    def test_another_pace_shows_soon(self) -> None:
        """Three times as much is noticed within a day, and not for a poll of it."""
        ledger = steadily(begin(400), 10, 10 * DAY)
        before = runs_out(ledger)
        after = runs_out(steadily(ledger, 30, DAY))
        assert before
        assert after
        assert after < before - 3 * DAY

    def test_quiet_looks_need_no_record(self) -> None:
        """What is shown is not part of what has to be written."""
        ledger = steadily(begin(400), 10, 10 * DAY)
        quiet = look(ledger, ledger.balance, ledger.seen_at + 3 * DAY)
        assert runs_out(quiet) != runs_out(ledger)
        assert quiet == ledger


class TestFigures:
    """Days left are a number, and what is unknown has a reason."""

    @pytest.mark.parametrize(
        ("ledger", "days", "reason"),
        [
            (begin(), None, Unknown.YOUNG),
            (look(begin(), 100, START + DAY), None, Unknown.IDLE),
            (look(begin(10**9), 10**9 - 1, START + DAY), None, Unknown.FAR),
            (look(steadily(begin(100), 10, DAY), 0, START + 2 * DAY), 0, Unknown.EMPTY),
            (steadily(begin(100), 10, 5 * DAY), 5.0, None),
            (steadily(begin(100), 8, 5 * DAY), 7.5, None),
        ],
    )
    def test_of_each_state(
        self, ledger: Ledger, days: float | None, reason: Unknown | None
    ) -> None:
        """An entity can say why it is unknown."""
        assert days_left(ledger) == days
        assert unknown(ledger) is reason
        assert (runs_out(ledger) is None) is (reason is not None)
