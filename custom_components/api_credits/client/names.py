"""Names and ids as providers tell them: what of them can be shown, and what gives a key away."""

from base64 import b64encode
from collections.abc import Iterator
import re
from typing import Final
import unicodedata

LONGEST_NAME: Final = 60
"""What fits on a screen."""
LONGEST_ID: Final = 128

_SHORTEST_SECRET: Final = 8
"""A shorter one may well stand in a name by chance."""
_LONG_SECRET: Final = 12
"""From this length on, so much of a secret as the shortest one gives it away."""

# What is neither a control nor a format character, and yet is not seen.
_INVISIBLE: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)


def clean_name(value: str, longest: int = LONGEST_NAME) -> str | None:
    """Return a name on one line, without what is not seen, cut to a length; None if none is left.

    Controls, directions, joiners, halves of letters and private letters are not seen.
    """
    if value.isascii() and value.isprintable():
        return " ".join(value.split())[:longest].rstrip() or None
    value = _INVISIBLE.sub("", value[: longest * 10])
    seen = "".join(
        " " if letter.isspace() else letter
        for letter in unicodedata.normalize("NFC", value)
        if letter.isspace() or not unicodedata.category(letter).startswith("C")
    )
    return " ".join(seen.split())[:longest].rstrip() or None


def sound_id(value: str) -> str | None:
    """Return an id if it is one: not too long, and all of it to be seen."""
    sound = len(value) <= LONGEST_ID and value.isprintable() and not _INVISIBLE.search(value)
    return value if sound and value.strip() else None


def gives_away(secret: str, text: str) -> bool:
    """Return whether a text shows a secret or eight letters of a long one, encoded or not."""
    if len(secret) < _SHORTEST_SECRET:
        return False
    length = _SHORTEST_SECRET if len(secret) >= _LONG_SECRET else len(secret)
    text = "".join(text.split()).casefold()
    pieces = [text[start : start + length] for start in range(len(text) - length + 1)]
    return any(piece in look for look in _looks(secret) for piece in pieces) if pieces else False


def _looks(secret: str) -> Iterator[str]:
    """Yield a secret as it is, in hexadecimal, and in Base64 wherever in a text it stands."""
    yield secret.casefold()
    yield secret.encode().hex()
    for shift, unsure in enumerate((0, 2, 3)):
        look = b64encode(bytes(shift) + secret.encode()).decode().rstrip("=")[unsure:-1].casefold()
        yield look
        yield look.replace("+", "-").replace("/", "_")
