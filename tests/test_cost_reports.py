"""Accounts whose provider tells only costs, from the first form to the repair of the balance."""

from datetime import timedelta
from decimal import Decimal
import json
import logging
from pathlib import Path
import re
from typing import Any, Final

from freezegun.api import FrozenDateTimeFactory
from multidict import CIMultiDict
import probatio
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.test_util.aiohttp import (
    AiohttpClientMocker,
    AiohttpClientMockResponse,
)
from yarl import URL

from custom_components.api_credits.const import DOMAIN
from custom_components.api_credits.diagnostics import async_get_config_entry_diagnostics
from custom_components.api_credits.repairs import async_create_fix_flow
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.config_entries import SOURCE_RECONFIGURE, SOURCE_USER, ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import Context, HomeAssistant, State
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import entity_registry as er, issue_registry as ir, llm
from homeassistant.helpers.issue_registry import IssueEntry
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from sandbox.providers.provider import Request

from .conftest import PassTime, file_of, moments, poll
from .reporting import KEY, Reporting

DAY: Final = timedelta(days=1)
HOUR: Final = timedelta(hours=1)
BALANCE: Final = "sensor.openai_balance_calculated"

ENGLISH: Final = Path(__file__).parents[1] / f"custom_components/{DOMAIN}/translations/en.json"

pytestmark = [pytest.mark.freeze_time("2026-11-10 09:00:00"), pytest.mark.usefixtures("no_delay")]


@pytest.fixture
def provider() -> str:
    """Return the provider; parametrized where it matters."""
    return "openai"


@pytest.fixture
def reporting(aioclient_mock: AiohttpClientMocker, provider: str) -> Reporting:
    """Return an organization of which 100 is left, and what its provider answers."""
    reporting = Reporting.at(provider, spend_limit=5000)

    async def respond(method: str, url: URL, data: Any) -> AiohttpClientMockResponse:
        (_, _, _, headers) = aioclient_mock.mock_calls[-1]
        if reporting.down:
            return AiohttpClientMockResponse(method, url, status=503)
        if reporting.says:
            status, text = reporting.says
            return AiohttpClientMockResponse(method, url, status=status, text=text)
        asked = Request(method=method, url=url, headers=CIMultiDict(headers), body="")
        answer = reporting.reporter.respond(asked, reporting.reporter.identify(asked))
        return AiohttpClientMockResponse(method, url, status=answer.status, response=answer.body)

    aioclient_mock.get(re.compile(f"^https://{reporting.reporter.host}/"), side_effect=respond)
    return reporting


async def fill_in(hass: HomeAssistant, flow: Any, **given: Any) -> Any:
    """Fill in a form."""
    flow = await hass.config_entries.flow.async_configure(flow["flow_id"], given)
    await hass.async_block_till_done()
    return flow


async def begin(hass: HomeAssistant, provider: str) -> Any:
    """Choose the provider."""
    flow = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    return await fill_in(hass, flow, provider=provider)


async def add(hass: HomeAssistant, provider: str, left: float | None = 100) -> MockConfigEntry:
    """Add an account as a person would; `left` where that is asked."""
    flow = await fill_in(hass, await begin(hass, provider), api_key=KEY)
    if left is not None:
        assert flow["step_id"] == "balance_now", flow
        flow = await fill_in(hass, flow, balance_now=left)
    assert flow["step_id"] == "alerts", flow
    flow = await fill_in(hass, flow, low_balance=10)
    assert flow["type"] is FlowResultType.CREATE_ENTRY
    entry: MockConfigEntry = flow["result"]
    assert entry.state is ConfigEntryState.LOADED
    return entry


@pytest.fixture
async def entry(hass: HomeAssistant, reporting: Reporting, provider: str) -> MockConfigEntry:
    """Return the account, added by a person who saw that 100 is left."""
    return await add(hass, provider)


def entity(hass: HomeAssistant, entry: MockConfigEntry, key: str = "calculated_balance") -> str:
    """Return one of the account's sensors, its balance if no other is named."""
    entity_id = er.async_get(hass).async_get_entity_id("sensor", DOMAIN, f"{entry.entry_id}_{key}")
    assert entity_id
    return entity_id


