"""One statement in each form in which it may be read, however it was put."""

from collections.abc import Iterator
from dataclasses import replace

from assistant.answering.grounding.matching.converses import converses
from assistant.answering.grounding.matching.event import Event, active, is_we
from assistant.answering.grounding.matching.tree import GAP, Clause, Group, Link, Noun, Unit

_BELONGING = frozenset({"for", "with", "about", "to", "on", "by"})


def events(unit: Unit) -> Iterator[Event]:
    """The readings of a statement; the first is as it stands, in the active voice."""
    event = active(unit)
    yield event
    yield from converses(event)


def readings(unit: Unit) -> Iterator[Event]:
    """The events of a sentence; there, unlike in a clause, `by` may name a means: `notified by email`."""
    yield from events(unit)
    event = active(unit)
    yield from _belonging(event)
    yield from _restricted(event)
    yield from _enabled(event)
    if event.verb == "help" and event.thing is None and len(event.links) == 1:
        inner = event.links[0].target
        if event.links[0].word == "to" and isinstance(inner, Clause) and len(inner.units) == 1:
            yield from readings(inner.units[0])
    means = next((link for link in event.links if link.word in {"with", "because-of"}), None)
    if unit.modals == ["can"] and is_we(event.doer) and means is not None and isinstance(means.target, Group):
        rest = [link for link in event.links if link is not means]
        deed = Unit(event.verb, thing=event.thing, links=rest)
        enabled = replace(unit, modals=[], verb="use")
        yield Event("use", event.doer, means.target, [Link("to", Clause([deed]))], enabled)
    if unit.passive and event.doer is not None:
        yield replace(event, doer=None, links=[*event.links, Link("by", event.doer)])


def _enabled(event: Event) -> Iterator[Event]:
    """`your settings let you control A` as `you can control A through your settings`."""
    wished = next((link for link in event.links if link.word == "to"), None)
    you = event.thing is not None and [noun.base for noun in event.thing.items] == ["you"]
    if event.verb not in {"let", "enable", "allow"} or not you or event.doer is None or wished is None:
        return
    if (
        event.unit.modals
        or event.unit.passive
        or not isinstance(wished.target, Clause)
        or len(wished.target.units) != 1
    ):
        return
    inner = active(wished.target.units[0])
    rest = [link for link in event.links if link is not wished]
    able = replace(inner.unit, modals=["can"], denied=event.denied)
    yield replace(inner, doer=event.thing, links=[*inner.links, *rest, Link("through", event.doer)], unit=able)


def _belonging(event: Event) -> Iterator[Event]:
    """`schedules for retention`: what follows the thing as a part of it."""
    if event.thing is None or not event.thing.items:
        return
    last = event.thing.items[-1]
    for link in event.links:
        if link.near and link.near == last.base and link.word in _BELONGING and not link.only:
            whole = replace(last, links=[*last.links, link])
            thing = replace(event.thing, items=[*event.thing.items[:-1], whole])
            yield replace(event, thing=thing, links=[other for other in event.links if other is not link])


def _restricted(event: Event) -> Iterator[Event]:
    """`delete information when it is outdated` as `delete information that is outdated`."""
    for link in event.links:
        clause = link.target
        if link.word not in {"if", "when", "where"} or link.only or not isinstance(clause, Clause):
            continue
        if len(clause.units) != 1 or clause.units[0].doer is None or event.thing is None or len(event.thing.items) != 1:
            continue
        if [noun.base for noun in clause.units[0].doer.items] not in [["it"], ["they"]]:
            continue
        relative = Link("that", Clause([replace(clause.units[0], doer=Group([Noun(GAP)]))]))
        noun = event.thing.items[0]
        thing = Group([replace(noun, links=[*noun.links, relative])])
        yield replace(event, thing=thing, links=[other for other in event.links if other is not link])
