"""How reports on costs are read: page by page, all or nothing, to the last digit."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
import json
from typing import Any

from aiohttp import web
from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.api_credits.client.declared import Identity
from custom_components.api_credits.client.errors import (
    HistoryGoneError,
    InvalidCredentialsError,
    MalformedError,
    NoSpendLimitError,
    NotAdminError,
    ProviderError,
    UnreachableError,
)
from custom_components.api_credits.providers import PROVIDERS
from custom_components.api_credits.readings import Account

from ..reporting import Reporting, done, kept

NOON = datetime(2026, 11, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)

pytestmark = pytest.mark.freeze_time(NOON)
each_provider = pytest.mark.parametrize("key", ["anthropic", "openai"])
all_providers = pytest.mark.parametrize("key", ["anthropic", "openai", "openai_spend_limit"])


@pytest.fixture(autouse=True)
def enable_integration() -> None:
    """Leave Home Assistant out: providers know nothing of it."""


def begun(key: str, **values: Any) -> tuple[Reporting, Any]:
    """Return an organization, and what asks for it, with a balance of 20 that was set now."""
    reporting = Reporting.at(key, spend_limit=5000, **values)
    client = reporting.client(PROVIDERS[key])
    if key != "openai_spend_limit":
        done(client.set_balance(Decimal(20)))
    reporting.asked.clear()
    return reporting, client


def balance(account: Account) -> Decimal | None:
    """Return what is left."""
    (reading,) = account.balances
    return reading.amount


def answers(reporting: Reporting, *pages: str) -> None:
    """Have these texts be answered, one after the other."""
    given = iter(pages)
    reporting.reporter.respond = lambda *_: web.Response(text=next(given))  # type: ignore[method-assign]


def page(*days: tuple[int, list[Any]], cursor: str | None = None) -> str:
    """Return a page of OpenAI's report: days of this month with their lines."""
    data = [
        {"start_time": int(NOON.replace(day=day, hour=0).timestamp()), "results": lines}
        for day, lines in days
    ]
    return json.dumps({"data": data, "has_more": cursor is not None, "next_page": cursor})


def line(value: Any, currency: str = "usd") -> dict[str, Any]:
    """Return a line of OpenAI's report."""
    return {"amount": {"value": value, "currency": currency}}


@each_provider
def test_what_is_asked(key: str) -> None:
    """From the first open day to the end of today, in as large pages as go."""
    reporting, client = begun(key)
    done(client.fetch())
    (asked,) = reporting.asked
    expected = {
        "openai": {
            "start_time": str(int((NOON - 7 * DAY).replace(hour=0).timestamp())),
            "end_time": str(int((NOON + DAY).replace(hour=0).timestamp())),
            "limit": "180",
        },
        "anthropic": {
            "starting_at": "2026-11-03T00:00:00Z",
            "ending_at": "2026-11-11T00:00:00Z",
            "limit": "31",
        },
    }
    assert dict(asked.query) == expected[key]


@each_provider
def test_an_account_without_a_balance_shows_nothing(key: str) -> None:
    """A key can be tried before anybody has said what is left."""
    reporting = Reporting.at(key)
    account = done(reporting.client(PROVIDERS[key]).fetch())
    assert (account.readings, account.notes) == ({}, None)


@each_provider
def test_readings(key: str) -> None:
    """What was set, what was spent and paid since, and until when that is known."""
    reporting, client = begun(key)
    reporting.spend("1.234567")
    client.add_top_up(Decimal(5), NOON)
    account = done(client.fetch())
    values = {name: (reading.value, reading.unit) for name, reading in account.readings.items()}
    assert values == {
        "calculated_balance": (Decimal("23.765433"), "USD"),
        "total": (Decimal(25), "USD"),
        "used": (Decimal("1.234567"), "USD"),
        "reported_until": (NOON, None),
        "set_at": (NOON, None),
    }


def test_spend_limit(freezer: FrozenDateTimeFactory) -> None:
    """What is left of the month's limit, which nobody has to say; days of before do not count."""
    past = {"2026-10-31": "9", "2026-11-01": "1.5"}
    reporting, client = begun("openai_spend_limit", costs=past)
    reporting.spend("2.25")
    account = done(client.fetch())
    values = {name: reading.value for name, reading in account.readings.items()}
    assert values == {
        "balance": Decimal("46.25"),
        "limit": Decimal(50),
        "used": Decimal("3.75"),
        "renews_at": datetime(2026, 12, 1, tzinfo=UTC),
        "reported_until": NOON,
    }
    client.notes = kept(account.notes)
    freezer.move_to(datetime(2026, 12, 1, 0, 30, tzinfo=UTC))
    reporting.spend("0.5")
    account = done(client.fetch())
    assert balance(account) == Decimal("49.5")
    spending = account.readings["balance"].spending
    assert spending
    assert spending.total == Decimal("0.5")
    freezer.move_to(datetime(2027, 1, 1, tzinfo=UTC))
    assert done(client.fetch()).readings["renews_at"].value == datetime(2027, 2, 1, tzinfo=UTC)


