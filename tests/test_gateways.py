"""Accounts at gateways of one's own: told apart by the address, and able to move."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker

from custom_components.api_credits.const import DOMAIN
from homeassistant.config_entries import SOURCE_RECONFIGURE, SOURCE_USER, ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType

NEW_API = {"balance_of": "user", "api_key": "made-up-token", "account_id": "1"}
LITELLM = {"balance_of": "user", "api_key": "sk-made-up"}
SOMEONE = "someone@example.com"

pytestmark = pytest.mark.usefixtures("aioclient_mock")


def serve_new_api(aioclient_mock: AiohttpClientMocker, url: str, user: int, quota: int) -> None:
    """Have a New API gateway answer for a user."""
    data = {"id": user, "quota": quota, "used_quota": 0}
    aioclient_mock.get(f"{url}/api/status", json={"data": {"quota_per_unit": 500000}})
    aioclient_mock.get(f"{url}/api/user/self", json={"success": True, "data": data})


async def begin(hass: HomeAssistant, provider: str, **given: Any) -> Any:
    """Fill in the credentials of a new account, and return what comes next."""
    flow = hass.config_entries.flow
    form = await flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    form = await flow.async_configure(form["flow_id"], {"provider": provider})
    return await flow.async_configure(form["flow_id"], given)


async def add(hass: HomeAssistant, provider: str, **given: Any) -> ConfigEntry:
    """Add an account."""
    form = await begin(hass, provider, **given)
    created = await hass.config_entries.flow.async_configure(form["flow_id"], {})
    await hass.async_block_till_done()
    assert created["type"] is FlowResultType.CREATE_ENTRY
    entry: ConfigEntry = created["result"]
    return entry


async def move(hass: HomeAssistant, entry: ConfigEntry, url: str) -> Any:
    """Enter another address for an account, and return how that ends."""
    flow = hass.config_entries.flow
    context = {"source": SOURCE_RECONFIGURE, "entry_id": entry.entry_id}
    form = await flow.async_init(DOMAIN, context=context)
    assert [str(field) for field in form["data_schema"].schema] == [
        *("url", "api_key", "account_id", "verify_ssl")
    ]
    given = {**NEW_API, "url": url, "verify_ssl": True}
    del given["balance_of"]
    ended = await flow.async_configure(form["flow_id"], given)
    await hass.async_block_till_done()
    return ended


async def test_same_number_elsewhere(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker
) -> None:
    """Each gateway has a first user: the address tells them apart, whatever is pasted after it."""
    for host in ("one.lan:3000", "two.lan:3000"):
        serve_new_api(aioclient_mock, f"http://{host}", 1, 500000)
    first = await add(hass, "new_api", url="http://one.lan:3000/v1/", **NEW_API)
    second = await add(hass, "new_api", url="http://two.lan:3000", **NEW_API)
    assert first.data["url"] == "http://one.lan:3000"
    assert first.unique_id == "new_api_one.lan:3000_1"
    assert second.unique_id == "new_api_two.lan:3000_1"
    again = await begin(hass, "new_api", url="http://one.lan:3000", **NEW_API)
    assert (again["type"], again["reason"]) == (FlowResultType.ABORT, "already_configured")


async def test_gateway_moves(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """An account goes along to another address, but does not become another user's."""
    serve_new_api(aioclient_mock, "http://old.lan:3000", 1, 500000)
    serve_new_api(aioclient_mock, "https://new.lan", 1, 250000)
    serve_new_api(aioclient_mock, "https://other.lan", 2, 250000)
    entry = await add(hass, "new_api", url="http://old.lan:3000", **NEW_API)

    ended = await move(hass, entry, "https://other.lan")
    assert (ended["type"], ended["reason"]) == (FlowResultType.ABORT, "wrong_account")
    assert entry.data["url"] == "http://old.lan:3000"

    ended = await move(hass, entry, "https://new.lan")
    assert (ended["type"], ended["reason"]) == (FlowResultType.ABORT, "reconfigure_successful")
    assert entry.unique_id == "new_api_new.lan_1"
    assert entry.data["balance_of"] == "user"
    assert (state := hass.states.get("sensor.new_api_one_api_balance"))
    assert float(state.state) == 0.5


async def test_gateway_moves_onto_another_account(
    hass: HomeAssistant, aioclient_mock: AiohttpClientMocker
) -> None:
    """An account does not move to where there is one already."""
    for host in ("one.lan", "two.lan"):
        serve_new_api(aioclient_mock, f"http://{host}", 1, 500000)
    entry = await add(hass, "new_api", url="http://one.lan", **NEW_API)
    other = await add(hass, "new_api", url="http://two.lan", **NEW_API)
    ended = await move(hass, entry, "http://two.lan")
    assert (ended["type"], ended["reason"]) == (FlowResultType.ABORT, "already_configured")
    await hass.config_entries.async_remove(other.entry_id)
    assert (await move(hass, entry, "http://two.lan"))["reason"] == "reconfigure_successful"


async def test_personal_id(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> None:
    """A user whose ID is an e-mail address is known, and the address is not kept."""
    url = "http://litellm.lan:4000"
    user = {"user_id": SOMEONE, "user_info": {"spend": 1, "max_budget": 10}}
    aioclient_mock.get(f"{url}/user/info", json=user)
    entry = await add(hass, "litellm", url=url, **LITELLM)
    assert entry.unique_id
    assert SOMEONE not in f"{entry.as_dict()}"
    again = await begin(hass, "litellm", url=url, **LITELLM | {"api_key": "sk-another"})
    assert (again["type"], again["reason"]) == (FlowResultType.ABORT, "already_configured")
