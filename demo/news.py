"""What has become of the accounts from one look to the next, in words."""

from collections.abc import Iterator
from typing import Final

from .watch import View, Watched

ACTIVITY: Final = "account_activity"

_FAILED: Final = {
    "setup_retry": "cannot be read, and is tried again",
    "setup_error": "cannot be set up",
    "migration_error": "cannot be taken over",
    "failed_unload": "cannot be unloaded",
}


class News:
    """Knows what has been told, so that it is told once."""

    def __init__(self) -> None:
        """Begin with having told nothing."""
        self._seen: View | None = None
        self._announced: dict[str, str] = {}
        self._trouble: dict[str, str] = {}

    def of(self, view: View) -> Iterator[str]:
        """Yield what is new."""
        before, self._seen = self._seen or view, view
        yield from _home(before, view)
        for account in before.accounts:
            if not view.account(account.entry_id):
                yield f"{account.title}: deleted"
        for account in view.accounts:
            for text in self._account(before, view, account):
                yield f"{account.title}: {text}"

    def _account(self, before: View, view: View, account: Watched) -> Iterator[str]:
        """Yield what is new of one account."""
        if earlier := before.account(account.entry_id):
            yield from _changes(earlier, account)
        else:
            yield "added"
        yield from self._announcement(view, account)
        yield from self._condition(view, account)

    def _announcement(self, view: View, account: Watched) -> Iterator[str]:
        """Yield what the integration has announced."""
        entity_id = account.entities.get(ACTIVITY)
        at = view.state(entity_id)
        if entity_id is None or at is None or at == self._announced.get(account.entry_id):
            return
        self._announced[account.entry_id] = at
        event = view.states[entity_id]["attributes"]
        moment = str(event.get("event_type")).replace("_", " ")
        if isinstance(balance := event.get("balance"), int | float):
            moment += f", {balance:.2f} {event.get('unit') or ''} left".replace("  ", " ")
        yield moment

    def _condition(self, view: View, account: Watched) -> Iterator[str]:
        """Yield whether it can be read, where that has changed."""
        trouble = _trouble(view, account)
        if trouble is None:
            return
        if trouble != self._trouble.get(account.entry_id, ""):
            yield trouble or "is read again"
        self._trouble[account.entry_id] = trouble


def _home(before: View, view: View) -> Iterator[str]:
    if before.language != view.language:
        yield f"Home Assistant’s language is now {view.language}"
    if before.safe_mode != view.safe_mode:
        yield (
            "Home Assistant is in safe mode, and leaves the integration out until it is restarted"
            if view.safe_mode
            else "Home Assistant has left safe mode"
        )


def _changes(before: Watched, after: Watched) -> Iterator[str]:
    """Yield what a person has changed about an account."""
    if before.title != after.title:
        yield f"this is the new name of {before.title}"
    if before.disabled != after.disabled:
        yield "disabled" if after.disabled else "enabled"
    for key, entity_id in before.entities.items():
        now = after.entities.get(key)
        if now is None:
            yield f"{entity_id} is disabled or removed"
        elif now != entity_id:
            yield f"{entity_id} is now {now}"
    for key in after.entities.keys() - before.entities.keys():
        yield f"{after.entities[key]} is there"


def _trouble(view: View, account: Watched) -> str | None:
    """Return what is wrong, an empty text if nothing is, or nothing while that is open."""
    if account.disabled:
        return ""
    if account.wants_key:
        return "the key is refused, and Home Assistant asks for another"
    if failed := _FAILED.get(account.state):
        return f"{failed}: {account.reason}" if account.reason else failed
    if account.state != "loaded":
        return None
    if any(view.state(account.entities[key]) for key in account.balances):
        return ""
    return "shows no balance"
