"""What is remembered of an account between polls and over restarts. Plain functions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from .alerts import Alert, Limits, Moment, Standing, evaluate, moments
from .ledger import (
    DAY,
    LONGEST_RUNWAY,
    Ledger,
    Observation,
    burn_rate,
    observe,
    runs_out,
    runway,
    stored_amount,
    stored_text,
    stored_time,
)
from .readings import BALANCE, DAYS_UNTIL_RENEWAL, KINDS, RENEWS_AT, Account, Reading, is_money


@dataclass(frozen=True, kw_only=True, slots=True)
class Announcement:
    """A moment that has to be told, once: which balance, and how much was left of it then.

    `amount` is that of a top-up.
    """

    moment: Moment
    at: datetime
    balance: Decimal | None
    unit: str | None
    scope: str | None = None
    amount: Decimal | None = None

    @property
    def figures(self) -> dict[str, Any]:
        """Return what an automation can use of it."""
        return {
            "balance": None if self.balance is None else float(self.balance),
            "unit": self.unit,
            "scope": self.scope,
            "amount": None if self.amount is None else float(self.amount),
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
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Announcement:
        """Return a stored announcement. Raises as Ledger.from_dict does."""
        balance, amount = data["balance"], data["amount"]
        return cls(
            moment=Moment(data["moment"]),
            at=stored_time(data["at"]),
            balance=None if balance is None else stored_amount(balance),
            unit=stored_text(data["unit"]),
            scope=stored_text(data["scope"]),
            amount=None if amount is None else stored_amount(amount),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """Ledgers by the keys of their balances, alerts that hold by purse, and what is yet to tell.

    A purse is the balances of an account that stand in for one another: all its currencies, or
    a single pool of something counted.
    """

    ledgers: dict[str, Ledger] = field(default_factory=dict)
    alerts: dict[str, frozenset[Alert]] = field(default_factory=dict)
    pending: tuple[Announcement, ...] = ()
    unread_since: datetime | None = None
    is_unreadable: bool = False
    shape: tuple[Reading, ...] = ()
    """The readings that were there at the last look, without their values."""

    def as_dict(self) -> dict[str, Any]:
        """Return the memory as it is stored."""
        return {
            "ledgers": {key: ledger.as_dict() for key, ledger in self.ledgers.items()},
            "alerts": {purse: sorted(alerts) for purse, alerts in self.alerts.items()},
            "pending": [announcement.as_dict() for announcement in self.pending],
            "unread_since": self.unread_since and self.unread_since.isoformat(),
            "is_unreadable": self.is_unreadable,
            "shape": [[reading.kind.key, reading.unit, reading.scope] for reading in self.shape],
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Memory:
        """Return a stored memory.

        Raises KeyError, TypeError, AttributeError, ValueError or ArithmeticError for anything
        that is none.
        """
        return cls(
            ledgers={key: Ledger.from_dict(ledger) for key, ledger in data["ledgers"].items()},
            alerts={
                purse: frozenset(Alert(alert) for alert in alerts)
                for purse, alerts in data["alerts"].items()
            },
            pending=tuple(Announcement.from_dict(told) for told in data["pending"]),
            unread_since=stored_time(data["unread_since"]) if data.get("unread_since") else None,
            is_unreadable=bool(data.get("is_unreadable")),
            shape=tuple(_stored_reading(*reading) for reading in data.get("shape", ())),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """What the ledger says of a balance, the burn rate in its unit per day."""

    spent: Decimal
    burn_rate: float | None
    runs_out: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountState:
    """All that entities show of an account."""

    account: Account
    figures: dict[str, Figures]
    alerts: dict[str, frozenset[Alert]]

    def holds(self, alert: Alert) -> bool | None:
        """Return whether an alert holds for any of the account's purses; None if there is none."""
        if not self.alerts:
            return None
        return any(alert in alerts for alerts in self.alerts.values())


def recall(memory: Memory) -> Account | None:
    """Return an account as it was when it was last read; None if it never was.

    Of the values, balances alone are remembered.
    """
    if not memory.shape:
        return None
    return Account(
        readings={
            reading.key: replace(reading, value=ledger.balance)
            if (ledger := memory.ledgers.get(reading.key))
            else reading
            for reading in memory.shape
        }
    )


def miss(memory: Memory, at: datetime, *, refused: bool, after: timedelta) -> Memory:
    """Return the memory after a poll that brought nothing."""
    since = min(memory.unread_since or at, at)
    memory = replace(memory, unread_since=since)
    if memory.is_unreadable or not (refused or at - since >= after):
        return memory
    told = Announcement(moment=Moment.UNREADABLE, at=at, balance=None, unit=None)
    return replace(memory, is_unreadable=True, pending=(*memory.pending, told))


