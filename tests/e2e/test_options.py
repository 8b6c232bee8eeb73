"""When to be warned, set in the options and on the number entity."""

import pytest

from sandbox.sandbox import Sandbox

from .frontend import Frontend
from .planting import plant

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_options_and_number_are_one(frontend: Frontend, sandbox: Sandbox) -> None:
    """The threshold in the options and on the number is the same, and takes effect at once."""
    account = plant("sms_works", "50")
    sandbox.accounts.add(account)
    entry_id = await frontend.add(account)
    registered = await frontend.registered(entry_id)
    low, threshold = (
        registered[key]["entity_id"] for key in ("low_balance", "low_balance_threshold")
    )
    assert (await frontend.state(threshold))["attributes"]["unit_of_measurement"] == "credits"
    assert (await frontend.state(low))["state"] == "off"

    await frontend.choose_options(entry_id, low_balance=60, runway_days=5, update_interval=10)
    await frontend.until(low, "on")
    await frontend.until(threshold, lambda state: state.startswith("60"))

    asked = account.requests
    await frontend.act("number.set_value", entity_id=threshold, value=40)
    await frontend.until(low, "off", within=1)
    assert account.requests == asked

    form = await frontend.home.post(
        "/api/config/config_entries/options/flow", {"handler": entry_id}
    )
    suggested = {
        field["name"]: field.get("description", {}).get("suggested_value")
        for field in form["data_schema"]
    }
    assert suggested == {
        "low_balance": 40,
        "runway_days": 5,
        "update_interval": 10,
        "unreadable_after": 24,
    }
