"""Does a sentence follow a pattern word for word? Patterns are built of words, parts that may be left out, and lists.

Knows nothing of English beyond the comma, the conjunction and one possessive.
"""

from dataclasses import dataclass, field

from assistant.answering.grounding.lexicon import YOUR

MAX_STATES = 500  # a list of equal items has a way for each subset: past this, no match is found


@dataclass(frozen=True, slots=True)
class Maybe:
    """A part that may be left out."""

    nodes: "Pattern"


@dataclass(frozen=True, slots=True)
class Items:
    """A list. `needed` are the items that must stay; in a list that is not `free` the order stays as well."""

    items: tuple["Pattern", ...]
    conjunction: str
    needed: frozenset[int]
    free: bool


Node = str | Maybe | Items
Pattern = tuple[Node, ...]


@dataclass(slots=True)
class Match:
    """One sentence held against patterns. The reader's `your` may be added before the nouns in `owned`."""

    words: tuple[str, ...]
    owned: frozenset[str]
    _seen: dict[tuple[int, int], frozenset[int]] = field(default_factory=dict)
    _held: list[Pattern] = field(default_factory=list)

    def whole(self, pattern: Pattern) -> bool:
        self._seen.clear()
        self._held.clear()
        return len(self.words) in self._ends(pattern, 0)

    def _ends(self, pattern: Pattern, start: int) -> frozenset[int]:
        key = (id(pattern), start)
        if key not in self._seen:
            self._held.append(pattern)  # an id is only a key while its owner lives
            ends = frozenset({start})
            for node in pattern:
                ends = frozenset(end for at in ends for end in self._node(node, at))
                if not ends:
                    break
            self._seen[key] = ends
        return self._seen[key]

    def _node(self, node: Node, at: int) -> frozenset[int]:
        if isinstance(node, str):
            return self._word(node, at)
        if isinstance(node, Maybe):
            return self._ends(node.nodes, at) | {at}
        return self._items(node, at)

    def _word(self, word: str, at: int) -> frozenset[int]:
        if word == ",":
            return frozenset({at})
        while at < len(self.words) and self.words[at] == ",":
            at += 1
        if at < len(self.words) and self.words[at] == word:
            return frozenset({at + 1})
        if at + 1 < len(self.words) and self._owner(at) and self.words[at + 1] == word:
            return frozenset({at + 2})
        return frozenset()

    def _owner(self, at: int) -> bool:
        return self.words[at] == YOUR and any(word in self.owned for word in self.words[at + 1 : at + 4])

    def _items(self, node: Items, at: int) -> frozenset[int]:
        """Walk over which items were used, where the last ended, and whether a conjunction came just before it."""
        ends: set[int] = set()
        states = [(frozenset[int](), at, False)]
        seen = set(states)
        while states and len(seen) < MAX_STATES:
            used, here, joined = states.pop()
            if used and node.needed <= used and (len(used) == 1 or joined):
                ends.add(here)
            for index, item in enumerate(node.items):
                if index in used or not (node.free or index > max(used, default=-1)):
                    continue
                for begin, conjoined in self._separators(node, used=bool(used), at=here):
                    for end in self._ends(item, begin):
                        state = (used | {index}, end, conjoined)
                        if state not in seen:
                            seen.add(state)
                            states.append(state)
        return frozenset(ends)

    def _separators(self, node: Items, *, used: bool, at: int) -> list[tuple[int, bool]]:
        if not used:
            return [(at, False)]
        found = []
        begin = at
        if begin < len(self.words) and self.words[begin] == ",":
            begin += 1
            found.append((begin, False))
        if begin < len(self.words) and self.words[begin] == node.conjunction:
            found.append((begin + 1, True))
        return found
