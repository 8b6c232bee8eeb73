"""Check that the page of providers is as they are."""

from pathlib import Path

from scripts.providers.page import PAGE, page


def check_providers(root: Path) -> list[str]:
    """Compare the page of providers with what their classes and contracts say."""
    path = root / PAGE
    if not path.exists():
        return [f"{PAGE}: missing"]
    if path.read_text("utf-8") != page():
        return [f"{PAGE}: not as the providers are; run scripts/provider-page"]
    return []
