"""What was due, what was delivered, and what excuses a second delivery: by rules of our own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from math import inf
from typing import Final

from .counter import Run, Told

ACKNOWLEDGED_AFTER: Final = 0.5
ACKNOWLEDGED_WITHIN: Final = 60.0
SLACK: Final = 1.5
"""Seconds that it may take to notice that an action has ended, and to write that down."""
BETWEEN_RUNS: Final = 0.3
"""Seconds that may lie between the end of a run and the beginning of one that was queued."""


@dataclass(kw_only=True)
class Crossing:
    """A change of balance that is worth telling, and when polls were answered with it."""

    told: tuple[Told, ...]
    answered: list[float] = field(default_factory=list)
    given_up: bool = False


@dataclass(kw_only=True)
class Ending:
    """An end of Home Assistant, or of these accounts in it, from when until when at the latest."""

    manner: str
    began: float
    over: float = inf
    accounts: frozenset[str] = frozenset()

    @property
    def of_process(self) -> bool:
        """Tell whether Home Assistant itself has ended."""
        return not self.accounts

    def concerns(self, account: str) -> bool:
        """Tell whether an account has ended with it."""
        return self.of_process or account in self.accounts


@dataclass(kw_only=True)
class Reckoning:
    """The life of one account, seen from its provider.

    `hearers` are the automations that have to deliver what is told of it.
    """

    account: str
    balance: Decimal
    low_balance: Decimal
    hearers: tuple[str, ...]
    alerts: frozenset[str] = frozenset()
    crossings: list[Crossing] = field(default_factory=list)
    deleted_at: float = inf

    def move(self, balance: Decimal) -> Crossing | None:
        """Give the account another balance; return what there is to tell of it, if anything.

        A rise here is always one that somebody pays for.
        """
        moments = {"topped_up"} if balance > self.balance else set()
        before, self.alerts = self.alerts, self._alerts(balance)
        if before and not self.alerts:
            moments.add("recovered")
        moments |= {{"low": "became_low"}.get(alert, alert) for alert in self.alerts - before}
        self.balance = balance
        if not moments:
            return None
        crossing = Crossing(
            told=tuple(
                Told(account=self.account, moment=moment, balance=balance)
                for moment in sorted(moments)
            )
        )
        self.crossings.append(crossing)
        return crossing

    def answer(self, balance: Decimal, at: float) -> None:
        """Note that a poll was answered with this balance."""
        for crossing in self.crossings[-1:]:
            if crossing.told[0].balance == balance:
                crossing.answered.append(at)

    @property
    def last(self) -> Crossing | None:
        """The crossing that was opened last."""
        return self.crossings[-1] if self.crossings else None

    def due(self) -> Iterable[tuple[str, Told]]:
        """Yield which automation has to deliver what: all that a poll was answered with."""
        for crossing in self.crossings:
            if any(at < self.deleted_at for at in crossing.answered):
                yield from ((hearer, told) for told in crossing.told for hearer in self.hearers)

    def _alerts(self, balance: Decimal) -> frozenset[str]:
        if balance <= 0:
            return frozenset({"low", "exhausted"})
        return frozenset({"low"}) if balance < self.low_balance else frozenset()


@dataclass(kw_only=True)
class Verdict:
    """How deliveries compare with what was due."""

    due: set[tuple[str, Told]]
    delivered: int = 0
    lost: list[str] = field(default_factory=list)
    excused: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)


def judge(
    reckonings: Iterable[Reckoning], runs: Iterable[Run], endings: Iterable[Ending]
) -> Verdict:
    """Hold what was delivered against what was due."""
    accounts = {each.account: each for each in reckonings}
    due = {each for reckoning in accounts.values() for each in reckoning.due()}
    runs = list(runs)
    tellings: dict[str, list[Run]] = {}
    delivered: dict[tuple[str, Told], list[Run]] = {}
    for run in runs:
        tellings.setdefault(run.telling, []).append(run)
        if run.delivered is not None:
            delivered.setdefault((run.automation, run.told), []).append(run)
    verdict = Verdict(due=due, delivered=len(due & delivered.keys()))
    ends = list(endings)
    begun = {(run.automation, run.told): run.begun for run in runs}
    for key in sorted(due - delivered.keys(), key=str):
        since = begun.get(key)
        after = [
            end.manner
            for end in ends
            if since is not None and end.over >= since and end.concerns(key[1].account)
        ]
        verdict.lost.append(
            f"{key[0]}: {key[1].moment} of {key[1].account} at {key[1].balance},"
            f" {'never begun' if since is None else f'begun, then {after[:2]}'}"
        )
    for key, repeated in delivered.items():
        automation, told = key
        if key not in due:
            verdict.invented.append(f"{automation}: {told}")
        for first, second in pairwise(repeated):
            together = tellings[first.telling]
            alive = [run for run in runs if _one_life(run, first, ends)]
            until = acknowledged(together, alive, accounts[told.account].hearers)
            excuse = next(
                (end for end in ends if _within(end, min(run.begun for run in together), until)),
                None,
            )
            between = [
                f"{end.manner} ({end.began - first.begun:+.2f} s)"
                for end in ends
                if first.begun <= end.over
                and end.began <= second.begun
                and end.concerns(told.account)
            ]
            line = (
                f"{automation}: {told.moment} of {told.account} at {told.balance},"
                f" again after {second.begun - first.begun:.2f} s,"
                f" acknowledged after {until - first.begun:.2f} s, meanwhile {between}"
            )
            (verdict.doubled if excuse is None else verdict.excused).append(line)
    return verdict


def acknowledged(together: list[Run], alive: Iterable[Run], hearers: tuple[str, ...]) -> float:
    """Return until when one telling may be told again if Home Assistant ends.

    That is until the automations that hear of it run no more, within limits; also not for what
    they were told of other accounts in the same life of Home Assistant.
    """
    begun = min(run.begun for run in together)
    last = max(begun + ACKNOWLEDGED_AFTER, *(_idle(each, together, alive) for each in hearers))
    return min(last, begun + ACKNOWLEDGED_WITHIN) + SLACK


def _idle(automation: str, together: Iterable[Run], alive: Iterable[Run]) -> float:
    """Return when an automation that has acted on something ran no more."""
    own = [run.ended or inf for run in together if run.automation == automation]
    last = max(own, default=inf)
    for run in sorted(alive, key=lambda run: run.begun):
        if run.automation == automation and run.begun <= last + BETWEEN_RUNS:
            last = max(last, run.ended or inf)
    return last


def _one_life(run: Run, other: Run, ends: Iterable[Ending]) -> bool:
    """Tell whether two runs were begun by the same process."""
    between = sorted((run.begun, other.begun))
    return not any(end.of_process and between[0] <= end.began <= between[1] for end in ends)


def _within(end: Ending, begun: float, until: float) -> bool:
    """Tell whether Home Assistant ended in a window; an account's reload is no excuse."""
    return end.of_process and end.over >= begun and end.began <= until


def delivered_all(
    crossing: Crossing,
    hearers: tuple[str, ...],
    deliveries: Callable[[str, Told], list[Run]],
) -> bool:
    """Tell whether all automations have delivered all there is to tell of a crossing."""
    return all(deliveries(hearer, told) for hearer in hearers for told in crossing.told)
