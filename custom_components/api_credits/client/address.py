"""Addresses that a person enters: which are allowed, and to which part of the world they lead."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

from yarl import URL

from .errors import (
    AddressRefusedError,
    HttpNotLocalError,
    InvalidUrlError,
    UnverifiedNotLocalError,
)

LONGEST_ADDRESS: Final = 2000
LOCAL_ENDINGS: Final = ("home.arpa", "internal", "lan", "local", "localhost")

_LOCAL: Final = tuple(
    ip_network(network)
    for network in (
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "::1/128",
        "fc00::/7",
    )
)
_NEVER: Final = tuple(
    ip_network(network) for network in ("100.100.100.200/32", "fd00:ec2::254/128")
)
"""Where clouds tell a machine its own secrets, and which are not link-local."""
_NAT64: Final = ip_network("64:ff9b::/96")
_WORLD: Final = ip_network("2000::/3")


@dataclass(frozen=True, kw_only=True)
class Reach:
    """The part of the world that an entered address may lead to, and whether who answers is proven.

    What was entered as public stays public: its name does not lead home some day, or the other way.
    """

    is_local: bool
    verify_ssl: bool = True

    def admits(self, address: str) -> bool:
        """Return whether a connection to an internet address may be opened."""
        return is_local(address) is self.is_local


def clean_address(entered: str, *, with_query: bool = False) -> URL:
    """Return an absolute address, in its canonical form. Raises InvalidUrlError."""
    text = entered.strip()
    try:
        url = URL(text)
        sound = (
            0 < len(text) <= LONGEST_ADDRESS
            and text.isprintable()
            and not any(sign in text for sign in " \\#")
            and url.scheme in {"http", "https"}
            and bool(url.raw_host)
            and url.port is not None
            and url.port > 0
            and url.raw_user is None
            and url.raw_password is None
            and (with_query or "?" not in text)
        )
    except ValueError:
        sound = False
    if not sound:
        raise InvalidUrlError("not an address")
    return url


def is_local(address: str) -> bool | None:
    """Return whether an internet address is at home, else in the world; None for neither.

    Neither are those that only the same cable reaches, with the clouds' own services, those of
    several receivers or of none, and those that are nobody's.
    """
    try:
        found = _unwrapped(ip_address(address.partition("%")[0]))
    except ValueError:
        return None
    if any(found in network for network in _NEVER):
        return None
    if any(found in network for network in _LOCAL):
        return True
    if found.version == 6 and found not in _WORLD:
        return None
    return False if found.is_global and not found.is_multicast else None


def is_local_name(host: str) -> bool:
    """Return whether a name is only of use at home."""
    name = host.rstrip(".").lower()
    return "." not in name or name.endswith(tuple(f".{ending}" for ending in LOCAL_ENDINGS))


def reach_of(url: URL, addresses: Iterable[str], *, verify_ssl: bool = True) -> Reach:
    """Return what an address reaches whose name leads to these internet addresses.

    Raises AddressRefusedError, HttpNotLocalError or UnverifiedNotLocalError.
    """
    found = {is_local(address) for address in addresses} - {None}
    if not found:
        raise AddressRefusedError("not an address to ask")
    local = found == {True} or (True in found and is_local_name(url.raw_host or ""))
    if not local and url.scheme != "https":
        raise HttpNotLocalError("HTTP to a public address")
    if not local and not verify_ssl:
        raise UnverifiedNotLocalError("certificate of a public address not verified")
    return Reach(is_local=local, verify_ssl=verify_ssl)


def _unwrapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the older kind of address that a newer one stands for, where it does."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address
