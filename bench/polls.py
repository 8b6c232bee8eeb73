"""Measure what a poll costs: python -m bench.polls PORT ROUNDS, which prints JSON."""

import asyncio
from collections.abc import Awaitable, Callable
import json
import logging
import os
from random import Random
import sys
from time import perf_counter, process_time
from typing import Final

from custom_components.api_credits.const import DOMAIN
from custom_components.api_credits.coordinator import ApiCreditsCoordinator
from custom_components.api_credits.storage import MemoryStore
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.storage import STORAGE_DIR

from .accounts import MinimalCoordinator, add_ours, add_rest, headers
from .endpoints import ENDPOINTS, MOVING, OTHER_KINDS, Endpoint
from .home import home

STEADY: Final = "steady"
POLLS: Final = 5

type Poll = Callable[[], Awaitable[None]]


def bare(hass: HomeAssistant, endpoint: Endpoint) -> Poll:
    """Return the least that reads an endpoint."""
    session = async_get_clientsession(hass)
    url = endpoint.url
    own_headers = headers(hass, endpoint, STEADY)

    async def poll() -> None:
        """Get the answer as a value and forget it."""
        async with session.get(url, headers=own_headers) as response:
            await response.json()

    return poll


def saving(hass: HomeAssistant, ours: ApiCreditsCoordinator) -> Poll:
    """Return the writing of an account's memory, as it is done within an hour of a change."""
    store = MemoryStore(hass, f"{ours.config_entry.entry_id}.bench")

    async def save() -> None:
        """Write what there is."""
        await store.async_write(ours.memory)

    return save


async def reloading(hass: HomeAssistant, rounds: int) -> list[float]:
    """Return the seconds, by the clock, that reloads of an account take."""
    (entry, *_) = hass.config_entries.async_entries(DOMAIN)
    seconds = []
    for _ in range(rounds + 1):
        start = perf_counter()
        await hass.config_entries.async_reload(entry.entry_id)
        seconds.append(perf_counter() - start)
    return seconds[1:]


async def variants(hass: HomeAssistant, endpoint: Endpoint) -> dict[str, Poll]:
    """Return, by name, the ways to poll an endpoint."""
    rest, rest_moving, ours, ours_moving = (
        (await add_rest(hass, [endpoint], f"{STEADY}_{endpoint.provider}"))[0],
        (await add_rest(hass, [endpoint], f"{MOVING}_{endpoint.provider}"))[0],
        (await add_ours(hass, [endpoint], STEADY))[0],
        (await add_ours(hass, [endpoint], MOVING))[0],
    )
    return {
        "bare": bare(hass, endpoint),
        "file": saving(hass, ours),
        "minimal": MinimalCoordinator(hass, endpoint, STEADY).async_refresh,
        "ours": ours.async_refresh,
        "ours_moving": ours_moving.async_refresh,
        "rest": lambda: rest.async_update_ha_state(force_refresh=True),
        "rest_moving": lambda: rest_moving.async_update_ha_state(force_refresh=True),
    }


def storage(hass: HomeAssistant) -> dict[str, os.stat_result]:
    """Return what there is of each file in which an account is remembered."""
    with os.scandir(hass.config.path(STORAGE_DIR)) as files:
        return {file.name: file.stat() for file in files if file.name.startswith(DOMAIN)}


async def written(hass: HomeAssistant, poll: Poll) -> dict[str, int]:
    """Return how many entities a poll writes, how many states are new, and its bytes on disk."""
    files = await hass.async_add_executor_job(storage, hass)
    before = {state.entity_id: state for state in hass.states.async_all()}
    reported = {key: state.last_reported for key, state in before.items()}
    await poll()
    after = hass.states.async_all()
    files_after = await hass.async_add_executor_job(storage, hass)
    return {
        "stored": sum(
            file.st_size
            for name, file in files_after.items()
            if file.st_mtime_ns != files[name].st_mtime_ns
        ),
        "written": sum(state.last_reported != reported[state.entity_id] for state in after),
        "changed": sum(state is not before[state.entity_id] for state in after),
    }


async def measure(port: int, rounds: int) -> dict[str, object]:
    """Take turns between the variants, many times over."""
    async with home(port) as hass:
        measured = (*ENDPOINTS, *OTHER_KINDS)
        polls = {endpoint.provider: await variants(hass, endpoint) for endpoint in measured}
        entities = {}
        for provider, by_name in polls.items():
            for poll in by_name.values():
                await poll()
            entities[provider] = {name: await written(hass, poll) for name, poll in by_name.items()}
        seconds = []
        order = Random(0)
        for _ in range(rounds):
            sample: dict[str, dict[str, float]] = {}
            for provider, by_name in polls.items():
                # In no fixed order, as the one before leaves the processor's caches to the next.
                names = order.sample(list(by_name), len(by_name))
                sample[provider] = {name: await timed(by_name[name]) for name in names}
            seconds.append(sample)
        reloads = await reloading(hass, rounds)
        return {"entities": entities, "seconds": seconds, "reloads": reloads}


async def timed(poll: Poll) -> float:
    """Return the processor time of a poll, after one that brings its code into the caches."""
    await poll()
    start = process_time()
    for _ in range(POLLS):
        await poll()
    return (process_time() - start) / POLLS


if __name__ == "__main__":
    logging.basicConfig(level=logging.ERROR)
    result = asyncio.run(measure(int(sys.argv[1]), int(sys.argv[2])))
    sys.stdout.write(json.dumps(result))
