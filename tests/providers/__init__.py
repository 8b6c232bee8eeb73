"""The providers, against what they document."""

from pathlib import Path


def payload(name: str) -> str:
    """Return a payload: `<provider>/<file>`, without the ending."""
    return (Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8")
