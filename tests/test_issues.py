"""Repair issues ask a person for help, and go away by themselves once it is not needed."""

from datetime import timedelta
import json
from pathlib import Path
import re
from typing import Any
from unittest.mock import patch

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.api_credits.const import DOMAIN
from custom_components.api_credits.issues import SEVERITIES
from custom_components.api_credits.pages import TROUBLESHOOTING, page_about
from custom_components.api_credits.providers.hyperstack import Hyperstack
from homeassistant.components.number import ATTR_VALUE
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.issue_registry import IssueEntry, IssueSeverity
from homeassistant.util.file import WriteError

from .answers import (
    DEEPSEEK,
    DEEPSEEK_BALANCE,
    ERRORS,
    HYPERSTACK,
    HYPERSTACK_BALANCE,
    VENICE,
    FakeProviders,
    deepseek_balance,
    hyperstack_credit,
    venice_balance,
)
from .conftest import PassTime, SetCredit, file_of, poll, set_up

A_ROUND = timedelta(minutes=23)
AN_HOUR = timedelta(hours=1)


@pytest.fixture
def options() -> dict[str, Any]:
    """Return the limits of an account."""
    return {"low_balance": 10}


@pytest.fixture(scope="module")
def texts() -> dict[str, dict[str, str]]:
    """Return the English texts of the issues."""
    path = Path(__file__).parents[1] / f"custom_components/{DOMAIN}/translations/en.json"
    issues: dict[str, dict[str, str]] = json.loads(path.read_text("utf-8"))["issues"]
    return issues


def shown(hass: HomeAssistant) -> dict[str, IssueEntry]:
    """Return the issues that are shown, by what they are about."""
    return {
        issue.translation_key: issue
        for issue in ir.async_get(hass).issues.values()
        if issue.domain == DOMAIN and issue.active and issue.translation_key
    }


def assert_told_in_full(issue: IssueEntry, texts: dict[str, dict[str, str]]) -> None:
    """Check that an issue's texts have all that they need, and nothing empty."""
    assert issue.translation_key
    needed = set(re.findall(r"\{(\w+)\}", str(texts[issue.translation_key])))
    given = issue.translation_placeholders or {}
    assert needed <= set(given)
    assert all(given[placeholder] for placeholder in needed)


async def fail(hass: HomeAssistant, providers: FakeProviders, pass_time: PassTime) -> None:
    """Let the account's next poll fail."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["unexpected_response"])
    await pass_time(A_ROUND)


async def go_on(pass_time: PassTime, hours: int) -> None:
    """Let hours pass, one by one."""
    for _ in range(hours):
        await pass_time(AN_HOUR)


# Low and exhausted


async def test_nothing_to_do(hass: HomeAssistant, loaded_entry: MockConfigEntry) -> None:
    """An account that has enough asks for nothing."""
    assert not shown(hass)


@pytest.mark.parametrize(
    ("credit", "key", "severity", "balances"),
    [
        (9.5, "low_balance", IssueSeverity.WARNING, "9.50 USD"),
        (0, "exhausted", IssueSeverity.ERROR, "0.00 USD"),
        (-1, "exhausted", IssueSeverity.ERROR, "-1.00 USD"),
    ],
)
async def test_issue(
    hass: HomeAssistant,
    set_credit: SetCredit,
    texts: dict[str, dict[str, str]],
    loaded_entry: MockConfigEntry,
    credit: float,
    key: str,
    severity: IssueSeverity,
    balances: str,
) -> None:
    """A low or exhausted account is shown with its balance and the page where it is topped up."""
    await set_credit(credit)
    ((found, issue),) = shown(hass).items()
    assert found == key
    assert issue.issue_id == f"{key}_{loaded_entry.entry_id}"
    assert issue.severity is severity is SEVERITIES[key]
    assert issue.is_fixable is False
    assert issue.is_persistent is False
    assert issue.learn_more_url == "https://console.hyperstack.cloud/billing"
    assert issue.translation_placeholders == {
        "account": "Hyperstack Example Org",
        "provider": "Hyperstack",
        "balances": balances,
        "threshold": "10.00 USD",
        "top_up_url": "https://console.hyperstack.cloud/billing",
        "keys_url": "https://console.hyperstack.cloud/api-keys",
        "docs_url": page_about(Hyperstack),
        "since": "–",
        "detail": "–",
    }
    assert_told_in_full(issue, texts)


async def test_one_replaces_the_other(
    hass: HomeAssistant, set_credit: SetCredit, loaded_entry: MockConfigEntry
) -> None:
    """Only the graver of the two is shown, and none once the balance is back."""
    for credit, expected in (
        (9, {"low_balance"}),
        (0, {"exhausted"}),
        (5, {"low_balance"}),
        (0, {"exhausted"}),
        (50, set()),
    ):
        await set_credit(credit)
        assert set(shown(hass)) == expected


async def test_balance_moves_on(
    hass: HomeAssistant, set_credit: SetCredit, loaded_entry: MockConfigEntry
) -> None:
    """The balance that is shown is the latest."""
    await set_credit(9)
    await set_credit(8)
    placeholders = shown(hass)["low_balance"].translation_placeholders
    assert placeholders
    assert placeholders["balances"] == "8.00 USD"


async def test_running_out_is_no_issue(
    hass: HomeAssistant, hass_storage: dict[str, Any], providers: FakeProviders
) -> None:
    """What will be used up some day is no damage yet."""
    entry = HYPERSTACK.entry(options={"runway_days": 365})
    providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(9))
    await set_up(hass, entry)
    hass_storage[file_of(entry)]["data"]["alerts"] = {"balance": ["running_out"]}
    await hass.config_entries.async_reload(entry.entry_id)
    assert not shown(hass)


async def test_threshold_that_is_moved(
    hass: HomeAssistant, set_credit: SetCredit, loaded_entry: MockConfigEntry
) -> None:
    """An issue goes away and comes back at once as the threshold is moved."""
    await set_credit(9)
    for value, expected in ((8, set()), (10, {"low_balance"})):
        await hass.services.async_call(
            "number",
            "set_value",
            {
                ATTR_ENTITY_ID: "number.hyperstack_example_org_warn_at",
                ATTR_VALUE: value,
            },
            blocking=True,
        )
        assert set(shown(hass)) == expected


async def test_outage(
    hass: HomeAssistant,
    providers: FakeProviders,
    set_credit: SetCredit,
    loaded_entry: MockConfigEntry,
) -> None:
    """An outage neither raises an issue nor takes one back."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["unexpected_response"])
    await poll(hass, loaded_entry)
    assert not shown(hass)
    await set_credit(0)
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["unexpected_response"])
    await poll(hass, loaded_entry)
    assert set(shown(hass)) == {"exhausted"}