def state(hass: HomeAssistant, entry: MockConfigEntry, key: str) -> str:
    """Return the state of one of the account's sensors."""
    found = hass.states.get(entity(hass, entry, key))
    assert found
    return found.state


def amount(hass: HomeAssistant, entry: MockConfigEntry, key: str = "calculated_balance") -> Decimal:
    """Return one of the account's amounts, its balance if no other is named."""
    return Decimal(state(hass, entry, key))


def exact(entry: MockConfigEntry) -> Decimal:
    """Return the balance to its last digit, which a state does not show."""
    left: Decimal = entry.runtime_data.data.account.readings["calculated_balance"].value
    return left


async def act(hass: HomeAssistant, action: str, entity_id: str | list[str], **data: Any) -> None:
    """Call one of our actions."""
    await hass.services.async_call(DOMAIN, action, {"entity_id": entity_id, **data}, blocking=True)
    await hass.async_block_till_done()


def issues(hass: HomeAssistant) -> dict[str, IssueEntry]:
    """Return the issues that are shown, by what they are about."""
    return {
        issue.translation_key or "": issue
        for issue in ir.async_get(hass).issues.values()
        if issue.domain == DOMAIN and issue.active
    }


def named_in(*path: str) -> set[str]:
    """Return the placeholders of an English text, or of all texts below a place."""
    texts = json.loads(ENGLISH.read_text("utf-8"))
    for name in path:
        texts = texts[name]
    return set(re.findall(r"\{(\w+)\}", str(texts)))


