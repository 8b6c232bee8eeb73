"""The reckoning itself: what it calls lost, doubled, excused and invented."""

from dataclasses import dataclass, replace
from decimal import Decimal
from math import inf

import pytest

from .counter import Run, Told
from .reckoning import SLACK, Ending, Reckoning, judge

type Summary = dict[str, int]

ONCE = {"due": 1, "delivered": 1}


@dataclass(frozen=True, kw_only=True)
class Case:
    """When one automation began, delivered and ended; when something else ended."""

    name: str
    runs: tuple[tuple[str, float, float | None, float | None], ...] = (("quick", 1, 1, 1),)
    ends: tuple[tuple[float, float, bool], ...] = ()
    answered: float = 0
    deleted_at: float = inf
    expected: Summary


CASES = (
    Case(name="told once", expected=ONCE),
    Case(name="never told", runs=(), expected={"due": 1, "lost": 1}),
    Case(name="told halfway", runs=(("quick", 1, None, None),), expected={"due": 1, "lost": 1}),
    Case(name="no poll was answered", answered=inf, expected={"invented": 1}),
    Case(name="no longer there", answered=3, deleted_at=2, expected={"invented": 1}),
    Case(
        name="told twice for nothing",
        runs=(("quick", 1, 1, 1), ("quick", 9, 9, 9)),
        expected={**ONCE, "doubled": 1},
    ),
    Case(
        name="told again after a kill that came at once",
        runs=(("quick", 1, 1, 1), ("quick", 9, 9, 9)),
        ends=((1.4, 1.4, True),),
        expected={**ONCE, "excused": 1},
    ),
    Case(
        name="told again after a kill that came too late for that",
        runs=(("quick", 1, 1, 1), ("quick", 9, 9, 9)),
        ends=((1.6 + SLACK, 1.6 + SLACK, True),),
        expected={**ONCE, "doubled": 1},
    ),
    Case(
        name="told again after a kill that came before",
        runs=(("quick", 1, 1, 1), ("quick", 9, 9, 9)),
        ends=((0.5, 0.9, True),),
        expected={**ONCE, "doubled": 1},
    ),
    Case(
        name="told again after a stop that had begun before",
        runs=(("quick", 1, 1, 1), ("quick", 9, 9, 9)),
        ends=((0.5, 1.2, True),),
        expected={**ONCE, "excused": 1},
    ),
    Case(
        name="told again after a reload",
        runs=(("quick", 1, 1, 6), ("quick", 2, 2, 7)),
        ends=((1.5, 1.6, False),),
        expected={**ONCE, "doubled": 1},
    ),
    Case(
        name="told again after a kill during a long action",
        runs=(("quick", 1, 2, None), ("quick", 9, 9, 9)),
        ends=((6, 6, True),),
        expected={**ONCE, "excused": 1},
    ),
    Case(
        name="told again after a kill more than a minute later",
        runs=(("quick", 1, 2, 80), ("quick", 90, 90, 90)),
        ends=((70, 70, True),),
        expected={**ONCE, "doubled": 1},
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_one_automation(case: Case) -> None:
    """What one automation has delivered is judged by when it acted and when all ended."""
    assert _judged(case, ("quick",)) == case.expected


@pytest.mark.parametrize(
    ("slow", "expected"),
    [
        pytest.param((("slow", 1, 3, 5),), {"excused": 1}, id="acting"),
        pytest.param((), {"excused": 1}, id="yet to begin"),
        pytest.param((("slow", 1, 2, 2.2),), {"doubled": 1}, id="done"),
    ],
)
def test_two_automations(
    slow: tuple[tuple[str, float, float | None, float | None], ...], expected: Summary
) -> None:
    """What is told again to one automation is excused by another that was not done."""
    case = Case(
        name="",
        runs=(("quick", 1, 1, 1), *slow, ("quick", 20, 20, 20), ("slow", 20, 22, 23)),
        ends=((4, 4, True),),
        expected={},
    )
    found = _judged(case, ("quick", "slow"))
    assert {kind: found.get(kind, 0) > 0 for kind in ("excused", "doubled")} == {
        kind: kind in expected for kind in ("excused", "doubled")
    }


@pytest.mark.parametrize(
    ("balances", "expected"),
    [
        ([90, 10], {"became_low"}),
        ([90, -1], {"became_low", "exhausted"}),
        ([90, 10, -1], {"exhausted"}),
        ([90, 10, 120], {"recovered", "topped_up"}),
        ([90, -1, 15], {"topped_up"}),
        ([90, -1, 120], {"recovered", "topped_up"}),
        ([90, 80], set()),
        ([90, 120], {"topped_up"}),
    ],
)
def test_crossings(balances: list[int], expected: set[str]) -> None:
    """What there is to tell of a balance follows from it and the one before."""
    first, *others = balances
    reckoning = _reckoning(first)
    for balance in others:
        crossing = reckoning.move(Decimal(balance))
    assert {told.moment for told in (crossing.told if crossing else ())} == expected


def test_an_automation_with_more_to_do() -> None:
    """What is told again is excused as long as its automation is at work for another account."""
    case = Case(
        name="",
        runs=(("quick", 1, 1.2, 1.4), ("quick", 9, 9, 9)),
        ends=((4, 4, True),),
        expected={},
    )
    busy = _run(_told("another"), "quick", 1, 5, 6)
    assert "doubled" in _judged(case, ("quick",))
    assert "doubled" not in _judged(case, ("quick",), busy)


def _judged(case: Case, hearers: tuple[str, ...], *others: Run) -> Summary:
    """Return what is found of an account that becomes low, but for what is not."""
    reckoning = _reckoning(90)
    reckoning.hearers = hearers
    reckoning.deleted_at = case.deleted_at
    crossing = reckoning.move(Decimal(10))
    assert crossing is not None
    if case.answered < inf:
        reckoning.answer(Decimal(10), case.answered)
    runs = [*others, *(_run(crossing.told[0], *run) for run in case.runs)]
    ends = [
        Ending(
            manner="",
            began=began,
            over=over,
            accounts=frozenset() if of_process else frozenset({"account"}),
        )
        for began, over, of_process in case.ends
    ]
    another = replace(reckoning, account="another", crossings=[])
    verdict = judge([reckoning, another], runs, ends)
    counts = {
        "due": len(verdict.due),
        "delivered": verdict.delivered,
        "lost": len(verdict.lost),
        "excused": len(verdict.excused),
        "doubled": len(verdict.doubled),
        "invented": len([each for each in verdict.invented if "another" not in each]),
    }
    return {kind: count for kind, count in counts.items() if count}


def _run(
    told: Told, automation: str, begun: float, delivered: float | None, ended: float | None
) -> Run:
    return Run(
        automation=automation,
        told=told,
        telling=f"{told.account} {begun:.0f}",
        begun=begun,
        delivered=delivered,
        ended=ended,
    )


def _told(account: str) -> Told:
    return Told(account=account, moment="became_low", balance=Decimal(10))


def _reckoning(balance: int) -> Reckoning:
    return Reckoning(
        account="account",
        balance=Decimal(balance),
        low_balance=Decimal(20),
        hearers=("quick",),
    )
