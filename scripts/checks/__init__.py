"""Checks of what no tool knows: each takes the repository's folder and returns its problems."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from . import metadata, pages, provider_page, text, translations, used_keys

type Check = Callable[[Path], list[str]]

CHECKS: Final[tuple[Check, ...]] = (
    metadata.check_manifest,
    metadata.check_hacs,
    metadata.check_quality_scale,
    metadata.check_workflows,
    pages.check_quotes,
    pages.check_names,
    pages.check_links,
    pages.check_addresses,
    provider_page.check_providers,
    text.check_absolute_paths,
    text.check_registry_hosts,
    text.check_secrets,
    translations.check_texts,
    translations.check_descriptions,
    translations.check_languages,
    translations.check_icons,
    used_keys.check_keys,
)
