"""The words of a sentence taken from left to right: one word, a chain of parts, a list. Knows no frames."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from assistant.answering.grounding.frames import Frame
from assistant.answering.grounding.naming import Naming

Ends = frozenset[int]
Part = Callable[[int], Ends]
NONE: Ends = frozenset()
MOST_STATES = 500  # equal items can be taken in many orders: past this, what was found is all that is found


@dataclass(slots=True)
class Taking:
    """One sentence, as lemmas with their forms. A part takes words from a place on and says where it may end."""

    words: Sequence[tuple[str, str]]
    naming: Naming
    loose: bool
    single: bool
    _seen: dict[tuple[int, int, str], Ends] = field(default_factory=dict)
    _heads: dict[Frame, Frame] = field(default_factory=dict)
    _short: dict[Frame, list[Frame]] = field(default_factory=dict)

    def at(self, place: int) -> str:
        return self.words[place][0] if place < len(self.words) else ""

    def _form(self, place: int) -> str:
        return self.words[place][1] if place < len(self.words) else ""

    def _past(self, place: int) -> int:
        while self.at(place) == ",":
            place += 1
        return place

    def _word(self, place: int, words: Iterable[str]) -> Ends:
        place = self._past(place)
        return frozenset({place + 1}) if self.at(place) in words else NONE

    def _maybe(self, place: int, words: set[str]) -> Ends:
        return self._word(place, words) | {place}

    def _chain(self, place: int, *parts: Part) -> Ends:
        ends = frozenset({place})
        for part in parts:
            ends = frozenset(end for start in ends for end in part(start))
        return ends

    def _series(
        self,
        parts: Sequence[Part],
        joint: str,
        place: int,
        *,
        cut: bool,
        ordered: bool = False,
        need: int = 0,
        again: str = "",
    ) -> Ends:
        """`A, B and C` in any order; fewer where `cut` allows."""
        ends: set[int] = set()
        states = [(place, 0, False)]
        seen = set(states)
        full = (1 << len(parts)) - 1
        while states and len(seen) < MOST_STATES:
            here, used, joined = states.pop()
            single = used.bit_count() == 1
            if used and (used == full or (cut and used & need == need)) and (single or joined):
                ends.add(here)
            starts = self._separated(here, joint, again) if used else [(here, False)]
            for at, part in enumerate(parts):
                if used >> at & 1 or (ordered and used >> at):
                    continue
                for begun, conjoined in starts:
                    for end in part(begun):
                        state = (end, used | 1 << at, conjoined)
                        if state not in seen:
                            seen.add(state)
                            states.append(state)
        return frozenset(ends)

    def _separated(self, place: int, joint: str, again: str) -> list[tuple[int, bool]]:
        found = []
        if self.at(place) == ",":
            place += 1
            found.append((place, False))
        if joint and self.at(place) == joint:
            found.append((place + 1, True))
            if again and self.at(place + 1) == again:
                found.append((place + 2, True))
        return found
