"""A bare Home Assistant in this process, whose requests to the providers reach the server."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
import socket
import tempfile
from typing import Any, cast, override

from aiohttp.abc import AbstractResolver, ResolveResult

from custom_components.api_credits.const import PLATFORMS
from homeassistant import bootstrap, loader
from homeassistant.config_entries import ConfigEntries
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.helpers import aiohttp_client
from homeassistant.setup import async_setup_component


class LoopbackResolver(AbstractResolver):
    """Finds every host at one port of this machine."""

    def __init__(self, port: int) -> None:
        """Take the port of the server."""
        self._port = port

    @override
    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(
                hostname=host,
                host="127.0.0.1",
                port=self._port,
                family=socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
        ]

    @override
    async def close(self) -> None:
        """Do nothing: there is nothing to close."""

    async def real_close(self) -> None:
        """Do nothing, under the name by which Home Assistant closes its resolver."""


@asynccontextmanager
async def home(port: int) -> AsyncGenerator[HomeAssistant]:
    """Run Home Assistant without anything that the measured entities do not need."""
    patched = cast("Any", aiohttp_client)
    patched._async_make_resolver = lambda _: LoopbackResolver(port)  # noqa: SLF001
    with tempfile.TemporaryDirectory() as directory:
        hass = HomeAssistant(directory)
        loader.async_setup(hass)
        hass.config.skip_pip = True
        hass.config_entries = ConfigEntries(hass, {})
        await bootstrap.async_load_base_functionality(hass)
        hass.set_state(CoreState.running)
        for platform in PLATFORMS:
            await async_setup_component(hass, platform, {})
        yield hass
        await hass.async_stop(force=True)
