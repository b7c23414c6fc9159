"""Whether the frames of a clause support those of a sentence: nothing new, nothing turned round, no condition lost.

Compares frames only; how they were read is not its business.
"""

from collections.abc import Sequence
from itertools import islice

from assistant.answering.grounding import lexicon as lex
from assistant.answering.grounding import paraphrase as para
from assistant.answering.grounding.attaching import moved
from assistant.answering.grounding.frames import MAIN, WHO, Frame, Item, Nouns
from assistant.answering.grounding.tagging import family
from assistant.answering.grounding.words import head, heads, lines

_CLASSES = {family(word): family(first) for word, first in lines(para.VERB_CLASSES).items()}
_CONFINED = frozenset(
    map(
        family,
        heads({"may", "can", "share", "disclose", "transfer", "process", "sell", "right", "must", "require", "ask"}),
    )
)
_LAW = heads({"law", "laws", "legal", "regulation", "regulations", "tax", "taxation", "legislation", "statutes"})
_TAKES_ALL = frozenset(
    {"unless", "except", "subject", "subject-to", "with", "without", "until", "while", "though", "although", "but",
     "after", "before", "under", "upon", "within", "during", "provided", "only", "once", lex.COMPLY, "at"}
)  # fmt: skip
_ALTERNATIVES = frozenset({"may", "can", lex.NOT})
_EITHER = frozenset({"when", "for", "in", lex.SUCH_AS})
_STRONG = frozenset({"unless", "subject", "subject-to", "except", "until", "when", "without", "with", "within", "where",
                     "after", "before", "only", "upon", "during", "provided"})  # fmt: skip
# What closes a run of deeds and narrows all of them.
_SHARED = _STRONG - {"with", "within", "upon"}
_COMPLEMENTED = frozenset(map(family, heads({"help", "allow", "aim", "continue", "require", "request", "ensure"})))
_LINKS = tuple(
    (frozenset(_CLASSES.get(family(head(verb)), family(head(verb))) for verb in verbs), frozenset(links), parties)
    for verbs, links, parties in para.LINKS
)
_MOST_READINGS = 16
_INFORMATION = family(head("information"))
_MEANS_LEAVES = frozenset({"or"})
_PERSONAL = frozenset(map(family, heads(lex.OWN_NOUNS | {"right", "consent", "choice", "data", "device", "browser"})))
_PERSONS = frozenset(map(family, heads(lex.OTHER_PERSONS | para.PERSONS)))


def supports(
    clause: Sequence[Frame], said: Sequence[Frame], *, loose: bool, owned: frozenset[str], spoken_to: bool = False
) -> bool:
    """`loose` is false where nothing may be left out; `owned` are the nouns that may be called the reader's own.

    `spoken_to`: the sentence says `if you are` where the clause says for whom.
    """
    addressed = spoken_to or all(frame.subject.items == [(lex.YOU,)] for frame in clause)
    support = _Support(loose=loose, owned=owned, addressed=addressed, spoken_to=spoken_to)
    return any(support.all(list(said), list(clause), within=()) for _ in islice(moved(said), _MOST_READINGS))


