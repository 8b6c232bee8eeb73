"""The dashboard: serves the file that makes it, and has browsers load that if a person says so.

Lovelace keeps a list of what browsers load, its resources, and has no interface to it for
integrations. So it may be other than expected: then accounts are watched all the same.
"""

from collections.abc import Iterator
from contextlib import contextmanager
import logging
from pathlib import Path
from typing import Any, Final

from homeassistant.components.http import StaticPathConfig
from homeassistant.core import HomeAssistant, callback
from homeassistant.loader import async_get_integration

from .const import DOMAIN

_LOGGER = logging.getLogger(__name__)

PATH: Final = f"/{DOMAIN}/strategy.js"

_FILE: Final = Path(__file__).parent / "www" / "strategy.js"
_HTTP: Final = "http"
_LOVELACE: Final = "lovelace"
_STORE: Final = ("lovelace_resources", 1)


async def async_serve_dashboard(hass: HomeAssistant) -> None:
    """Serve the file, and keep the resource, where a person has it, at this version."""
    if _HTTP not in hass.config.components:
        return
    await hass.http.async_register_static_paths(
        [StaticPathConfig(PATH, str(_FILE), cache_headers=True)]
    )
    with _softly("updated"):
        await _async_update(hass)


@callback
def can_offer_dashboard(hass: HomeAssistant) -> bool:
    """Return whether the resource can be added, which is not so where YAML lists them."""
    resources = None
    with _softly("offered"):
        resources = _collection(hass)
    return resources is not None and not hass.config.recovery_mode


async def async_offer_dashboard(hass: HomeAssistant) -> None:
    """Add the resource, which the person wants."""
    with _softly("added"):
        if not await _async_update(hass) and (resources := _collection(hass)):
            await resources.async_create_item({"res_type": "module", "url": await _async_url(hass)})


async def async_withdraw_dashboard(hass: HomeAssistant) -> None:
    """Remove the resource: there is no account left to show."""
    with _softly("removed"):
        for item in await _async_ours(hass):
            await _collection(hass).async_delete_item(item["id"])


async def _async_update(hass: HomeAssistant) -> bool:
    """Bring the resource to this version, and return whether there is one."""
    ours = await _async_ours(hass)
    url = await _async_url(hass)
    for item in ours:
        if item["url"] != url:
            await _collection(hass).async_update_item(item["id"], {"url": url})
    return bool(ours)


async def _async_url(hass: HomeAssistant) -> str:
    """Return the file's address, another one for each version: browsers keep what they know."""
    return f"{PATH}?v={(await async_get_integration(hass, DOMAIN)).version}"


async def _async_ours(hass: HomeAssistant) -> list[dict[str, Any]]:
    """Return the resources that are this file, in whatever version."""
    resources = _collection(hass)
    if resources is None:
        return []
    await resources.async_get_info()  # It loads what is stored, unless that was done.
    return [item for item in resources.async_items() if item["url"].partition("?")[0] == PATH]


@callback
def _collection(hass: HomeAssistant) -> Any:
    """Return what keeps the resources, if that is something that can be written to."""
    resources = getattr(hass.data.get(_LOVELACE), "resources", None)
    store = getattr(resources, "store", None)
    if store is None:
        return None
    if (store.key, store.version) != _STORE:
        raise RuntimeError(f"unknown store {store.key}, version {store.version}")
    return resources


@contextmanager
def _softly(what: str) -> Iterator[None]:
    """Go on without the resource where Lovelace is not what it was, and say so in a line."""
    try:
        yield
    except Exception as err:  # noqa: BLE001
        _LOGGER.warning(
            "The dashboard's resource cannot be %s: %s (%s)", what, err, type(err).__name__
        )
