import pytest
from starlette.requests import HTTPConnection

from integrations.api.addresses import counted_address, is_local, networks


def connection(peer: str | None, **headers: str) -> HTTPConnection:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return HTTPConnection({"type": "http", "client": peer and (peer, 1), "headers": raw})


@pytest.mark.parametrize(
    ("peer", "forwarded", "counted"),
    [
        ("203.0.113.7", None, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("10.0.0.5", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.5", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("10.0.0.5", "198.51.100.1, 203.0.113.7, 10.1.1.1", "203.0.113.7"),
        ("10.0.0.5", "10.9.9.9", "10.9.9.9"),
        ("10.0.0.5", "203.0.113.7:4711", "203.0.113.7"),
        ("10.0.0.5", "[2001:db8:1:2::9]:4711", "2001:db8:1:2::/64"),
        ("10.0.0.5", "unknown", "10.0.0.5"),
        ("10.0.0.5", "198.51.100.1, _hidden", "198.51.100.1"),
        ("10.0.0.5", ",,", "10.0.0.5"),
        ("10.0.0.5", "", "10.0.0.5"),
        ("2001:db8:1:2:aaaa::1", None, "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::2", None, "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", None, "2001:db8:1:3::/64"),
        ("::ffff:203.0.113.7", None, "203.0.113.7"),
        ("::ffff:10.0.0.5", "198.51.100.1", "198.51.100.1"),
        ("testclient", None, "unknown"),
        (None, None, "unknown"),
    ],
)
def test_requests_count_against_the_first_address_no_proxy_of_ours_vouches_past(
    peer: str | None, forwarded: str | None, counted: str
) -> None:
    headers = {} if forwarded is None else {"x_forwarded_for": forwarded}
    assert counted_address(connection(peer, **headers), trusted_proxies=networks(["10.0.0.0/8"])) == counted


@pytest.mark.parametrize(
    ("peer", "headers", "local"),
    [
        ("127.0.0.1", {"host": "127.0.0.1:8000"}, True),
        ("127.0.0.1", {"host": "localhost"}, True),
        ("::1", {"host": "[::1]:8000"}, True),
        ("::ffff:127.0.0.1", {"host": "localhost"}, True),
        ("127.0.0.1", {"host": "rebound.example:8000"}, False),
        ("127.0.0.1", {}, False),
        ("203.0.113.7", {"host": "localhost"}, False),
        ("testclient", {"host": "localhost"}, False),
        ("127.0.0.1", {"host": "localhost", "x_forwarded_for": "203.0.113.7"}, False),
        ("127.0.0.1", {"host": "localhost", "forwarded": "for=203.0.113.7"}, False),
        ("127.0.0.1", {"host": "localhost", "x_real_ip": "203.0.113.7"}, False),
        ("127.0.0.1", {"host": "localhost", "via": "1.1 proxy"}, False),
    ],
)
def test_only_what_is_asked_on_this_machine_by_its_own_name_is_local(
    peer: str, headers: dict[str, str], *, local: bool
) -> None:
    assert is_local(connection(peer, **headers)) is local
