"""What changed between two versions, clause by clause and word by word. Reads no files."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from knowledge.clause import Clause, PolicyVersion

_WORD = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_SIMILAR = 0.5  # at least this share of the words is common to two forms of one clause
_RARE_WORDS = 8  # of each clause are looked up among the other version's clauses
_CANDIDATES = 64  # clauses that hold a word before it counts as too common to be looked up
_LONGEST = 1_000  # words of a clause that are compared one by one


class ChangeKind(StrEnum):
    UNCHANGED = "unchanged"
    MOVED = "moved"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class WordOp(StrEnum):
    EQUAL = "equal"
    DELETE = "delete"
    INSERT = "insert"


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """`old` is missing from an added clause, `new` from a removed one; `words` are given for a changed one.

    The texts of the EQUAL and DELETE runs joined are the old clause, those of EQUAL and INSERT the new one.
    """

    kind: ChangeKind
    old: Clause | None
    new: Clause | None
    words: tuple[tuple[WordOp, str], ...] = ()


@dataclass(frozen=True, slots=True)
class VersionDiff:
    """Every clause of both versions, in the reading order of the new one; a removed clause follows its predecessor."""

    old: PolicyVersion
    new: PolicyVersion
    entries: tuple[ClauseChange, ...]

    def __iter__(self) -> Iterator[ClauseChange]:
        return iter(self.entries)


def diff(old: PolicyVersion, new: PolicyVersion) -> VersionDiff:
    """Pair the clauses by their text, then by their likeness; what is left was added or removed.

    A clause with the same text is UNCHANGED under the same id and MOVED under another.
    """
    pairs = _same_text(old.clauses, new.clauses)
    taken = {clause.id for clause in pairs.values()}
    left_old = [clause for clause in old.clauses if clause.id not in pairs]
    left_new = [clause for clause in new.clauses if clause.id not in taken]
    pairs |= _similar(left_old, left_new)
    return VersionDiff(old, new, tuple(_entries(old, new, pairs)))


def changes_between(old: PolicyVersion, new: PolicyVersion) -> tuple[ClauseChange, ...]:
    """The entries of the diff that differ in text or id: what a person comparing two versions wants to see."""
    return tuple(entry for entry in diff(old, new) if entry.kind is not ChangeKind.UNCHANGED)


def _same_text(old: Sequence[Clause], new: Sequence[Clause]) -> dict[str, Clause]:
    """The new clause with the same text for each old id: of several equal ones that at the same id, else in order."""
    by_text: defaultdict[str, list[Clause]] = defaultdict(list)
    for clause in new:
        by_text[clause.text].append(clause)
    pairs: dict[str, Clause] = {}
    stayed = {(clause.id, clause.text) for clause in new}
    for clause in old:
        if (clause.id, clause.text) in stayed:
            equals = by_text[clause.text]
            pairs[clause.id] = equals.pop(next(at for at, each in enumerate(equals) if each.id == clause.id))
    for clause in old:
        if clause.id not in pairs and by_text[clause.text]:
            pairs[clause.id] = by_text[clause.text].pop(0)
    return pairs


def _similar(old: Sequence[Clause], new: Sequence[Clause]) -> dict[str, Clause]:
    """The most alike pairs first, rare words counting for more; each clause is paired once at most."""
    old_words, new_words = [_words(clause) for clause in old], [_words(clause) for clause in new]
    frequency = Counter(word for words in (*old_words, *new_words) for word in words)
    total = len(old) + len(new)
    weights = {word: math.log1p(total / count) for word, count in frequency.items()}
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for at, words in enumerate(new_words):
        for word in words:
            holders[word].append(at)
    scored = []
    for at, words in enumerate(old_words):
        rare = [word for word in sorted(words, key=lambda word: frequency[word]) if len(holders[word]) <= _CANDIDATES]
        for candidate in {holder for word in rare[:_RARE_WORDS] for holder in holders[word]}:
            score = _likeness(words, new_words[candidate], weights)
            if score >= _SIMILAR:
                scored.append((-score, abs(at - candidate), at, candidate))
    pairs: dict[str, Clause] = {}
    taken: set[int] = set()
    for _, _, at, candidate in sorted(scored):
        if old[at].id not in pairs and candidate not in taken:
            pairs[old[at].id] = new[candidate]
            taken.add(candidate)
    return pairs


def _words(clause: Clause) -> Counter[str]:
    return Counter(re.findall(r"\w+", clause.text.casefold()))


def _likeness(first: Counter[str], second: Counter[str], weights: dict[str, float]) -> float:
    """The weight of the words that both hold, as a share of the mean weight of either: 1 for the same words."""
    common = sum(weights[word] * count for word, count in (first & second).items())
    return 2 * common / sum(weights[word] * count for words in (first, second) for word, count in words.items())


def _entries(old: PolicyVersion, new: PolicyVersion, pairs: dict[str, Clause]) -> Iterator[ClauseChange]:
    origin = {clause.id: old_id for old_id, clause in pairs.items()}
    removed_after: defaultdict[str, list[Clause]] = defaultdict(list)
    predecessor = ""
    for clause in old.clauses:
        if clause.id in pairs:
            predecessor = pairs[clause.id].id
        else:
            removed_after[predecessor].append(clause)
    yield from _removed(removed_after[""])
    for clause in new.clauses:
        source = origin.get(clause.id)
        yield _entry(old.by_id[source] if source else None, clause)
        yield from _removed(removed_after[clause.id])


def _removed(clauses: Sequence[Clause]) -> Iterator[ClauseChange]:
    for clause in clauses:
        yield ClauseChange(ChangeKind.REMOVED, clause, None)


def _entry(old: Clause | None, new: Clause) -> ClauseChange:
    if old is None:
        return ClauseChange(ChangeKind.ADDED, None, new)
    if old.text == new.text:
        return ClauseChange(ChangeKind.UNCHANGED if old.id == new.id else ChangeKind.MOVED, old, new)
    return ClauseChange(ChangeKind.CHANGED, old, new, tuple(_word_runs(old.text, new.text)))


def _word_runs(old: str, new: str) -> Iterator[tuple[WordOp, str]]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > _LONGEST:
        yield WordOp.DELETE, old
        yield WordOp.INSERT, new
        return
    for op, *(first, last, start, stop) in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if op == "equal":
            yield WordOp.EQUAL, "".join(before[first:last])
            continue
        if first < last:
            yield WordOp.DELETE, "".join(before[first:last])
        if start < stop:
            yield WordOp.INSERT, "".join(after[start:stop])
