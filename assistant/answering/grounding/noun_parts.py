"""The noun groups of a frame as parts of a sentence. Knows no statement."""

from collections.abc import Callable, Sequence
from functools import partial

from assistant.answering.grounding import lexicon as lex
from assistant.answering.grounding import paraphrase as para
from assistant.answering.grounding.frames import WHO, Frame, Item, Nouns
from assistant.answering.grounding.groups import verb_class
from assistant.answering.grounding.shapes import (
    TAKES_ALL,
    choices,
    counted,
    examples_of,
    host_item,
    hosted,
    lets,
    linked_alike,
    parties_in,
    shared_noun,
)
from assistant.answering.grounding.tagging import participle
from assistant.answering.grounding.taking import NONE, Ends, Part, Taking

_EITHER = frozenset({"when", "for", "in", "by", lex.SUCH_AS})


class NounParts(Taking):
    """The noun groups of a frame, with their links, their relatives and their examples."""

    __slots__ = ()

    def _related(self, frame: Frame, place: int) -> Ends:
        """A relative without the thing it is said of."""
        raise NotImplementedError

    def _subject(self, frame: Frame) -> Part:
        examples = None if frame.passive or frame.object.items else examples_of(frame, -1)
        return self._list(frame.subject, frame, "", self._relatives(frame, "subject"), examples)

    def _object(self, frame: Frame) -> Part:
        return self._list(frame.object, frame, "", self._relatives(frame, "object"), examples_of(frame, -1))

    def _agent(self, frame: Frame) -> Part:
        """`by X`; and where things of ours use something, it is used `on` or `in` them."""
        placed = verb_class("use") in map(verb_class, frame.verbs)
        links = {"by", "upon", "in"} if placed and not parties_in(frame.subject) else {"by"}
        return lambda place: self._chain(place, lambda at: self._word(at, links), self._subject(frame))

    def _verbs(self, frame: Frame, *, passive: bool) -> Part:
        verbs = [verb_class(verb) for verb in frame.verbs]

        def one(place: int, verb: str) -> Ends:
            place = self._past(place)
            fits = self.at(place) == verb and (not passive or participle(self._form(place)) or lex.BE in frame.flags)
            return frozenset({place + 1}) if fits else NONE

        def taken(place: int) -> Ends:
            droppable = self.loose and (frame.verb_joint == "and" or bool(frame.flags & {"may", "can", lex.NOT}))
            return self._series([partial(one, verb=verb) for verb in verbs], frame.verb_joint, place, cut=droppable)

        return taken

    def _linked(self, link: str, nouns: Nouns, frame: Frame, *, at: int = -1) -> Part:
        after = self._relatives(frame, "adjunct") if at >= 0 else None
        examples = examples_of(frame, at) if at >= 0 and link != lex.SUCH_AS else None
        listed = self._list(nouns, frame, link, after, examples)
        parties = parties_in(nouns)
        also = linked_alike(link, frame, parties=parties)

        def told(place: int) -> Ends:
            begun = self._link(link, place, parties=parties or counted(nouns)) | self._word(place, also)
            ends = frozenset(end for start in begun for end in listed(start))
            if link in para.EVENT_LINKS:
                told = (nouns.spoken.get(item, ()) for item in nouns.items[:1] if len(nouns.items) == 1)
                ends |= {end for tokens in told for start in begun for end in self.naming.event(tokens, start)}
                ends |= {after for end in ends for after in self._word(end, {"it", "them"})}
            return ends

        return told

    def _link(self, link: str, place: int, *, parties: bool = False) -> Ends:
        place = self._past(place)
        if self._form(place) == "using" and link in {"through", "with"} and not parties:
            return frozenset({place + 1})
        return self._word(place, {link} if parties else {link, *para.TOLD_ALIKE.get(link, ())})

    def _relatives(self, frame: Frame, where: str) -> Callable[[Item, int], Ends] | None:
        found = [child for child in frame.children if child.link == WHO and hosted(child, frame) == where]
        if not found:
            return None

        def after(item: Item, place: int) -> Ends:
            mine = [child for child in found if host_item(child, frame) == item]
            if not mine:
                return frozenset({place})
            ends: set[int] = set()
            for chosen in choices(mine, loose=self.loose):
                ends |= self._relative(chosen, place)
            return frozenset(ends)

        return after

    def _relative(self, frames: Sequence[Frame], place: int) -> Ends:
        ends = frozenset({place})
        for number, frame in enumerate(frames):
            joint = {frame.joint or "and"}
            begun = ends if not number else frozenset(e for end in ends for e in self._word(end, joint))
            opened = frozenset(e for end in begun for e in self._maybe(end, {"that", "which", "who"}))
            ends = frozenset(end for at in opened for end in self._related(frame, at))
        return ends

    def _list(
        self,
        nouns: Nouns,
        frame: Frame,
        link: str,
        after: Callable[[Item, int], Ends] | None = None,
        examples: Nouns | None = None,
    ) -> Part:
        cut = self._may_cut(nouns, frame, link)
        hosts = [host_item(child, frame) for child in frame.children if child.link == WHO]
        shared = shared_noun(nouns)

        def item(one: Item, place: int) -> Ends:
            ends = self.naming.ends(one, nouns.spoken.get(one, ()), self._past(place))
            related = frozenset(e for end in ends for e in after(one, end)) if after else ends
            return related | ends if self.loose and lets(frame) else related

        def listed(place: int) -> Ends:
            if not nouns.items:
                return frozenset({place})
            parts: list[Part] = [partial(item, one) for one in nouns.items]
            need = sum(1 << at for at, one in enumerate(nouns.items) if after and one in hosts and not lets(frame))
            cutting = cut and not shared
            ends = self._series(parts, nouns.joint, place, cut=cutting, ordered=shared, need=need, again=link)
            if link == "for" and nouns.joint == "and" and cutting and parties_in(nouns):  # `if you are A or B`
                ends |= self._series(parts, "or", place, cut=cutting, need=need, again=link)
            return ends | self._exemplified(ends, examples, frame, place, alone=len(nouns.items) == 1)

        return listed

    def _exemplified(self, ends: Ends, examples: Nouns | None, frame: Frame, place: int, *, alone: bool) -> Ends:
        """`A such as B`; and B alone, of which the clause says the same."""
        if examples is None:
            return NONE
        listed = self._list(examples, frame, lex.SUCH_AS)
        found = {end for before in ends for begun in self._word(before, {lex.SUCH_AS}) for end in listed(begun)}
        found |= {self._past(end) if self.at(end + 1) == lex.BE else end for end in found}
        if alone and self.loose and lex.NOT not in frame.flags:
            found |= listed(place)
        return frozenset(found)

    def _may_cut(self, nouns: Nouns, frame: Frame, link: str) -> bool:
        if not self.loose or frame.link in TAKES_ALL | {"where", WHO}:
            return False
        either = bool(frame.flags & {"may", "can", lex.NOT})
        if nouns.joint == "or":
            return either or link in _EITHER or frame.link == "when"
        return link not in TAKES_ALL | {"when"} and frame.link != "when"
