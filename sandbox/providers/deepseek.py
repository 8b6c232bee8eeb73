"""DeepSeek: a list with a member for each currency that an account has."""

from decimal import ROUND_DOWN, Decimal
from typing import Any, Final, override

from contracts.form import Place

from ..accounts import Account
from .provider import Provider

CENT: Final = Decimal("0.01")


class DeepSeek(Provider):
    """Tells only of the currencies that there are; what was not granted was paid."""

    @override
    def with_balances(
        self, answer: Any, places: tuple[Place, ...], account: Account, chosen: str
    ) -> Any:
        """Return an answer with the currencies of an account."""
        infos = []
        for currency, balance in account.balances.items():
            total = balance.amount.quantize(CENT, ROUND_DOWN)
            granted = Decimal(str(account.values.get(f"granted.{currency}", 0)))
            granted = min(granted, total).quantize(CENT)
            infos.append(
                {
                    "currency": currency,
                    "total_balance": str(total),
                    "granted_balance": str(granted),
                    "topped_up_balance": str(total - granted),
                }
            )
        return {
            "is_available": any(balance.amount > 0 for balance in account.balances.values()),
            "balance_infos": infos,
        }

    @override
    def _with_flags(self, answer: Any, places: tuple[Place, ...], account: Account) -> Any:
        """Return the answer: its flag is right already."""
        return answer
