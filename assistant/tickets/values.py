"""The words and values of the queue that its callers share: kinds, statuses, due dates, cards, views.

Knows no table and no rule: which status follows which is in `moves`, which limit applies in `deadlines`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from assistant.reply import Right, Severity


class Kind(StrEnum):
    RIGHTS_REQUEST = "rights_request"
    SECURITY_INCIDENT = "security_incident"
    INQUIRY = "inquiry"
    COMPLAINT = "complaint"


class Status(StrEnum):
    RECEIVED = "received"
    AWAITING_VERIFICATION = "awaiting_verification"
    AWAITING_REQUESTER = "awaiting_requester"
    IN_PROGRESS = "in_progress"
    AWAITING_APPROVAL = "awaiting_approval"
    ON_HOLD = "on_hold"
    FULFILLED = "fulfilled"
    PARTIALLY_FULFILLED = "partially_fulfilled"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    MERGED = "merged"
    ACKNOWLEDGED = "acknowledged"
    CONTAINED = "contained"
    CLOSED = "closed"


# A ticket in one of these is done: its clocks stand still and nothing follows.
DONE = frozenset(
    {
        Status.FULFILLED,
        Status.PARTIALLY_FULFILLED,
        Status.DENIED,
        Status.WITHDRAWN,
        Status.EXPIRED,
        Status.MERGED,
        Status.CLOSED,
    }
)
OPEN = frozenset(Status) - DONE


class BasisKind(StrEnum):
    """Who set a limit: the published policy, a law, or the organisation for itself."""

    POLICY = "policy"
    LAW = "law"
    TARGET = "target"


class Regime(StrEnum):
    """The law that sets a legal deadline; set by the desk, never guessed."""

    GDPR = "gdpr"
    CCPA = "ccpa"
    DPDP = "dpdp"


class ClockName(StrEnum):
    """What a deadline is for. The last three are owed to a regulator by the organisation, never sent by us."""

    ANSWER = "answer"
    FIRST_ANSWER = "first_answer"
    ACKNOWLEDGE = "acknowledge"
    REPORT_CERT_IN = "report_cert_in"
    REPORT_GDPR = "report_gdpr"
    REPORT_DPDP = "report_dpdp"


class Event(StrEnum):
    """What an entry of the history tells."""

    OPENED = "opened"
    MOVED = "moved"
    VERIFIED = "verified"
    LINKED = "linked"
    ASSIGNED = "assigned"
    EXTENDED = "extended"
    PAUSED = "paused"
    REGIME_SET = "regime_set"
    NOTE = "note"
    CONTACT_ADDED = "contact_added"
    REPLIED = "replied"
    REPORTED_AGAIN = "reported_again"
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True, slots=True)
class Due:
    """A limit with its basis. `cite` is a clause id for the policy, an article for a law, empty for a target."""

    kind: BasisKind
    cite: str
    at: datetime

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind.value, "cite": self.cite, "at": instant(self.at)}


@dataclass(frozen=True, slots=True)
class TicketCard:
    """What a visitor may see of a ticket: no personal data, nothing that the desk wrote."""

    reference: str
    kind: Kind
    right: Right | None
    status: Status
    severity: Severity | None
    due: Due | None
    first_answer: Due | None

    def as_json(self) -> dict[str, Any]:
        """A ticket of the public Reply."""
        basis = {"kind": self.due.kind.value, "cite": self.due.cite} if self.due else None
        return {
            "reference": self.reference,
            "kind": self.kind.value,
            "right": self.right.value if self.right else None,
            "status": self.status.value,
            "severity": self.severity.value if self.severity else None,
            "due_at": instant(self.due.at) if self.due else None,
            "due_basis": basis,
            "first_answer_due_at": instant(self.first_answer.at) if self.first_answer else None,
        }


@dataclass(frozen=True, slots=True)
class NewTicket:
    """What a caller brings to open a ticket. `text` is masked; `contact` and `details` are kept sealed only.

    `reference` comes from `TicketService.new_reference`. Clocks start at `opened_at` (now, when None); an incident's
    regulators' hours at `noticed_at` (`opened_at`, when None). `group` links the tickets of one request. `language` is
    that of the mails about it.
    """

    reference: str
    kind: Kind
    text: str = field(repr=False)
    right: Right | None = None
    status: Status = Status.RECEIVED
    severity: Severity | None = None
    conversation: bytes | None = None
    turn_id: str | None = None
    contact: str | None = field(default=None, repr=False)
    contact_proven: bool = False
    details: str | None = field(default=None, repr=False)
    subject: str = "self"
    noticed_at: datetime | None = None
    opened_at: datetime | None = None
    group: str | None = None
    origin: str = "web"
    network: str = ""
    on_behalf_of: str | None = field(default=None, repr=False)
    actor: str = "visitor"
    language: str | None = None
    privacy_control: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """One clock of a ticket as the desk sees it. `governs` marks the one that the ticket's due date is."""

    name: ClockName
    due_at: datetime
    basis: BasisKind
    cite: str
    source: str
    regime: Regime | None
    in_force: bool
    governs: bool
    stopped_at: datetime | None

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name.value,
            "due_at": instant(self.due_at),
            "basis": {"kind": self.basis.value, "cite": self.cite},
            "source": self.source,
            "regime": self.regime.value if self.regime else None,
            "in_force": self.in_force,
            "governs": self.governs,
            "stopped_at": instant(self.stopped_at),
        }


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history. `words` is what a person wrote: a reason, a note, a reply, or where it was assigned."""

    number: int
    at: datetime
    actor: str
    event: Event
    status: Status
    from_status: Status | None
    words: str = field(default="", repr=False)

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "at": instant(self.at),
            "actor": self.actor,
            "event": self.event.value,
            "from": self.from_status.value if self.from_status else None,
            "status": self.status.value,
            "reason": self.words,
        }


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A ticket in a list: the address is masked."""

    card: TicketCard
    opened_at: datetime
    assignee: str | None
    contact: str | None
    contact_proven: bool
    group: str | None
    version: int

    def as_json(self) -> dict[str, Any]:
        return {
            **self.card.as_json(),
            "opened_at": instant(self.opened_at),
            "assignee": self.assignee,
            "email": self.contact,
            "email_proven": self.contact_proven,
            "group": self.group,
            "version": self.version,
        }


