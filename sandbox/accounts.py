"""Accounts and their balances, which drain as the sandbox's time goes by."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
import time
from typing import Any

SOLE = ""
"""The scope of a balance that is the only one of its account."""

_NANOSECOND = Decimal("1e-9")


class Clock:
    """The sandbox's own time, in seconds: real time at a speed, and what it was put forward by."""

    def __init__(self, speed: Decimal = Decimal(1)) -> None:
        """Start at zero."""
        self._speed = speed
        self._passed = Decimal(0)
        self._since = time.monotonic_ns()

    @property
    def speed(self) -> Decimal:
        """How many seconds pass in one real second."""
        return self._speed

    @speed.setter
    def speed(self, speed: Decimal) -> None:
        self._passed = self.now()
        self._since = time.monotonic_ns()
        self._speed = speed

    def now(self) -> Decimal:
        """Return how much time has passed."""
        return self._passed + (time.monotonic_ns() - self._since) * _NANOSECOND * self._speed

    def advance(self, seconds: Decimal) -> None:
        """Put the clock forward."""
        self._passed += seconds


@dataclass(kw_only=True)
class Balance:
    """What is left to spend, as of the last look, and how fast it drains."""

    amount: Decimal
    drain: Decimal = Decimal(0)
    floor: Decimal | None = Decimal(0)

    def pass_time(self, seconds: Decimal) -> None:
        """Let the balance drain, but not below its floor, and never rise."""
        drained = self.amount - self.drain * seconds
        if self.floor is not None:
            drained = max(drained, min(self.floor, self.amount))
        self.amount = drained


@dataclass(kw_only=True)
class Account:
    """A credential at a provider, with its balances by scope.

    Where the credential reaches several accounts, the scopes are their ids. What is left empty is
    as the provider's contract documents it.
    """

    id: str
    provider: str
    key: str | None
    balances: dict[str, Balance]
    credentials: dict[str, str] = field(default_factory=dict)
    """Those beside the key: an account's id, a region."""
    identities: dict[str, str] = field(default_factory=dict)
    """The accounts that the credential reaches: titles by id, the default one first."""
    values: dict[str, Any] = field(default_factory=dict)
    """What else is answered otherwise than documented, by path."""
    refused: list[str] = field(default_factory=list)
    """Why it is refused, in the words of the contract's refusals."""
    topped_up: dict[str, Decimal] = field(default_factory=dict, init=False)
    """What was paid since, by scope."""
    requests: int = field(default=0, init=False)

    @property
    def balance(self) -> Balance:
        """The balance of an account that has one only."""
        return self.balances[SOLE]

    def top_up(self, amount: Decimal, scope: str = SOLE) -> None:
        """Add a payment to a balance."""
        self.balances[scope].amount += amount
        self.topped_up[scope] = self.topped_up.get(scope, Decimal(0)) + amount


class Accounts:
    """All accounts, as they stand at the moment of looking."""

    def __init__(self, clock: Clock) -> None:
        """Begin with none."""
        self._clock = clock
        self._settled = clock.now()
        self._accounts: dict[str, Account] = {}

    def __getitem__(self, account_id: str) -> Account:
        """Return an account."""
        self._settle()
        return self._accounts[account_id]

    def __iter__(self) -> Iterator[Account]:
        """Return all accounts."""
        self._settle()
        return iter(list(self._accounts.values()))

    def __contains__(self, account_id: str) -> bool:
        """Tell whether there is such an account."""
        return account_id in self._accounts

    def add(self, account: Account) -> None:
        """Add an account, or replace the one of the same id."""
        self._settle()
        self._accounts[account.id] = account

    def remove(self, account_id: str) -> None:
        """Remove an account."""
        del self._accounts[account_id]

    def _settle(self) -> None:
        now = self._clock.now()
        if now == self._settled:
            return
        for account in self._accounts.values():
            for balance in account.balances.values():
                balance.pass_time(now - self._settled)
        self._settled = now
