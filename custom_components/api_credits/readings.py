"""The catalogue of what a provider can report, and one account's readings at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Context, Decimal, Inexact
from enum import Enum, auto
from typing import Any, Final

from .stored import stored_amount, stored_time

EXACT: Final = Context(prec=150)
"""Wide enough that no amount that is believed is ever rounded."""
_ROUNDED: Final = Context(prec=28)


def divided(amount: Decimal, by: Decimal) -> Decimal:
    """Return a quotient: exactly where it ends, else to 28 digits."""
    context = EXACT.copy()
    context.clear_flags()
    found = context.divide(amount, by)
    return _ROUNDED.plus(found) if context.flags[Inexact] else found


class Role(Enum):
    """What a kind of reading says, and so how it is shown."""

    BALANCE = auto()
    """An amount that is left to spend."""
    AMOUNT = auto()
    """An amount beside the balance that changes by itself."""
    LEVEL = auto()
    """An amount that somebody has set."""
    DAYS = auto()
    TIME = auto()
    TEXT = auto()
    FLAG = auto()


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of reading; `key` names its translations and is part of unique ids."""

    key: str
    role: Role
    enabled: bool = True
    blocks: bool = False
    """Whether a no means that the provider does not serve the account."""


BALANCE = Kind(key="balance", role=Role.BALANCE)
CALCULATED_BALANCE = Kind(key="calculated_balance", role=Role.BALANCE)
"""What is left by our own reckoning: the provider tells only what was spent."""
FREE = Kind(key="free", role=Role.AMOUNT)
GRANTED = Kind(key="granted", role=Role.AMOUNT)
PURCHASED = Kind(key="purchased", role=Role.AMOUNT)
TOPPED_UP = Kind(key="topped_up", role=Role.AMOUNT)
TOTAL = Kind(key="total", role=Role.AMOUNT)
USED = Kind(key="used", role=Role.AMOUNT)
LIMIT = Kind(key="limit", role=Role.LEVEL)
THRESHOLD = Kind(key="threshold", role=Role.LEVEL)
DAYS_UNTIL_RENEWAL = Kind(key="days_until_renewal", role=Role.DAYS, enabled=False)
RENEWS_AT = Kind(key="renews_at", role=Role.TIME)
REPORTED_UNTIL = Kind(key="reported_until", role=Role.TIME)
SET_AT = Kind(key="set_at", role=Role.TIME)
PLAN = Kind(key="plan", role=Role.TEXT)
CAN_CREATE_INSTANCE = Kind(key="can_create_instance", role=Role.FLAG)
IS_AVAILABLE = Kind(key="is_available", role=Role.FLAG, blocks=True)

KINDS = {
    kind.key: kind
    for kind in (
        BALANCE,
        CALCULATED_BALANCE,
        CAN_CREATE_INSTANCE,
        DAYS_UNTIL_RENEWAL,
        FREE,
        GRANTED,
        IS_AVAILABLE,
        LIMIT,
        PLAN,
        PURCHASED,
        RENEWS_AT,
        REPORTED_UNTIL,
        SET_AT,
        THRESHOLD,
        TOPPED_UP,
        TOTAL,
        USED,
    )
}


def is_money(unit: str | None) -> bool:
    """Return whether a unit is a currency."""
    return unit is not None and len(unit) == 3 and unit.isupper()


def format_amount(amount: Decimal | None, unit: str | None) -> str:
    """Return an amount with its unit for a person: to two decimals, of money always, else at most.

    A person who wants to know more digits finds them in the entity.
    """
    if amount is None:
        digits = "?"
    else:
        digits = f"{round(amount, 2) or Decimal(0):.2f}"
        if not is_money(unit):
            digits = digits.rstrip("0").rstrip(".")
    return f"{digits} {unit or ''}".strip()


def format_balance(amount: Decimal | None, unit: str | None, scope: str | None) -> str:
    """Return a balance with its scope for a person, where the unit does not say as much."""
    shown = format_amount(amount, unit)
    if not scope or scope.casefold() == (unit or "").casefold():
        return shown
    return f"{shown} ({scope})"


@dataclass(frozen=True, kw_only=True, slots=True)
class TopUp:
    """An amount that somebody paid, in the balance's unit."""

    amount: Decimal
    at: datetime

    def as_dict(self) -> dict[str, Any]:
        """Return the top-up as it is stored."""
        return {"amount": str(self.amount), "at": self.at.isoformat()}

    @classmethod
    def from_dict(cls, data: dict[str, Any] | None) -> TopUp | None:
        """Return a stored top-up, if it is one. Raises as Ledger.from_dict does."""
        if data is None:
            return None
        return cls(amount=stored_amount(data["amount"]), at=stored_time(data["at"]))


@dataclass(frozen=True, kw_only=True, slots=True)
class Spending:
    """What was spent of a balance by the day, where the provider reports that.

    `total` was spent since the account is watched, by what is reported now. `days` holds what was
    spent on UTC days from `since` on; those before `settled_until` will not be told again. It is
    known `until` when so much was spent. `top_up` is the last one of which a person has told.
    """

    total: Decimal
    days: Mapping[date, Decimal]
    since: datetime
    settled_until: datetime
    until: datetime
    top_up: TopUp | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One value that a provider reports; None where it says nothing.

    `unit` is an ISO 4217 code for money, else a counted unit such as `credits`.
    `scope` tells apart several readings of one kind: a currency, a pool.
    `spending` says what was spent of a balance where the provider reports that by the day.
    """

    kind: Kind
    value: Decimal | datetime | str | bool | None
    unit: str | None = None
    scope: str | None = None
    spending: Spending | None = None

    @property
    def key(self) -> str:
        """Return what identifies the reading within its account."""
        return f"{self.kind.key}_{self.scope.lower()}" if self.scope else self.kind.key

    @property
    def amount(self) -> Decimal | None:
        """Return the value if it is an amount that is known."""
        return self.value if isinstance(self.value, Decimal) else None

    @property
    def is_money(self) -> bool:
        """Return whether the unit is a currency."""
        return is_money(self.unit)


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """All readings of an account at one moment, by their keys.

    One that `may_owe` is used before it is paid for: to owe something from the first is no alarm.
    `notes` is what the provider wants to be given at the next poll, as JSON has it.
    """

    readings: dict[str, Reading]
    may_owe: bool = False
    used_up: bool = False
    """Whether the provider says only that nothing is left."""
    notes: Mapping[str, Any] | None = field(default=None, compare=False, repr=False)

    @property
    def balances(self) -> list[Reading]:
        """Return what is left to spend, a reading for each scope."""
        return [reading for reading in self.readings.values() if reading.kind.role is Role.BALANCE]

    @property
    def blocked(self) -> bool:
        """Return whether the provider says that it does not serve the account."""
        return self.used_up or any(
            reading.kind.blocks and reading.value is False for reading in self.readings.values()
        )


def without_values(account: Account) -> Account:
    """Return an account of which the provider says only that nothing is left."""
    unknown = {
        key: replace(each, value=None, spending=None) for key, each in account.readings.items()
    }
    return replace(account, readings=unknown, used_up=True)
