"""What an account spends is fit for long-term statistics."""

import pytest

from sandbox.sandbox import Sandbox

from .frontend import Frontend
from .planting import PROVIDERS, plant

pytestmark = pytest.mark.asyncio(loop_scope="package")


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_spent_is_a_sum(frontend: Frontend, sandbox: Sandbox, provider: str) -> None:
    """What was spent has a sum in the balance's unit, and Home Assistant finds no fault with it."""
    account = plant(provider)
    sandbox.accounts.add(account)
    entry_id = await frontend.add(account)
    registered = await frontend.registered(entry_id)
    scope = "_usd" if provider == "deepseek" else ""
    spent = registered[f"spent{scope}"]["entity_id"]
    balance = await frontend.state(registered[f"balance{scope}"]["entity_id"])

    listed = await frontend.home.ws("recorder/list_statistic_ids", statistic_type="sum")
    (metadata,) = [each for each in listed if each["statistic_id"] == spent]
    assert metadata["has_sum"]
    unit = metadata["statistics_unit_of_measurement"]
    assert unit == balance["attributes"]["unit_of_measurement"]

    faults = await frontend.home.ws("recorder/validate_statistics")
    ours = {entity["entity_id"] for entity in registered.values()}
    assert {entity: fault for entity, fault in faults.items() if entity in ours} == {}
