"""Checks of what no file may hold, whatever it is."""

from collections.abc import Iterator
from pathlib import Path
import re
from typing import Final

from .files import texts

ABSOLUTE_PATH: Final = re.compile(
    r"(?<![\w./~})-])/(?:work|root|farm|home/[a-z]\w*|Users/\w+)(?![\w-])"
)

# In pieces, so that this file does not name them.
REGISTRY_HOSTS: Final = tuple(
    ".".join(pieces)
    for pieces in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
        ("rubygems", "org"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("registry-1", "docker", "io"),
    )
)

SECRETS: Final = {
    "a key": re.compile(r"\b(?:sk|pk|rk)-[A-Za-z0-9_-]{20,}"),
    "a GitHub token": re.compile(r"\bgh[opsru]_[A-Za-z0-9]{30,}"),
    "an AWS key": re.compile(r"\bAKIA[0-9A-Z]{16}\b"),
    "a JSON web token": re.compile(r"\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "a long random string": re.compile(
        r"(?<![\w-])(?=[A-Za-z0-9]*[0-9])(?=[A-Za-z0-9]*[A-Za-z])[A-Za-z0-9]{32,}(?![\w-])"
    ),
}
LOCK_FILES: Final = {"package-lock.json"}
"""Files of digests that others have published."""
MADE_UP: Final = re.compile(r"test|example|fake|sandbox|demo|invalid|0000|1234", re.IGNORECASE)
"""What shows that a string is not a secret."""


def lines(root: Path, *tops: str) -> Iterator[tuple[str, str]]:
    """Yield each line with its place, of all files or of those in some folders."""
    for path, content in texts(root):
        if not tops or path.parts[0] in tops:
            for number, line in enumerate(content.splitlines(), start=1):
                yield f"{path}:{number}", line


def check_absolute_paths(root: Path) -> list[str]:
    """Find paths that exist on somebody's machine only."""
    return [
        f"{place}: path of a machine: {match[0]}"
        for place, line in lines(root)
        for match in ABSOLUTE_PATH.finditer(line)
    ]


def check_registry_hosts(root: Path) -> list[str]:
    """Find hosts of package registries: people's own configuration names them."""
    return [
        f"{place}: host of a package registry: {host}"
        for place, line in lines(root)
        for host in REGISTRY_HOSTS
        if host in line.lower()
    ]


def check_secrets(root: Path) -> list[str]:
    """Find what looks like a live credential in the payloads of tests and sandbox."""
    return [
        f"{place}: looks like {kind}"
        for place, line in lines(root, "tests", "sandbox", "demo")
        for kind, pattern in SECRETS.items()
        for match in pattern.finditer(line)
        if not MADE_UP.search(match[0]) and Path(place.partition(":")[0]).name not in LOCK_FILES
    ]
