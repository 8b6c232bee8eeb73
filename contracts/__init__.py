"""What is documented of each provider: a file each, written from the facts, not from the class."""

from functools import cache
from importlib import import_module
from pathlib import Path

from .form import Contract


@cache
def load_contract(key: str) -> Contract:
    """Return the contract of a provider."""
    contract = import_module(f".{key}", __name__).CONTRACT
    if not isinstance(contract, Contract):
        raise TypeError(f"contracts/{key}.py: CONTRACT is no Contract")
    return contract


@cache
def load_contracts() -> dict[str, Contract]:
    """Return all contracts, by provider."""
    files = sorted(Path(__file__).parent.glob("[a-z]*.py"))
    return {file.stem: load_contract(file.stem) for file in files}
