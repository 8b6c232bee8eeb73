"""What the memory promises: each moment is told once, whatever happens in between."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
import json
from math import isfinite
from pathlib import Path
from typing import Any, Final

from hypothesis import example, given, settings, strategies as st
import pytest

from custom_components.api_credits.alerts import Alert, Limits, Moment
from custom_components.api_credits.ledger import burn_rate, cautious_rate
from custom_components.api_credits.memory import acknowledge, advance, judge, look, miss
from custom_components.api_credits.observation import Observation, observe
from custom_components.api_credits.readings import (
    BALANCE,
    DAYS_UNTIL_RENEWAL,
    IS_AVAILABLE,
    RENEWS_AT,
    USED,
    Account,
    Reading,
)
from custom_components.api_credits.records import Announcement, Memory
from custom_components.api_credits.state import AccountState, figures_of, state_of

SPECIFIED: Final = settings(derandomize=True, deadline=None, database=None, max_examples=60)
# The harness freezes the garbage collector, which Hypothesis misunderstands at its first property.
pytestmark = pytest.mark.filterwarnings("ignore:It looks like `register_random`")

START: Final = datetime(2026, 3, 1, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)
POLL: Final = timedelta(minutes=15)
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
MONTH: Final = timedelta(days=30)
LOW, RUNNING_OUT, EXHAUSTED = Alert.LOW, Alert.RUNNING_OUT, Alert.EXHAUSTED
NO_LIMITS: Final = Limits()
BELOW_10: Final = Limits(low_balance=Decimal(10))
A_WEEK: Final = Limits(runway_days=7)
BOTH: Final = Limits(low_balance=Decimal(10), runway_days=7)
DOCUMENTED: Final = (ArithmeticError, AttributeError, KeyError, TypeError, ValueError)


@pytest.fixture(autouse=True)
def enable_integration() -> None:
    """Leave Home Assistant out: the memory knows nothing of it."""


def of(*readings: Reading) -> Account:
    """Return an account with these readings."""
    return Account(readings={reading.key: reading for reading in readings})


def money(
    balance: Decimal | str | int | None, unit: str = "USD", scope: str | None = None
) -> Reading:
    """Return a balance in money."""
    return Reading(
        kind=BALANCE, value=None if balance is None else Decimal(balance), unit=unit, scope=scope
    )


def pool(balance: Decimal | str | int | None, scope: str | None = None) -> Reading:
    """Return a balance of something counted."""
    return money(balance, "credits", scope)


def served(value: bool | None) -> Reading:
    """Return what the provider says of whether it serves the account."""
    return Reading(kind=IS_AVAILABLE, value=value)


def usd(balance: Decimal | str | int | None, *, blocked: bool = False) -> Account:
    """Return an account with a balance in dollars."""
    return of(money(balance), served(not blocked))


def told(memory: Memory) -> list[Moment]:
    """Return what is yet to tell."""
    return [announcement.moment for announcement in memory.pending]


def heard(memory: Memory) -> Memory:
    """Return the memory after all has been told."""
    return replace(memory, pending=())


def stored(memory: Memory) -> Memory:
    """Return the memory as it comes back from the disk."""
    return Memory.from_dict(json.loads(json.dumps(memory.as_dict())))


def polled(
    *accounts: Account | None,
    limits: Limits = BELOW_10,
    every: timedelta = POLL,
    memory: Memory | None = None,
    start: datetime = START,
) -> Memory:
    """Return the memory after polls; None is one that failed."""
    memory = memory or Memory()
    for count, account in enumerate(accounts):
        if account:
            memory = advance(memory, account, start + every * count, limits)
    return memory


def drained(
    balance: int, per_hour: int, hours: int, limits: Limits = A_WEEK, start: datetime = START
) -> Memory:
    """Return the memory of an account that was spent from steadily, by the hour."""
    return polled(
        *(usd(balance - per_hour * hour) for hour in range(hours + 1)),
        limits=limits,
        every=HOUR,
        start=start,
    )


class TestTold:
    """Everything worth telling is told once, with the figures of its moment."""

    def test_the_life_of_an_account(self) -> None:
        """Each moment in its turn, and nothing in between."""
        memory = polled(*(usd(balance) for balance in (50, 10, 9, 5, 5, 0, -1, 5, 60, 55)))
        assert told(memory) == [
            Moment.BECAME_LOW,
            Moment.EXHAUSTED,
            Moment.TOPPED_UP,
            Moment.TOPPED_UP,
            Moment.RECOVERED,
        ]

    def test_what_is_low_when_it_is_added(self) -> None:
        """The first poll tells of what holds already, but not of a top-up."""
        assert told(polled(usd(5))) == [Moment.BECAME_LOW]
        assert told(polled(usd(0))) == [Moment.BECAME_LOW, Moment.EXHAUSTED]
        assert told(polled(usd(5000))) == []

    def test_not_again_after_it_was_heard(self) -> None:
        """Polls, failed ones and restarts are no news."""
        memory = heard(polled(usd(50), usd(5)))
        later = polled(
            usd(5), None, usd(4), None, usd(4), memory=stored(memory), start=START + HOUR
        )
        assert told(later) == []

    def test_what_happened_while_home_assistant_was_down(self) -> None:
        """The first poll after it finds out."""
        memory = stored(heard(polled(usd(50))))
        memory = polled(usd(5), memory=memory, start=START + 10 * DAY)
        assert told(memory) == [Moment.BECAME_LOW]

    def test_there_and_back_while_nobody_looked(self) -> None:
        """What began and ended unseen cannot be told, but the top-up shows."""
        assert told(polled(usd(50), None, usd(100))) == [Moment.TOPPED_UP]

    def test_a_refund_ends_low_but_is_no_top_up(self) -> None:
        """The balance is above the threshold again, though nobody has paid."""
        assert told(polled(usd("9.50"), usd("10.10")))[1:] == [Moment.RECOVERED]

    def test_a_renewal_ends_low_but_is_no_top_up(self) -> None:
        """A pool that was filled up by the period has recovered."""

        def account(balance: int, days: int) -> Account:
            return of(pool(balance), Reading(kind=DAYS_UNTIL_RENEWAL, value=Decimal(days)))

        assert told(polled(account(5, 0), account(1000, 30)))[1:] == [Moment.RECOVERED]

    def test_what_waits_is_kept_with_the_moment_it_was_seen(self) -> None:
        """It may be told much later, but it says when it was, and how much was left then."""
        memory = polled(usd(50), usd("9.25"), usd("-0.5"), usd("30.5"))
        low, exhausted, topped_up, recovered = memory.pending
        assert low == Announcement(
            moment=Moment.BECAME_LOW,
            at=START + POLL,
            balance=Decimal("9.25"),
            unit="USD",
            low_balance=Decimal(10),
        )
        assert exhausted.at == START + 2 * POLL
        assert exhausted.balance == Decimal("-0.5")
        assert topped_up.amount == 31
        assert topped_up.balance == Decimal("30.5")
        assert recovered.amount is None
        assert stored(memory) == memory

    def test_the_figures_are_plain(self) -> None:
        """An automation gets numbers and texts."""
        memory = polled(of(pool(5, "Email")), of(pool(105, "Email")))
        low, topped_up, recovered = (each.figures for each in memory.pending)
        assert low == {
            "balance": 5.0,
            "unit": "credits",
            "scope": "Email",
            "amount": None,
            "low_balance": 10.0,
            "days_left": None,
            "at": "2026-03-01T00:00:00+00:00",
        }
        assert topped_up == low | {
            "balance": 105.0,
            "amount": 100.0,
            "low_balance": None,
            "at": "2026-03-01T00:15:00+00:00",
        }
        assert recovered == topped_up | {"amount": None, "low_balance": 10.0}
        assert json.loads(json.dumps(topped_up)) == topped_up

    def test_running_out(self) -> None:
        """Told as soon as it has been watched for a third of the time that is left."""
        assert told(drained(100, 1, 24)) == []
        memory = drained(100, 1, 26)
        assert told(memory) == [Moment.RUNNING_OUT]
        assert memory.pending[0].figures["days_left"] == 3.1

    def test_running_out_ends_by_itself_and_may_begin_again(self) -> None:
        """Once nothing is spent for long it is over, which is seen without a change."""
        memory = heard(drained(100, 1, 48))
        start = START + 48 * HOUR
        quiet = polled(*[usd(52)] * 24 * 30, limits=A_WEEK, every=HOUR, memory=memory, start=start)
        assert quiet.alerts == {"balance": frozenset()}
        assert told(quiet) == []
        assert quiet != memory
        start += 30 * DAY
        burst = polled(usd(52), usd(1), limits=A_WEEK, every=DAY, memory=quiet, start=start)
        assert told(burst) == [Moment.RUNNING_OUT]

    def test_a_provider_that_does_not_serve(self) -> None:
        """Its word is told as the end of credit, and its return as recovery."""
        memory = polled(usd(50), usd(50, blocked=True), usd(50, blocked=True), usd(50))
        assert told(memory) == [Moment.EXHAUSTED, Moment.RECOVERED]

    def test_a_provider_that_does_not_serve_and_shows_no_balance(self) -> None:
        """That nothing else is known makes it no better."""
        memory = polled(usd(50), usd(None, blocked=True))
        assert told(memory) == [Moment.EXHAUSTED]


class TestPurses:
    """Balances that stand in for one another are judged as one, all others apart."""

    def test_currencies_go_together(self) -> None:
        """Low is when the best-off one is; the announcement names that one."""
        usd_9, cny_9 = money(9, "USD", "USD"), money("9.5", "CNY", "CNY")
        usd_20, cny_20 = money(20, "USD", "USD"), money("20", "CNY", "CNY")
        memory = polled(of(usd_20, cny_20), of(usd_9, cny_9))
        assert memory.alerts == {"balance": {LOW}}
        (low,) = memory.pending
        assert (low.moment, low.scope, low.unit) == (Moment.BECAME_LOW, "CNY", "CNY")

    def test_pools_do_not(self) -> None:
        """Text messages do not help if mails have run out."""
        sms, mail, no_mail = pool(500, "SMS"), pool(50, "Email"), pool(0, "Email")
        memory = polled(of(sms, mail), of(sms, no_mail))
        assert memory.alerts == {"balance_sms": frozenset(), "balance_email": {LOW, EXHAUSTED}}
        assert [(each.moment, each.scope) for each in memory.pending] == [
            (Moment.BECAME_LOW, "Email"),
            (Moment.EXHAUSTED, "Email"),
        ]

    def test_each_has_a_threshold_of_its_own(self) -> None:
        """Dollars and hours are not compared with one number; what is told says which it was."""
        before = of(money(194, "USD", "USD"), money("12.5", "hours", "hours"))
        after = of(money(30, "USD", "USD"), money("1.5", "hours", "hours"))
        wanted = Limits(low_balance=Decimal(40))
        assert polled(before, limits=wanted).alerts == {
            "balance": frozenset(),
            "balance_hours": frozenset(),
        }
        assert [each.unit for each in polled(before, after, limits=wanted).pending] == ["USD"]
        wanted = replace(wanted, low_balances={"balance_hours": Decimal(2)})
        low = polled(before, after, limits=wanted).pending
        assert [(each.moment, each.unit, each.scope, each.low_balance) for each in low] == [
            (Moment.BECAME_LOW, "USD", "USD", 40),
            (Moment.BECAME_LOW, "hours", "hours", 2),
        ]

    def test_a_threshold_that_is_moved_is_that_of_its_purse(self) -> None:
        """The hysteresis of the other goes on."""
        wanted = Limits(low_balance=Decimal(10), low_balances={"balance_sms": Decimal(100)})
        account = of(money("9.99"), pool(99, "SMS"))
        wavering = of(money("10.05"), pool(100, "SMS"))
        memory = polled(account, wavering, limits=wanted)
        assert memory.alerts == {"balance": {LOW}, "balance_sms": {LOW}}
        moved = replace(wanted, low_balances={"balance_sms": Decimal("99.99")})
        after = judge(memory, wavering, START + HOUR, moved)
        assert after.alerts == {"balance": {LOW}, "balance_sms": frozenset()}

    @pytest.mark.parametrize("limits", [NO_LIMITS, BELOW_10, A_WEEK])
    def test_a_pool_that_never_had_anything_is_not_exhausted(self, limits: Limits) -> None:
        """DeepL's minutes of speech, of a plan that has none."""
        account = of(pool(500), money(0, "minutes", "Speech to text"))
        memory = polled(*[account] * 5, limits=limits)
        assert memory.alerts == {
            "balance": frozenset(),
            "balance_speech to text": frozenset(),
        }
        assert told(memory) == []

    @pytest.mark.parametrize("limits", [NO_LIMITS, A_WEEK])
    def test_an_account_that_is_paid_afterwards_is_not_exhausted(self, limits: Limits) -> None:
        """It owes something from the first day, and more each day."""
        account = [replace(usd(-each), may_owe=True) for each in (0, 3, 9, 20, 0, 2)]
        memory = polled(*account, limits=limits, every=DAY)
        assert memory.alerts == {"balance": frozenset()}
        assert told(memory) == [Moment.TOPPED_UP]
        assert judge(memory, account[-1], START + MONTH, NO_LIMITS).alerts == memory.alerts

    def test_one_that_may_owe_and_had_credit_is(self) -> None:
        """Until there is something again; and where a person has set a threshold, it is low."""
        account = [replace(usd(each), may_owe=True) for each in (5, -1, -2, 50, 40, 0)]
        memory = stored(polled(*account[:3], limits=NO_LIMITS))
        assert told(memory) == [Moment.BECAME_LOW, Moment.EXHAUSTED]
        after = polled(*account[3:], limits=NO_LIMITS, memory=heard(memory), start=START + DAY)
        assert told(after) == [
            Moment.TOPPED_UP,
            Moment.RECOVERED,
            Moment.BECAME_LOW,
            Moment.EXHAUSTED,
        ]
        assert told(polled(account[1])) == [Moment.BECAME_LOW, Moment.EXHAUSTED]

    def test_a_pool_that_was_used_up_is(self) -> None:
        """Whether it was there at first or bought later; but not what a period took away."""

        def account(minutes: int, days: int = 20) -> Account:
            renewal = Reading(kind=DAYS_UNTIL_RENEWAL, value=Decimal(days))
            return of(pool(500), money(minutes, "minutes", "Speech"), renewal)

        used_up = [Moment.BECAME_LOW, Moment.EXHAUSTED]
        assert told(polled(account(5), account(0))) == used_up
        memory = polled(account(0), account(60), account(0))
        assert told(memory) == [Moment.TOPPED_UP, *used_up]
        assert told(polled(account(0), account(60), account(0), account(100)))[-2:] == [
            Moment.TOPPED_UP,
            Moment.RECOVERED,
        ]
        assert told(polled(account(5, 0), account(0, 30))) == []

    def test_a_pool_that_a_person_wants_to_have_is(self) -> None:
        """From the first look on; a threshold of nothing is none."""
        account = of(pool(500), money(0, "minutes", "Speech"))
        for wanted, alerts in ((5, {LOW, EXHAUSTED}), (0, set[Alert]())):
            limits = Limits(low_balances={"balance_speech": Decimal(wanted)})
            assert polled(account, limits=limits).alerts["balance_speech"] == alerts

    def test_what_matters_most_goes_on_to(self) -> None:
        """A threshold does not pass from pools to dollars that come later, or are left out once."""
        credits, dollars = pool(5000, "Email"), money(5, "USD", "USD")
        wanted = Limits(low_balance=Decimal(1000))
        memory = polled(of(credits), of(credits, dollars), limits=wanted)
        assert memory.main == stored(memory).main == "balance_email"
        assert told(memory) == []
        memory = polled(of(dollars, credits), of(credits), of(credits, dollars))
        assert memory.main == "balance"
        assert told(memory) == [Moment.BECAME_LOW]

    def test_what_is_forgotten_matters_no_more(self) -> None:
        """The threshold is then for what is left."""
        memory = polled(of(money(50), pool(500, "SMS")))
        days = [of(pool(500 - day, "SMS")) for day in range(93)]
        memory = polled(*days, every=DAY, memory=memory, start=START + DAY)
        assert memory.main == "balance_sms"

    def test_a_provider_that_does_not_serve_is_told_of_once(self) -> None:
        """It is said of the account, so of what matters most in it."""
        account = of(money(50), pool(500, "SMS"), served(True))
        blocked = of(money(50), pool(500, "SMS"), served(False))
        memory = polled(account, blocked)
        assert [(each.moment, each.unit) for each in memory.pending] == [(Moment.EXHAUSTED, "USD")]
        pools = of(pool(500, "SMS"), pool(5, "Email"), served(False))
        assert set(polled(pools).alerts) == {"balance_sms", "balance_email"}

    def test_a_memory_of_0_1_0(self) -> None:
        """Its threshold was for the money that all its accounts had, or for their one pool."""
        for balance in (money(50), money(50, "CNY", "CNY"), pool(50)):
            data = polled(of(balance)).as_dict()
            del data["main"]
            memory = Memory.from_dict(data)
            assert memory.main == "balance"
            assert told(polled(of(replace(balance, value=Decimal(9))), memory=memory)) == [
                Moment.BECAME_LOW
            ]

    def test_each_balance_has_its_own_top_ups(self) -> None:
        """Of one account, several may be topped up at once."""
        before = of(money(50, "USD", "USD"), money(50, "CNY", "CNY"))
        after = of(money(60, "USD", "USD"), money(80, "CNY", "CNY"))
        memory = polled(before, after)
        amounts = {each.scope: each.amount for each in memory.pending}
        assert amounts == {"USD": Decimal(10), "CNY": Decimal(30)}

    def test_other_amounts_are_not_balances(self) -> None:
        """What was used is nothing to warn of."""
        memory = polled(of(money(50), Reading(kind=USED, value=Decimal(0), unit="USD")))
        assert list(memory.ledgers) == ["balance"]
        assert memory.alerts == {"balance": frozenset()}

    def test_an_account_holds_what_any_of_its_purses_holds(self) -> None:
        """Unknown only if there never was a balance."""
        account = of(pool(500, "SMS"), pool(0, "Email"))
        state = state_of(polled(of(pool(500, "SMS"), pool(5, "Email")), account), account)
        held = [state.holds(alert) for alert in (LOW, RUNNING_OUT, EXHAUSTED)]
        assert held == [True, False, True]
        nothing = of(pool(None))
        assert state_of(polled(nothing), nothing).holds(LOW) is None

    def test_it_is_running_out_only_if_no_currency_lasts(self) -> None:
        """Credit that nobody touches keeps the account going."""

        def accounts(other: int) -> Iterator[Account]:
            for hour in range(30):
                yield of(money(50 - hour, "USD", "USD"), money(other, "CNY", "CNY"))

        assert told(polled(*accounts(50), limits=A_WEEK, every=HOUR)) == []
        assert told(polled(*accounts(0), limits=A_WEEK, every=HOUR)) == [Moment.RUNNING_OUT]


