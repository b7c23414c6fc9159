"""A sentence against its clauses, both read as statements."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from assistant.answering.grounding.matching.closed import MILDER, NARROWING, listed
from assistant.answering.grounding.matching.cursor import END
from assistant.answering.grounding.matching.marking import marked
from assistant.answering.grounding.matching.phrases import UNITS
from assistant.answering.grounding.matching.reading import read
from assistant.answering.grounding.matching.setting import Setting
from assistant.answering.grounding.matching.settling import settle
from assistant.answering.grounding.matching.tokens import Tag, Token
from assistant.answering.grounding.matching.tree import Clause, Link, Unit, spoken, unit_nouns
from assistant.answering.grounding.matching.units import differs, likened, supporting
from assistant.answering.grounding.matching.wording import Word, words

# Words that narrow or widen: a sentence has no more of them than its clauses.
_COUNTED = listed("no only all each some most many few several never always any half just solely")
_SAME = {"each": "all", "solely": "only", "just": "only", "exclusively": "only", "multiple": "several"}
_PLACED = frozenset({Tag.NOUN, Tag.VERB, Tag.NUMBER, Tag.ADVERB, Tag.MODAL})
_TELLING = frozenset({"because", "though"})


class Text:
    """The words of a sentence or of its clauses, and what was read of them."""

    def __init__(self, texts: Sequence[str], names: Sequence[str]) -> None:
        self.words: list[Word] = []
        self.units: list[Unit] = []
        self.complete = True  # each word has its place in a statement
        for text in texts:
            parts = words(text, names)
            tokens = marked(parts)
            units = read(tokens)
            placed = set(spoken(units))
            self.words += parts
            self.complete = self.complete and all(
                MILDER.get(token.form, token.base) in placed
                for token in tokens
                if token.tag in _PLACED and token.form not in NARROWING
            )
            self.complete = self.complete and not any(map(_dangles, tokens, [*tokens[1:], END], [END, *tokens]))
            self.units += settle(units)

    @property
    def nouns(self) -> list[str]:
        return [noun.base for unit in self.units for noun in unit_nouns(unit)]


def _dangles(token: Token, after: Token, before: Token) -> bool:
    """A link that joins nothing, as in `it gets your data after`, where it does not measure: `30 days before`."""
    return token.tag is Tag.LINK and token.form != "to" and after.tag is Tag.COMMA and before.base not in UNITS


@lru_cache(maxsize=256)
def _read(clauses: tuple[str, ...], names: tuple[str, ...]) -> Text:
    """Published text alone is kept; what a model wrote is not."""
    return Text(clauses, names)


def rests(sentence: str, clauses: Sequence[str], names: Sequence[str], *, opening: bool = False) -> bool:
    """Whether all that a sentence says is said by its clauses; `opening` is the first of a reply."""
    said, source = Text([sentence], names), _read(tuple(clauses), tuple(names))
    if not said.units or not said.complete or _widened(said, source) or _mixed(source):
        return False
    alone = opening and len(said.units) == 1 and len(clauses) == 1
    setting = replace(_setting(said, source), opening=alone and len(source.units) == 1)
    told = list(_told(source.units))
    setting = replace(setting, excused=[link for link in _contrasts(source.units) if _stated(said, link, setting)])
    found = [supporting(unit, told, setting) for unit in said.units]
    return all(found) and _whole({at for places in found for at in places}, told)


def contradicts(sentence: str, clauses: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a statement is that of a clause with another modality, or with a condition cut short."""
    said, source = Text([sentence], names), _read(tuple(clauses), tuple(names))
    setting = _setting(said, source)
    return any(
        all(found)
        for unit in said.units
        if (found := [differs(unit, one) for one in source.units if likened(unit, one, setting)])
    )


def _setting(said: Text, source: Text) -> Setting:
    return Setting(
        said.nouns,
        source.nouns,
        words=frozenset(word.base for word in source.words),
        addressed=any(word.form in {"you", "your"} for word in source.words),
        kinds=[noun for unit in source.units for noun in unit_nouns(unit)],
    )


def _told(units: Sequence[Unit]) -> list[Unit]:
    """What a clause states: its statements, and the reasons and contrasts that it gives with them."""
    inner = [unit for outer in units for link in outer.links if link.word in _TELLING for unit in _units(link)]
    return [*units, *inner, *(unit for outer in units for link in _withouts(outer) for unit in _units(link))]


def _withouts(unit: Unit) -> list[Link]:
    """`we share A without revealing B`: that B is not revealed."""
    stated = not (unit.modals or unit.denied or unit.turned)
    return [link for link in unit.links if link.word == "without" and _units(link) and stated and not link.only]


def _units(link: Link) -> list[Unit]:
    units = link.target.units if isinstance(link.target, Clause) else []
    return [replace(unit, denied=True) for unit in units] if link.word == "without" else units


def _contrasts(units: Sequence[Unit]) -> list[Link]:
    though = [link for unit in units for link in unit.links if link.word == "though"]
    return [*though, *(link for unit in units for link in _withouts(unit))]


def _stated(said: Text, link: Link, setting: Setting) -> bool:
    return any(supporting(unit, _units(link), setting) for unit in said.units)


def _whole(found: set[int], told: Sequence[Unit]) -> bool:
    """Whether `we do not A, but we B` is told with its B."""
    return all(
        at not in found or at + 1 in found or not (one.denied and then.contrast and not then.denied)
        for at, (one, then) in enumerate(pairwise(told))
    )


def _widened(said: Text, source: Text) -> bool:
    ours, theirs = (Counter(_SAME.get(word.base, word.base) for word in text.words) for text in (said, source))
    theirs["any"] += max(0, theirs["no"] - ours["no"])
    theirs["never"] += max(0, theirs["no"] - ours["no"])
    theirs["no"] += max(0, theirs["not"] + theirs["never"] - ours["not"] - ours["never"])
    theirs["only"] += sum(max(0, theirs[word] - ours[word]) for word in ("unless", "until", "before", "without"))
    return any(ours[word] > theirs[word] for word in _COUNTED)


def _mixed(source: Text) -> bool:
    """Two runs of examples: what belongs to which is not to be seen."""
    return sum(word.form in {"including", "like"} for word in source.words) > 1