async def test_before_the_first_poll(
    hass: HomeAssistant,
    providers: FakeProviders,
    set_credit: SetCredit,
    loaded_entry: MockConfigEntry,
) -> None:
    """An account that cannot be read after a restart is shown as it was left."""
    await set_credit(9)
    ir.async_get(hass).async_delete(DOMAIN, f"low_balance_{loaded_entry.entry_id}")
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["unexpected_response"])
    await hass.config_entries.async_reload(loaded_entry.entry_id)
    assert set(shown(hass)) == {"low_balance"}


async def test_several_balances(
    hass: HomeAssistant, providers: FakeProviders, texts: dict[str, dict[str, str]]
) -> None:
    """All that is left is told of an account with several balances."""
    providers.answer(DEEPSEEK_BALANCE, json=deepseek_balance(CNY="3.00", USD="4.50"))
    await set_up(hass, DEEPSEEK.entry(options={"low_balance": 10}))
    issue = shown(hass)["low_balance"]
    assert issue.translation_placeholders
    assert issue.translation_placeholders["balances"] == "3.00 CNY, 4.50 USD"
    assert_told_in_full(issue, texts)


@pytest.mark.parametrize(
    ("diem", "usd", "told"),
    [
        (2, 50, {"low_balance": ("2 diem", "3 diem")}),
        (5, 4.5, {"low_balance": ("4.50 USD", "10.00 USD")}),
        (2, 4.5, {"low_balance": ("4.50 USD, 2 diem", "10.00 USD, 3 diem")}),
        (0, 50, {"exhausted": ("0 diem", "3 diem")}),
        (0, 4.5, {"exhausted": ("0 diem", "3 diem"), "low_balance": ("4.50 USD", "10.00 USD")}),
        (5, 50, {}),
    ],
)
async def test_several_purses(
    hass: HomeAssistant,
    providers: FakeProviders,
    diem: float,
    usd: float,
    told: dict[str, tuple[str, str]],
) -> None:
    """An issue is about the purses that it holds for, and names their thresholds."""
    options = {"low_balance": 10, "low_balances": {"balance_diem": 3}}
    providers.answer(VENICE.balance_url, json=venice_balance(USD=50, DIEM=5))
    entry = await set_up(hass, VENICE.entry(options=options))
    providers.answer(VENICE.balance_url, json=venice_balance(USD=usd, DIEM=diem))
    await poll(hass, entry)
    assert {
        key: (given["balances"], given["threshold"])
        for key, issue in shown(hass).items()
        if (given := issue.translation_placeholders)
    } == told


async def test_blocked_account(
    hass: HomeAssistant, providers: FakeProviders, texts: dict[str, dict[str, str]]
) -> None:
    """An account that its provider does not serve is exhausted, even if it reports no balance."""
    body = {"is_available": False, "balance_infos": []}
    providers.answer(DEEPSEEK_BALANCE, json=body)
    await set_up(hass, DEEPSEEK.entry())
    assert set(shown(hass)) == {"exhausted"}
    assert_told_in_full(shown(hass)["exhausted"], texts)


