"""The providers' credit endpoints, with the answers they document."""

from dataclasses import dataclass, field
from typing import Final

MOVING: Final = "moving"
"""Stands in the credentials that see another balance at every poll."""


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """Where one provider tells its credit; `%d` in the answer stands for what changes."""

    provider: str
    host: str
    path: str
    answer: str
    value_template: str
    config: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Return the whole address."""
        return f"https://{self.host}{self.path}"

    def answer_at(self, step: int) -> bytes:
        """Return the answer after that many changes, of the same length every time."""
        return (self.answer % (5_000 + step % 5_000)).encode()


ENDPOINTS: Final = (
    Endpoint(
        provider="agenttoolkit",
        host="api.agenttoolkit.ai",
        path="/api/v1/credits",
        answer='{"total_credits": 12000, "used_credits": 3400, "remaining_credits": %d,'
        ' "free_credits": 1000, "purchased_credits": 11000, "period": "2026-11",'
        ' "reset_date": "2026-12-01T00:00:00+00:00", "days_until_reset": 10, "plan_tier": "pro"}',
        value_template="{{ value_json.remaining_credits }}",
        config={"variant": "bearer"},
    ),
    Endpoint(
        provider="deepseek",
        host="api.deepseek.com",
        path="/user/balance",
        answer='{"is_available": true, "balance_infos": [{"currency": "USD", "total_balance":'
        ' "%d.42", "granted_balance": "10.00", "topped_up_balance": "100.00"}]}',
        value_template="{{ value_json.balance_infos[0].total_balance }}",
    ),
    Endpoint(
        provider="hyperstack",
        host="infrahub-api.nexgencloud.com",
        path="/v1/billing/user-credit/credit",
        answer='{"message": "Success", "status": true, "data": {"credit": %d.5,'
        ' "threshold": 5.0, "can_create_instance": true}}',
        value_template="{{ value_json.data.credit }}",
    ),
    Endpoint(
        provider="openrouter",
        host="openrouter.ai",
        path="/api/v1/credits",
        answer='{"data": {"total_credits": 20000.0, "total_usage": %d.125}}',
        value_template="{{ value_json.data.total_credits - value_json.data.total_usage }}",
        config={"variant": "credits"},
    ),
    Endpoint(
        provider="sms_works",
        host="api.thesmsworks.co.uk",
        path="/v1/credits/balance",
        answer='{"credits": %d.0}',
        value_template="{{ value_json.credits }}",
    ),
    Endpoint(
        provider="stability_ai",
        host="api.stability.ai",
        path="/v1/user/balance",
        answer='{"credits": %d.25}',
        value_template="{{ value_json.credits }}",
        config={"variant": "v1", "account": "org-bench"},
    ),
)
