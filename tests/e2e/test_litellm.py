"""A LiteLLM proxy that nobody here wrote has its keys, users and teams watched, at home by http."""

from collections.abc import AsyncGenerator
from decimal import Decimal
from typing import Any

import pytest
import pytest_asyncio
import pytest_socket

from .conftest import Log
from .frontend import Form, Frontend
from .litellm.proxy import IS_INSTALLED, Proxy, RefusedError, proxy
from .planting import plant_key

pytestmark = [
    pytest.mark.asyncio(loop_scope="package"),
    pytest.mark.skipif(not IS_INSTALLED, reason="not installed: run scripts/test --litellm"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="package")
async def litellm(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Proxy]:
    """Run a proxy, which all tests share."""
    pytest_socket.enable_socket()
    async with proxy(tmp_path_factory.mktemp("litellm")) as running:
        yield running


def new_key() -> str:
    """Return a key of which no piece may be seen anywhere, as LiteLLM takes one."""
    return f"sk-{plant_key()}"


async def offer(frontend: Frontend, litellm: Proxy, key: str, balance_of: str = "key") -> Form:
    """Enter the proxy's address, as people copy it from a client's settings, and a key."""
    form = await frontend.submit(await frontend.begin(), provider="litellm")
    fields = {"url": f"{litellm.url}/v1", "balance_of": balance_of, "api_key": key}
    return await frontend.submit(form, **fields, verify_ssl=True)


async def shown(frontend: Frontend, entry_id: str, *keys: str) -> list[str]:
    """Return the states of an account's entities."""
    registered = await frontend.registered(entry_id)
    return [(await frontend.state(registered[key]["entity_id"]))["state"] for key in keys]


def is_(amount: Decimal) -> Any:
    """Return whether a state is an amount, to the last digit that LiteLLM has of it."""
    return lambda state: state != "unavailable" and Decimal(state) == amount


async def test_key(frontend: Frontend, litellm: Proxy, log: Log) -> None:
    """What is left of a key's budget falls by what is spent, and follows the budget itself.

    Keys that cannot be read are refused on the form, each for its own reason; one that is deleted
    is asked for anew.
    """
    log.expect("Authentication failed while fetching")
    key, mute = new_key(), new_key()
    await litellm.make("key", key=key, max_budget=0.06, budget_duration="30d")
    await litellm.make("key", key=mute, key_type="llm_api")

    for wrong, error in (
        (new_key(), "invalid_auth"),
        ("no-key", "invalid_auth"),
        (mute, "forbidden"),
        (litellm.master_key, "forbidden"),
    ):
        form = await offer(frontend, litellm, wrong)
        assert form["errors"] == {"base": error}
    form = await offer(frontend, litellm, key)
    assert form["step_id"] == "alerts"
    assert form["description_placeholders"]["balances"] == "0.06 USD"
    entry_id = await frontend.finish(form, low_balance=1)
    balance = await frontend.entity(entry_id, "balance")
    assert await shown(frontend, entry_id, "limit", "used") == ["0.06", "0.0"]
    assert (await shown(frontend, entry_id, "renews_at"))[0].endswith("T00:00:00+00:00")
    form = await offer(frontend, litellm, key)
    assert (form["type"], form["reason"]) == ("abort", "already_configured")

    spent = await litellm.spend(key)
    await litellm.until_written("/key/info", "info", spent, key)
    await frontend.poll(balance)
    await frontend.until(balance, is_(Decimal("0.06") - spent))

    for budget, exhausted in ((Decimal("0.02"), "on"), (Decimal(1), "off")):
        about = {"key": key, "max_budget": float(budget)}
        await litellm.ask("POST", "/key/update", json=about)
        await frontend.reload(entry_id)
        await frontend.until(balance, is_(budget - spent))
        assert await shown(frontend, entry_id, "exhausted") == [exhausted]
        if exhausted == "on":
            with pytest.raises(RefusedError, match="Budget has been exceeded"):
                await litellm.spend(key)

    await litellm.ask("POST", "/key/delete", json={"keys": [key]})
    await frontend.poll(balance)
    await frontend.until(balance, "unavailable")
    replacement = new_key()
    await litellm.make("key", key=replacement, max_budget=5)
    flows = await frontend.home.ws("config_entries/flow/progress")
    (flow,) = [each for each in flows if each["context"].get("entry_id") == entry_id]
    form = await frontend.home.get(f"/api/config/config_entries/flow/{flow['flow_id']}")
    assert [field["name"] for field in form["data_schema"]] == ["api_key"]
    form = await frontend.submit(form, api_key=replacement)
    assert (form["type"], form["reason"]) == ("abort", "reauth_successful")
    await frontend.until(balance, is_(Decimal(5)))


async def test_others(frontend: Frontend, litellm: Proxy) -> None:
    """A user, a team and a budget of the table are watched too, each by a key that is of it."""
    name = f"someone@{plant_key()}.example.com"
    team_id = (await litellm.make("team", max_budget=3, budget_duration="1mo"))["team_id"]
    budget_id = (await litellm.make("budget", max_budget=7, budget_duration="1d"))["budget_id"]
    await litellm.make("user", user_id=name, max_budget=20, auto_create_key=False)
    for balance_of, left, about in (
        ("user", Decimal(20), {"user_id": name}),
        ("team", Decimal(3), {"team_id": team_id}),
        ("key", Decimal(7), {"budget_id": budget_id}),
    ):
        key = new_key()
        await litellm.make("key", key=key, **about)
        entry_id = await frontend.finish(await offer(frontend, litellm, key, balance_of))
        balance = await frontend.entity(entry_id, "balance")
        await frontend.until(balance, is_(left))
        spent = await litellm.spend(key)
        path, at = {
            "user": ("/user/info", "user_info"),
            "team": (f"/team/info?team_id={team_id}", "team_info"),
            "key": ("/key/info", "info"),
        }[balance_of]
        await litellm.until_written(path, at, spent, key)
        await frontend.reload(entry_id)
        await frontend.until(balance, is_(left - spent))
    alone = new_key()
    await litellm.make("key", key=alone, max_budget=1)
    for balance_of in ("user", "team"):
        form = await offer(frontend, litellm, alone, balance_of)
        assert form["errors"] == {"base": "forbidden"}
