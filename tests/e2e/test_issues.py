"""Repair issues come and go with what they are about."""

from decimal import Decimal

import pytest

from sandbox.sandbox import Sandbox

from .frontend import Frontend
from .planting import plant

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_issues_follow_the_balance(frontend: Frontend, sandbox: Sandbox) -> None:
    """A low account is a warning, an exhausted one an error instead, and both end by themselves."""
    account = plant("hyperstack", "50")
    sandbox.accounts.add(account)
    entry_id = await frontend.add(account, low_balance=20)
    title = (await frontend.entry(entry_id))["title"]
    assert await frontend.issues() == {}

    for balance, key, severity in (
        ("15", "low_balance", "warning"),
        ("-2", "exhausted", "error"),
        ("10", "low_balance", "warning"),
    ):
        account.balance.amount = Decimal(balance)
        await frontend.reload(entry_id)
        ((issue_id, issue),) = (await frontend.issues()).items()
        assert issue_id == f"{key}_{entry_id}"
        assert (issue["translation_key"], issue["severity"]) == (key, severity)
        assert issue["is_fixable"] is False
        assert issue["learn_more_url"].startswith("https://console.hyperstack.cloud")
        assert (
            issue["translation_placeholders"].items()
            >= {
                "account": title,
                "balances": f"{balance}.00 USD",
                "threshold": "20.00 USD",
                "provider": "Hyperstack",
            }.items()
        )

    account.balance.amount = Decimal(30)
    await frontend.reload(entry_id)
    assert await frontend.issues() == {}


async def test_issues_follow_the_threshold(frontend: Frontend, sandbox: Sandbox) -> None:
    """A moved threshold raises and ends the issue at once, and removal ends it too."""
    account = plant("sms_works", "50")
    sandbox.accounts.add(account)
    entry_id = await frontend.add(account)
    threshold = await frontend.entity(entry_id, "low_balance_threshold")

    for value, expected in ((60, {f"low_balance_{entry_id}"}), (40, set()), (60, None)):
        await frontend.act("number.set_value", entity_id=threshold, value=value)
        assert expected is None or (await frontend.issues()).keys() == expected
    await frontend.remove(entry_id)
    assert await frontend.issues() == {}
