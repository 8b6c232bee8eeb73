"""Every provider's class is as its contract says, and would be told from one that is not."""

import pytest

from contracts import load_contract, load_contracts
from contracts.form.check import problems_of
from contracts.judge import is_right, problems
from contracts.judge.mutate import forgeries, mutants
from custom_components.api_credits.providers import PROVIDERS

every_provider = pytest.mark.parametrize("key", PROVIDERS)


def test_every_provider_has_a_contract() -> None:
    """There is a contract for each class, and a class for each contract."""
    assert load_contracts().keys() == PROVIDERS.keys()


@every_provider
def test_contract(key: str) -> None:
    """A contract is complete, and does not contradict itself."""
    assert problems_of(load_contract(key)) == []


@every_provider
async def test_class(key: str) -> None:
    """A class does what is documented."""
    assert await problems(load_contract(key), PROVIDERS[key]) == []


@every_provider
async def test_mutants_are_told(key: str) -> None:
    """A class with one thing wrong does not pass."""
    contract = load_contract(key)
    survivors = [
        what for what, mutant in mutants(PROVIDERS[key]) if await is_right(contract, mutant)
    ]
    assert survivors == []


@every_provider
async def test_forgeries_are_told(key: str) -> None:
    """A contract with one thing wrong contradicts itself, or the class that is right."""
    survivors = [
        what
        for what, forgery in forgeries(load_contract(key))
        if not problems_of(forgery) and await is_right(forgery, PROVIDERS[key])
    ]
    assert survivors == []
