"""One statement in one form, however it was put: who does what to what, to whom, under which links."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.answering.grounding.matching.tree import Clause, Group, Link, Noun, Unit
from assistant.answering.grounding.matching.vocabulary import same

NOMINAL = {
    "deletion": "delete", "erasure": "erase", "removal": "remove", "correction": "correct", "completion": "complete",
    "delivery": "deliver", "departure": "depart", "return": "return", "receipt": "receive", "access": "access",
    "collection": "collect", "processing": "process", "process": "process", "disclosure": "disclose",
    "transfer": "transfer", "use": "use", "usage": "use", "storage": "store", "retention": "retain",
    "settlement": "settle", "closure": "close", "analysis": "analyse", "improvement": "improve",
    "protection": "protect", "detection": "detect", "prevention": "prevent", "development": "develop",
    "installation": "install", "registration": "register", "training": "train", "train": "train",
    "market": "market", "review": "review", "payment": "pay", "provision": "provide", "request": "request",
    "consent": "consent", "agreement": "agree", "notice": "notify", "notification": "notify", "booking": "book",
    "book": "book", "visit": "visit", "verification": "verify", "confirmation": "confirm", "cancellation": "cancel",
    "termination": "terminate", "expiry": "expire", "purchase": "purchase", "support": "support",
    "maintenance": "maintain", "withdrawal": "withdraw", "objection": "object", "complaint": "complain",
    "assistance": "assist", "destruction": "destroy", "publication": "publish", "sign-in": "sign-in",
    "application": "apply", "loss": "lose", "acceptance": "accept", "approval": "approve", "submission": "submit",
    "investigation": "investigate", "resolution": "resolve", "administration": "administer", "sale": "sell",
}  # fmt: skip
_ADVERBIAL = frozenset({"earlier", "prompt", "annual"})
_GIVE = "give"
_RECEIVING = frozenset({"receive", "get", "obtain"})
_SERVING = frozenset({"help", "allow", "enable", "let"})
_LIGHT = frozenset({"conduct", "perform", "carry-out", "do", "make"})
_RESTING = frozenset({"sit", "stand", "live", "lie", "reside"})
_ASKING = frozenset({"ask-for", "request"})
WE = frozenset({"we", "us"})
YOU = frozenset({"you"})


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
    return group is not None and len(group.items) == 1 and group.items[0].base in WE


def events(unit: Unit) -> Iterator[Event]:
    """The readings of a statement; the first is as it stands, in the active voice."""
    event = _active(unit)
    yield event
    if event.verb in _RECEIVING and event.doer is not None:
        sender = next((link for link in event.links if link.word == "from"), None)
        rest = [link for link in event.links if link is not sender]
        giver = sender.target if sender is not None and isinstance(sender.target, Group) else None
        yield replace(event, verb=_GIVE, doer=giver, links=[*rest, Link("to", event.doer)])
    if event.verb in _RESTING and event.thing is None and event.doer is not None:
        yield replace(event, doer=None, thing=event.doer)
    given = next((link for link in event.links if link.word == "with" and isinstance(link.target, Group)), None)
    if event.verb in {"provide", "supply"} and given is not None and event.thing is not None:
        rest = [link for link in event.links if link is not given]
        thing = given.target if isinstance(given.target, Group) else None
        yield replace(event, thing=thing, links=[*rest, Link("to", event.thing)])
    if event.verb in _SERVING and is_we(event.thing) and any(link.word == "to" for link in event.links):
        yield replace(event, verb="use", doer=event.thing, thing=event.doer)
    if event.verb in _LIGHT and event.thing is not None and len(event.thing.items) == 1:
        deed = deed_of(event.thing.items[0])
        if deed is not None and deed.thing is not None:
            yield replace(event, verb=deed.verb, thing=deed.thing, links=[*deed.links, *event.links])
    if event.verb in {"ask", "invite"} and is_we(event.thing):
        wanted = next((link for link in event.links if link.word == "for" and isinstance(link.target, Group)), None)
        if wanted is not None and isinstance(wanted.target, Group):
            rest = [link for link in event.links if link is not wanted]
            yield replace(event, verb="ask-for", thing=wanted.target, links=rest)
    wished = next((link for link in event.links if link.word in {"that", "to"} and _single(link)), None)
    if event.verb in _ASKING and wished is not None and (event.thing is None) == (wished.word == "that"):
        yield _asked(event, wished)
    if event.verb in _ASKING and event.thing is not None and len(event.thing.items) == 1:
        deed = deed_of(event.thing.items[0])
        if deed is not None:
            us = Group([Noun("us", "us")])
            yield replace(event, verb="ask", thing=us, links=[Link("to", Clause([deed])), *event.links])


def readings(unit: Unit) -> Iterator[Event]:
    """The events of a sentence; there, unlike in a clause, `by` may name a means: `notified by email`."""
    yield from events(unit)
    event = _active(unit)
    means = next((link for link in event.links if link.word in {"with", "because-of"}), None)
    if unit.modals == ["can"] and is_we(event.doer) and means is not None and isinstance(means.target, Group):
        rest = [link for link in event.links if link is not means]
        deed = Unit(event.verb, thing=event.thing, links=rest)
        enabled = replace(unit, modals=[], verb="use")
        yield Event("use", event.doer, means.target, [Link("to", Clause([deed]))], enabled)
    if unit.passive and event.doer is not None:
        yield replace(event, doer=None, links=[*event.links, Link("by", event.doer)])


def _single(link: Link) -> bool:
    if not isinstance(link.target, Clause) or len(link.target.units) != 1:
        return False
    inner = link.target.units[0]
    return link.word == "that" or (inner.passive and inner.thing is None and inner.doer is None)


def _asked(event: Event, wished: Link) -> Event:
    """`ask for it to be deleted`, `request that it be deleted` as `ask us to delete it`."""
    inner = wished.target.units[0] if isinstance(wished.target, Clause) else Unit()
    active = _active(inner)
    deed = Unit(active.verb, None, active.thing or event.thing, adverbs=inner.adverbs, denied=inner.denied)
    deed.residue = inner.residue
    rest = [link for link in event.links if link is not wished]
    us = Group([Noun("us", "us")])
    return replace(event, verb="ask", thing=us, links=[Link("to", Clause([deed])), *rest, *active.links])


def deed_of(noun: Noun) -> Unit | None:
    """`deletion of your data` as the statement `delete your data`."""
    verb = NOMINAL.get(noun.base)
    if verb is None or noun.number or noun.quantity:
        return None
    of = next((link for link in noun.links if link.word == "of" and isinstance(link.target, Group)), None)
    links = [link for link in noun.links if link is not of]
    if noun.mods and noun.mods[-1] in _ADVERBIAL:
        deed = deed_of(replace(noun, mods=noun.mods[:-1]))
        return deed and replace(deed, adverbs=[*deed.adverbs, noun.mods[-1]])
    doer = Group([Noun("you", "you")]) if noun.owner == "your" and of is None else None
    if of is not None and isinstance(of.target, Group) and not noun.mods:
        return Unit(verb, thing=of.target, links=links)
    if noun.mods and of is None:
        return Unit(verb, thing=Group([Noun(noun.mods[-1], "", noun.mods[:-1], noun.owner)]), links=links)
    return Unit(verb, doer, links=links) if of is None else None


def _active(unit: Unit) -> Event:
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
    elif unit.second is not None:
        links.append(Link("to", unit.second))
    return Event(unit.verb, doer, thing, links, unit)


def alike(one: str, other: str) -> bool:
    return same(one, other) or (NOMINAL.get(one) is not None and NOMINAL.get(one) == NOMINAL.get(other))
