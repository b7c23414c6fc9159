"""What is wrong or thin in a question bank, as figures and lists. Changes nothing and judges no single line."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.clause import PolicyVersion
from knowledge.encoder.protocol import Vectors
from knowledge.questions import BankLine, Kind, StaleLine, bind
from knowledge.romanising import romanised

FEW = 25
NEAR_TWIN = 0.95
OPENING_WORDS = 3
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Astray:
    """A line whose question is nearer to the text of another clause than to any of its own."""

    line: BankLine
    nearer_to: str


@dataclass(frozen=True, slots=True)
class BankReview:
    """`few` holds clause ids with fewer than FEW questions; shares are between 0 and 1."""

    kinds: dict[str, int]
    registers: dict[str, int]
    duplicates: tuple[tuple[BankLine, BankLine], ...]
    unknown: tuple[BankLine, ...]
    stale: tuple[StaleLine, ...]
    few: dict[str, int]
    astray: tuple[Astray, ...]
    near_twin_share: float
    openings: tuple[tuple[str, float], ...]


def review(
    lines: Sequence[BankLine], version: PolicyVersion, *, question_vectors: Vectors, clause_vectors: Vectors
) -> BankReview:
    """Look at a bank against one policy version; vectors row by row as `lines` and `version.clauses`."""
    binding = bind(lines, version)
    unknown = tuple(line for line in binding.lines if any(not digest for digest in line.bound))
    stale = tuple(found for found in binding.stale if found.line.bound)
    counts = Counter(clause for line in binding.lines if line.kind is Kind.ANSWERABLE for clause in line.clauses)
    return BankReview(
        kinds=dict(Counter(line.kind.value for line in lines)),
        registers=dict(Counter(line.register for line in lines).most_common()),
        duplicates=_duplicates(lines),
        unknown=unknown,
        stale=stale,
        few={clause.id: counts[clause.id] for clause in version.clauses if counts[clause.id] < FEW},
        astray=_astray(binding.lines, version, question_vectors @ clause_vectors.T),
        near_twin_share=_near_twin_share(question_vectors),
        openings=_openings(lines),
    )


def normalised(question: str) -> str:
    """The words alone, in Latin letters and folded: what two lines share that differ only in case, script and marks."""
    return " ".join(_WORD.findall(romanised(question).casefold())) or question.strip()


def _duplicates(lines: Sequence[BankLine]) -> tuple[tuple[BankLine, BankLine], ...]:
    first: dict[str, BankLine] = {}
    twins = []
    for line in lines:
        known = first.setdefault(normalised(line.question), line)
        if known is not line:
            twins.append((known, line))
    return tuple(twins)


def _astray(lines: Sequence[BankLine], version: PolicyVersion, similarity: Vectors) -> tuple[Astray, ...]:
    place = {clause.id: at for at, clause in enumerate(version.clauses)}
    found = []
    for line, row in zip(lines, similarity, strict=True):
        own = [place[clause] for clause in line.clauses if clause in place]
        if line.kind is Kind.ANSWERABLE and own and row.max() > row[own].max():
            found.append(Astray(line, version.clauses[int(row.argmax())].id))
    return tuple(found)


def _near_twin_share(vectors: Vectors) -> float:
    """Share of the lines' pairs with a cosine over NEAR_TWIN."""
    if len(vectors) < 2:  # noqa: PLR2004 a pair takes two
        return 0.0
    near = sum(int((vectors[at + 1 :] @ vectors[at] > NEAR_TWIN).sum()) for at in range(len(vectors)))
    return near / (len(vectors) * (len(vectors) - 1) / 2)


def _openings(lines: Sequence[BankLine]) -> tuple[tuple[str, float], ...]:
    """The commonest first three words with their share of the lines."""
    counts = Counter(
        " ".join(words[:OPENING_WORDS])
        for line in lines
        if len(words := _WORD.findall(line.heard.casefold())) >= OPENING_WORDS
    )
    return tuple((opening, count / len(lines)) for opening, count in counts.most_common(3))


def random_lines(lines: Sequence[BankLine], count: int, *, seed: int) -> tuple[BankLine, ...]:
    picked = np.random.default_rng(seed).choice(len(lines), size=min(count, len(lines)), replace=False)
    return tuple(lines[at] for at in sorted(picked))