class TestAdding:
    """A person says what is left, and is told which key it takes."""

    @pytest.mark.parametrize(
        ("provider", "says"),
        [
            ("openai", ("Admin key", "owner", "keys")),
            ("openai_spend_limit", ("Admin key", "owner", "keys")),
            ("anthropic", ("Admin key", "individual account has none", "organization")),
        ],
    )
    async def test_what_key_it_takes(
        self, hass: HomeAssistant, reporting: Reporting, provider: str, says: tuple[str, ...]
    ) -> None:
        """It is said above the field for the key, before anything else."""
        flow = await begin(hass, provider)
        rights = flow["description_placeholders"]["rights"]
        assert all(word in rights for word in says)
        texts = json.loads(ENGLISH.read_text("utf-8"))
        description = texts["config"]["step"]["credentials"]["description"]
        assert description.startswith("{rights}")

    async def test_openai(self, hass: HomeAssistant, reporting: Reporting) -> None:
        """What is left is asked for after the key works, and shown before the account is made."""
        flow = await fill_in(hass, await begin(hass, "openai"), api_key=KEY)
        assert flow["step_id"] == "balance_now"
        assert "billing" in flow["description_placeholders"]["top_up_url"]
        assert named_in("config", "step", "balance_now") <= flow["description_placeholders"].keys()
        flow = await fill_in(hass, flow, balance_now="12.34")
        assert flow["description_placeholders"]["balances"] == "12.34 USD"
        flow = await fill_in(hass, flow, low_balance=5)
        assert flow["title"] == "OpenAI"
        data = flow["result"].data
        assert data.keys() == {"provider", "api_key", "account", "variant", "notes"}
        assert amount(hass, flow["result"]) == Decimal("12.34")
        name = hass.states.get(BALANCE)
        assert name
        assert name.name == "OpenAI Balance (calculated)"

    @pytest.mark.parametrize("provider", ["anthropic"])
    async def test_anthropic(self, hass: HomeAssistant, reporting: Reporting) -> None:
        """The organization is what tells the account, and gives it its name."""
        reporting.account.identities = {"made-up-organization": "Example Studio"}
        entry = await add(hass, "anthropic", 40)
        assert entry.unique_id == "anthropic_made-up-organization"
        assert entry.title == "Anthropic Example Studio"
        assert amount(hass, entry) == Decimal(40)

    @pytest.mark.parametrize("provider", ["openai_spend_limit"])
    async def test_spend_limit(self, hass: HomeAssistant, reporting: Reporting) -> None:
        """Nobody has to say what is left."""
        reporting.spend("7.5")
        entry = await add(hass, "openai_spend_limit", None)
        values = [amount(hass, entry, key) for key in ("balance", "limit", "used", "spent")]
        assert values == [Decimal("42.5"), Decimal(50), Decimal("7.5"), Decimal(0)]
        reporting.spend("2")
        await poll(hass, entry)
        assert amount(hass, entry, "balance") == Decimal("40.50")
        assert amount(hass, entry, "spent") == 2

    @pytest.mark.parametrize("left", ["much", "", "NaN", 2e9, -2e9, True, None], ids=repr)
    async def test_no_amount(self, hass: HomeAssistant, reporting: Reporting, left: Any) -> None:
        """It is said in words, and another one is taken."""
        flow = await fill_in(hass, await begin(hass, "openai"), api_key=KEY)
        flow = await fill_in(hass, flow, balance_now=left)
        assert flow["errors"] == {"balance_now": "balance_now_limits"}
        flow = await fill_in(hass, flow, balance_now=-1)
        assert flow["description_placeholders"]["balances"] == "-1.00 USD"

    @pytest.mark.parametrize("when", ["missing right", "missing scope"])
    async def test_no_admin_key(self, hass: HomeAssistant, reporting: Reporting, when: str) -> None:
        """It is not called a wrong key; an admin key goes on from there."""
        reporting.account.refused = [when]
        flow = await fill_in(hass, await begin(hass, "openai"), api_key=KEY)
        assert flow["errors"] == {"base": "not_admin"}
        flow = await fill_in(hass, flow, api_key="another-key")
        assert flow["errors"] == {"base": "invalid_auth"}
        reporting.account.refused = []
        flow = await fill_in(hass, flow, api_key=KEY)
        assert flow["step_id"] == "balance_now"
        reporting.down = True
        flow = await fill_in(hass, flow, balance_now=3)
        assert flow["errors"] == {"base": "cannot_connect"}
        reporting.down = False
        assert (await fill_in(hass, flow, balance_now=3))["step_id"] == "alerts"

    @pytest.mark.parametrize("provider", ["openai_spend_limit"])
    async def test_no_spend_limit(self, hass: HomeAssistant, reporting: Reporting) -> None:
        """A person who has set none is told."""
        reporting.account.values["spend_limit"] = None
        flow = await fill_in(hass, await begin(hass, "openai_spend_limit"), api_key=KEY)
        assert flow["errors"] == {"base": "no_spend_limit"}
        reporting.account.values["spend_limit"] = 100
        assert (await fill_in(hass, flow, api_key=KEY))["step_id"] == "alerts"

    async def test_twice(self, hass: HomeAssistant, entry: MockConfigEntry) -> None:
        """The same key is refused, but for the other way to look at the account."""
        flow = await fill_in(hass, await begin(hass, "openai"), api_key=KEY)
        assert flow["reason"] == "already_configured"
        assert (await add(hass, "openai_spend_limit", None)).title == "OpenAI spend limit"

    async def test_another_key(
        self, hass: HomeAssistant, reporting: Reporting, entry: MockConfigEntry
    ) -> None:
        """The balance goes on to be calculated from what was said before."""
        reporting.spend("10")
        reporting.account.key = "renewed-key"
        await poll(hass, entry)
        (flow,) = hass.config_entries.flow.async_progress()
        flow = await fill_in(hass, flow, api_key="renewed-key")
        assert flow["reason"] == "reauth_successful"
        assert amount(hass, entry) == Decimal("90.00")
        flow = await hass.config_entries.flow.async_init(
            DOMAIN, context={"source": SOURCE_RECONFIGURE, "entry_id": entry.entry_id}
        )
        flow = await fill_in(hass, flow, api_key="renewed-key")
        assert flow["reason"] == "reconfigure_successful"
        assert amount(hass, entry) == Decimal("90.00")
        assert entry.data["notes"]


