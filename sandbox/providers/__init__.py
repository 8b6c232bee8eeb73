"""The providers the sandbox plays: every one that has a contract, and those that have none."""

from contracts import load_contracts

from ..accounts import Accounts
from .costs import Anthropic, CostReporter, OpenAI
from .deepseek import DeepSeek
from .provider import Provider

ODD: dict[str, type[Provider]] = {"deepseek": DeepSeek}
"""Those that a contract alone does not tell how to play."""

COST_REPORTERS: dict[str, type[CostReporter]] = {"anthropic": Anthropic, "openai": OpenAI}
"""Those that tell only what was spent: no answer of theirs holds a balance."""

PROVIDERS = (*load_contracts(), *COST_REPORTERS)


def providers(accounts: Accounts) -> dict[str, Provider]:
    """Return each provider, with these accounts."""
    documented = {
        key: ODD.get(key, Provider)(key, contract, accounts)
        for key, contract in load_contracts().items()
    }
    return documented | {key: reporter(key, accounts) for key, reporter in COST_REPORTERS.items()}
