"""What the grounding check says: grounded sentences, or one reason. Holds no refused text."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    EMPTY = "empty"
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"
    NO_CITATION = "no_citation"
    UNKNOWN_CLAUSE = "unknown_clause"
    NUMBER = "number"
    NEGATION = "negation"
    MODALITY = "modality"
    QUANTIFIER = "quantifier"
    CONDITION = "condition"
    NAME = "name"
    NEW_WORD = "new_word"
    STRUCTURE = "structure"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without its markers, and the ids of the clauses it rests on, in the order they were named."""

    text: str
    clause_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grounded:
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    reason: Reason
