"""Secrets that a person states: "my password is …", `API_KEY=…`, "otp 482913".

Knows the words that announce a secret, and the words that never are one: "my password is not working" tells nothing.
"""

import re
from collections.abc import Iterator

from assistant.redaction.folding import folded
from assistant.redaction.spans import Kind, Span
from assistant.redaction.tokens import is_machine_made

_CHOSEN = rf"pass(?:[ _-]?(?:word|wd|phrase|code|key))|pwd|{folded('पासवर्ड')}"
_ISSUED = (
    r"(?:secret|access|api|auth|client|consumer|encryption|licen[cs]e|master|private|refresh|session|signing|ssh|"
    r"webhook)[ _-]?(?:access[ _-]?)?(?:key|token|secret|id)|secret|token|recovery (?:code|phrase)|seed phrase|cookie"
)
_NUMERIC = (
    r"otp|one[ -]?time (?:password|passcode|code|pin)|cvv2?|cvc|mpin|pin(?! ?code)|"
    r"(?:verification|security|auth(?:entication)?|2fa|login) code"
)
_SAYS = (
    r"(?:[\"'] ?)?(?: {0,3}(?P<sign>:=|=>|->|[:=]) {0,3}| {1,3}(?:is|was|are|hai|set to|changed to)(?: ?: ?| {1,3}))"
)
_VALUE = r"(?P<value>\"[^\"\n]{1,256}\"|'[^'\n]{1,256}'|`[^`\n]{1,256}`|\S{1,512})"

_STATED = re.compile(
    rf"(?<![A-Za-z?&])(?:(?P<chosen>{_CHOSEN})|(?P<issued>{_ISSUED})){_SAYS}{_VALUE}",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?<![A-Za-z])(?:{_CHOSEN}) {{1,3}}(?P<value>[^\s:=]{{6,128}})", re.IGNORECASE)
_FAR = re.compile(
    rf"(?<![A-Za-z])(?:{_CHOSEN}) (?:for|of|to|on|at|in)\b[\w @.,'-]{{1,48}}? "
    r"(?:is|was|=|:) {0,3}(?P<value>\S{4,128})",
    re.IGNORECASE,
)
# A whole message: what follows "password:" in the message before.
_ALONE = re.compile(r"\s{0,8}(?P<value>[^\s:=/\[\]]{8,64})\s{0,8}")
_CODE = re.compile(
    rf"(?<![A-Za-z])(?:{_NUMERIC})(?: {{0,3}}(?:number|no|is|was|[:=#.-])){{0,3}} {{0,3}}"
    r"(?P<value>\d{3,8}|\d(?:[ -]\d){2,7}|\d{3,4}[ -]\d{3,4})(?![\w/]|[.:-]\d)",
    re.IGNORECASE,
)

# One of these stands in every announcement: a cheap look before the patterns run.
_HINTS = (
    "pass",
    "pwd",
    folded("पासवर्ड"),
    "secret",
    "token",
    "key",
    "cookie",
    "seed",
    "recovery",
    "_id",
    "client",
    "session",
)
_CODE_HINTS = ("otp", "cvv", "cvc", "pin", "code", "one time", "one-time")

_PLACEHOLDER = re.compile(r"\[[a-z_]+\]")
_TRAILING = ".,;:!?)]}\"'"
_SYMBOLS = frozenset("!@#$%^&*+=~_")
_HUMP = re.compile(r"[a-z][A-Z]")
_SHORTEST_ISSUED = 6
_SHORTEST_CHOSEN = 4
# Names of methods and spans of time look like passwords: letters with digits.
_METHOD = re.compile(
    r"(?:sha|aes|md|rsa|argon|bcrypt|oauth|pbkdf|base|saml|v|web3|k8s|s3|ec2|b2b|24x)-?\d", re.IGNORECASE
)
_COUNTED = re.compile(r"\d{1,4}\+?(?:-|st|nd|rd|th|x|h|hrs?|days?|mins?|chars?)", re.IGNORECASE)
_ENDINGS = ("ed", "ing", "ly", "able", "ible", "en", "n't", "n\u2019t")
_ORDINARY_WORDS = (
    "a about account after again all also always an and any are as at available bad because been before being best "
    "better but by can complex correct could data did different do does down due each either email empty enough even "
    "ever fine first for from gone good had has have he help here how i if important in incorrect insecure into "
    "invalid is it its just kept known last like long lost mandatory may me must my necessary never new no none not "
    "now of off ok okay old on one online only optional or our out over own part plain please private public put "
    "reset right rules safe same secret secure sensitive sent set shared she short should so some still stolen "
    "strong such temporary than that the their them then there they this to too true unique unsafe up us used valid "
    "very was we weak well were what when where which who why will with wrong yes yet you your"
)
_ORDINARY = frozenset(_ORDINARY_WORDS.split())


