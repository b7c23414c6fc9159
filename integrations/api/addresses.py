"""Whose address a request counts against, and whether it comes from this very machine."""

from collections.abc import Collection, Iterable, Mapping
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.requests import HTTPConnection

_FORWARDING = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
UNKNOWN = "unknown"

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


def counted_address(connection: HTTPConnection, *, trusted_proxies: Collection[Network]) -> str:
    """The address that limits count by: IPv4 as it is, IPv6 by its /64.

    `X-Forwarded-For` is read from its right end, for as long as a proxy of the operator's
    wrote it: what stands left of the first stranger is that stranger's own claim.
    """
    address = _parse(connection.client.host) if connection.client else None
    claimed = ",".join(connection.headers.getlist("x-forwarded-for")).split(",") if trusted_proxies else []
    for hop in reversed(claimed):
        if address is None or not any(address in network for network in trusted_proxies):
            break
        address = _parse(hop.strip()) or address
    return _counted(address) if address else UNKNOWN


def networks(written: Iterable[str]) -> tuple[Network, ...]:
    return tuple(ip_network(network) for network in written)


def is_local(connection: HTTPConnection) -> bool:
    """Whether it was asked on this machine, by its own name, and nothing forwarded it.

    The name matters: a page that points its own name at 127.0.0.1 makes a visitor's browser ask from here.
    """
    peer = _parse(connection.client.host) if connection.client else None
    named = _host_name(connection.headers) in _LOOPBACK_NAMES
    return bool(peer and peer.is_loopback and named and not any(name in connection.headers for name in _FORWARDING))


def _host_name(headers: Mapping[str, str]) -> str:
    host = headers.get("host", "").lower()
    return host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]


def _parse(text: str) -> Address | None:
    try:
        address = ip_address(_without_port(text))
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _without_port(text: str) -> str:
    """Some proxies write `203.0.113.7:4711` or `[2001:db8::1]:4711`."""
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text


def _counted(address: Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    return str(ip_network((int(address), 64), strict=False))