async def test_two_accounts(
    hass: HomeAssistant,
    providers: FakeProviders,
    set_credit: SetCredit,
    loaded_entry: MockConfigEntry,
) -> None:
    """Each account has its own."""
    await set_credit(9)
    await set_up(hass, HYPERSTACK.entry(unique_id="hyperstack_1", options={"low_balance": 10}))
    assert len(ir.async_get(hass).issues) == 2
    assert await hass.config_entries.async_remove(loaded_entry.entry_id)
    assert len(ir.async_get(hass).issues) == 1


# Unreadable


async def test_unreadable(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    texts: dict[str, dict[str, str]],
    loaded_entry: MockConfigEntry,
) -> None:
    """An account that was not read for a day asks for help, until it is read again."""
    await fail(hass, providers, pass_time)
    await go_on(pass_time, 23)
    assert not shown(hass)
    await go_on(pass_time, 2)
    ((key, issue),) = shown(hass).items()
    assert key == "unreadable"
    assert issue.severity is IssueSeverity.WARNING
    assert issue.learn_more_url == TROUBLESHOOTING
    assert issue.translation_placeholders
    assert issue.translation_placeholders["detail"] == "not JSON"
    assert_told_in_full(issue, texts)

    providers.serve(HYPERSTACK)
    await pass_time(A_ROUND)
    assert not shown(hass)


@pytest.mark.parametrize(
    "error", ["cannot_connect", "forbidden", "rate_limited", "unexpected_response", "unknown"]
)
@pytest.mark.usefixtures("no_delay")
async def test_unreadable_for_whatever_reason(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
    error: str,
) -> None:
    """It does not matter why an account is not read, not even if the fault is ours."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS[error])
    for _ in range(14):
        await pass_time(timedelta(hours=2))
    assert set(shown(hass)) == {"unreadable"}


async def test_single_failures(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """Failed polls with good ones between them are no cause for concern."""
    for _ in range(3):
        await fail(hass, providers, pass_time)
        providers.serve(HYPERSTACK)
        await go_on(pass_time, 13)
    await fail(hass, providers, pass_time)
    assert not shown(hass)


async def test_unreadable_over_reloads(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """A reload does not begin to count anew."""
    await fail(hass, providers, pass_time)
    for _ in range(2):
        await go_on(pass_time, 11)
        await hass.config_entries.async_reload(loaded_entry.entry_id)
        assert not shown(hass)
    await go_on(pass_time, 3)
    assert set(shown(hass)) == {"unreadable"}


async def test_unreadable_that_is_ignored(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """What a person has ignored stays ignored over a reload."""
    await fail(hass, providers, pass_time)
    await go_on(pass_time, 25)
    issue_id = f"unreadable_{loaded_entry.entry_id}"
    ir.async_ignore_issue(hass, DOMAIN, issue_id, ignore=True)
    await hass.config_entries.async_reload(loaded_entry.entry_id)
    issue = ir.async_get(hass).async_get_issue(DOMAIN, issue_id)
    assert issue
    assert issue.dismissed_version


async def test_unreadable_and_low(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    set_credit: SetCredit,
    loaded_entry: MockConfigEntry,
) -> None:
    """An account can be both; what it was like when it was last read stays shown."""
    await set_credit(9)
    await fail(hass, providers, pass_time)
    await go_on(pass_time, 25)
    assert set(shown(hass)) == {"low_balance", "unreadable"}


async def test_refused_credentials_are_no_issue(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    loaded_entry: MockConfigEntry,
) -> None:
    """New credentials are asked for in their own way."""
    providers.answer(HYPERSTACK_BALANCE, **ERRORS["invalid_auth"])
    await go_on(pass_time, 26)
    assert not shown(hass)
    assert len(hass.config_entries.flow.async_progress()) == 1


# A memory that is not saved


async def test_not_saved(
    hass: HomeAssistant,
    set_credit: SetCredit,
    texts: dict[str, dict[str, str]],
    loaded_entry: MockConfigEntry,
) -> None:
    """A file that could not be written twice is told of, until it can be."""
    with patch(
        "homeassistant.helpers.storage.Store._async_write_data",
        side_effect=WriteError,
    ):
        await set_credit(9)
        assert set(shown(hass)) == {"low_balance"}
        await set_credit(9)
        assert set(shown(hass)) == {"low_balance", "not_saved"}
        issue = shown(hass)["not_saved"]
        assert issue.severity is IssueSeverity.WARNING
        assert issue.learn_more_url == TROUBLESHOOTING
        assert_told_in_full(issue, texts)
    await set_credit(9)
    assert set(shown(hass)) == {"low_balance"}


# Removal


async def test_removing(
    hass: HomeAssistant,
    providers: FakeProviders,
    pass_time: PassTime,
    mock_config_entry: MockConfigEntry,
) -> None:
    """Nothing is asked for an account that is no longer there."""
    providers.answer(HYPERSTACK_BALANCE, json=hyperstack_credit(0))
    await set_up(hass, mock_config_entry)
    await fail(hass, providers, pass_time)
    await go_on(pass_time, 25)
    assert set(shown(hass)) == {"exhausted", "unreadable"}
    assert await hass.config_entries.async_remove(mock_config_entry.entry_id)
    assert not ir.async_get(hass).issues
