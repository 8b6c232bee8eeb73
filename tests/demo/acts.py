"""What a visitor of the demo may do, each by itself and in any order."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from .visitor import ENTRY, LANGUAGES, Visitor

type Act = Callable[[Visitor], Awaitable[str | None]]
"""Does something, and returns what the demo has to say of it, where that is sure."""


async def add_a_second_account(visitor: Visitor) -> str | None:
    """Add the second account of which the demo tells the key."""
    result = await visitor.add("deepseek", visitor.keys["DeepSeek"])
    return f"{result['title']}: added" if result["type"] == "create_entry" else None


async def add_another_organization(visitor: Visitor) -> str | None:
    """Add an organisation that a key of the demo reaches as well."""
    result = await visitor.add("stability_ai", visitor.keys["Stability AI"])
    return f"{result['title']}: added" if result["type"] == "create_entry" else None


async def add_one_again(visitor: Visitor) -> str | None:
    """Add one of the demo's own accounts, which may have been deleted."""
    provider = visitor.rng.choice(["agenttoolkit", "hyperstack"])
    result = await visitor.add(provider, f"demo-{provider}-key")
    return f"{result['title']}: added" if result["type"] == "create_entry" else None


async def try_a_wrong_key(visitor: Visitor) -> None:
    """See the error, and give up."""
    form = await visitor.offer("openrouter", visitor.keys["OpenRouter"])
    assert form["errors"] == {"base": "invalid_auth"}
    await visitor.delete(f"/api/config/config_entries/flow/{form['flow_id']}")


async def disable_an_account(visitor: Visitor) -> str:
    """Disable an account."""
    entry = await visitor.entry()
    await visitor.be_seen()
    await visitor.disable(entry, disabled=True)
    return f"{entry['title']}: disabled"


async def enable_an_account(visitor: Visitor) -> str | None:
    """Enable an account that was disabled."""
    disabled = [entry for entry in await visitor.entries() if entry["disabled_by"]]
    if not disabled:
        return None
    await visitor.be_seen()
    await visitor.disable(disabled[0], disabled=False)
    return f"{disabled[0]['title']}: enabled"


async def disable_an_entity(visitor: Visitor) -> str | None:
    """Disable an entity: a sensor, an alert, a number or the activity."""
    entities = await visitor.entities()
    return await _disable(visitor, entities[:1])


async def disable_all_entities(visitor: Visitor) -> str | None:
    """Disable everything that there is of an account."""
    entry_id = (await visitor.entry())["entry_id"]
    entities = await visitor.entities()
    return await _disable(
        visitor, [entity for entity in entities if entity["config_entry_id"] == entry_id]
    )


async def _disable(visitor: Visitor, entities: list[Any]) -> str | None:
    if not entities:
        return None
    await visitor.be_seen()
    for entity in entities:
        await visitor.ws(
            "config/entity_registry/update", entity_id=entity["entity_id"], disabled_by="user"
        )
    return f"{entities[-1]['entity_id']} is disabled or removed"


async def rename_an_entity(visitor: Visitor) -> str | None:
    """Give an entity another name and another id."""
    entities = await visitor.entities()
    if not entities:
        return None
    await visitor.be_seen()
    old = entities[0]["entity_id"]
    new = f"{old}_{visitor.rng.randrange(10**6)}"
    await visitor.ws(
        "config/entity_registry/update", entity_id=old, name="Purse", new_entity_id=new
    )
    return f"{old} is now {new}"


async def remove_an_entity(visitor: Visitor) -> None:
    """Remove an entity from the registry; it comes back with the next reload."""
    for entity in (await visitor.entities())[:1]:
        await visitor.ws("config/entity_registry/remove", entity_id=entity["entity_id"])


async def rename_an_account(visitor: Visitor) -> str:
    """Give an account another name."""
    entry = await visitor.entry()
    await visitor.be_seen()
    title = f"Purse {visitor.rng.randrange(10**6)}"
    await visitor.ws("config_entries/update", entry_id=entry["entry_id"], title=title)
    return f"{title}: this is the new name of {entry['title']}"


async def rename_a_device(visitor: Visitor) -> None:
    """Give a device another name and a room."""
    room = f"Room {visitor.rng.randrange(10**6)}"
    area = await visitor.ws("config/area_registry/create", name=room)
    for entity in (await visitor.entities())[:1]:
        await visitor.ws(
            "config/device_registry/update",
            device_id=entity["device_id"],
            name_by_user="Drawer",
            area_id=area["area_id"],
        )


async def disable_a_device(visitor: Visitor) -> None:
    """Disable the device of an account, and with it all of its entities."""
    for entity in (await visitor.entities())[:1]:
        await visitor.ws(
            "config/device_registry/update", device_id=entity["device_id"], disabled_by="user"
        )


