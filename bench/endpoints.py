"""The providers' credit endpoints, with the answers they document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from custom_components.api_credits.client.books import opened
from custom_components.api_credits.days import day_of, start_of

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
    config: dict[str, Any] = field(default_factory=dict)
    also_answered: Mapping[str, str] = field(default_factory=dict)
    """What else is asked at a poll, by path."""

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

_NOW: Final = datetime.now(UTC)
_TODAY: Final = day_of(_NOW)

OTHER_KINDS: Final = (
    Endpoint(
        provider="custom",
        host="quota.example",
        path="/v1/me",
        answer='{"user": {"id": 7, "plan": "pro"}, "quota": {"left": %d.5, "limit": 20000}}',
        value_template="{{ value_json.quota.left }}",
        config={
            "url": "https://quota.example/v1/me",
            "local": True,
            "verify_ssl": True,
            "method": "GET",
            "auth": "bearer",
            "auth_name": "",
            "prefix": "",
            "headers": {},
            "body": "",
            "fields": {
                "balance": {
                    "path": ["quota", "left"],
                    "minus": None,
                    "divisor": "1",
                    "negative": False,
                    "unit": "credits",
                }
            },
        },
    ),
    Endpoint(
        provider="litellm",
        host="litellm.example",
        path="/key/info",
        answer='{"key": "made-up", "info": {"spend": %d.125, "max_budget": 20000.0,'
        ' "budget_reset_at": "2030-12-01T00:00:00+00:00", "litellm_budget_table": null}}',
        value_template="{{ value_json.info.max_budget - value_json.info.spend }}",
        config={
            "url": "https://litellm.example",
            "local": True,
            "verify_ssl": True,
            "balance_of": "key",
        },
    ),
    Endpoint(
        provider="new_api",
        host="gateway.example",
        path="/api/user/self",
        answer='{"success": true, "data": {"id": 7, "quota": %d000000, "used_quota": 500000}}',
        value_template="{{ value_json.data.quota / 500000 }}",
        config={
            "url": "https://gateway.example",
            "local": True,
            "verify_ssl": True,
            "balance_of": "user",
            "account_id": "7",
            "account": "7",
        },
        also_answered={"/api/status": '{"success": true, "data": {"quota_per_unit": 500000}}'},
    ),
    Endpoint(
        provider="openai",
        host="api.openai.com",
        path="/v1/organization/costs",
        answer='{"object": "page", "data": [{"object": "bucket", "start_time": '
        f"{start_of(_TODAY).timestamp():.0f}"
        ', "end_time": 0, "results": [{"object": "organization.costs.result",'
        ' "amount": {"value": %d.25, "currency": "usd"}, "line_item": null}]}],'
        ' "has_more": false, "next_page": null}',
        value_template="{{ 20000 - value_json.data[0].results[0].amount.value }}",
        config={"notes": opened(Decimal(20_000), _NOW, {}, since=_TODAY).as_dict()},
    ),
)
"""An account of each further kind: another service, gateways of one's own, a report on costs."""
