"""The accounts a sandbox starts with: one at each provider."""

from collections.abc import Mapping
from copy import deepcopy
from decimal import Decimal
from typing import Any, Final

from contracts import load_contracts
from contracts.form import Contract
from contracts.form.answer import balance_at, load

from .accounts import SOLE, Account, Balance
from .providers import COST_REPORTERS

_HOUR: Final = 3600
_LASTS: Final = 240
"""Hours until what a contract documents is used up."""

_BALANCES: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    "agenttoolkit": {SOLE: ("1840", "6")},
    "deepseek": {"CNY": ("110.00", "0.60"), "USD": ("12.50", "0.05")},
    # A little above the threshold it has at the provider: the first to run into trouble.
    "hyperstack": {SOLE: ("28.147631028367705", "1.90")},
    "openrouter": {SOLE: ("41.30", "0.25")},
    "sms_works": {SOLE: ("180", "4")},
    "stability_ai": {
        "org-sandbox-studio": ("633.6833840314097", "9.5"),
        "org-sandbox-personal": ("25", "0.4"),
    },
}
"""By provider and scope, what is there and what of it is spent in an hour."""

_OTHERWISE: Final[Mapping[str, Mapping[str, Any]]] = {
    "deepseek": {"values": {"granted.CNY": "10.00"}},
    "hyperstack": {
        "identities": {"4242": "Sandbox GPU Lab"},
        "values": {"data.threshold": 25, "organization.threshold": 25},
    },
    "sms_works": {"identities": {"sandbox-customer": ""}},
    "stability_ai": {
        "identities": {
            "org-sandbox-studio": "Sandbox Studio",
            "org-sandbox-personal": "Personal",
        }
    },
}
"""By provider, in what an account is not as documented."""

_OVERDRAWN: Final = {"hyperstack", "openrouter"}
"""Providers whose balances go below zero."""


def samples() -> list[Account]:
    """Return the accounts, each as it is when the sandbox starts."""
    return [
        *(sample(key, contract) for key, contract in load_contracts().items()),
        *(
            Account(
                id=key,
                provider=key,
                key=f"demo-{key}-key",
                balances={SOLE: Balance(amount=Decimal(25), drain=Decimal("0.1") / _HOUR)},
                values={"spend_limit": 5000},
            )
            for key in COST_REPORTERS
        ),
    ]


def sample(key: str, contract: Contract) -> Account:
    """Return an account at a provider."""
    floor = None if key in _OVERDRAWN else Decimal(0)
    return Account(
        id=key,
        provider=key,
        key=f"demo-{key.replace('_', '-')}-key",
        balances={
            scope: Balance(amount=Decimal(amount), drain=Decimal(per_hour) / _HOUR, floor=floor)
            for scope, (amount, per_hour) in (_BALANCES.get(key) or documented(contract)).items()
        },
        **deepcopy(_OTHERWISE.get(key, {})),
    )


def documented(contract: Contract) -> dict[str, tuple[str, str]]:
    """Return what a contract says is there, and what is spent of it if it lasts for some days."""
    answer = load(contract.balance.answer)
    found: dict[str, tuple[str, str]] = {}
    for place in contract.balances:
        if place.above is None and place.scope not in found:
            amount = balance_at(answer, place)
            found[place.scope] = f"{amount:f}", f"{max(amount, Decimal(0)) / _LASTS:f}"
    if len(contract.identities) > 1:
        each = next(iter(found.values()))
        return {identity.id or "": each for identity in contract.identities}
    return found
