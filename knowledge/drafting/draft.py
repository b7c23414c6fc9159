"""The draft beside the bank: proposed questions with their source and state. Not live until a person accepts a line.

A line stays when it is decided, so that nothing is proposed twice.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from knowledge.bank_review import normalised
from knowledge.clause import PolicyVersion
from knowledge.drafting.carrying import Proposal
from knowledge.errors import KnowledgeError
from knowledge.questions import (
    CLAUSE_ID,
    FILE_NAME,
    LONGEST_QUESTION,
    BankLine,
    Kind,
    add_lines,
    bind,
    load_bank,
    rewrite,
    rows_of,
)

DRAFT_NAME = "questions.draft.jsonl"
HAND = "draft"
_ID_DIGITS = 8


class BadDraft(KnowledgeError):
    """The draft cannot be read or a line of it cannot be accepted; the sentence names it."""


class State(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DROPPED = "dropped"


class _Line(BaseModel):
    """One line as it stands in the file."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")]
    q: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_QUESTION)]
    gold: Annotated[tuple[Annotated[str, StringConstraints(pattern=CLAUSE_ID)], ...], Field(min_length=1)]
    bound: tuple[str, ...] = ()
    style: Annotated[str, Field(alias="register")] = "plain"
    source: str
    likeness: float | None = None
    foreign: tuple[str, ...] = ()
    state: State


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A proposed question. The id is of the wording that was proposed: a person may change the question under it."""

    id: str
    question: str
    clauses: tuple[str, ...]
    bound: tuple[str, ...]
    register: str
    source: str
    likeness: float | None
    foreign: tuple[str, ...]
    state: State = State.PROPOSED

    @classmethod
    def of(cls, proposal: Proposal) -> "DraftLine":
        return cls(
            id=draft_id(proposal.question, proposal.clause.hash),
            question=proposal.question,
            clauses=(proposal.clause.id,),
            bound=(proposal.clause.hash,),
            register=proposal.register,
            source=proposal.source,
            likeness=proposal.likeness,
            foreign=proposal.foreign,
        )

    def as_json(self) -> dict[str, Any]:
        likeness = {} if self.likeness is None else {"likeness": self.likeness}
        return {
            "id": self.id,
            "q": self.question,
            "gold": list(self.clauses),
            "bound": list(self.bound),
            "register": self.register,
            "source": self.source,
            **likeness,
            "foreign": list(self.foreign),
            "state": self.state.value,
        }

    def for_bank(self) -> BankLine:
        hand = f"{HAND} {self.source.partition(' ')[0]}"
        return BankLine(0, self.question, Kind.ANSWERABLE, self.clauses, self.bound, self.register, hand)


def draft_id(question: str, clause_hash: str) -> str:
    return hashlib.sha256(f"{clause_hash} {normalised(question)}".encode("utf-8", "replace")).hexdigest()[:_ID_DIGITS]


def load_draft(folder: Path) -> tuple[DraftLine, ...]:
    """The draft in a policy's folder; none where there is no file. BadDraft names the first line that is wrong."""
    path = folder / DRAFT_NAME
    if not path.exists():
        return ()
    try:
        rows = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadDraft(f"The draft {DRAFT_NAME!r} cannot be read as UTF-8 text: correct it or take it away.") from error
    return tuple(_read(row, number) for number, row in enumerate(rows, 1) if row.strip())


def save_draft(folder: Path, lines: Iterable[DraftLine]) -> None:
    """Write the draft anew; a crash in the middle leaves the old file."""
    rewrite(folder / DRAFT_NAME, rows_of(lines))


def waiting(lines: Sequence[DraftLine]) -> tuple[DraftLine, ...]:
    return tuple(line for line in lines if line.state is State.PROPOSED)


def named(lines: Sequence[DraftLine], ids: Iterable[str]) -> tuple[DraftLine, ...]:
    """The lines with these ids that nobody has decided yet; BadDraft where one is not among them."""
    open_lines = {line.id: line for line in waiting(lines)}
    wanted = tuple(dict.fromkeys(ids))
    if missing := [name for name in wanted if name not in open_lines]:
        raise BadDraft(
            f"No line {missing[0]!r} waits in {DRAFT_NAME}: `privacy-assistant bank accept --list` has them."
        )
    return tuple(open_lines[name] for name in wanted)


def accept(folder: Path, version: PolicyVersion, ids: Iterable[str], *, reworded: Mapping[str, str]) -> int:
    """Put these lines at the end of the bank, `reworded` where a person changed one; how many the bank did not have.

    BadDraft, and nothing changes, where a line names a clause that changed or vanished.
    """
    lines = load_draft(folder)
    chosen = [replace(line, question=reworded.get(line.id, line.question)) for line in named(lines, ids)]
    binding = bind([line.for_bank() for line in chosen], version)
    for draft, bound in zip(chosen, binding.lines, strict=True):
        if any(digest not in version.by_hash for digest in bound.bound):
            raise BadDraft(f"Line {draft.id} names a clause that changed or vanished: correct it, or drop the line.")
    known = {normalised(line.question) for line in load_bank(folder / FILE_NAME)}
    fresh = [line for line in binding.lines if normalised(line.question) not in known]
    # The bank first: what a crash leaves undecided stands in the bank by then and is not added again.
    add_lines(folder / FILE_NAME, fresh)
    _settle(folder, lines, {line.id: replace(line, state=State.ACCEPTED) for line in chosen})
    return len(fresh)


def drop(folder: Path, ids: Iterable[str]) -> int:
    """Mark these lines as not wanted, so that they are not proposed again; how many."""
    lines = load_draft(folder)
    chosen = named(lines, ids)
    _settle(folder, lines, {line.id: replace(line, state=State.DROPPED) for line in chosen})
    return len(chosen)


def _settle(folder: Path, lines: Sequence[DraftLine], decided: Mapping[str, DraftLine]) -> None:
    save_draft(folder, [decided.get(line.id, line) for line in lines])


def _read(row: str, number: int) -> DraftLine:
    try:
        line = _Line.model_validate_json(row)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "the line"
        raise BadDraft(f"{DRAFT_NAME}, line {number}: {where}: {first['msg']}.") from error
    if line.bound and len(line.bound) != len(line.gold):
        raise BadDraft(f"{DRAFT_NAME}, line {number}: 'bound' has one hash for each clause, or none at all.")
    return DraftLine(
        line.id, line.q, line.gold, line.bound, line.style, line.source, line.likeness, line.foreign, line.state
    )
