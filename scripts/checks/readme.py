"""Check that the README names every provider."""

from pathlib import Path

from custom_components.api_credits.providers import PROVIDERS


def check_providers(root: Path) -> list[str]:
    """Look for a table row with the name and the keys page of each provider."""
    readme = root / "README.md"
    if not readme.exists():
        return ["README.md: missing"]
    rows = [line for line in readme.read_text("utf-8").splitlines() if line.startswith("|")]
    return [
        f"README.md: no table row with {provider.name} and {provider.keys_url}"
        for provider in PROVIDERS.values()
        if not any(provider.name in row and f"({provider.keys_url})" in row for row in rows)
    ]
