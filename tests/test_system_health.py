"""System health tells how many accounts there are, and which providers were reached."""

import asyncio
from typing import Any, Final

import pytest
from pytest_homeassistant_custom_component.common import get_system_health_info

from custom_components.api_credits.const import DOMAIN
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component

from .answers import (
    DEEPSEEK,
    ERRORS,
    HYPERSTACK,
    HYPERSTACK_BALANCE,
    STABILITY_AI,
    FakeProviders,
)
from .conftest import poll, set_up

# Home Assistant's own web server does what aiohttp warns of.
pytestmark = [
    pytest.mark.filterwarnings("ignore::aiohttp.web.NotAppKeyWarning"),
    pytest.mark.usefixtures("system_health"),
]


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


UNREACHABLE: Final = {"type": "failed", "error": "unreachable"}


async def test_providers_that_are_used(hass: HomeAssistant, providers: FakeProviders) -> None:
    """Each provider that there is an account at is told once, and no other; nobody is asked."""
    providers.serve(HYPERSTACK, DEEPSEEK)
    for example in (HYPERSTACK, DEEPSEEK, DEEPSEEK.with_key("other")):
        await set_up(hass, example.entry())
    requests = len(providers.requests)
    assert await info(hass) == {"accounts": 3, "DeepSeek": "ok", "Hyperstack": "ok"}
    assert len(providers.requests) == requests


@pytest.mark.usefixtures("no_delay")
async def test_provider_out_of_reach(hass: HomeAssistant, providers: FakeProviders) -> None:
    """A provider that did not answer the last poll is told as such, until it does."""
    providers.serve(HYPERSTACK)
    entry = await set_up(hass, HYPERSTACK.entry())
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["cannot_connect"])
    await poll(hass, entry)
    assert await info(hass) == {"accounts": 1, "Hyperstack": UNREACHABLE}

    providers.serve(HYPERSTACK)
    await poll(hass, entry)
    assert await info(hass) == {"accounts": 1, "Hyperstack": "ok"}


@pytest.mark.parametrize("error", ["forbidden", "invalid_auth", "rate_limited"])
async def test_refusal_is_an_answer(
    hass: HomeAssistant, providers: FakeProviders, error: str
) -> None:
    """A provider that refuses was reached, before the account was ever read and after."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS[error])
    entry = await set_up(hass, HYPERSTACK.entry())
    assert await info(hass) == {"accounts": 1, "Hyperstack": "ok"}

    providers.serve(HYPERSTACK)
    await hass.config_entries.async_reload(entry.entry_id)
    providers.answer(HYPERSTACK_BALANCE, **ERRORS[error])
    await poll(hass, entry)
    assert await info(hass) == {"accounts": 1, "Hyperstack": "ok"}


async def test_accounts_never_read(hass: HomeAssistant, providers: FakeProviders) -> None:
    """An account whose set-up fails tells of its provider, one that is disabled does not."""
    providers.answer(STABILITY_AI.balance_url, **ERRORS["cannot_connect"])
    await set_up(hass, STABILITY_AI.entry())
    await set_up(hass, HYPERSTACK.entry(disabled_by=ConfigEntryDisabler.USER))
    assert await info(hass) == {"accounts": 2, "Stability AI": UNREACHABLE}


async def test_one_of_two_accounts(hass: HomeAssistant, providers: FakeProviders) -> None:
    """A provider that answered one of its accounts was reached."""
    providers.serve(HYPERSTACK)
    await set_up(hass, HYPERSTACK.entry())
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["cannot_connect"])
    await set_up(hass, HYPERSTACK.with_key("other").entry(unique_id="other"))
    assert await info(hass) == {"accounts": 2, "Hyperstack": "ok"}


async def test_no_accounts(hass: HomeAssistant) -> None:
    """Without accounts there is nothing to tell of a provider."""
    await async_setup_component(hass, DOMAIN, {})
    assert await info(hass) == {"accounts": 0}
