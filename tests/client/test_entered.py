"""A request as a person enters it: what is sound, what is not, and what is kept of it."""

from typing import Any

import pytest

from custom_components.api_credits.client.entered import (
    Wrong,
    WrongError,
    clean_request,
    clean_title,
    likely_secrets,
    shown_headers,
)
from custom_components.api_credits.client.errors import InvalidUrlError

EMPTY = {
    "url": "https://api.example.com/balance",
    "method": "GET",
    "auth": "bearer",
    "auth_name": "",
    "secret": "made-up-key",
    "body": "",
    "headers": [],
    "prefix": "",
    "verify_ssl": True,
}
HEADER = {"name": "X-Version", "value": "2026-11-21"}
NO_TOKENS = ["", " ", "X Name", "X:Name", "Nämé", "X\nName", "n" * 81]
REFUSED = [
    "Host",
    "content-type",
    "Content-Length",
    "Transfer-Encoding",
    "connection",
    "Cookie",
    "Proxy-Authorization",
    "TE",
    "Upgrade",
    "Expect",
]


def clean(kept: dict[str, Any] | None = None, /, **entered: Any) -> dict[str, Any]:
    """Return what is made of something that was entered, beside what is usual."""
    return clean_request({**EMPTY, **entered}, kept or {})


def wrong(kept: dict[str, Any] | None = None, /, **entered: Any) -> Wrong:
    """Return what is wrong with something that was entered."""
    with pytest.raises(WrongError) as caught:
        clean(kept, **entered)
    return caught.value.wrong


def test_common_case() -> None:
    """An address and a key are enough."""
    assert clean() == {
        "url": "https://api.example.com/balance",
        "method": "GET",
        "auth": "bearer",
        "auth_name": "",
        "prefix": "",
        "headers": {},
        "api_key": "made-up-key",
        "body": "",
        "verify_ssl": True,
    }


def test_address() -> None:
    """An address may have a query, and has to be one."""
    url = "https://api.example.com/balance?unit=usd"
    assert clean(url=url)["url"] == url
    with pytest.raises(InvalidUrlError):
        clean(url="api.example.com")
    with pytest.raises(InvalidUrlError):
        clean(url="")


@pytest.mark.parametrize(
    ("auth", "name", "prefix", "kept"),
    [
        ("header", " X-API-Key ", "", ("X-API-Key", "")),
        ("header", "Authorization", "Token", ("Authorization", "Token ")),
        ("header", "Authorization", "Token ", ("Authorization", "Token ")),
        ("header", "Authorization", "key=", ("Authorization", "key=")),
        ("query", "api_key", "", ("api_key", "")),
        ("query", "filter[key]", "Token", ("filter[key]", "")),
        ("basic", "me@example.com", "", ("me@example.com", "")),
        ("bearer", "X-API-Key", "Token", ("", "")),
        ("none", "X-API-Key", "Token", ("", "")),
    ],
)
def test_ways_for_the_key(auth: str, name: str, prefix: str, kept: tuple[str, str]) -> None:
    """A name and a word are kept where they are of use; the word's space is not forgotten."""
    found = clean(auth=auth, auth_name=name, prefix=prefix)
    assert (found["auth_name"], found["prefix"]) == kept


@pytest.mark.parametrize("auth", ["header", "query", "basic"])
def test_way_without_a_name(auth: str) -> None:
    """Some ways have a name."""
    assert wrong(auth=auth, auth_name=" ") is Wrong.AUTH_NAME_MISSING


@pytest.mark.parametrize("name", [*NO_TOKENS[2:], *REFUSED])
def test_headers_that_are_refused(name: str) -> None:
    """Neither the key nor another header goes where the connection, the body or cookies are."""
    assert wrong(auth="header", auth_name=name) is Wrong.INVALID_HEADER
    assert wrong(headers=[{"name": name, "value": "1"}]) is Wrong.INVALID_HEADER


@pytest.mark.parametrize(
    ("auth", "name"), [("query", "a&b"), ("query", "a=b"), ("basic", "a:b"), ("basic", "a\nb")]
)
def test_names_that_are_refused(auth: str, name: str) -> None:
    """A name is not two."""
    assert wrong(auth=auth, auth_name=name) is Wrong.INVALID_HEADER


@pytest.mark.parametrize("prefix", ["Tökén", "a\nb", "p" * 81])
def test_word_that_is_refused(prefix: str) -> None:
    """A word before the key is one that a header can carry."""
    assert wrong(auth="header", auth_name="X-Key", prefix=prefix) is Wrong.INVALID_PREFIX


