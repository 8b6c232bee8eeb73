"""Checks of the files that tell others about the integration."""

from pathlib import Path
import re
from typing import Any, Final

import yaml

from .files import INTEGRATION, load_json

MANIFEST_REQUIRED: Final = {
    "codeowners",
    "config_flow",
    "documentation",
    "domain",
    "integration_type",
    "iot_class",
    "issue_tracker",
    "name",
    "version",
}
MANIFEST_OPTIONAL: Final = {
    "after_dependencies",
    "categories",
    "connectivity",
    "dependencies",
    "loggers",
    "requirements",
    "single_config_entry",
}

HACS_KEYS: Final = {
    "content_in_root",
    "country",
    "filename",
    "hacs",
    "hide_default_branch",
    "homeassistant",
    "name",
    "persistent_directory",
    "render_readme",
    "zip_release",
}

# The Integration Quality Scale, tier by tier.
RULES: Final = set(
    """
    action-setup appropriate-polling brands common-modules config-flow-test-coverage config-flow
    dependency-transparency docs-actions docs-triggers docs-conditions docs-high-level-description
    docs-installation-instructions docs-removal-instructions entity-event-setup entity-unique-id
    has-entity-name runtime-data test-before-configure test-before-setup unique-config-entry

    action-exceptions config-entry-unloading docs-configuration-parameters
    docs-installation-parameters entity-unavailable integration-owner log-when-unavailable
    parallel-updates reauthentication-flow test-coverage

    devices diagnostics docs-data-update docs-examples docs-known-limitations
    docs-supported-functions docs-troubleshooting docs-use-cases dynamic-devices entity-category
    entity-device-class entity-disabled-by-default entity-translations exception-translations
    icon-translations reconfiguration-flow repair-issues stale-devices discovery
    discovery-update-info docs-supported-devices

    async-dependency inject-websession strict-typing
    """.split()
)
EXEMPT: Final = {"discovery", "discovery-update-info", "docs-supported-devices"}
"""Rules that have no meaning for a service in the cloud; every other one applies."""

# Neither has releases that are kept up to date; both say to use the branch.
ACTIONS_WITHOUT_VERSIONS: Final = {"home-assistant/actions/hassfest@master", "hacs/action@main"}
MAJOR_VERSION: Final = r"@v\d+$"
PINNED: Final = r"@[0-9a-f]{40}$"


def check_manifest(root: Path) -> list[str]:
    """Check manifest.json as hassfest does for a custom integration, without a network."""
    manifest = load_json(root / INTEGRATION / "manifest.json")
    keys = list(manifest)
    problems = [f"{key} is missing" for key in sorted(MANIFEST_REQUIRED - set(keys))]
    unknown = set(keys) - MANIFEST_REQUIRED - MANIFEST_OPTIONAL
    problems += [f"{key} is unknown" for key in sorted(unknown)]
    if keys != sorted(keys, key=lambda key: (key != "domain", key != "name", key)):
        problems.append("keys are not sorted: domain, name, then by the alphabet")
    if manifest.get("domain") != INTEGRATION.name:
        problems.append("domain is not the folder's name")
    problems += [
        f"{key} is not an https address"
        for key in ("documentation", "issue_tracker")
        if not str(manifest.get(key, "https://")).startswith("https://")
    ]
    if not re.fullmatch(r"\d+\.\d+\.\d+(b\d+)?", str(manifest.get("version", "0.0.0"))):
        problems.append("version is not like 1.2.3")
    if manifest.get("requirements"):
        problems.append("requirements are not empty: the integration needs none of its own")
    return [f"{INTEGRATION}/manifest.json: {problem}" for problem in problems]


def check_hacs(root: Path) -> list[str]:
    """Check that hacs.json has what HACS needs and nothing it does not know."""
    hacs = load_json(root / "hacs.json")
    problems = [f"{key} is unknown" for key in sorted(set(hacs) - HACS_KEYS)]
    problems += [f"{key} is missing" for key in ("name", "homeassistant") if key not in hacs]
    if hacs.get("zip_release") and not hacs.get("filename"):
        problems.append("zip_release needs a filename")
    return [f"hacs.json: {problem}" for problem in problems]


def check_quality_scale(root: Path) -> list[str]:
    """Check that quality_scale.yaml says of every rule, once, where we stand."""
    path = INTEGRATION / "quality_scale.yaml"
    if not (root / path).exists():
        return [f"{path}: missing"]
    content = (root / path).read_text("utf-8")
    names = re.findall(r"^  ([a-z-]+):", content, re.MULTILINE)
    rules: dict[str, Any] = yaml.safe_load(content)["rules"]
    problems = [f"{name} is there twice" for name in sorted(set(names)) if names.count(name) > 1]
    problems += [f"{name} is missing" for name in sorted(RULES - set(rules))]
    problems += [f"{name} is no rule" for name in sorted(set(rules) - RULES)]
    for name, state in rules.items():
        status = state.get("status") if isinstance(state, dict) else state
        if status not in {"done", "todo", "exempt"}:
            problems.append(f"{name} is neither done nor todo nor exempt")
        elif status != "done" and not (isinstance(state, dict) and state.get("comment")):
            problems.append(f"{name} is {status} without a comment")
        if status == "exempt" and name in RULES - EXEMPT:
            problems.append(f"{name} applies and cannot be exempt")
    return [f"{path}: {problem}" for problem in problems]


def check_workflows(root: Path) -> list[str]:
    """Check that workflows have the least rights and name the versions of the actions they use.

    A job that can write names each by its commit: a version can be moved to another one.
    """
    problems = []
    for path in sorted((root / ".github/workflows").glob("*.y*ml")):
        content = path.read_text("utf-8")
        name = path.relative_to(root)
        if not re.search(r"^permissions:( \{\}|\n  contents: read)$", content, re.MULTILINE):
            problems.append(f"{name}: permissions at the top are not {{}} or contents: read alone")
        for job in yaml.safe_load(content)["jobs"].values():
            writes = "write" in str(job.get("permissions"))
            version, where = (PINNED, "commit") if writes else (MAJOR_VERSION, "major version")
            problems += [
                f"{name}: {action} is not at a {where}"
                for action in (step["uses"] for step in job["steps"] if "uses" in step)
                if (writes or action not in ACTIONS_WITHOUT_VERSIONS)
                and not re.search(version, action)
            ]
    return problems
