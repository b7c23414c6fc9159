"""Addresses: e-mail, UPI, IP and MAC. Knows what may stand around an @, between dots and between colons."""

import ipaddress
import re
from collections.abc import Iterator

from assistant.redaction.digits import digit_count
from assistant.redaction.handles import TOP_LEVEL_DOMAINS
from assistant.redaction.spans import Kind, Span

_LONGEST_LOCAL = 64
# Everything is read from the @ outwards within these bounds, so that a long word costs no more than a short one.
_LOCAL = re.compile(r"[\w.%+'-]")
_LOCAL_EDGE = ".'%-"
_DOMAIN = re.compile(r"[^\W_](?:[\w-]{0,62}[^\W_])?(?:\.[^\W_](?:[\w-]{0,62}[^\W_])?){0,8}")
_QUOTE = '"'
_HANDLE = re.compile(r"[a-z][a-z0-9]{1,63}", re.IGNORECASE)
_SHORTEST_LOCAL = 2
_LONGEST_COUNTRY_ENDING = 3

_IPV4 = re.compile(r"(?<![\d.])([0-9OoIl]{1,3}(?: {0,2}\. {0,2}[0-9OoIl]{1,3}){3})(?![0-9]|\.[0-9])")
_IPV6 = re.compile(r"(?<![\w:.])[0-9a-f:.]{6,45}(?![\w:])", re.IGNORECASE)
_MAC = re.compile(r"(?<![0-9a-z:-])[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![0-9a-z:-])", re.IGNORECASE)
_AS_DIGITS = str.maketrans("OoIl", "0011")
_VERSION_BEFORE = re.compile(
    r"(?:\b(?:v|version|ver|release|build|section|sec|clause|article|para|rule|chapter)|\u00a7)"
    r"(?: no| number| is)?[ .:#]{0,2}\Z",
    re.IGNORECASE,
)
_VERSION_WINDOW = 16
_FEWEST_DIGITS = 3
_SMALLEST_LARGE_OCTET = 10
_FEWEST_COLONS = 2
_FEWEST_DOTS = 3
_WIDE_GROUP = re.compile(r"[0-9a-f]{3,4}", re.IGNORECASE)


def address_spans(text: str) -> Iterator[Span]:
    """Claims of every kind of address in canonical text; they may overlap."""
    yield from _mailboxes(text)
    if text.count(".") >= _FEWEST_DOTS:
        yield from _ipv4(text)
    if text.count(":") >= _FEWEST_COLONS or text.count("-") > _FEWEST_COLONS:
        yield from _ipv6(text)
        yield from (Span(*m.span(), Kind.MAC, m[0].lower().replace("-", ":")) for m in _MAC.finditer(text))


def _mailboxes(text: str) -> Iterator[Span]:
    place = text.find("@")
    while place >= 0:
        start = _local_start(text, place)
        domain = _DOMAIN.match(text, place + 1)
        if domain and start < place and (span := _mailbox(text, start, place, domain[0])):
            yield span
        place = text.find("@", place + 1)


def _local_start(text: str, at: int) -> int:
    if at and text[at - 1] == _QUOTE:
        opening = text.rfind(_QUOTE, max(at - _LONGEST_LOCAL, 0), at - 1)
        return opening if opening >= 0 else at
    start = at
    while start and at - start < _LONGEST_LOCAL and _LOCAL.match(text[start - 1]):
        start -= 1
    while start < at and text[start] in _LOCAL_EDGE:
        start += 1
    return start


def _mailbox(text: str, start: int, at: int, domain: str) -> Span | None:
    """An e-mail address where the domain has a dot and ends in letters, else a UPI address."""
    local = text[start:at]
    domain = _without_next_sentence(domain)
    last = domain.rpartition(".")[2]
    if last != domain:
        is_name = last.isalpha() or last.lower().startswith("xn--")
        return Span(start, at + 1 + len(domain), Kind.EMAIL, f"{local}@{domain.lower()}") if is_name else None
    if len(local) < _SHORTEST_LOCAL or not _HANDLE.fullmatch(domain):
        return None
    return Span(start, at + 1 + len(domain), Kind.UPI, f"{local}@{domain}".lower())


def _without_next_sentence(domain: str) -> str:
    """The domain without a word that began a sentence right after it, as in "example.com.Please"."""
    rest, _, last = domain.rpartition(".")
    is_word = last.istitle() or len(last) > _LONGEST_COUNTRY_ENDING
    if is_word and last.lower() not in TOP_LEVEL_DOMAINS and rest.rpartition(".")[2].lower() in TOP_LEVEL_DOMAINS:
        return rest
    return domain


def _ipv4(text: str) -> Iterator[Span]:
    for match in _IPV4.finditer(text):
        window = text[max(match.start() - _VERSION_WINDOW, 0) : match.start()]
        if digit_count(match[1]) < _FEWEST_DIGITS or _VERSION_BEFORE.search(window):
            continue
        octets = [int(octet) for octet in match[1].replace(" ", "").translate(_AS_DIGITS).split(".")]
        # "4.2.1.3" is a clause of some document.
        if max(octets) >= _SMALLEST_LARGE_OCTET:
            yield from _ip(match.start(), match.end(), ".".join(map(str, octets)))


def _ipv6(text: str) -> Iterator[Span]:
    for match in _IPV6.finditer(text):
        code = match[0].rstrip(".:") if not match[0].endswith("::") else match[0]
        if code.count(":") >= _FEWEST_COLONS and _WIDE_GROUP.search(code):
            yield from _ip(match.start(), match.start() + len(code), code)


def _ip(start: int, end: int, code: str) -> Iterator[Span]:
    try:
        value = ipaddress.ip_address(code)
    except ValueError:
        return
    yield Span(start, end, Kind.IP, str(value))
