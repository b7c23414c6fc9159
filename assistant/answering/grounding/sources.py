"""A clause made ready to be held against sentences: its words, its frames, and how much of it may be left unsaid."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answering.grounding import lexicon as lex
from assistant.answering.grounding.frames import Frame
from assistant.answering.grounding.groups import verb_class
from assistant.answering.grounding.statements import frames_of
from assistant.answering.grounding.tagging import Token, family, normal, tagged
from assistant.answering.grounding.words import Words, heads, of

_OTHERS = heads(lex.OTHER_PERSONS)
_OWN = heads(lex.OWN_NOUNS)
_TWICE = 2  # runs of examples: what belongs to which is not to be seen in the frames


@dataclass(frozen=True, slots=True)
class Source:
    """`owned` are the nouns that may be called the reader's; `pairs` what `of`, `and` and `or` join in the clause."""

    words: Words
    tokens: tuple[Token, ...]
    frames: tuple[Frame, ...]
    loose: bool
    owned: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    lemmas: frozenset[str]
    parts: "tuple[Source, ...]" = ()

    @property
    def addressed(self) -> bool:
        """Whether the clause is about what its reader does."""
        return all(frame.subject.items == [(lex.YOU,)] for frame in self.frames)


def source_of(words: Words) -> Source:
    """The clause and, where it makes several statements one by one, each of them."""
    return replace(_read(words), parts=tuple(map(_read, _parts(words))))


def _read(words: Words) -> Source:
    tokens = tagged(words)
    return Source(
        words,
        tokens,
        tuple(frames_of(tokens) or ()),
        not restricted(words.without({"limited"})),
        frozenset() if set(words.canon) & _OTHERS else _OWN,
        frozenset(_pairs([family(word) for word in words.canon])),
        frozenset(verb_class(word) for word in (*map(family, words.canon), *(lemma for lemma, _ in normal(words)))),
    )


def restricted(words: Words) -> bool:
    """Whether something narrows, or two runs of examples could be taken for one: then nothing may be left out."""
    narrow = any(word in lex.RESTRICTIVE for word in (*words.canon, *words.forms))
    return narrow or words.canon.count(lex.SUCH_AS) >= _TWICE


def _parts(words: Words) -> Iterator[Words]:
    """Statements that a long clause makes one by one: each kind with its own examples, each of several occasions."""
    if words.canon.count(lex.SUCH_AS) >= _TWICE:
        yield from _kinds(words)
    if words.canon[:1] == ("when",):
        yield from _occasions(words)


def _kinds(words: Words) -> Iterator[Words]:
    """`we work with A like B, C like D, and E for F` as `we work with A like B for F`, and so on."""
    first = words.canon.index(lex.SUCH_AS)
    begin = max((at + 1 for at in range(first) if words.canon[at] in lex.PREPOSITIONS), default=0)
    pieces = _pieces(words, begin, len(words))
    if not begin or not all(lex.SUCH_AS in piece.canon for piece in pieces[:-1]) or pieces[-1].canon[0] != "and":
        return
    last = pieces[-1][1:]
    end = next((at for at, word in enumerate(last.canon) if word in lex.PREPOSITIONS), len(last))
    for piece in (*pieces[:-1], last[:end]):
        yield words[:begin] + piece
        if end < len(last):
            yield last[end:] + of(",") + words[:begin] + piece


def _occasions(words: Words) -> Iterator[Words]:
    """`when using A for B, C for D, or E for F, we ...` as `when using A for B, we ...`, and so on."""
    main = next((at for at in range(len(words)) if words.canon[at : at + 2] == (",", lex.ORG)), 0)
    lead = 2
    pieces = _pieces(words, lead, main)
    if not main or len(pieces) <= _TWICE or pieces[-1].canon[0] != "or" or not words.forms[1].endswith("ing"):
        return
    for piece in (*pieces[:-1], pieces[-1][1:]):
        yield words[:lead] + piece + words[main:]


def _pieces(words: Words, begin: int, end: int) -> list[Words]:
    """What stands between the commas."""
    commas = [at for at in range(begin, end) if words.canon[at] == ","]
    spans = zip([begin, *(at + 1 for at in commas)], [*commas, end], strict=True)
    return [words[start:stop] for start, stop in spans if start < stop]


def _pairs(canon: Sequence[str]) -> Iterator[tuple[str, str]]:
    for before, joint, after in zip(canon, canon[1:], canon[2:], strict=False):
        if joint == "of":
            yield before, after
        elif joint in {"and", "or"}:
            yield joint, after
