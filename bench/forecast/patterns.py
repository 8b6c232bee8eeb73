"""Ways in which accounts are spent from: the spend of each half hour, made up but realistic.

A pattern is given two dice: the first is thrown for what an account is like, the second for what
happens to it. So the same account can be lived through several times. What it returns is in no
unit: it is scaled so that a drain takes some weeks.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import sin, tau
from random import Random
from typing import Final

STEPS_A_DAY: Final = 48

type Spend = Callable[[Random, Random, int], Iterator[float]]
"""The spend of each half hour, for so many days."""


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """A way to spend, and what the provider makes of it.

    `step` is the smallest that is booked, as a part of a day's mean spend, `booked` how many half
    hours are booked at once. A pool `renews` every so many days and holds `share` of what is used
    by then. `tuned` is whether the method was chosen while looking at it.
    """

    spend: Spend
    tuned: bool = True
    step: float = 0.0
    booked: int = 1
    renews: int = 0
    share: float = 1.0
    other_currency: bool = False


def _times(days: int) -> Iterator[tuple[int, float]]:
    """Yield day and hour of each half hour."""
    for step in range(days * STEPS_A_DAY):
        yield step // STEPS_A_DAY, step % STEPS_A_DAY / 2


def steady(_: Random, __: Random, days: int) -> Iterator[float]:
    """Run a server."""
    yield from [1.0] * days * STEPS_A_DAY


def noisy(like: Random, dice: Random, days: int) -> Iterator[float]:
    """Serve more in one half hour than in the next."""
    spread = like.uniform(0.3, 1.0)
    for _ in _times(days):
        yield dice.lognormvariate(0, spread)


def office(like: Random, dice: Random, days: int) -> Iterator[float]:
    """Work from eight to six, and not at weekends."""
    first = like.randrange(7)
    for day, hour in _times(days):
        works = (day + first) % 7 < 5 and 8 <= hour < 18
        yield dice.uniform(0.5, 1.5) if works else 0.0


def nightly(like: Random, dice: Random, days: int) -> Iterator[float]:
    """Run a batch at night."""
    start = like.randrange(24)
    for _, hour in _times(days):
        yield dice.uniform(0.6, 1.4) if start <= hour < start + 1.5 else 0.0


def weekly(like: Random, dice: Random, days: int) -> Iterator[float]:
    """Run a job once a week, and next to nothing besides."""
    weekday, start = like.randrange(7), like.randrange(20)
    for day, hour in _times(days):
        running = day % 7 == weekday and start <= hour < start + 3
        yield dice.uniform(0.7, 1.3) if running else 0.002


def gpu(like: Random, dice: Random, days: int) -> Iterator[float]:
    """Rent machines for six hours on two days of the week."""
    on = like.sample(range(7), 2)
    start = like.randrange(18)
    for day, hour in _times(days):
        running = day % 7 in on and start <= hour < start + 6
        yield dice.uniform(0.9, 1.1) if running else 0.0


def bursts(like: Random, dice: Random, days: int) -> Iterator[float]:
    """Spend something now and then, and seldom very much."""
    chance, tail = like.uniform(0.03, 0.1), like.uniform(1.6, 2.2)
    for _ in _times(days):
        yield min(dice.paretovariate(tail), 60.0) if dice.random() < chance else 0.0


def on_and_off(like: Random, dice: Random, days: int) -> Iterator[float]:
    """Work for two weeks and rest for two."""
    phase = like.randrange(28)
    for day, _ in _times(days):
        yield dice.uniform(0.5, 1.5) if (day + phase) % 28 < 14 else 0.01


def growth(like: Random, dice: Random, days: int) -> Iterator[float]:
    """Grow as people tell one another, until it is known."""
    doubles = like.uniform(6, 14)
    for day, hour in _times(days):
        yield 2 ** (min(day + hour / 24, 60) / doubles) * dice.uniform(0.7, 1.3)


def quiet_first(like: Random, dice: Random, days: int) -> Iterator[float]:
    """Find no time for a month, and then run."""
    quiet = like.randrange(20, 35)
    for day, _ in _times(days):
        yield dice.uniform(0.8, 1.2) if day >= quiet else 0.0


def chat(like: Random, dice: Random, days: int) -> Iterator[float]:
    """Talk with a model in the evening, on most days."""
    keen = like.uniform(0.5, 0.95)
    today, sits = 0, False
    for day, hour in _times(days):
        if day != today:
            today, sits = day, dice.random() < keen
        yield dice.expovariate(1) if sits and 18 <= hour < 23 else 0.0


def weekend(like: Random, dice: Random, days: int) -> Iterator[float]:
    """Spend on free days."""
    first = like.randrange(7)
    for day, hour in _times(days):
        free = (day + first) % 7 >= 5 and 9 <= hour < 23
        yield dice.expovariate(1) if free else dice.expovariate(1) * 0.02


def step_up(like: Random, dice: Random, days: int) -> Iterator[float]:
    """Do three times as much from one day on, and half of it from another."""
    up, down = like.randrange(15, 40), like.randrange(60, 90)
    for day, _ in _times(days):
        yield dice.uniform(0.7, 1.3) * (1 if day < up else 3 if day < down else 1.5)


def decline(like: Random, dice: Random, days: int) -> Iterator[float]:
    """Be forgotten slowly."""
    halves = like.uniform(30, 60)
    for day, _ in _times(days):
        yield dice.uniform(0.6, 1.4) * 2 ** (-day / halves)


def wandering(_: Random, dice: Random, days: int) -> Iterator[float]:
    """Keep no pace for longer than a day."""
    pace, today = 1.0, 0
    for day, _hour in _times(days):
        if day != today:
            today, pace = day, min(max(pace * dice.lognormvariate(0, 0.12), 0.3), 3.0)
        yield pace * dice.uniform(0.5, 1.5)


def seasons(like: Random, dice: Random, days: int) -> Iterator[float]:
    """Have visitors by day, fewer by night and on some days of the week."""
    phase, depth = like.random(), like.uniform(0.4, 0.95)
    weights = [like.uniform(0.5, 1.5) for _ in range(7)]
    for day, hour in _times(days):
        by_day = 1 + depth * sin(tau * (hour / 24 + phase))
        yield by_day * weights[day % 7] * dice.uniform(0.7, 1.3)


def invoice(like: Random, dice: Random, days: int) -> Iterator[float]:
    """Spend a little every day, and much in a run every second week."""
    start = like.randrange(14)
    for day, hour in _times(days):
        run = (day + start) % 14 == 0 and 6 <= hour < 12
        yield dice.uniform(0.8, 1.2) * (20 if run else 1)


def team(like: Random, dice: Random, days: int) -> Iterator[float]:
    """Be several people, each with hours and days of their own."""
    people = [
        (like.randrange(7, 13), like.uniform(3, 9), like.uniform(0.4, 1), like.uniform(0.2, 2))
        for _ in range(like.randrange(3, 7))
    ]
    here: list[bool] = []
    for day, hour in _times(days):
        if hour == 0:
            here = [day % 7 < 5 and dice.random() < often for _, _, often, _ in people]
        yield sum(
            much * dice.uniform(0, 2)
            for (start, long, _, much), works in zip(people, here, strict=True)
            if works and start <= hour < start + long
        )


PATTERNS: Final = {
    "steady": Pattern(spend=steady),
    "noisy steady": Pattern(spend=noisy),
    "office hours": Pattern(spend=office),
    "nightly batch": Pattern(spend=nightly),
    "weekly job": Pattern(spend=weekly),
    "GPU, 6 h twice a week": Pattern(spend=gpu),
    "heavy-tailed bursts": Pattern(spend=bursts),
    "two weeks on, two off": Pattern(spend=on_and_off),
    "viral growth": Pattern(spend=growth),
    "quiet month, then steady": Pattern(spend=quiet_first),
    "slow, in cents": Pattern(spend=noisy, step=0.05),
    "slow, in whole credits": Pattern(spend=noisy, step=0.7),
    "booked once a day": Pattern(spend=noisy, booked=STEPS_A_DAY),
    "pool renewed at 90 % use": Pattern(spend=seasons, renews=30, share=1 / 0.9),
    "idle second currency": Pattern(spend=seasons, other_currency=True),
    "chat in the evening": Pattern(spend=chat, tuned=False),
    "weekend hobby": Pattern(spend=weekend, tuned=False),
    "three times as much": Pattern(spend=step_up, tuned=False),
    "slow decline": Pattern(spend=decline, tuned=False),
    "wandering pace": Pattern(spend=wandering, tuned=False),
    "visitors by day": Pattern(spend=seasons, tuned=False),
    "big run every second week": Pattern(spend=invoice, tuned=False),
    "team": Pattern(spend=team, tuned=False),
    "booked every six hours": Pattern(spend=team, booked=12, tuned=False),
    "pool used up early": Pattern(spend=chat, renews=30, share=0.75, tuned=False),
    "office hours, in credits": Pattern(spend=office, step=0.2, tuned=False),
}
