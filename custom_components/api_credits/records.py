"""What is remembered of an account between polls and over restarts, and how it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from .alerts import Alert, Limits, Moment
from .ledger import Ledger
from .readings import BALANCE, KINDS, Reading
from .stored import stored_amount, stored_notes, stored_sum, stored_text, stored_time


@dataclass(frozen=True, kw_only=True, slots=True)
class Announcement:
    """A moment that has to be told, once: which balance, and how much was left of it then.

    `amount` is that of a top-up, `low_balance` the limit it was judged by, `days_left` for how
    long the balance lasts.
    """

    moment: Moment
    at: datetime
    balance: Decimal | None = None
    unit: str | None = None
    scope: str | None = None
    amount: Decimal | None = None
    low_balance: Decimal | None = None
    days_left: float | None = field(default=None, compare=False)

    @property
    def figures(self) -> dict[str, Any]:
        """Return what an automation can use of it."""
        return {
            "balance": None if self.balance is None else float(self.balance),
            "unit": self.unit,
            "scope": self.scope,
            "amount": None if self.amount is None else float(self.amount),
            "low_balance": None if self.low_balance is None else float(self.low_balance),
            "days_left": self.days_left,
            "at": self.at.isoformat(),
        }

    def as_dict(self) -> dict[str, Any]:
        """Return the announcement as it is stored."""
        return {
            "moment": self.moment.value,
            "at": self.at.isoformat(),
            "balance": None if self.balance is None else str(self.balance),
            "unit": self.unit,
            "scope": self.scope,
            "amount": None if self.amount is None else str(self.amount),
            "low_balance": None if self.low_balance is None else str(self.low_balance),
            "days_left": self.days_left,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Announcement:
        """Return a stored announcement. Raises as Ledger.from_dict does."""
        return cls(
            moment=Moment(data["moment"]),
            at=stored_time(data["at"]),
            balance=_amount_or_none(data["balance"]),
            unit=stored_text(data["unit"]),
            scope=stored_text(data["scope"]),
            amount=_amount_or_none(data["amount"]),
            low_balance=_amount_or_none(data.get("low_balance")),
            days_left=_sum_or_none(data.get("days_left")),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Unread:
    """That an account cannot be read: since when, and whether that was announced.

    `lasting` is for how many seconds, as far as polls have shown it; `at` when the last one did.
    """

    since: datetime
    told: bool = False
    at: datetime = field(compare=False)
    lasting: float = field(default=0.0, compare=False)

    def as_dict(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return {
            "since": self.since.isoformat(),
            "told": self.told,
            "at": self.at.isoformat(),
            "lasting": self.lasting,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any] | None) -> Unread | None:
        """Return what was stored, if anything. Raises as Ledger.from_dict does."""
        if data is None:
            return None
        return cls(
            since=stored_time(data["since"]),
            told=bool(data["told"]),
            at=stored_time(data["at"]),
            lasting=stored_sum(data["lasting"]),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """Ledgers by the keys of their balances, alerts that hold by purse, and what is yet to tell.

    A purse is the balances of an account that stand in for one another: all its currencies, or
    a single pool of something counted. `main` is the one that matters most, which does not change
    while it is remembered: a person's threshold is for it. `limits` are those that alerts were
    last judged by, and `unread` is there while the account cannot be read.
    """

    ledgers: dict[str, Ledger] = field(default_factory=dict)
    alerts: dict[str, frozenset[Alert]] = field(default_factory=dict)
    pending: tuple[Announcement, ...] = ()
    limits: Limits | None = None
    unread: Unread | None = None
    shape: tuple[Reading, ...] = ()
    """The readings that were there at the last look, without their values."""
    main: str | None = None
    notes: Mapping[str, Any] | None = None
    """What the provider wants to be given at the next poll."""

    @property
    def is_unreadable(self) -> bool:
        """Return whether it was announced that the account cannot be read."""
        return self.unread is not None and self.unread.told

    def as_dict(self) -> dict[str, Any]:
        """Return the memory as it is stored."""
        return {
            "ledgers": {key: ledger.as_dict() for key, ledger in self.ledgers.items()},
            "alerts": {purse: sorted(alerts) for purse, alerts in self.alerts.items()},
            "pending": [announcement.as_dict() for announcement in self.pending],
            "limits": None if self.limits is None else _limits_as_dict(self.limits),
            "unread": self.unread and self.unread.as_dict(),
            "shape": [[reading.kind.key, reading.unit, reading.scope] for reading in self.shape],
            "main": self.main,
            "notes": None if self.notes is None else dict(self.notes),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Memory:
        """Return a stored memory, also of version 0.1.0.

        Raises KeyError, TypeError, AttributeError, ValueError or ArithmeticError for anything
        that is none.
        """
        limits = data.get("limits")
        return cls(
            ledgers={key: Ledger.from_dict(ledger) for key, ledger in data["ledgers"].items()},
            alerts={
                purse: frozenset(Alert(alert) for alert in alerts)
                for purse, alerts in data["alerts"].items()
            },
            pending=tuple(Announcement.from_dict(told) for told in data["pending"]),
            limits=None if limits is None else _limits_from_dict(limits),
            unread=Unread.from_dict(data.get("unread")),
            shape=tuple(_stored_reading(*reading) for reading in data.get("shape", ())),
            main=stored_text(data.get("main", BALANCE.key)),
            notes=stored_notes(data.get("notes")),
        )


def _stored_reading(kind: str, unit: str | None, scope: str | None) -> Reading:
    """Return a stored reading without its value. Raises KeyError or TypeError."""
    return Reading(kind=KINDS[kind], value=None, unit=stored_text(unit), scope=stored_text(scope))


def _limits_as_dict(limits: Limits) -> dict[str, Any]:
    """Return limits as they are stored."""
    low_balance = limits.low_balance
    return {
        "low_balance": None if low_balance is None else str(low_balance),
        "low_balances": {purse: str(amount) for purse, amount in limits.low_balances.items()},
        "runway_days": limits.runway_days,
    }


def _limits_from_dict(data: dict[str, Any]) -> Limits:
    """Return stored limits. Raises as Ledger.from_dict does."""
    return Limits(
        low_balance=_amount_or_none(data["low_balance"]),
        low_balances={
            purse: stored_amount(amount) for purse, amount in data["low_balances"].items()
        },
        runway_days=_sum_or_none(data["runway_days"]),
    )


def _amount_or_none(value: Any) -> Decimal | None:
    """Return a stored amount, if there is one."""
    return None if value is None else stored_amount(value)


def _sum_or_none(value: Any) -> float | None:
    """Return a stored number, if there is one."""
    return None if value is None else stored_sum(value)
