"""The table: medians of the ratios within each round, their spread, and the targets."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Final, override

from .endpoints import ENDPOINTS

KINDS: Final = ("ours", "rest")
SIZES: Final = (10, 100, 1000)

_VARIANTS: Final = {
    "bare": "a  bare aiohttp GET and JSON",
    "rest": "b  rest sensor, unchanged",
    "rest_moving": "b' rest sensor, changed",
    "ours": "c  ours, unchanged",
    "ours_moving": "d  ours, changed",
    "minimal": "e  minimal DataUpdateCoordinator",
    "file": "f  an account's file, written",
}

_ORDINARY: Final = tuple(endpoint.provider for endpoint in ENDPOINTS)

FILES_PER_POLL: Final = 0.25
"""Mere spend is written once an hour, and an account is polled every 15 minutes."""

type Case = tuple[str, int]
"""A kind of account and how many there are."""


@dataclass(frozen=True)
class PollResult:
    """Seconds per poll by round, provider and variant; what it writes by provider and variant.

    `reloads` are the seconds, by the clock, that a reload took.
    """

    seconds: list[dict[str, dict[str, float]]]
    entities: dict[str, dict[str, dict[str, int]]]
    reloads: list[float]

    def per_account(self, variant: str, what: str) -> float:
        """Return what a poll of one account has written: entities, new states or bytes on disk."""
        counts = [self.entities[provider][variant][what] for provider in _ORDINARY]
        return sum(counts) / len(counts)

    def mean(self, variant: str) -> list[float]:
        """Return the seconds per poll in each round, over the ordinary providers."""
        return [
            sum(sample[provider][variant] for provider in _ORDINARY) / len(_ORDINARY)
            for sample in self.seconds
        ]

    def of(self, provider: str, variant: str) -> list[float]:
        """Return the seconds per poll of one provider in each round."""
        return [sample[provider][variant] for sample in self.seconds]


@dataclass(frozen=True)
class ScaleResult:
    """By case: seconds by round and what was done, set-up all at once, and bytes kept."""

    seconds: list[dict[tuple[str, Case], float]]
    at_once: dict[Case, dict[str, float]]
    memory: dict[Case, float]

    def of(self, what: str, case: Case) -> list[float]:
        """Return the seconds in each round."""
        return [sample[what, case] for sample in self.seconds]


@dataclass(frozen=True)
class Ratio:
    """The median of a ratio over the rounds, and the middle half of it."""

    low: float
    middle: float
    high: float

    @classmethod
    def of(cls, numerators: list[float], denominators: list[float], scale: float = 1) -> Ratio:
        """Compare what was measured in the same rounds."""
        ratios = [
            scale * numerator / denominator
            for numerator, denominator in zip(numerators, denominators, strict=True)
        ]
        return cls(*(quantiles(ratios, n=4) if len(ratios) > 1 else 3 * ratios))

    @override
    def __str__(self) -> str:
        """Return the median and the spread."""
        return f"{self.middle:6.2f}  {self.low:5.2f} - {self.high:5.2f}"


@dataclass(frozen=True)
class Target:
    """A ratio and the most it should be."""

    what: str
    ratio: Ratio
    limit: float

    @property
    def missed(self) -> bool:
        """Return whether the median is above the limit."""
        return self.ratio.middle > self.limit

    @override
    def __str__(self) -> str:
        """Return a line of the table."""
        verdict = "MISSED" if self.missed else "ok"
        return f"{self.what:<52}{self.ratio}   <= {self.limit:.2f}  {verdict}"


def targets(polls: PollResult, scale: ScaleResult) -> Iterator[Target]:
    """Yield what should hold."""
    ours, moving = polls.mean("ours"), polls.mean("ours_moving")
    yield Target("c / a  poll", Ratio.of(ours, polls.mean("bare")), 1.2)
    yield Target("c / e  poll", Ratio.of(ours, polls.mean("minimal")), 1.15)
    files = [seconds * FILES_PER_POLL for seconds in polls.mean("file")]
    whole = [poll + file for poll, file in zip(moving, files, strict=True)]
    yield Target("(d + f/4) / b'  poll", Ratio.of(whole, polls.mean("rest_moving")), 2)
    for size in SIZES:
        per_entity = 1 / scale.at_once["ours", size]["entities"]
        yield Target(
            f"ours / rest  set-up per entity, at {size} accounts",
            Ratio.of(
                scale.of("setup", ("ours", size)), scale.of("setup", ("rest", size)), per_entity
            ),
            1,
        )
    for what in ("poll", "setup"):
        yield Target(
            f"1000 / 100 accounts of ours  {what}",
            Ratio.of(scale.of(what, ("ours", 1000)), scale.of(what, ("ours", 100))),
            1.2,
        )
    yield Target(
        "1000 / 100 accounts of ours  memory",
        Ratio.of([scale.memory["ours", 1000]], [scale.memory["ours", 100]]),
        1.2,
    )


def poll_lines(polls: PollResult) -> Iterator[str]:
    """Yield what a poll costs, of each variant and of each provider."""
    yield (
        f"{'Processor time of a poll':<36}{'us':>6}  {'/ a':>6}  {'middle half':<13}"
        f"  entities written, new"
    )
    for variant, name in _VARIANTS.items():
        seconds = polls.mean(variant)
        yield (
            f"{name:<36}{median(seconds) * 1e6:6.0f}  {Ratio.of(seconds, polls.mean('bare'))}"
            f"{polls.per_account(variant, 'written'):18.1f}"
            f"{polls.per_account(variant, 'changed'):5.1f}"
        )
    yield ""
    yield (
        f"{'By provider':<20}{'a us':>6}{'c us':>6}{'d us':>6}"
        f"{'c / a':>8}{'c / e':>8}{"d / b'":>8}{'per entity':>12}"
    )
    for provider, entities in polls.entities.items():
        bare, minimal, ours, moving, rest = (
            polls.of(provider, variant)
            for variant in ("bare", "minimal", "ours", "ours_moving", "rest_moving")
        )
        whole = Ratio.of(moving, rest).middle
        yield (
            f"{provider:<20}{median(bare) * 1e6:6.0f}{median(ours) * 1e6:6.0f}"
            f"{median(moving) * 1e6:6.0f}{Ratio.of(ours, bare).middle:8.2f}"
            f"{Ratio.of(ours, minimal).middle:8.2f}{whole:8.2f}"
            f"{whole / entities['ours_moving']['written']:12.2f}"
        )


def scale_lines(scale: ScaleResult) -> Iterator[str]:
    """Yield what accounts cost, by kind and number."""
    yield (
        f"{'An account among':<18}{'entities':>9}{'poll us':>9}"
        f"{'set-up ms':>11}{'at once ms':>12}{'memory KiB':>12}"
    )
    for kind in KINDS:
        for size in SIZES:
            case = kind, size
            yield (
                f"{size:>6} of {kind:<8}{scale.at_once[case]['entities']:9.1f}"
                f"{median(scale.of('poll', case)) * 1e6:9.0f}"
                f"{median(scale.of('setup', case)) * 1e3:11.2f}"
                f"{scale.at_once[case]['setup'] * 1e3:12.2f}"
                f"{scale.memory[case] / 1024:12.1f}"
            )


def disk_lines(polls: PollResult) -> list[str]:
    """Say what is written to disk, at an interval of 15 minutes."""
    rows = {"ours, unchanged": "ours", "ours, changed": "ours_moving"}
    return [
        "Written to disk by an account       bytes a poll     a day of 96 polls",
        *(
            f"{name:<34}{size:14,.0f}{size * 96:22,.0f}"
            for name, variant in rows.items()
            for size in [polls.per_account(variant, "stored")]
        ),
    ]


def start_lines(polls: PollResult, imports: list[float], providers: int) -> list[str]:
    """Say what a reload takes, and what all providers would cost a start, by the clock."""
    return [
        f"Reload of an account: {median(polls.reloads) * 1e3:.1f} ms (20 wanted)",
        (
            f"Import of all {providers} providers: {median(imports) * 1e3:.0f} ms (40 wanted);"
            " one is imported when an account needs it"
        ),
    ]


def report(
    polls: PollResult, scale: ScaleResult, imports: list[float], providers: int
) -> tuple[str, bool]:
    """Compare the processor time and memory of API Credits with the least possible and `rest`."""
    goals = list(targets(polls, scale))
    lines = [
        *poll_lines(polls),
        "",
        *scale_lines(scale),
        "",
        *disk_lines(polls),
        "",
        *start_lines(polls, imports, providers),
        "",
        f"{'Targets':<52}{'ratio':>6}  {'middle half':<13}",
        *map(str, goals),
    ]
    return "\n".join(lines) + "\n", any(goal.missed for goal in goals)
