"""Ways to foresee that a balance runs out: ours, what ours was, and what people do without."""

from abc import ABC, abstractmethod
from collections import deque
from datetime import datetime, timedelta
from decimal import Decimal
from math import exp, expm1
from typing import Final, override

from custom_components.api_credits.alerts import Alert, Limits, Moment
from custom_components.api_credits.ledger import runs_out
from custom_components.api_credits.memory import acknowledge, advance, look
from custom_components.api_credits.readings import BALANCE, RENEWS_AT, Account, Reading
from custom_components.api_credits.records import Memory

from .accounts import Life, Poll

LIMIT: Final = 7.0
"""Days: the limit for which all are asked."""
DAY: Final = timedelta(days=1)


class Method(ABC):
    """One way, in the life of one account. It is asked after each poll."""

    def __init__(self, life: Life) -> None:
        """Know nothing yet."""
        self.life = life
        self.alert = False
        self.told = False
        """Whether something was told of the last poll."""

    @abstractmethod
    def poll(self, poll: Poll) -> None:
        """Look at what a poll was answered."""

    @abstractmethod
    def date(self) -> datetime | None:
        """Return when the balance runs out, as it is known now."""

    def judge(self, days: float | None, ends_at: float = LIMIT) -> None:
        """Tell of a runway that is below the limit; `ends_at` is where the alert ends."""
        if days is not None:
            before = self.alert
            self.alert = days < (ends_at if before else LIMIT)
            self.told = self.alert and not before
        else:
            self.alert = self.told = False


class Ours(Method):
    """What is shipped: each poll goes the way that the coordinator takes."""

    def __init__(self, life: Life) -> None:
        """Begin with an empty memory."""
        super().__init__(life)
        self._memory = Memory()
        self._limits = Limits(runway_days=LIMIT)
        self._hour: datetime | None = None
        self._last: tuple[float, datetime | None] | None = None
        self._unit = "USD" if not life.pattern.renews else "credits"

    @override
    def poll(self, poll: Poll) -> None:
        last, hour = (poll.balance, poll.renews_at), poll.at.replace(minute=0)
        account = self._account(poll)
        if last == self._last and hour == self._hour:
            self._memory = look(self._memory, account, poll.at)
            self.told = False
            return
        self._last, self._hour = last, hour
        memory = advance(self._memory, account, poll.at, self._limits)
        self.told = any(each.moment is Moment.RUNNING_OUT for each in memory.pending)
        self.alert = any(Alert.RUNNING_OUT in held for held in memory.alerts.values())
        self._memory = acknowledge(memory, memory.pending)

    @override
    def date(self) -> datetime | None:
        return runs_out(next(iter(self._memory.ledgers.values())))

    def _account(self, poll: Poll) -> Account:
        scope = "USD" if self.life.pattern.other_currency else None
        # To six digits, as providers have them.
        balance = Decimal(f"{poll.balance:.6f}")
        readings = [Reading(kind=BALANCE, value=balance, unit=self._unit, scope=scope)]
        if self.life.pattern.other_currency:
            other = Decimal("0.03")
            readings.append(Reading(kind=BALANCE, value=other, unit="CNY", scope="CNY"))
        if poll.renews_at:
            readings.append(Reading(kind=RENEWS_AT, value=poll.renews_at))
        return Account(readings={reading.key: reading for reading in readings})


