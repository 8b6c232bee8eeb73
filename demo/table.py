"""A table of the accounts, for a terminal."""

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from .watch import BALANCE, States, Watched

_DAY: Final = 86400
_HOUR: Final = 3600
_NOTHING: Final = "–"


def table(accounts: list[Watched], states: States) -> str:
    """Return a table of all balances."""
    rows = [("Account", "Balance", "Spent", "Burn rate", "Runs out", "Low?")]
    rows += [
        (
            account.title,
            _amount(states, account.figure("balance", key)),
            _amount(states, account.figure("spent", key)),
            _amount(states, account.figure("burn_rate", key)),
            _runs_out(states, account.figure("runs_out", key)),
            _alert(account, states),
        )
        for account in accounts
        for key in account.balances or [BALANCE]
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([lines[0], "  ".join("─" * width for width in widths), *lines[1:]])


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    """Return a line with amounts to the right."""
    cells = [
        cell.rjust(width) if number in {1, 2, 3} else cell.ljust(width)
        for number, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()


def _amount(states: States, entity_id: str) -> str:
    """Return an amount with its unit, money to the cent."""
    state = states.get(entity_id, {})
    try:
        amount = Decimal(state["state"])
    except KeyError, InvalidOperation:
        return _NOTHING
    unit = state["attributes"].get("unit_of_measurement") or ""
    is_money = len(unit.partition("/")[0]) == 3
    return f"{amount:,.2f} {unit}" if is_money else f"{amount:,.1f} {unit}"


def _runs_out(states: States, entity_id: str) -> str:
    """Return how far away a moment is."""
    try:
        moment = datetime.fromisoformat(states[entity_id]["state"])
    except KeyError, ValueError:
        return _NOTHING
    seconds = (moment - datetime.now(UTC)).total_seconds()
    if seconds < 2 * _DAY:
        return f"in {seconds / _HOUR:.0f} hours"
    return f"in {seconds / _DAY:.0f} days ({moment:%d %b})"


def _alert(account: Watched, states: States) -> str:
    """Return the worst alert that holds."""
    for key, text in (("exhausted", "EXHAUSTED"), ("low_balance", "LOW")):
        if states.get(account.entities[key], {}).get("state") == "on":
            return text
    running_out = states.get(account.entities["running_out"], {}).get("state") == "on"
    return "no, but running out" if running_out else "no"
