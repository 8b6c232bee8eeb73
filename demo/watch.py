"""What Home Assistant shows of the accounts, at one look."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sandbox.home import Home

DOMAIN: Final = "api_credits"
BALANCE: Final = "balance"
CALCULATED: Final = "calculated_balance"
NO_VALUE: Final = frozenset({None, "unknown", "unavailable"})

# Disabled with its account or device, an entity is still one that the person wants.
_WANTED: Final = (None, "config_entry", "device")

type States = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Watched:
    """An account in Home Assistant, with its entities' ids by their keys."""

    entry_id: str
    title: str
    device_id: str
    entities: Mapping[str, str]
    state: str = "loaded"
    reason: str | None = None
    disabled: bool = False
    wants_key: bool = False
    """Whether Home Assistant asks for new credentials."""

    @property
    def balances(self) -> list[str]:
        """The keys of its balances."""
        return sorted(key for key in self.entities if is_balance(key))

    def figure(self, figure: str, balance: str) -> str:
        """Return the entity of a figure of one of the balances, or nothing if there is none."""
        if figure == BALANCE:
            return self.entities.get(balance, "")
        scope = balance.removeprefix(CALCULATED).removeprefix(BALANCE)
        return self.entities.get(figure + scope, "")


@dataclass(frozen=True, kw_only=True)
class View:
    """All accounts, sorted by name, and the states of all entities."""

    accounts: tuple[Watched, ...] = ()
    states: States
    language: str = "en"
    safe_mode: bool = False

    def state(self, entity_id: str | None) -> str | None:
        """Return the state of an entity, if there is such an entity and it has one."""
        value = self.states.get(entity_id or "", {}).get("state")
        return None if value in NO_VALUE else value

    def loaded(self, account: Watched) -> list[str]:
        """Return those of an account's entities that are more than a memory of Home Assistant's."""
        return [
            entity_id
            for entity_id in account.entities.values()
            if (state := self.states.get(entity_id)) and not state["attributes"].get("restored")
        ]

    def account(self, entry_id: str) -> Watched | None:
        """Return the account of an entry."""
        return next((each for each in self.accounts if each.entry_id == entry_id), None)


def is_balance(key: str) -> bool:
    """Tell whether an entity of this key is a balance."""
    return key in {BALANCE, CALCULATED} or key.startswith(f"{BALANCE}_")


async def look(home: Home) -> View | None:
    """Return what there is to see now, or nothing while Home Assistant still starts."""
    config = await home.get("/api/config")
    if config["state"] != "RUNNING":
        return None
    entries = await home.ws("config_entries/get", domain=DOMAIN)
    entities = await home.ws("config/entity_registry/list")
    flows = await home.ws("config_entries/flow/progress")
    states = await home.get("/api/states")
    return View(
        accounts=tuple(watched(entries, entities, flows)),
        states={state["entity_id"]: state for state in states},
        language=config["language"],
        safe_mode=config["safe_mode"],
    )


def watched(
    entries: Iterable[Mapping[str, Any]],
    entities: Iterable[Mapping[str, Any]],
    flows: Iterable[Mapping[str, Any]] = (),
) -> list[Watched]:
    """Return the accounts, sorted by name, from what Home Assistant's registries hold."""
    asked_for = {
        flow["context"].get("entry_id")
        for flow in flows
        if flow["handler"] == DOMAIN and flow["context"]["source"] == "reauth"
    }
    ours: dict[str, list[Mapping[str, Any]]] = {}
    for entity in entities:
        if entity["platform"] == DOMAIN and entity["disabled_by"] in _WANTED:
            ours.setdefault(entity["config_entry_id"], []).append(entity)
    found = [
        Watched(
            entry_id=entry_id,
            title=entry["title"],
            device_id=next((each["device_id"] or "" for each in ours.get(entry_id, [])), ""),
            entities={
                each["unique_id"].removeprefix(f"{entry_id}_"): each["entity_id"]
                for each in ours.get(entry_id, [])
            },
            state=entry["state"],
            reason=entry["reason"],
            disabled=entry["disabled_by"] is not None,
            wants_key=entry_id in asked_for,
        )
        for entry in entries
        for entry_id in [entry["entry_id"]]
    ]
    return sorted(found, key=lambda account: account.title.casefold())