class TestCalculation:
    """What entities show of a balance that is calculated."""

    async def test_readings(
        self,
        hass: HomeAssistant,
        reporting: Reporting,
        entry: MockConfigEntry,
        pass_time: PassTime,
    ) -> None:
        """The balance falls by what is reported, and it is said until when that is known."""
        await pass_time(3 * HOUR)
        reporting.spend("10.25")
        await poll(hass, entry)
        keys = ("calculated_balance", "total", "used", "spent")
        amounts = [amount(hass, entry, key) for key in keys]
        assert amounts == [Decimal("89.75"), Decimal(100), Decimal("10.25"), Decimal("10.25")]
        assert state(hass, entry, "reported_until") == "2026-11-10T12:00:00+00:00"
        assert state(hass, entry, "set_at") == "2026-11-10T09:00:00+00:00"

    async def test_pace_of_before(
        self, hass: HomeAssistant, reporting: Reporting, freezer: FrozenDateTimeFactory
    ) -> None:
        """What was spent before the account was added says how fast it goes."""
        for _ in range(14):
            freezer.tick(DAY)
            reporting.spend("2")
        entry = await add(hass, "openai", 20)
        assert amount(hass, entry, "spent") == Decimal("0.00")
        assert float(state(hass, entry, "burn_rate")) == pytest.approx(2.2, abs=0.2)
        assert float(state(hass, entry, "days_left")) == pytest.approx(9, abs=1)

    async def test_low_and_running_out_count_from_what_is_reported(
        self,
        hass: HomeAssistant,
        reporting: Reporting,
        entry: MockConfigEntry,
        pass_time: PassTime,
    ) -> None:
        """A provider that is a day behind says when it runs out as seen a day ago."""
        reporting.reporter.set_switch("today_missing", on=True)
        for _ in range(6):
            reporting.spend("10")
            await pass_time(DAY)
            await poll(hass, entry)
        assert state(hass, entry, "reported_until") == "2026-11-16T00:00:00+00:00"
        assert amount(hass, entry) == Decimal("40.00")
        burn_rate = float(state(hass, entry, "burn_rate"))
        assert burn_rate == pytest.approx(10, rel=0.1)
        runs_out = dt_util.parse_datetime(state(hass, entry, "runs_out"))
        reported_until = dt_util.parse_datetime(state(hass, entry, "reported_until"))
        assert runs_out
        assert reported_until
        assert (runs_out - reported_until) / DAY == pytest.approx(40 / burn_rate, rel=0.05)

    async def test_restated_days(
        self,
        hass: HomeAssistant,
        reporting: Reporting,
        entry: MockConfigEntry,
        told: list[State],
    ) -> None:
        """They correct the balance; nothing was topped up, and nothing becomes unspent."""
        reporting.spend("60")
        await poll(hass, entry)
        reporting.reporter.book(reporting.account).costs[dt_util.utcnow().date()] = Decimal(20)
        await poll(hass, entry)
        assert amount(hass, entry) == Decimal("80.00")
        assert amount(hass, entry, "spent") == Decimal("60.00")
        reporting.spend("50")
        await poll(hass, entry)
        assert amount(hass, entry) == Decimal("30.00")
        assert amount(hass, entry, "spent") == Decimal("70.00")
        assert told == []

    async def test_restart(
        self,
        hass: HomeAssistant,
        hass_storage: dict[str, Any],
        reporting: Reporting,
        entry: MockConfigEntry,
        freezer: FrozenDateTimeFactory,
    ) -> None:
        """What was said and settled is there again, also from what an earlier minute has left."""
        reporting.spend("5")
        await poll(hass, entry)
        await hass.config_entries.async_unload(entry.entry_id)
        earlier = json.loads(json.dumps(hass_storage[file_of(entry)]))
        freezer.tick(20 * DAY)
        reporting.spend("6")
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)
        assert amount(hass, entry) == Decimal("89.00")
        await hass.config_entries.async_unload(entry.entry_id)
        hass_storage[file_of(entry)] = earlier
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)
        assert amount(hass, entry) == Decimal("89.00")

    async def test_lost_memory(
        self,
        hass: HomeAssistant,
        hass_storage: dict[str, Any],
        reporting: Reporting,
        entry: MockConfigEntry,
    ) -> None:
        """What a person has said is kept with the account as well."""
        await act(hass, "add_top_up", BALANCE, amount=7)
        reporting.spend("5")
        await hass.config_entries.async_unload(entry.entry_id)
        del hass_storage[file_of(entry)]
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
        assert amount(hass, entry) == Decimal("102.00")

    async def test_assistants(self, hass: HomeAssistant, entry: MockConfigEntry) -> None:
        """A language model is told of it as of any balance that is exposed."""
        assert await async_setup_component(hass, "homeassistant", {})
        assert await async_setup_component(hass, "llm", {})
        async_expose_entity(hass, "conversation", BALANCE, should_expose=True)
        context = llm.LLMContext(
            platform="test",
            context=Context(),
            language="en",
            assistant="conversation",
            device_id=None,
        )
        api = await llm.async_get_api(hass, llm.LLM_API_ASSIST, context)
        result = await api.async_call_tool(llm.ToolInput("api_credits__get_accounts", {}))
        data: Any = result.data
        ((balance,),) = [account["balances"] for account in data["accounts"]]
        assert balance.items() >= {"unit": "USD", "balance": 100.0}.items()

    async def test_diagnostics(
        self, hass: HomeAssistant, reporting: Reporting, entry: MockConfigEntry
    ) -> None:
        """They say which readings there are: no key, and nothing of what was set or spent."""
        reporting.spend("12.3456")
        await poll(hass, entry)
        text = json.dumps(await async_get_config_entry_diagnostics(hass, entry))
        assert "calculated_balance" in text
        assert not [secret for secret in (KEY, "12.3456", "87.65", "notes") if secret in text]


