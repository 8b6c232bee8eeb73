"""What is shown of an account."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from .alerts import Alert
from .ledger import Ledger, Unknown, burn_rate, days_left, runs_out, unknown
from .readings import Account
from .records import Memory


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """What the ledger says of a balance, the burn rate in its unit per day.

    `unknown` is why there is no `runs_out`, and so perhaps no burn rate.
    """

    spent: Decimal
    burn_rate: float | None
    runs_out: datetime | None
    days_left: float | None
    unknown: Unknown | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountState:
    """All that entities show of an account."""

    account: Account
    figures: dict[str, Figures]
    alerts: dict[str, frozenset[Alert]]
    main: str | None

    def holds(self, alert: Alert) -> bool | None:
        """Return whether an alert holds for any purse of the account; None if there is none."""
        if not self.alerts:
            return None
        return any(alert in alerts for alerts in self.alerts.values())


def state_of(memory: Memory, account: Account) -> AccountState:
    """Return what is shown of an account with this memory."""
    return AccountState(
        account=account,
        figures={key: figures_of(ledger) for key, ledger in memory.ledgers.items()},
        alerts=memory.alerts,
        main=memory.main,
    )


def figures_of(ledger: Ledger) -> Figures:
    """Return what is shown of a ledger."""
    return Figures(
        spent=ledger.spent,
        burn_rate=burn_rate(ledger),
        runs_out=runs_out(ledger),
        days_left=days_left(ledger),
        unknown=unknown(ledger),
    )
