"""A reading made ready to be compared: negations, `only` and owners in one form each."""

from dataclasses import replace

from assistant.answering.grounding.matching.tree import Clause, Group, Link, Noun, Unit

_PAIR = 2
_STATES = frozenset({"open", "likely", "unlikely", "necessary", "possible", "high"})
_SHARES = frozenset({"all", "each", "any", "some", "most"})
_TURNED = {"unless": "if", "until": "after", "before": "after", "without": "with"}


def settle(units: list[Unit]) -> list[Unit]:
    seen: set[int] = set()
    for unit in units:
        _settle(unit, seen)
    return units


def _settle(unit: Unit, seen: set[int]) -> None:
    for group in (unit.doer, unit.thing, unit.second):
        _group(group, seen)
    for link in unit.links:
        _link(link, seen)
    for group in (unit.doer, unit.thing):
        for noun in group.items if group else ():
            if noun.quantity == "no":
                noun.quantity = "any"
                unit.denied = not unit.denied
            if noun.base in {"nobody", "nothing"}:
                noun.base, noun.quantity = {"nobody": "anyone", "nothing": "anything"}[noun.base], ""
                unit.denied = not unit.denied
    if unit.verb == "be" and unit.doer is not None and unit.thing is not None:
        _there(unit)
    if unit.verb == "be" and unit.thing is not None and _required(unit):
        unit.verb, unit.doer, unit.thing, unit.links = "", unit.thing, None, []
    unit.links = [part for link in unit.links for part in _parted(link)]
    unit.links = [_moved(unit, link) for link in unit.links]


def _required(unit: Unit) -> bool:
    """`where this is legally required` as `where legally required`."""
    if unit.doer is None or unit.thing is None or unit.denied or len(unit.thing.items) != 1:
        return False
    noun = unit.thing.items[0]
    if noun.base != "legally-required" or unit.doer.items[0].base not in {"this", "it", "that", ""}:
        return False
    noun.links += unit.links
    return True


def _parted(link: Link) -> list[Link]:
    """`for seven years in A and eight years in B` as two links."""
    if not isinstance(link.target, Group) or len(link.target.items) < _PAIR or link.target.joint != "and":
        return [link]
    if not all(noun.number and noun.links for noun in link.target.items):
        return [link]
    return [replace(link, target=Group([noun]), joint="and") for noun in link.target.items]


def _there(unit: Unit) -> None:
    """`there is an open complaint` as `a complaint is open`."""
    if unit.doer is None or unit.thing is None or [noun.base for noun in unit.doer.items] != ["there"]:
        return
    last = unit.thing.items[-1]
    first = unit.thing.items[0]
    if first.mods and first.mods[0] in _STATES:
        state = first.mods.pop(0)
        unit.doer, unit.thing = unit.thing, Group([Noun(state, state)])
        last.links += [link for link in unit.links if link.near == last.base]
        unit.links = [link for link in unit.links if link.near != last.base]


def _moved(unit: Unit, link: Link) -> Link:
    """`not ... unless B` as `only if B`."""
    stated = isinstance(link.target, Clause) or link.word == "without"
    if unit.denied and link.word in _TURNED and stated and not link.only:
        unit.denied = False
        unit.turned = True
        return Link(_TURNED[link.word], link.target, link.measure, only=True, near=link.near)
    return link


def _link(link: Link, seen: set[int]) -> None:
    if id(link) in seen:
        return
    seen.add(id(link))
    if link.word == "for" and isinstance(link.target, Group):
        for noun in link.target.items:
            if noun.base == "purpose" and noun.mods:
                noun.base = noun.mods.pop()
    if isinstance(link.target, Group):
        _group(link.target, seen)
    else:
        for unit in link.target.units:
            _settle(unit, seen)


def _counted(noun: Noun) -> Noun:
    """`each of these messages` as `each message`, `orders of more than 400` as `orders over 400`."""
    of = next((link for link in noun.links if link.word == "of" and isinstance(link.target, Group)), None)
    if of is None or not isinstance(of.target, Group) or len(of.target.items) != 1:
        return noun
    inner = of.target.items[0]
    if noun.base in _SHARES and not noun.mods:
        return replace(
            inner, quantity=noun.base, links=[*inner.links, *(link for link in noun.links if link is not of)]
        )
    if inner.base == "#" and inner.bound in {"over", "under"}:
        of.word, inner.bound = inner.bound, ""
    return noun


def _spread(group: Group) -> None:
    """What a relative clause after a list says, it says of each item."""
    last = group.items[-1]
    several = len(group.items) >= _PAIR and not last.article and last.owner is None
    said = [link for link in last.links if link.word == "that"] if several else []
    for noun in group.items[1:]:
        if noun.owner is None and not noun.article and isinstance(group.items[0].owner, str):
            noun.owner = group.items[0].owner
    for noun in group.items[:-1]:
        if not any(link.word == "that" for link in noun.links):
            noun.links += [replace(link) for link in said]


def _group(group: Group | None, seen: set[int]) -> None:
    if group is None or not group.items or id(group) in seen:
        return
    seen.add(id(group))
    group.items = [_counted(noun) for noun in group.items]
    _spread(group)
    for noun in group.items:
        if isinstance(noun.owner, Noun):
            owner = Group([noun.owner])
            noun.owner = None
            noun.links.insert(0, Link("of", owner))
        for link in noun.links:
            _link(link, seen)