class TestCorrecting:
    """A person says what is left, or what was paid."""

    async def test_set_balance(
        self, hass: HomeAssistant, reporting: Reporting, entry: MockConfigEntry, told: list[State]
    ) -> None:
        """It is left from now on; that is no top-up, and what was spent stays spent."""
        reporting.spend("95")
        await poll(hass, entry)
        assert moments(told) == ["became_low"]
        reporting.spend("1")
        await act(hass, "set_balance", BALANCE, balance=50.5)
        assert amount(hass, entry) == Decimal("50.50")
        assert amount(hass, entry, "spent") == Decimal("95.00")
        assert moments(told) == ["became_low", "recovered"]
        reporting.spend("0.5")
        await poll(hass, entry)
        assert amount(hass, entry) == Decimal("50.00")
        assert amount(hass, entry, "spent") == Decimal("95.50")

    async def test_add_top_up(
        self,
        hass: HomeAssistant,
        reporting: Reporting,
        entry: MockConfigEntry,
        told: list[State],
        pass_time: PassTime,
    ) -> None:
        """It is there at once, and told once; a second one of the same amount is told as well."""
        await pass_time(2 * HOUR)
        await act(hass, "add_top_up", BALANCE, amount="25.5", time="2026-11-10 02:30:00")
        assert amount(hass, entry) == Decimal("125.50")
        await pass_time(HOUR)
        await act(hass, "add_top_up", BALANCE, amount=25.5)
        await poll(hass, entry)
        assert amount(hass, entry) == Decimal("151.00")
        assert moments(told) == ["topped_up", "topped_up"]
        assert told[-1].attributes["amount"] == 25.5

    async def test_is_on_disk_at_once(
        self,
        hass: HomeAssistant,
        hass_storage: dict[str, Any],
        reporting: Reporting,
        entry: MockConfigEntry,
    ) -> None:
        """Nobody will say it again, whether the provider answers or not."""
        await act(hass, "set_balance", BALANCE, balance=33)
        assert hass_storage[file_of(entry)]["data"]["notes"]["amount"] == "33"
        reporting.down = True
        await act(hass, "add_top_up", BALANCE, amount=9)
        assert hass_storage[file_of(entry)]["data"]["notes"]["topped_up"] == "9"
        assert state(hass, entry, "calculated_balance") == STATE_UNAVAILABLE
        reporting.down = False
        await poll(hass, entry)
        assert amount(hass, entry) == Decimal("42.00")

    async def test_no_balance_to_add_to(
        self,
        hass: HomeAssistant,
        hass_storage: dict[str, Any],
        reporting: Reporting,
        entry: MockConfigEntry,
    ) -> None:
        """What was said is gone from everywhere: a top-up is refused until it is said again."""
        await hass.config_entries.async_unload(entry.entry_id)
        nothing = {key: value for key, value in entry.data.items() if key != "notes"}
        hass.config_entries.async_update_entry(entry, data=nothing)
        hass_storage[file_of(entry)]["data"]["notes"] = {"amount": "much"}
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)
        assert "history_gone" in issues(hass)
        with pytest.raises(HomeAssistantError) as refused:
            await act(hass, "add_top_up", BALANCE, amount=5)
        assert refused.value.translation_key == "history_gone"
        await act(hass, "set_balance", BALANCE, balance=5)
        await act(hass, "add_top_up", BALANCE, amount=5)
        assert amount(hass, entry) == Decimal(10)
        assert issues(hass) == {}

    async def test_provider_that_does_not_answer(
        self, hass: HomeAssistant, reporting: Reporting, entry: MockConfigEntry
    ) -> None:
        """What is left cannot be set without what is reported by now; nothing has changed."""
        reporting.down = True
        with pytest.raises(HomeAssistantError) as refused:
            await act(hass, "set_balance", BALANCE, balance=33)
        assert refused.value.translation_key == "cannot_connect"
        reporting.down = False
        await poll(hass, entry)
        assert amount(hass, entry) == Decimal("100.00")

    @pytest.mark.parametrize(
        ("action", "data"),
        [
            ("set_balance", {}),
            ("set_balance", {"balance": "much"}),
            ("set_balance", {"balance": float("nan")}),
            ("set_balance", {"balance": True}),
            ("set_balance", {"balance": 2e9}),
            ("add_top_up", {"amount": -1}),
            ("add_top_up", {}),
            ("add_top_up", {"amount": 1, "time": "soon"}),
        ],
    )
    async def test_no_amounts(
        self, hass: HomeAssistant, entry: MockConfigEntry, action: str, data: dict[str, Any]
    ) -> None:
        """They are refused before anything is done."""
        with pytest.raises(probatio.Invalid):
            await act(hass, action, BALANCE, **data)
        assert amount(hass, entry) == Decimal(100)

    @pytest.mark.parametrize("time", ["2026-11-10 00:59:59", "2026-11-10 12:00:00"])
    async def test_times_that_cannot_be(
        self, hass: HomeAssistant, entry: MockConfigEntry, time: str
    ) -> None:
        """Before the balance was set it is in it already, and the future is not known."""
        with pytest.raises(ServiceValidationError) as refused:
            await act(hass, "add_top_up", BALANCE, amount=5, time=time)
        assert refused.value.translation_key == "top_up_time"
        assert amount(hass, entry) == Decimal(100)

    async def test_accounts_that_report_their_balance(
        self, hass: HomeAssistant, entry: MockConfigEntry
    ) -> None:
        """Each is told why, and so is who targets none, several, or one that is not there."""
        other = await add(hass, "openai_spend_limit", None)
        theirs = "sensor.openai_spend_limit_balance"
        for action, data in (("set_balance", {"balance": 5}), ("add_top_up", {"amount": 5})):
            for targets, key in (
                ([theirs], "balance_not_calculated"),
                ([theirs, BALANCE], "not_one_account"),
                (["sensor.elsewhere"], "not_one_account"),
            ):
                with pytest.raises(ServiceValidationError) as refused:
                    await act(hass, action, targets, **data)
                assert refused.value.translation_key == key
        await hass.config_entries.async_unload(entry.entry_id)
        with pytest.raises(ServiceValidationError) as refused:
            await act(hass, "set_balance", BALANCE, balance=5)
        assert refused.value.translation_key == "account_not_loaded"
        assert other.state is ConfigEntryState.LOADED