def test_no_spend_limit() -> None:
    """It is said, and once there is one it is read."""
    reporting, client = begun("openai_spend_limit")
    reporting.account.values["spend_limit"] = None
    with pytest.raises(NoSpendLimitError):
        done(client.fetch())
    reporting.account.values["spend_limit"] = 1234
    assert balance(done(client.fetch())) == Decimal("12.34")


@all_providers
def test_an_answer_that_says_nothing_new_is_the_same_account(key: str) -> None:
    """So nothing is shown or written anew."""
    _, client = begun(key)
    client.notes = kept(done(client.fetch()).notes)
    second = done(client.fetch())
    client.notes = kept(second.notes)
    assert done(client.fetch()) is second


@pytest.mark.parametrize(
    ("key", "switch", "left"),
    [
        ("openai", "cursor_loops", 10),
        ("openai", "late", 14),
        ("openai", "numbers", 10),
        ("openai", "today_missing", 20),
        ("anthropic", "cursor_loops", 10),
        ("anthropic", "late", 14),
        ("anthropic", "today_missing", 20),
    ],
)
def test_quirks(key: str, switch: str, left: int) -> None:
    """A report is read as it is meant, and what is late comes in the end."""
    reporting, client = begun(key)
    reporting.reporter.set_switch(switch, on=True)
    reporting.spend("10")
    assert balance(done(client.fetch())) == Decimal(left)
    reporting.reporter.set_switch(switch, on=False)
    assert balance(done(client.fetch())) == Decimal(10)


@each_provider
def test_a_cursor_that_repeats(key: str) -> None:
    """A report without an end is none, and the next one is read again."""
    reporting, client = begun(key)
    reporting.reporter.set_switch("cursor_repeats", on=True)
    with pytest.raises(MalformedError):
        done(client.fetch())
    assert len(reporting.asked) <= 3
    reporting.reporter.set_switch("cursor_repeats", on=False)
    assert balance(done(client.fetch())) == Decimal(20)


@each_provider
def test_a_report_of_which_a_page_is_missing(key: str, freezer: FrozenDateTimeFactory) -> None:
    """It would look like less spent, so the poll fails as a whole; nothing is remembered of it."""
    reporting, client = begun(key)
    reporting.spend("3")
    freezer.tick(200 * DAY)
    reporting.spend("4")
    notes = kept(client.notes)
    reporting.broken_page = 2
    with pytest.raises(UnreachableError):
        done(client.fetch())
    assert kept(client.notes) == notes
    reporting.broken_page = None
    assert balance(done(client.fetch())) == Decimal(13)
    assert len(reporting.asked) == {"openai": 4, "anthropic": 9}[key]


def test_a_year_without_a_poll(freezer: FrozenDateTimeFactory) -> None:
    """What was spent cannot be known any more, until the balance is set anew."""
    reporting, client = begun("openai")
    reporting.spend("3")
    freezer.tick(400 * DAY)
    with pytest.raises(HistoryGoneError):
        done(client.fetch())
    assert balance(done(client.set_balance(Decimal(7)))) == Decimal(7)
    assert balance(done(client.fetch())) == Decimal(7)


def test_notes_that_make_no_sense() -> None:
    """The balance has to be set anew."""
    _, client = begun("openai")
    client.notes = {"amount": "much"}
    with pytest.raises(HistoryGoneError):
        done(client.fetch())
    assert balance(done(client.set_balance(Decimal(7)))) == Decimal(7)


@pytest.mark.parametrize("key", ["openai", "openai_spend_limit"])
@pytest.mark.parametrize("when", ["missing right", "missing scope"])
def test_a_key_that_is_no_admin_key(key: str, when: str) -> None:
    """It is not a wrong key, whatever the status."""
    reporting, client = begun(key)
    reporting.account.refused = [when]
    with pytest.raises(NotAdminError):
        done(client.fetch())
    reporting.account.refused = []
    assert balance(done(client.fetch())) is not None


@each_provider
def test_a_wrong_key(key: str) -> None:
    """It is refused."""
    reporting, client = begun(key)
    reporting.account.key = "another-key"
    with pytest.raises(InvalidCredentialsError):
        done(client.fetch())


def test_a_member_who_may_not_ask_anthropic() -> None:
    """An admin key is needed."""
    reporting, client = begun("anthropic")
    reporting.account.refused = ["missing right"]
    with pytest.raises(NotAdminError):
        done(client.fetch())


def test_identities() -> None:
    """Anthropic tells which organization it is, OpenAI does not."""
    reporting = Reporting.at("anthropic")
    reporting.account.identities = {"made-up-organization": "Studio"}
    found = done(reporting.client(PROVIDERS["anthropic"]).identify())
    assert found == [Identity(id="made-up-organization", title="Studio")]
    assert done(Reporting.at("openai").client(PROVIDERS["openai"]).identify()) == [Identity()]


