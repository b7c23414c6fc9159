"""Whether words of a sentence name what a noun group of a clause names. Knows no verbs."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answering.grounding import lexicon as lex
from assistant.answering.grounding import paraphrase as para
from assistant.answering.grounding.frames import Item
from assistant.answering.grounding.groups import OWNERS, verb_class
from assistant.answering.grounding.tagging import Tag, Token, family
from assistant.answering.grounding.words import heads

Ends = frozenset[int]
_PERSONAL = frozenset(map(family, heads(lex.OWN_NOUNS | {"right", "consent", "choice", "data", "device", "browser"})))
_PERSONS = frozenset(map(family, heads(lex.OTHER_PERSONS | para.PERSONS)))
_GLUE = frozenset({"of", "for", "in", "on", "upon", "with", "to", "from", "by", lex.ABOUT})


@dataclass(slots=True)
class Naming:
    """`owned` nouns may be called the reader's own; `addressed`: the clause is about what the reader does."""

    words: Sequence[tuple[str, str]]
    owned: frozenset[str]
    addressed: bool
    of_pairs: frozenset[tuple[str, str]]
    its: bool
    _seen: dict[tuple[Item, int], Ends] = field(default_factory=dict)

    def ends(self, item: Item, spoken: Sequence[Token], place: int) -> Ends:
        key = (item, place)
        if key not in self._seen:
            self._seen[key] = self._named(item, spoken, place)
        return self._seen[key]

    def _named(self, item: Item, spoken: Sequence[Token], place: int) -> Ends:
        tokens = [token for token in spoken if token.form not in lex.PRAISE]
        owned = any(token.lemma in OWNERS for token in tokens)
        starts = {place} if owned else self._unowned(item, place)
        found = {end for start in starts for end in self._run(tokens, start)}
        if len(tokens) > 1 and tokens[-1].lemma == "servic":  # `maintenance services` are maintenance
            found |= {end for start in starts for end in self._run(tokens[:-1], start)}
        if any(token.lemma == "such" for token in tokens) and self._at(place) in {"it", "them"}:
            found.add(place + 1)
        if any(token.tag is Tag.LINK for token in tokens):
            return frozenset(found)
        for begin in range(len(tokens)):
            for end in range(begin + 1, len(tokens)):
                moved, rest = tokens[begin:end], [*tokens[:begin], *tokens[end:]]
                found |= {after for start in starts for after in self._turned(moved, rest, start)}
        for at in range(1, len(tokens)):
            if tokens[at].form.endswith("ing"):  # `data sharing`, `sharing data`
                turned = [*tokens[: at - 1], tokens[at], tokens[at - 1], *tokens[at + 1 :]]
                found |= {end for start in starts for end in self._run(turned, start)}
        return frozenset(found)

    def event(self, spoken: Sequence[Token], place: int) -> Ends:
        """`the project is completed` for `project completion`; the first word may be said as `it` or `they`."""
        tokens = [token for token in spoken if token.form not in lex.PRAISE]
        named = self._run(tokens[:-1], place) if len(tokens) > 1 else set[int]()
        if self._at(place) in {"it", "thei", "they"}:
            named = named | {place + 1}
        return frozenset(
            end + 2
            for end in named
            if self._at(end) == lex.BE and tokens and self._at(end + 1) == verb_class(tokens[-1].lemma)
        )

    def _turned(self, first: Sequence[Token], last: Sequence[Token], place: int) -> set[int]:
        """`policies on data sharing`, `upgrades that are relevant` for the words the other way round."""
        return {
            end
            for middle in self._run(last, place)
            for start in self._glued(first, last, middle)
            for end in self._run(first, start) | self._inverted(first, start)
        }

    def _inverted(self, tokens: Sequence[Token], place: int) -> set[int]:
        inverted = len(tokens) > 1 and tokens[-1].form.endswith("ing")
        return self._run([tokens[-1], *tokens[:-1]], place) if inverted else set()

    def _glued(self, first: Sequence[Token], last: Sequence[Token], end: int) -> set[int]:
        at = self._at(end)
        if (first[-1].lemma, last[0].lemma) in self.of_pairs:
            return {end}
        if at in _GLUE:
            return {end + 1, end + 2} if self._at(end + 1) == lex.ORGS else {end + 1}
        if at in {"that", "which"} and self._at(end + 1) == lex.BE:
            return {end + 2}
        return set()

    def _unowned(self, item: Item, place: int) -> set[int]:
        """Where a group that the clause gives no owner may begin: past an owner that is plain from the clause."""
        said = self._at(place)
        if any(mark.isdigit() for word in item for mark in word):
            return {place}
        mine = (said in {lex.ORGS, "its"} and self._ours(item)) or (said == "its" and self.its)
        yours = said == lex.YOUR and self._yours(item)
        return {place, place + 1} if mine or yours else {place}

    def _ours(self, item: Item) -> bool:
        return bool(self.owned) and not self.addressed and not set(item) & (_PERSONAL | {"their", "its"})

    def _yours(self, item: Item) -> bool:
        if set(item) & (_PERSONS | {"their", "its", lex.ORG}):
            return False
        return self.addressed or bool(set(item) & (self.owned | {"consent"}))

    def _run(self, tokens: Sequence[Token], place: int) -> set[int]:
        ends = {place}
        for number, token in enumerate(tokens):
            before = tokens[number - 1] if number else None
            ends = {end for at in ends for end in self._one(token, self._between(before, token, at))}
        return ends - {place}

    def _between(self, before: Token | None, token: Token, place: int) -> int:
        """Past what may stand inside a group: the `of` of the clause, and the joint of two adjectives."""
        if before is None:
            return place
        joined = self._at(place) == "of" and (before.lemma, token.lemma) in self.of_pairs
        return place + 1 if joined or (self._at(place) in {",", "and"} and _adjective(before)) else place

    def _one(self, token: Token, place: int) -> set[int]:
        said = self._at(place)
        if token.lemma == lex.ORGS:
            return {place + 1} if said in {lex.ORGS, "its"} else {place}
        return {place + 1} if said == verb_class(token.lemma) else set()

    def _at(self, place: int) -> str:
        return self.words[place][0] if place < len(self.words) else ""

    def _form(self, place: int) -> str:
        return self.words[place][1] if place < len(self.words) else ""


def _adjective(token: Token) -> bool:
    return token.form.endswith("ed")
