"""Check that every text the integration uses is in en.json, and no other.

Keys that come from real objects (forms, errors, kinds of readings, triggers, conditions) are taken
from these; keys that are literal strings are read from the source.
"""

import ast
import asyncio
from collections.abc import Iterator
from decimal import Decimal
import importlib
from pathlib import Path
import re
from typing import Any, Final
from unittest.mock import Mock

import yaml

from custom_components.api_credits import (
    binary_sensor,
    button,
    event,
    forms,
    issues,
    limits,
    number,
    sensor,
)
from custom_components.api_credits.alerts import Moment
from custom_components.api_credits.client import credentials as credentials_module
from custom_components.api_credits.client.credentials import Credential
from custom_components.api_credits.client.declared import Identity
from custom_components.api_credits.client.entered import Wrong
from custom_components.api_credits.client.errors import ProviderError
from custom_components.api_credits.client.numbers import Found, Survey
from custom_components.api_credits.const import CONF_BALANCE_OF, CONF_REGION, PLATFORMS
from custom_components.api_credits.flow import custom_forms
from custom_components.api_credits.providers import PROVIDERS
from custom_components.api_credits.readings import KINDS, Role
from homeassistant import data_entry_flow

from .files import INTEGRATION, TRANSLATIONS, load_json

# Helpers of Home Assistant's config flow that end a flow with a reason of their own.
ABORTING: Final = {
    "_abort_if_unique_id_configured": {"already_configured"},
    "_async_abort_entries_match": {"already_configured"},
    "async_update_reload_and_abort": {"reauth_successful", "reconfigure_successful"},
}
SURVEY: Final = Survey(
    numbers=[Found(path=("balance",), value=Decimal(1))], signs=[(("error",), "null")]
)
DESCRIBED: Final = ("services", "triggers", "conditions")
"""Sections whose entries a YAML file of that name describes, with their fields."""


def check_keys(root: Path) -> list[str]:
    """Compare the keys in use with those in en.json."""
    used = {key for keys in USED for key in keys(root)}
    there = set(keys_of(load_json(root / TRANSLATIONS / "en.json")))
    path = TRANSLATIONS / "en.json"
    return [f"{path}: {key} is missing" for key in sorted(used - there)] + [
        f"{path}: {key} is not used" for key in sorted(there - used)
    ]


def keys_of(english: dict[str, Any]) -> Iterator[str]:
    """Yield the keys of what has texts: steps, fields, errors, entities, events and so on."""
    for section, entries in english.items():
        for name, entry in entries.items():
            match section, name:
                case ("config" | "options", "step"):
                    for step, texts in entry.items():
                        yield f"{section}.step.{step}"
                        folded = texts.get("sections", {})
                        for part in (texts, *folded.values()):
                            named = (*part.get("data", ()), *part.get("menu_options", ()))
                            yield from (f"{section}.step.{step}.{key}" for key in named)
                        yield from (f"{section}.step.{step}.{key}" for key in folded)
                case ("entity", _):
                    for key, texts in entry.items():
                        yield f"entity.{name}.{key}"
                        yield from (
                            f"entity.{name}.{key}.{attribute}.{state}"
                            for attribute, states in texts.get("state_attributes", {}).items()
                            for state in states.get("state", ())
                        )
                case ("common", _):
                    yield f"{section}.{name}"
                case ("config" | "options" | "system_health", _):
                    yield from (f"{section}.{name}.{key}" for key in entry)
                case _:
                    yield f"{section}.{name}"
                    yield from (f"{section}.{name}.{key}" for key in entry.get("fields", ()))


def steps(root: Path) -> Iterator[str]:
    """Yield the steps of the flows that show a form."""
    trees = list(flows(root))
    choices = {id(choice) for tree in trees for choice in menu_options(tree)}
    literals = {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and id(node) not in choices
    }
    for flow in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(flow, ast.ClassDef):
            section = "options" if "OptionsFlow" in ast.unparse(flow.bases[0]) else "config"
            for method in flow.body:
                if isinstance(method, ast.AsyncFunctionDef):
                    step = method.name.removeprefix("async_step_")
                    # A step that only leads to another, such as reauth, is nowhere named.
                    if step != method.name and step in literals:
                        yield f"{section}.step.{step}"
                        for choice in menu_options(method):
                            yield f"{section}.step.{step}.{string(choice)}"


def menu_options(tree: ast.AST) -> Iterator[ast.Constant]:
    """Yield the choices of the menus that are shown."""
    for call in calls(tree):
        for item in call.keywords:
            if item.arg == "menu_options" and isinstance(item.value, ast.List):
                yield from (each for each in item.value.elts if isinstance(each, ast.Constant))


