"""What a statement says, as values: frames of a verb with its parties, its links and what hangs on it.

Reads nothing and compares nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answering.grounding import lexicon as lex
from assistant.answering.grounding.tagging import PERSONS, Tag, Token

MAIN = "<main>"
WHO = "<who>"
THAT = "<that>"

Item = tuple[str, ...]


class Unreadable(Exception):
    """The statement has a shape that the frames do not hold."""


@dataclass(slots=True)
class Nouns:
    """A list of noun groups: the sorted lemmas of each, and the word that joins them (empty for a single one)."""

    items: list[Item] = field(default_factory=list)
    joint: str = ""
    spoken: dict[Item, tuple[Token, ...]] = field(default_factory=dict)  # each group as its tokens, in their order


@dataclass(slots=True, eq=False)
class Frame:
    """`parent` is the frame it hangs on, None for a main statement; `siblings` share its subject and its link."""

    link: str
    parent: "Frame | None"
    verbs: list[str]
    passive: bool
    flags: frozenset[str]
    subject: Nouns
    object: Nouns = field(default_factory=Nouns)
    adjuncts: list[tuple[str, Nouns]] = field(default_factory=list)
    children: list["Frame"] = field(default_factory=list)
    siblings: list["Frame"] = field(default_factory=list)
    verb_joint: str = ""
    joint: str = ""
    bound: bool = False  # what stands in front or beside is about this one as well: neither goes without the other

    fronted: tuple[int, int] | None = None  # where the adjuncts and the lower statements begin that stood in front

    def voiced(self) -> None:
        """The passive turned round: what is kept is the object, who keeps it the subject."""
        if not self.passive:
            return
        if self.object.items:
            raise Unreadable
        self.object = self.subject
        by = [nouns for link, nouns in self.adjuncts if link == "by"]
        self.subject = by[0] if by else Nouns()
        self.adjuncts = [(link, nouns) for link, nouns in self.adjuncts if link != "by"]


def nouns_of(tokens: Sequence[Token]) -> Nouns:
    """The list that these tokens are, joints and all."""
    items, item, joint = list[list[Token]](), list[Token](), ""
    for token in tokens:
        if token.tag is not Tag.JOINT:
            item.append(token)
            continue
        items.append(item)
        item = []
        if token.lemma != ",":
            if joint and joint != token.lemma:
                raise Unreadable
            joint = token.lemma
    items.append(item)
    if not joint:  # `anonymised, aggregated data`
        items = [[token for one in items for token in one]]
    spoken = {_item(found): tuple(found) for found in items if _item(found)}
    return Nouns([found for found in map(_item, items) if found], joint if len(items) > 1 else "", spoken)


def _item(tokens: Sequence[Token]) -> Item:
    """Sorted lemmas, for `clients' data` is `data of clients`; but two parties, or a link inside, keep their order."""
    parts: list[list[str]] = [[]]
    for token in tokens:
        if token.tag is Tag.LINK:
            parts.append([f"{token.lemma}:"])
        elif token.form not in lex.PRAISE:
            parts[-1].append(token.lemma)
    first = parts[0] if sum(word in PERSONS for word in parts[0]) > 1 else sorted(parts[0])
    return (*first, *("+".join(sorted(part)) for part in parts[1:]))
