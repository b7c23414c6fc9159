"""A button or a short answer of another language, sent back as text, read as the English that it stands for.

So every room reads English alone, and a translator adds a language with its buttons and answers in one file. Only what
is known whole is read: a longer message is left as it is.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from assistant.words.book import ENGLISH, Words, languages, words_of

_HEARD, _BUTTONS = "heard", "rights.suggestions"
_SINGLE = ("answering.pass_on", "handover.a_person", "handover.new_code", "handover.skip", "handover.cancel")
_APART = re.compile(r"[\s,.;!?।…\"'“”‘’]+")
_CLAUSES = re.compile(r"[,.;!।…]+")
# The nukta, which NFC sets apart, and chandrabindu for anusvara.
_SAME = str.maketrans({"\u093c": None, "\u0901": "\u0902"})
# Longer than any answer.
_LONGEST = 200


class SentBack:
    """`beside`: further lines of a language with what they stand for, as an organisation has them."""

    def __init__(self, beside: Mapping[str, str] | None = None) -> None:
        english = words_of(ENGLISH)
        self._known: dict[str, str] = {}
        for language in languages():
            if language != ENGLISH:
                self._learn(_pairs(words_of(language), english))
        self._learn((beside or {}).items())

    def in_english(self, text: str) -> str:
        """The English of a message that is known whole, or clause by clause; any other as it is."""
        if len(text) > _LONGEST or text.isascii():
            return text
        if (known := self._known.get(_bare(text))) is not None:
            return known
        clauses = [clause for clause in map(_bare, _CLAUSES.split(text)) if clause]
        if clauses and all(clause in self._known for clause in clauses):
            return ", ".join(self._known[clause] for clause in clauses)
        return text

    def _learn(self, pairs: Iterable[tuple[str, str]]) -> None:
        for line, meant in pairs:
            self._known.setdefault(_bare(line), meant)


def _pairs(words: Words, english: Words) -> Iterable[tuple[str, str]]:
    for key in _SINGLE:
        yield words(key), english(key)
    for key in english.under(_BUTTONS):
        yield from zip(words.each(key), english.each(key), strict=True)
    for key in english.under(_HEARD):
        yield from ((line, english.each(key)[0]) for line in words.each(key))


def _bare(text: str) -> str:
    """One spelling of a message: no capitals, punctuation or double spaces, and the marks that Hindi is often typed
    without or for one another.
    """
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold())
    visible = "".join(sign for sign in composed if unicodedata.category(sign) != "Cf").translate(_SAME)
    return " ".join(filter(None, _APART.split(visible)))
