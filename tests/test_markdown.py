"""Names that others have chosen are shown as they are, and are neither links nor pictures."""

import pytest

from custom_components.api_credits.markdown import as_text


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("me@example.com", r"me\@example.com"),
        ("www.example.com", r"www\.example.com"),
        ("WWW.example.com", r"WWW\.example.com"),
        ("https://example.com", r"https\://example.com"),
        ("[here](https://example.com)", r"\[here\](https\://example.com)"),
        ("![](//example.com/a.png)", r"!\[\](//example.com/a.png)"),
        ("<img src=x>", r"\<img src=x\>"),
        ("a_b *c* ~d~ `e`", r"a\_b \*c\* \~d\~ \`e\`"),
        ("&amp; a|b #1", r"\&amp; a\|b \#1"),
        ("\\", "\\\\"),
    ],
)
def test_what_would_mean_something(words: str, written: str) -> None:
    """What Home Assistant's Markdown would make something of is marked as mere letters."""
    assert as_text(words) == written


@pytest.mark.parametrize(
    "words",
    ["fal.ai", "AI/ML API", "Africa's Talking", "46elks", "9.46 USD, -3 credits (Key)", "Zoë 2"],
)
def test_what_means_nothing(words: str) -> None:
    """Providers' names and amounts are left alone: no address is made of a mere name."""
    assert as_text(words) == words