class TestUnknown:
    """A balance that is not there now has not changed."""

    @pytest.mark.parametrize("gone", [of(), usd(None), of(money(None), pool(None, "SMS"))])
    def test_nothing_is_told_of_it(self, gone: Account) -> None:
        """It is remembered, and gone on with when it returns."""
        before = heard(polled(usd(50), usd(5)))
        away = polled(gone, gone, memory=before, start=START + HOUR)
        assert replace(away, shape=before.shape) == before
        back = polled(usd(4), memory=away, start=START + 2 * HOUR)
        assert told(back) == []
        assert back.ledgers["balance"].spent == 46

    def test_what_changed_meanwhile_is_told_when_it_returns(self) -> None:
        """Low, spent and topped up alike."""
        assert told(polled(usd(50), usd(None), usd(5))) == [Moment.BECAME_LOW]
        assert told(polled(usd(5), usd(None), usd(50)))[1:] == [
            Moment.TOPPED_UP,
            Moment.RECOVERED,
        ]

    def test_it_is_shown_as_it_was(self) -> None:
        """Spend and alerts of an account do not vanish with one odd response."""
        before = polled(usd(50), usd(5))
        state = state_of(polled(of(), memory=before), of())
        assert state.figures["balance"].spent == 45
        assert state.holds(LOW)

    def test_another_unit_begins_anew_and_is_no_top_up(self) -> None:
        """Fifty dollars that become five thousand credits were not paid for."""
        memory = polled(of(money(50)), of(pool(5000)))
        assert told(memory) == []
        ledger = memory.ledgers["balance"]
        assert ledger.unit == "credits"
        assert ledger.balance == 5000
        assert ledger.spent == 0


