"""What helps a person beside the entities: diagnostics, health, texts and pictures."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from sandbox.sandbox import Sandbox

from .frontend import DOMAIN, PATIENCE, Frontend
from .planting import PROVIDERS, plant, planted_in

pytestmark = pytest.mark.asyncio(loop_scope="package")

PNG = b"\x89PNG"


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_diagnostics(frontend: Frontend, sandbox: Sandbox, provider: str) -> None:
    """Diagnostics say how an account does, and nothing secret or personal."""
    account = plant(provider, "1357.9")
    sandbox.accounts.add(account)
    entry_id = await frontend.add(account)

    kind, content = await frontend.download(f"/api/diagnostics/config_entry/{entry_id}")
    assert kind == "application/json"
    assert json.loads(content)["data"]["provider"] == provider
    assert json.loads(content)["data"]["last_poll_worked"] is True
    text = content.decode()
    assert planted_in(text) == []
    personal = account.id.partition("-")[2]
    assert personal not in text
    assert "1357" not in text


async def test_system_health(frontend: Frontend, sandbox: Sandbox) -> None:
    """System health counts accounts and reaches the providers that are in use."""
    accounts = [plant("hyperstack"), plant("hyperstack"), plant("sms_works")]
    for account in accounts:
        sandbox.accounts.add(account)
    for account in accounts:
        await frontend.add(account)

    health: dict[str, Any] = {}
    async with (
        frontend.home.subscribe("system_health/info") as events,
        asyncio.timeout(PATIENCE),
    ):
        while (event := await events.get())["type"] != "finish":
            if event["type"] == "initial":
                health = event["data"][DOMAIN]["info"]
            elif event["domain"] == DOMAIN:
                health[event["key"]] = event["data"]
    assert health == {"accounts": 3, "Hyperstack": "ok", "The SMS Works": "ok"}


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("category", ["config", "entity", "exceptions", "options", "system_health"])
async def test_texts(frontend: Frontend, components: Path, category: str, language: str) -> None:
    """The frontend gets every text of the integration in the person's language."""
    delivered = await frontend.home.ws(
        "frontend/get_translations", category=category, integration=[DOMAIN], language=language
    )
    written = json.loads((components / DOMAIN / "translations" / f"{language}.json").read_text())
    expected = _flat(f"component.{DOMAIN}.{category}", written[category])
    assert expected
    assert delivered["resources"] == expected
    assert all(expected.values())


@pytest.mark.parametrize("image", ["icon.png", "icon@2x.png", "logo.png", "dark_icon.png"])
async def test_pictures(frontend: Frontend, components: Path, image: str) -> None:
    """The integration's own pictures are served."""
    kind, content = await frontend.download(f"/api/brands/integration/{DOMAIN}/{image}")
    assert kind == "image/png"
    assert content == (components / DOMAIN / "brand" / image).read_bytes()
    assert content.startswith(PNG)


async def test_icons(frontend: Frontend, sandbox: Sandbox) -> None:
    """The frontend gets the entities' icons."""
    account = plant("hyperstack")
    sandbox.accounts.add(account)
    entry_id = await frontend.add(account)
    icons = await frontend.home.ws("frontend/get_icons", category="entity", integration=DOMAIN)
    shown = icons["resources"][DOMAIN]
    for entity in (await frontend.registered(entry_id)).values():
        domain = entity["entity_id"].partition(".")[0]
        assert entity["translation_key"] in shown[domain], entity["entity_id"]


def _flat(prefix: str, texts: dict[str, Any]) -> dict[str, str]:
    """Return texts by their full keys."""
    flat: dict[str, str] = {}
    for key, value in texts.items():
        flat |= (
            _flat(f"{prefix}.{key}", value)
            if isinstance(value, dict)
            else {f"{prefix}.{key}": value}
        )
    return flat


async def test_actions_are_described(frontend: Frontend, sandbox: Sandbox) -> None:
    """The frontend is told of the actions, which it asks for before it shows anything."""
    account = plant("sms_works")
    sandbox.accounts.add(account)
    await frontend.add(account)
    services = await frontend.home.ws("get_services")
    assert services[DOMAIN].keys() == {"add_top_up", "get_accounts", "set_balance"}
