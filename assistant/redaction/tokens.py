"""Keys and tokens that give themselves away: prefixes of providers, JWTs, key blocks, credentials in headers and links.

Knows forms that machines issue. What people call a password is not its matter.
"""

import re
from collections.abc import Iterator

from assistant.redaction.spans import Kind, Span

# Each ends in one open class with nothing required after it, so that a failed try never looks twice.
_ISSUED_FORMS = (
    r"(?<![A-Za-z0-9])sk-(?=[A-Za-z_-]{0,40}[0-9])[A-Za-z0-9_-]{12,}",
    r"(?<![A-Za-z0-9])(?:sk|pk|rk|rzp)_(?:live|test)_[A-Za-z0-9]{8,}",
    r"whsec_[A-Za-z0-9+/=]{16,}",
    r"xox[a-z]-[A-Za-z0-9-]{8,}",
    r"xapp-[A-Za-z0-9-]{8,}",
    r"(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{16}",
    r"gh[opusr]_[A-Za-z0-9]{16,}",
    r"github_pat_[A-Za-z0-9_]{16,}",
    r"gl(?:pat|ptt|dt|rt|cbt|soat)-[A-Za-z0-9_.-]{16,}",
    r"AIza[A-Za-z0-9_-]{30,}",
    r"ya29\.[A-Za-z0-9_-]{20,}",
    r"GOCSPX-[A-Za-z0-9_-]{16,}",
    r"(?<![A-Za-z0-9])SG\.[A-Za-z0-9_.-]{32,}",
    r"(?<![A-Za-z0-9])(?:npm|hf|pypi|dckr_pat|shpat|shpss|dop_v1|doo_v1|lin_api|sq0csp|EAAA)[_-][A-Za-z0-9_-]{20,}",
    r"(?<![A-Za-z0-9])key-[0-9a-f]{32}",
    r"AGE-SECRET-KEY-1[A-Z0-9]{20,}",
    r"hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9/]{16,}",
    r"(?<![A-Za-z0-9])eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]{2,})?(?:\.[A-Za-z0-9_-]{2,})?",
)
_ISSUED = re.compile("|".join(_ISSUED_FORMS))
_HEADER = re.compile(r"(?<![A-Za-z])(?:bearer|basic|token) {1,3}(?P<value>[A-Za-z0-9._~+/=-]{8,})", re.IGNORECASE)
_LINK_LOGIN = re.compile(r"://(?P<value>[^\s/:@]{0,64}:[^\s/@]{1,128}@[\w.-]{1,255})")
_LINK_VALUE = re.compile(
    r"[?&;](?:access_token|api_?key|auth|code|key|password|pwd|secret|session|sid|sig|signature|token)="
    r"(?P<value>[^\s&#;\"'<>]{4,})",
    re.IGNORECASE,
)
_LONG = 24
# The secret that belongs to an AKIA… id has no prefix: forty characters, letters of both sizes and digits among them.
_FORTY = re.compile(r"(?<![A-Za-z0-9/+=.:_-])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=_-])")
_FEWEST_DIGITS_OF_FORTY = 2

_KEY_EDGE = re.compile(r"-{2,5} ?(?P<edge>BEGIN|END) [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)? ?-{2,5}", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_BODY = re.compile(r"[A-Za-z0-9+/=\\]+")
_BODY_HEADER = re.compile(r"(?:Proc-Type:|DEK-Info:|Version:|Comment:|[0-9],ENCRYPTED|[A-Z0-9]+-[A-Z0-9]+-[A-Z0-9]+,)")
_SHORTEST_BODY_WORD = 20


# A cheap look before the patterns run: one of these stands in each issued key.
_ISSUED_HINTS = (
    "sk-", "_live_", "_test_", "whsec_", "xox", "xapp-", "AKIA", "ASIA", "AROA", "AIDA", "ABIA", "ACCA", "gho_",
    "ghp_", "ghu_", "ghs_", "ghr_", "github_pat_", "gl", "AIza", "ya29.", "GOCSPX-", "SG.", "npm_", "hf_", "pypi-",
    "dckr_pat", "shp", "dop_v1", "doo_v1", "lin_api", "sq0csp", "EAAA", "key-", "AGE-", "hooks.slack", "eyJ",
)  # fmt: skip
_HEADER_HINTS = ("bearer", "basic", "token")


def token_spans(text: str) -> Iterator[Span]:
    """Claims of keys and tokens in canonical text; they may overlap."""
    lowered = text.lower()
    yield from (_issued(match) for match in _FORTY.finditer(text) if _is_mixed(match[0]))
    if any(hint in text for hint in _ISSUED_HINTS):
        yield from map(_issued, _ISSUED.finditer(text))
    if any(hint in lowered for hint in _HEADER_HINTS):
        yield from (_value(match) for match in _HEADER.finditer(text) if is_machine_made(match["value"]))
    if "://" in text:
        yield from map(_value, _LINK_LOGIN.finditer(text))
    if "=" in text:
        yield from map(_value, _LINK_VALUE.finditer(text))
    if "private key" in lowered:
        yield from _private_keys(text)


def _issued(match: re.Match[str]) -> Span:
    """The key without the full stop of its sentence: some keys have dots inside."""
    key = match[0].rstrip(".")
    return Span(match.start(), match.start() + len(key), Kind.SECRET, key)


def _value(match: re.Match[str]) -> Span:
    return Span(*match.span("value"), Kind.SECRET, match["value"])


def _is_mixed(word: str) -> bool:
    digits = sum(character.isdigit() for character in word)
    return digits >= _FEWEST_DIGITS_OF_FORTY and word.lower() != word != word.upper()


def is_machine_made(word: str) -> bool:
    """Whether nobody would write this word as a word: letters with digits, or very long."""
    has_digit = any(character.isdigit() for character in word)
    return (has_digit and any(character.isalpha() for character in word)) or len(word) >= _LONG


def _private_keys(text: str) -> Iterator[Span]:
    """Key blocks, also those that lost their end, or their beginning."""
    begin: re.Match[str] | None = None
    done = 0
    for edge in _KEY_EDGE.finditer(text):
        is_begin = edge["edge"].upper() == "BEGIN"
        if begin and is_begin:
            yield _block(text, begin.start(), _body_end(text, begin.end()))
        if not is_begin:
            yield _block(text, begin.start() if begin else _body_start(text, done, edge.start()), edge.end())
        begin = edge if is_begin else None
        done = edge.end()
    if begin:
        yield _block(text, begin.start(), _body_end(text, begin.end()))


def _block(text: str, start: int, end: int) -> Span:
    return Span(start, end, Kind.PRIVATE_KEY, text[start:end])


def _body_end(text: str, position: int) -> int:
    """Where the words of a key stop; the last of them may be shorter than the rest."""
    for word in _WORD.finditer(text, position):
        is_body = _BODY.fullmatch(word[0]) is not None
        if not (is_body and len(word[0]) >= _SHORTEST_BODY_WORD) and not _BODY_HEADER.match(word[0]):
            return word.end() if is_body and is_machine_made(word[0]) else position
        position = word.end()
    return position


def _body_start(text: str, done: int, position: int) -> int:
    """Where the words of a key begin that stand before its last line; that line itself may be short."""
    words = list(_WORD.finditer(text, done, position))
    if words and _BODY.fullmatch(words[-1][0]) and is_machine_made(words[-1][0]):
        position = words.pop().start()
    while words and len(words[-1][0]) >= _SHORTEST_BODY_WORD and _BODY.fullmatch(words[-1][0]):
        position = words.pop().start()
    return position
