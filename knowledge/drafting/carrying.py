"""Questions for the clauses of a policy, carried over from the nearest clauses of known ones.

Proposes only: a person reads every line before it stands in a bank.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.bank_review import normalised
from knowledge.clause import Clause, PolicyVersion
from knowledge.drafting.foreign import Customs, Vocabulary
from knowledge.drafting.known import KnownPolicy
from knowledge.encoder.protocol import Encoder, Vectors
from knowledge.questions import BankLine

# A clause that is nearer than this mostly says the same kind of thing, by reading the pairs of six organisations.
NEAR = 0.55
# And a question that is nearer than this to the clause mostly asks for it.
MEANT = 0.35
TWINS = 0.95


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question that `clause` may answer. `likeness` is of the clause with that which it came from, if any."""

    question: str
    clause: Clause
    register: str
    source: str
    likeness: float | None
    foreign: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Origin:
    policy: KnownPolicy
    clause: Clause
    vocabulary: Vocabulary


class Carrier:
    """Carries questions over to one policy version; `names` are what its organisation is called."""

    def __init__(
        self, version: PolicyVersion, known: Sequence[KnownPolicy], encoder: Encoder, *, names: Sequence[str] = ()
    ) -> None:
        self._version = version
        self._encoder = encoder
        self._origins, vocabularies = _origins(known)
        titles = [section.title for section in version.sections]
        self.customs = Customs.of(Vocabulary.of(version.clauses, besides=(*names, *titles)), vocabularies)
        self._own = encoder.encode([clause.text for clause in version.clauses])
        self._place = {clause.id: at for at, clause in enumerate(version.clauses)}

    def belongs(self, question: str, clause: Clause) -> bool:
        """Whether no other clause of the policy is nearer to the question."""
        return int((self._own @ self._encoder.encode([question])[0]).argmax()) == self._place[clause.id]

    def carry(
        self,
        room: Mapping[str, int],
        *,
        is_new: Callable[[str, Clause], bool] = lambda _question, _clause: True,
        progress: Callable[[int, int], None] = lambda _done, _all: None,
    ) -> tuple[Proposal, ...]:
        """Up to `room[clause id]` questions for each clause named there, nearest first.

        Only questions that no other clause of the policy is nearer to, that are new, and each for one clause.
        """
        wanted = [clause for clause in self._version.clauses if room.get(clause.id, 0) > 0]
        if not wanted or not self._origins:
            return ()
        likeness = self._own @ self._encoder.encode([origin.clause.text for origin in self._origins]).T
        taken, proposals = set[str](), list[Proposal]()
        for done, clause in enumerate(wanted, 1):
            near = likeness[self._place[clause.id]]
            found = [
                (at, line)
                for at, line in self._candidates(near)
                if normalised(line.question) not in taken and is_new(line.question, clause)
            ]
            fresh = self._chosen(clause, found, near, room[clause.id]) if found else []
            taken |= {normalised(proposal.question) for proposal in fresh}
            proposals += fresh
            progress(done, len(wanted))
        return tuple(proposals)

    def _chosen(
        self, clause: Clause, found: Sequence[tuple[int, BankLine]], likeness: Vectors, room: int
    ) -> list[Proposal]:
        """The nearest of what was found, by the likeness of the clauses and that of question and clause together."""
        # One by one: in company the eight-bit encoder gives a text other figures, and a second run would differ.
        vectors = np.concatenate([self._encoder.encode([line.question]) for _, line in found])
        to_clauses = vectors @ self._own.T
        place = self._place[clause.id]
        near = likeness[[at for at, _ in found]] + to_clauses[:, place]
        chosen: list[int] = []
        for row in np.argsort(-near, kind="stable").tolist():
            is_twin = bool(chosen) and float((vectors[chosen] @ vectors[row]).max()) > TWINS
            is_meant = to_clauses[row].argmax() == place and to_clauses[row, place] >= MEANT
            if is_meant and not is_twin and len(chosen) < room:
                chosen.append(row)
        return [self._proposal(found[row], clause, likeness) for row in chosen]

    def _candidates(self, likeness: Vectors) -> Iterator[tuple[int, BankLine]]:
        for at in np.flatnonzero(likeness >= NEAR).tolist():
            origin = self._origins[at]
            yield from ((at, line) for line in origin.policy.asked[origin.clause.id])

    def _proposal(self, found: tuple[int, BankLine], clause: Clause, likeness: Vectors) -> Proposal:
        at, line = found
        origin = self._origins[at]
        return Proposal(
            question=line.question,
            clause=clause,
            register=line.register,
            source=f"{origin.policy.name} {origin.clause.id}",
            likeness=round(float(likeness[at]), 2),
            foreign=self.customs.foreign(line.question, clause, origin.vocabulary),
        )


def _origins(known: Sequence[KnownPolicy]) -> tuple[list[_Origin], list[Vocabulary]]:
    """Every known clause that somebody asked for, and the words of each known policy."""
    vocabularies = [
        Vocabulary.of(policy.clauses, asked=(line.question for lines in policy.asked.values() for line in lines))
        for policy in known
    ]
    origins = [
        _Origin(policy, clause, vocabulary)
        for policy, vocabulary in zip(known, vocabularies, strict=True)
        for clause in policy.clauses
        if policy.asked[clause.id]
    ]
    return origins, vocabularies
