"""What Home Assistant would know if it had watched the accounts of the demo for two weeks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
import json
from pathlib import Path
from random import Random
from typing import Any, Final

from custom_components.api_credits.ledger import Ledger
from custom_components.api_credits.observation import Observation, observe

from .story import Purse, Story
from .watch import States, Watched

DAYS: Final = 16
THINNED_TO: Final = 6
"""Hours between what is imported: Home Assistant takes some milliseconds for each row."""

_HOUR: Final = timedelta(hours=1)
_LONG_AGO: Final = timedelta(days=400)


@dataclass(frozen=True, kw_only=True)
class Point:
    """A balance, and what has been spent since the beginning, at a full hour."""

    at: datetime
    balance: Decimal
    spent: Decimal


def live(memory: Path, account: Watched, story: Story, states: States) -> Iterator[dict[str, Any]]:
    """Write a past into the integration's memory of an account, and yield it as statistics.

    What is yielded are the arguments of Home Assistant's command that imports them.
    """
    purses = dict(zip(account.balances, story.purses.values(), strict=True))
    for key, points in remember(memory, purses):
        balance = account.entities[key]
        attributes = states[balance]["attributes"]
        unit = attributes["unit_of_measurement"]
        is_total = attributes["state_class"] == "total"
        yield balance_statistics(balance, unit, points, is_total=is_total)
        yield spent_statistics(account.figure("spent", key), unit, points)


def history(purse: Purse, left: Decimal, seed: str) -> list[Point]:
    """Return the past of a balance, hour by hour, which ends with what is left now."""
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    start = now.replace(hour=0) - timedelta(days=DAYS)
    hours = [start + _HOUR * n for n in range((now - start) // _HOUR + 1)]
    weights = _weights(purse, hours[1:], Random(seed))
    a_day = sum(weights[-7 * 24 :]) / 7
    top_ups = {now - timedelta(days=days): amount for days, amount in purse.top_ups.items()}

    spent, bought, exact = Decimal(0), Decimal(0), Decimal(0)
    passed = [(start, spent, bought)]
    for hour, weight in zip(hours[1:], weights, strict=True):
        exact += purse.per_day * Decimal(weight / a_day)
        spent = exact.quantize(purse.step, ROUND_HALF_EVEN)
        bought += top_ups.get(hour, Decimal(0))
        passed.append((hour, spent, bought))
    return [
        Point(at=at, balance=left + (spent - so_far) - (bought - bought_so_far), spent=so_far)
        for at, so_far, bought_so_far in passed
    ]


def remember(file: Path, purses: Mapping[str, Purse]) -> Iterator[tuple[str, list[Point]]]:
    """Give the integration's memory of an account a past, and yield that of each balance.

    `purses` are by the keys that balances have in that file.
    """
    content = json.loads(file.read_text())
    ledgers = content["data"]["ledgers"]
    for key, purse in purses.items():
        points = history(purse, Decimal(ledgers[key]["balance"]), seed=f"{purse}")
        ledger: Ledger | None = None
        for point in points:
            seen = Observation(balance=point.balance, unit=ledgers[key]["unit"], at=point.at)
            ledger = observe(ledger, seen)
        ledgers[key] = ledger and ledger.as_dict()
        yield key, points
    file.write_text(json.dumps(content))


def spent_statistics(entity_id: str, unit: str, points: list[Point]) -> dict[str, Any]:
    """Return the arguments that import what was spent, hour by hour.

    Home Assistant counts from zero once it sees the sensor, so the past ends with zero. It takes
    what came before the first row for zero, so that one lies where no graph begins.
    """
    total = points[-1].spent
    rows = [(points[0].at - _LONG_AGO, Decimal(0))]
    rows += [(point.at - _HOUR, point.spent) for point in _thinned(points)]
    return _import(
        entity_id,
        unit,
        [
            {"start": at.isoformat(), "state": float(spent), "sum": float(spent - total)}
            for at, spent in rows
        ],
        has_sum=True,
    )


def balance_statistics(
    entity_id: str, unit: str, points: list[Point], *, is_total: bool
) -> dict[str, Any]:
    """Return the arguments that import a balance, hour by hour."""
    left = points[-1].balance
    rows = []
    for point in _thinned(points):
        value = float(point.balance)
        row = {"start": (point.at - _HOUR).isoformat()}
        if is_total:
            rows.append(row | {"state": value, "sum": float(point.balance - left)})
        else:
            rows.append(row | {"mean": value, "min": value, "max": value})
    return _import(entity_id, unit, rows, has_sum=is_total)


def _weights(purse: Purse, hours: list[datetime], random: Random) -> list[float]:
    """Return how much is spent in each hour, compared with others: days differ, nights are calm."""
    days: dict[int, float] = {}
    weights = []
    for hour in hours:
        day = days.setdefault(hour.toordinal(), random.uniform(0.65, 1.35))
        weekend = purse.weekend if hour.weekday() >= 5 else 1.0
        time_of_day = 1.0 if 7 <= hour.hour < 21 else 0.35
        weights.append(day * weekend * time_of_day * random.uniform(0.5, 1.5))
    return weights


def _thinned(points: list[Point]) -> list[Point]:
    """Return some of the points: midnights and the last one among them."""
    return [point for point in points[:-1] if point.at.hour % THINNED_TO == 0] + points[-1:]


def _import(
    entity_id: str, unit: str, rows: list[dict[str, Any]], *, has_sum: bool
) -> dict[str, Any]:
    metadata = {
        "statistic_id": entity_id,
        "source": "recorder",
        "name": None,
        "unit_of_measurement": unit,
        "unit_class": None,
        "has_sum": has_sum,
        "mean_type": 0 if has_sum else 1,
    }
    return {"metadata": metadata, "stats": rows}