async def repair(hass: HomeAssistant, issue: str, **given: Any) -> Any:
    """Open the repair of an issue, and fill it in if anything is given."""
    found = issues(hass)[issue]
    data: Any = found.data
    flow = await async_create_fix_flow(hass, found.issue_id, data)
    flow.hass, flow.handler, flow.issue_id = hass, DOMAIN, found.issue_id
    form: Any = await flow.async_step_init()  # type: ignore[attr-defined]
    if given:
        assert form["step_id"] == "balance_now"
        form = await flow.async_step_balance_now(given)  # type: ignore[attr-defined]
        await hass.async_block_till_done()
    return form


class TestRepairs:
    """A person is asked to correct what cannot be right, and does so on the spot."""

    @pytest.fixture
    async def below_zero_for_a_day(
        self,
        hass: HomeAssistant,
        reporting: Reporting,
        entry: MockConfigEntry,
        pass_time: PassTime,
    ) -> None:
        """Have less than nothing be left, until that is said."""
        reporting.spend("101")
        await poll(hass, entry)
        for _ in range(23):
            await pass_time(HOUR)
        assert "correct_balance" not in issues(hass)
        await pass_time(HOUR)
        assert "correct_balance" in issues(hass)

    @pytest.mark.usefixtures("below_zero_for_a_day")
    async def test_below_zero_for_a_day(
        self, hass: HomeAssistant, reporting: Reporting, entry: MockConfigEntry
    ) -> None:
        """The account was topped up and nobody has said so: the repair sets the balance."""
        issue = issues(hass)["correct_balance"]
        assert issue.is_fixable
        placeholders = issue.translation_placeholders or {}
        assert placeholders["balances"] == "-1.00 USD"
        assert named_in("issues", "correct_balance") <= placeholders.keys()

        reporting.down = True
        form = await repair(hass, "correct_balance", balance_now=30)
        assert form["errors"] == {"base": "not_set"}
        assert form["description_placeholders"]["provider"] == "OpenAI"
        reporting.down = False
        form = await repair(hass, "correct_balance", balance_now="much")
        assert form["errors"] == {"balance_now": "balance_now_limits"}
        form = await repair(hass, "correct_balance", balance_now=30)
        assert form["type"] is FlowResultType.CREATE_ENTRY
        await hass.async_block_till_done()
        assert amount(hass, entry) == Decimal(30)
        assert issues(hass) == {}

    @pytest.mark.usefixtures("below_zero_for_a_day")
    async def test_a_top_up_that_is_said_ends_it(
        self, hass: HomeAssistant, reporting: Reporting, entry: MockConfigEntry
    ) -> None:
        """What is above zero again need not be corrected, and counts a new day from then on."""
        await act(hass, "add_top_up", BALANCE, amount=50)
        assert issues(hass) == {}
        reporting.spend("60")
        await poll(hass, entry)
        assert "correct_balance" not in issues(hass)

    async def test_history_that_is_gone(
        self,
        hass: HomeAssistant,
        reporting: Reporting,
        entry: MockConfigEntry,
        freezer: FrozenDateTimeFactory,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        """After more than a year the balance has to be set anew, which is said at once."""
        caplog.set_level(logging.INFO)
        await hass.config_entries.async_unload(entry.entry_id)
        freezer.tick(400 * DAY)
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)
        placeholders = issues(hass)["history_gone"].translation_placeholders or {}
        assert named_in("issues", "history_gone") <= placeholders.keys()
        form = await repair(hass, "history_gone", balance_now=15)
        assert form["type"] is FlowResultType.CREATE_ENTRY
        await hass.async_block_till_done()
        assert amount(hass, entry) == Decimal("15.00")
        assert "history_gone" not in issues(hass)
        assert caplog.text.count(f"Fetching {entry.title} data recovered") == 1

    @pytest.mark.usefixtures("below_zero_for_a_day")
    async def test_account_that_is_gone_meanwhile(
        self, hass: HomeAssistant, entry: MockConfigEntry
    ) -> None:
        """There is nothing to set, and with the account its issue goes."""
        await hass.config_entries.async_unload(entry.entry_id)
        assert (await repair(hass, "correct_balance"))["reason"] == "account_not_loaded"
        await hass.config_entries.async_remove(entry.entry_id)
        assert issues(hass) == {}