class _Support:
    def __init__(self, *, loose: bool, owned: frozenset[str], addressed: bool, spoken_to: bool) -> None:
        self._spoken_to = spoken_to
        self._addressed = addressed
        self._loose = loose
        self._owned = owned

    def all(self, said: list[Frame], known: list[Frame], *, within: tuple[Frame, ...]) -> bool:
        """Each frame said is one known, and of those known none is left out that must stay."""
        found: list[Frame] = []
        for frame in said:
            match = next((one for one in known if one not in found and self._same(frame, one, within)), None)
            if match is None:
                return False
            found.append(match)
        return all(one in found or self._spare(one, found, within) for one in known)

    def _same(self, said: Frame, known: Frame, within: tuple[Frame, ...]) -> bool:
        return (
            said.link == known.link
            and said.flags == known.flags
            and _joined_alike(said, known)
            and self._verbs(said, known)
            and self._subject(said, known)
            and self._covers(said.object, known.object, droppable=self._may_drop(known.object, known, ""))
            and self._adjuncts(said, known, within)
            and self.all(said.children, known.children, within=(*within, known))
        )

    def _verbs(self, said: Frame, known: Frame) -> bool:
        ours, theirs = ([_CLASSES.get(verb, verb) for verb in frame.verbs] for frame in (said, known))
        if sorted(ours) == sorted(theirs):
            return len(ours) == 1 or said.verb_joint == known.verb_joint
        droppable = self._loose and (known.verb_joint == "and" or bool(known.flags & _ALTERNATIVES))
        return droppable and set(ours) < set(theirs) and (len(ours) == 1 or said.verb_joint == known.verb_joint)

    def _subject(self, said: Frame, known: Frame) -> bool:
        if not said.subject.items or not known.subject.items:
            other = said.subject.items or known.subject.items
            return not other or other == [(lex.ORG,)] or _reader_implied(said, known) or _unnamed(said, known)
        return self._covers(said.subject, known.subject, droppable=self._may_drop(known.subject, known, ""))

    def _adjuncts(self, said: Frame, known: Frame, within: tuple[Frame, ...]) -> bool:
        left = list(known.adjuncts)
        links = [link for link, _ in left]
        repeated = len(set(links)) < len(links)
        for link, nouns in said.adjuncts:
            match = next(
                (
                    pair
                    for pair in left
                    if _alike(link, pair, known) and self._linked(pair, nouns, known, repeated=repeated)
                ),
                None,
            )
            if match is not None:
                left.remove(match)
            elif link in links or not self._shared_adjunct(link, nouns, known):
                return False
        first = known.adjuncts[:1] if self._tail_gone(said, known) else []
        return all(not repeated and ([pair] == first or self._spare_adjunct(*pair, known, within)) for pair in left)

    def _shared_adjunct(self, link: str, nouns: Nouns, known: Frame) -> bool:
        """`correct X, update Y and modify Z at any time`: what closes a run of deeds is said of each of them."""
        last = known.siblings[-1] if known.siblings else known
        if last is known or known.joint != "and" or _counted(nouns) or link in _STRONG:
            return False
        return any(one == link and self._covers(nouns, other, droppable=False) for one, other in last.adjuncts)

    def _tail_gone(self, said: Frame, known: Frame) -> bool:
        """`A enables B, C and D for members`: where D is not said, for whom it is need not be."""
        items = known.object.items
        told = self._loose and len(items) > 1 and known.object.joint == "and" and bool(said.object.items)
        if not told or known.bound or known.adjuncts[:1] == [] or known.adjuncts[0][0] != "for" or _confined(known):
            return False
        return not any(self._item(item, items[-1]) for item in said.object.items)

    def _linked(self, pair: tuple[str, Nouns], said: Nouns, known: Frame, *, repeated: bool) -> bool:
        link, nouns = pair
        if link == "for" and self._spoken_to and said.joint == "or" and nouns.joint == "and":
            said = Nouns(said.items, "and")  # `if you are A or B` for `for A and B`
        return self._covers(said, nouns, droppable=not repeated and self._may_drop(nouns, known, link))

    def _covers(self, said: Nouns, known: Nouns, *, droppable: bool) -> bool:
        used: set[int] = set()
        for item in said.items:
            at = next((i for i, one in enumerate(known.items) if i not in used and self._item(item, one)), None)
            if at is None:
                return False
            used.add(at)
        if len(said.items) > 1 and said.joint != known.joint:
            return False
        if len(used) == len(known.items):
            return True
        return bool(used) and droppable and not _shared(known, used)

    def _may_drop(self, nouns: Nouns, frame: Frame, link: str) -> bool:
        if not self._loose or link in _TAKES_ALL or link in {"when", "where"}:
            return False
        if frame.link in _TAKES_ALL | {"when", "where", WHO}:
            return False
        if link and frame.adjuncts and frame.adjuncts[-1][0] != link and link != lex.SUCH_AS:
            return False  # `invoices for ten years and logs until closure`: what follows may be another's
        return nouns.joint != "or" or bool(frame.flags & _ALTERNATIVES) or link in _EITHER

    def _item(self, said: Item, known: Item) -> bool:
        if said == known or said == tuple(word for word in known if word != lex.ORGS):
            return True
        if lex.ORGS in known or lex.YOUR in known:
            return False
        if said in {("it",), ("them",)}:
            return "such" in known or known == (_INFORMATION,)
        bare = tuple(word for word in said if word not in {lex.ORGS, lex.YOUR})
        if bare != known or len(bare) + 1 != len(said):
            return False
        return self._ours(known) if lex.ORGS in said else self._yours(known)

    def _ours(self, known: Item) -> bool:
        """What no one is said to own may be called the organisation's, unless it is such as people own."""
        return bool(self._owned) and not self._addressed and not set(known) & (_PERSONAL | {"their", "its"})

    def _yours(self, known: Item) -> bool:
        if set(known) & (_PERSONS | {"their", "its", lex.ORG}):
            return False
        return self._addressed or bool(set(known) & self._owned)

    def _spare(self, frame: Frame, found: list[Frame], within: tuple[Frame, ...]) -> bool:
        if not self._loose:
            return False
        kept = [one for one in found if one in frame.siblings]
        if kept:
            return self._spare_sibling(frame, kept)
        if frame.link == MAIN:
            return bool(found) and not any(one.bound for one in (frame, *found))
        if frame.link != "to" or not within:
            return False
        holder = within[-1]
        complement = not holder.object.items or holder.verbs[0] in _COMPLEMENTED
        return not complement and not any(_confined(one) for one in within) and not _conditional(frame)

    @staticmethod
    def _spare_sibling(frame: Frame, kept: list[Frame]) -> bool:
        if frame.link in _TAKES_ALL | {"when", "where", WHO} or frame.fronted is not None:
            return False
        if frame.joint == "or" and not frame.flags & _ALTERNATIVES:
            return False
        if frame is not frame.siblings[-1]:
            return True
        strong = _conditional_links(frame) & _SHARED
        return not strong or any(strong <= _conditional_links(one) for one in kept)

    def _spare_adjunct(self, link: str, nouns: Nouns, frame: Frame, within: tuple[Frame, ...]) -> bool:
        if not self._loose:
            return False
        if link == lex.SUCH_AS:
            return True
        if lex.NOT in frame.flags:
            return False
        if link == "through":
            return nouns.joint not in _MEANS_LEAVES
        law = link == lex.COMPLY and any(set(item) & _LAW for item in nouns.items)
        return law and not any(_confined(one) for one in (*within, frame))


