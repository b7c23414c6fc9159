"""Which origins may call, and which host names are host names. Exact matches only."""

import re
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

_NAME = re.compile(r"([a-z0-9_](?:[a-z0-9._-]{0,251}[a-z0-9_.])?|\[[0-9a-f:.]{2,45}\])(?::[0-9]{1,5})?", re.IGNORECASE)
# The two names that a browser has for this very machine, and takes for two origins.
_TWINS = {"127.0.0.1": "localhost", "localhost": "127.0.0.1"}
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def is_host(host: str) -> bool:
    """Whether a Host header is a name or address with an optional port, and nothing besides."""
    found = _NAME.fullmatch(host)
    return found is not None and (not host.startswith("[") or _is_address(found[1].strip("[]")))


def origin_of(url: str) -> str:
    """`https://Example.com:443/path` -> `https://example.com`."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower().removesuffix(_DEFAULT_PORTS.get(parts.scheme, ""))


def configured_origin(url: str) -> str:
    """The origin of an address from the settings, its name as a browser writes it: `bücher.example` in Punycode."""
    parts = urlsplit(url)
    name = parts.hostname or ""
    return origin_of(parts._replace(netloc=parts.netloc.lower().replace(name, name.encode("idna").decode())).geturl())


def twin_of(host: str) -> str | None:
    """The same address on this machine under its other name: `127.0.0.1:8000` for `localhost:8000`."""
    name, colon, port = host.partition(":")
    twin = _TWINS.get(name)
    return f"{twin}{colon}{port}" if twin and is_host(host) else None


class OriginRule:
    """A browser names the page that calls in `Origin`; programs send none."""

    def __init__(self, *, public_url: str | None, allowed: Iterable[str]) -> None:
        self._own = configured_origin(public_url) if public_url else None
        self._allowed = frozenset(configured_origin(origin) for origin in allowed)

    def permits(self, origin: str | None, *, scheme: str, host: str) -> bool:
        """`host` must have passed `is_host`."""
        if origin is None or origin == self._own or origin in self._allowed:
            return True
        return self._speaks_for_us(host) and origin == origin_of(f"{scheme}://{host}")

    def _speaks_for_us(self, host: str) -> bool:
        """Once PUBLIC_URL says what we are called, another name may be a stranger's who points it at us."""
        name = urlsplit(f"//{host}").hostname or ""
        return self._own is None or name == "localhost" or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