def test_secret() -> None:
    """A key is needed, unless none is, or the user's name is enough."""
    for auth in ("bearer", "header", "query"):
        assert wrong(auth=auth, auth_name="x", secret=" ") is Wrong.SECRET_MISSING
    assert clean(auth="basic", auth_name="key", secret="")["api_key"] == ""
    assert clean(auth="none", secret="left over")["api_key"] == ""


@pytest.mark.parametrize(
    "headers",
    [
        [{"name": "X-Version"}],
        [{"name": "X-Version", "value": " "}],
        [{"name": "X-Version", "value": "a\r\nX-Other: b"}],
        [{"name": "X-Version", "value": "ä"}],
        [{"name": "X-Version", "value": "v" * 4097}],
        [{"value": "1"}],
        [HEADER, {"name": "x-version", "value": "2"}],
        [{"name": f"X-{number}", "value": "1"} for number in range(9)],
    ],
)
def test_headers_that_are_none(headers: list[dict[str, str]]) -> None:
    """A header has a value that can be sent, and is there once; eight are enough."""
    assert wrong(headers=headers) is Wrong.INVALID_HEADER


def test_headers() -> None:
    """A header's value is not shown again, and stays where it is left empty."""
    kept = clean(headers=[HEADER])
    assert kept["headers"] == {"X-Version": "2026-11-21"}
    assert shown_headers(kept["headers"]) == [{"name": "X-Version"}]
    assert clean(kept, headers=[{"name": "X-Version"}])["headers"] == kept["headers"]
    assert clean(kept, headers=[])["headers"] == {}


def test_body() -> None:
    """A body is JSON, goes with POST alone, and stays where it is left empty."""
    kept = clean(method="POST", body=' {"key": "made-up"} ')
    assert kept["body"] == '{"key": "made-up"}'
    assert clean(kept, method="POST")["body"] == kept["body"]
    assert clean(kept)["body"] == ""
    assert clean(method="POST")["body"] == ""
    assert wrong(body="{}") is Wrong.BODY_WITHOUT_POST
    for body in ("{", "key=1", "null", "[" * 10_000, f'"{"b" * 20_000}"'):
        assert wrong(method="POST", body=body) is Wrong.INVALID_BODY


def test_what_is_left_empty_stays() -> None:
    """An address or a key that is not entered again is as it was."""
    kept = clean(url="https://api.example.com/balance?x=1", headers=[HEADER])
    assert clean(kept, url="", secret="", headers=[{"name": "X-Version"}]) == kept
    assert clean(kept, url="https://api.example.com/other", secret="")["api_key"] == "made-up-key"
    assert clean(kept, secret="other-key")["api_key"] == "other-key"


@pytest.mark.parametrize(
    "url",
    [
        "https://other.example/balance",
        "https://api.example.com:8443/balance",
        "http://api.example.com/balance",
        "https://api.example.com.evil.example/balance",
    ],
)
def test_another_origin(url: str) -> None:
    """What was meant for one server is not sent to another, whatever of it was a secret."""
    by_key = clean(headers=[HEADER], method="POST", body='{"a": 1}')
    by_body = clean(auth="none", method="POST", body='{"key": "made-up"}')
    by_header = clean(auth="none", headers=[HEADER])
    for kept in (by_key, by_body, by_header):
        assert wrong(kept, url=url, secret="", auth="none") is Wrong.SECRET_AGAIN
    found = clean(by_key, url=url, secret="other-key", method="POST")
    assert (found["api_key"], found["headers"], found["body"]) == ("other-key", {}, "")
    again = [{"name": "X-Version"}]
    assert wrong(by_key, url=url, secret="other-key", headers=again) is Wrong.INVALID_HEADER
    bare = clean(auth="none", secret="")
    assert clean(bare, url=url, auth="none", secret="")["url"] == url


@pytest.mark.parametrize(
    ("entered", "title"),
    [(" My  account ", "My account"), ("a\u202eb", "ab"), ("n" * 99, "n" * 80)],
)
def test_title(entered: str, title: str) -> None:
    """An account has a name that can be read."""
    assert clean_title(entered) == title


def test_no_title() -> None:
    """What cannot be seen is no name."""
    for entered in ("", " ", "\u200b"):
        with pytest.raises(WrongError) as caught:
            clean_title(entered)
        assert caught.value.wrong is Wrong.NAME_MISSING


def test_what_looks_like_a_key() -> None:
    """Long words with digits or hyphens may be keys; those that name fields are none."""
    texts = ("/bot12345678:ABCDEFGHIJ1234567890xyz/balance?fields=total_balance", '{"a": "b-1"}')
    assert likely_secrets(*texts) == ["ABCDEFGHIJ1234567890xyz/balance"]
    assert likely_secrets("remainingCreditsOfTheAccount", "application/json") == []
