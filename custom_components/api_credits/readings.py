"""The catalogue of what a provider can report, and one account's readings at one moment."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum, auto


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


BALANCE = Kind(key="balance", role=Role.BALANCE)
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
PLAN = Kind(key="plan", role=Role.TEXT)
CAN_CREATE_INSTANCE = Kind(key="can_create_instance", role=Role.FLAG)
IS_AVAILABLE = Kind(key="is_available", role=Role.FLAG)

KINDS = {
    kind.key: kind
    for kind in (
        BALANCE,
        CAN_CREATE_INSTANCE,
        DAYS_UNTIL_RENEWAL,
        FREE,
        GRANTED,
        IS_AVAILABLE,
        LIMIT,
        PLAN,
        PURCHASED,
        RENEWS_AT,
        THRESHOLD,
        TOPPED_UP,
        TOTAL,
        USED,
    )
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One value that a provider reports; None where it says nothing.

    `unit` is an ISO 4217 code for money, else a counted unit such as `credits`.
    `scope` tells apart several readings of one kind: a currency, a pool.
    """

    kind: Kind
    value: Decimal | datetime | str | bool | None
    unit: str | None = None
    scope: str | None = None

    @property
    def key(self) -> str:
        """Return what identifies the reading within its account."""
        return f"{self.kind.key}_{self.scope.lower()}" if self.scope else self.kind.key

    @property
    def is_money(self) -> bool:
        """Return whether the unit is a currency."""
        return self.unit is not None and len(self.unit) == 3 and self.unit.isupper()


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    """All readings of an account at one moment, by their keys."""

    readings: dict[str, Reading]

    @property
    def balances(self) -> list[Reading]:
        """Return what is left to spend, a reading for each scope."""
        return [reading for reading in self.readings.values() if reading.kind.role is Role.BALANCE]
