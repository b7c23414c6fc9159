"""One statement in the active voice: who does what to what, under which links."""

from dataclasses import dataclass

from assistant.answering.grounding.matching.tree import Group, Link, Unit

_WE = frozenset({"we", "us"})


@dataclass(slots=True)
class Event:
    verb: str
    doer: Group | None
    thing: Group | None
    links: list[Link]
    unit: Unit

    @property
    def denied(self) -> bool:
        return self.unit.denied


def is_we(group: Group | None) -> bool:
    return group is not None and len(group.items) == 1 and group.items[0].base in _WE


def active(unit: Unit) -> Event:
    doer, thing, links = unit.doer, unit.thing, list(unit.links)
    if unit.passive:
        by = next((link for link in links if link.word == "by" and isinstance(link.target, Group)), None)
        by = None if by is not None and (by.only or by.denied) else by
        links = [link for link in links if link is not by]
        second = thing
        doer, thing = (by.target if by is not None and isinstance(by.target, Group) else None), doer
        if second is not None:  # `you are sent a letter`
            links.append(Link("to", thing or Group()))
            thing = second
        if unit.second is not None:  # more than a passive has room for: it must stand there on both sides
            links.append(Link("", unit.second))
    elif unit.second is not None:
        links.append(Link("to", unit.second))
    return Event(unit.verb, doer, thing, links, unit)