class TestRenewal:
    """When a period ends, as the provider puts it."""

    def test_the_date_goes_before_the_counter(self) -> None:
        """It is the more exact of the two."""
        counter = Reading(kind=DAYS_UNTIL_RENEWAL, value=Decimal(3))
        date = Reading(kind=RENEWS_AT, value=START + 2 * DAY)
        assert polled(of(pool(5), counter, date)).ledgers["balance"].renews_at == START + 2 * DAY
        assert polled(of(pool(5), counter)).ledgers["balance"].renews_at == START + 4 * DAY
        unknown = replace(date, value=None)
        assert polled(of(pool(5), counter, unknown)).ledgers["balance"].renews_at == START + 4 * DAY
        assert polled(of(pool(5), unknown)).ledgers["balance"].renews_at is None

    def test_a_renewal_of_a_pool_is_that_pools_alone(self) -> None:
        """What one pool is filled up by tells nothing of the others; its own date comes first."""
        daily = Reading(kind=RENEWS_AT, value=START + DAY, scope="DIEM")
        monthly = Reading(kind=RENEWS_AT, value=START + MONTH)
        dollars, pools = money(50, "USD", "USD"), pool(100, "DIEM")
        ledgers = polled(of(dollars, pools, daily)).ledgers
        assert ledgers["balance_diem"].renews_at == START + DAY
        assert ledgers["balance_usd"].renews_at is None
        ledgers = polled(of(dollars, pools, daily, monthly)).ledgers
        assert ledgers["balance_diem"].renews_at == START + DAY
        assert ledgers["balance_usd"].renews_at == START + MONTH

    @pytest.mark.parametrize("days", ["1E+15", "1E+4", "0", "-1", "-1E+15"])
    def test_an_absurd_counter_is_survived(self, days: str) -> None:
        """A poll never fails by the arithmetic of dates."""
        account = of(pool(500), Reading(kind=DAYS_UNTIL_RENEWAL, value=Decimal(days)))
        assert told(polled(account, account)) == []


