"""Each check of our own passes on a sound copy of the repository, and fails on one that is not."""

from pathlib import Path
import shutil
import subprocess

import pytest

from scripts.checks import (
    CHECKS,
    Check,
    metadata,
    pages,
    provider_page,
    text,
    translations,
    used_keys,
)
from scripts.providers.page import PAGE

ROOT = Path(__file__).parents[2]
INTEGRATION = "custom_components/api_credits"
ENGLISH = f"{INTEGRATION}/translations/en.json"
GERMAN = f"{INTEGRATION}/translations/de.json"
MANIFEST = f"{INTEGRATION}/manifest.json"
SCALE = f"{INTEGRATION}/quality_scale.yaml"
WORKFLOW = ".github/workflows/ci.yml"
RELEASE = ".github/workflows/release.yml"
BLUEPRINT = "blueprints/automation/api_credits/account_alerts.yaml"
SOUND_PAGE = """# API Credits

Under **Settings**, select **API Credits**: **Warn below** and **Balance CNY** of **Phones**.
**… is low on credit** and **The provider could not be reached.** are said of
[an account](docs/page.md#its-name--and-more) or [two](docs/page.md#two), by `api_credits.is_low`.

```yaml
wait: **a moment**, [or](two.md)
```
"""
OTHER_PAGE = """# Its name – and more

<a id="two"></a>[Back](../README.md#api-credits), [up](#its-name--and-more), [out](https://x.invalid/y.md)
"""


