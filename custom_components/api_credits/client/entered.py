"""A request as a person enters it: what of it is sound, and what is wrong with the rest."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
import json
import re
from typing import Any, Final

from yarl import URL

from .address import clean_address
from .credentials import Auth, Basic, Bearer, Header, Query
from .names import clean_name

LONGEST_VALUE: Final = 4096
LONGEST_BODY: Final = 16 * 1024
LONGEST_TITLE: Final = 80
MOST_HEADERS: Final = 8

_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,80}", re.ASCII)
_REFUSED: Final = re.compile(
    "connection|content-.*|cookie2?|expect|host|keep-alive|proxy-.*|te|trailer|transfer-encoding|"
    "upgrade",
    re.IGNORECASE,
)
"""Headers that are about the connection or about somebody else."""
_QUERY_NAME: Final = re.compile(r"[A-Za-z0-9_.\[\]-]{1,80}", re.ASCII)
_LOOKS_SECRET: Final = re.compile(r"[A-Za-z0-9_.~+/=-]{20,}", re.ASCII)


class Wrong(StrEnum):
    """What is wrong with something that was entered; names its text."""

    AUTH_NAME_MISSING = "auth_name_missing"
    BODY_WITHOUT_POST = "body_without_post"
    INVALID_BODY = "invalid_body"
    INVALID_DIVISOR = "invalid_divisor"
    INVALID_HEADER = "invalid_header"
    INVALID_PREFIX = "invalid_prefix"
    INVALID_UNIT = "invalid_unit"
    NAME_MISSING = "name_missing"
    SECRET_AGAIN = "secret_again"  # noqa: S105
    SECRET_MISSING = "secret_missing"  # noqa: S105


class WrongError(Exception):
    """Something that was entered is not sound."""

    def __init__(self, wrong: Wrong) -> None:
        """Take what is wrong."""
        super().__init__(wrong.value)
        self.wrong = wrong


class Kind(StrEnum):
    """How the secret goes along; a choice of the form."""

    NONE = "none"
    BEARER = "bearer"
    HEADER = "header"
    BASIC = "basic"
    QUERY = "query"


NAMED: Final = (Kind.HEADER, Kind.BASIC, Kind.QUERY)
"""Those that have a name: of the header, of the user, in the query."""


def auth_of(kind: Kind, name: str, prefix: str) -> Auth:
    """Return how the secret goes along."""
    match kind:
        case Kind.BEARER:
            return Bearer()
        case Kind.HEADER:
            return Header(name, prefix)
        case Kind.BASIC:
            return Basic("auth_name")
        case Kind.QUERY:
            return Query(name)
        case Kind.NONE:
            return Auth()


def clean_request(entered: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return a sound request; what was left empty is as it is kept, for the same origin alone.

    Raises InvalidUrlError or WrongError.
    """
    kind, method = Kind(entered["auth"]), entered["method"]
    url = clean_address(entered["url"] or kept.get("url", ""), with_query=True)
    secret, body = entered["secret"].strip(), entered["body"].strip()
    if kept and URL(kept["url"]).origin() != url.origin():
        carried = any(kept[part] for part in ("api_key", "body", "headers"))
        if carried and not (secret or body or entered["headers"]):
            raise WrongError(Wrong.SECRET_AGAIN)
        kept = {}
    secret = "" if kind is Kind.NONE else secret or kept.get("api_key", "")
    if not secret and kind not in {Kind.NONE, Kind.BASIC}:
        raise WrongError(Wrong.SECRET_MISSING)
    return {
        "url": str(url),
        "method": method,
        "auth": kind.value,
        "auth_name": clean_auth_name(kind, entered["auth_name"]),
        "prefix": clean_prefix(kind, entered["prefix"]),
        "headers": clean_headers(entered["headers"], kept.get("headers", {})),
        "api_key": secret,
        "body": clean_body(method, body, kept.get("body", "")),
        "verify_ssl": entered["verify_ssl"],
    }


def clean_title(entered: str) -> str:
    """Return what a person calls an account. Raises WrongError."""
    if title := clean_name(entered, LONGEST_TITLE):
        return title
    raise WrongError(Wrong.NAME_MISSING)


def clean_auth_name(kind: Kind, entered: str) -> str:
    """Return the name that goes with a way for the secret to go along. Raises WrongError."""
    name = entered.strip()
    if kind not in NAMED:
        return ""
    if not name:
        raise WrongError(Wrong.AUTH_NAME_MISSING)
    match kind:
        case Kind.HEADER:
            sound = is_header_name(name)
        case Kind.QUERY:
            sound = bool(_QUERY_NAME.fullmatch(name))
        case _:
            sound = name.isprintable() and ":" not in name and len(name) <= LONGEST_VALUE
    if not sound:
        raise WrongError(Wrong.INVALID_HEADER)
    return name


def clean_prefix(kind: Kind, entered: str) -> str:
    """Return the word before the secret, with the space that people forget. Raises WrongError."""
    word = entered.strip()
    if kind is not Kind.HEADER or not word:
        return ""
    if not _is_value(word) or len(word) > 80:
        raise WrongError(Wrong.INVALID_PREFIX)
    return f"{word} " if word[-1].isalnum() else word


def clean_headers(entered: Iterable[Mapping[str, str]], kept: Mapping[str, str]) -> dict[str, str]:
    """Return further headers; one without a value has the value that is kept of it.

    Raises WrongError.
    """
    cleaned = {}
    for header in entered:
        name = header.get("name", "").strip()
        value = header.get("value", "").strip() or kept.get(name, "")
        if not is_header_name(name) or not value or not _is_value(value):
            raise WrongError(Wrong.INVALID_HEADER)
        cleaned[name] = value
    if len(cleaned) > MOST_HEADERS or len({name.lower() for name in cleaned}) < len(cleaned):
        raise WrongError(Wrong.INVALID_HEADER)
    return cleaned


def clean_body(method: str, entered: str, kept: str) -> str:
    """Return what is posted, as JSON; what is kept where nothing was entered. Raises WrongError."""
    body = entered.strip()
    if method != "POST":
        if body:
            raise WrongError(Wrong.BODY_WITHOUT_POST)
        return ""
    body = body or kept
    try:
        sound = not body or (len(body) <= LONGEST_BODY and json.loads(body) is not None)
    except ValueError, RecursionError:
        sound = False
    if not sound:
        raise WrongError(Wrong.INVALID_BODY)
    return body


def is_header_name(name: str) -> bool:
    """Return whether a header of this name may be sent along."""
    return bool(_TOKEN.fullmatch(name)) and not _REFUSED.fullmatch(name)


def likely_secrets(*texts: str) -> list[str]:
    """Return what of an address, a body or headers looks like a key, and so is never shown."""
    return [
        word for text in texts for word in _LOOKS_SECRET.findall(text) if re.search("[0-9-]", word)
    ]


def _is_value(value: str) -> bool:
    """Return whether a header can carry a text."""
    return value.isascii() and value.isprintable() and len(value) <= LONGEST_VALUE


def shown_headers(headers: Iterable[str]) -> list[dict[str, str]]:
    """Return headers for a form, which does not show what may be secret."""
    return [{"name": name} for name in headers]