def flows(root: Path) -> Iterator[ast.Module]:
    """Yield the syntax trees of the modules that the flows are made of."""
    yield parse(root / INTEGRATION / "config_flow.py")
    for path in sorted((root / INTEGRATION / "flow").glob("*.py")):
        yield parse(path)


def parts_of_texts(_: Path) -> Iterator[str]:
    """Yield the sentences that are put into other texts."""
    yield f"common.{forms.OTHER_BALANCES}"
    yield f"common.{forms.SEVERAL_CURRENCIES}"


def dashboard(root: Path) -> Iterator[str]:
    """Yield what the dashboard says, and which names of entities it borrows."""
    path = root / INTEGRATION / "www" / "strategy.js"
    source = path.read_text("utf-8") if path.exists() else ""
    yield from re.findall(r"\bcommon\.dashboard_\w+", source)


def fields(_: Path) -> Iterator[str]:
    """Yield the fields of the forms."""
    known = vars(credentials_module).values()
    catalogue = [
        *(item for item in known if isinstance(item, Credential)),
        Credential(key=CONF_REGION, options=("eu",)),
        Credential(key=CONF_BALANCE_OF, options=("key",)),
    ]
    credentials = forms.credentials_schema(catalogue)
    some_provider = next(iter(PROVIDERS.values()))
    for step, schema in {
        "config.step.user": forms.provider_schema(),
        "config.step.credentials": credentials,
        "config.step.account": forms.account_schema([Identity(id="1")]),
        "config.step.alerts": forms.alerts_schema([], dashboard=True),
        "config.step.balance_now": forms.balance_now_schema(),
        "config.step.reauth_confirm": credentials,
        "config.step.reconfigure": credentials,
        "config.step.custom": custom_forms.request_schema(is_new=True, is_known=False),
        "config.step.custom_balance": custom_forms.balance_schema(SURVEY),
        "config.step.custom_readings": custom_forms.readings_schema(SURVEY),
        "options.step.init": forms.options_schema(some_provider, []),
    }.items():
        for key, field in schema.schema.items():
            yield f"{step}.{key}"
            if isinstance(field, data_entry_flow.section):
                yield from (f"{step}.{folded}" for folded in field.schema.schema)


def errors(root: Path) -> Iterator[str]:
    """Yield the errors of forms, and the exceptions and reasons that are errors of providers."""
    yield from (f"config.error.{wrong}" for wrong in Wrong)
    for key in {error.key for error in subclasses(ProviderError)}:
        yield f"config.error.{key}"
        yield f"exceptions.{key}"
    some_provider = next(iter(PROVIDERS.values()))
    for section, schema in {
        "config": forms.alerts_schema([]),
        "options": forms.options_schema(some_provider, []),
    }.items():
        _, refused = limits.check(dict.fromkeys(schema.schema), some_provider)
        yield from (f"{section}.error.{key}" for key in refused.values())
    yield from (f"config.error.{key}_limits" for key in map(str, forms.balance_now_schema().schema))
    for node in (node for tree in flows(root) for node in ast.walk(tree)):
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            yield from (
                f"config.error.{literal}"
                for key, value in pairs
                if key and string(key) == "base" and (literal := string(value))
            )


def aborts(root: Path) -> Iterator[str]:
    """Yield the reasons for which a flow ends without an entry."""
    for call in (call for tree in flows(root) for call in calls(tree)):
        yield from (f"config.abort.{reason}" for reason in ABORTING.get(name_of(call), ()))
        if reason := keyword(call, "reason"):
            yield f"config.abort.{reason}"


def exceptions_and_issues(root: Path) -> Iterator[str]:
    """Yield the keys of repair issues, and literal ones of exceptions and of selectors' choices."""
    yield from (f"issues.{issue}" for issue in issues.SEVERITIES)
    for path in sorted((root / INTEGRATION).rglob("*.py")):
        for call in calls(parse(path)):
            if key := keyword(call, "translation_key"):
                arguments = {argument.arg for argument in call.keywords}
                if name_of(call) == "async_create_issue":
                    yield f"issues.{key}"
                elif name_of(call) in {"SelectSelectorConfig", "ObjectSelectorConfig"}:
                    yield f"selector.{key}"
                    yield from (f"selector.{key}.{name}" for name in keys_in(call, "fields"))
                elif "translation_domain" in arguments:
                    yield f"exceptions.{key}"


