"""Accounts for the sandbox, each with a key of its own that must never be seen anywhere."""

from collections.abc import Iterable
from decimal import Decimal
from secrets import token_hex
from typing import Any, Final

from sandbox.accounts import SOLE, Account, Balance

PROVIDERS: Final = (
    "agenttoolkit",
    "deepseek",
    "hyperstack",
    "openrouter",
    "sms_works",
    "stability_ai",
)

_planted: list[str] = []


def plant_key() -> str:
    """Return a key that is like no other text, and remember to look for it."""
    _planted.append(token_hex(16))
    return f"planted-{_planted[-1]}"


def planted_in(text: str) -> list[str]:
    """Return the planted keys that a text gives away, or halves of them."""
    return [key for key in _planted if key[:16] in text or key[16:] in text]


def plant(provider: str, balance: str = "50") -> Account:
    """Return an account at a provider, with a new key and an identity that no other has."""
    identity = token_hex(6)
    common: dict[str, Any] = {
        "id": f"{provider}-{identity}",
        "provider": provider,
        "key": plant_key(),
    }
    match provider:
        case "deepseek":
            return Account(
                **common,
                balances={"USD": amount(balance)},
                values={"granted.USD": "10"},
            )
        case "hyperstack":
            return Account(
                **common,
                balances={SOLE: amount(balance, floor=None)},
                identities={str(int(identity, 16)): f"Lab {identity}"},
                values={"data.threshold": -1000},
            )
        case "openrouter":
            return Account(**common, balances={SOLE: amount(balance, floor=None)})
        case "sms_works":
            return Account(
                **common,
                balances={SOLE: amount(balance)},
                identities={f"customer-{identity}": ""},
            )
        case "stability_ai":
            return stability_ai({f"org-{identity}": "Studio"}, balance)
        case _:
            return Account(**common, balances={SOLE: amount(balance)})


def stability_ai(organizations: dict[str, str], balance: str = "50") -> Account:
    """Return a user whose key reaches these organisations, the first of them by default."""
    return Account(
        id=f"stability_ai-{token_hex(6)}",
        provider="stability_ai",
        key=plant_key(),
        balances={organization: amount(balance) for organization in organizations},
        identities=organizations,
    )


def amount(balance: str, floor: Decimal | None = Decimal(0)) -> Balance:
    """Return a balance that stays as it is."""
    return Balance(amount=Decimal(balance), floor=floor)


def about_the_integration(lines: Iterable[str]) -> list[str]:
    """Return the warnings and errors about the integration, of the lines of a log.

    That a state took long to write is about a machine that did something else meanwhile.
    """
    return [
        line
        for line in lines
        if "api_credits" in line
        and (" WARNING " in line or " ERROR " in line or "Traceback" in line)
        and "which has not been tested by Home Assistant" not in line
        and "[homeassistant.helpers.entity] Updating state for " not in line
    ]
