"""DeepSeek: a list of currencies, each with amounts as strings."""

from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from typing import override

from aiohttp import web

from ..accounts import Account
from .provider import Provider, reply

_CENT = Decimal("0.01")


@dataclass(kw_only=True)
class DeepSeekAccount(Account):
    """An account: its balances differ by currency, and part of each may have been a gift."""

    granted: dict[str, Decimal] = field(default_factory=dict)


class DeepSeek(Provider[DeepSeekAccount]):
    """Echoes the end of a wrong key."""

    key = "deepseek"
    host = "api.deepseek.com"
    account_type = DeepSeekAccount

    @override
    def identify(self, request: web.BaseRequest) -> DeepSeekAccount | None:
        return self.bearer(request)

    @override
    def refuse(self, request: web.BaseRequest) -> web.Response:
        key = request.headers.get("Authorization", "")[-4:]
        return _error(401, f"Authentication Fails, Your api key: ****{key} is invalid")

    @override
    def answer(self, request: web.BaseRequest, account: DeepSeekAccount) -> web.Response:
        match request.method, request.path:
            case "GET", "/user/balance":
                return _balance(account)
        return _error(404, "Not Found")


def _balance(account: DeepSeekAccount) -> web.Response:
    infos = []
    for currency, balance in account.balances.items():
        total = balance.amount.quantize(_CENT, ROUND_DOWN)
        granted = min(account.granted.get(currency, Decimal(0)), total).quantize(_CENT)
        infos.append(
            {
                "currency": currency,
                "total_balance": str(total),
                "granted_balance": str(granted),
                "topped_up_balance": str(total - granted),
            }
        )
    available = any(balance.amount > 0 for balance in account.balances.values())
    return reply({"is_available": available, "balance_infos": infos})


def _error(status: int, message: str) -> web.Response:
    kind = "authentication_error" if status == 401 else "invalid_request_error"
    error = {"message": message, "type": kind, "param": None, "code": "invalid_request_error"}
    return reply({"error": error}, status)
