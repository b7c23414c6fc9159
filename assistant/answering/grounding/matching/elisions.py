"""Statements whose verb is that of the one before: `A after five months and B after six`, `A, but not B`."""

from collections.abc import Callable

from assistant.answering.grounding.matching.cursor import NOMINAL, Cursor
from assistant.answering.grounding.matching.nouns import NounReader
from assistant.answering.grounding.matching.tokens import Tag
from assistant.answering.grounding.matching.tree import Clause, Group, Unit


class Elisions:
    def __init__(self, cursor: Cursor, nouns: NounReader, roots: list[Unit], rest: Callable[[Unit], None]) -> None:
        self._cursor = cursor
        self._nouns = nouns
        self._roots = roots
        self._rest = rest

    def gapped(self, unit: Unit) -> bool:
        """`A after five months and B after six`: the verb is that of the statement before."""
        if (
            self._cursor.now.tag is not Tag.JOINT
            or self._cursor.now.form not in {"and", "but", "or"}
            or self._cursor.depth
        ):
            return False
        if self._cursor.peek().tag not in NOMINAL or self._cursor.starts(1):
            return False
        if unit.passive and not unit.denied and self._done(unit):
            return True
        if not unit.links or self._cursor.now.form == "or":
            return False
        here = self._cursor.at
        self._cursor.at += 1
        group = self._nouns.group(subject=False)
        link = self._cursor.now
        if link.tag is not Tag.LINK or link.form != unit.links[-1].word:
            self._cursor.at = here
            return False
        other = Unit(unit.verb, group, passive=unit.passive, denied=unit.denied, modals=list(unit.modals))
        self._roots.append(other)
        self._rest(other)
        return True

    def _done(self, unit: Unit) -> bool:
        """`A is reviewed and B updated`."""
        here, joint = self._cursor.at, self._cursor.now.form
        self._cursor.at += 1
        group = self._nouns.group(subject=True)
        verb = self._cursor.now
        if verb.tag is not Tag.VERB or not verb.passive or group.items[-1].links:
            self._cursor.at = here
            return False
        self._cursor.at += 1
        other = Unit(verb.base, group, passive=True, modals=list(unit.modals))
        unit.joint = other.joint = joint
        self._roots.append(other)
        self._rest(other)
        return True

    def denied(self, unit: Unit, place: int) -> bool:
        """`we pass on A, but not B`: the verb of what is denied is the one before."""
        follows = self._cursor.peek(place + 1)
        if follows.tag not in NOMINAL or self._cursor.starts(place + 1) or unit.denied or not unit.verb:
            return False
        if not (unit.thing or unit.passive) or _nested(unit):
            return False
        self._cursor.at += place + 1
        group = self._nouns.group(subject=False)
        other = Unit(unit.verb, unit.doer, group, passive=unit.passive, denied=True, modals=list(unit.modals))
        if unit.passive:
            other.doer, other.thing = group, None
        other.links = list(unit.links)
        self._rest(other)
        self._roots.append(other)
        return True


def _nested(unit: Unit) -> bool:
    """Whether a statement inside this one stands before what follows."""
    if unit.links and isinstance(unit.links[-1].target, Clause):
        return True
    groups = [unit.doer, unit.thing, *(link.target for link in unit.links if isinstance(link.target, Group))]
    return any(link.word == "that" for group in groups if group for noun in group.items for link in noun.links)