def entities(root: Path) -> Iterator[str]:
    """Yield the names of entities: of readings, figures, alerts, limits, or with a literal key."""
    for kind in KINDS.values():
        platform = "binary_sensor" if kind.role is Role.FLAG else "sensor"
        yield f"entity.{platform}.{kind.key}"
        if kind.role in {*sensor.AMOUNTS, Role.TIME}:
            yield f"entity.{platform}.{kind.key}_scoped"
    for figure in sensor.FIGURES:
        for name in (figure.key, f"{figure.key}_scoped"):
            yield f"entity.sensor.{name}"
            yield from (
                f"entity.sensor.{name}.{sensor.ATTR_REASON}.{reason}" for reason in figure.reasons
            )
    yield f"entity.sensor.{sensor.LAST_READ}"
    yield from (f"entity.binary_sensor.{key}" for key in binary_sensor.KEYS.values())
    yield from (f"entity.number.{limit.key}" for limit in number.LIMITS)
    yield f"entity.number.{number.THRESHOLD.key}_scoped"
    yield f"entity.button.{button.KEY}"
    yield f"entity.event.{event.KEY}"
    yield from (f"entity.event.{event.KEY}.event_type.{moment}" for moment in Moment)
    for platform in PLATFORMS:
        for node in ast.walk(parse(root / INTEGRATION / f"{platform}.py")):
            match node:
                case ast.Assign(targets=[target]) | ast.AnnAssign(target=target) if (
                    ast.unparse(target).removeprefix("self.") == "_attr_translation_key"
                    and node.value
                    and (key := string(node.value))
                ):
                    yield f"entity.{platform}.{key}"
                case ast.Call() if name_of(node).endswith("EntityDescription"):
                    if key := keyword(node, "translation_key"):
                        yield f"entity.{platform}.{key}"


def described(root: Path) -> Iterator[str]:
    """Yield services, triggers and conditions with their fields, as their YAML files say."""
    for section in DESCRIBED:
        path = root / INTEGRATION / f"{section}.yaml"
        entries: dict[str, Any] = yaml.safe_load(path.read_text("utf-8")) if path.exists() else {}
        for name, entry in entries.items():
            if not name.startswith("."):
                yield f"{section}.{name}"
                yield from (f"{section}.{name}.{key}" for key in (entry or {}).get("fields", ()))


def triggers_and_conditions(root: Path) -> Iterator[str]:
    """Yield the triggers and conditions that the code offers."""
    for name in ("trigger", "condition"):
        if (root / INTEGRATION / f"{name}.py").exists():
            module = importlib.import_module(f"custom_components.api_credits.{name}")
            offered = asyncio.run(getattr(module, f"async_get_{name}s")(Mock()))
            yield from (f"{name}s.{key}" for key in offered)


def system_health(root: Path) -> Iterator[str]:
    """Yield the literal keys of what system health shows."""
    for node in ast.walk(parse(root / INTEGRATION / "system_health.py")):
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Dict):
            literals = (string(key) for key in node.value.keys if key)
            yield from (f"system_health.info.{key}" for key in literals if key)


def words(_: Path) -> Iterator[str]:
    """Yield where the flow finds words for credentials, rights and choices."""
    yield from (f"selector.{name}" for name in ("balance_of", "credential", "region", "rights"))


USED: Final = (
    aborts,
    dashboard,
    described,
    entities,
    errors,
    exceptions_and_issues,
    fields,
    parts_of_texts,
    steps,
    system_health,
    triggers_and_conditions,
    words,
)


def subclasses(error: type[ProviderError]) -> Iterator[type[ProviderError]]:
    """Yield the errors below one."""
    for child in error.__subclasses__():
        yield child
        yield from subclasses(child)


def parse(path: Path) -> ast.Module:
    """Return a module's syntax tree; an empty one where there is no such file."""
    return ast.parse(path.read_text("utf-8") if path.exists() else "")


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield every call."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def name_of(call: ast.Call) -> str:
    """Return the name of what is called, without what it belongs to."""
    return ast.unparse(call.func).rpartition(".")[2]


def keyword(call: ast.Call, name: str) -> str | None:
    """Return a keyword argument that is a literal string."""
    return next((string(item.value) for item in call.keywords if item.arg == name), None)


def keys_in(call: ast.Call, name: str) -> Iterator[str]:
    """Yield the literal keys of a keyword argument that is a dictionary."""
    for item in call.keywords:
        if item.arg == name and isinstance(item.value, ast.Dict):
            yield from (key for node in item.value.keys if node and (key := string(node)))


def string(node: ast.expr) -> str | None:
    """Return the value of a literal string."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
