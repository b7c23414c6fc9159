"""Where a webhook may go: which URLs are well formed, and which addresses are on the public internet. Opens nothing."""

import ipaddress
import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import urlsplit

from assistant.outbox.values import Refused

HTTPS_PORT = 443
LONGEST_URL = 2048
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.?")
_TARGET = re.compile(r"[!-~]*")

_V4_KEPT_OUT = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        # A cloud's service for its own machines, at a public address.
        "168.63.129.16/32",
    )
)  # fmt: skip
# Global unicast is 2000::/3; in it, what carries or stands for something else.
_V6_UNICAST = ipaddress.ip_network("2000::/3")
_V6_KEPT_OUT = tuple(
    ipaddress.ip_network(network) for network in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)
# RFC 6052: a network without IPv4 reaches it through these; the last 32 bits are the address.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Endpoint:
    host: str
    port: int
    target: str


def read_endpoint(url: str, *, ports: frozenset[int]) -> Endpoint:
    """The parts of an https URL; Refused for anything that two programs could read in two ways."""
    if len(url) > LONGEST_URL or not _TARGET.fullmatch(url) or "\\" in url:
        raise Refused("bad-url")
    try:
        parts = urlsplit(url)
        port = parts.port or HTTPS_PORT
    except ValueError:
        raise Refused("bad-url") from None
    if parts.scheme != "https" or "@" in parts.netloc or "#" in url or port not in ports:
        raise Refused("bad-url")
    path = parts.path or "/"
    return Endpoint(
        _host(parts.hostname or "", bracketed="[" in parts.netloc),
        port,
        f"{path}?{parts.query}" if parts.query else path,
    )


def is_public(text: str) -> bool:
    """Whether the address is one machine on the public internet, in whatever form IPv4 is wrapped into IPv6."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        # With a zone, or no address at all.
        return False
    if isinstance(address, IPv4Address):
        return _is_public_v4(address)
    if address.ipv4_mapped is not None:
        return _is_public_v4(address.ipv4_mapped)
    if address in _NAT64:
        return _is_public_v4(IPv4Address(address.packed[-4:]))
    return address in _V6_UNICAST and address.is_global and not any(address in network for network in _V6_KEPT_OUT)


def _is_public_v4(address: IPv4Address) -> bool:
    return address.is_global and not any(address in network for network in _V4_KEPT_OUT)


def _host(host: str, *, bracketed: bool) -> str:
    """A name, or an address written in full: a number alone or in part is read as an address by some programs."""
    if bracketed:
        return str(_v6(host))
    if not _HOST.fullmatch(host):
        raise Refused("bad-url")
    name = host.rstrip(".")
    last = name.rpartition(".")[2]
    if not last[0].isdigit():
        return name
    try:
        return str(IPv4Address(name))
    except ValueError:
        raise Refused("bad-url") from None


def _v6(host: str) -> IPv6Address:
    try:
        address = IPv6Address(host)
    except ValueError:
        raise Refused("bad-url") from None
    if address.scope_id is not None:
        raise Refused("bad-url")
    return address
