"""Addresses that a person enters, and to which part of the world they lead."""

import pytest
from yarl import URL

from custom_components.api_credits.client.address import (
    Reach,
    clean_address,
    is_local,
    is_local_name,
    reach_of,
)
from custom_components.api_credits.client.errors import (
    AddressRefusedError,
    HttpNotLocalError,
    InvalidUrlError,
    ProviderError,
    UnverifiedNotLocalError,
)

PUBLIC = "93.184.215.14"


@pytest.mark.parametrize(
    ("entered", "kept"),
    [
        ("https://api.example.com/v1", "https://api.example.com/v1"),
        (" HTTPS://API.Example.com:443/v1 ", "https://api.example.com/v1"),
        ("http://192.168.1.20:4000/", "http://192.168.1.20:4000/"),
        ("http://[fd12::1]:3000/a", "http://[fd12::1]:3000/a"),
        ("https://käse.example/ö", "https://xn--kse-qla.example/%C3%B6"),
        ("https://example.com/a%2Fb", "https://example.com/a%2Fb"),
    ],
)
def test_canonical(entered: str, kept: str) -> None:
    """An address is kept in one form, however it was written."""
    assert str(clean_address(entered)) == kept


@pytest.mark.parametrize(
    "entered",
    [
        "",
        " ",
        "api.example.com/v1",
        "//api.example.com/v1",
        "ftp://api.example.com/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "https:///v1",
        "https://user@example.com/",
        "https://user:password@example.com/",
        "https://:password@example.com/",
        "https://example.com/#key",
        "https://example.com/#",
        "https://example.com/a b",
        "https://exa mple.com/",
        "https://example.com\\@other.example/",
        "https://example.com/a\nb",
        "https://example.com/\r\nX-Other: 1",
        "https://example.com/\x00",
        "https://example.com:99999/",
        "https://example.com:0/",
        "https://example.com:port/",
        "https://[fd12::1/",
        "https://example.com/?key=1",
        "https://example.com/?",
        pytest.param(f"https://example.com/{'a' * 2000}", id="over 2000 characters"),
    ],
    ids=repr,
)
def test_no_address(entered: str) -> None:
    """What is relative, has a secret of its own, or could be taken for two things is refused."""
    with pytest.raises(InvalidUrlError, match=r"^not an address$"):
        clean_address(entered)


def test_query_where_it_is_meant() -> None:
    """A query is part of an address that is asked as it is."""
    entered = "https://example.com/balance?unit=usd"
    assert str(clean_address(entered, with_query=True)) == entered


LOCAL = [
    "127.0.0.1",
    "127.8.9.10",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.254",
    "192.168.1.20",
    "100.64.0.1",
    "::1",
    "fd12:3456::1",
    "::ffff:192.168.1.20",
    "64:ff9b::c0a8:114",
    "2002:c0a8:0114::1",
]
WORLD = [
    PUBLIC,
    "172.32.0.1",
    "100.128.0.1",
    "2606:2800:21f::1",
    "::ffff:93.184.215.14",
    "64:ff9b::5db8:d70e",
]
NEVER = [
    "169.254.169.254",
    "169.254.0.1",
    "100.100.100.200",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "2002:a9fe:a9fe::1",
    "::169.254.169.254",
    "::127.0.0.1",
    "0.0.0.0",
    "0.1.2.3",
    "::",
    "224.0.0.1",
    "239.255.255.250",
    "ff02::1",
    "255.255.255.255",
    "240.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "2001:db8::1",
    "fec0::1",
    "not an address",
    "",
]


@pytest.mark.parametrize(
    ("address", "local"),
    [(it, True) for it in LOCAL] + [(it, False) for it in WORLD] + [(it, None) for it in NEVER],
)
def test_parts_of_the_world(address: str, local: bool | None) -> None:
    """Each internet address is at home, or in the world, or is never asked."""
    assert is_local(address) is local
    assert Reach(is_local=True).admits(address) is (local is True)
    assert Reach(is_local=False).admits(address) is (local is False)


@pytest.mark.parametrize(
    "host", ["nas", "litellm", "localhost", "nas.lan", "nas.local.", "NAS.Home.Arpa", "db.internal"]
)
def test_names_at_home(host: str) -> None:
    """Some names are only of use at home."""
    assert is_local_name(host)


@pytest.mark.parametrize("host", ["example.com", "local.example.com", "plan", "mylan.com"])
def test_names_in_the_world(host: str) -> None:
    """Other names say nothing, unless they are one word."""
    assert is_local_name(host) is ("." not in host)


@pytest.mark.parametrize(
    ("address", "leads_to", "local"),
    [
        ("https://api.example.com/", [PUBLIC], False),
        ("https://api.example.com/", [PUBLIC, "192.168.1.20"], False),
        ("https://api.example.com/", ["169.254.169.254", PUBLIC], False),
        ("https://nas.example.com/", ["192.168.1.20"], True),
        ("http://nas.example.com/", ["192.168.1.20", "fd12::1"], True),
        ("http://nas.lan/", ["192.168.1.20", "2606:2800:21f::1"], True),
        ("https://nas.lan/", ["2606:2800:21f::1"], False),
        ("http://192.168.1.20:3000/", ["192.168.1.20"], True),
    ],
)
def test_reach(address: str, leads_to: list[str], local: bool) -> None:
    """An address is at home if all of its name is, or some of a name that is of use there only."""
    assert reach_of(URL(address), leads_to) == Reach(is_local=local)


@pytest.mark.parametrize(
    ("address", "leads_to", "verify_ssl", "error"),
    [
        ("http://api.example.com/", [PUBLIC], True, HttpNotLocalError),
        ("http://api.example.com/", [PUBLIC, "192.168.1.20"], True, HttpNotLocalError),
        ("http://nas.lan/", ["2606:2800:21f::1"], True, HttpNotLocalError),
        ("https://api.example.com/", [PUBLIC], False, UnverifiedNotLocalError),
        ("https://api.example.com/", ["169.254.169.254"], True, AddressRefusedError),
        ("http://metadata.internal/", ["169.254.169.254"], True, AddressRefusedError),
        ("http://nas.lan/", [], True, AddressRefusedError),
    ],
)
def test_out_of_reach(
    address: str, leads_to: list[str], verify_ssl: bool, error: type[ProviderError]
) -> None:
    """In the world, who answers has to be proven; and some of it is never asked."""
    with pytest.raises(error):
        reach_of(URL(address), leads_to, verify_ssl=verify_ssl)


def test_home_without_a_proof() -> None:
    """At home, a certificate of one's own will do."""
    reach = reach_of(URL("https://nas.lan/"), ["192.168.1.20"], verify_ssl=False)
    assert reach == Reach(is_local=True, verify_ssl=False)
