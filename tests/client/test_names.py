"""Names and ids of providers, as they can be shown."""

from base64 import b64encode, urlsafe_b64encode
import unicodedata

import pytest

from custom_components.api_credits.client.names import clean_name, gives_away, sound_id

SECRET = "planted-secret-quokka-marzipan-zeppelin-obsidian"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Example Ltd", "Example Ltd"),
        ("  Example\t \u00a0 Ltd\r\n", "Example Ltd"),
        ("Example\u2028Ltd\u2029", "Example Ltd"),
        ("Exa\u200bm\u2060p\ufeffle\u00ad", "Example"),
        ("\u202eExample\u202c", "Example"),
        ("\u2066Example\u2069\u200f", "Example"),
        ("Ex\x00am\x1bp\x7fle\x85", "Example"),
        ("Example\ue000\U000f0000", "Example"),
        ("Exa\ud800mple", "Example"),
        ("Exam\u3164\u115f\u2800ple\ufe0f\U000e0100", "Example"),
        ("Cafe\u0301", "Café"),
        ("株式会社 例", "株式会社 例"),
        ("مثال", "مثال"),
        ("x" * 61, "x" * 60),
        ("é" * 100_000, "é" * 60),
        ("x" * 59 + " yz", "x" * 59),
        ("\u200b", None),
        (" \n ", None),
        ("", None),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_clean_name(given: str, shown: str | None) -> None:
    """A name is on one line, all of it is seen, and it fits on a screen."""
    assert clean_name(given) == shown


def test_every_letter() -> None:
    """Whatever letter a provider sends, none that is not seen is shown."""
    for code in (*range(0x10000), *range(0xE0000, 0xE1000)):
        if shown := clean_name(f"a{chr(code)}b"):
            assert shown.isprintable()
            assert not any(unicodedata.category(letter) in {"Cf", "Cc"} for letter in shown)


@pytest.mark.parametrize(
    "given", ["7", "org-1", "AC0123", "a" * 128, "例", "user@example.com", "a b"]
)
def test_sound_id(given: str) -> None:
    """An id is taken as it is."""
    assert sound_id(given) == given


@pytest.mark.parametrize(
    "given",
    ["", " ", "a" * 129, "a\nb", "a\x00", "a\u200bb", "\u202ea", "a\u3164", "a\ud800", "a\u00a0b"],
    ids=repr,
)
def test_no_id(given: str) -> None:
    """What is too long or not to be seen is no id, and is not made into another one."""
    assert sound_id(given) is None


@pytest.mark.parametrize(
    "text",
    [
        SECRET,
        SECRET.upper(),
        f"Team {SECRET} of Example",
        SECRET[:8],
        SECRET[-8:],
        f"…{SECRET[20:28]}…",
        "plan ted- secr et",
        SECRET.encode().hex(),
        SECRET.encode().hex().upper()[3:13],
        *(b64encode(b"?" * shift + SECRET.encode()).decode() for shift in range(3)),
        *(urlsafe_b64encode(b"?" * shift + SECRET.encode()).decode()[8:24] for shift in range(3)),
    ],
    ids=lambda text: text[:32],
)
def test_gives_away(text: str) -> None:
    """A secret is seen in its pieces and in its usual dresses."""
    assert gives_away(SECRET, text)


@pytest.mark.parametrize("text", ["", "planted", "Example Ltd", "secret", "-quokka", "a" * 200])
def test_gives_nothing_away(text: str) -> None:
    """A name that shares a few letters with a secret is a name."""
    assert not gives_away(SECRET, text)


@pytest.mark.parametrize(
    ("secret", "text", "found"),
    [
        ("", "anything", False),
        ("abc", "abc", False),
        ("swordfis", "a swordfish", True),
        ("swordfish99", "swordfish", False),
        ("swordfish99", "my swordfish99", True),
    ],
)
def test_short_secrets(secret: str, text: str, found: bool) -> None:
    """A short secret is looked for as a whole, one that is shorter still may stand by chance."""
    assert gives_away(secret, text) is found
