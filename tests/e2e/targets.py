"""The ways in which the automation editor targets an account."""

from collections.abc import Awaitable, Callable
from typing import Final

from .frontend import Frontend

type Target = dict[str, list[str]]


async def by_entity(frontend: Frontend, entry_id: str, key: str) -> Target:
    """Target one entity of the account."""
    return {"entity_id": [await frontend.entity(entry_id, key)]}


async def by_device(frontend: Frontend, entry_id: str, key: str) -> Target:
    """Target the account's device."""
    return {"device_id": [await _device(frontend, entry_id)]}


async def by_area(frontend: Frontend, entry_id: str, key: str) -> Target:
    """Target an area that the account's device is put in."""
    registry = "config/area_registry"
    area = await frontend.home.ws(f"{registry}/create", name=f"Area of {entry_id}")
    device_id = await _device(frontend, entry_id)
    await frontend.home.ws(
        "config/device_registry/update", device_id=device_id, area_id=area["area_id"]
    )
    return {"area_id": [area["area_id"]]}


async def by_label(frontend: Frontend, entry_id: str, key: str) -> Target:
    """Target a label that the account's device is given."""
    label = await frontend.home.ws("config/label_registry/create", name=f"Label of {entry_id}")
    device_id = await _device(frontend, entry_id)
    await frontend.home.ws(
        "config/device_registry/update", device_id=device_id, labels=[label["label_id"]]
    )
    return {"label_id": [label["label_id"]]}


TARGETS: Final[dict[str, Callable[[Frontend, str, str], Awaitable[Target]]]] = {
    "entity": by_entity,
    "device": by_device,
    "area": by_area,
    "label": by_label,
}


async def _device(frontend: Frontend, entry_id: str) -> str:
    """Return the id of an account's device."""
    devices = await frontend.home.ws("config/device_registry/list")
    (device,) = [each for each in devices if entry_id in each["config_entries"]]
    device_id: str = device["id"]
    return device_id
