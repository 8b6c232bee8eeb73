"""The table of what was foreseen, and the targets."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, override

from .measure import HEADINGS, Result, Results, measure, total
from .methods import METHODS
from .patterns import PATTERNS

DAYS: Final = 120
SEEDS: Final = 3
OURS, BEFORE = list(METHODS)[:2]
KINDS: Final = {
    "patterns that were looked at before": [name for name, each in PATTERNS.items() if each.tuned],
    "patterns that were not": [name for name, each in PATTERNS.items() if not each.tuned],
    "all": list(PATTERNS),
}


@dataclass(frozen=True)
class Target:
    """A figure of ours and the most it should be."""

    what: str
    value: float
    limit: float

    @property
    def missed(self) -> bool:
        """Return whether it is more."""
        return self.value > self.limit

    @override
    def __str__(self) -> str:
        """Return a line of the table."""
        verdict = "MISSED" if self.missed else "ok"
        return f"{self.what:<44}{self.value:7.2f}   <= {self.limit:.2f}  {verdict}"


def targets(ours: Result, before: Result) -> Iterator[Target]:
    """Yield what should hold of all drains."""
    yield Target("told per drain", ours.told_per_drain, 1.05)
    yield Target("off, % of drains", ours.share(ours.off), 0.5)
    yield Target("missed, % of drains", ours.share(ours.missed), 0.2)
    yield Target("late, % of drains", ours.share(ours.late), 1.5)
    yield Target(
        f"false alarms, of those of {BEFORE}", ours.false_a_year / before.false_a_year, 2 / 3
    )


def lines(results: Results) -> Iterator[str]:
    """Yield the tables: methods by kinds of patterns, then the two of interest by pattern."""
    for kind, names in KINDS.items():
        yield f"{kind:<28}{HEADINGS}"
        for method, by_pattern in results.items():
            yield f"  {method:<26}{total(by_pattern, names).line}"
        yield ""
    for method in (OURS, BEFORE):
        yield f"{method:<28}{HEADINGS}"
        yield from (f"  {name:<26}{each.line}" for name, each in results[method].items())
        yield ""


def report_forecast(*, quick: bool) -> tuple[str, bool]:
    """Measure, and return the tables and whether a target was missed."""
    results = measure((f"seed {number}" for number in range(1 if quick else SEEDS)), DAYS)
    goals = list(targets(total(results[OURS]), total(results[BEFORE])))
    return "\n".join([*lines(results), *map(str, goals)]) + "\n", any(g.missed for g in goals)
