"""One POST to an address on the public internet and nowhere else, bounded in seconds and bytes.

Every address of the name is checked, the connection goes to a checked one, and who answers is checked again. There are
no redirects and no proxies, and nothing of the answer but its status and one header goes further.
"""

import http.client
import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from assistant.clock import Clock, utc_now
from assistant.outbox.values import Postponed, Refused
from integrations.deadline import cut_off
from integrations.webhooks.addresses import HTTPS_PORT, Endpoint, is_public, read_endpoint

CONNECT_SECONDS = 5.0
# With connecting, below the lease of the outbox.
WHOLE_SECONDS = 15.0
MOST_BYTES = 65_536
MOST_ADDRESSES = 2

_OURS = {"Content-Type": "application/json", "User-Agent": "privacy-assistant", "Connection": "close"}
# The first that fits.
_CODES: Mapping[type[Exception], str] = {
    ssl.SSLError: "http-tls",
    TimeoutError: "http-timeout",
    socket.gaierror: "http-unknown-host",
    http.client.HTTPException: "http-garbled",
    ValueError: "http-garbled",
}

Resolve = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """`retry_after`: the seconds that the receiver asked for."""

    status: int
    retry_after: float | None


def look_up(host: str, port: int) -> Sequence[str]:
    """Every address of a name; OSError when it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class PublicClient:
    """The parameters exist for tests, which have no public internet, and for an organisation with its own rules."""

    def __init__(
        self,
        *,
        resolve: Resolve = look_up,
        permitted: Callable[[str], bool] = is_public,
        ports: frozenset[int] = frozenset({HTTPS_PORT}),
        context: ssl.SSLContext | None = None,
        whole_seconds: float = WHOLE_SECONDS,
        clock: Clock = utc_now,
    ) -> None:
        self._resolve = resolve
        self._permitted = permitted
        self._ports = ports
        self._context = context or ssl.create_default_context()
        self._whole_seconds = whole_seconds
        self._clock = clock

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send the body as JSON; Refused where it may not go, Postponed where there is no answer in time."""
        endpoint = read_endpoint(url, ports=self._ports)
        try:
            connection = self._connected(endpoint)
            with closing(connection), cut_off(lambda: connection, seconds=self._whole_seconds):
                connection.do_handshake()
                return self._exchange(connection, endpoint, body, headers)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Postponed(_code(error)) from None

    def _connected(self, endpoint: Endpoint) -> ssl.SSLSocket:
        """Wrapped for TLS and before the handshake, which the receiver could draw out."""
        addresses = self._resolve(endpoint.host, endpoint.port)
        # One forbidden address among many is as bad as all: a name that is looked up again may lead there.
        if not addresses or not all(self._permitted(address) for address in addresses):
            raise Refused("forbidden-address")
        bare = _first(addresses[:MOST_ADDRESSES], endpoint.port, self._permitted)
        with closing(bare):
            # Wrapping takes the socket over: closing the bare one is for a failure.
            return self._context.wrap_socket(bare, server_hostname=endpoint.host, do_handshake_on_connect=False)

    def _exchange(
        self, connection: ssl.SSLSocket, endpoint: Endpoint, body: bytes, headers: Mapping[str, str]
    ) -> Answer:
        talk = http.client.HTTPConnection(endpoint.host, endpoint.port)
        talk.sock = connection
        talk.request("POST", endpoint.target, body, {**_OURS, "Host": _host_header(endpoint), **headers})
        answer = talk.getresponse()
        # Taken for politeness: the status has said what counts, whatever becomes of the rest.
        with suppress(OSError, http.client.HTTPException):
            answer.read(MOST_BYTES)
        return Answer(answer.status, self._seconds(answer.getheader("Retry-After")))

    def _seconds(self, asked: str | None) -> float | None:
        """Retry-After in seconds or as a date (RFC 9110, 10.2.3); None where it says neither."""
        if asked is None:
            return None
        if asked.isascii() and asked.isdigit():
            return float(asked[:9])
        with suppress(ValueError):
            return max((_aware(parsedate_to_datetime(asked)) - self._clock()).total_seconds(), 0.0)
        return None


def _first(addresses: Sequence[str], port: int, permitted: Callable[[str], bool]) -> socket.socket:
    """A connection to the first address that takes one, and that is who it says."""
    failure: OSError = ConnectionError()
    for address in addresses:
        try:
            connection = socket.create_connection((address, port), timeout=CONNECT_SECONDS)
        except OSError as error:
            failure = error
            continue
        if not permitted(str(connection.getpeername()[0])):
            connection.close()
            raise Refused("forbidden-address")
        connection.settimeout(WHOLE_SECONDS)
        return connection
    raise failure


def _host_header(endpoint: Endpoint) -> str:
    host = f"[{endpoint.host}]" if ":" in endpoint.host else endpoint.host
    return host if endpoint.port == HTTPS_PORT else f"{host}:{endpoint.port}"


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _code(error: Exception) -> str:
    for kind, code in _CODES.items():
        if isinstance(error, kind):
            return code
    return "http-connection"
