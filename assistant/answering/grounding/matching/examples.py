"""What a statement about a kind says of each of its examples, and one about several of each. Of clauses only."""

from collections.abc import Iterator
from dataclasses import replace

from assistant.answering.grounding.matching.tree import Group, Link, Unit

_BESIDE = frozenset({"with", "to", "from", "through", "by"})


def instances(unit: Unit) -> Iterator[Unit]:
    """What a statement about a kind says of its examples: `tools including A and B` of A and of B."""
    if unit.only or unit.sole:
        return
    for at, link in enumerate(unit.links):
        if link.word == "including" and isinstance(link.target, Group):
            rest = [other for other in unit.links if other is not link]
            if at:
                yield from _told_of(unit, rest, at - 1, link.target)
            elif unit.thing is None:
                yield replace(unit, links=rest, doer=link.target)
            else:
                yield replace(unit, links=rest, thing=link.target)
    for at, link in enumerate(unit.links):
        examples = _examples(link.target) if isinstance(link.target, Group) else None
        if examples is not None:
            yield from _told_of(unit, unit.links, at, examples)
    if unit.doer is not None and (doers := _examples(unit.doer)) is not None:
        yield replace(unit, doer=doers)
    if unit.thing is not None and (things := _examples(unit.thing)) is not None:
        yield replace(unit, thing=things)
    yield from _parts(unit)


def _parts(unit: Unit) -> Iterator[Unit]:
    """`for seven years in A and eight years in B` of A and of B."""
    for link in unit.links:
        if link.joint == "and" and isinstance(link.target, Group) and link.target.items and link.target.items[0].number:
            noun = link.target.items[0]
            rest = [other for other in unit.links if other.word != link.word]
            yield replace(unit, links=[*rest, replace(link, target=Group([replace(noun, links=[])])), *noun.links])


def _examples(group: Group) -> Group | None:
    inner = next((link for noun in group.items for link in noun.links if link.word == "including"), None)
    return inner.target if inner is not None and isinstance(inner.target, Group) and len(group.items) == 1 else None


def _told_of(unit: Unit, links: list[Link], at: int, examples: Group) -> Iterator[Unit]:
    """The statement with the examples in the place of the kind that a link names."""
    if isinstance(links[at].target, Group) and links[at].word in _BESIDE and not links[at].only:
        for told in (examples, *(Group([noun]) for noun in examples.items)):
            link = replace(links[at], target=told)
            yield replace(unit, links=[*links[:at], link, *links[at + 1 :]])
