"""Whether a sentence is one of the ways of telling what a clause's frames say. The frames are the grammar.

Every word of the sentence must be taken by some part of a frame; what no rule takes is refused. Knows no clause.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.answering.grounding import lexicon as lex
from assistant.answering.grounding import paraphrase as para
from assistant.answering.grounding.deeds import LETS, confined
from assistant.answering.grounding.frames import MAIN, Frame, Nouns
from assistant.answering.grounding.groups import verb_class
from assistant.answering.grounding.lower_statements import LowerStatements
from assistant.answering.grounding.naming import Naming
from assistant.answering.grounding.shapes import (
    MANNER,
    TAKES_ALL,
    agent_of_condition,
    choices,
    complemented,
    families,
    host_item,
    imperative,
    joints_of,
    without_tails,
)
from assistant.answering.grounding.sources import Source
from assistant.answering.grounding.tagging import normal, participle
from assistant.answering.grounding.taking import MOST_STATES, NONE, Ends, Part
from assistant.answering.grounding.words import Words

# What a way of telling may add to the words of a clause.
_GLUE = frozenset(
    {",", "and", "or", "but", "of", "for", "in", "upon", "with", "to", "from", "by", "through", "that", "which", "who",
     "can", "may", "so", "it", "its", "them", "thei", "they", "such", "help", "when", "where", "while", "although",
     "though", "whereas", "within", "across", "have", "their", "contact",
     lex.ABOUT, lex.BE, lex.ORG, lex.ORGS, lex.YOU, lex.YOUR, lex.SUCH_AS}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Floater:
    """A part that may stand in front of, inside or behind a statement. `sure`: it may not be left out."""

    part: Part
    sure: bool
    statement: bool = False
    adverb: bool = False


class Telling(LowerStatements):
    """One sentence held against the frames of one clause."""

    __slots__ = ()

    def whole(self, roots: Sequence[Frame]) -> bool:
        return any(self.at(end) == "" for end in self._roots(roots))

    def _roots(self, roots: Sequence[Frame]) -> Ends:
        ends: set[int] = set()
        for chosen in choices(roots, loose=self.loose):
            ends |= self._joined(self._fronted(chosen, roots[0]), 0, joints=joints_of(roots))
        return frozenset(ends)

    def _fronted(self, chosen: tuple[Frame, ...], first: Frame) -> tuple[Frame, ...]:
        """What stood in front of several joined statements is said of each of them."""
        if first.fronted is None or first in chosen or chosen[0] not in first.siblings:
            return chosen
        adjuncts, children = first.fronted
        key = chosen[0]
        if key not in self._heads:
            more = [*key.adjuncts, *first.adjuncts[adjuncts:]]
            self._heads[key] = replace(key, adjuncts=more, children=[*key.children, *first.children[children:]])
        return (self._heads[key], *chosen[1:])

    def _joined(self, frames: Sequence[Frame], place: int, *, joints: frozenset[str]) -> Ends:
        start = self._past(place)
        if self.at(start) in para.CONTRAST and joints & para.CONTRAST:
            start += 1
        ends = self._statement(frames[0], start)
        for frame in frames[1:]:
            ends = frozenset(
                end
                for before in ends
                for begun in self._word(before, joints) | (frozenset({before}) if self.at(before) == "," else NONE)
                for end in self._statement(frame, begun) | self._predicate(frame, begun, frames[0])
            )
        return ends

    def _statement(self, frame: Frame, place: int) -> Ends:
        key = (id(frame), place, "statement")
        if key not in self._seen:
            self._seen[key] = NONE
            ends = self._told(frame, self._past(place))
            for shorter in self._shortened(frame):
                ends |= self._told(shorter, self._past(place))
            self._seen[key] = ends
        return self._seen[key]

    def _shortened(self, frame: Frame) -> list[Frame]:
        """`A, B and C for members`: where C is not told, for whom it is need not be."""
        joined = frame.bound and frame.parent is None and not self.single
        if not self.loose or joined or frame.link in TAKES_ALL | {"when", "where"}:
            return []
        if frame not in self._short:
            self._short[frame] = list(without_tails(frame))
        return self._short[frame]

    def _told(self, frame: Frame, place: int) -> Ends:
        subject = self._party(frame)
        ends = self._walk(frame, [subject, *self._active(frame)], place)
        if frame.object.items:
            told = [self._object(frame), *self._passive(frame)]
            ends |= self._walk(frame, told, place)
            if frame.subject.items:
                agent = self._agent(frame)
                ends |= self._walk(frame, [*told, agent], place)
        if verb_class(frame.verbs[0]) in LETS and not frame.flags:
            ends |= self._means(frame, place)
        return ends

    def _predicate(self, frame: Frame, place: int, first: Frame) -> Ends:
        """A statement whose subject, and what stands before its verb, was said before."""
        alike = frame.flags & MANNER == first.flags & MANNER
        spoken = self._active(frame)
        ends = self._walk(frame, spoken, place, begun=True) if alike or frame.flags & MANNER else NONE
        if alike and len(self._auxiliaries(frame, passive=False)):
            ends |= self._walk(frame, spoken[len(self._auxiliaries(frame, passive=False)) :], place, begun=True)
        return ends

    def _means(self, frame: Frame, place: int) -> Ends:
        """`with X we can ...` for `X allows us to ...`."""
        ends: Ends = NONE
        for link in ("with", "through"):
            opened = self._chain(place, partial(self._link, link), self._subject(frame))
            for end in opened:
                spoken = self._chain(end, lambda at: self._word(at, {lex.ORG}), lambda at: self._word(at, {"can"}))
                for begun in spoken:
                    ends |= self._complement(frame, begun) if complemented(frame) else NONE
        return ends

    def _party(self, frame: Frame) -> Part:
        if imperative(frame):
            return lambda place: self._chain(
                place, lambda at: self._maybe(at, {lex.YOU}), lambda at: self._maybe(at, {"can", "may"})
            )
        if frame.subject.items:
            return self._subject(frame)
        return lambda place: self._word(place, {lex.ORG})

    def _active(self, frame: Frame) -> list[Part]:
        parts = [*self._auxiliaries(frame, passive=False), self._verbs(frame, passive=False)]
        if frame.object.items:
            parts.append(self._object(frame))
        if complemented(frame):
            parts.append(lambda place: self._complement(frame, place))
        return parts

    def _passive(self, frame: Frame) -> list[Part]:
        return [*self._auxiliaries(frame, passive=True), self._verbs(frame, passive=True)]

    def _auxiliaries(self, frame: Frame, *, passive: bool) -> list[Part]:
        modal = [flag for flag in frame.flags if flag in lex.MODALS]
        be = passive or lex.BE in frame.flags
        order = [*modal]
        if be and not modal:
            order.append(lex.BE)
        if lex.NOT in frame.flags:
            order.append(lex.NOT)
        if be and modal:
            order.append(lex.BE)
        either = {"may", "can"} if frame.subject.items == [(lex.YOU,)] else set[str]()
        return [partial(self._word, words=either if word in either else {word}) for word in order]

    def _walk(self, frame: Frame, core: Sequence[Part], place: int, *, begun: bool = False) -> Ends:
        floaters = self._floaters(frame)
        need = sum(1 << at for at, floater in enumerate(floaters) if floater.sure)
        ends: set[int] = set()
        states = [(place, 0, 0, False)]
        seen = set(states)
        while states:
            here, step, used, closed = states.pop()
            if step == len(core) and used & need == need:
                ends.add(here)
            following: list[tuple[int, int, int, bool]] = []
            if len(seen) > MOST_STATES:
                break
            if step < len(core):
                following.extend((end, step + 1, used, False) for end in core[step](here))
            for at, floater in enumerate(floaters):
                if used >> at & 1 or not self._fits(floater, frame, step, len(core), here, begun=begun, closed=closed):
                    continue
                later = closed or floater.statement
                start = self._joined_on(here) if used and step else here
                following.extend((end, step, used | 1 << at, later) for end in floater.part(start))
            for state in following:
                if state not in seen:
                    seen.add(state)
                    states.append(state)
        return frozenset(ends)

    def _joined_on(self, place: int) -> int:
        """Past the joint of two links, where the clause joins them so: `at this address or through our form`."""
        after = self._past(place)
        return after + 1 if (self.at(after), self.at(after + 1)) in self.naming.of_pairs else place

    def _fits(
        self, floater: Floater, frame: Frame, step: int, steps: int, here: int, *, begun: bool, closed: bool
    ) -> bool:
        comma = self.at(here) == ","
        if floater.adverb:
            return True
        if step == 0:
            return frame.link == MAIN and not begun
        if step < steps:
            return step == 1 and (comma or (floater.statement and self.at(here) in {"to", "for"}))
        return not closed or comma or floater.statement or self.at(here) in {"when", "where"}

    def _floaters(self, frame: Frame) -> list[Floater]:
        adverbs = [
            Floater(partial(self._word, words={flag}), sure=True, adverb=True) for flag in sorted(frame.flags - MANNER)
        ]
        return [
            *adverbs,
            *(
                self._adjunct(at, frame)
                for at in range(len(frame.adjuncts))
                if not agent_of_condition(at, frame) and not self._either(at - 1, frame)
            ),
            *(self._child(children, frame) for children in families(frame)),
        ]

    def _adjunct(self, at: int, frame: Frame) -> Floater:
        link, nouns = frame.adjuncts[at]
        part = self._linked(link, nouns, frame, at=at)
        if agent_of_condition(at + 1, frame):
            condition, agent = part, self._linked("by", frame.adjuncts[at + 1][1], frame, at=at + 1)

            def told(place: int) -> Ends:
                return self._chain(place, condition, agent)

            part = told
        if self._either(at, frame):
            other = self._linked(*frame.adjuncts[at + 1], frame, at=at + 1)
            return Floater(partial(self._one_of, part, other), sure=True)
        return Floater(part, sure=not self._spare(link, nouns, frame))

    def _either(self, at: int, frame: Frame) -> bool:
        """Whether this link and the next are two ways that are open: `at this address or through our form`."""
        if not 0 <= at < len(frame.adjuncts) - 1 or not self.loose or not frame.flags & {"can", "may"}:
            return False
        return ("or", frame.adjuncts[at + 1][0]) in self.naming.of_pairs

    def _one_of(self, first: Part, second: Part, place: int) -> Ends:
        ends = first(place) | second(place)
        for one, other in ((first, second), (second, first)):
            ends |= self._chain(place, one, partial(self._word, words={"or"}), other)
        return ends

    def _spare(self, link: str, nouns: Nouns, frame: Frame) -> bool:
        if not self.loose:
            return False
        if link == lex.SUCH_AS:
            return True
        if lex.NOT in frame.flags:
            return False
        if link == "through":
            return nouns.joint != "or"
        return link == lex.COMPLY and not confined(frame)

    def _child(self, children: Sequence[Frame], frame: Frame) -> Floater:
        link = children[0].link
        sure = not (
            self.loose and link == "to" and frame.object.items and not confined(frame) and lex.NOT not in frame.flags
        )
        return Floater(lambda place: self._lower(children, place), sure=sure, statement=True)

    def _related(self, frame: Frame, place: int) -> Ends:
        """A relative without the thing it is said of."""
        host = host_item(frame, frame.parent)
        if frame.subject.items[:1] == [host]:
            return self._walk(frame, self._active(frame), place, begun=True)
        if frame.object.items[:1] == [host]:
            told = self._passive(frame)
            if frame.subject.items:
                told.append(self._linked("by", frame.subject, frame))
            ends = self._walk(frame, told, place, begun=True)
            if frame.subject.items:
                acting = [self._subject(frame), *self._auxiliaries(frame, passive=False)]
                ends |= self._walk(frame, [*acting, self._verbs(frame, passive=False)], place, begun=True)
            return ends
        return self._statement(frame, place)


def tells(source: Source, said: Words) -> bool:
    """Whether the sentence is one of the ways of telling what was read of the clause."""
    if not source.frames:
        return False
    praised = lex.PRAISE & set(source.words.forms)
    words = [(verb_class(lemma), form) for lemma, form in normal(said) if form not in praised]
    words = [pair for at, pair in enumerate(words) if not _perfect(words, at)]
    if any(lemma not in source.lemmas and lemma not in _GLUE and form != "using" for lemma, form in words):
        return False
    spoken_to = said.canon[:1] == ("as",) or any(
        said.canon[at : at + 3] == ("when", lex.YOU, lex.BE) for at in range(len(said))
    )
    addressed = spoken_to or source.addressed
    naming = Naming(words, source.owned, addressed, source.pairs, its="its" in source.words.canon)
    return Telling(words, naming, source.loose, single=len(source.frames) == 1).whole(source.frames)


def _perfect(words: Sequence[tuple[str, str]], at: int) -> bool:
    """The `have` of `have inadvertently collected`."""
    if words[at][0] != "have" or at + 2 >= len(words):
        return False
    return words[at + 1][1].endswith("ly") and participle(words[at + 2][1])
