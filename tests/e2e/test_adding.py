"""Accounts are added as a person would."""

from typing import Any

import pytest

from sandbox.providers import PROVIDERS as SERVED
from sandbox.sandbox import Sandbox

from .frontend import Frontend
from .planting import PROVIDERS, amount, plant, plant_key, stability_ai

pytestmark = pytest.mark.asyncio(loop_scope="package")

LEFT = {
    "agenttoolkit": "1840 credits",
    "deepseek": "1840.00 USD",
    "hyperstack": "1840.00 USD",
    "openrouter": "1840.00 USD",
    "sms_works": "1840 credits",
    "stability_ai": "1840 credits",
}


def choices(form: dict[str, Any]) -> list[str]:
    """Return the values that the only field of a form offers."""
    (field,) = form["data_schema"]
    return [option["value"] for option in field["selector"]["select"]["options"]]


async def test_providers_are_offered(frontend: Frontend) -> None:
    """Each that the sandbox has can be chosen, and another service last."""
    form = await frontend.begin()
    assert form["step_id"] == "user"
    *named, last = choices(form)
    # Of OpenAI there are two: what was spent, and what may be spent.
    assert sorted(named) == sorted({*SERVED, "openai_spend_limit"})
    assert last == "custom"


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_wrong_key_then_right_key(
    frontend: Frontend, sandbox: Sandbox, provider: str
) -> None:
    """A wrong key is refused on the same form, which takes the right one and says what is left."""
    account = plant(provider, "1840")
    sandbox.accounts.add(account)

    form = await frontend.offer_credentials(account, plant_key())
    assert (form["step_id"], form["errors"]) == ("credentials", {"base": "invalid_auth"})
    (field,) = form["data_schema"]
    assert field["name"] == "api_key"
    assert field["selector"]["text"]["type"] == "password"
    assert "default" not in field
    assert "description" not in field

    form = await frontend.submit(form, api_key=account.key)
    assert form["step_id"] == "alerts"
    assert form["description_placeholders"]["balances"] == LEFT[provider]

    entry_id = await frontend.finish(form, low_balance=10, runway_days=3)
    balance = await frontend.entity(
        entry_id, "balance_usd" if provider == "deepseek" else "balance"
    )
    assert float((await frontend.state(balance))["state"]) == 1840


async def test_organisations_are_a_choice(frontend: Frontend, sandbox: Sandbox) -> None:
    """Of several accounts one is chosen, the default first, until all of them are added."""
    account = stability_ai({"org-of-work": "Work", "org-at-home": "Home"})
    account.balances["org-at-home"] = amount("7")
    sandbox.accounts.add(account)

    form = await frontend.offer_credentials(account)
    assert form["step_id"] == "account"
    assert choices(form) == ["org-of-work", "org-at-home"]
    assert form["data_schema"][0]["default"] == "org-of-work"
    home = await frontend.finish(await frontend.submit(form, account="org-at-home"))
    assert "Home" in (await frontend.entry(home))["title"]
    assert float((await frontend.state(await frontend.entity(home, "balance")))["state"]) == 7

    form = await frontend.offer_credentials(account)
    if form["step_id"] == "account":
        assert choices(form) == ["org-of-work"]
        form = await frontend.submit(form, account="org-of-work")
    work = await frontend.finish(form)
    assert float((await frontend.state(await frontend.entity(work, "balance")))["state"]) == 50

    form = await frontend.offer_credentials(account)
    assert (form["type"], form["reason"]) == ("abort", "already_configured")


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_no_account_twice(frontend: Frontend, sandbox: Sandbox, provider: str) -> None:
    """An account that is there is not added again."""
    account = plant(provider)
    sandbox.accounts.add(account)
    await frontend.add(account)

    form = await frontend.offer_credentials(account)
    assert (form["type"], form["reason"]) == ("abort", "already_configured")
