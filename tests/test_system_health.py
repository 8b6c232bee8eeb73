"""System health tells how many accounts there are, and which providers can be reached."""

import asyncio
from typing import Any

import aiohttp
import pytest
from pytest_homeassistant_custom_component.common import get_system_health_info
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker

from custom_components.api_credits.const import DOMAIN
from custom_components.api_credits.providers import PROVIDERS
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component

from .answers import DEEPSEEK, HYPERSTACK, STABILITY_AI, FakeProviders
from .conftest import set_up

# Home Assistant's own web server does what aiohttp warns of.
pytestmark = pytest.mark.filterwarnings("ignore::aiohttp.web.NotAppKeyWarning")


@pytest.fixture
async def system_health(hass: HomeAssistant) -> None:
    """Set up system health."""
    assert await async_setup_component(hass, "system_health", {})
    await hass.async_block_till_done()


async def info(hass: HomeAssistant) -> dict[str, Any]:
    """Return what system health tells of the integration."""
    told = await get_system_health_info(hass, DOMAIN)
    return {
        key: await value if asyncio.iscoroutine(value) else value for key, value in told.items()
    }


@pytest.mark.usefixtures("system_health")
async def test_providers_that_are_used(hass: HomeAssistant, providers: FakeProviders) -> None:
    """Each provider that there is an account at is told once, and no other."""
    providers.serve(HYPERSTACK, DEEPSEEK)
    for example in (HYPERSTACK, DEEPSEEK):
        await set_up(hass, example.entry())
        providers.answer(str(PROVIDERS[example.provider].base))
    await set_up(hass, DEEPSEEK.with_key("other").entry())
    assert await info(hass) == {"accounts": 3, "DeepSeek": "ok", "Hyperstack": "ok"}


@pytest.mark.usefixtures("system_health")
async def test_provider_out_of_reach(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker
) -> None:
    """A provider that does not answer is told as such, also for an account not yet set up."""
    STABILITY_AI.entry().add_to_hass(hass)
    aioclient_mock.get("https://api.stability.ai", exc=aiohttp.ClientError)
    await set_up(hass, HYPERSTACK.entry(disabled_by=ConfigEntryDisabler.USER))
    aioclient_mock.get(str(PROVIDERS["hyperstack"].base), status=404)
    assert await info(hass) == {
        "accounts": 2,
        "Hyperstack": "ok",
        "Stability AI": {"type": "failed", "error": "unreachable"},
    }


@pytest.mark.usefixtures("system_health")
async def test_no_accounts(hass: HomeAssistant) -> None:
    """Without accounts nobody is asked."""
    await async_setup_component(hass, DOMAIN, {})
    assert await info(hass) == {"accounts": 0}
