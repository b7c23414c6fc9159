import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.outbox.values import Refused
from integrations.webhooks.addresses import Endpoint, is_public, read_endpoint

_PRIVATE = [
    "127.0.0.1", "127.1.2.3", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "169.254.0.1", "100.64.0.1", "100.100.100.200", "100.127.255.255", "192.0.0.1", "192.0.0.8",
    "192.0.0.170", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1",
    "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "168.63.129.16", "::", "::1", "::127.0.0.1",
    "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "::ffff:10.0.0.1", "::ffff:0:127.0.0.1",
    "64:ff9b::a9fe:a9fe", "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::7f00:1", "64:ff9b:1::808:808",
    "2002:7f00:1::", "2002:a9fe:a9fe::", "2002:808:808::", "2001::1", "2001:0:7f00:1::", "2001:10::1", "2001:20::1",
    "2001:db8::1", "3fff::1", "fe80::1", "fe80::1%eth0", "fe80::1%25eth0", "febf::1", "fec0::1", "feff::1", "fc00::1",
    "fd00:ec2::254", "ff02::1", "ff0e::1", "100::1", "4000::1", "5f00::1", "localhost", "127.1", "2130706433",
    "0x7f000001", "017700000001", "x",
]  # fmt: skip


@pytest.mark.parametrize("address", [*_PRIVATE, ""])
def test_no_address_but_one_of_the_public_internet_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.63.255.255", "2606:4700:4700::1111", "2a00:1450:4009::200e",
     "64:ff9b::808:808", "::ffff:8.8.8.8"],
)  # fmt: skip
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@given(st.integers(0, 2**32 - 1))
def test_an_ipv4_address_is_judged_alike_however_it_is_wrapped(number: int) -> None:
    plain = ipaddress.IPv4Address(number)
    judged = is_public(str(plain))
    assert is_public(f"::ffff:{plain}") == judged
    assert is_public(f"64:ff9b::{plain}") == judged
    assert not (judged and not plain.is_global)
    assert not is_public(f"::{plain}")
    assert not is_public(str(ipaddress.IPv6Address((0x2002 << 112) | (number << 80))))


_BAD = [
    "", "https://", "https:///path", "http://hooks.example.com", "ftp://hooks.example.com", "file:///etc/passwd",
    "gopher://hooks.example.com", "//hooks.example.com", "hooks.example.com", "javascript:alert(1)",
    "https://ok@127.0.0.1", "https://ok:pw@hooks.example.com", "https://ok#@127.0.0.1", "https://ok\\@127.0.0.1",
    "https://hooks.example.com\\@127.0.0.1/", "https://hooks.example.com/#part", "https://hooks.example.com:22",
    "https://hooks.example.com:6379", "https://hooks.example.com:80", "https://hooks.example.com:0x1bb",
    "https://hooks.example.com:99999", "https://hooks.example.com:-1", "https://127.1", "https://2130706433",
    "https://0x7f000001", "https://0x7f.1", "https://017700000001", "https://0177.0.0.1", "https://127.0.0.1.1",
    "https://1.2.3.256", "https://[::1", "https://[::1%25eth0]", "https://[fe80::1%eth0]", "https://[v1.a]",
    "https://①②⑦.⓪.⓪.①", "https://１２７.0.0.1", "https://exämple.com", "https://hooks.example.com/a b",
    "https://hooks.example.com/a\r\nHost: x", "https://hooks.example.com/\t", "https://hooks.example.com/\x00",
    " https://hooks.example.com", "https://hooks.example.com\n", "https://hooks%2eexample.com", "https://-a.example.com",
    "https://a..example.com", "https://.example.com", "https://a_.example.com!", "https://hooks.example.com/é",
    "https://" + "a" * 64 + ".com", "https://hooks.example.com/" + "a" * 2048,
]  # fmt: skip


@pytest.mark.parametrize("url", _BAD)
def test_a_url_that_two_programs_could_read_in_two_ways_is_refused(url: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_endpoint(url, ports=frozenset({443}))
    assert refusal.value.code == "bad-url"


@pytest.mark.parametrize(
    ("url", "endpoint"),
    [
        ("https://hooks.example.com", Endpoint("hooks.example.com", 443, "/")),
        ("HTTPS://Hooks.Example.COM:443/In?a=b&c", Endpoint("hooks.example.com", 443, "/In?a=b&c")),
        ("https://hooks.example.com./x", Endpoint("hooks.example.com", 443, "/x")),
        ("https://xn--exmple-cua.com/", Endpoint("xn--exmple-cua.com", 443, "/")),
        ("https://8.8.8.8/", Endpoint("8.8.8.8", 443, "/")),
        ("https://[2606:4700::1111]/", Endpoint("2606:4700::1111", 443, "/")),
        ("https://3com.example.com/", Endpoint("3com.example.com", 443, "/")),
    ],
)
def test_a_plain_url_is_read(url: str, endpoint: Endpoint) -> None:
    assert read_endpoint(url, ports=frozenset({443})) == endpoint