def _joined_alike(said: Frame, known: Frame) -> bool:
    if not said.siblings or said.joint == known.joint:
        return True
    return said.joint == "and" and not known.siblings and known.link == MAIN and not known.bound


def _alike(link: str, pair: tuple[str, Nouns], known: Frame) -> bool:
    """The same link, or one that says the same after this verb of what is no party."""
    if link == pair[0]:
        return True
    parties = any(set(item) & _PERSONS for item in pair[1].items)
    return any(
        {link, pair[0]} <= links and bool(verbs & {_CLASSES.get(verb, verb) for verb in known.verbs}) and parties == of
        for verbs, links, of in _LINKS
    )


def _counted(nouns: Nouns) -> bool:
    return any(mark.isdigit() for item in nouns.items for word in item for mark in word)


def _unnamed(said: Frame, known: Frame) -> bool:
    """`cookies are used` where the clause says which of our things use them; a party that acts must be named."""
    if said.subject.items or known.link != MAIN:
        return False
    return not any(set(item) & (_PERSONS | {lex.YOU}) for item in known.subject.items)


def _reader_implied(said: Frame, known: Frame) -> bool:
    """`your preferences can be controlled`, `our team can be contacted`: whose they are says who may."""
    addressed = known.subject.items == [(lex.YOU,)] and bool(known.flags & {"can", "may"})
    return addressed and not said.subject.items and any({lex.YOUR, lex.ORGS} & set(item) for item in said.object.items)


def _shared(nouns: Nouns, used: set[int]) -> bool:
    """Modifiers of one noun (`legal and contractual duties`): taking one away would move the others."""
    last = len(nouns.items) - 1
    short = all(len(item) == 1 for item in nouns.items[:-1]) and len(nouns.items[-1]) > 1
    adjectives = any(item[0].endswith(lex.ADJECTIVE_ENDINGS) for item in nouns.items[:-1] if item)
    return short and (last not in used or adjectives)


def _confined(frame: Frame) -> bool:
    words = {*frame.verbs, *frame.flags, *(word for item in frame.object.items for word in item)}
    return bool(words & _CONFINED) or lex.NOT in frame.flags


def _conditional_links(frame: Frame) -> set[str]:
    return ({link for link, _ in frame.adjuncts} | {child.link for child in frame.children}) & _STRONG


def _conditional(frame: Frame) -> bool:
    return bool(_conditional_links(frame)) or any(_conditional(child) for child in frame.children)
