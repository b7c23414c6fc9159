"""The lexicon: which words and phrases stand for which concept, and where they stand in a message.

Reads `concepts.txt`; decides nothing about what a message wants.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

CONCEPTS = Path(__file__).parent / "concepts.txt"
# How many words may stand where a phrase has a gap.
_LONGEST_GAP = 4
# A word this long may be one slip of the keyboard away from a word of the lexicon.
_SLIPS_FROM = 6
_SLIPS_TO = 24
# Of how many different words the lexicon remembers what begins with them: people use the same few thousand.
_REMEMBERED = 8_192
_TOKEN = re.compile(r"\[[a-z_]+\]|\w+(?:['.\-/&]\w+)*|[?!.;:\n]+")
_ENDS = re.compile(r"[?!.;:\n]+$")


def tokens(text: str) -> list[str]:
    """Words, placeholders and marks, in compatibility form and folded case."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'"))


def is_mark(token: str) -> bool:
    return _ENDS.match(token) is not None


@dataclass(frozen=True, slots=True)
class Phrase:
    words: tuple[str, ...]
    concept: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Looks up concepts; `phrases` by their first word, `stems` by their letters, `slips` by a word less one letter."""

    phrases: dict[str, tuple[Phrase, ...]]
    stems: dict[str, tuple[Phrase, ...]]
    slips: dict[str, str]
    shortest: int
    longest: int
    _known: dict[str, tuple[Phrase, ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def load(cls, path: Path = CONCEPTS) -> Self:
        lines = (line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
        entries = [
            Phrase(tuple(entry.split()), concept)
            for concept, _, phrases in (line.partition(": ") for line in lines)
            for entry in phrases.split(", ")
        ]
        phrases: dict[str, list[Phrase]] = {}
        stems: dict[str, list[Phrase]] = {}
        for entry in entries:
            first = entry.words[0]
            (stems if first.endswith("*") else phrases).setdefault(first.rstrip("*"), []).append(entry)
        lengths = [len(stem) for stem in stems]
        slips = {
            short: word
            for word in sorted({entry.words[0].rstrip("*") for entry in entries if len(entry.words) == 1}, reverse=True)
            if len(word) >= _SLIPS_FROM and word.isalpha()
            for short in _less_one(word)
        }
        return cls(
            {word: tuple(found) for word, found in phrases.items()},
            {stem: tuple(found) for stem, found in stems.items()},
            slips,
            min(lengths),
            max(lengths),
        )

    def concepts(self, words: list[str], at: int) -> Iterator[str]:
        """The concepts of what begins at that word."""
        word = words[at]
        found = False
        for phrase in self._beginning_with(word):
            if _follows(phrase.words, words, at):
                found = True
                yield phrase.concept
        if not found and _SLIPS_FROM - 1 <= len(word) <= _SLIPS_TO and word.isalpha():
            meant = next((self.slips[short] for short in (word, *_less_one(word)) if short in self.slips), None)
            if meant is not None and abs(len(meant) - len(word)) <= 1:
                yield from (phrase.concept for phrase in self._beginning_with(meant) if len(phrase.words) == 1)

    def _beginning_with(self, word: str) -> tuple[Phrase, ...]:
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[word] = tuple(self._looked_up(word))
        return known

    def _looked_up(self, word: str) -> Iterator[Phrase]:
        yield from self.phrases.get(word, ())
        for length in range(self.shortest, min(self.longest, len(word)) + 1):
            yield from self.stems.get(word[:length], ())


def _less_one(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(1, len(word)))


def _follows(phrase: tuple[str, ...], words: list[str], at: int) -> bool:
    place = at + 1
    for position in range(1, len(phrase)):
        wanted = phrase[position]
        if wanted == "~":
            continue
        reach = _LONGEST_GAP + 1 if phrase[position - 1] == "~" else 1
        here = next((place + step for step in range(reach) if _is(words, place + step, wanted)), None)
        if here is None:
            return False
        place = here + 1
    return True


def _is(words: list[str], at: int, wanted: str) -> bool:
    if at >= len(words):
        return False
    return words[at].startswith(wanted[:-1]) if wanted.endswith("*") else words[at] == wanted
