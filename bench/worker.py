"""A Home Assistant with many accounts, measured on demand: python -m bench.worker PORT KIND COUNT.

KIND is `ours` or `rest`. It sets up the accounts at once, then answers each line it reads, `poll`
or `setup`, with the seconds of processor time that one poll or one more account takes. With
`memory` after COUNT it tells instead how many bytes of Python's objects each account keeps, because
tracing memory takes time itself.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
import gc
from itertools import count, cycle, islice
import json
import logging
import sys
from time import process_time
import tracemalloc
from typing import Final

from custom_components.api_credits.client.transport import MAX_REQUESTS_PER_PROVIDER
from custom_components.api_credits.coordinator import ApiCreditsCoordinator
from homeassistant.components.sensor import SensorEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from .accounts import add_ours, add_rest
from .endpoints import ENDPOINTS, Endpoint
from .home import home

POLLS: Final = 5 * len(ENDPOINTS)
SETUPS: Final = 2 * len(ENDPOINTS)

type Account = ApiCreditsCoordinator | SensorEntity
type Add = Callable[[Sequence[Endpoint], str], Awaitable[Sequence[Account]]]


async def poll(account: Account) -> None:
    """Poll as Home Assistant does when it is time."""
    if isinstance(account, ApiCreditsCoordinator):
        await account.async_refresh()
    else:
        await account.async_update_ha_state(force_refresh=True)


async def remove(hass: HomeAssistant, account: Account) -> None:
    """Remove an account with all that Home Assistant knows of it."""
    if isinstance(account, ApiCreditsCoordinator):
        await hass.config_entries.async_remove(account.config_entry.entry_id)
    else:
        er.async_get(hass).async_remove(account.entity_id)
        await hass.async_block_till_done()


async def poll_seconds(turns: Iterator[Account]) -> float:
    """Return what a poll takes, of the accounts whose turn it is."""
    start = process_time()
    for account in islice(turns, POLLS):
        await poll(account)
    return (process_time() - start) / POLLS


async def setup_seconds(hass: HomeAssistant, add: Add, key: str) -> float:
    """Return what the set-up of one more account takes, and remove it again."""
    endpoints = list(islice(cycle(ENDPOINTS), SETUPS))
    start = process_time()
    accounts = await add(endpoints, key)
    seconds = (process_time() - start) / SETUPS
    for account in accounts:
        await remove(hass, account)
    return seconds


def say(answer: object) -> None:
    """Print one line of JSON."""
    sys.stdout.write(f"{json.dumps(answer)}\n")
    sys.stdout.flush()


async def main(port: int, kind: str, size: int, *, memory: bool) -> None:
    """Set up a few accounts to warm up, then as many as wanted, and answer."""
    async with home(port) as hass:
        add: Add = partial(add_ours if kind == "ours" else add_rest, hass)
        # As many as poll at a time, so that no new connection is counted later.
        await add(ENDPOINTS * MAX_REQUESTS_PER_PROVIDER, "warm")
        states = len(hass.states.async_all())
        gc.collect()
        if memory:
            tracemalloc.start()
        start = process_time()
        accounts = await add(list(islice(cycle(ENDPOINTS), size)), "kept")
        seconds = process_time() - start
        if memory:
            gc.collect()
            say(tracemalloc.get_traced_memory()[0] / size)
            return
        entities = len(hass.states.async_all()) - states
        say({"setup": seconds / size, "entities": entities / size})
        turns, numbers = cycle(accounts), count()
        while command := (await asyncio.to_thread(sys.stdin.readline)).strip():
            if command == "poll":
                say(await poll_seconds(turns))
            else:
                say(await setup_seconds(hass, add, f"more{next(numbers)}"))


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    arguments = sys.argv[1:]
    asyncio.run(
        main(int(arguments[0]), arguments[1], int(arguments[2]), memory="memory" in arguments)
    )
