"""What alerts promise: which hold, and what is told as they begin and end."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import chain, combinations, product
from typing import Final

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.api_credits.alerts import (
    STILL_RUNNING_OUT,
    Alert,
    Limits,
    Moment,
    Standing,
    evaluate,
    moments,
)

SPECIFIED: Final = settings(derandomize=True, deadline=None, database=None, max_examples=100)
# The harness freezes the garbage collector, which Hypothesis misunderstands at its first property.
pytestmark = pytest.mark.filterwarnings("ignore:It looks like `register_random`")

LOW, RUNNING_OUT, EXHAUSTED = Alert.LOW, Alert.RUNNING_OUT, Alert.EXHAUSTED
NONE: Final[frozenset[Alert]] = frozenset()
OF_A_PURSE: Final = (LOW, RUNNING_OUT, EXHAUSTED)
ALL_SETS: Final = [
    frozenset(chosen)
    for chosen in chain.from_iterable(combinations(OF_A_PURSE, size) for size in range(4))
]
WEEK: Final = Limits(runway_days=7)


@pytest.fixture(autouse=True)
def enable_integration() -> None:
    """Leave Home Assistant out: alerts know nothing of it."""


def left(balance: Decimal | str | int, days: float | None = None) -> Standing:
    """Return what is left of a balance, and for how many days."""
    return Standing(balance=Decimal(balance), runway=None if days is None else timedelta(days=days))


def limits(low_balance: str | int | None, runway_days: float | None = None) -> Limits:
    """Return limits as a person sets them."""
    return Limits(
        low_balance=None if low_balance is None else Decimal(low_balance), runway_days=runway_days
    )


def told_of(changes: Iterable[frozenset[Alert]]) -> list[Moment]:
    """Return all that is told as one set of alerts follows another, from none on."""
    told: list[Moment] = []
    before = NONE
    for after in changes:
        told += moments(before, after)
        before = after
    return told


def test_limits_of_a_purse() -> None:
    """One threshold is that of the purse that matters most, each other one that of its own."""
    wanted = Limits(low_balance=Decimal(40), runway_days=7, low_balances={"hours": Decimal(2)})
    assert wanted.of("balance", main="balance") == limits(40, 7)
    assert wanted.of("hours", main="balance") == limits(2, 7)
    assert wanted.of("minutes", main="balance") == limits(None, 7)
    assert wanted.of("hours", main="hours") == limits(40, 7)


class TestLow:
    """Low is less than the person wants to have."""

    @pytest.mark.parametrize(
        ("balance", "low_balance", "low"),
        [
            ("9.99999999999999999999", "10", True),
            ("10", "10", False),
            ("10.00", "10", False),
            ("10.00000000000000000001", "10", False),
            ("0.01", "0", False),
            ("0", "0", True),
            ("-0.01", "0", True),
            ("0.01", None, False),
            ("0", None, True),
            ("-5", None, True),
        ],
    )
    def test_the_threshold_is_exact(
        self, balance: str, low_balance: str | None, *, low: bool
    ) -> None:
        """A balance that is just what was asked for is enough; nothing is never enough."""
        assert (LOW in evaluate([left(balance)], limits(low_balance))) is low

    def test_the_best_off_balance_counts(self) -> None:
        """As long as one currency has credit, the account is served."""
        wanted = limits(10)
        assert LOW not in evaluate([left(0), left(-3), left(10)], wanted)
        assert LOW in evaluate([left(9), left(9), left("9.99")], wanted)

    @pytest.mark.parametrize(
        ("low_balance", "unit", "still", "over"),
        [
            ("20", "USD", "20.19", "20.20"),
            ("0.5", "USD", "0.50", "0.51"),
            ("20", "credits", "20.9", "21"),
            ("5000", "credits", "5049", "5050"),
            ("0", "USD", "0.01", "0.02"),
            (None, "USD", "0.01", "0.02"),
            (None, "credits", "1", "2"),
        ],
    )
    def test_it_ends_clearly_above(
        self, low_balance: str | None, unit: str, still: str, over: str
    ) -> None:
        """By a hundredth of the limit, or by what a balance moves by at least."""
        wanted = limits(low_balance)
        for balance, low in ((still, True), (over, False)):
            standing = Standing(balance=Decimal(balance), unit=unit)
            assert (LOW in evaluate([standing], wanted, held={LOW})) is low
            assert LOW not in evaluate([standing], wanted)

    def test_a_balance_that_wavers_is_told_once(self) -> None:
        """19.99 and 20.00 in turn, all day."""
        held, history = NONE, []
        for _ in range(40):
            for balance in ("19.99", "20.00"):
                held = evaluate(
                    [Standing(balance=Decimal(balance), unit="USD")], limits(20), held=held
                )
                history.append(held)
        assert told_of(history) == [Moment.BECAME_LOW]


class TestExhausted:
    """Exhausted is when the provider does not serve any more."""

    @pytest.mark.parametrize(("balance", "gone"), [("0.01", False), ("0", True), ("-1", True)])
    def test_of_the_balance(self, balance: str, *, gone: bool) -> None:
        """Nothing left is exhausted, and low as well, whatever the limits."""
        for wanted in (limits(None), limits(0, 0), limits(100, 7)):
            alerts = evaluate([left(balance)], wanted)
            assert (EXHAUSTED in alerts) is gone
            assert not gone or LOW in alerts

    def test_only_if_all_are(self) -> None:
        """One balance with credit is enough to go on."""
        assert evaluate([left(0), left("0.01")], limits(None)) == NONE
        assert evaluate([left(0), left(-1)], limits(None)) == {LOW, EXHAUSTED}

    def test_the_provider_may_say_so(self) -> None:
        """Its word counts, but it makes no balance low."""
        assert evaluate([left(50)], limits(10), blocked=True) == {EXHAUSTED}
        assert evaluate([left(5)], limits(10), blocked=True) == {LOW, EXHAUSTED}

    def test_a_balance_that_wavers_is_told_once(self) -> None:
        """One cent that comes and goes is no credit."""
        held, history = NONE, []
        for _ in range(40):
            for balance in ("0", "0.01"):
                held = evaluate(
                    [Standing(balance=Decimal(balance), unit="USD")], limits(None), held=held
                )
                history.append(held)
        assert told_of(history) == [Moment.BECAME_LOW, Moment.EXHAUSTED]

    def test_it_is_over_with_credit_that_comes_back(self) -> None:
        """It need not be much."""
        standing = Standing(balance=Decimal("0.02"), unit="USD")
        assert evaluate([standing], limits(None), held=ALL_SETS[-1]) == NONE


class TestIdle:
    """Small change that nobody spends keeps no account going."""

    @staticmethod
    def spent(balance: str, days: float | None = None, spend: float = 50) -> Standing:
        """Return a balance of which something was spent lately."""
        return replace(left(balance, days), spend=spend)

    def test_small_change_of_another_currency_does_not_count(self) -> None:
        """The account is served from the other one, and that ends."""
        change = left("0.03")
        assert evaluate([self.spent("5", 3), change], WEEK) == {RUNNING_OUT}
        assert evaluate([self.spent("0"), change], limits(None)) == {LOW, EXHAUSTED}
        assert LOW in evaluate([self.spent("4"), change], limits(5))

    @pytest.mark.parametrize(
        ("other", "low_balance", "counts"),
        [("0.99", None, False), ("1", None, True), ("9.99", "10", False), ("10", "10", True)],
    )
    def test_it_counts_if_there_is_enough_of_it(
        self, other: str, low_balance: str | None, *, counts: bool
    ) -> None:
        """As much as a person wants to have, or one."""
        alerts = evaluate([self.spent("0"), left(other)], limits(low_balance))
        assert (EXHAUSTED not in alerts) is counts

    def test_it_counts_if_it_is_spent_too(self) -> None:
        """However little it is."""
        assert evaluate([self.spent("0"), self.spent("0.5", 3, 5)], limits(None)) == NONE

    def test_it_counts_where_nothing_is_spent(self) -> None:
        """Nobody knows then what the account is served from."""
        assert evaluate([left("0"), left("0.03")], limits(None)) == NONE


class TestRunningOut:
    """Running out is when all that is left does not last as long as the person wants."""

    @pytest.mark.parametrize(
        ("days", "held", "expected"),
        [
            (6.99, False, True),
            (7, False, False),
            (8.74, False, False),
            (6.99, True, True),
            (7, True, True),
            (10.49, True, True),
            (10.5, True, False),
            (None, False, False),
            (None, True, False),
            (0, False, True),
        ],
    )
    def test_it_begins_at_the_limit_and_ends_half_of_it_later(
        self, days: float | None, *, held: bool, expected: bool
    ) -> None:
        """Runway is an estimate, which may not make the alert come and go."""
        alerts = evaluate([left(50, days)], WEEK, held={RUNNING_OUT} if held else {LOW})
        assert alerts == ({RUNNING_OUT} if expected else NONE)

    @pytest.mark.parametrize("runway_days", [None, 0])
    def test_without_a_limit_there_is_none(self, runway_days: float | None) -> None:
        """Nobody has asked for it, so also none is held."""
        wanted = limits(None, runway_days)
        assert evaluate([left(1, 0.01)], wanted) == NONE
        assert evaluate([left(1, 0.01)], wanted, held={RUNNING_OUT}) == NONE

    def test_all_that_is_left_has_to(self) -> None:
        """A balance that lasts, or that nobody spends, keeps the account going."""
        assert evaluate([left(5, 1), left(5, 30)], WEEK) == NONE
        assert evaluate([left(5, 1), left(5)], WEEK) == NONE
        assert evaluate([left(5, 1), left(5, 6)], WEEK) == {RUNNING_OUT}

    @pytest.mark.parametrize(
        ("hours", "days", "begins"),
        [(8, 0.99, True), (8, 1.01, False), (55, 6.8, True), (57, 7.1, False)],
    )
    def test_it_is_foreseen_as_far_as_three_times_what_was_seen(
        self, hours: int, days: float, *, begins: bool
    ) -> None:
        """A few hours are no ground for an alarm about next week."""
        standing = replace(left(50, days), watched=timedelta(hours=hours))
        assert evaluate([standing], WEEK) == ({RUNNING_OUT} if begins else NONE)

    def test_it_does_not_begin_where_the_balance_is_filled_up_before(self) -> None:
        """But what has begun is not over by a rate that sinks."""
        standing = replace(left(50, 3), renews_first=True)
        assert evaluate([standing], WEEK) == NONE
        assert evaluate([standing], WEEK, held={RUNNING_OUT}) == {RUNNING_OUT}

    def test_what_is_used_up_does_not_count(self) -> None:
        """An empty balance has no runway, and saves nothing."""
        assert evaluate([left(5, 1), left(0)], WEEK) == {RUNNING_OUT}

    def test_it_is_held_while_exhausted(self) -> None:
        """What has run out is running out no less, but it begins no more."""
        assert evaluate([left(0)], WEEK) == {LOW, EXHAUSTED}
        assert evaluate([left(0)], WEEK, held={RUNNING_OUT}) == set(OF_A_PURSE)

    def test_a_small_top_up_of_what_was_exhausted_tells_of_it_no_second_time(self) -> None:
        """It held all the while."""
        held = evaluate([left(5, 1)], WEEK)
        empty = evaluate([left(0)], WEEK, held=held)
        again = evaluate([left(5, 1)], WEEK, held=empty)
        assert told_of([held, empty, again]) == [
            Moment.RUNNING_OUT,
            Moment.BECAME_LOW,
            Moment.EXHAUSTED,
            Moment.RECOVERED,
        ]

    @SPECIFIED
    @given(st.lists(st.floats(7 * 1.001, 7 * STILL_RUNNING_OUT * 0.999), max_size=20))
    def test_an_estimate_that_wavers_is_told_once(self, days: list[float]) -> None:
        """Once begun, it does not begin again until it has clearly been over."""
        held = evaluate([left(50, 6.9)], WEEK)
        history = [held]
        for each in days:
            held = evaluate([left(50, each)], WEEK, held=held)
            history.append(held)
        assert told_of(history) == [Moment.RUNNING_OUT]


@pytest.mark.parametrize(("before", "after"), product(ALL_SETS, ALL_SETS))
def test_what_is_told_of_each_change(before: frozenset[Alert], after: frozenset[Alert]) -> None:
    """Each beginning by its name; recovery once neither low nor exhausted is left of it."""
    told = moments(before, after)
    began = after - before
    was_bad, is_bad = (bool({LOW, EXHAUSTED} & alerts) for alerts in (before, after))
    assert (Moment.BECAME_LOW in told) is (LOW in began)
    assert (Moment.RUNNING_OUT in told) is (RUNNING_OUT in began)
    assert (Moment.EXHAUSTED in told) is (EXHAUSTED in began)
    assert (Moment.RECOVERED in told) is (was_bad and not is_bad)
    assert Moment.TOPPED_UP not in told
    assert told == [moment for moment in Moment if moment in told], "good news first, each once"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (set(), {LOW}, ["became_low"]),
        ({LOW}, {LOW, EXHAUSTED}, ["exhausted"]),
        ({LOW, EXHAUSTED}, {LOW}, []),
        ({LOW}, set(), ["recovered"]),
        (set(), {LOW, EXHAUSTED}, ["became_low", "exhausted"]),
        ({LOW, EXHAUSTED}, set(), ["recovered"]),
        (set(), {RUNNING_OUT}, ["running_out"]),
        ({RUNNING_OUT}, set(), []),
        ({LOW}, {RUNNING_OUT}, ["recovered", "running_out"]),
        (set(), {EXHAUSTED}, ["exhausted"]),
        ({EXHAUSTED}, set(), ["recovered"]),
        ({EXHAUSTED}, {LOW}, ["became_low"]),
        (set(), set(OF_A_PURSE), ["became_low", "running_out", "exhausted"]),
        (set(OF_A_PURSE), set(), ["recovered"]),
    ],
)
def test_what_a_person_hears(before: set[Alert], after: set[Alert], told: list[str]) -> None:
    """The life of an account, in so many words."""
    assert moments(before, after) == told


@SPECIFIED
@given(
    st.lists(
        st.builds(
            Standing,
            balance=st.decimals(-100, 100, places=2),
            runway=st.one_of(st.none(), st.floats(0, 3650).map(lambda days: timedelta(days=days))),
        ),
        min_size=1,
        max_size=4,
    ),
    st.builds(
        Limits,
        low_balance=st.one_of(st.none(), st.decimals(0, 100, places=2)),
        runway_days=st.one_of(st.none(), st.integers(0, 365)),
    ),
    st.booleans(),
    st.sampled_from(ALL_SETS),
)
def test_the_same_again_is_no_news(
    standings: list[Standing], wanted: Limits, blocked: bool, held: frozenset[Alert]
) -> None:
    """Alerts that have been found to hold are found again, in any order of the balances."""
    first = evaluate(standings, wanted, blocked=blocked, held=held)
    again = evaluate(standings[::-1], wanted, blocked=blocked, held=first)
    assert again == first
    assert moments(first, again) == []
    assert EXHAUSTED in first or not blocked
