"""What the books promise: the balance is exact, whatever is restated, and whoever is away."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from freezegun.api import FrozenDateTimeFactory
from hypothesis import given, settings, strategies as st
import pytest

from custom_components.api_credits.alerts import Limits, Moment
from custom_components.api_credits.client.books import (
    Books,
    corrected,
    opened,
    reported,
    reported_until,
    settled,
    topped_up,
)
from custom_components.api_credits.client.errors import UnreachableError
from custom_components.api_credits.client.provider import Provider
from custom_components.api_credits.memory import advance
from custom_components.api_credits.providers import PROVIDERS
from custom_components.api_credits.records import Memory

from ..reporting import Reporting, done

SPECIFIED: Final = settings(derandomize=True, deadline=None, database=None, max_examples=40)
NOON: Final = datetime(2026, 11, 10, 12, tzinfo=UTC)
TODAY: Final = NOON.date()
DAY: Final = timedelta(days=1)
HOUR: Final = timedelta(hours=1)

# The harness freezes the garbage collector, which Hypothesis misunderstands at its first property.
pytestmark = [
    pytest.mark.filterwarnings("ignore:It looks like `register_random`"),
    pytest.mark.freeze_time(NOON),
]


@pytest.fixture(autouse=True)
def enable_integration() -> None:
    """Leave Home Assistant out: the books know nothing of it."""


def cost(**days: str) -> dict[date, Decimal]:
    """Return costs by the day of this month: `d9="1.50"`."""
    return {TODAY.replace(day=int(name[1:])): Decimal(spent) for name, spent in days.items()}


def begun(left: str = "20", **days: str) -> Books:
    """Return books that are opened now, with a past that is reported."""
    return opened(Decimal(left), NOON, cost(**days), since=TODAY - 7 * DAY)


def test_what_was_spent_before_is_not_counted() -> None:
    """Neither earlier days, nor what was reported of the day on which the balance was said."""
    books = begun(d8="3", d9="4", d10="1.25")
    assert (books.balance, books.spent) == (Decimal(20), Decimal(0))


def test_a_day_that_is_read_again_replaces_what_it_was() -> None:
    """It is no further day."""
    books = begun(d10="1.25")
    for now in ("1.50", "2.25", "2.00"):
        books = reported(books, cost(d10=now), NOON)
    assert books.balance == Decimal("19.25")


def test_a_day_before_the_balance_was_said_changes_nothing() -> None:
    """What is reported of it late was spent, and gone, when the person looked."""
    books = reported(begun(d9="4"), cost(d9="9"), NOON)
    assert books.balance == Decimal(20)


def test_a_day_that_is_left_out_keeps_what_was_reported() -> None:
    """Nothing said of a day is not the same as nothing spent on it."""
    books = reported(begun(), cost(d10="3"), NOON)
    assert reported(books, cost(d9="0"), NOON).balance == Decimal(17)
    assert reported(books, cost(d10="0"), NOON).balance == Decimal(20)


def test_seven_days_are_open() -> None:
    """Older ones are a sum, and what is said of them later is not heard."""
    books = begun(d9="1", d10="0")
    for day in range(TODAY.toordinal(), TODAY.toordinal() + 12):
        books = reported(books, {date.fromordinal(day): Decimal(1)}, NOON)
    books = settled(books, TODAY + 11 * DAY - 7 * DAY)
    assert books.settled_until == TODAY + 4 * DAY
    assert books.settled == Decimal(4)
    assert len(books.days) == 8
    assert books.balance == Decimal(8)
    assert reported(books, {TODAY: Decimal(100)}, NOON).balance == Decimal(8)


def test_a_clock_that_is_ahead_settles_nothing() -> None:
    """Days on which nobody has reported yet stay open."""
    books = settled(reported(begun(), cost(d10="2"), NOON), TODAY + 400 * DAY)
    assert books.settled_until == TODAY
    assert reported(books, cost(d10="3"), NOON).balance == Decimal(17)


def test_top_ups_count_from_when_the_balance_was_said() -> None:
    """One of before is in it already."""
    books = topped_up(begun(), Decimal("5.50"), NOON)
    assert books.balance == Decimal("25.50")
    with pytest.raises(ValueError, match="before"):
        topped_up(books, Decimal(5), NOON - HOUR)


def test_a_correction_begins_anew_and_spent_goes_on() -> None:
    """What the person says is left is left, and what was spent stays spent."""
    books = topped_up(reported(begun(), cost(d10="3"), NOON), Decimal(10), NOON)
    books = corrected(books, opened(Decimal(50), NOON + HOUR, cost(d10="3"), since=TODAY))
    assert (books.balance, books.spent) == (Decimal(50), Decimal(3))
    books = reported(books, cost(d10="4.5"), NOON)
    assert (books.balance, books.spent) == (Decimal("48.5"), Decimal("4.5"))


@pytest.mark.parametrize(
    ("days", "at", "until"),
    [
        pytest.param({}, NOON, NOON, id="nothing was ever spent"),
        pytest.param({"d9": "1"}, NOON, TODAY, id="the day that is not over is left out"),
        pytest.param({"d9": "1", "d10": "2"}, NOON, NOON, id="today so far"),
        pytest.param({"d10": "2"}, NOON + DAY, TODAY + DAY, id="that day is over"),
        pytest.param({"d8": "2"}, NOON + 5 * DAY, TODAY + 4 * DAY, id="not used any more"),
    ],
)
def test_reported_until(days: dict[str, str], at: datetime, until: datetime | date) -> None:
    """It is the end of the last day with use, or when that grew; idle days count after a day."""
    if not isinstance(until, datetime):
        until = datetime(until.year, until.month, until.day, tzinfo=UTC)
    assert reported_until(begun(**days), at) == until


def test_books_are_kept_exactly() -> None:
    """They come back from their file as they were."""
    books = topped_up(reported(begun("0.1", d9="1e-30"), cost(d10="0.30"), NOON), Decimal(7), NOON)
    assert Books.from_dict(books.as_dict()) == books


AMOUNTS: Final = st.decimals(0, 20, places=6)
DEEDS: Final = st.lists(
    st.one_of(
        st.tuples(st.just("spend"), AMOUNTS),
        st.tuples(st.just("restate"), st.tuples(st.integers(0, 6), AMOUNTS)),
        st.tuples(st.just("wait"), st.integers(0, 70)),
        st.tuples(st.just("outage"), st.integers(1, 90 * 24)),
        st.tuples(st.just("poll"), st.none()),
        st.tuples(st.just("save"), st.none()),
        st.tuples(st.just("kill"), st.none()),
        st.tuples(st.just("top up"), AMOUNTS),
        st.tuples(st.just("correct"), AMOUNTS),
    ),
    max_size=40,
)


class Life:
    """An account of which things are said and done, and what its balance has to be."""

    def __init__(self, provider: type[Provider], clock: FrozenDateTimeFactory) -> None:
        """Begin with a balance that was said now, after some use of the same day."""
        self.clock = clock
        self.provider = provider
        self.reporting = Reporting.at(provider.key)
        self.reporting.spend("1.5")
        self.memory = Memory()
        self.said = Decimal(100)
        self.correct(self.said)
        self.on_disk = self.memory.as_dict()

    def restart(self, memory: Memory) -> None:
        """Begin as after a start, with what was on disk."""
        self.memory = Memory.from_dict(memory.as_dict())
        self.client = self.reporting.client(self.provider)
        self.client.notes = self.memory.notes

    def correct(self, left: Decimal) -> None:
        """Say what is left."""
        self.restart(self.memory)
        self.advance(done(self.client.set_balance(left)))
        costs = self.costs
        self.since = datetime.now(UTC).date()
        self.baseline = costs.get(self.since, Decimal(0))
        self.said, self.paid = left, Decimal(0)
        self.on_disk = self.memory.as_dict()

    def top_up(self, paid: Decimal) -> None:
        """Pay, and say so."""
        self.client.add_top_up(paid, datetime.now(UTC))
        self.paid += paid
        self.poll()
        self.on_disk = self.memory.as_dict()

    def restate(self, ago: int, amount: Decimal) -> None:
        """Have one of the last days cost something else than was reported."""
        day = datetime.now(UTC).date() - ago * DAY
        self.costs[day] = amount

    def poll(self) -> None:
        """Ask for a report, and see that the balance is right."""
        spent = [ledger.spent for ledger in self.memory.ledgers.values()]
        self.advance(done(self.client.fetch()))
        (ledger,) = self.memory.ledgers.values()
        assert ledger.balance == self.expected
        assert [ledger.spent] >= spent
        self.client.notes = self.memory.notes

    def advance(self, account: Any) -> None:
        """Remember what was seen, as the coordinator does."""
        self.memory = advance(self.memory, account, datetime.now(UTC), Limits())

    @property
    def costs(self) -> dict[date, Decimal]:
        """Return what is reported of every day."""
        return self.reporting.reporter.book(self.reporting.account).costs

    @property
    def expected(self) -> Decimal:
        """Return what was said, less all that is reported since, and with what was paid."""
        spent = sum((c for day, c in self.costs.items() if day >= self.since), Decimal(0))
        return self.said - (spent - self.baseline) + self.paid

    def do(self, deed: str, what: Any) -> None:
        """Do what comes next."""
        match deed:
            case "spend":
                self.reporting.spend(what)
            case "restate":
                self.restate(*what)
            case "wait":
                self.clock.tick(HOUR * what)
                self.poll()
            case "outage":
                self.reporting.down = True
                with pytest.raises(UnreachableError):
                    done(self.client.fetch())
                self.clock.tick(HOUR * what)
                self.reporting.down = False
            case "poll":
                self.poll()
            case "save":
                self.on_disk = self.memory.as_dict()
            case "kill":
                self.restart(Memory.from_dict(self.on_disk))
            case "top up":
                self.top_up(what)
            case "correct":
                self.correct(what)


@pytest.mark.parametrize("provider", ["anthropic", "openai"])
def test_balance_is_exact_and_spent_never_falls(
    provider: str, freezer: FrozenDateTimeFactory
) -> None:
    """However days are restated, whenever restarts and outages fall, and whatever is said."""

    @SPECIFIED
    @given(DEEDS)
    def lives(deeds: list[tuple[str, Any]]) -> None:
        freezer.move_to(NOON)
        life = Life(PROVIDERS[provider], freezer)
        for deed, what in deeds:
            life.do(deed, what)
        life.poll()

    lives()


def test_a_top_up_that_is_said_is_announced_and_a_rise_is_not(
    freezer: FrozenDateTimeFactory,
) -> None:
    """A day that is restated by much is no payment."""
    life = Life(PROVIDERS["openai"], freezer)
    life.reporting.spend("50")
    life.poll()
    life.restate(0, Decimal(2))
    life.poll()
    assert len(life.memory.pending) == 0
    life.top_up(Decimal(25))
    told = [(each.moment, each.amount) for each in life.memory.pending]
    assert told == [(Moment.TOPPED_UP, Decimal(25))]
