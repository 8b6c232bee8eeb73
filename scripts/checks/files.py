"""Where things are in the repository, and how they are read."""

from collections.abc import Iterator
import json
from pathlib import Path
import subprocess
from typing import Any, Final

INTEGRATION: Final = Path("custom_components/api_credits")
TRANSLATIONS: Final = INTEGRATION / "translations"


def load_json(path: Path) -> dict[str, Any]:
    """Return a JSON file's object; an empty one where there is no file."""
    if not path.exists():
        return {}
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


def committable(root: Path) -> Iterator[str]:
    """Yield the name of every file that is or could be committed."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=root,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    for name in sorted(set(listing.split("\0"))):
        path = root / name
        if name and path.is_file() and not path.is_symlink():
            yield name


def texts(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield every text file that is or could be committed, with its content."""
    for name in committable(root):
        try:
            yield Path(name), (root / name).read_text("utf-8")
        except UnicodeDecodeError:
            continue


def flatten(tree: dict[str, Any], prefix: str = "") -> dict[str, str]:
    """Return the leaves of nested objects by their paths, such as `config.error.unknown`."""
    leaves: dict[str, str] = {}
    for key, value in tree.items():
        path = f"{prefix}.{key}" if prefix else key
        if isinstance(value, dict):
            leaves |= flatten(value, path)
        else:
            leaves[path] = str(value)
    return leaves
