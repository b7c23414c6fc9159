"""What in a question comes from another world than the clause it is proposed for: numbers, names, words of a trade.

A sign for the person who reads the draft, and no judgement: nothing is left out for it.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from knowledge.clause import Clause
from knowledge.periods.numbers import NUMBER_WORDS

# A word that at most one in so many known policies uses belongs to their trade.
_RARE = 4
_SHORTEST_WORD = 4
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?:]\s*$")
_POSSESSIVE = re.compile(r"['’]s?$")
# "one" and the articles are amounts only to a reckoner, and "I" is nobody's name.
_NO_AMOUNTS = frozenset({"a", "an", "one"})
_NO_NAMES = frozenset({"i", "i'm", "i’m", "i've", "i’ve", "i'd", "i’d", "i'll", "i’ll", "ok", "pls", "sir"})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one policy, and those of people who ask about it. `names` are words that it never writes small."""

    words: frozenset[str]
    names: frozenset[str]
    asked: frozenset[str]

    @classmethod
    def of(cls, clauses: Iterable[Clause], *, besides: Iterable[str] = (), asked: Iterable[str] = ()) -> Self:
        """`besides` are words of its own that stand in no clause, such as the organisation's names."""
        texts = [clause.text for clause in clauses]
        small = {word for text in texts for word in _WORD.findall(text) if word[:1].islower()}
        names = {_folded(name) for text in texts for name in _capitalised(text)} - {_folded(word) for word in small}
        return cls(_words((*texts, *besides)), frozenset(names), _words(asked))


@dataclass(frozen=True, slots=True)
class Customs:
    """Tells what is foreign to one policy, `own`; `shared` counts the known policies where a word is said or asked."""

    own: Vocabulary
    shared: Counter[str]
    few: int

    @classmethod
    def of(cls, own: Vocabulary, known: Sequence[Vocabulary]) -> Self:
        shared = Counter(word for vocabulary in known for word in vocabulary.words | vocabulary.asked)
        return cls(own, shared, len(known) // _RARE)

    def foreign(self, question: str, clause: Clause, source: Vocabulary | None) -> tuple[str, ...]:
        """What of the question the clause (a number) or its whole policy (a word) does not have, as it is written.

        `source` is the vocabulary of the policy that the question was asked about; None where there is none.
        """
        amounts = _amounts(clause.text)
        names = {_folded(name) for name in _capitalised(question)}

        def is_foreign(word: str) -> bool:
            amount = _amount(word)
            return self._is_strange(_folded(word), names, source) if amount is None else amount not in amounts

        return tuple(dict.fromkeys(filter(is_foreign, _WORD.findall(question))))

    def _is_strange(self, word: str, names: Collection[str], source: Vocabulary | None) -> bool:
        if word in self.own.words:
            return False
        is_rare = self.shared[word] <= self.few
        of_a_trade = source is not None and word in source.words and len(word) >= _SHORTEST_WORD
        of_its_names = source is not None and word in source.names
        return word in names or (is_rare and (of_a_trade or of_its_names))


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(_folded(word) for text in texts for word in _WORD.findall(text))


def _capitalised(text: str) -> Iterator[str]:
    """The words with a capital that do not owe it to the beginning of a sentence."""
    for match in _WORD.finditer(text):
        before = text[: match.start()].rstrip("“”\"'‘’( ")
        begins = not before or _SENTENCE_END.search(before)
        if match[0][:1].isupper() and not begins and match[0].casefold() not in _NO_NAMES:
            yield match[0]


def _folded(word: str) -> str:
    """In small letters and without the ending of a plural, so that one word is one word."""
    bare = _POSSESSIVE.sub("", word.casefold())
    return bare[:-1] if bare.endswith("s") and len(bare) >= _SHORTEST_WORD else bare


def _amounts(text: str) -> frozenset[str]:
    return frozenset(amount for word in _WORD.findall(text) if (amount := _amount(word)) is not None)


def _amount(word: str) -> str | None:
    """A number, whether written in digits or as a word; None for any other word."""
    if any(sign.isdigit() for sign in word):
        return word.casefold()
    bare = word.casefold()
    return str(NUMBER_WORDS[bare]) if bare in NUMBER_WORDS and bare not in _NO_AMOUNTS else None
