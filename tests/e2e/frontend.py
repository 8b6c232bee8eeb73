"""What the frontend does for a person, as calls of Home Assistant's API."""

import asyncio
from collections.abc import Callable
from typing import Any, Final

import aiohttp

from sandbox.accounts import Account
from sandbox.home import Home

DOMAIN: Final = "api_credits"
PATIENCE: Final = 30.0

_FLOW = "/api/config/config_entries/flow"
_OPTIONS_FLOW = "/api/config/config_entries/options/flow"

_FAILED = {"setup_error", "setup_retry", "migration_error", "failed_unload"}

type Form = dict[str, Any]
type State = dict[str, Any]


class Frontend:
    """A person at the frontend of one Home Assistant."""

    def __init__(self, home: Home) -> None:
        """Sit down in front of this home."""
        self.home = home

    async def begin(self, **data: Any) -> Form:
        """Open the form that adds an account; with `entry_id`, that which reconfigures one."""
        form: Form = await self.home.post(
            _FLOW, {"handler": DOMAIN, "show_advanced_options": False, **data}
        )
        return form

    async def submit(self, form: Form, **data: Any) -> Form:
        """Fill in a form of a config flow, and return what comes next."""
        following: Form = await self.home.post(f"{_FLOW}/{form['flow_id']}", data)
        return following

    async def offer_credentials(self, account: Account, api_key: str | None = None) -> Form:
        """Choose an account's provider and enter its key, or another one."""
        form = await self.submit(await self.begin(), provider=account.provider)
        assert form["step_id"] == "credentials"
        return await self.submit(form, api_key=api_key or account.key)

    async def add(self, account: Account, **alerts: Any) -> str:
        """Add an account that needs no choice, and return its entry's id."""
        form = await self.offer_credentials(account)
        assert (form["type"], form["step_id"]) == ("form", "alerts"), form
        return await self.finish(form, **alerts)

    async def finish(self, form: Form, **alerts: Any) -> str:
        """Choose the alerts, the last step, and return the entry's id once it is loaded."""
        created = await self.submit(form, **alerts)
        assert created["type"] == "create_entry", created
        entry_id: str = created["result"]["entry_id"]
        await self.until_entry(entry_id, "loaded")
        return entry_id

    async def choose_options(self, entry_id: str, **options: Any) -> None:
        """Fill in the options form of an account."""
        form = await self.home.post(_OPTIONS_FLOW, {"handler": entry_id})
        assert form["step_id"] == "init"
        created = await self.home.post(f"{_OPTIONS_FLOW}/{form['flow_id']}", options)
        assert created["type"] == "create_entry", created

    async def entry(self, entry_id: str) -> dict[str, Any]:
        """Return what the integrations page knows of an entry."""
        entries: list[dict[str, Any]] = await self.home.ws("config_entries/get", domain=DOMAIN)
        return next(entry for entry in entries if entry["entry_id"] == entry_id)

    async def until_entry(self, entry_id: str, state: str) -> None:
        """Wait until an entry is in a state."""
        async with (
            self.home.subscribe("config_entries/subscribe") as events,
            asyncio.timeout(PATIENCE),
        ):
            while True:
                for change in await events.get():
                    entry = change["entry"]
                    if entry["entry_id"] == entry_id:
                        assert entry["state"] not in _FAILED, entry
                        if entry["state"] == state:
                            return

    async def remove(self, entry_id: str) -> None:
        """Remove an account."""
        await self.home.delete(f"/api/config/config_entries/entry/{entry_id}")

    async def tidy_up(self) -> None:
        """Remove all accounts and automations, and dismiss all notifications."""
        for entry in await self.home.ws("config_entries/get", domain=DOMAIN):
            await self.remove(entry["entry_id"])
        for state in await self.home.get("/api/states"):
            if state["entity_id"].startswith("automation."):
                await self.home.delete(f"/api/config/automation/config/{state['attributes']['id']}")
        await self.act("persistent_notification.dismiss_all")

    async def reload(self, entry_id: str) -> None:
        """Reload an account, which reads it at once."""
        await self.home.post(f"/api/config/config_entries/entry/{entry_id}/reload")

    async def registered(self, entry_id: str) -> dict[str, dict[str, Any]]:
        """Return the registered entities of an account, by their keys."""
        entities = await self.home.ws("config/entity_registry/list")
        return {
            entity["unique_id"].removeprefix(f"{entry_id}_"): entity
            for entity in entities
            if entity["config_entry_id"] == entry_id
        }

    async def entity(self, entry_id: str, key: str) -> str:
        """Return the id of an account's entity."""
        entity_id: str = (await self.registered(entry_id))[key]["entity_id"]
        return entity_id

    async def state(self, entity_id: str) -> State:
        """Return the state of an entity, with its attributes."""
        state: State = await self.home.get(f"/api/states/{entity_id}")
        return state

    async def until(
        self, entity_id: str, expected: str | Callable[[str], bool], *, within: float = PATIENCE
    ) -> None:
        """Wait until an entity is in a state."""
        wanted = expected if callable(expected) else expected.__eq__
        last = None
        try:
            async with (
                self.home.subscribe("subscribe_entities", entity_ids=[entity_id]) as events,
                asyncio.timeout(within),
            ):
                while last is None or not wanted(last):
                    event = await events.get()
                    added, changed = event.get("a", {}), event.get("c", {})
                    last = added.get(entity_id, {}).get("s", last)
                    last = changed.get(entity_id, {}).get("+", {}).get("s", last)
        except TimeoutError as err:
            raise AssertionError(f"{entity_id} is {last!r} and not {expected!r}") from err

    async def act(self, action: str, **data: Any) -> None:
        """Perform an action."""
        await self.home.post(f"/api/services/{action.replace('.', '/')}", data)

    async def poll(self, *entity_ids: str) -> None:
        """Have accounts read again: at once, or within ten seconds of the last such wish."""
        await self.act("homeassistant.update_entity", entity_id=list(entity_ids))

    async def save_automation(self, automation_id: str, **config: Any) -> str:
        """Save an automation as the editor does, and return its entity's id."""
        await self.home.post(
            f"/api/config/automation/config/{automation_id}", {"alias": automation_id, **config}
        )
        entity_id = f"automation.{automation_id}"
        await self.until(entity_id, "on")
        return entity_id

    async def notifications(self) -> dict[str, dict[str, Any]]:
        """Return the persistent notifications by their ids."""
        shown = await self.home.ws("persistent_notification/get")
        return {notification["notification_id"]: notification for notification in shown}

    async def until_notification(self, notification_id: str) -> dict[str, Any]:
        """Wait for a persistent notification."""
        async with (
            self.home.subscribe("persistent_notification/subscribe") as events,
            asyncio.timeout(PATIENCE),
        ):
            while True:
                shown: dict[str, dict[str, Any]] = (await events.get())["notifications"]
                if notification_id in shown:
                    return shown[notification_id]

    async def issues(self) -> dict[str, dict[str, Any]]:
        """Return the integration's repair issues by their ids."""
        issues = (await self.home.ws("repairs/list_issues"))["issues"]
        return {issue["issue_id"]: issue for issue in issues if issue["domain"] == DOMAIN}

    async def download(self, path: str) -> tuple[str, bytes]:
        """Return the content type and the bytes of a file."""
        headers = {"Authorization": f"Bearer {self.home.token}"}
        async with (
            aiohttp.ClientSession() as session,
            session.get(self.home.url + path, headers=headers) as response,
        ):
            assert response.status == 200, await response.text()
            return response.content_type, await response.read()