class Frozen(Method):
    """Version 0.1.0: τ of three days, an alert that ends at 1.25 times its limit."""

    TAU: Final = 3 * 86_400.0

    def __init__(self, life: Life) -> None:
        """Know nothing yet."""
        super().__init__(life)
        self._before: Poll | None = None
        self._changed_at = self._as_of = life.polls[0].at
        self._spend = self._time = 0.0
        self._left: float | None = None

    @override
    def poll(self, poll: Poll) -> None:
        before, self._before = self._before, poll
        if before is None:
            self._changed_at = poll.at
        elif poll.balance < before.balance and not poll.filled:
            elapsed = (poll.at - self._changed_at).total_seconds()
            self._spend, self._time = self._folded(poll.at)
            self._spend += (before.balance - poll.balance) * self._weight(elapsed) / elapsed
            self._changed_at = poll.at
        elif poll.balance != before.balance:
            self._spend, self._time = self._folded(self._as_of)
            self._changed_at = poll.at
        self._as_of = max(self._changed_at, poll.at.replace(minute=0))
        spend, time = self._folded(self._as_of)
        rate = spend / time * 86_400 if time >= self._weight(6 * 3600) else None
        self._left = poll.balance / rate if rate and poll.balance > 0 else None
        if self.life.pattern.other_currency:
            # What nobody spends kept the account going.
            self._left = None
        if poll.balance > 0 or not self.alert:
            self.judge(self._left, LIMIT * 1.25)
        else:
            self.told = False

    @override
    def date(self) -> datetime | None:
        return None if self._left is None else self._as_of + timedelta(days=min(self._left, 3650))

    def _folded(self, until: datetime) -> tuple[float, float]:
        elapsed = max((until - self._changed_at).total_seconds(), 0.0)
        decay = exp(-elapsed / self.TAU)
        return self._spend * decay, self._time * decay + self._weight(elapsed)

    def _weight(self, elapsed: float) -> float:
        return -self.TAU * expm1(-elapsed / self.TAU)


class Linear(Method):
    """A derivative over the last seven days, compared with a number."""

    def __init__(self, life: Life) -> None:
        """Know nothing yet."""
        super().__init__(life)
        self._falls: deque[tuple[datetime, float]] = deque()
        self._sum = 0.0
        self._before: Poll | None = None
        self._first: datetime | None = None
        self._date: datetime | None = None

    @override
    def poll(self, poll: Poll) -> None:
        self._first = self._first or poll.at
        if self._before and poll.balance < self._before.balance and not poll.filled:
            self._falls.append((poll.at, self._before.balance - poll.balance))
            self._sum += self._falls[-1][1]
        while self._falls and self._falls[0][0] <= poll.at - 7 * DAY:
            self._sum -= self._falls.popleft()[1]
        self._before = poll
        seen = min((poll.at - self._first) / DAY, 7.0)
        days = None
        if seen >= 0.25 and self._falls and poll.balance > 0:
            days = poll.balance / (self._sum / seen)
        self._date = None if days is None else poll.at + timedelta(days=min(days, 3650))
        if poll.balance > 0 or not self.alert:
            self.judge(days)
        else:
            self.told = False

    @override
    def date(self) -> datetime | None:
        return self._date


class Threshold(Method):
    """`numeric_state` below a fifth of what the account is usually filled up to."""

    @override
    def poll(self, poll: Poll) -> None:
        before, self.alert = self.alert, poll.balance < self.life.full / 5
        self.told = self.alert and not before

    @override
    def date(self) -> datetime | None:
        return None


class Oracle(Method):
    """Knows what the account is like, though not what will happen to it, and is wary."""

    def __init__(self, life: Life) -> None:
        """Know all that can be known."""
        super().__init__(life)
        self._date: datetime | None = None

    @override
    def poll(self, poll: Poll) -> None:
        self._date = self.life.foreseen(poll.at, poll.balance)
        days = None if self._date is None else (self._date - poll.at) / DAY
        if poll.filled:
            self.alert = False
        if self._date and poll.renews_at and poll.renews_at <= self._date and not self.alert:
            days = None
        if poll.balance > 0 or not self.alert:
            self.judge(None if days is None else days / 1.1, LIMIT * 1.5)
        else:
            self.told = False

    @override
    def date(self) -> datetime | None:
        return self._date


METHODS: Final[dict[str, type[Method]]] = {
    "API Credits": Ours,
    "version 0.1.0": Frozen,
    "linear over 7 days": Linear,
    "numeric_state": Threshold,
    "oracle": Oracle,
}
