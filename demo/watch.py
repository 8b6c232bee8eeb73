"""The accounts of the demo, as Home Assistant shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

DOMAIN: Final = "api_credits"
BALANCE: Final = "balance"

type States = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Watched:
    """An account in Home Assistant, with its entities' ids by their keys."""

    provider: str
    entry_id: str
    device_id: str
    title: str
    entities: Mapping[str, str]

    @property
    def balances(self) -> list[str]:
        """The keys of its balances."""
        return sorted(key for key in self.entities if is_balance(key))

    def figure(self, figure: str, balance: str) -> str:
        """Return the entity of a figure of one of the balances."""
        return self.entities[figure + balance.removeprefix(BALANCE)]

    @property
    def activity(self) -> str:
        """The entity that shows what happens to it."""
        return self.entities["account_activity"]


def is_balance(key: str) -> bool:
    """Tell whether an entity of this key is a balance."""
    return key == BALANCE or key.startswith(f"{BALANCE}_")


def watched(
    providers: Mapping[str, str], entries: list[dict[str, Any]], entities: list[dict[str, Any]]
) -> list[Watched]:
    """Return the accounts, sorted by name, from what Home Assistant's registries hold.

    `providers` are those of the accounts by the ids of their entries.
    """
    found = []
    for entry in entries:
        entry_id = entry["entry_id"]
        ours = [
            entity
            for entity in entities
            if entity["config_entry_id"] == entry_id and entity["disabled_by"] is None
        ]
        found.append(
            Watched(
                provider=providers[entry_id],
                entry_id=entry_id,
                device_id=next((entity["device_id"] for entity in ours), ""),
                title=entry["title"],
                entities={
                    entity["unique_id"].removeprefix(f"{entry_id}_"): entity["entity_id"]
                    for entity in ours
                },
            )
        )
    return sorted(found, key=lambda account: account.title.casefold())
