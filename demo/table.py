"""A table of the accounts, for a terminal."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from .watch import BALANCE, View, Watched

_DAY: Final = 86400
_HOUR: Final = 3600
_NOTHING: Final = "–"


def table(view: View) -> str:
    """Return a table of all balances."""
    rows = [("Account", "Balance", "Spent", "Burn rate", "Runs out", "Low?")]
    rows += [
        (
            _name(account, key),
            _amount(view, account.figure(BALANCE, key)),
            _amount(view, account.figure("spent", key)),
            _amount(view, account.figure("burn_rate", key)),
            _runs_out(view, account.figure("runs_out", key)),
            _alert(view, account),
        )
        for account in view.accounts
        for key in account.balances or [BALANCE]
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([lines[0], "  ".join("─" * width for width in widths), *lines[1:]])


def _name(account: Watched, key: str) -> str:
    """Return the name of a balance: its account's, and its scope where that has several."""
    if len(account.balances) < 2:
        return account.title
    return f"{account.title} ({key.removeprefix(BALANCE).removeprefix('_').upper()})"


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    """Return a line with amounts to the right."""
    cells = [
        cell.rjust(width) if number in {1, 2, 3} else cell.ljust(width)
        for number, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()


def _amount(view: View, entity_id: str) -> str:
    """Return an amount with its unit, money to the cent."""
    state = view.state(entity_id)
    if state is None:
        return _NOTHING
    unit = view.states[entity_id]["attributes"].get("unit_of_measurement") or ""
    is_money = len(unit.partition("/")[0]) == 3
    return f"{Decimal(state):,.2f} {unit}" if is_money else f"{Decimal(state):,.1f} {unit}"


def _runs_out(view: View, entity_id: str) -> str:
    """Return how far away a moment is."""
    state = view.state(entity_id)
    if state is None:
        return _NOTHING
    moment = datetime.fromisoformat(state)
    seconds = (moment - datetime.now(UTC)).total_seconds()
    if seconds < 2 * _DAY:
        return f"in {seconds / _HOUR:.0f} hours"
    return f"in {seconds / _DAY:.0f} days ({moment:%d %b})"


def _alert(view: View, account: Watched) -> str:
    """Return the worst alert that holds."""
    alerts = {key for key, entity_id in account.entities.items() if view.state(entity_id) == "on"}
    for key, text in (("exhausted", "EXHAUSTED"), ("low_balance", "LOW")):
        if key in alerts:
            return text
    return "no, but running out" if "running_out" in alerts else "no"
