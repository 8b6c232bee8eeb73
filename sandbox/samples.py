"""The accounts a sandbox starts with: one at each provider."""

from decimal import Decimal

from .accounts import SOLE, Account, Balance
from .providers.agenttoolkit import AgentToolkitAccount
from .providers.deepseek import DeepSeekAccount
from .providers.hyperstack import HyperstackAccount
from .providers.openrouter import OpenRouterAccount
from .providers.sms_works import SmsWorksAccount
from .providers.stability_ai import StabilityAiAccount

_HOUR = 3600


def samples() -> list[Account]:
    """Return the accounts, each as it is when the sandbox starts."""
    return [
        AgentToolkitAccount(
            id="agenttoolkit",
            provider="agenttoolkit",
            key="demo-agenttoolkit-key",
            balances={SOLE: _balance("1840", per_hour="6")},
            free_credits=500,
            purchased_credits=1500,
            plan_tier="pro",
        ),
        DeepSeekAccount(
            id="deepseek",
            provider="deepseek",
            key="demo-deepseek-key",
            balances={
                "CNY": _balance("110.00", per_hour="0.60"),
                "USD": _balance("12.50", per_hour="0.05"),
            },
            granted={"CNY": Decimal("10.00")},
        ),
        # A little above the threshold it has at the provider: the first to run into trouble.
        HyperstackAccount(
            id="hyperstack",
            provider="hyperstack",
            key="demo-hyperstack-key",
            balances={SOLE: _balance("28.147631028367705", per_hour="1.90", floor=None)},
            organization_id=4242,
            organization_name="Sandbox GPU Lab",
            threshold=Decimal(25),
        ),
        OpenRouterAccount(
            id="openrouter",
            provider="openrouter",
            key="demo-openrouter-key",
            balances={SOLE: _balance("41.30", per_hour="0.25", floor=None)},
            total_credits=Decimal(100),
            limit=Decimal(75),
            creator_user_id="user_sandbox",
        ),
        SmsWorksAccount(
            id="sms_works",
            provider="sms_works",
            key="demo-sms-works-token",
            balances={SOLE: _balance("180", per_hour="4")},
            customer_id="5f0c0ffe-sandbox-customer",
        ),
        StabilityAiAccount(
            id="stability_ai",
            provider="stability_ai",
            key="demo-stability-ai-key",
            balances={
                "org-sandbox-studio": _balance("633.6833840314097", per_hour="9.5"),
                "org-sandbox-personal": _balance("25", per_hour="0.4"),
            },
            user_id="user-sandbox",
            email="owner@example.com",
            organizations={
                "org-sandbox-studio": "Sandbox Studio",
                "org-sandbox-personal": "Personal",
            },
            default_organization="org-sandbox-studio",
        ),
    ]


def _balance(amount: str, *, per_hour: str, floor: Decimal | None = Decimal(0)) -> Balance:
    return Balance(amount=Decimal(amount), drain=Decimal(per_hour) / _HOUR, floor=floor)
