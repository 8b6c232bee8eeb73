"""What Home Assistant shows of the accounts of the demo, and what is wrong with it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

DOMAIN: Final = "api_credits"
BALANCE: Final = "balance"
FIGURES: Final = (BALANCE, "spent", "burn_rate", "runs_out")

_DAY: Final = 86400
_HOUR: Final = 3600
_NOTHING: Final = "–"
_UNTESTED: Final = "[homeassistant.loader] We found a custom integration"
_LEVELS: Final = (" WARNING ", " ERROR ", " CRITICAL ")

type States = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Watched:
    """An account in Home Assistant, with its entities' ids by their keys."""

    provider: str
    entry_id: str
    device_id: str
    title: str
    entities: Mapping[str, str]

    @property
    def balances(self) -> list[str]:
        """The keys of its balances."""
        return sorted(key for key in self.entities if is_balance(key))

    def figure(self, figure: str, balance: str) -> str:
        """Return the entity of a figure of one of the balances."""
        return self.entities[figure + balance.removeprefix(BALANCE)]

    @property
    def activity(self) -> str:
        """The entity that shows what happens to it."""
        return self.entities["account_activity"]


def is_balance(key: str) -> bool:
    """Tell whether an entity of this key is a balance."""
    return key == BALANCE or key.startswith(f"{BALANCE}_")


def watched(
    providers: Mapping[str, str], entries: list[dict[str, Any]], entities: list[dict[str, Any]]
) -> list[Watched]:
    """Return the accounts, sorted by name, from what Home Assistant's registries hold.

    `providers` are those of the accounts by the ids of their entries.
    """
    found = []
    for entry in entries:
        entry_id = entry["entry_id"]
        ours = [
            entity
            for entity in entities
            if entity["config_entry_id"] == entry_id and entity["disabled_by"] is None
        ]
        found.append(
            Watched(
                provider=providers[entry_id],
                entry_id=entry_id,
                device_id=next((entity["device_id"] for entity in ours), ""),
                title=entry["title"],
                entities={
                    entity["unique_id"].removeprefix(f"{entry_id}_"): entity["entity_id"]
                    for entity in ours
                },
            )
        )
    return sorted(found, key=lambda account: account.title.casefold())


def missing(accounts: list[Watched], states: States, figures: Iterable[str] = FIGURES) -> list[str]:
    """Return the balances and figures that Home Assistant does not show, by name."""
    gone = [f"any balance of {account.title}" for account in accounts if not account.balances]
    for account in accounts:
        for key in account.balances:
            for what in figures:
                entity_id = account.figure(what, key)
                if states.get(entity_id, {}).get("state") in {None, "unknown", "unavailable"}:
                    gone.append(entity_id)
    return gone


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


def complaints(log: str) -> Iterator[str]:
    """Yield what a log of Home Assistant has of warnings and errors about the integration."""
    for line in log.splitlines():
        if DOMAIN in line and _UNTESTED not in line and any(level in line for level in _LEVELS):
            yield line


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