async def enable_everything(visitor: Visitor) -> str | None:
    """Enable all devices and entities that were disabled, but for those of disabled accounts."""
    entities = await visitor.ws("config/entity_registry/list")
    await visitor.be_seen()
    for device in await visitor.ws("config/device_registry/list"):
        if device["disabled_by"] == "user":
            await visitor.ws(
                "config/device_registry/update", device_id=device["id"], disabled_by=None
            )
    says = None
    # Of a disabled account, also what the person had disabled before stays so.
    devices = await visitor.ws("config/device_registry/list")
    asleep = {each["id"] for each in devices if each["disabled_by"]}
    for entity in entities:
        if entity["device_id"] in asleep:
            continue
        if entity["platform"] == "api_credits" and entity["disabled_by"] == "user":
            await visitor.ws(
                "config/entity_registry/update", entity_id=entity["entity_id"], disabled_by=None
            )
            says = f"{entity['entity_id']} is there"
    return says


async def delete_an_account(visitor: Visitor) -> str | None:
    """Delete an account, as long as there are some left to do something else with."""
    entries = await visitor.entries()
    if len(entries) < 4:
        return None
    await visitor.be_seen()
    entry = visitor.rng.choice(entries)
    await visitor.delete(f"{ENTRY}/{entry['entry_id']}")
    return f"{entry['title']}: deleted"


async def reload_an_account(visitor: Visitor) -> None:
    """Reload an account."""
    await visitor.post(f"{ENTRY}/{(await visitor.entry())['entry_id']}/reload")


async def reload_all(visitor: Visitor) -> None:
    """Reload all of the configuration."""
    await visitor.act("homeassistant.reload_all")


async def restart(visitor: Visitor) -> str:
    """Restart Home Assistant."""
    await visitor.until_back(lambda: visitor.act("homeassistant.restart"))
    return "Home Assistant answers again."


async def stop(visitor: Visitor) -> str:
    """Stop Home Assistant, which the demo then starts again."""
    await visitor.until_back(lambda: visitor.act("homeassistant.stop"))
    return "Home Assistant answers again."


async def revoke_the_token(visitor: Visitor) -> str:
    """Sign everybody else out."""
    tokens = await visitor.ws("auth/refresh_tokens")
    for token in tokens:
        if not token["is_current"]:
            await visitor.ws("auth/delete_refresh_token", refresh_token_id=token["id"])
    return "Home Assistant had signed the demo out."


async def revoke_a_key(visitor: Visitor) -> None:
    """Revoke the key of an account at its provider."""
    await visitor.at_provider("PATCH", "/openrouter", {"key": None})


async def give_the_key_back(visitor: Visitor) -> None:
    """Have the key be valid again."""
    await visitor.at_provider("PATCH", "/openrouter", {"key": "demo-openrouter-key"})


async def top_up(visitor: Visitor) -> None:
    """Top up an account at its provider."""
    await visitor.at_provider("POST", "/hyperstack/top_up", {"amount": 50})


async def spend_all(visitor: Visitor) -> None:
    """Use an account up."""
    await visitor.at_provider("PATCH", "/agenttoolkit", {"balances": {"": {"amount": 0}}})


async def change_the_language(visitor: Visitor) -> None:
    """Change the language of Home Assistant, of which the demo tells, and of the person."""
    await visitor.be_seen()
    language = visitor.rng.choice(LANGUAGES)
    await visitor.ws("frontend/set_user_data", key="language", value={"language": language})


async def set_a_threshold(visitor: Visitor) -> None:
    """Have an account be low, or not."""
    numbers = [
        state["entity_id"]
        for state in await visitor.get("/api/states")
        if state["entity_id"].startswith("number.") and state["state"] != "unavailable"
    ]
    if numbers:
        number = visitor.rng.choice(numbers)
        await visitor.act("number.set_value", entity_id=number, value=visitor.rng.randrange(1, 30))


async def dismiss_all(visitor: Visitor) -> None:
    """Dismiss all notifications."""
    await visitor.act("persistent_notification.dismiss_all")


async def delete_the_automation(visitor: Visitor) -> None:
    """Delete all automations, if there are any left."""
    for state in await visitor.get("/api/states"):
        if state["entity_id"].startswith("automation.") and "id" in state["attributes"]:
            await visitor.delete(f"/api/config/automation/config/{state['attributes']['id']}")


async def delete_the_dashboard(visitor: Visitor) -> None:
    """Delete all dashboards, if there are any left."""
    for dashboard in await visitor.ws("lovelace/dashboards/list"):
        await visitor.ws("lovelace/dashboards/delete", dashboard_id=dashboard["id"])


ACTS: Final[list[Act]] = [
    add_a_second_account,
    add_another_organization,
    add_one_again,
    change_the_language,
    delete_an_account,
    delete_the_automation,
    delete_the_dashboard,
    disable_a_device,
    disable_all_entities,
    disable_an_account,
    disable_an_entity,
    dismiss_all,
    enable_an_account,
    enable_everything,
    give_the_key_back,
    reload_all,
    reload_an_account,
    remove_an_entity,
    rename_a_device,
    rename_an_account,
    rename_an_entity,
    restart,
    revoke_a_key,
    revoke_the_token,
    set_a_threshold,
    spend_all,
    stop,
    top_up,
    try_a_wrong_key,
]
