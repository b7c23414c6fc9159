"""A reading made ready to be compared: negations, `only` and owners in one form each."""

from dataclasses import replace

from assistant.answering.grounding.matching.tree import GAP, Clause, Group, Link, Noun, Unit
from assistant.answering.grounding.matching.vocabulary import adjective

_PAIR = 2
_STATES = frozenset({"open", "likely", "unlikely", "necessary", "possible", "high"})
_SHARES = frozenset({"all", "each", "any", "some", "most"})
_CONDITIONS = frozenset({"if", "when", "where", "once", "after"})
_TURNED = {"unless": "if", "until": "after", "before": "after", "without": "with"}


def settle(units: list[Unit]) -> list[Unit]:
    seen: set[int] = set()
    for unit in units:
        _settle(unit, seen)
        if unit.verb and unit.doer is None and not (unit.passive or unit.modals or unit.denied or unit.gerund):
            unit.doer, unit.modals = Group([Noun("you", "you")]), ["can"]  # `contact our team`
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
    _going_on(unit)
    _legally(unit)
    if unit.verb == "be" and unit.doer is not None and unit.thing is not None:
        _there(unit)
    if unit.verb == "be" and unit.thing is not None and _required(unit):
        unit.verb, unit.doer, unit.thing, unit.links = "", unit.thing, None, []
    unit.links = [part for link in unit.links for part in _parted(link)]
    bare = [link for link in unit.links if link.word == "to" and link.target == Group() and not link.denied]
    if bare and unit.thing is not None and [noun.base for noun in unit.thing.items] in [["us"], ["we"], ["you"]]:
        unit.links = [link for link in unit.links if link is not bare[0]]  # `the law forbids us to` as `forbids it`
        unit.thing = Group([Noun("it", "it")])
    for link in unit.links:
        inner = link.target.units if isinstance(link.target, Clause) and link.word != "to" else []
        for one in inner:
            if one.gerund and one.doer is None and not one.passive and not unit.passive:
                one.doer = unit.doer
    conditions = [link for link in unit.links if link.word in _CONDITIONS and isinstance(link.target, Clause)]
    if unit.only and not unit.denied and len(conditions) == 1:  # `we only do it if A` as `we do it only if A`
        unit.only, conditions[0].only = False, True
    if unit.passive:
        _by_one(unit)
    unit.links = [_moved(unit, link) for link in unit.links]


def _legally(unit: Unit) -> None:
    """`when legally required by A` as `when A legally requires it`."""
    noun = unit.doer.items[0] if unit.doer is not None and len(unit.doer.items) == 1 else Noun()
    by = next((link for link in [*noun.links, *unit.links] if link.word == "by"), None)
    if unit.verb or noun.base != "legally-required" or by is None or not isinstance(by.target, Group):
        return
    unit.verb, unit.doer, unit.thing = "require", by.target, Group([Noun("it", "it")])
    unit.adverbs = [*unit.adverbs, "legally"]
    unit.links = [link for link in unit.links if link is not by]


def _going_on(unit: Unit) -> None:
    """`continue to receive A` as `receive A`."""
    inner = unit.links[0].target if len(unit.links) == 1 and unit.links[0].word == "to" else None
    if unit.verb == "continue" and unit.thing is None and isinstance(inner, Clause) and len(inner.units) == 1:
        one = inner.units[0]
        unit.verb, unit.thing, unit.second, unit.links = one.verb, one.thing, one.second, one.links
        unit.passive, unit.adverbs, unit.residue = one.passive, [*unit.adverbs, *one.adverbs], one.residue


def _by_one(unit: Unit) -> None:
    """`is opened only by A` as `only A opens it`."""
    for link in unit.links:
        if link.word == "by" and link.only and not link.denied and isinstance(link.target, Group):
            link.only, unit.sole = False, True


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
    if not isinstance(link.target, Group) or not link.target.items:
        return [link]
    since = _since(link)
    if since is not None:
        return [link, since]
    if len(link.target.items) < _PAIR or link.target.joint != "and":
        return [link]
    if link.word == "between" and all(noun.number for noun in link.target.items):
        return [
            replace(link, word=word, target=Group([noun]))
            for word, noun in zip(("from", "to"), link.target.items, strict=False)
        ]
    if not all(noun.number and noun.links for noun in link.target.items):
        return [link]
    return [replace(link, target=Group([noun]), joint="and") for noun in link.target.items]


def _since(link: Link) -> Link | None:
    """`within 72 hours of the breach` as `within 72 hours` and `after the breach`."""
    last = link.target.items[-1] if isinstance(link.target, Group) else Noun()
    of = next((other for other in last.links if other.word == "of"), None)
    if link.word != "within" or not last.number or of is None:
        return None
    last.links = [other for other in last.links if other is not of]
    return replace(of, word="after")


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
    if unit.denied and link.word in _TURNED and stated and not (link.only or link.denied):
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
    share = noun.base or noun.quantity
    if share in _SHARES and not noun.mods:
        return replace(inner, quantity=share, links=[*inner.links, *(link for link in noun.links if link is not of)])
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


def _plain(noun: Noun) -> None:
    """`upgrades that are relevant` as `relevant upgrades`, `data that is encrypted` as `encrypted data`."""
    for link in noun.links:
        unit = link.target.units[0] if isinstance(link.target, Clause) and len(link.target.units) == 1 else None
        if link.word != "that" or unit is None or unit.doer is None or unit.doer.items[0].base != GAP:
            continue
        if unit.denied or unit.only or unit.modals or unit.adverbs or unit.links or unit.residue:
            continue
        state = unit.thing.items if unit.thing is not None and unit.verb == "be" else []
        if len(state) == 1 and adjective(state[0].base) and not (state[0].mods or state[0].links or state[0].article):
            noun.mods.insert(0, state[0].base)
        elif unit.passive and unit.thing is None:
            noun.mods.insert(0, unit.verb)
        else:
            continue
        noun.links = [other for other in noun.links if other is not link]
        return


def _group(group: Group | None, seen: set[int]) -> None:
    if group is None or not group.items or id(group) in seen:
        return
    seen.add(id(group))
    group.items = [_counted(noun) for noun in group.items]
    _spread(group)
    for noun in group.items:
        _plain(noun)
        if isinstance(noun.owner, Noun):
            owner = Group([noun.owner])
            noun.owner = None
            noun.links.insert(0, Link("of", owner))
        for link in noun.links:
            _link(link, seen)
