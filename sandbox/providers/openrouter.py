"""OpenRouter: what was bought and what was used, for management keys; a limit, for every key."""

from dataclasses import dataclass
from decimal import Decimal
from typing import override

from aiohttp import web

from ..accounts import SOLE, Account
from .provider import Provider, reply

_DAY = 86400


@dataclass(kw_only=True)
class OpenRouterAccount(Account):
    """A key: its balance is what was bought less what was used."""

    total_credits: Decimal
    management: bool = True
    limit: Decimal | None = None
    creator_user_id: str | None = None

    @property
    def usage(self) -> Decimal:
        """What was used."""
        return max(self.total_credits, self.balance.amount) - self.balance.amount

    @override
    def top_up(self, amount: Decimal, scope: str = SOLE) -> None:
        """Add a payment to the balance and to what was bought."""
        super().top_up(amount, scope)
        self.total_credits += amount


class OpenRouter(Provider[OpenRouterAccount]):
    """Refuses to tell plain keys what the account has left."""

    key = "openrouter"
    host = "openrouter.ai"
    account_type = OpenRouterAccount

    @override
    def identify(self, request: web.BaseRequest) -> OpenRouterAccount | None:
        return self.bearer(request)

    @override
    def refuse(self, request: web.BaseRequest) -> web.Response:
        sent = "Authorization" in request.headers
        return _error(401, "User not found." if sent else "No auth credentials found")

    @override
    def answer(self, request: web.BaseRequest, account: OpenRouterAccount) -> web.Response:
        match request.method, request.path:
            case "GET", "/api/v1/credits" if not account.management:
                return _error(403, "Only management keys can perform this operation")
            case "GET", "/api/v1/credits":
                return _credits(account)
            case "GET", "/api/v1/key":
                return _key(account)
        return _error(404, "Not Found")


def _credits(account: OpenRouterAccount) -> web.Response:
    total = max(account.total_credits, account.balance.amount)
    return reply({"data": {"total_credits": float(total), "total_usage": float(account.usage)}})


def _key(account: OpenRouterAccount) -> web.Response:
    key = account.key or ""
    limit = None if account.limit is None else float(account.limit)
    remaining = None if account.limit is None else float(account.limit - account.usage)
    usage = float(account.usage)
    usage_daily = min(usage, float(account.balance.drain * _DAY))
    return reply(
        {
            "data": {
                "label": f"{key[:12]}...{key[-3:]}",
                "limit": limit,
                "limit_remaining": remaining,
                "limit_reset": None,
                "usage": usage,
                "usage_daily": usage_daily,
                "usage_weekly": min(usage, usage_daily * 7),
                "usage_monthly": min(usage, usage_daily * 30),
                "is_free_tier": False,
                "is_management_key": account.management,
                "creator_user_id": account.creator_user_id,
            }
        }
    )


def _error(status: int, message: str) -> web.Response:
    return reply({"error": {"code": status, "message": message}}, status)
