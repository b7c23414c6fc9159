"""Words that stand for signs: `[at]`, `dot`, "at the rate", digits said aloud; each becomes an edit to folded text.

An ordinary "at" or "dot" stays the word it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.redaction.handles import DISTINCT_HANDLES, TOP_LEVEL_DOMAINS

Edit = tuple[int, int, str]

_SIGNS = re.compile(
    r"(?<=\w)(?: {0,3}[\[({<] ?(?:(?P<at>at|@)|dot|\.) ?[\])}>] {0,3}|(?P<entity>%40|&#64;|&#x40;|&commat;))(?=\w)"
    r"|(?<=[a-z0-9])_(?:(?P<word>at)_(?=[a-z0-9-]{1,40}(?:_dot_|\.com\b|\.in\b|\.org\b))|dot_(?=[a-z]))",
    re.IGNORECASE,
)

_SIGN_CHARACTERS = frozenset("[({<%&_")

_AT = re.compile(
    r"(?<=\w)(?: {0,3}(?P<sign>@) {0,3}| {1,3}(?:(?P<rate>at ?the ?rate(?: of)?)|(?P<word>at)) {1,3})(?=\w)",
    re.IGNORECASE,
)
_PART = re.compile(r"[^\W_][\w-]{0,62}")
_DOT = re.compile(r"(?P<real>\.)| {1,3}(?:dot|\.) {1,3}", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_MOST_PARTS = 5
_LOCAL_WINDOW = 96

# "look at the dot com boom" names no mailbox, and neither does "my account at gmail.com".
_NO_DOMAIN = frozenset({"a", "all", "an", "any", "each", "my", "our", "that", "the", "this", "which", "your"})
_NO_MAILBOX = frozenset({"account", "be", "data", "her", "him", "hosted", "it", "look", "me", "them", "us", "you"})
_CUES = frozenset({"address", "contact", "email", "e-mail", "from", "id", "is", "mail", "to", "write"})

_DIGIT_WORDS = {
    "zero": "0", "oh": "0", "shunya": "0", "one": "1", "ek": "1", "two": "2", "do": "2", "three": "3", "teen": "3",
    "four": "4", "char": "4", "chaar": "4", "five": "5", "panch": "5", "paanch": "5", "six": "6", "chhe": "6",
    "seven": "7", "saat": "7", "eight": "8", "aath": "8", "nine": "9", "nau": "9",
}  # fmt: skip
_TIMES = {"double": 2, "triple": 3}
_FEWEST_SPOKEN = 6
_LETTERS = re.compile(r"[a-z]+", re.IGNORECASE)
_SPOKEN_GAP = re.compile(r"[ ,.-]{1,3}")
_HALVES = re.compile(r"(?<=\d{4})[ ,]{1,3}(?:and then|then|followed by) {1,3}(?=\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Domain:
    first: str
    last: str
    dots: tuple[re.Match[str], ...]

    @property
    def is_spelled(self) -> bool:
        return any(dot["real"] is None for dot in self.dots)

    @property
    def ends_well(self) -> bool:
        return bool(self.dots) and self.last in TOP_LEVEL_DOMAINS


def spelled_signs(text: str) -> Iterator[Edit]:
    """Bracketed, underscored and escaped signs: nobody writes `(at)` between two words for anything else."""
    if _SIGN_CHARACTERS.isdisjoint(text):
        return
    for match in _SIGNS.finditer(text):
        yield match.start(), match.end(), "@" if match.lastgroup else "."


def spelled_addresses(text: str) -> Iterator[Edit]:
    """The sign and the dots of addresses such as "ravi dot k at example dot com" or "ravi @ example . com"."""
    if "@" not in text and " at" not in text.lower():
        return
    done = 0
    for at in _AT.finditer(text):
        if at.start() < done:
            continue
        domain = _domain_after(text, at.end())
        if not domain.dots and domain.first not in DISTINCT_HANDLES:
            continue
        words = list(_WORD.finditer(text, max(done, at.start() - _LOCAL_WINDOW), at.start()))
        if not _is_address(at, domain, words):
            continue
        yield from _local_dots(words)
        yield at.start(), at.end(), "@"
        yield from ((dot.start(), dot.end(), ".") for dot in domain.dots)
        done = domain.dots[-1].end() if domain.dots else at.end()


def _domain_after(text: str, position: int) -> _Domain:
    """The parts that follow, less those at the end that only a loose dot would make part of a domain."""
    parts: list[str] = []
    dots: list[re.Match[str]] = []
    while len(parts) < _MOST_PARTS and (part := _PART.match(text, position)):
        parts.append(part[0].lower())
        dot = _DOT.match(text, part.end())
        if dot is None:
            break
        dots.append(dot)
        position = dot.end()
    del dots[max(len(parts) - 1, 0) :]
    while dots and dots[-1]["real"] is None and parts[-1] not in TOP_LEVEL_DOMAINS:
        del dots[-1], parts[-1]
    return _Domain(first=parts[0] if parts else "", last=parts[-1] if parts else "", dots=tuple(dots))


def _is_address(at: re.Match[str], domain: _Domain, words: list[re.Match[str]]) -> bool:
    """Whether this sign, between these words and a domain with a dot or a known handle, is the @ of an address."""
    if at["sign"] or at["rate"]:
        return True
    if domain.first in _NO_DOMAIN:
        return False
    if domain.first in DISTINCT_HANDLES or (domain.ends_well and domain.is_spelled):
        return True
    return domain.ends_well and _is_mailbox(words)


def _is_mailbox(words: list[re.Match[str]]) -> bool:
    """Whether the words before a plain "at" end in the name of a mailbox."""
    if not words:
        return False
    local = words[-1][0].lower()
    if any(not character.isalpha() for character in local):
        return True
    before = words[-2][0].lower().strip(":,") if words[1:] else "is"
    return before in _CUES and local not in _NO_MAILBOX


def _local_dots(words: list[re.Match[str]]) -> Iterator[Edit]:
    """Spelled dots in the local part, in order."""
    first = len(words) - 1
    while first > 1 and words[first - 1][0].lower() in {"dot", "."}:
        first -= 2
    for dot in range(first + 1, len(words) - 1, 2):
        yield words[dot - 1].end(), words[dot + 1].start(), "."


def spelled_digits(text: str) -> Iterator[Edit]:
    """Runs of at least six digits said as words, in English or Hindi, and the "and then" between two halves."""
    lowered = text.lower()
    if "then" not in lowered and "followed" not in lowered and _spoken_count(lowered) < _FEWEST_SPOKEN:
        return iter(())
    edits = [(halves.start(), halves.end(), " ") for halves in _HALVES.finditer(text)]
    run: list[re.Match[str]] = []
    for word in _LETTERS.finditer(text):
        if not _is_spoken(word[0]):
            continue
        if run and not _SPOKEN_GAP.fullmatch(text, run[-1].end(), word.start()):
            edits += _spoken(run)
            run = []
        run.append(word)
    edits += _spoken(run)
    return iter(sorted(edits))


def _spoken_count(lowered: str) -> int:
    """At least as many as the digit words of the text: they are counted inside other words, too."""
    return sum([lowered.count(word) for word in (*_DIGIT_WORDS, *_TIMES)])


def _is_spoken(word: str) -> bool:
    return word.lower() in _DIGIT_WORDS or word.lower() in _TIMES


def _spoken(run: list[re.Match[str]]) -> list[Edit]:
    digits = ""
    times = 1
    for word in run:
        spoken = word[0].lower()
        digits += _DIGIT_WORDS.get(spoken, "") * times
        times = _TIMES.get(spoken, 1)
    return [(run[0].start(), run[-1].end(), digits)] if len(digits) >= _FEWEST_SPOKEN else []
