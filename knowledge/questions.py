"""The question bank: curated questions bound to the clauses that answer them, or to an outcome.

Owns the file's form and the binding of its lines to clause texts; knows nothing of vectors.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Protocol

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from knowledge.clause import Clause, PolicyVersion
from knowledge.errors import KnowledgeError
from knowledge.romanising import romanised

FILE_NAME = "questions.jsonl"
LONGEST_QUESTION = 1000
CLAUSE_ID = r"^\d{1,4}\.\d{1,4}\.\d{1,4}$"


class BadBank(KnowledgeError):
    """The bank cannot be read; the sentence names file and line."""


class Kind(StrEnum):
    ANSWERABLE = "answerable"
    NOT_STATED = "not_stated"
    SMALL_TALK = "small_talk"
    OFF_TOPIC = "off_topic"


class _Line(BaseModel):
    """One line as it stands in the file."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_QUESTION)]
    kind: Kind
    gold: tuple[Annotated[str, StringConstraints(pattern=CLAUSE_ID)], ...] = ()
    near: tuple[Annotated[str, StringConstraints(pattern=CLAUSE_ID)], ...] = ()
    style: Annotated[str, Field(alias="register")] = "plain"
    hand: str = ""
    bound: tuple[str, ...] = ()


class SupportsJson(Protocol):
    def as_json(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class BankLine:
    """A curated question. `clauses` are ids, `bound` the text hashes they stood for when it was bound, or empty."""

    number: int
    question: str
    kind: Kind
    clauses: tuple[str, ...]
    bound: tuple[str, ...] = ()
    register: str = "plain"
    hand: str = ""

    @property
    def heard(self) -> str:
        """The question in Latin letters, as the encoder and the n-grams know it and as every question reaches them."""
        return romanised(self.question)

    def as_json(self) -> dict[str, Any]:
        role = "gold" if self.kind is Kind.ANSWERABLE else "near"
        line: dict[str, Any] = {"q": self.question, "kind": self.kind.value, "register": self.register}
        if self.hand:
            line["hand"] = self.hand
        if self.clauses:
            line |= {role: list(self.clauses), "bound": list(self.bound)}
        return line


@dataclass(frozen=True, slots=True)
class StaleLine:
    """A line one of whose clauses changed or vanished: it votes for that clause no more until a person rebinds it."""

    line: BankLine
    clause: str


@dataclass(frozen=True, slots=True)
class Binding:
    """The bank against one policy version: lines with a hash for every clause, and what no longer fits."""

    lines: tuple[BankLine, ...]
    stale: tuple[StaleLine, ...]


def load_bank(path: Path) -> tuple[BankLine, ...]:
    """Read the bank; BadBank names the first line that is wrong. A missing file is an empty bank."""
    if not path.exists():
        return ()
    try:
        # Not splitlines(): it would also cut at separators that JSON leaves as they are inside a question.
        rows = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadBank(f"The question bank {path.name!r} cannot be read as UTF-8 text.") from error
    return tuple(_read(row, number, path.name) for number, row in enumerate(rows, 1) if row.strip())


def save_bank(path: Path, lines: Iterable[BankLine]) -> None:
    """Write the bank anew; a crash in the middle leaves the old file."""
    rewrite(path, rows_of(lines))


def add_lines(path: Path, lines: Sequence[BankLine]) -> None:
    """Add lines at the end; what stands in the file stays byte for byte, and a crash leaves it as it was.

    BadBank, and nothing is written, for a question that the file could not be read with again.
    """
    if not lines:
        return
    if any(not line.question.strip() or len(line.question) > LONGEST_QUESTION for line in lines):
        raise BadBank(f"A question of the bank has 1 to {LONGEST_QUESTION} characters: word it anew.")
    known = path.read_bytes().decode("utf-8") if path.exists() else ""
    rows = rows_of(lines)
    rewrite(path, f"{known}\n{rows}" if known and not known.endswith("\n") else known + rows)


def bind(lines: Sequence[BankLine], version: PolicyVersion) -> Binding:
    """Give every clause of every line its text hash and the id it has in this version.

    A line written without hashes means this version's ids; a clause that is gone keeps the id it had.
    """
    bound: list[BankLine] = []
    stale: list[StaleLine] = []
    for line in lines:
        hashes = line.bound or tuple(_hash_of(version, clause) for clause in line.clauses)
        clauses = tuple(_id_now(version, clause, digest) for clause, digest in zip(line.clauses, hashes, strict=True))
        bound.append(replace(line, clauses=clauses, bound=hashes))
        stale += [
            StaleLine(line, clause)
            for clause, digest in zip(line.clauses, hashes, strict=True)
            if digest not in version.by_hash
        ]
    return Binding(tuple(bound), tuple(stale))


def rows_of(lines: Iterable[SupportsJson]) -> str:
    """What a file of such lines says: one JSON object a row."""
    return "".join(json.dumps(line.as_json(), ensure_ascii=False) + "\n" for line in lines)


def rewrite(path: Path, text: str) -> None:
    """Put the text in the file's place; a crash in the middle leaves the old file."""
    scratch = path.with_suffix(".new")
    scratch.write_text(text, encoding="utf-8", newline="")
    scratch.replace(path)


def _hash_of(version: PolicyVersion, clause_id: str) -> str:
    clause: Clause | None = version.by_id.get(clause_id)
    return clause.hash if clause else ""


def _id_now(version: PolicyVersion, clause_id: str, digest: str) -> str:
    stayed = _hash_of(version, clause_id) == digest
    moved = version.by_hash.get(digest)
    return clause_id if stayed or moved is None else moved.id


def _read(row: str, number: int, name: str) -> BankLine:
    try:
        line = _Line.model_validate_json(row)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "the line"
        raise BadBank(f"{name}, line {number}: {where}: {first['msg']}.") from error
    clauses = line.gold or line.near
    if (line.kind is Kind.ANSWERABLE) != bool(line.gold):
        raise BadBank(f"{name}, line {number}: an answerable line names its clauses in 'gold', and no other line does.")
    if line.gold and line.near:
        raise BadBank(f"{name}, line {number}: a line names its clauses in 'gold' or in 'near', not in both.")
    if line.bound and len(line.bound) != len(clauses):
        raise BadBank(f"{name}, line {number}: 'bound' has one hash for each clause.")
    return BankLine(number, line.q, line.kind, clauses, line.bound, line.style, line.hand)
