"""Words of somebody else in texts that are Markdown: descriptions of forms and repairs."""

import re
from typing import Final

_MEANINGFUL: Final = re.compile(r"[\\`*_~\[\]<>&@:|#]|(?<=www)\.", re.IGNORECASE)
"""What marks up, begins HTML, or makes an address of letters; an e-mail's is one, too."""


def as_text(words: str) -> str:
    """Return words that somebody else has chosen so that they are shown as they are."""
    return _MEANINGFUL.sub(r"\\\g<0>", words)
