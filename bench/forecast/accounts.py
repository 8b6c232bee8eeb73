"""An account's life: what polls are answered, and when each drain ends."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Final

from .patterns import STEPS_A_DAY, Pattern

START: Final = datetime(2026, 1, 5, tzinfo=UTC)
STEP: Final = timedelta(days=1) / STEPS_A_DAY
LIVES: Final = 6
"""How many other lives of an account the oracle has seen."""
AHEAD: Final = 60
"""How many days beyond the end of an account the oracle sees."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Poll:
    """What a poll is answered; `filled` is whether a drain begins with it."""

    at: datetime
    balance: float
    renews_at: datetime | None
    filled: bool


@dataclass(frozen=True, kw_only=True)
class Life:
    """The polls of an account, when its drains ended, and what was to be expected of its spend."""

    pattern: Pattern
    full: float
    polls: list[Poll]
    ends: list[tuple[datetime, datetime]] = field(default_factory=list)
    """Beginning and end of each drain that was one."""
    expected: list[float] = field(default_factory=list)
    """What is spent until each half hour, on average over other lives of the account."""

    def foreseen(self, at: datetime, balance: float) -> datetime | None:
        """Return when the balance runs out, as far as the account's nature says."""
        now = min(int((at - START) / STEP), len(self.expected) - 1)
        end = bisect_left(self.expected, self.expected[now] + balance)
        return START + end * STEP if end < len(self.expected) else None


def live(pattern: Pattern, seed: str, days: int) -> Life:
    """Live through an account.

    It is filled up some hours after it has run out, or as its period begins.
    """
    spend = list(pattern.spend(Random(seed), Random(f"{seed} life"), days))
    others = [
        list(pattern.spend(Random(seed), Random(f"{seed} {n}"), days + AHEAD)) for n in range(LIVES)
    ]
    dice = Random(f"{seed} account")
    ahead = [sum(step) / LIVES for step in zip(*others, strict=True)]
    a_day = sum(ahead) / (days + AHEAD)
    lasts = dice.uniform(12, 32)
    full = a_day * lasts
    if pattern.renews:
        full = a_day * pattern.renews * pattern.share
    life = Life(pattern=pattern, full=full, polls=[], expected=[0.0, *accumulate(ahead)])
    life.polls.extend(_polls(life, spend, pattern.step * a_day, dice))
    return life


def _polls(life: Life, spend: list[float], smallest: float, dice: Random) -> Iterator[Poll]:
    """Yield what each poll is answered, and note when drains end."""
    pattern, at = life.pattern, START + timedelta(minutes=dice.randrange(60 * 24))
    balance = shown = full = life.full
    began, empty_for, filled = at, 0, True
    renews_at = at + timedelta(days=dice.randrange(3, 30)) if pattern.renews else None
    for number, spent in enumerate(spend):
        if balance > 0 >= balance - spent:
            life.ends.append((began, at))
            empty_for = dice.randrange(4, 60)
        balance = max(balance - spent, 0.0)
        if renews_at and at >= renews_at:
            renews_at += timedelta(days=pattern.renews)
            balance, began, filled = full, at, True
        elif balance <= 0 and not pattern.renews:
            empty_for -= 1
            if empty_for < 0:
                balance, began, filled = full * dice.uniform(0.8, 1.2), at, True
        if filled or balance <= 0 or number % pattern.booked == 0:
            shown = round(balance / smallest) * smallest if smallest else balance
            shown = shown if balance > 0 else 0.0
        yield Poll(at=at, balance=shown, renews_at=renews_at, filled=filled)
        filled = False
        at += STEP
