"""Whether a statement says what a clause says: each part of it stands in the clause in the same place.

Nothing that narrows the clause is left out, and no claim is added.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.grounding.matching.event import Event, is_we
from assistant.answering.grounding.matching.events import events, readings
from assistant.answering.grounding.matching.examples import instances
from assistant.answering.grounding.matching.heads import (
    addressed,
    called,
    flattened,
    introduced,
    of_kind,
    resolved,
    same_head,
    same_mods,
    same_owner,
    same_quantity,
    shared,
)
from assistant.answering.grounding.matching.leaving import droppable, droppable_adverb, loose_link, may_drop
from assistant.answering.grounding.matching.linking import corresponding, doing, held, same_measure, turned
from assistant.answering.grounding.matching.nominals import deed_of
from assistant.answering.grounding.matching.setting import (
    ASKING,
    CALLED,
    CONDITIONS,
    GIVING,
    HELD,
    PEOPLE,
    READERS,
    READING,
    SEEING,
    SENDING,
    THINGS,
    TIGHT,
    WISHING,
    Setting,
    Used,
)
from assistant.answering.grounding.matching.tree import Clause, Group, Link, Noun, Unit

_REPEATED = frozenset({"anytime"})  # `whenever you want, at any time`
_OPENING = [["it"], ["they"], ["this"], ["these"]]


def supporting(said: Unit, sources: Sequence[Unit], setting: Setting) -> list[int]:
    """Which statements of the clause say this."""
    return [
        at
        for at, source in enumerate(sources)
        if says(said, source, setting) or (at and _conditional(said, sources[at - 1], source, setting))
    ]


def _conditional(said: Unit, first: Unit, then: Unit, setting: Setting) -> bool:
    """`you can ask, and we answer` told as `if you ask, we answer`."""
    given = next((link for link in said.links if link.word in {"if", "when"} and isinstance(link.target, Clause)), None)
    if (
        given is None
        or not isinstance(given.target, Clause)
        or first.denied
        or set(_modals(first, first)) - {"may", "can"}
    ):
        return False
    rest = replace(said, links=[link for link in said.links if link is not given])
    return _clauses(given.target, Clause([replace(first, modals=[])]), replace(setting, strict=True)) and says(
        rest, then, setting
    )


def likened(said: Unit, source: Unit, setting: Setting) -> bool:
    """Whether both tell of the same doing to the same thing."""
    one, other = next(events(said)), next(events(source))
    if not said.verb or said.verb == "be" or not setting.same(one.verb, other.verb):
        return False
    return _things(one, other, setting, Used()) and not said.residue and not source.residue


def differs(said: Unit, source: Unit) -> bool:
    """Whether the one may be where the other is, or has half of the other's joint condition."""
    if _modals(said, source) != _modals(source, source):
        return True
    ours = {link.word: len(link.target.units) for link in said.links if isinstance(link.target, Clause)}
    return any(
        link.word in CONDITIONS and link.target.joint == "and" and 0 < ours.get(link.word, 0) < len(link.target.units)
        for link in source.links
        if isinstance(link.target, Clause)
    )


def says(said: Unit, source: Unit, setting: Setting) -> bool:
    if said.residue or source.residue or said.denied != source.denied or said.sole != source.sole:
        return False
    if (said.joint, source.joint) in {("and", "or"), ("or", "and"), ("or", "")}:
        return False
    if source.joint == "or" and not said.joint and not (said.denied or "may" in source.modals):
        return False
    here = replace(
        setting,
        denied=setting.denied or source.denied or source.turned,
        only=setting.only or source.only or source.sole or any(link.only for link in source.links if not source.turned),
        doubtful="may" in source.modals or "can" in source.modals,
    )
    return any(
        _claims(one.unit, other.unit, setting) and _same_event(one, other, here)
        for one in readings(said)
        for told in (source, *instances(source))
        for other in events(told)
    )


def _claims(said: Unit, source: Unit, setting: Setting) -> bool:
    """Modality and adverbs."""
    ours, theirs = _modals(said, source), _modals(source, source)
    enabled = source.verb in SEEING and not source.passive and not is_we(source.doer) and not source.denied
    if ours != theirs and not (enabled and not source.modals and said.modals == ["can"]):
        return False
    known = list(source.adverbs)
    for at, adverb in enumerate(said.adverbs):
        if adverb in _REPEATED and adverb in said.adverbs[:at]:
            continue
        found = next((one for one in known if setting.same(adverb, one)), None)
        if found is None:
            return False
        known.remove(found)
    return not known or all(droppable_adverb(adverb, setting, source) for adverb in known)