class TestLimits:
    """A limit that a person moves takes effect at once."""

    def test_low_begins_and_ends_without_a_poll(self) -> None:
        """The figures are those last read."""
        account = usd(50)
        memory = polled(account)
        raised = judge(memory, account, START + MINUTE, Limits(low_balance=Decimal("50.01")))
        assert raised.alerts == {"balance": {LOW}}
        assert told(raised) == [Moment.BECAME_LOW]
        assert raised.pending[0].at == START + MINUTE
        lowered = judge(raised, account, START + 2 * MINUTE, Limits(low_balance=Decimal(50)))
        assert told(lowered) == [Moment.BECAME_LOW, Moment.RECOVERED]
        assert lowered.ledgers == memory.ledgers

    def test_running_out_begins_and_ends_without_a_poll(self) -> None:
        """Also within what it would be held for while limits stay."""
        memory = drained(264, 1, 72, NO_LIMITS)
        account, at = usd(192), START + 72 * HOUR
        begun = judge(memory, account, at, Limits(runway_days=9))
        assert told(begun) == [Moment.RUNNING_OUT]
        over = judge(begun, account, at, Limits(runway_days=7))
        assert over.alerts == {"balance": frozenset()}

    def test_a_limit_taken_away_warns_no_more(self) -> None:
        """Only what is used up needs no limit."""
        account = usd(5)
        memory = judge(polled(account), account, START, NO_LIMITS)
        assert memory.alerts == {"balance": frozenset()}

    def test_a_limit_moved_beyond_what_holds_is_no_news(self) -> None:
        """It was low and stays low."""
        account = usd(5)
        memory = heard(polled(account))
        after = judge(memory, account, START, Limits(low_balance=Decimal(20)))
        assert (after.alerts, after.pending) == (memory.alerts, ())

    def test_the_next_poll_agrees(self) -> None:
        """What a person was told is not taken back by it."""
        account = usd(50)
        wanted = Limits(low_balance=Decimal(60))
        memory = judge(polled(account), account, START, wanted)
        assert polled(account, memory=memory, limits=wanted, start=START + MINUTE) == memory

    def test_a_limit_moved_while_home_assistant_was_down_holds_at_once(self) -> None:
        """What it was judged by before is remembered, and so is what it was not."""
        memory = polled(usd("10.05"), limits=Limits(low_balance=Decimal("10.06")))
        assert memory.alerts == {"balance": {LOW}}
        moved = polled(usd("10.05"), memory=stored(memory), start=START + DAY)
        assert moved.alerts == {"balance": frozenset()}
        unmoved = polled(
            usd("10.07"),
            memory=stored(memory),
            limits=Limits(low_balance=Decimal("10.06")),
            start=START + DAY,
        )
        assert unmoved.alerts == {"balance": {LOW}}

    def test_the_amount_moved_does_not_tell_of_running_out_again(self) -> None:
        """Each limit is one for itself."""
        memory = drained(239, 1, 72)
        assert told(memory) == [Moment.RUNNING_OUT]
        # A day without spend: a little more than a week, so that the alert is only held.
        account, at = usd(167), START + 96 * HOUR
        memory = advance(memory, account, at, A_WEEK)
        assert memory.alerts == {"balance": {RUNNING_OUT}}
        moved = judge(heard(memory), account, at, Limits(runway_days=7.01))
        assert moved.alerts == {"balance": frozenset()}
        memory = judge(memory, account, at, BOTH)
        memory = advance(memory, usd(150), at + HOUR, BOTH)
        assert told(memory) == [Moment.RUNNING_OUT]


