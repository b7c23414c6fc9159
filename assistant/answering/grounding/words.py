"""Text to canonical words: what two sentences are compared in. Knows no clause structure and refuses nothing."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from assistant.answering.grounding import lexicon as lex

_TOKEN = re.compile(
    r"https?://\S+|www\.\S+|[\w.+]+@[\w-]+(?:\.[\w-]+)+|[$€£₹]?\d+(?:[.,]\d+)*%?|e\.g\.|[^\W_]+(?:'[^\W_]+)*'?|\S",
)
_CURLY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "‑": "-", "‐": "-"})
_VOWEL = re.compile(r"[aeiouy]")
_SHORT = 3  # letters: a word no longer than this has no ending to lose
_DOUBLED = re.compile(r"([bdfglmnprt])\1$")


def plain(text: str) -> str:
    """The text with curly quotes and odd spaces made plain, white space single, in compatibility form."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_CURLY).split())


def stem(word: str) -> str:
    """The word without its inflection (plural, third person, -ed, -ing). Never touches prefixes, -ly, -er or -ion."""
    if len(word) <= _SHORT or not word.isalpha():
        return word
    for suffix in ("ing", "ed"):
        base = word.removesuffix(suffix)
        if base != word and not word.endswith("eed") and len(base) >= _SHORT and _VOWEL.search(base):
            return _bare(base)
    if word.endswith("ies"):
        return _bare(word[:-3] + "y")
    if word.endswith(("sses", "xes", "ches", "shes")):
        return _bare(word[:-2])
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return _bare(word[:-1])
    return _bare(word)


def _bare(base: str) -> str:
    base = _DOUBLED.sub(r"\1", base.removesuffix("e") if len(base) > _SHORT else base)
    return base[:-1] + "i" if base.endswith("y") and len(base) > _SHORT else base


def _classes() -> dict[str, str]:
    heads: dict[str, str] = {}
    for line in lex.SYNONYMS:
        for word in line:
            heads[word] = line[0]
            heads.setdefault(stem(word), line[0])
    return heads


_HEADS = _classes()
_PHRASES = {tuple(_TOKEN.findall(phrase)): meaning.split() for phrase, meaning in lex.PHRASES.items()}
_LONGEST = max(len(phrase) for phrase in _PHRASES)
_KEPT = frozenset(lex.PREPOSITIONS | lex.MODALS | lex.QUANTIFIERS | lex.NEGATIONS | {"and", "or", ",", "have", "right"})
VERB_STEMS = frozenset(_HEADS.get(word, _HEADS.get(stem(word), stem(word))) for word in lex.VERBS)


def head(word: str) -> str:
    """The canonical form of one lower-case word."""
    if word in lex.SINGLE:
        return lex.SINGLE[word]
    if word in lex.NUMBERS:
        return lex.NUMBERS[word]
    if word in _HEADS:
        return _HEADS[word]
    if word in _KEPT:
        return word
    base = stem(word)
    return _HEADS.get(base, base)


def lines(listed: Iterable[Sequence[str]]) -> dict[str, str]:
    """Lines of words that stand for one another, as a map from canonical words to the first of their line."""
    return {head(word): head(line[0]) for line in listed for word in line}


def heads(words: Iterable[str]) -> frozenset[str]:
    """A list of the lexicon as it appears among canonical words."""
    return frozenset(word if word.startswith("<") else head(word) for word in words)


def surface(text: str) -> list[str]:
    """The lower-case words and marks of a plain text; a hyphen inside a compound parts it."""
    return _TOKEN.findall(re.sub(r"(?<=[a-z0-9])-(?=[a-z0-9])", " ", text.lower()))


class Words:
    """Canonical words, each with the form it had in the text (the form tells a verb from a plural noun)."""

    __slots__ = ("canon", "forms")

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        listed = list(pairs)
        self.canon = tuple(canon for canon, _ in listed)
        self.forms = tuple(form for _, form in listed)

    def __len__(self) -> int:
        return len(self.canon)

    def __getitem__(self, span: slice) -> "Words":
        return Words(zip(self.canon[span], self.forms[span], strict=True))

    def without(self, forms: Collection[str]) -> "Words":
        return Words(pair for pair in zip(self.canon, self.forms, strict=True) if pair[1] not in forms)

    def replaced(self, meanings: Mapping[str, str]) -> "Words":
        return Words((meanings.get(canon, canon), form) for canon, form in zip(self.canon, self.forms, strict=True))

    def __add__(self, other: "Words") -> "Words":
        return Words([*zip(self.canon, self.forms, strict=True), *zip(other.canon, other.forms, strict=True)])


def of(*words: str) -> Words:
    return Words((word, word) for word in words)


def canonical(text: str, names: Sequence[str], *, dropped: Collection[str] = lex.FILLERS) -> Words:
    """The canonical words of one plain sentence; the organisation's names and `we` become one word."""
    marks = surface(text.rstrip(".; "))
    found = Words(_walk(marks, _named(names), dropped))
    return found[1:] if found.canon[:1] == (",",) else found


def _named(names: Sequence[str]) -> dict[tuple[str, ...], list[str]]:
    phrases: dict[tuple[str, ...], list[str]] = {}
    for name in names:
        marks = surface(plain(name))
        if marks:
            phrases[tuple(marks)] = [lex.ORG]
            phrases[(*marks[:-1], marks[-1] + "'s")] = [lex.ORGS]
            phrases[(*marks[:-1], marks[-1] + "'")] = [lex.ORGS]
    return phrases


def _walk(
    marks: list[str], named: dict[tuple[str, ...], list[str]], dropped: Collection[str]
) -> Iterator[tuple[str, str]]:
    longest = max([_LONGEST, *map(len, named)])
    at = 0
    while at < len(marks):
        for size in range(min(longest, len(marks) - at), 0, -1):
            phrase = tuple(marks[at : at + size])
            meaning = named.get(phrase, _PHRASES.get(phrase))
            if meaning is not None:
                yield from ((word if word.startswith("<") else head(word), word) for word in meaning)
                break
        else:
            size = 1
            form = marks[at].removesuffix("'s").removesuffix("'")
            if form and form not in dropped:
                yield head(form), form
        at += size