def _modals(unit: Unit, source: Unit) -> list[str]:
    """What we can do is not what we may do; of others, and of what is done, the two say the same."""
    free = source.passive or not is_we(source.doer)
    modals = [modal for modal in unit.modals if modal != "will"]
    return ["may" if modal == "can" and free else modal for modal in modals]


def _same_event(said: Event, source: Event, setting: Setting) -> bool:
    if not setting.same(said.verb, source.verb) or (not said.verb and not setting.strict):
        return False
    used = Used(pool=list(source.links))
    if not _doers(said, source, setting, used) or not _things(said, source, setting, used):
        return False
    for link in said.links:
        if not _find_link(link, source, setting, used):
            return False
    left = [link for link in used.pool if not used.taken(link)]
    return all(droppable(link, source, setting) for link in left) and _only(said, source)


def _doers(said: Event, source: Event, setting: Setting, used: Used) -> bool:
    if said.doer is None:
        allowed = (
            "may" in _modals(source.unit, source.unit) and [noun.base for noun in source.doer.items] == ["you"]
            if source.doer
            else 0
        )
        return source.doer is None or is_we(source.doer) or bool(allowed) or source.unit.gerund
    if setting.opening and source.doer is not None and [noun.base for noun in said.doer.items] in _OPENING:
        return not any(noun.base in PEOPLE | THINGS | {"we", "us"} for noun in source.doer.items)
    if source.doer is None:
        if said.unit.gerund and not source.unit.passive:
            return True
        if [noun.base for noun in said.doer.items] == ["you"] and source.unit.passive and not READERS & setting.words:
            able = "may" in _modals(source.unit, source.unit)
            return (able and source.verb in WISHING) or (setting.strict and source.verb in READING)
        return is_we(said.doer) and (source.unit.passive or source.verb != source.unit.verb)
    return _groups(said.doer, source.doer, replace(setting, only=False), used)


def _things(said: Event, source: Event, setting: Setting, used: Used) -> bool:
    if (
        source.thing is None
        and said.thing is not None
        and [noun.base for noun in said.thing.items] in [["it"], ["them"]]
    ):
        return setting.strict
    if said.thing is None or source.thing is None:
        return said.thing is None and source.thing is None
    return _groups(said.thing, source.thing, setting, used)


def _only(said: Event, source: Event) -> bool:
    """`only` stands before the same part, or before a verb that has the part."""
    ours = [link.word for link in said.links if link.only]
    theirs = [link.word for link in source.links if link.only]
    if source.unit.only:
        conditions = [link.word for link in source.links if link.word in CONDITIONS]
        return said.unit.only and not ours if not conditions else bool(said.unit.only or ours)
    if theirs:
        return len(ours) == len(theirs) or (
            said.unit.only and not ours and (set(theirs) <= CONDITIONS or len(said.unit.links) == 1)
        )
    return not ours and not said.unit.only


def _groups(said: Group, source: Group, setting: Setting, used: Used) -> bool:
    free = list(source.items)
    if not said.items:
        return not source.items
    for noun in said.items:
        found = next(
            (other for other in free if any(_nouns(noun, one, setting, used) for one in shared(other, source))), None
        )
        if found is None:
            return False
        free.remove(found)
    if len(said.items) > 1 and said.joint != source.joint:
        return False
    if free and not may_drop(source.joint, setting):
        return False
    if free:
        used.pool = [link for link in used.pool if not any(link is other for noun in free for other in noun.links)]
    return True


def _nouns(said: Noun, source: Noun, setting: Setting, used: Used) -> bool:
    source = addressed(said, source)
    if not said.mods and called(source) and CALLED.get(said.base) == called(source):
        source = replace(source, base=said.base, mods=source.mods[:-1])
    if not same_head(said, source, setting):
        return False
    if said.base in THINGS | PEOPLE and source.base not in THINGS | PEOPLE:
        return not said.mods and not said.links
    if source.base in THINGS | PEOPLE and said.base not in THINGS | PEOPLE:
        return not said.links and introduced(said, setting)
    if said.number != source.number or said.bound != source.bound or not same_quantity(said, source, setting):
        return False
    said, source = resolved(said, source, setting)
    if not same_owner(said, source, setting):
        return False
    if not all(any(setting.alike(word, other) for other in source.mods) for word in said.mods):
        said = of_kind(said, source, setting)
    if same_mods(said.mods, source.mods, setting) and _noun_links(said, source, setting, used):
        return True
    ours, theirs = flattened(said), flattened(source)
    if (ours is said and theirs is source) or not same_owner(ours, theirs, setting):
        return False
    return same_mods(ours.mods, theirs.mods, setting) and _noun_links(ours, theirs, setting, used)


