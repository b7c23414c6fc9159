"""What a sentence is read as: statements with their doers, things and links. Holds values, reads nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

GAP = "<gap>"  # what a relative clause says of its noun


@dataclass(slots=True)
class Noun:
    base: str = ""
    form: str = ""
    mods: list[str] = field(default_factory=list)
    owner: "Noun | str | None" = None
    quantity: str = ""  # all, any, some, no, each
    number: str = ""
    article: bool = False
    bound: str = ""  # at-least, at-most, over, under
    links: "list[Link]" = field(default_factory=list)


@dataclass(slots=True)
class Group:
    items: list[Noun] = field(default_factory=list)
    joint: str = ""


@dataclass(slots=True)
class Clause:
    units: "list[Unit]" = field(default_factory=list)
    joint: str = ""


@dataclass(slots=True)
class Link:
    """`only` narrows to what it stands before; `measure` is how long before or after; `near` what stood before it."""

    word: str
    target: Group | Clause
    measure: Noun | None = None
    only: bool = False
    denied: bool = False
    near: str = ""
    joint: str = ""
    inherited: bool = field(default=False, compare=False)  # from the statement after it


@dataclass(slots=True)
class Unit:
    verb: str = ""
    doer: Group | None = None
    thing: Group | None = None
    second: Group | None = None
    passive: bool = False
    gerund: bool = False
    infinitive: bool = False
    denied: bool = False
    only: bool = False
    sole: bool = False  # `only` stands before the doer
    joint: str = ""  # with the statements that share its doer
    contrast: bool = False  # it begins with `but`
    turned: bool = False  # `not ... unless` read as `only if`
    modals: list[str] = field(default_factory=list)
    adverbs: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    residue: list[str] = field(default_factory=list)


def spoken(units: Sequence[Unit]) -> Iterator[str]:
    """Every word that was placed, in no order."""
    for unit in units:
        yield unit.verb
        yield from (*unit.modals, *unit.adverbs, *unit.residue)
        for noun in unit_nouns(unit):
            yield from (noun.base, noun.number, *noun.mods)
            for link in noun.links:
                yield from _measured(link)
        for link in unit.links:
            yield from _measured(link)


def _measured(link: Link) -> Iterator[str]:
    """The words of a link that are no nouns of their own."""
    if link.measure is not None:
        yield from (link.measure.base, link.measure.number, *link.measure.mods)
    if isinstance(link.target, Clause):
        yield from spoken(link.target.units)
        return
    for noun in link.target.items:
        yield noun.form  # of `30 days beforehand`, read as `before this`
        for inner in noun.links:
            yield from _measured(inner)


def nouns(group: Group | None) -> Iterator[Noun]:
    for noun in group.items if group else ():
        yield noun
        if isinstance(noun.owner, Noun):
            yield noun.owner
        for link in noun.links:
            yield from _linked(link)


def _linked(link: Link) -> Iterator[Noun]:
    if isinstance(link.target, Group):
        yield from nouns(link.target)
    else:
        for unit in link.target.units:
            yield from unit_nouns(unit)


def unit_nouns(unit: Unit) -> Iterator[Noun]:
    for group in (unit.doer, unit.thing, unit.second):
        yield from nouns(group)
    for link in unit.links:
        yield from _linked(link)
