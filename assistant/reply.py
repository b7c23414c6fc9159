"""The Reply: what every door renders. Frozen values that the specialists fill and the front desk joins.

Owns the shape and its JSON form; knows nothing of how an answer is found.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

# What a turn changes, run in its one write transaction.
Write = Callable[[Session], None]


class Intent(StrEnum):
    QUESTION = "question"
    RIGHTS_REQUEST = "rights_request"
    SECURITY_REPORT = "security_report"
    TICKET_STATUS = "ticket_status"
    HUMAN_HANDOFF = "human_handoff"
    COMPLAINT = "complaint"
    SMALL_TALK = "small_talk"
    OFF_TOPIC = "off_topic"


class Outcome(StrEnum):
    ANSWERED = "answered"
    NOT_STATED = "not_stated"
    NOT_UNDERSTOOD = "not_understood"
    DECLINED = "declined"
    NEEDS_INPUT = "needs_input"
    TICKET_OPENED = "ticket_opened"
    TICKET_STATUS = "ticket_status"
    HANDED_OVER = "handed_over"
    CANCELLED = "cancelled"
    CHATTED = "chatted"


class PartKind(StrEnum):
    QUOTE = "quote"
    NOTE = "note"
    COMPUTED = "computed"
    REPHRASED = "rephrased"
    INSTRUCTION = "instruction"
    CONTACT = "contact"
    QUESTION = "question"
    TICKET = "ticket"


class Right(StrEnum):
    """What a person may ask for; one ticket each. The order is the one in which tickets are opened."""

    ACCESS = "access"
    CORRECTION = "correction"
    DELETION = "deletion"
    MARKETING_OPT_OUT = "marketing_opt_out"
    PORTABILITY = "portability"
    RESTRICTION = "restriction"
    OBJECTION = "objection"
    CONSENT_WITHDRAWAL = "consent_withdrawal"
    GRIEVANCE = "grievance"
    OTHER = "other"


class Severity(StrEnum):
    CRITICAL = "critical"
    HIGH = "high"
    NORMAL = "normal"


class AsksFor(StrEnum):
    RIGHT = "right"
    REQUESTER = "requester"
    EMAIL = "email"
    VERIFICATION_CODE = "verification_code"
    CONFIRMATION = "confirmation"
    DETAILS = "details"
    DATE = "date"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of what is said. `citation` is an index into the Reply's citations, or None."""

    kind: PartKind
    text: str
    citation: int | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause as shown: `quote` is exactly the clause's text, at [start, end) of the published text."""

    clause: str
    section: str
    quote: str
    start: int
    end: int
    policy_version: str
    url: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A specialist's share of the Reply, and what is to be written with it.

    `after` runs once that is committed. `leaves` is JSON that the next turn may lean on. `said` is stored in place of
    the masked message where even that says too much, as when a code was typed.
    """

    intent: Intent
    outcome: Outcome
    parts: tuple[Part, ...]
    citations: tuple[Citation, ...] = ()
    see_also: tuple[Citation, ...] = ()
    asks_for: AsksFor | None = None
    suggestions: tuple[str, ...] = ()
    rights: tuple[Right, ...] = ()
    tickets: tuple[dict[str, Any], ...] = ()
    writes: tuple[Write, ...] = ()
    after: tuple[Callable[[], None], ...] = ()
    leaves: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    said: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """What one turn is answered with; ids are None where nothing is stored (`ask`)."""

    intent: Intent
    outcome: Outcome
    parts: tuple[Part, ...]
    policy_version: str
    citations: tuple[Citation, ...] = ()
    see_also: tuple[Citation, ...] = ()
    other_intents: tuple[Intent, ...] = ()
    rights: tuple[str, ...] = ()
    asks_for: AsksFor | None = None
    tickets: tuple[dict[str, Any], ...] = ()
    suggestions: tuple[str, ...] = ()
    turn_id: str | None = None
    conversation_id: str | None = None

    @property
    def text(self) -> str:
        """The parts joined by blank lines; each quote stands in it in full."""
        return "\n\n".join(part.text for part in self.parts)

    def as_json(self) -> dict[str, Any]:
        """The Reply of the public contract: every key always there."""
        return {**asdict(self), "text": self.text}
