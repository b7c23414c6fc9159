"""Nouns that name a deed, each with its verb: `deletion` as `delete`."""

from dataclasses import replace

from assistant.answering.grounding.matching.tree import Group, Noun, Unit
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
    "photograph": "photograph", "influence": "influence", "recording": "record",
}  # fmt: skip
_ADVERBIAL = frozenset({"earlier", "prompt", "annual"})


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


def alike(one: str, other: str) -> bool:
    return same(one, other) or (NOMINAL.get(one) is not None and NOMINAL.get(one) == NOMINAL.get(other))
