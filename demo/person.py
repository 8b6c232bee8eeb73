"""What a person does in Home Assistant to have accounts watched, as calls of its API."""

from collections.abc import Mapping
from typing import Any, Final

from sandbox.home import Home

from .checks import DemoError
from .watch import DOMAIN

DASHBOARD: Final = "api-credits"

_FLOWS: Final = "/api/config/config_entries/flow"
_BLUEPRINT: Final = "api_credits/account_alerts.yaml"
AUTOMATION: Final = {
    "id": "api_credits_alerts",
    "alias": "Alerts for API credits",
    "description": "Made from the blueprint of API Credits.",
}


class Person:
    """Somebody who uses one Home Assistant."""

    def __init__(self, home: Home) -> None:
        """Use this home."""
        self._home = home

    async def act(self, domain: str, action: str, **data: Any) -> None:
        """Perform an action."""
        await self._home.post(f"/api/services/{domain}/{action}", data)

    async def add(self, name: str, answers: Mapping[str, Any]) -> str:
        """Add an account with answers to each form, and return its entry's id."""
        result = await self._home.post(_FLOWS, {"handler": DOMAIN})
        while result["type"] in {"form", "menu"} and not result.get("errors"):
            answer = answers[result["step_id"]]
            fields = result.get("data_schema") or ()
            if any(field["name"] == "dashboard" for field in fields):
                answer |= {"dashboard": True}
            result = await self._home.post(f"{_FLOWS}/{result['flow_id']}", answer)
        if result["type"] != "create_entry":
            reason = result.get("reason") or result["errors"].get("base")
            raise DemoError(f"{name} cannot be added: {reason}")
        entry_id: str = result["result"]["entry_id"]
        return entry_id

    async def enable(self, entry_id: str, *, enabled: bool) -> None:
        """Enable or disable an account."""
        disabled_by = None if enabled else "user"
        await self._home.ws("config_entries/disable", entry_id=entry_id, disabled_by=disabled_by)

    async def automate(self) -> None:
        """Have an automation tell what becomes of all accounts."""
        blueprint = {"path": _BLUEPRINT, "input": {"notification": "always"}}
        path = f"/api/config/automation/config/{AUTOMATION['id']}"
        await self._home.post(path, AUTOMATION | {"use_blueprint": blueprint})

    async def make_dashboard(self) -> None:
        """Choose ours where dashboards are added, and have it be the first thing that one sees."""
        await self._home.ws(
            "lovelace/dashboards/create",
            url_path=DASHBOARD,
            title="API Credits",
            icon="mdi:wallet",
            mode="storage",
            show_in_sidebar=True,
            require_admin=False,
        )
        await self._home.ws(
            "lovelace/config/save",
            url_path=DASHBOARD,
            config={"strategy": {"type": f"custom:{DASHBOARD}"}},
        )
        await self._home.ws(
            "frontend/set_system_data",
            key="core",
            value={"default_panel": DASHBOARD},
        )