def password_spans(text: str) -> Iterator[Span]:
    """Claims of stated secrets in canonical text; they may overlap."""
    lowered = text.lower()
    if (alone := _ALONE.fullmatch(text)) and _looks_chosen(alone["value"]):
        yield Span(*alone.span("value"), Kind.SECRET, alone["value"])
    if any(hint in lowered for hint in _HINTS):
        yield from (_span(match) for match in _STATED.finditer(text) if _is_secret(text, match))
        for pattern in (_BARE, _FAR):
            yield from (_span(match) for match in pattern.finditer(text) if _stands_out(_bare(match["value"])))
    if any(hint in lowered for hint in _CODE_HINTS):
        yield from map(_span, _CODE.finditer(text))


def _looks_chosen(word: str) -> bool:
    """Whether a message of this one word can hardly be anything else: letters of both sizes, digits and signs."""
    has_digit = any(character.isdigit() for character in word)
    return has_digit and bool(_SYMBOLS & set(word)) and word.lower() != word != word.upper()


def _span(match: re.Match[str]) -> Span:
    """The value without its quotes and without the punctuation of the sentence."""
    value = match["value"]
    start = match.start("value")
    if value[0] in "\"'`" and value[-1] == value[0] and len(value) > len('""'):
        return Span(start + 1, start + len(value) - 1, Kind.SECRET, value[1:-1])
    value = _bare(value) or value
    return Span(start, start + len(value), Kind.SECRET, value)


def _bare(value: str) -> str:
    return value.rstrip(_TRAILING)


def _is_secret(text: str, match: re.Match[str]) -> bool:
    value = match["value"]
    if _PLACEHOLDER.match(value):
        return False
    if value[0] in "\"'`" and value[-1] == value[0] and len(value) > len('""'):
        return True
    word = _bare(value)
    if match["issued"]:
        return len(word) >= _SHORTEST_ISSUED and is_machine_made(word) and not _METHOD.match(word)
    if _stands_out(word):
        return True
    return _is_a_word_given_as_password(text, match, word)


def _stands_out(word: str) -> bool:
    """Whether the word could not stand in a sentence: digits in it, signs in it, capitals inside."""
    if len(word) < _SHORTEST_CHOSEN or _METHOD.match(word) or _COUNTED.match(word) or _PLACEHOLDER.match(word):
        return False
    has_digit = any(character.isdigit() for character in word)
    has_letter = any(character.isalpha() for character in word)
    return (has_digit and has_letter) or word.isdigit() or bool(_SYMBOLS & set(word)) or bool(_HUMP.search(word))


def _is_a_word_given_as_password(text: str, match: re.Match[str], word: str) -> bool:
    """A plain word: after = always, else where the clause ends with it and it says nothing about passwords."""
    lowered = word.lower()
    if not word or lowered in _ORDINARY:
        return False
    sign = match["sign"]
    if sign and (sign == "=" or match.end("sign") == match.start("value")):
        return True
    if lowered.endswith(_ENDINGS):
        return False
    after = text[match.start("value") + len(word) :].lstrip(" ")[:4]
    return not after or after[0] in ".,;!\n" or after.lower() in {"and ", "but ", "hai", "hai."}
