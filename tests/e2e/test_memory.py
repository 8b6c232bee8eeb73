"""What useless answers cost in memory is given back once all is well."""

import asyncio
from pathlib import Path
from typing import Final

import pytest

from sandbox.faults import Fault, Kind
from sandbox.home import Home
from sandbox.sandbox import Sandbox

from .conftest import Log
from .frontend import Frontend
from .planting import PROVIDERS, plant

pytestmark = pytest.mark.asyncio(loop_scope="package")

ACCOUNTS_EACH: Final = 10
ROUNDS: Final = 2
PATIENCE: Final = 180
MEBIBYTE: Final = 1024 * 1024
USELESS: Final = "[" + '{"a":1.5},' * 100_000 + "0]"
"""Just below what is read of an answer, and dozens of times that once it is parsed."""
MOST_KEPT: Final = 20 * MEBIBYTE


def memory(home: Home) -> int:
    """Return how much memory Home Assistant has, in bytes."""
    assert (process := home._process)
    status = Path(f"/proc/{process.pid}/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024


async def test_useless_answers(frontend: Frontend, sandbox: Sandbox, log: Log) -> None:
    """Sixty accounts that are answered a megabyte of nonsense leave no more than 20 MB behind."""
    log.expect("returned an unexpected response", "is logging too frequently")
    balances = []
    for provider in PROVIDERS * ACCOUNTS_EACH:
        account = plant(provider)
        sandbox.accounts.add(account)
        entry_id = await frontend.add(account)
        key = "balance_usd" if provider == "deepseek" else "balance"
        balances.append(await frontend.entity(entry_id, key))

    async def poll(*, well: bool) -> int:
        """Have all accounts read, and return how much memory there is once they are."""
        await frontend.poll(*balances)
        await asyncio.gather(
            *(
                frontend.until(
                    balance, lambda state: (state != "unavailable") is well, within=PATIENCE
                )
                for balance in balances
            )
        )
        return memory(frontend.home)

    await poll(well=True)
    before = memory(frontend.home)
    during, afterwards = [], []
    for _ in range(ROUNDS):
        for provider in PROVIDERS:
            sandbox.set_fault(Fault(provider=provider, kind=Kind.STATUS, status=200, body=USELESS))
        during.append(await poll(well=False))
        sandbox.clear_faults()
        afterwards.append(await poll(well=True))
    print(*(f"{size / 1e6:.0f} MB" for size in (before, *during, *afterwards)))  # noqa: T201
    # The first round also makes the allocator's room for it, which differs from run to run.
    assert afterwards[-1] - afterwards[0] < MOST_KEPT
    assert afterwards[0] - before < 3 * MOST_KEPT