def test_cents_with_fractions() -> None:
    """123.45 is USD 1.2345."""
    reporting, client = begun("anthropic")
    answers(
        reporting,
        '{"data":[{"starting_at":"2026-11-10T00:00:00Z","ending_at":"2026-11-11T00:00:00Z",'
        '"results":[{"currency":"USD","amount":"123.45","workspace_id":null,"description":null,'
        '"cost_type":null,"model":null,"service_tier":null,"token_type":null,'
        '"context_window":null,"inference_geo":null}]}],"has_more":false,"next_page":null}',
    )
    assert balance(done(client.fetch())) == Decimal("18.7655")


@pytest.mark.parametrize(
    ("value", "left"),
    [
        ('"1.250000"', "18.75"),
        ("1.25", "18.75"),
        ("0.1000000000000000055511151231257827", "19.8999999999999999944488848768742173"),
        ("1e-9", "19.999999999"),
        ('"-2.5"', "22.5"),
    ],
)
def test_amounts_of_openai(value: str, left: str) -> None:
    """A number or a text, each to the last digit; a refund is one."""
    reporting, client = begun("openai")
    answers(
        reporting,
        '{"object":"page","data":[{"object":"bucket","start_time":1794268800,'
        '"end_time":1794355200,"results":[{"object":"organization.costs.result","amount":{"value":'
        + value
        + ',"currency":"usd"},"line_item":null,"project_id":null}]}],"has_more":false,'
        '"next_page":null}',
    )
    assert balance(done(client.fetch())) == Decimal(left)


def test_lines_of_a_day_are_added_up() -> None:
    """Also where a report is not grouped."""
    reporting, client = begun("openai")
    answers(reporting, page((9, [line("1")]), (10, [line("0.5"), line("0.25")])))
    assert balance(done(client.fetch())) == Decimal("19.25")


@pytest.mark.parametrize(
    ("pages", "names"),
    [
        pytest.param([page((9, [line("1"), line("1", "eur")]))], "currency", id="two currencies"),
        pytest.param([page((9, [line("1", "eur")]))], "currency", id="another currency"),
        pytest.param([page((9, [line(None)]))], "amount.value", id="no amount"),
        pytest.param([page((9, [{}]))], "amount.value", id="no line"),
        pytest.param([page((9, [line("NaN")]))], "amount.value", id="no number"),
        pytest.param([page((9, [line(value=True)]))], "amount.value", id="a flag"),
        pytest.param(['{"data":[{"start_time":1794268801,"results":[]}]}'], "day", id="an odd day"),
        pytest.param(['{"data":[{"start_time":"x","results":[]}]}'], "start_time", id="no time"),
        pytest.param(['{"data":[{"start_time":1794268800}]}'], "results", id="no results"),
        pytest.param(['{"data":{}}'], "data", id="no data"),
        pytest.param(["{}"], "data", id="nothing"),
        pytest.param(["<html>"], "JSON", id="a page for people"),
        pytest.param([page((8, []), cursor="a"), page((8, []))], "twice", id="a day on two pages"),
        pytest.param(
            [page((8, []), cursor="a"), page((9, []), cursor="a")], "next_page", id="same cursor"
        ),
        pytest.param(
            [page((8, []), cursor="a"), page((9, []), cursor="b"), page((10, []), cursor="c")],
            "pages",
            id="pages without an end",
        ),
        pytest.param(
            ['{"data":[{"start_time":1794268800,"results":[]}],"has_more":true,"next_page":7}'],
            "next_page",
            id="no cursor",
        ),
    ],
)
def test_reports_that_are_none(pages: list[str], names: str) -> None:
    """The error names the field, nothing is remembered, and the next report is read."""
    reporting, client = begun("openai")
    respond = reporting.reporter.respond
    notes = kept(client.notes)
    answers(reporting, *pages)
    with pytest.raises(ProviderError, match=names) as refused:
        done(client.fetch())
    assert isinstance(refused.value, MalformedError)
    assert kept(client.notes) == notes
    reporting.reporter.respond = respond  # type: ignore[method-assign]
    assert balance(done(client.fetch())) == Decimal(20)


@pytest.mark.parametrize(
    "spend_limit",
    [
        '{"threshold_amount":5000,"currency":"USD","interval":"day"}',
        '{"threshold_amount":5000,"currency":"EUR","interval":"month"}',
        '{"threshold_amount":"much","currency":"USD","interval":"month"}',
        '{"threshold_amount":5000}',
        "[]",
    ],
)
def test_spend_limits_that_are_none(spend_limit: str) -> None:
    """What is not known to be a limit by the month, in the currency of the costs, is refused."""
    reporting, client = begun("openai_spend_limit")
    answers(reporting, page((9, [])), spend_limit)
    with pytest.raises(MalformedError):
        done(client.fetch())
