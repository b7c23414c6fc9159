"""Text to words in base form, with turns of phrase read as what they say. Knows no grammar and refuses nothing."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.answering.grounding.matching.phrases import CONTRACTIONS, NUMBERS, PARTICLES, phrases
from assistant.answering.grounding.matching.vocabulary import base, joined

_TOKEN = re.compile(
    r"https?://\S+|www\.\S+|[\w.+]+@[\w-]+(?:\.[\w-]+)+|[$€£₹]?\d+(?:[.,:]\d+)*(?:(?:am|pm)\b)?|e\.g\.|[^\W_]+(?:'[^\W_]+)*'?|\S"
)
_CURLY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "‑": "-", "‐": "-", "–": ",", "—": ","})
_COMPOUND = re.compile(r"(?<=[a-z0-9])-(?=[a-z0-9])")
_REACH = 4  # words between a verb and its particle: `switch the recording off`
_MARKS = frozenset('"')


@dataclass(frozen=True, slots=True)
class Word:
    form: str
    base: str


def plain(text: str) -> str:
    """The text with curly quotes and odd spaces made plain, white space single, in compatibility form."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_CURLY).split())


def surface(text: str) -> list[str]:
    """The lower-case words and marks of a plain text; a hyphen inside a compound parts it, `'s` stands alone."""
    found: list[str] = []
    for mark in _TOKEN.findall(_COMPOUND.sub(" ", text.lower())):
        if mark in _MARKS:
            continue
        if mark in CONTRACTIONS:
            found += CONTRACTIONS[mark].split()
            continue
        owner = mark.removesuffix("'s")
        if owner != mark and owner not in {"it", "that", "there", "let", "what", "who"}:
            found += [owner, "'s"]
        elif mark.endswith("s'"):
            found += [mark[:-1], "'s"]
        else:
            found.append(mark)
    return found


def words(text: str, names: Sequence[str]) -> list[Word]:
    """The words of one sentence; the organisation's names are `we`, its possessives `our`."""
    marks = _spoken(surface(plain(text).rstrip(".; ")), names)
    return list(_together([Word(NUMBERS.get(mark, mark), NUMBERS.get(mark) or base(mark)) for mark in marks]))


@cache
def _known_phrases() -> dict[str, list[tuple[list[str], list[str]]]]:
    """By first word, the longest first."""
    found: dict[str, list[tuple[list[str], list[str]]]] = {}
    for phrase, meaning in phrases().items():
        marks = surface(phrase)
        found.setdefault(marks[0], []).append((marks, meaning.split()))
    for listed in found.values():
        listed.sort(key=lambda pair: -len(pair[0]))
    return found


def _spoken(marks: list[str], names: Sequence[str]) -> list[str]:
    own = sorted((surface(plain(name)) for name in names), key=len, reverse=True)
    said: list[str] = []
    at = 0
    while at < len(marks):
        name = next((name for name in own if name and marks[at : at + len(name)] == name), None)
        if name is not None:
            if said[-1:] == ["the"]:
                said.pop()
            at += len(name)
            owns = marks[at : at + 1] == ["'s"]
            before_noun = said[-1:] == ["a"]
            if before_noun:
                said.pop()
            said.append("our" if owns or before_noun else "we")
            at += owns
            continue
        found = next(
            (pair for pair in _known_phrases().get(marks[at], ()) if marks[at : at + len(pair[0])] == pair[0]), None
        )
        if found is None:
            said.append(marks[at])
            at += 1
        else:
            said += found[1]
            at += len(found[0])
    return said


def _together(parts: list[Word]) -> Iterator[Word]:
    """A verb with the words that belong to it as one: `ask for`, `switch it off`."""
    gone: set[int] = set()
    for at, part in enumerate(parts):
        if at in gone:
            continue
        for size in (3, 2):
            phrase = "-".join([part.base, *(other.form for other in parts[at + 1 : at + size])])
            if len(parts) >= at + size and phrase in joined():
                gone |= set(range(at + 1, at + size))
                yield Word(part.form, phrase)
                break
        else:
            end = _particle(parts, at)
            if end:
                gone.add(end)
                yield Word(part.form, f"{part.base}-{parts[end].form}")
            else:
                yield part


def _particle(parts: list[Word], at: int) -> int:
    for end in range(at + 2, min(at + _REACH + 1, len(parts))):
        if parts[end].form in PARTICLES and f"{parts[at].base}-{parts[end].form}" in joined():
            if parts[end].form == "know":
                return end
            following = parts[end + 1].form if end + 1 < len(parts) else ""
            return end if following in {"", ",", "at", "in", "on", "and", "or", "if", "when", "by"} else 0
        if parts[end].form in {",", "and", "or", "to"}:
            return 0
    return 0
