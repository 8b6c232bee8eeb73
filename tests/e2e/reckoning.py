"""What an account has to tell, reckoned from its balances by rules of our own: a second opinion."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
import json
from math import exp
from pathlib import Path
import time
from typing import Any

from .counter import Told
from .history import TAU

STILL_RUNNING_OUT = 1.25
IN_DOUBT = 0.01


@dataclass(kw_only=True)
class Reckoning:
    """An account as a poll can know it, and what was to be told of it.

    `smallest_top_up` is the least rise that is not a refund. An account with a rate has spent so
    much a day for very long.
    """

    account: str
    file: Path
    balance: Decimal
    low_balance: Decimal | None = None
    runway_days: float | None = None
    rate: float = 0
    smallest_top_up: int = 1
    served: list[Decimal] = field(default_factory=list)
    alerts: set[str] = field(default_factory=set)
    expected: Counter[Told] = field(default_factory=Counter)
    since: float = field(default_factory=time.time)

    def serve(self, balance: Decimal) -> None:
        """Note that a poll was given this balance."""
        self.served.append(balance)

    def settle(self) -> None:
        """Reckon with the polls whose answers Home Assistant has recorded, and forget the others.

        Home Assistant must be dead. The last balance on its disk says which those are: every
        answer up to that one was recorded, those after it were not.
        """
        (ledger,) = self._memory()["ledgers"].values()
        recorded = Decimal(ledger["balance"])
        known = [self.balance, *self.served]
        assert recorded in known, f"{recorded} was never served to {self.account}: {known}"
        last = len(known) - 1 - known[::-1].index(recorded)
        for balance in known[1 : last + 1]:
            self._observe(balance)
        self.served.clear()

    def untold(self) -> set[Told]:
        """Return what Home Assistant has recorded as yet to tell."""
        return {
            Told(
                account=self.account,
                moment=pending["moment"],
                balance=Decimal(pending["balance"]),
            )
            for pending in self._memory()["pending"]
        }

    def next_crossing(self) -> Decimal:
        """Return a balance that makes an account with a rate run out, or ends that."""
        days = self.runway_days or 0
        spend = self.rate * 3
        if "running_out" in self.alerts:
            return Decimal(days * 1.35 / 3 * spend).quantize(Decimal(1))
        # After a fall by f, the runway is (balance − f) ÷ ((spend + f) ÷ 3 days).
        lasting = days * 0.95 / 3
        fall = (float(self.balance) - lasting * spend) / (1 + lasting)
        return (self.balance - Decimal(fall)).quantize(Decimal(1))

    def _memory(self) -> dict[str, Any]:
        memory: dict[str, Any] = json.loads(self.file.read_text())["data"]
        return memory

    def _observe(self, balance: Decimal) -> None:
        rise = balance - self.balance
        if rise == 0:
            return
        told = []
        if rise >= max(Decimal(self.smallest_top_up), self.balance / 100):
            told.append("topped_up")
        self.rate = self._rate(-rise)
        self.balance = balance
        before, self.alerts = self.alerts, self._alerts()
        if before & {"low", "exhausted"} and not self.alerts & {"low", "exhausted"}:
            told.append("recovered")
        began = self.alerts - before
        told += [{"low": "became_low"}.get(alert, alert) for alert in sorted(began)]
        self.expected.update(
            Told(account=self.account, moment=moment, balance=balance) for moment in told
        )

    def _alerts(self) -> set[str]:
        alerts = set()
        if self.balance <= 0:
            alerts |= {"exhausted", "low"}
        if self.low_balance is not None and self.balance < self.low_balance:
            alerts.add("low")
        if self.runway_days is not None:
            still = STILL_RUNNING_OUT if "running_out" in self.alerts else 1
            share = float(self.balance) / self.rate / (self.runway_days * still)
            assert abs(share - 1) > IN_DOUBT, f"{self.account} is too close to call: {share}"
            if share < 1:
                alerts.add("running_out")
        return alerts

    def _rate(self, fall: Decimal) -> float:
        """Return what is spent a day, leaning to the recent past."""
        now = time.time()
        decay = exp((self.since - now) / TAU)
        self.since = now
        return self.rate * decay + max(float(fall), 0) / (TAU / 86400)