def acknowledge(memory: Memory, announcements: Collection[Announcement]) -> Memory:
    """Return the memory without what need not be told again."""
    return replace(
        memory,
        pending=tuple(told for told in memory.pending if told not in announcements),
    )


def advance(
    memory: Memory,
    account: Account,
    at: datetime,
    limits: Limits,
    *,
    held: Mapping[str, frozenset[Alert]] | None = None,
) -> Memory:
    """Return the memory after a poll; the alerts that held before may hold on, or these."""
    held = memory.alerts if held is None else held
    return judge(look(memory, account, at), account, at, limits, held=held)


def look(memory: Memory, account: Account, at: datetime) -> Memory:
    """Return the memory with what was seen, but nothing concluded from it.

    A balance that is unknown, or no longer reported, keeps its ledger until it returns.
    """
    ledgers = dict(memory.ledgers)
    pending = list(memory.pending)
    if memory.is_unreadable:
        pending.append(Announcement(moment=Moment.READABLE, at=at, balance=None, unit=None))
    for reading in account.balances:
        if (balance := reading.amount) is None:
            continue
        before = ledgers.get(reading.key)
        ledgers[reading.key] = ledger = observe(
            before,
            Observation(
                balance=balance, unit=reading.unit, at=at, renews_at=_renews_at(account, at)
            ),
        )
        if before and ledger.top_up and ledger.top_up != before.top_up:
            pending.append(
                Announcement(
                    moment=Moment.TOPPED_UP,
                    at=at,
                    balance=balance,
                    unit=reading.unit,
                    scope=reading.scope,
                    amount=ledger.top_up.amount,
                )
            )
    return replace(
        memory,
        ledgers=ledgers,
        pending=tuple(pending),
        unread_since=None,
        is_unreadable=False,
        shape=tuple(replace(reading, value=None) for reading in account.readings.values()),
    )


def judge(
    memory: Memory,
    account: Account,
    at: datetime,
    limits: Limits,
    *,
    held: Mapping[str, frozenset[Alert]],
) -> Memory:
    """Return the memory with the alerts that hold now, and what is to be told of the change.

    `held` are the alerts that may hold on a little longer than they would begin.
    """
    alerts = {}
    pending = list(memory.pending)
    for purse, ledgers in _purses(memory, account).items():
        alerts[purse] = evaluate(
            [
                Standing(balance=ledger.balance, runway=runway(ledger))
                for ledger in ledgers.values()
            ],
            limits,
            blocked=account.blocked,
            held=held.get(purse, ()),
        )
        best = max(ledgers, key=lambda key: ledgers[key].balance, default="")
        reading = account.readings.get(best)
        pending.extend(
            Announcement(
                moment=moment,
                at=at,
                balance=ledgers[best].balance if best else None,
                unit=ledgers[best].unit if best else None,
                scope=reading.scope if reading else None,
            )
            for moment in moments(memory.alerts.get(purse, ()), alerts[purse])
        )
    return replace(memory, alerts=alerts, pending=tuple(pending))


def state_of(memory: Memory, account: Account) -> AccountState:
    """Return what is shown of an account with this memory."""
    return AccountState(
        account=account,
        figures={
            key: Figures(spent=ledger.spent, burn_rate=burn_rate(ledger), runs_out=runs_out(ledger))
            for key, ledger in memory.ledgers.items()
        },
        alerts=memory.alerts,
    )


def _stored_reading(kind: str, unit: str | None, scope: str | None) -> Reading:
    """Return a stored reading without its value. Raises KeyError or TypeError."""
    return Reading(kind=KINDS[kind], value=None, unit=stored_text(unit), scope=stored_text(scope))


def _purses(memory: Memory, account: Account) -> dict[str, dict[str, Ledger]]:
    """Return the ledgers by purse: those of balances that were reported within the last day.

    So a response that leaves one out is no alarm, and a balance that is gone for good does not
    stand in for the others. An account that is blocked has a purse even if it reports none.
    """
    latest = max((ledger.seen_at for ledger in memory.ledgers.values()), default=None)
    purses: dict[str, dict[str, Ledger]] = {BALANCE.key: {}} if account.blocked else {}
    for key, ledger in memory.ledgers.items():
        if latest is None or latest - ledger.seen_at <= DAY:
            purse = BALANCE.key if is_money(ledger.unit) else key
            purses.setdefault(purse, {})[key] = ledger
    return purses


def _renews_at(account: Account, at: datetime) -> datetime | None:
    """Return when the account's period ends, at the latest; None where it has none."""
    renews_at = account.readings.get(RENEWS_AT.key)
    if renews_at and isinstance(renews_at.value, datetime):
        return renews_at.value
    days = account.readings.get(DAYS_UNTIL_RENEWAL.key)
    if days and isinstance(days.value, Decimal):
        return at + timedelta(days=max(0.0, min(float(days.value), LONGEST_RUNWAY.days)) + 1)
    return None
