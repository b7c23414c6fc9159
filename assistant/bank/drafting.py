"""Drafts questions for clauses that have few: carried over from known policies, and written by a model if one is set.

Writes the draft beside the bank and never the bank itself.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from assistant.bank.writing import written_questions
from assistant.llm.chat_model import ChatModel, ModelFailed
from knowledge.bank_review import normalised
from knowledge.clause import Clause, PolicyVersion
from knowledge.drafting.carrying import Carrier, Proposal
from knowledge.drafting.draft import DraftLine, draft_id, load_draft, save_draft, waiting
from knowledge.drafting.known import KnownPolicy
from knowledge.encoder.protocol import Encoder
from knowledge.questions import FILE_NAME, Kind, bind, load_bank

MODEL = "model"
# A model that failed so often in a row is not asked about the clauses that are left.
PATIENCE = 3

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a run added. `bare` are clauses that have neither a question in the bank nor one that waits in the draft."""

    added: tuple[DraftLine, ...]
    bare: tuple[Clause, ...]
    model_failures: int


@dataclass(frozen=True, slots=True)
class DraftingDesk:
    folder: Path
    version: PolicyVersion
    known: Sequence[KnownPolicy]
    encoder: Encoder
    names: Sequence[str] = ()
    model: ChatModel | None = field(default=None, repr=False)

    def draft(self, *, per_clause: int, progress: Progress = lambda _what, _done, _all: None) -> Drafted:
        """Bring every clause to `per_clause` questions, counting the bank's and those that wait in the draft.

        A model is asked besides: its questions are counted by themselves. Nothing is proposed twice.
        """
        standing = _Standing.of(self.folder, self.version)
        carrier = Carrier(self.version, self.known, self.encoder, names=self.names)
        found = list(
            carrier.carry(
                standing.room(per_clause, written=False),
                is_new=standing.is_new,
                progress=lambda done, every: progress("carrying over", done, every),
            )
        )
        failures = 0
        if self.model is not None:
            writer = _Writer(self.model, carrier, standing, {normalised(proposal.question) for proposal in found})
            room = standing.room(per_clause, written=True)
            found += writer.write(room, lambda done, every: progress("asking the language model", done, every))
            failures = writer.failures
        added = tuple(map(DraftLine.of, found))
        if added:
            save_draft(self.folder, [*standing.draft, *added])
        return Drafted(added, standing.bare(added), failures)


@dataclass(frozen=True, slots=True)
class _Standing:
    """What bank and draft hold already. `asked` counts the bank's questions by clause."""

    version: PolicyVersion
    draft: tuple[DraftLine, ...]
    asked: Mapping[str, int]
    questions: frozenset[str]
    ids: frozenset[str]

    @classmethod
    def of(cls, folder: Path, version: PolicyVersion) -> Self:
        bank, draft = bind(load_bank(folder / FILE_NAME), version).lines, load_draft(folder)
        answerable = [line for line in bank if line.kind is Kind.ANSWERABLE]
        return cls(
            version=version,
            draft=draft,
            asked=Counter(clause for line in answerable for clause in line.clauses),
            questions=frozenset(
                map(normalised, (*(line.question for line in bank), *(line.question for line in draft)))
            ),
            ids=frozenset(line.id for line in draft),
        )

    def is_new(self, question: str, clause: Clause) -> bool:
        """Also for a line whose wording a person changed since: its id is that of what was proposed."""
        return normalised(question) not in self.questions and draft_id(question, clause.hash) not in self.ids

    def room(self, per_clause: int, *, written: bool) -> dict[str, int]:
        """How many questions each clause lacks; `written` counts those of a model, else those carried over."""
        waits = self._waits(line for line in self.draft if (line.source == MODEL) is written)
        lacks = {clause.id: per_clause - self.asked[clause.id] - waits[clause.id] for clause in self.version.clauses}
        return {clause: count for clause, count in lacks.items() if count > 0}

    def bare(self, added: Sequence[DraftLine]) -> tuple[Clause, ...]:
        waits = self._waits((*self.draft, *added))
        return tuple(clause for clause in self.version.clauses if not self.asked[clause.id] + waits[clause.id])

    def _waits(self, lines: Iterable[DraftLine]) -> Counter[str]:
        """The undecided lines by the id that their clauses have in this version."""
        bound = bind([line.for_bank() for line in waiting(tuple(lines))], self.version).lines
        return Counter(clause for line in bound for clause in line.clauses)


@dataclass(slots=True)
class _Writer:
    model: ChatModel
    carrier: Carrier
    standing: _Standing
    taken: set[str]
    failures: int = 0

    def write(self, room: Mapping[str, int], progress: Callable[[int, int], None]) -> list[Proposal]:
        """What the model writes for each clause; it is asked no more once it failed PATIENCE times in a row."""
        proposals, in_a_row = list[Proposal](), 0
        for done, (name, count) in enumerate(room.items(), 1):
            try:
                proposals += self._for_clause(self.standing.version.by_id[name], count)
                in_a_row = 0
            except ModelFailed:
                self.failures += 1
                in_a_row += 1
            if in_a_row == PATIENCE:
                break
            progress(done, len(room))
        return proposals

    def _for_clause(self, clause: Clause, count: int) -> Iterator[Proposal]:
        written = written_questions(self.model, clause, count)
        return (self._proposal(question, clause) for question in written if self._is_wanted(question, clause))

    def _is_wanted(self, question: str, clause: Clause) -> bool:
        key = normalised(question)
        wanted = (
            key not in self.taken and self.standing.is_new(question, clause) and self.carrier.belongs(question, clause)
        )
        self.taken.add(key)
        return wanted

    def _proposal(self, question: str, clause: Clause) -> Proposal:
        foreign = self.carrier.customs.foreign(question, clause, None)
        return Proposal(question, clause, "plain", MODEL, None, foreign)
