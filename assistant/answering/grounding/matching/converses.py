"""What a statement says as well: `you receive A` as `A is given to you`. Each turn holds of any such statement."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from assistant.answering.grounding.matching.event import Event, active, is_we
from assistant.answering.grounding.matching.nominals import deed_of
from assistant.answering.grounding.matching.tree import Clause, Group, Link, Noun, Unit

_GIVE = "give"
_RECEIVING = frozenset({"receive", "get", "obtain"})
_SERVING = frozenset({"help", "allow", "enable", "let"})
_LIGHT = frozenset({"conduct", "perform", "carry-out", "do", "make", "take"})
_RESTING = frozenset({"sit", "stand", "live", "lie", "reside"})
_SWITCHING = frozenset({"disable", "refuse", "reject", "block", "decline", "delete", "withdraw", "close", "switch-off"})
_STAYING = frozenset({"stay", "remain"})
_ASKING = frozenset({"ask-for", "request"})


def converses(event: Event) -> Iterator[Event]:
    for turn in _TURNS:
        yield from turn(event)


def _given(event: Event) -> Iterator[Event]:
    """`you receive A from us` as `we give A to you`."""
    if event.verb in _RECEIVING and event.doer is not None:
        sender = next((link for link in event.links if link.word == "from" and not (link.denied or link.only)), None)
        rest = [link for link in event.links if link is not sender]
        giver = sender.target if sender is not None and isinstance(sender.target, Group) else None
        yield replace(event, verb=_GIVE, doer=giver, links=[*rest, Link("to", event.doer)])


def _handed(event: Event) -> Iterator[Event]:
    """`A goes to you`, `you are emailed`, `we provide you with A` as `A is given to you`."""
    if event.thing is None:
        return
    if event.verb == "email":
        email = Group([Noun("email", "email")])
        yield replace(event, verb=_GIVE, thing=email, links=[*event.links, Link("to", event.thing)])
    if event.verb == "go-to" and event.doer is not None:
        yield replace(event, verb=_GIVE, doer=None, thing=event.doer, links=[*event.links, Link("to", event.thing)])
    given = next(
        (link for link in event.links if link.word == "with" and not link.denied and isinstance(link.target, Group)),
        None,
    )
    if event.verb in {"provide", "supply"} and given is not None:
        rest = [link for link in event.links if link is not given]
        thing = given.target if isinstance(given.target, Group) else None
        yield replace(event, thing=thing, links=[*rest, Link("to", event.thing)])


def _placed(event: Event) -> Iterator[Event]:
    """`servers stand in A`, `data stays with us` as what is done with them."""
    if event.thing is None and event.doer is not None and event.verb in _RESTING:
        yield replace(event, doer=None, thing=event.doer)
    if event.thing is None and event.doer is not None and event.verb in _STAYING:
        yield replace(event, verb="keep", doer=None, thing=event.doer)


def _switched(event: Event) -> Iterator[Event]:
    """`disabling cookies limits A` as `if you disable cookies, A is limited`."""
    if event.doer is None or len(event.doer.items) != 1:
        return
    noun = event.doer.items[0]
    if noun.mods and noun.owner is None and noun.mods[0] in _SWITCHING:
        deed = Unit(noun.mods[0], Group([Noun("you", "you")]), Group([replace(noun, mods=noun.mods[1:])]))
        yield replace(event, doer=None, links=[*event.links, Link("if", Clause([deed]))])


def _used(event: Event) -> Iterator[Event]:
    """`our site uses A` as `we use A on it`; `A helps us to B`, `the use of A helps us to B` as `we use A to B`."""
    if event.doer is None:
        return
    if event.verb == "use" and all(noun.owner == "our" for noun in event.doer.items):
        yield replace(event, doer=Group([Noun("we", "we")]), links=[*event.links, Link("on", event.doer)])
    if event.verb not in _SERVING or not is_we(event.thing):
        return
    if any(link.word == "to" for link in event.links):
        yield replace(event, verb="use", doer=event.thing, thing=event.doer)
    deed = deed_of(event.doer.items[0]) if len(event.doer.items) == 1 else None
    if deed is not None and deed.thing is not None:
        yield replace(event, verb=deed.verb, doer=event.thing, thing=deed.thing, links=[*deed.links, *event.links])


def _plain(event: Event) -> Iterator[Event]:
    """`conduct reviews of A` as `review A`."""
    if event.verb in _LIGHT and event.thing is not None and len(event.thing.items) == 1:
        deed = deed_of(event.thing.items[0])
        if deed is not None and deed.thing is not None:
            how = replace(event.unit, adverbs=[*event.unit.adverbs, *deed.adverbs])
            yield replace(event, verb=deed.verb, thing=deed.thing, links=[*deed.links, *event.links], unit=how)


def _asking(event: Event) -> Iterator[Event]:
    """`ask us for A`, `tell us to do A`, `request that A be done`, `request the doing of A`."""
    asked = event.thing is not None and [noun.base for noun in event.thing.items] == ["you"] and is_we(event.doer)
    if event.verb == "tell" and is_we(event.thing) and any(link.word == "to" for link in event.links):
        yield replace(event, verb="ask")
    if event.verb in {"ask", "invite"} and (is_we(event.thing) or asked):
        wanted = next(
            (link for link in event.links if link.word == "for" and not link.denied and isinstance(link.target, Group)),
            None,
        )
        if wanted is not None and isinstance(wanted.target, Group):
            rest = [link for link in event.links if link is not wanted]
            yield replace(event, verb="ask-for", thing=wanted.target, links=rest)
    if event.verb not in _ASKING:
        return
    wished = next((link for link in event.links if link.word in {"that", "to"} and _single(link)), None)
    if wished is not None and (event.thing is None) == (wished.word == "that"):
        yield _asked(event, wished)
    deed = deed_of(event.thing.items[0]) if event.thing is not None and len(event.thing.items) == 1 else None
    if deed is not None:
        us = Group([Noun("us", "us")])
        yield replace(event, verb="ask", thing=us, links=[Link("to", Clause([deed])), *event.links])


def _single(link: Link) -> bool:
    if not isinstance(link.target, Clause) or len(link.target.units) != 1:
        return False
    inner = link.target.units[0]
    return link.word == "that" or (inner.passive and inner.thing is None and inner.doer is None)


def _asked(event: Event, wished: Link) -> Event:
    """`ask for it to be deleted`, `request that it be deleted` as `ask us to delete it`."""
    inner = wished.target.units[0] if isinstance(wished.target, Clause) else Unit()
    plain = active(inner)
    deed = Unit(plain.verb, None, plain.thing or event.thing, adverbs=inner.adverbs, denied=inner.denied)
    deed.residue = inner.residue
    rest = [link for link in event.links if link is not wished]
    us = Group([Noun("us", "us")])
    return replace(event, verb="ask", thing=us, links=[Link("to", Clause([deed])), *rest, *plain.links])


_TURNS: tuple[Callable[[Event], Iterator[Event]], ...] = (
    _given, _handed, _placed, _switched, _used, _plain, _asking,
)  # fmt: skip
