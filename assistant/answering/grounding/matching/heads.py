"""Whether two nouns name the same: head, owner, quantity and modifiers."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answering.grounding.matching.setting import (
    CALLED,
    COMPOUNDING,
    EACH,
    OTHERS,
    OURS,
    PEOPLE,
    PLACES,
    PRAISE,
    READERS,
    THINGS,
    YOURS,
    Setting,
)
from assistant.answering.grounding.matching.tree import GAP, Group, Noun
from assistant.answering.grounding.matching.vocabulary import adjective


def of_kind(said: Noun, source: Noun, setting: Setting) -> Noun:
    """`each job alert` where the clause speaks of job alerts and then of `each alert`."""
    kept = [word for word in said.mods if any(setting.alike(word, other) for other in source.mods)]
    return replace(said, mods=kept) if not source.mods and introduced(said, setting) else said


def introduced(said: Noun, setting: Setting) -> bool:
    return any(
        setting.same(said.base, kind.base)
        and all(any(setting.alike(word, other) for other in kind.mods) for word in said.mods)
        for kind in setting.kinds
    )


def called(noun: Noun) -> str:
    """`your email` for `your email address`."""
    return next((CALLED[word] for word in noun.mods[-1:] if noun.base in PLACES and word in CALLED), "")


def same_head(said: Noun, source: Noun, setting: Setting) -> bool:
    if setting.alike(said.base, source.base) or {said.base, source.base} <= {"we", "us"}:
        return True
    pair = {said.base, source.base}
    if pair <= {"they", "them", "it", "both", "this", "that", "these", "those"}:
        return True
    if said.base == "you" and source.base in READERS:
        return not setting.addressed and not source.mods
    if source.base == "you":
        return said.base in READERS and not said.mods and not READERS & setting.words
    if said.base in THINGS | PEOPLE:
        return stands_for(source.base, setting.said, setting)
    if source.base in THINGS | PEOPLE:
        return stands_for(said.base, setting.source, setting)
    return False


def stands_for(noun: str, before: Sequence[str], setting: Setting) -> bool:
    if noun in {GAP, "we", "us", "you", "#"}:
        return False
    return any(setting.same(noun, other) or setting.same(other, noun) for other in before)


def same_quantity(said: Noun, source: Noun, setting: Setting) -> bool:
    ours, theirs = (EACH.get(noun.quantity, noun.quantity) for noun in (said, source))
    if ours == theirs:
        return True
    if theirs == "any" and not ours:  # `no data is sold`, `data is never sold`
        return setting.denied and not said.article and not said.number
    return ours == "any" and not theirs and (setting.denied or setting.strict)


def same_owner(said: Noun, source: Noun, setting: Setting) -> bool:
    ours, theirs = said.owner, source.owner
    if ours == theirs or ours is None:
        return True
    if theirs is None:
        return owned(ours, said.base, setting)
    if ours == "your":
        return theirs in {"their", "his", "her"} and not setting.addressed
    return {str(ours), str(theirs)} <= {"its", "their", "his", "her"}


def owned(owner: object, noun: str, setting: Setting) -> bool:
    """Whether a noun that the clause gives no owner may be called ours or the reader's."""
    if owner == "your":
        return noun in YOURS and not OTHERS & setting.words and (setting.addressed or not READERS & setting.words)
    return owner == "our" and noun in OURS


def addressed(said: Noun, source: Noun) -> Noun:
    """`client information` and `user experience` as what is told as the reader's: `your information`."""
    readers = said.owner == "your" and source.owner is None and source.mods[:1] and source.mods[0] in READERS
    return replace(source, owner="your", mods=source.mods[1:]) if readers else source


def resolved(said: Noun, source: Noun, setting: Setting) -> tuple[Noun, Noun]:
    """`the coach's scores` where the clause has `its scores` after it spoke of the coach."""
    of = next((link for link in said.links if link.word == "of" and isinstance(link.target, Group)), None)
    if source.owner not in {"its", "their", "his", "her"} or said.owner is not None or of is None:
        return said, source
    owners = of.target.items if isinstance(of.target, Group) else []
    if len(owners) != 1 or owners[0].links or not introduced(owners[0], setting):
        return said, source
    return replace(said, links=[link for link in said.links if link is not of]), replace(source, owner=None)


def shared(noun: Noun, group: Group) -> Iterator[Noun]:
    """An item of a list by itself; its head may stand at the end, its adjective at the beginning of the list."""
    yield noun
    first, last = group.items[0], group.items[-1]
    if noun is not last and last.mods and not (noun.links or noun.number or noun.article or noun.base in THINGS):
        yield replace(noun, base=last.base, form=last.form, mods=[*noun.mods, noun.base])
    if noun is not first and first.mods and adjective(first.mods[0]) and not noun.owner and not noun.article:
        yield replace(noun, mods=[first.mods[0], *noun.mods])


def same_mods(said: Sequence[str], source: Sequence[str], setting: Setting) -> bool:
    free = list(source)
    for word in said:
        found = next((other for other in free if setting.alike(word, other)), None)
        if found is None:
            return False
        free.remove(found)
    return all(word in PRAISE for word in free)


def flattened(noun: Noun) -> Noun:
    """`cookies for advertising` as `advertising cookies`."""
    for link in noun.links:
        if (
            link.word in COMPOUNDING
            and isinstance(link.target, Group)
            and len(link.target.items) == 1
            and not link.only
        ):
            inner = flattened(link.target.items[0])
            if not (
                inner.links
                or (inner.owner and noun.owner)
                or inner.number
                or inner.quantity
                or inner.base in THINGS | PEOPLE | {"you", "we", "us"}
            ):
                rest = [other for other in noun.links if other is not link]
                return replace(
                    noun, mods=[*noun.mods, *inner.mods, inner.base], owner=noun.owner or inner.owner, links=rest
                )
    return noun