class TestUnchanged:
    """A look that finds nothing new changes nothing, so nothing is written."""

    def test_the_memory_is_equal(self) -> None:
        """Nothing goes to the disk."""
        memory = drained(1000, 1, 48)
        at = START + 48 * HOUR
        for minutes in (1, 15, 600):
            assert advance(memory, usd(952), at + minutes * MINUTE, A_WEEK) == memory

    def test_what_is_shown_is_equal_within_an_hour(self) -> None:
        """Nothing goes to the state machine."""
        account = usd(952)
        at = START + 50 * HOUR
        memory = advance(drained(1000, 1, 48), account, at, A_WEEK)
        shown = state_of(memory, account)
        for minutes in (1, 15, 59):
            again = advance(memory, account, at + minutes * MINUTE, A_WEEK)
            assert state_of(again, account) == shown
        later = advance(memory, account, at + HOUR, A_WEEK)
        assert state_of(later, account) != shown

    def test_the_state_is_of_the_account(self) -> None:
        """All that entities show is in it."""
        account = usd(73)
        state = state_of(drained(100, 1, 27), account)
        assert isinstance(state, AccountState)
        assert state.account is account
        figures = state.figures["balance"]
        assert figures.spent == 27
        assert figures.burn_rate == pytest.approx(24)
        assert figures.days_left == 3.0
        assert figures.runs_out
        assert abs(figures.runs_out - (START + 100 * HOUR)) <= MINUTE
        assert state.holds(RUNNING_OUT)


@dataclass(frozen=True, kw_only=True)
class Step:
    """A poll, and what happens after it."""

    gap: timedelta
    balance: Decimal | None
    blocked: bool
    then: str


def steps(gaps: st.SearchStrategy[timedelta]) -> st.SearchStrategy[list[Step]]:
    """Return polls of a balance that falls, rises and stays, with mishaps between."""
    return st.lists(
        st.builds(
            Step,
            gap=gaps,
            balance=st.sampled_from(
                [None, *map(Decimal, ("-3", "0", "0.01", "9.99", "10", "10.5", "60", "400"))]
            ),
            blocked=st.sampled_from([False, False, False, True]),
            then=st.sampled_from(["on", "on", "tell", "restart", "crash", "crash"]),
        ),
        min_size=1,
        max_size=25,
    )


FORWARD: Final = st.one_of(st.integers(1, 120), st.integers(1, 45 * 1440)).map(
    lambda minutes: minutes * MINUTE
)
BACK: Final = st.integers(-4000 * 1440, 0).map(lambda minutes: minutes * MINUTE)


def told_by(series: Sequence[Step], limits: Limits, *, mishaps: bool) -> list[Announcement]:
    """Return all that is told: a memory is written if it changed, and a crash loses the rest."""
    told: list[Announcement] = []
    memory = written = Memory()
    at = START
    for step in series:
        at += step.gap
        before = memory
        memory = advance(memory, usd(step.balance, blocked=step.blocked), at, limits)
        if memory != before:
            written = memory
        if step.then == "tell":
            told += memory.pending
            memory = written = heard(memory)
        if mishaps and step.then == "restart":
            memory = written = stored(memory)
        if mishaps and step.then == "crash":
            memory = stored(written)
    return told + list(memory.pending)


class TestExactlyOnce:
    """What is told is the same whether or not Home Assistant was restarted or crashed."""

    @SPECIFIED
    @given(steps(st.one_of(FORWARD, FORWARD, BACK)))
    def test_of_balances(self, series: list[Step]) -> None:
        """Low, exhausted, recovered and topped up, wherever the clock goes."""
        expected = told_by(series, BELOW_10, mishaps=False)
        assert told_by(series, BELOW_10, mishaps=True) == expected

    @SPECIFIED
    @given(steps(FORWARD))
    def test_of_running_out_over_restarts(self, series: list[Step]) -> None:
        """A restart writes all, so that the estimate goes on as it was."""
        series = [replace(step, then=step.then.replace("crash", "restart")) for step in series]
        assert told_by(series, BOTH, mishaps=True) == told_by(series, BOTH, mishaps=False)

    @SPECIFIED
    @given(steps(FORWARD))
    @example(
        [
            Step(gap=POLL, balance=Decimal(10_000), blocked=False, then="on"),
            Step(gap=DAY, balance=Decimal(9_990), blocked=False, then="on"),
            Step(gap=40 * DAY, balance=Decimal(9_990), blocked=False, then="on"),
            Step(gap=10 * DAY, balance=Decimal(9_990), blocked=False, then="crash"),
            Step(gap=POLL, balance=Decimal(500), blocked=False, then="on"),
        ]
    )
    def test_of_running_out_over_crashes(self, series: list[Step]) -> None:
        """Quiet looks that were not written make no difference to what is told."""
        assert told_by(series, BOTH, mishaps=True) == told_by(series, BOTH, mishaps=False)

    @SPECIFIED
    @given(steps(FORWARD))
    def test_alerts_follow_from_what_was_told(self, series: list[Step]) -> None:
        """An automation that counts begins and ends has the alerts that hold."""
        low = exhausted = False
        memory = Memory()
        at = START
        for step in series:
            at += step.gap
            memory = heard(
                after := advance(memory, usd(step.balance, blocked=step.blocked), at, BELOW_10)
            )
            for moment in told(after):
                if moment is Moment.RECOVERED:
                    assert low or exhausted
                    low = exhausted = False
                elif moment is Moment.BECAME_LOW:
                    assert not low
                    low = True
                elif moment is Moment.EXHAUSTED:
                    exhausted = True
            held = memory.alerts.get("balance", frozenset())
            # That exhausted has become merely low, or blocked is over but low, is not told.
            if low and not exhausted:
                assert LOW in held or EXHAUSTED in held
            low, exhausted = LOW in held, EXHAUSTED in held