@dataclass(frozen=True, slots=True)
class Page:
    items: tuple[TicketRow, ...]
    next: str | None

    def as_json(self) -> dict[str, Any]:
        return {"items": [item.as_json() for item in self.items], "next": self.next}


@dataclass(frozen=True, slots=True)
class TicketView:
    """A ticket as the desk sees it, personal data in clear: whoever shows it audits that."""

    row: TicketRow
    text: str = field(repr=False)
    contact: str | None = field(repr=False)
    details: str | None = field(repr=False)
    on_behalf_of: str | None = field(repr=False)
    subject: str
    origin: str
    regime: Regime | None
    noticed_at: datetime | None
    verified_at: datetime | None
    first_answered_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    paused_at: datetime | None
    closed_at: datetime | None
    duplicate_of: str | None
    linked: tuple[str, ...]
    deadlines: tuple[Deadline, ...]
    moves: tuple[Status, ...]
    # The browser sent Global Privacy Control.
    privacy_control: bool = False

    @property
    def card(self) -> TicketCard:
        return self.row.card

    @property
    def version(self) -> int:
        return self.row.version

    def as_json(self) -> dict[str, Any]:
        times = ("noticed_at", "verified_at", "first_answered_at", "acknowledged_at", "paused_at", "closed_at")
        return {
            **self.row.as_json(),
            "text": self.text,
            "email": self.contact,
            "details": self.details,
            "on_behalf_of": self.on_behalf_of,
            "subject": self.subject,
            "origin": self.origin,
            "regime": self.regime.value if self.regime else None,
            "acknowledged_by": self.acknowledged_by,
            **{name: instant(getattr(self, name)) for name in times},
            "duplicate_of": self.duplicate_of,
            "linked": list(self.linked),
            "deadlines": [deadline.as_json() for deadline in self.deadlines],
            "moves": [status.value for status in self.moves],
            "global_privacy_control": self.privacy_control,
        }


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to. `status` takes a status, "open", or None: then what is in the queue."""

    status: Status | str | None = None
    kind: Kind | None = None
    right: Right | None = None
    severity: Severity | None = None
    assignee: str | None = None
    due_before: datetime | None = None
    q: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """A ticket that outlives an erasure, and why."""

    reference: str
    why: str

    def as_json(self) -> Mapping[str, str]:
        return {"reference": self.reference, "why": self.why}


def instant(at: datetime | None) -> str | None:
    """The form of a time in JSON: UTC to the second, with a Z."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else None
