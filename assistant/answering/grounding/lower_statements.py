"""What hangs on a verb, as parts of a sentence: purposes, conditions, questions. Knows no main statement."""

from collections.abc import Sequence

from assistant.answering.grounding import lexicon as lex
from assistant.answering.grounding.frames import THAT, Frame
from assistant.answering.grounding.groups import verb_class
from assistant.answering.grounding.noun_parts import NounParts
from assistant.answering.grounding.shapes import choices, families
from assistant.answering.grounding.tagging import participle
from assistant.answering.grounding.taking import NONE, Ends, Part


class LowerStatements(NounParts):
    """Purposes, conditions, questions and complements: what hangs on the verb of another frame."""

    __slots__ = ()

    def _statement(self, frame: Frame, place: int) -> Ends:
        raise NotImplementedError

    def _predicate(self, frame: Frame, place: int, first: Frame) -> Ends:
        raise NotImplementedError

    def _walk(self, frame: Frame, core: Sequence[Part], place: int, *, begun: bool = False) -> Ends:
        raise NotImplementedError

    def _active(self, frame: Frame) -> list[Part]:
        raise NotImplementedError

    def _passive(self, frame: Frame) -> list[Part]:
        raise NotImplementedError

    def _lower(self, children: Sequence[Frame], place: int) -> Ends:
        link = children[0].link
        if link == "to":
            return self._infinitives(children, place)
        ends: set[int] = set()
        place = self._past(place)
        if link in {"how", "whether"}:
            place = max(self._maybe(place, {lex.ABOUT}))
        opened = self._link(link, place) if link != THAT else self._maybe(place, {"that"})
        for begun in opened:
            for chosen in self._conditions(children, link):
                ends |= self._joined_lower(chosen, begun, link)
        return frozenset(ends)

    def _conditions(self, children: Sequence[Frame], link: str) -> list[tuple[Frame, ...]]:
        """Of several questions any, of alternative conditions any; of conditions that go together all."""
        if link == "when" and children[-1].joint == "or" and self.loose:
            return [tuple(children), *((child,) for child in children)]
        return choices(children, loose=self.loose and link in {"how", "whether"})

    def _joined_lower(self, frames: Sequence[Frame], place: int, link: str) -> Ends:
        ends = self._lower_statement(frames[0], place)
        for frame in frames[1:]:
            joint = frames[-1].joint or "and"
            ends = frozenset(
                end
                for before in ends
                for begun in self._word(before, {joint}) | (frozenset({before}) if self.at(before) == "," else NONE)
                for after in self._link(link, begun) | {begun}
                for end in self._statement(frame, after) | self._predicate(frame, after, frames[0])
            )
        return ends

    def _lower_statement(self, frame: Frame, place: int) -> Ends:
        if frame.subject.items:
            return self._statement(frame, place)
        elided = self._walk(frame, self._active(frame), place) if self._form(place).endswith("ing") else NONE
        return self._statement(frame, place) | elided

    def _infinitives(self, children: Sequence[Frame], place: int) -> Ends:
        place = self._past(place)
        ends: set[int] = set()
        for chosen in choices(children, loose=self.loose):
            if len(chosen) == 1 and chosen[0].object.items:
                ends |= self._attained(chosen[0], place)
            for begun in self._word(place, {"to", "for"}):
                ends |= self._deeds(chosen, begun)
        return frozenset(ends)

    def _attained(self, frame: Frame, place: int) -> Ends:
        """`so that standards are maintained` for `to maintain standards`."""
        opened = self._chain(place, lambda at: self._word(at, {"so"}), lambda at: self._maybe(at, {"that"}))
        told = [self._object(frame), lambda at: self._maybe(at, {"can", "may"}), *self._passive(frame)]
        return frozenset(end for begun in opened for end in self._walk(frame, told, begun, begun=True))

    def _deeds(self, frames: Sequence[Frame], place: int) -> Ends:
        joint = frames[-1].joint or "and"
        ends = self._deed(frames[0], place)
        for frame in frames[1:]:
            ends = frozenset(
                end
                for before in ends
                for begun in self._word(before, {joint}) | (frozenset({before}) if self.at(before) == "," else NONE)
                for after in self._maybe(begun, {"to", "for"})
                for end in self._deed(frame, after)
            )
        return ends

    def _deed(self, frame: Frame, place: int) -> Ends:
        key = (id(frame), place, "deed")
        if key not in self._seen:
            ends = self._walk(frame, self._active(frame), place, begun=True)
            if frame.object.items and len(frame.verbs) == 1 and not frame.flags:
                ends |= self._walk(frame, [self._deed_named(frame)], place, begun=True)
            self._seen[key] = ends
        return self._seen[key]

    def _deed_named(self, frame: Frame) -> Part:
        """`for payment processing`, `for the provision of services`."""
        verb = frame.verbs[0]

        def named(place: int) -> Ends:
            place = self._past(place)
            ends: set[int] = set()
            if self.at(place) == verb_class(verb):
                of = self._word(place + 1, {"of"})
                ends |= {end for begun in of for end in self._object(frame)(begun)}
            if len(frame.object.items) == 1:
                ends |= {
                    end + 1
                    for end in self._object(frame)(place)
                    if self.at(end) == verb_class(verb) and not participle(self._form(end))
                }
            return frozenset(ends)

        return named

    def _complement(self, frame: Frame, place: int) -> Ends:
        """What `aim to`, `help`, `ensure` and `understand` need to say anything."""
        children = next(group for group in families(frame, complement=True))
        if children[0].link != "to":
            return self._lower(children, place)
        opened = self._maybe(place, {lex.ORG}) | self._word(place, {"in", "to"})
        ends: set[int] = set()
        for begun in opened:
            for after in self._maybe(begun, {"to", "in"}):
                for chosen in choices(children, loose=self.loose and not frame.flags & {lex.NOT}):
                    ends |= self._deeds(chosen, after)
        return frozenset(ends)
