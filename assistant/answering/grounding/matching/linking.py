"""Whether two links join alike, whatever they join: `if` and `when`, `for clients` and `if you are a client`."""

from dataclasses import replace

from assistant.answering.grounding.matching.setting import LINKS, Setting
from assistant.answering.grounding.matching.tree import GAP, Clause, Group, Link, Noun


def held(clause: Clause) -> Group | None:
    """What is there, what the reader is or has: `if there is a merger`, `if you are a client`, as `for clients`."""
    if len(clause.units) != 1:
        return None
    unit = clause.units[0]
    if (
        unit.verb not in {"be", "have"}
        or unit.doer is None
        or unit.modals
        or unit.denied
        or unit.adverbs
        or not unit.thing
    ):
        return None
    if [noun.base for noun in unit.doer.items] not in [["there"], ["you"]] or (
        len(unit.thing.items) > 1 and unit.links
    ):
        return None
    last = unit.thing.items[-1]
    return Group([*unit.thing.items[:-1], replace(last, links=[*last.links, *unit.links])], unit.thing.joint)


def doing(clause: Clause) -> Group | None:
    """`if changes affect it` as `for changes that affect it`."""
    unit = clause.units[0]
    if len(clause.units) != 1 or unit.doer is None or not unit.doer.items or not (unit.thing or unit.passive):
        return None
    relative = Link("that", Clause([replace(unit, doer=Group([Noun(GAP)]))]))
    nouns = [replace(noun, links=[*noun.links, relative]) for noun in unit.doer.items]
    return Group(nouns, unit.doer.joint)


def turned(said: Link, source: Link) -> bool:
    """`only if there is consent` as `only with consent`; `help deliver` as `assist in delivering`."""
    pair = {said.word, source.word}
    if said.only and source.only:
        return pair <= {"if", "when", "with", "on"}
    return pair == {"in", "to"} and isinstance(said.target, Clause) and isinstance(source.target, Clause)


def corresponding(said: str, source: str) -> bool:
    return said == source or any(said in words and source in words for words in LINKS)


def same_measure(said: Noun | None, source: Noun | None, setting: Setting) -> bool:
    if said is None or source is None:
        return said is source
    counted = (said.number, said.bound) == (source.number, source.bound)
    return counted and not said.mods and not source.mods and setting.same(said.base, source.base)