PLANTED: Final = "planted-quokka-marzipan-zeppelin"


@pytest.mark.parametrize("provider", ["anthropic", "openai", "openai_spend_limit"])
async def test_secrets(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
    reporting: Reporting,
    provider: str,
) -> None:
    """A provider that repeats the key in all it says has nobody hear it."""
    caplog.set_level(0)
    reporting.account.key = PLANTED
    echo = json.dumps({"error": {"message": PLANTED, "type": PLANTED, "code": PLANTED}})
    report = {"data": [{PLANTED: 1}], "has_more": True, "next_page": PLANTED}
    asked = await begin(hass, provider)
    reporting.says = (400, echo)
    asked = await fill_in(hass, asked, api_key=PLANTED)
    reporting.says = None
    left = {} if provider == "openai_spend_limit" else {"balance_now": 10}
    form = await fill_in(hass, asked, api_key=PLANTED)
    form = await fill_in(hass, form, **left) if left else form
    entry = (await fill_in(hass, form, low_balance=2))["result"]
    seen: list[object] = [asked, form]
    for status in (200, 400, 401, 403, 404, 418, 429):
        for text in (echo, json.dumps(report), PLANTED):
            reporting.says = (status, text)
            await poll(hass, entry)
            coordinator = entry.runtime_data
            seen += [coordinator.last_exception, repr(coordinator.last_exception)]
            if left:
                with pytest.raises(HomeAssistantError) as refused:
                    await act(hass, "set_balance", entity(hass, entry), balance=5)
                seen += [refused.value, refused.value.translation_placeholders]
        seen.append(await async_get_config_entry_diagnostics(hass, entry))
        await hass.config_entries.async_reload(entry.entry_id)
        await hass.async_block_till_done(wait_background_tasks=True)
    reporting.says = None
    await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.runtime_data.last_update_success
    seen += [each.as_dict() for each in hass.states.async_all()]
    seen += [ir.async_get(hass).issues, hass_storage[file_of(entry)]]
    told = "\n".join([str(each) for each in seen] + [caplog.text])
    assert "last_poll_worked" in told
    assert PLANTED[:12] not in told


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
@pytest.mark.parametrize("late", [False, True])
async def test_a_month_of_reports(
    hass: HomeAssistant,
    reporting: Reporting,
    provider: str,
    freezer: FrozenDateTimeFactory,
    late: bool,
) -> None:
    """At every day's end the balance is that of the provider's own books, as far as reported."""
    reporting.reporter.set_switch("late", on=late)
    freezer.move_to("2026-11-01 00:00:00")
    entry = await add(hass, provider, 100)
    for day in range(30):
        for hour in range(4):
            freezer.tick(5 * HOUR)
            reporting.spend(round(Decimal(day * 7 + hour * 3 + 1) / 97, 6))
            await poll(hass, entry)
        if day % 9 == 5:
            await hass.config_entries.async_reload(entry.entry_id)
            await hass.async_block_till_done(wait_background_tasks=True)
        if day % 10 == 7:
            reporting.account.top_up(Decimal(20))
            await act(hass, "add_top_up", entity(hass, entry), amount=20)
        books = reporting.reporter.book(reporting.account)
        unreported = sum(books.costs.values()) - reporting.reported
        expected = reporting.account.balance.amount + unreported
        freezer.tick(timedelta(hours=3, minutes=59))
        await poll(hass, entry)
        assert exact(entry) == expected
        freezer.tick(timedelta(minutes=1))
    freezer.tick(3 * DAY)
    await poll(hass, entry)
    assert exact(entry) == reporting.account.balance.amount