def _noun_links(said: Noun, source: Noun, setting: Setting, used: Used) -> bool:
    inner = replace(setting, strict=setting.strict)
    free = list(source.links)
    taken: list[Link] = []
    for link in said.links:
        found = next((other for other in free if link_says(link, other, inner)), None)
        if found is not None:
            free.remove(found)
            continue
        near = next(
            (other for other in used.pool if not used.taken(other) and link_says(link, other, inner)),
            None,
        )
        if near is None:
            return False
        taken.append(near)
    used.links += taken
    used.pool += [] if source.base == "outset" else free
    return True


def _find_link(link: Link, source: Event, setting: Setting, used: Used) -> bool:
    """A link of the clause that says the same; that a thing is sent may be told as sent to the reader."""
    target = link.target.items if isinstance(link.target, Group) else []
    spoken_to = setting.addressed or not READERS & setting.words
    sent = (source.unit.passive and source.verb in GIVING) or source.verb in ASKING or _for_reader(source)
    named = any(other.word in {"to", "with", "by"} for other in source.links)
    if link.word == "to" and [noun.base for noun in target] == ["you"] and sent and spoken_to and not named:
        return True
    for other in used.pool:
        if not used.taken(other) and link_says(link, other, setting):
            used.links.append(other)
            return True
    return False


def _for_reader(source: Event) -> bool:
    """Whether what we send, and of which no receiver is named, is sent to the reader: `we send confirmations`."""
    if (
        source.verb not in SENDING
        or not (source.doer is None or is_we(source.doer))
        or source.thing is None
        or source.unit.denied
    ):
        return False
    return all(noun.owner is None and noun.base not in HELD for noun in source.thing.items)


def link_says(said: Link, source: Link, setting: Setting) -> bool:
    if said.denied != source.denied or not (corresponding(said.word, source.word) or turned(said, source)):
        return False
    if (said.joint == "or") != (source.joint == "or") or not same_measure(said.measure, source.measure, setting):
        return False
    strict = setting.strict or source.word in CONDITIONS | TIGHT or source.only
    only = setting.only or source.word in {"unless", "until", "except"}
    options = source.word in {"if", "when", "where", "for"} and not source.only
    inner = replace(setting, strict=strict, only=only, options=options, opening=False)
    ours, theirs = said.target, source.target
    if isinstance(ours, Clause) and isinstance(theirs, Clause):
        return _clauses(ours, theirs, inner)
    if isinstance(ours, Group) and isinstance(theirs, Group):
        used = Used()
        if said.word != source.word and {said.word, source.word} == {"to", "for"}:
            return False
        return _groups(ours, theirs, inner, used) and all(loose_link(link, inner) for link in used.pool)
    if isinstance(ours, Group) and isinstance(theirs, Clause) and held(theirs) is not None:
        return _groups(ours, held(theirs) or ours, inner, Used())
    if isinstance(theirs, Group) and isinstance(ours, Clause) and held(ours) is not None:
        return _groups(held(ours) or theirs, theirs, inner, Used())
    if isinstance(ours, Clause) and isinstance(theirs, Group) and doing(ours) is not None:
        return _groups(doing(ours) or theirs, theirs, inner, Used())
    if isinstance(ours, Group):
        return _deed(ours, theirs, inner, ours_is_noun=True)
    return isinstance(theirs, Group) and _deed(theirs, ours, inner, ours_is_noun=False)


def _deed(group: Group, clause: Clause | Group, setting: Setting, *, ours_is_noun: bool) -> bool:
    """A deed told as a noun on one side and as a statement on the other: `after completion`, `after it ends`."""
    if len(group.items) != 1 or not isinstance(clause, Clause) or len(clause.units) != 1:
        return False
    deed = deed_of(group.items[0])
    unit = clause.units[0]
    if deed is None or unit.modals or unit.denied:
        return False
    whole = replace(unit)
    if unit.passive or (unit.thing is None and deed.thing is not None):
        whole = Unit(unit.verb, thing=unit.doer, links=unit.links, adverbs=unit.adverbs, residue=unit.residue)
    elif deed.doer is None:
        whole.doer = None
    pair = (deed, whole) if ours_is_noun else (whole, deed)
    return says(*pair, setting)


def _clauses(said: Clause, source: Clause, setting: Setting) -> bool:
    if len(said.units) > 1 and said.joint != source.joint:
        return False
    free = list(source.units)
    for unit in said.units:
        found = next((other for other in free if says(unit, other, setting)), None)
        if found is None:
            return False
        free.remove(found)
    return (
        not free
        or (setting.loose and source.joint == "and")
        or (setting.options and source.joint == "or" and not setting.only)
    )
