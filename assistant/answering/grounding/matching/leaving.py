"""What a rephrasing may leave unsaid of its clause."""

from assistant.answering.grounding.matching.closed import QUESTIONS
from assistant.answering.grounding.matching.event import Event, is_we
from assistant.answering.grounding.matching.nominals import NOMINAL
from assistant.answering.grounding.matching.setting import ARGUED, CONDITIONS, GIVING, HEDGES, LOOSE, TIGHT, Setting
from assistant.answering.grounding.matching.tree import Clause, Group, Link, Unit


def droppable_adverb(adverb: str, setting: Setting, source: Unit) -> bool:
    if adverb == "anytime" and not source.denied:
        return True
    if adverb in HEDGES or setting.strict or source.denied:
        return False
    return adverb.endswith("ly") or adverb in {"anytime", "at-once", "always", "there", "here", "as-soon-as-possible"}


def may_drop(joint: str, setting: Setting) -> bool:
    if joint == "and":
        return setting.loose
    if joint != "or" or setting.only:
        return False
    return setting.options or ((setting.denied or setting.doubtful) and not setting.strict)


def droppable(link: Link, source: Event, setting: Setting) -> bool:
    if link.denied and link.joint:
        return True
    if link.inherited or (link.joint == "or" and setting.doubtful):
        return setting.loose and link.word not in CONDITIONS | TIGHT
    if link.joint == "and" and any(other is not link and other.word == link.word for other in source.links):
        return setting.loose
    if link.word in QUESTIONS and any(other is not link and other.word in QUESTIONS for other in source.links):
        return setting.loose
    if source.verb in ARGUED and link.word == "to":
        return False
    if link.word == "from" and isinstance(link.target, Group) and is_we(link.target):
        return True
    others = [other for other in source.links if other is not link and other.word not in LOOSE]
    if link.word == "complying-with" and not others:
        return False
    if link.word == "to" and source.verb in GIVING and source.unit.modals and not others:
        return False
    if link.word in {"though", "without"} and any(link is other for other in setting.excused):
        return True
    return loose_link(link, setting)


def loose_link(link: Link, setting: Setting) -> bool:
    if link.only:
        return False
    if link.word in {"because", "including", "although"}:
        return True
    if not setting.loose:
        return False
    if link.word == "to":
        return isinstance(link.target, Clause)
    if link.word == "for":
        return isinstance(link.target, Clause) or purpose(link.target)
    return link.word in LOOSE


def purpose(group: Group) -> bool:
    return all(noun.base in {"purpose", "reason"} or (noun.base in NOMINAL and not noun.number) for noun in group.items)
