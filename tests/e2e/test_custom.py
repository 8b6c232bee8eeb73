"""Another service: its answers of every shape, and one account from its first form to its last."""

from decimal import Decimal
from typing import Any

import pytest

from sandbox.anything import Anything
from sandbox.shapes import SHAPES

from .conftest import Log
from .frontend import Form, Frontend
from .planting import plant_key

pytestmark = pytest.mark.asyncio(loop_scope="package")

UNKNOWN = "Authentication failed while fetching"


def field(form: Form, name: str) -> dict[str, Any]:
    """Return a field of a form, folded away or not."""
    fields = form["data_schema"]
    folded = [each for section in fields for each in section.get("schema", ())]
    found: dict[str, Any] = next(each for each in [*fields, *folded] if each["name"] == name)
    return found


def value(form: Form, name: str, label: str) -> str:
    """Return the value of the choice that is labelled so."""
    options = field(form, name)["selector"]["select"]["options"]
    (found,) = (option["value"] for option in options if option["label"] == label)
    return str(found)


async def ask(frontend: Frontend, url: str, **more: Any) -> Form:
    """Enter where a service is."""
    form = await frontend.submit(await frontend.begin(), provider="custom")
    assert (form["type"], form["step_id"]) == ("form", "custom")
    return await frontend.submit(form, name="My service", url=url, **more)


async def pick(frontend: Frontend, form: Form, name: str) -> Form:
    """Pick the number that a shape has for the balance."""
    shape = SHAPES[name]
    more: dict[str, Any] = {"sign": shape.sign}
    if shape.used:
        more["used"] = value(form, "used", shape.used)
    return await frontend.submit(
        form,
        balance=value(form, "balance", shape.pick),
        unit=shape.unit,
        divisor=shape.divisor,
        more=more,
    )


async def test_answers_of_every_shape(frontend: Frontend) -> None:
    """The numbers of each are shown and read, or it is said what is wrong with it."""
    key = plant_key()
    async with Anything(key) as service:
        for name, shape in SHAPES.items():
            form = await ask(frontend, service.url(name), auth="bearer", secret=key)
            if shape.error:
                assert form["errors"] == {"base": shape.error}, name
            else:
                form = await pick(frontend, form, name)
                assert form["step_id"] == "custom_confirm", name
                shown = f"12.5{'0' if shape.unit.isupper() else ''} {shape.unit}"
                assert form["description_placeholders"]["balances"] == shown, name
            await frontend.home.delete(f"/api/config/config_entries/flow/{form['flow_id']}")


async def test_one_account(frontend: Frontend, log: Log) -> None:
    """A list in another order, a key that is refused, other numbers, another key, a restart."""
    log.expect(UNKNOWN)
    key = plant_key()
    async with Anything(key) as service:
        url = service.url("reordered", "header")
        header = {"auth": "header", "auth_name": "X-API-Key", "more": {"prefix": "Token"}}
        form = await ask(frontend, url, secret=plant_key(), **header)
        assert form["errors"] == {"base": "invalid_auth"}
        assert "description" not in field(form, "secret")
        form = await frontend.submit(form, name="My service", url=url, secret=key, **header)
        form = await pick(frontend, form, "reordered")
        form = await frontend.submit(form, next_step_id="custom_done")
        assert form["step_id"] == "alerts"
        entry_id = await frontend.finish(form, low_balance=5)
        balance = await frontend.entity(entry_id, "balance")
        assert (await frontend.entry(entry_id))["title"] == "My service"

        for left in ("7.25", "6", "4.75"):
            service.left = Decimal(left)
            await frontend.reload(entry_id)
            await frontend.until(balance, lambda state, left=left: state == left)
        await frontend.until(await frontend.entity(entry_id, "low_balance"), "on")

        path = f"/api/diagnostics/config_entry/{entry_id}"
        _, diagnostics = await frontend.download(path)
        assert b'"steps"' in diagnostics
        for private in (b"127.0.0.1", key.encode(), b"balance_infos", b"4.75"):
            assert private not in diagnostics

        service.key = key = plant_key()
        await frontend.reload(entry_id)
        await frontend.until(balance, "unavailable")
        form = await frontend.begin(entry_id=entry_id)
        assert form["step_id"] == "custom"
        assert field(form, "url")["description"]["suggested_value"] == url
        form = await frontend.submit(form, url=url, **header)
        assert form["errors"] == {"base": "invalid_auth"}
        form = await frontend.submit(form, url=url, secret=key, **header)
        assert field(form, "balance")["description"]["suggested_value"]
        form = await frontend.submit(
            form,
            balance=value(form, "balance", "balance_infos › currency = EUR › total_balance: 7.50"),
            unit="EUR",
            divisor="1",
        )
        form = await frontend.submit(form, next_step_id="custom_done")
        assert (form["type"], form["reason"]) == ("abort", "reconfigure_successful")
        await frontend.until(balance, "7.50")

        await frontend.home.restart()
        await frontend.until_entry(entry_id, "loaded")
        await frontend.until(balance, "7.50")
        state = await frontend.state(balance)
        assert state["attributes"]["unit_of_measurement"] == "EUR"