JSON: Final = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**63), 2**64 - 1),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=5),
        st.sampled_from(
            ["NaN", "sNaN", "-Infinity", "1E+999999", "2026-01-01", "9999-12-31T23:59:59", "low"]
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(
                st.text(max_size=3),
                st.sampled_from(["ledgers", "alerts", "pending", "balance", "top_up", "unit"]),
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=8,
)


def whole() -> dict[str, Any]:
    """Return a memory as it is stored, with something everywhere."""
    account = of(pool(100), Reading(kind=RENEWS_AT, value=START + MONTH))
    lower = of(pool(5), Reading(kind=RENEWS_AT, value=START + MONTH))
    limits = replace(BELOW_10, low_balances={"balance_sms": Decimal(5)})
    memory = polled(account, lower, account, lower, limits=limits, every=27 * HOUR)
    memory = miss(memory, START + 5 * DAY, refused=True, after=DAY)
    memory = replace(memory, notes={"settled": "1.50"})
    data: dict[str, Any] = json.loads(json.dumps(memory.as_dict()))
    return data


def places(data: Any) -> list[tuple[str | int, ...]]:
    """Return the paths to everything in a JSON value."""
    children = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    return [(), *((key, *rest) for key, child in children for rest in places(child))]


def damaged(place: Sequence[str | int], value: Any) -> Any:
    """Return a stored memory with something else in one place."""
    if not place:
        return value
    data = whole()
    inner: Any = data
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    return data


PLACES: Final = places(whole())
SINCE_0_1_0: Final = {
    "squares",
    "undo",
    "shown",
    "limits",
    "unread",
    "shape",
    "low_balance",
    "days_left",
    "main",
    "settled",
    "below_since",
    "notes",
}
"""What files of version 0.1.0 do not have."""


class TestDamaged:
    """A file that was damaged, or edited by hand, is refused or can be worked with."""

    @SPECIFIED
    @given(JSON)
    def test_nonsense_is_refused_as_documented(self, data: Any) -> None:
        """Whatever is in the file, what is raised is one of a few errors."""
        with suppress(*DOCUMENTED):
            Memory.from_dict(data)

    @settings(SPECIFIED, max_examples=200)
    @given(st.sampled_from(PLACES), JSON)
    def test_damage_is_refused_as_documented(
        self, place: tuple[str | int, ...], value: Any
    ) -> None:
        """One wrong value anywhere in a whole file included."""
        with suppress(*DOCUMENTED):
            Memory.from_dict(damaged(place, value))

    @pytest.mark.parametrize("place", PLACES[1:], ids=lambda place: ".".join(map(str, place)))
    def test_what_is_missing_is_refused(self, place: tuple[str | int, ...]) -> None:
        """Unless it is an item of a collection, each name is needed."""
        data = whole()
        inner: Any = data
        for key in place[:-1]:
            inner = inner[key]
        del inner[place[-1]]
        if (
            place[:-1]
            in {
                ("ledgers",),
                ("alerts",),
                ("pending",),
                ("alerts", "balance"),
                ("shape",),
                ("limits", "low_balances"),
            }
            or (place[-1] in SINCE_0_1_0 and place[0] != "limits")
            or place == ("limits",)
        ):
            assert stored(Memory.from_dict(data)) == Memory.from_dict(data)
        else:
            with pytest.raises((KeyError, TypeError)):
                Memory.from_dict(data)

    @pytest.mark.parametrize(
        ("place", "value"),
        [
            ("balance", "NaN"),
            ("balance", "-Infinity"),
            ("spent", "Infinity"),
            ("spent", "NaN"),
            ("changed_at", "2026-03-01T00:00:00"),
            ("seen_at", "2026-03-01"),
            ("seen_at", "9999-12-31T23:59:59+00:00"),
            ("renews_at", ""),
            ("renews_at", "2026-03-01T00:00:00"),
            ("spend", "nan"),
            ("spend", 1e101),
            ("spend", 1e-320),
            ("time", 1e-320),
            ("time", 1e99),
            ("squares", 1e99),
            ("squares", "inf"),
            ("today", 1e99),
            ("today", -1),
            ("spend", -1),
            ("time", "inf"),
            ("time", -30000),
        ],
    )
    def test_what_is_accepted_can_be_worked_with(self, place: str, value: Any) -> None:
        """It gives figures that are finite, and never fails a poll from then on."""
        data = damaged(("ledgers", "balance", place), value)
        try:
            damaged_memory = Memory.from_dict(data)
        except DOCUMENTED:
            return
        for balance in (4, 5, 600):
            account = of(pool(balance), Reading(kind=RENEWS_AT, value=START + MONTH))
            memory = heard(damaged_memory)
            for count in range(1, 4):
                memory = advance(memory, account, START + count * DAY, BOTH)
                figures = state_of(memory, account).figures["balance"]
                assert figures.spent.is_finite()
                assert figures.burn_rate is None or 0 <= figures.burn_rate < 10**9
                assert all(isfinite(each.figures["amount"] or 0) for each in memory.pending)
                assert figures.days_left is None or isfinite(figures.days_left)
                assert stored(memory) == memory

    def test_an_empty_memory_is_one(self) -> None:
        """An account that has never been read."""
        assert stored(Memory()) == Memory()

    def test_a_whole_one_comes_back_whole(self) -> None:
        """Nothing is lost, so that the damage above is all there is."""
        assert Memory.from_dict(whole()).as_dict() == whole()


class TestTakenOver:
    """Files of version 0.1.0 are gone on with."""

    @staticmethod
    def of_0_1_0(name: str) -> Memory:
        """Return the memory in a file that version 0.1.0 has written."""
        path = Path(__file__).parent / "fixtures" / "0.1.0" / f"{name}.json"
        return Memory.from_dict(json.loads(path.read_text("utf-8"))["data"])

    @pytest.mark.parametrize(
        ("name", "key", "spent", "rate", "days_left"),
        [
            # Rates and dates are those that version 0.1.0 gave for the file it wrote.
            ("one_currency", "balance", "53.7414", 4.9992, 15.3),
            ("two_currencies", "balance_usd", "7.45", 1.2, 43.8),
            ("two_currencies", "balance_cny", "0", 0, None),
            ("renewing_plan", "balance", "1176", 168, 3.9),
            ("alerts_held", "balance", "20.75", 6, 1.5),
            ("pending", "balance", "50.5", None, None),
        ],
    )
    def test_the_rate_goes_on_without_a_jump(
        self, name: str, key: str, spent: str, rate: float | None, days_left: float | None
    ) -> None:
        """At once, and after an hour of the same spend."""
        memory = self.of_0_1_0(name)
        ledger = memory.ledgers[key]
        assert ledger.spent == Decimal(spent)
        assert burn_rate(ledger) == pytest.approx(rate)
        assert cautious_rate(ledger) == pytest.approx(rate)
        assert figures_of(ledger).days_left == days_left
        if rate:
            hour = Observation(
                balance=ledger.balance - Decimal(rate) / 24,
                unit=ledger.unit,
                at=ledger.seen_at + HOUR,
                renews_at=ledger.renews_at,
            )
            after = observe(ledger, hour)
            assert burn_rate(after) == pytest.approx(rate, rel=1e-3)
            assert cautious_rate(after) == pytest.approx(rate, rel=1e-3)

    @pytest.mark.parametrize(
        ("name", "alerts"),
        [
            ("one_currency", set()),
            ("two_currencies", set()),
            ("renewing_plan", {RUNNING_OUT}),
            ("alerts_held", {LOW, RUNNING_OUT}),
            ("pending", set()),
        ],
    )
    def test_alerts_and_what_is_to_be_told_are_kept(self, name: str, alerts: set[Alert]) -> None:
        """What held holds and is not told again; what was not told still is."""
        memory = self.of_0_1_0(name)
        assert set(memory.alerts["balance"]) == alerts
        readings = [
            money(ledger.balance, ledger.unit or "", key.partition("_")[2].upper() or None)
            for key, ledger in memory.ledgers.items()
        ]
        at = max(ledger.seen_at for ledger in memory.ledgers.values()) + POLL
        after = advance(memory, of(*readings), at, BOTH)
        assert after.pending == memory.pending
        assert set(after.alerts["balance"]) == alerts
        assert stored(after) == after

    def test_the_pending_ones_are_whole(self) -> None:
        """With the figures that version 0.1.0 knew."""
        memory = self.of_0_1_0("pending")
        assert told(memory) == [
            Moment.BECAME_LOW,
            Moment.EXHAUSTED,
            Moment.TOPPED_UP,
            Moment.RECOVERED,
        ]
        assert memory.pending[2].amount == 31
        assert memory.pending[0].low_balance is None


class TestUnread:
    """That an account cannot be read is told once, and so is that it can be read again."""

    AFTER: Final = timedelta(hours=24)

    def missed(
        self, *times: timedelta, memory: Memory | None = None, refused: bool = False
    ) -> Memory:
        """Return the memory after polls that failed, at these times after the start."""
        memory = memory or heard(polled(usd(50)))
        for time in times:
            memory = stored(miss(memory, START + time, refused=refused, after=self.AFTER))
        return memory

    def test_a_key_that_is_refused_is_told_at_once(self) -> None:
        """And once."""
        memory = self.missed(POLL, 2 * POLL, refused=True)
        assert told(memory) == [Moment.UNREADABLE]
        assert memory.is_unreadable
        assert (memory.pending[0].at, memory.pending[0].balance) == (START + POLL, None)

    def test_an_outage_is_told_after_a_day(self) -> None:
        """Whatever the pauses between polls."""
        hours = [number * HOUR for number in range(1, 26)]
        assert told(self.missed(*hours[:-1])) == []
        memory = self.missed(*hours)
        assert told(memory) == [Moment.UNREADABLE]
        assert told(self.missed(26 * HOUR, 80 * HOUR, memory=heard(memory))) == []

    def test_a_key_that_is_refused_during_an_outage_is_told_at_once(self) -> None:
        """It will not get better by itself."""
        memory = self.missed(3 * HOUR, refused=True, memory=self.missed(POLL, HOUR))
        assert told(memory) == [Moment.UNREADABLE]

    @pytest.mark.parametrize("jump", [-4000 * DAY, -DAY, DAY, 4000 * DAY])
    def test_never_for_one_poll(self, jump: timedelta) -> None:
        """Nor for two, however the clock has jumped between them."""
        assert told(self.missed(DAY + POLL)) == []
        assert told(self.missed(POLL, jump)) == []

    @pytest.mark.parametrize("jump", [-4000 * DAY, 4000 * DAY])
    def test_a_clock_that_jumps_delays_it_at_most(self, jump: timedelta) -> None:
        """A day of failed polls after it is a day."""
        hours = [jump + number * HOUR for number in range(26)]
        assert told(self.missed(POLL, *hours)) == [Moment.UNREADABLE]

    def test_a_poll_that_works_ends_it(self) -> None:
        """It is told that it does if it was told that it did not."""
        memory = heard(self.missed(POLL, refused=True))
        back = polled(usd(50), memory=memory, start=START + DAY)
        assert told(back) == [Moment.READABLE]
        assert not back.is_unreadable
        assert told(polled(usd(50), memory=heard(back), start=START + 2 * DAY)) == []

    def test_short_outages_do_not_add_up(self) -> None:
        """Each begins anew, and nothing is told of its end."""
        memory = heard(polled(usd(50)))
        for day in range(10):
            memory = self.missed(day * DAY + HOUR, day * DAY + 13 * HOUR, memory=memory)
            memory = look(memory, usd(50), START + day * DAY + 14 * HOUR)
        assert told(memory) == []

    def test_it_is_of_the_account_and_not_of_a_purse(self) -> None:
        """Alerts of balances hold on as they were."""
        memory = miss(polled(usd(5)), START + POLL, refused=True, after=self.AFTER)
        assert memory.alerts == {"balance": {LOW}}
        assert memory.is_unreadable
        assert told(memory) == [Moment.BECAME_LOW, Moment.UNREADABLE]


class TestAcknowledged:
    """What was acted on need not be told again."""

    def test_only_what_was(self) -> None:
        """In any order, also what is not there any more."""
        memory = polled(usd(50), usd(9), usd(0), usd(60))
        low, exhausted, topped_up, recovered = memory.pending
        after = acknowledge(stored(memory), [topped_up, low])
        assert after.pending == (exhausted, recovered)
        assert acknowledge(after, [low]) == after


class TestDefects:
    """What version 0.1.0 judged wrongly."""

    def test_small_change_of_another_currency_silences_nothing(self) -> None:
        """USD 50 run dry beside CNY 0.03 that nobody spends."""
        memory = Memory()
        for hour in range(101):
            account = of(money(50 - Decimal(hour) / 2, "USD", "USD"), money("0.03", "CNY", "CNY"))
            memory = advance(memory, account, START + hour * HOUR, BOTH)
        assert told(memory) == [Moment.RUNNING_OUT, Moment.BECAME_LOW, Moment.EXHAUSTED]
        assert {each.scope for each in memory.pending} == {"USD"}

    @pytest.mark.parametrize("ahead", [2 * DAY, 4000 * DAY])
    def test_a_clock_that_was_ahead_silences_nothing(self, ahead: timedelta) -> None:
        """A pool that was last seen then is gone; the others go on."""
        sms, mail = pool(500, "SMS"), pool(50, "Email")
        memory = polled(of(sms, mail), of(sms, mail), every=ahead)
        memory = polled(of(pool(5, "SMS")), memory=memory, start=START + HOUR)
        assert told(memory) == [Moment.BECAME_LOW]
        for day in (1, 2):
            memory = polled(of(pool(5, "SMS")), memory=memory, start=START + day * DAY + 2 * HOUR)
        assert list(memory.alerts) == ["balance_sms"]

    def test_a_pool_that_renews_in_time_is_never_warned_of(self) -> None:
        """900 of 1000 are used each month."""
        memory = Memory()
        for hour in range(24 * 90):
            month, since = divmod(hour, 720)
            renews_at = START + (month + 1) * MONTH
            account = of(pool(1000 - int(since * 1.25)), Reading(kind=RENEWS_AT, value=renews_at))
            memory = advance(memory, account, START + hour * HOUR, A_WEEK)
        assert told(memory) == []

    def test_a_pool_that_does_not_last_is_warned_of(self) -> None:
        """1500 would be used in a month."""
        memory = Memory()
        for hour in range(24 * 19):
            account = of(pool(1000 - int(hour * 2.1)), Reading(kind=RENEWS_AT, value=START + MONTH))
            memory = advance(memory, account, START + hour * HOUR, A_WEEK)
        assert told(memory) == [Moment.RUNNING_OUT]

    def test_an_alert_does_not_outlive_a_top_up(self) -> None:
        """A hundred at ten a day, topped up to 80: the next end is told of as well."""
        memory = drained(240, 1, 220)
        assert told(memory) == [Moment.RUNNING_OUT]
        balances = [20 + 160 - hour for hour in range(60)]
        memory = polled(
            *map(usd, balances),
            limits=A_WEEK,
            every=HOUR,
            memory=heard(memory),
            start=START + 221 * HOUR,
        )
        assert told(memory) == [Moment.TOPPED_UP, Moment.RUNNING_OUT]

    def test_a_balance_that_wavers_is_told_once(self) -> None:
        """19.99 and 20.00 in turn, every half hour of 20 hours."""
        wanted = Limits(low_balance=Decimal(20))
        memory = polled(*map(usd, ["20.00", "19.99"] * 20), limits=wanted, every=30 * MINUTE)
        assert told(memory) == [Moment.BECAME_LOW]
        assert told(polled(usd(20.5), memory=memory, limits=wanted, start=START + DAY)) == [
            Moment.BECAME_LOW,
            Moment.RECOVERED,
        ]

    def test_a_wrong_reading_leaves_nothing_behind(self) -> None:
        """80, 1.5, 80: it was low and it recovered, and all is as before."""
        before = heard(drained(100, 1, 20, BOTH))
        at = START + 20 * HOUR
        wrong = advance(before, usd("1.5"), at + POLL, BOTH)
        assert wrong.alerts["balance"] == {LOW, RUNNING_OUT}
        after = advance(wrong, usd(80), at + 2 * POLL, BOTH)
        assert told(after) == [Moment.BECAME_LOW, Moment.RUNNING_OUT, Moment.RECOVERED]
        assert after.alerts == before.alerts
        figures = state_of(after, usd(80)).figures["balance"]
        assert figures.spent == 20
        assert figures.burn_rate == pytest.approx(24, rel=0.03)
        assert after.ledgers["balance"].top_up is None

    def test_what_is_gone_is_forgotten(self) -> None:
        """After three months in which the others were there."""
        memory = polled(of(pool(500, "SMS"), pool(50, "Email")))
        for day in range(1, 95):
            memory = polled(of(pool(500, "SMS")), memory=stored(memory), start=START + day * DAY)
            assert ("balance_email" in memory.ledgers) is (day <= 90)

    def test_what_nobody_looked_for_is_not_forgotten(self) -> None:
        """Neither a year without polls, nor a clock that is ahead, makes a balance go away."""
        both = of(pool(500, "SMS"), pool(50, "Email"))
        memory = polled(both)
        for at in (START + 365 * DAY, START + 4000 * DAY, START + 400 * DAY, START + 410 * DAY):
            memory = polled(of(pool(400, "SMS")), of(), memory=memory, start=at)
        back = polled(
            of(pool(400, "SMS"), pool(30, "Email")), memory=memory, start=START + 411 * DAY
        )
        assert back.ledgers["balance_email"].spent == 20


@SPECIFIED
@given(
    st.lists(
        st.tuples(
            st.one_of(FORWARD, BACK, st.just(timedelta(0))),
            st.sampled_from(["1E-9", "1E-3", "0", "-1E+14", "-0.01", "1", "80", "1E+14"]),
            st.sampled_from(["USD", "CNY", "credits", "", None]),
            st.sampled_from([None, -5, 3, 4000]),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_nonsense_raises_nothing(
    looks: list[tuple[timedelta, str, str | None, int | None]],
) -> None:
    """Clocks years off, units that change, debts, specks and fortunes; and all can be kept."""
    memory, at = Memory(), START + 5000 * DAY
    for gap, balance, unit, renews in looks:
        at += gap
        readings = [Reading(kind=BALANCE, value=Decimal(balance), unit=unit)]
        if renews is not None:
            readings.append(Reading(kind=RENEWS_AT, value=at + renews * DAY))
        account = of(*readings)
        memory = advance(memory, account, at, BOTH)
        assert stored(memory) == memory
        assert stored(memory).as_dict() == memory.as_dict()
        for figures in state_of(memory, account).figures.values():
            assert figures.burn_rate is None or isfinite(figures.burn_rate)
            assert figures.days_left is None or 0 <= figures.days_left <= 3650
            assert (figures.runs_out is None) is (figures.unknown is not None)
        again = advance(memory, account, at, BOTH)
        assert again == memory
        memory = miss(memory, at, refused=False, after=DAY)
