"""Which questions are worded alike. Compares letters, so that a typing error or an ending does not part two.

Knows neither clauses nor tickets.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

# Two texts that share this much of their letter groups, by Dice's coefficient, are one question worded twice.
ALIKE = 0.6
_LETTERS = 3
# A group of letters that this many questions share says little of any one and would make most of the work.
_COMMON = 200
_WORD = re.compile(r"[^\W_]+")
# Words that carry no question of their own.
_EMPTY = frozenset(
    _WORD.findall(
        "a an and any are as at be by can could did do does for from have hello hey hi how i if in is it me my of on or"
        " our please so tell thanks that the their there they this to us was we what when where which who why will with"
        " would you your"
    )
)


@dataclass(slots=True)
class _Cluster:
    grams: frozenset[str]
    members: list[int] = field(default_factory=list)


def group_alike(texts: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Positions of texts that are worded alike, the largest group first; each text is in one group.

    A text joins the group whose first member it resembles most. Linear in practice: only groups that share a group
    of letters are compared.
    """
    clusters: list[_Cluster] = []
    holders: dict[str, list[int]] = {}
    for position, text in enumerate(texts):
        grams = _grams(text)
        home = _nearest(grams, clusters, holders)
        if home is None:
            home = _Cluster(grams)
            for gram in grams:
                holders.setdefault(gram, []).append(len(clusters))
            clusters.append(home)
        home.members.append(position)
    return tuple(tuple(cluster.members) for cluster in sorted(clusters, key=lambda cluster: -len(cluster.members)))


def _nearest(grams: frozenset[str], clusters: Sequence[_Cluster], holders: dict[str, list[int]]) -> _Cluster | None:
    shared = Counter(
        number for gram in grams if len(holders.get(gram, ())) <= _COMMON for number in holders.get(gram, ())
    )
    scored = [(_likeness(grams, clusters[number].grams), -number) for number in shared]
    best, number = max(scored, default=(0.0, 0))
    return clusters[-number] if best >= ALIKE else None


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))


def _grams(text: str) -> frozenset[str]:
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    padded = [f" {word} " for word in words if word not in _EMPTY] or [f" {word} " for word in words] or [" "]
    return frozenset(word[at : at + _LETTERS] for word in padded for at in range(max(1, len(word) - _LETTERS + 1)))
