"""Judge providers by their contracts, and see that the judge would tell what is wrong."""

import argparse
import asyncio
import sys

from custom_components.api_credits.providers import PROVIDERS

from .. import load_contract
from ..form.check import problems_of
from .judge import is_right, problems
from .mutate import forgeries, mutants


async def judge(key: str) -> tuple[list[str], int]:
    """Return what is wrong with a provider, and how many changes for the worse were told."""
    contract = load_contract(key)
    if found := problems_of(contract):
        return found, 0
    provider = PROVIDERS[key]
    found = await problems(contract, provider)
    if found:
        return found, 0
    tried = 0
    for what, mutant in mutants(provider):
        tried += 1
        if await is_right(contract, mutant):
            found.append(f"nobody would tell if the class were wrong: {what}")
    for what, forgery in forgeries(contract):
        tried += 1
        if not problems_of(forgery) and await is_right(forgery, provider):
            found.append(f"nobody would tell if the contract were wrong: {what}")
    return found, tried - len(found)


def main() -> int:
    """Print what is wrong; return 1 where anything is."""
    parser = argparse.ArgumentParser(prog="scripts/judge", description=__doc__)
    parser.add_argument("key", nargs="*", help="a provider's key; all providers if none is named")
    failed = told = 0
    keys = parser.parse_args().key or list(PROVIDERS)
    if unknown := [key for key in keys if key not in PROVIDERS]:
        parser.error(f"no provider has the key {', '.join(unknown)}")
    for key in keys:
        found, of_these_told = asyncio.run(judge(key))
        failed += bool(found)
        told += of_these_told
        print(f"{key}: {f'{of_these_told} changes for the worse told' if not found else 'WRONG'}")
        for problem in found:
            print(f"  {problem}")
    print(f"{told} changes for the worse told in all, {failed} providers wrong")
    return 1 if failed else 0


sys.exit(main())
