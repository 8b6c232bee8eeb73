"""AgentToolkit: whole credits that come back every period, and two ways to send the key."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import override

from aiohttp import web

from ..accounts import SOLE, Account
from .provider import Provider, reply


@dataclass(kw_only=True)
class AgentToolkitAccount(Account):
    """A user on a plan."""

    free_credits: int
    purchased_credits: int = 0
    plan_tier: str | None = None

    @override
    def top_up(self, amount: Decimal, scope: str = SOLE) -> None:
        """Add credits to the balance and to the credits that were bought."""
        super().top_up(amount, scope)
        self.purchased_credits += int(amount)


class AgentToolkit(Provider[AgentToolkitAccount]):
    """Takes the key as a bearer token or, as the provider's own SDK sends it, in X-API-Key."""

    key = "agenttoolkit"
    host = "api.agenttoolkit.ai"
    switchable = ("api_key_header_only",)
    account_type = AgentToolkitAccount

    @override
    def identify(self, request: web.BaseRequest) -> AgentToolkitAccount | None:
        if account := self.account(request.headers.get("X-API-Key")):
            return account
        return None if self.switches["api_key_header_only"] else self.bearer(request)

    @override
    def refuse(self, request: web.BaseRequest) -> web.Response:
        return reply({"detail": "Could not validate credentials"}, 401)

    @override
    def answer(self, request: web.BaseRequest, account: AgentToolkitAccount) -> web.Response:
        match request.method, request.path:
            case "GET", "/api/v1/credits":
                return _credits(account)
        return reply({"detail": "Not Found"}, 404)


def _credits(account: AgentToolkitAccount) -> web.Response:
    now = datetime.now(UTC)
    reset = datetime(now.year + now.month // 12, now.month % 12 + 1, 1, tzinfo=UTC)
    remaining = int(account.balance.amount)
    total = max(account.free_credits + account.purchased_credits, remaining)
    return reply(
        {
            "total_credits": total,
            "used_credits": total - remaining,
            "remaining_credits": remaining,
            "free_credits": account.free_credits,
            "purchased_credits": account.purchased_credits,
            "period": now.strftime("%Y-%m"),
            "reset_date": reset.isoformat(),
            "days_until_reset": (reset - now).days,
            "plan_tier": account.plan_tier,
        }
    )
