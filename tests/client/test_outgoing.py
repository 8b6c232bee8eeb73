"""What comes out of a provider, whatever goes in: accounts that can be shown, in bounds."""

from base64 import b64encode
from decimal import Decimal
import json
from typing import Any, Final, override

import pytest
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker
from yarl import URL

from custom_components.api_credits.client.declared import Identity, Whoami
from custom_components.api_credits.client.errors import MalformedError
from custom_components.api_credits.client.fields import Field, items, read, text
from custom_components.api_credits.client.provider import Provider
from custom_components.api_credits.client.transport import async_get_transport
from custom_components.api_credits.readings import BALANCE, PLAN, Account, Reading
from homeassistant.core import HomeAssistant

SECRET: Final = "planted-secret-quokka-marzipan-zeppelin-obsidian"
ADDRESS: Final = "https://api.example.com/"


class Pools(Provider):
    """A provider that names accounts, pools and a plan."""

    key = "pools"
    name = "Pools"
    base = URL("https://api.example.com")
    path = "pools"
    fields = (Field(path="plan", kind=PLAN),)

    whoami = Whoami(path="accounts", each="accounts", id_path="id", title_path="name")

    @override
    def read(self, body: Any) -> Any:
        yield from super().read(body)
        for pool in items(body, "pools"):
            field = Field(path="left", kind=BALANCE)
            yield from read(
                pool, [field], unit=pool.get("unit", "credits"), scope=text(pool, "name")
            )


@pytest.fixture
def pools(hass: HomeAssistant, aioclient_mock: AiohttpClientMocker) -> Pools:
    """Return an account seen through a key."""
    return Pools(async_get_transport(hass, "pools"), {"api_key": SECRET})


@pytest.fixture
def answer(aioclient_mock: AiohttpClientMocker) -> Any:
    """Return a function that has the provider answer this to everything."""

    def set_to(body: bytes | dict[str, Any]) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        aioclient_mock.clear_requests()
        for path in ("accounts", "pools"):
            aioclient_mock.get(f"{ADDRESS}{path}", content=content)

    return set_to


def accounts(*found: tuple[str, str]) -> dict[str, Any]:
    """Return an answer with these accounts."""
    return {"accounts": [{"id": id_, "name": name} for id_, name in found]}


def named(*names: str, **more: Any) -> dict[str, Any]:
    """Return an answer with pools of these names."""
    return {"pools": [{"name": name, "left": 5, **more} for name in names]}


async def test_names(pools: Pools, answer: Any) -> None:
    """Names are cleaned, sound ids are left alone."""
    answer(accounts(("a-1", "\u202eExample\n Ltd\u200b"), ("a-2", "x" * 100_000)))
    assert await pools.identify() == [
        Identity(id="a-1", title="Example Ltd"),
        Identity(id="a-2", title="x" * 60),
    ]


@pytest.mark.parametrize("id_", ["x" * 129, "a\u200bb", "a\nb", SECRET, SECRET[5:15]], ids=repr)
async def test_no_id(pools: Pools, answer: Any, id_: str) -> None:
    """What cannot be an id is none, and an account without one is left out beside others."""
    answer(accounts((id_, "Example")))
    assert await pools.identify() == [Identity(title="Example")]
    answer(accounts((id_, "Example"), (id_, "Other")))
    assert await pools.identify() == [Identity(title="Example")]
    answer(accounts((id_, "Example"), ("a-1", "Other")))
    assert await pools.identify() == [Identity(id="a-1", title="Other")]


async def test_same_id(pools: Pools, answer: Any) -> None:
    """An account that is named twice is one."""
    answer(accounts(("a-1", "Example"), ("a-2", "Other"), ("a-1", "Again")))
    assert [found.title for found in await pools.identify()] == ["Example", "Other"]


DRESSES: Final = {
    "plain": SECRET,
    "piece": SECRET[9:17],
    "upper case": SECRET.upper(),
    "spaced": " ".join(SECRET),
    "zero width": "\u200b".join(SECRET),
    "hexadecimal": SECRET.encode().hex(),
    "Base64": b64encode(SECRET.encode()).decode(),
    "basic authentication": b64encode(f"user:{SECRET}".encode()).decode(),
}


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("form", ["UTF-8", "UTF-16", "escaped"])
async def test_secret(pools: Pools, answer: Any, dress: str, form: str) -> None:
    """A key that is repeated is not shown, however it is written down."""

    def write(value: dict[str, Any]) -> bytes:
        written = json.dumps(value, ensure_ascii=False)
        if form == "escaped":
            written = written.replace("-", "\\u002d").replace("e", "\\u0065")
            for name in ("name", "left"):
                written = written.replace(name.replace("e", "\\u0065"), name)
        return written.encode("UTF-16" if form == "UTF-16" else "UTF-8")

    shown = DRESSES[dress]
    answer(write(accounts(("a-1", f"Team {shown}"[:60]))))
    assert await pools.identify() == [Identity(id="a-1")]
    answer(write({"plan": f"Plan of {shown}", **named("main")}))
    account = await pools.fetch()
    assert account.readings["plan"].value is None
    assert account.readings["balance_main"].value == Decimal(5)
    for answered in (named(shown), named("main", unit=shown)):
        answer(write(answered))
        with pytest.raises(MalformedError, match=r"^a name that cannot be shown$"):
            await pools.fetch()


async def test_scopes(pools: Pools, answer: Any) -> None:
    """What tells balances apart is cleaned like any name."""
    answer(named("\u202eMain\npool\u202c"))
    assert await pools.fetch() == Account(
        readings={
            "balance_main pool": Reading(
                kind=BALANCE, value=Decimal(5), unit="credits", scope="Main pool"
            ),
            "plan": Reading(kind=PLAN, value=None),
        }
    )


async def test_most_balances(pools: Pools, answer: Any) -> None:
    """An account may have twenty balances; more are refused, and said to be."""
    answer(named(*map(str, range(20))))
    assert len((await pools.fetch()).balances) == 20
    answer(named(*map(str, range(21))))
    with pytest.raises(MalformedError, match=r"^more than 20 balances$"):
        await pools.fetch()


async def test_most_readings(pools: Pools, answer: Any) -> None:
    """An answer that says the same again and again is not read to its end."""
    answer(named(*["main"] * 99))
    assert len((await pools.fetch()).balances) == 1
    answer(named(*["main"] * 200))
    with pytest.raises(MalformedError, match=r"^more than 100 readings$"):
        await pools.fetch()


async def test_most_accounts(pools: Pools, answer: Any) -> None:
    """A person can choose from a hundred accounts; more are refused."""
    answer(accounts(*((f"a-{number}", "Example") for number in range(100))))
    assert len(await pools.identify()) == 100
    answer(accounts(*((f"a-{number}", "Example") for number in range(101))))
    with pytest.raises(MalformedError, match=r"^more than 100 accounts$"):
        await pools.identify()
