"""The providers the sandbox plays: every one that has a contract."""

from contracts import load_contracts

from ..accounts import Accounts
from .deepseek import DeepSeek
from .provider import Provider

ODD: dict[str, type[Provider]] = {"deepseek": DeepSeek}
"""Those that a contract alone does not tell how to play."""

PROVIDERS = tuple(load_contracts())


def providers(accounts: Accounts) -> dict[str, Provider]:
    """Return each provider, with these accounts."""
    return {
        key: ODD.get(key, Provider)(key, contract, accounts)
        for key, contract in load_contracts().items()
    }