@pytest.fixture(name="copy", scope="module")
def copy_fixture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a sound copy; README, quality scale and other languages are made up."""
    copy = tmp_path_factory.mktemp("copy")
    for folder in ("blueprints", "custom_components", ".github"):
        ignore = shutil.ignore_patterns("__pycache__", "??.json")
        shutil.copytree(ROOT / folder, copy / folder, ignore=ignore)
    shutil.copy(ROOT / "hacs.json", copy)
    shutil.copy(ROOT / ENGLISH, copy / ENGLISH)
    shutil.copy(ROOT / ENGLISH, copy / GERMAN)
    states = [
        f"  {rule}: " + ("{status: exempt, comment: why}" if rule in metadata.EXEMPT else "done")
        for rule in metadata.RULES
    ]
    (copy / SCALE).write_text("\n".join(["rules:", *states, ""]))
    (copy / "README.md").write_text(SOUND_PAGE)
    (copy / "docs").mkdir()
    (copy / "docs/page.md").write_text(OTHER_PAGE)
    for page in (
        "another-service.md",
        "automations.md",
        "cost-reports.md",
        "dashboard.md",
        "troubleshooting.md",
    ):
        (copy / "docs" / page).write_text("# Where others lead to\n")
    shutil.copy(ROOT / PAGE, copy / PAGE)
    (copy / "tests").mkdir()
    (copy / "tests/answer.json").write_text('{"key": "sk-test-Qx7Lm2Vp9Tz4Ks8Wd3RbQx7Lm2Vp"}')
    subprocess.run(["git", "init", "--quiet"], cwd=copy, check=True)
    return copy


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_sound_copy_passes(check: Check, copy: Path) -> None:
    assert check(copy) == []


@pytest.mark.parametrize(
    ("check", "file", "old", "new", "problem"),
    [
        (metadata.check_manifest, MANIFEST, '"version"', '"versions"', "version is missing"),
        (metadata.check_manifest, MANIFEST, '"version"', '"versions"', "versions is unknown"),
        (metadata.check_manifest, MANIFEST, '"config_flow": true,', "", "config_flow is missing"),
        (
            metadata.check_manifest,
            MANIFEST,
            '"domain"',
            '"codeowners": [], "domain"',
            "keys are not sorted",
        ),
        (metadata.check_manifest, MANIFEST, "https:", "http:", "is not an https address"),
        (metadata.check_manifest, MANIFEST, '"version": "', '"version": "v', "version is not like"),
        (metadata.check_manifest, MANIFEST, "_credits", "_debits", "domain is not the folder"),
        (metadata.check_hacs, "hacs.json", '"name"', '"nom"', "nom is unknown"),
        (metadata.check_hacs, "hacs.json", '"name"', '"nom"', "name is missing"),
        (metadata.check_hacs, "hacs.json", '"filename"', '"hacs"', "needs a filename"),
        (metadata.check_quality_scale, SCALE, "  devices:", "  devoices:", "devices is missing"),
        (metadata.check_quality_scale, SCALE, "  devices:", "  devoices:", "devoices is no rule"),
        (metadata.check_quality_scale, SCALE, "rules:", "rules:\n  devices: done", "twice"),
        (metadata.check_quality_scale, SCALE, "devices: done", "devices: todo", "without a comm"),
        (metadata.check_quality_scale, SCALE, "devices: done", "devices: yes", "neither done nor"),
        (
            metadata.check_quality_scale,
            SCALE,
            "devices: done",
            "devices: {status: exempt, comment: no}",
            "devices applies",
        ),
        (metadata.check_workflows, WORKFLOW, "checkout@v", "checkout@", "not at a major version"),
        (metadata.check_workflows, WORKFLOW, "contents: read", "contents: write", "permissions"),
        (metadata.check_workflows, RELEASE, "b1 # v7", "b1a # v7", "is not at a commit"),
        (metadata.check_workflows, RELEASE, "@3d3c42e5aac5ba80", "@v7 # ", "is not at a commit"),
        (pages.check_quotes, "README.md", "Warn below", "Warn under", "interface: Warn under"),
        (pages.check_quotes, "README.md", "Settings", "Preferences", "README.md:3: no text of"),
        (pages.check_quotes, "README.md", "Balance CNY", "Balance of it", "interface: Balance of"),
        (pages.check_quotes, "README.md", "… is low", "… is very low", "is very low on credit"),
        (pages.check_quotes, "README.md", "be reached.", "be", "interface: The provider could"),
        (pages.check_quotes, "docs/page.md", "Back", "**Back**", "docs/page.md:3: no text of"),
        (pages.check_quotes, ENGLISH, "is low on credit", "is poor", "is low on credit"),
        (pages.check_quotes, BLUEPRINT, "name: Phones", "name: Telephones", "interface: Phones"),
        (pages.check_quotes, MANIFEST, '"API Credits"', '"Credits"', "interface: API Credits"),
        (pages.check_names, "README.md", "is_low", "is_poor", "action: api_credits.is_poor"),
        (pages.check_names, "docs/page.md", "", "`api_credits.poor`", "action: api_credits.poor"),
        (pages.check_links, "README.md", "docs/page.md#two", "page.md", "nowhere: page.md"),
        (pages.check_links, "README.md", "page.md#two", "page.md#three", "no such heading: docs"),
        (pages.check_links, "docs/page.md", "../README.md", "README.md", "leads nowhere"),
        (pages.check_links, "docs/page.md", "# Its name", "# The name", "no such heading: #its"),
        (
            pages.check_addresses,
            f"{INTEGRATION}/pages.py",
            "docs/troubleshooting.md",
            "docs/trouble.md",
            "blob/main/docs/trouble.md",
        ),
        (
            pages.check_addresses,
            f"{INTEGRATION}/pages.py",
            "template=provider.yml",
            "template=vendor.yml",
            "new?template=vendor.yml",
        ),
        (
            provider_page.check_providers,
            str(PAGE),
            "Hyperstack",
            "Hyperstuck",
            "not as the providers",
        ),
        (text.check_absolute_paths, "README.md", "", "see /" + "root/notes", "path of a machine"),
        (text.check_absolute_paths, "README.md", "", "cd /" + "home/me/x", "path of a machine"),
        (text.check_registry_hosts, "README.md", "", "pypi" + ".org", "host of a package registry"),
        (text.check_secrets, "tests/answer.json", "-test-", "-live-", "looks like a key"),
        (text.check_secrets, "tests/answer.json", "sk-test-", "9Tz4Ks8W", "a long random string"),
        (translations.check_texts, ENGLISH, "Provider", "<b>Provider</b>", "holds HTML"),
        (translations.check_texts, ENGLISH, "Provider", "https://x.y", "holds a bare URL"),
        (translations.check_texts, ENGLISH, "{provider}", "'{provider}'", "in single quotes"),
        (translations.check_texts, ENGLISH, "Provider", "[%key:common%]", "holds a reference"),
        (translations.check_texts, ENGLISH, '"Provider', '" Provider', "white space"),
        (
            translations.check_descriptions,
            ENGLISH,
            '"provider": "The company',
            '"providers": "The company',
            "data_description.providers describes no field",
        ),
        (
            translations.check_descriptions,
            ENGLISH,
            '"provider": "The company',
            '"providers": "The company',
            "step.user.data.provider has no description",
        ),
        (
            translations.check_descriptions,
            ENGLISH,
            '"description": "Such as X-API',
            '"says": "Such as X-API',
            "selector.headers.fields.name.name has no description",
        ),
        (translations.check_languages, GERMAN, '"forbidden"', '"verboten"', "forbidden is missing"),
        (translations.check_languages, GERMAN, '"forbidden"', '"verboten"', "not in en.json"),
        (translations.check_languages, GERMAN, "{provider}", "{anbieter}", "other placeholders"),
        (
            translations.check_icons,
            f"{INTEGRATION}/icons.json",
            '"balance"',
            '"balances"',
            "entity.sensor.balances is not in en.json",
        ),
        (used_keys.check_keys, ENGLISH, '"user":', '"person":', "config.step.user is missing"),
        (used_keys.check_keys, ENGLISH, '"user":', '"person":', "config.step.person is not used"),
        (used_keys.check_keys, ENGLISH, '"update_interval": "U', '"u": "U', "init.u is not used"),
        (
            used_keys.check_keys,
            ENGLISH,
            '"unknown": "Some',
            '"u": "Some',
            "error.unknown is missing",
        ),
        (used_keys.check_keys, ENGLISH, '"wrong_account"', '"x"', "config.abort.wrong_account is"),
        (
            used_keys.check_keys,
            ENGLISH,
            '"burn_rate":',
            '"x":',
            "entity.sensor.burn_rate is missing",
        ),
        (used_keys.check_keys, ENGLISH, '"custom_done"', '"x"', "custom_confirm.custom_done is"),
        (used_keys.check_keys, ENGLISH, '"prefix"', '"x"', "config.step.custom.prefix is missing"),
        (used_keys.check_keys, ENGLISH, '"secret_again"', '"x"', "error.secret_again is missing"),
        (used_keys.check_keys, ENGLISH, '"used_scoped":', '"x":', "entity.sensor.used_scoped is"),
        (
            used_keys.check_keys,
            ENGLISH,
            '"low_balance": {',
            '"x": {',
            "binary_sensor.low_balance is",
        ),
        (used_keys.check_keys, ENGLISH, '"accounts":', '"x":', "system_health.info.accounts is"),
        (
            used_keys.check_keys,
            ENGLISH,
            '"exhausted": {\n        "name": "E',
            '"x": {\n        "name": "E',
            "binary_sensor.exhausted is missing",
        ),
        (used_keys.check_keys, ENGLISH, '"spent":', '"x":', "entity.sensor.spent is missing"),
        (
            used_keys.check_keys,
            ENGLISH,
            '"burn_rate_scoped":',
            '"x":',
            "entity.sensor.burn_rate_scoped is missing",
        ),
        (
            used_keys.check_keys,
            ENGLISH,
            '"runway_days": {',
            '"x": {',
            "entity.number.runway_days is missing",
        ),
        (
            used_keys.check_keys,
            ENGLISH,
            '"account_activity":',
            '"x":',
            "entity.event.account_activity is missing",
        ),
        (
            used_keys.check_keys,
            ENGLISH,
            '"topped_up": "Credit',
            '"x": "T',
            "account_activity.event_type.topped_up is missing",
        ),
        (
            used_keys.check_keys,
            ENGLISH,
            '"topped_up": "Credit',
            '"x": "T',
            "account_activity.event_type.x is not used",
        ),
        (used_keys.check_keys, ENGLISH, '"not_saved":', '"x":', "issues.not_saved is missing"),
        (
            used_keys.check_keys,
            ENGLISH,
            '"no_account_targeted":',
            '"x":',
            "exceptions.no_account_targeted is missing",
        ),
        (
            used_keys.check_keys,
            ENGLISH,
            '"get_accounts":',
            '"x":',
            "services.get_accounts is missing",
        ),
        (used_keys.check_keys, ENGLISH, '"is_low":', '"x":', "conditions.is_low is missing"),
        (
            used_keys.check_keys,
            ENGLISH,
            '"behavior":',
            '"x":',
            "conditions.is_exhausted.behavior is missing",
        ),
        (
            used_keys.check_keys,
            ENGLISH,
            '"became_low": {',
            '"x": {',
            "triggers.became_low is missing",
        ),
        (
            used_keys.check_keys,
            f"{INTEGRATION}/number.py",
            "",
            'raise X(translation_domain=DOMAIN, translation_key="lost")',
            "exceptions.lost is missing",
        ),
        (
            used_keys.check_keys,
            f"{INTEGRATION}/number.py",
            "",
            'ir.async_create_issue(translation_domain=DOMAIN, translation_key="lost")',
            "issues.lost is missing",
        ),
        (
            used_keys.check_keys,
            f"{INTEGRATION}/number.py",
            "",
            'SelectSelectorConfig(translation_key="lost")',
            "selector.lost is missing",
        ),
        (
            used_keys.check_keys,
            f"{INTEGRATION}/number.py",
            "",
            '_attr_translation_key = "lost"',
            "entity.number.lost is missing",
        ),
    ],
)
def test_check_finds(
    check: Check, file: str, old: str, new: str, problem: str, copy: Path, tmp_path: Path
) -> None:
    doctored = tmp_path / "doctored"
    shutil.copytree(copy, doctored)
    content = (doctored / file).read_text("utf-8")
    assert old in content, "the copy has nothing to doctor"
    changed = content.replace(old, new, 1) if old else f"{content}\n{new}\n"
    (doctored / file).write_text(changed, "utf-8")
    assert any(problem in found for found in check(doctored))


@pytest.mark.parametrize("file", [str(PAGE), SCALE, ENGLISH])
def test_missing_file_is_found(file: str, copy: Path, tmp_path: Path) -> None:
    doctored = tmp_path / "doctored"
    shutil.copytree(copy, doctored)
    (doctored / file).unlink()
    problems = [problem for check in CHECKS for problem in check(doctored)]
    assert f"{file}: missing" in problems
