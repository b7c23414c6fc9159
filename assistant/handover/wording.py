"""What is said when a person takes over, and what is said of a ticket. No logic beyond filling in names."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from assistant.organisation import Organisation
from assistant.reply import Right
from assistant.tickets.values import DONE, BasisKind, Due, Kind, Status, TicketCard

# What stands before the ticket, where the reason for it asks for a word of its own.
LEADS: Mapping[str, str] = {
    "complaint": "I am sorry that you are dissatisfied.",
    "status": "I cannot show the ticket here, so a person looks at it.",
}
WHICH_EMAIL = (
    "At which e-mail address may they answer you? Nothing is sent to it before that. You can also skip this: then the"
    " reference is the only way back to the answer."
)
EMAIL_UNUSABLE = "I cannot use that as an e-mail address. Please type one address, like name@example.com, or skip this."
# How the answer reaches the visitor.
GIVEN = "They answer you at the e-mail address that you gave; nothing is sent to it before that."
ADDED = "Your e-mail address is added to it. They answer you there; nothing is sent to it before that."
ON_FILE = "They answer you at the e-mail address that it already has; nothing is sent to it before that."
ONLY_WAY = "You gave no e-mail address, so this reference is the only way back: ask here for its status."
SKIP, NEW_CODE, CANCEL, A_PERSON = "Skip", "Send a new code", "Cancel", "I want a person"

WHICH_REFERENCE = "Which ticket do you mean? Please type its reference, like {prefix}-7F3K-92QD."
REFERENCE_UNUSABLE = "I do not see a reference in that. It looks like {prefix}-7F3K-92QD; capitals do not matter."
CODE_SENT = (
    "If there is a ticket with the reference {reference} and an e-mail address that we may write to, a code of eight"
    " digits has been sent to that address. Please type the code here; it works for ten minutes."
)
CODE_UNUSABLE = "This code is not right, or it does not work any more. Please check it, or ask for a new one."
CODE_MISSING = "Please type the eight digits of the code, or ask for a new one."
REMIND_CODE = "One thing is still open: the code that shows me that the ticket {reference} may be shown to you."
ONE_AT_A_TIME = (
    "Let us first finish the request that is open here, or cancel it. Then I can ask for what shows me that another"
    " ticket is yours."
)
TAKEN_BACK = "{reference} is taken back: nobody looks into it any more. To ask for a person again, just say so."
TAKEN_BACK_REASON = "taken back by the visitor"
STATUS_CANCELLED = "I have stopped here; no ticket was changed."
OWN = "This is what stands in the queue from this conversation."
SHOWN = "The code is right. This is what stands in the queue."

_RIGHTS: Mapping[Right, str] = {
    Right.ACCESS: "access request",
    Right.CORRECTION: "correction request",
    Right.DELETION: "deletion request",
    Right.MARKETING_OPT_OUT: "opt-out from marketing",
    Right.PORTABILITY: "portability request",
    Right.RESTRICTION: "restriction request",
    Right.OBJECTION: "objection",
    Right.CONSENT_WITHDRAWAL: "withdrawal of consent",
    Right.GRIEVANCE: "grievance",
    Right.OTHER: "privacy request",
}
_KINDS: Mapping[Kind, str] = {
    Kind.RIGHTS_REQUEST: "privacy request",
    Kind.SECURITY_INCIDENT: "security incident",
    Kind.INQUIRY: "question to the privacy team",
    Kind.COMPLAINT: "complaint",
}
_STATUSES: Mapping[Status, str] = {
    Status.RECEIVED: "received",
    Status.AWAITING_VERIFICATION: "waiting for the code that was sent by e-mail",
    Status.AWAITING_REQUESTER: "waiting for an answer from you",
    Status.IN_PROGRESS: "being worked on",
    Status.AWAITING_APPROVAL: "waiting for approval",
    Status.ON_HOLD: "on hold",
    Status.FULFILLED: "fulfilled",
    Status.PARTIALLY_FULFILLED: "partly fulfilled",
    Status.DENIED: "denied",
    Status.WITHDRAWN: "withdrawn",
    Status.EXPIRED: "expired, because no code came back",
    Status.MERGED: "merged with another request of yours",
    Status.ACKNOWLEDGED: "taken on by a person",
    Status.CONTAINED: "contained",
    Status.CLOSED: "closed",
}
_BASES: Mapping[BasisKind, str] = {
    BasisKind.POLICY: "as the privacy policy says in {cite}",
    BasisKind.LAW: "as {cite} sets it",
    BasisKind.TARGET: "which is our target",
}


def handed_over(card: TicketCard, zone: ZoneInfo, way_back: str = "") -> str:
    """The ticket, what happens next, by when, and how the answer comes; of one that is done, only that."""
    recorded = f"Your {_kind(card)} is recorded as {card.reference}. A person of the privacy team reads it."
    return _open_one(card, zone, recorded, way_back)


def noted(card: TicketCard, zone: ZoneInfo, way_back: str) -> str:
    """The same wish again: the ticket that there is already."""
    recorded = (
        f"Your {_kind(card)} stands in the queue as {card.reference} already, and what you wrote now is added to it. A"
        " person of the privacy team reads it."
    )
    return _open_one(card, zone, recorded, way_back)


def told(card: TicketCard, zone: ZoneInfo) -> str:
    """Where a ticket stands: its reference, kind, status and due dates, and nothing else of it."""
    stands = f"{card.reference}, {_kind(card)}: {_STATUSES[card.status]}."
    return stands if card.status in DONE else " ".join([stands, *_limits(card, zone)])


def privacy_contact(organisation: Organisation) -> str:
    return f"The privacy team of {organisation.name} can be asked at {organisation.privacy_contact.email}."


def _open_one(card: TicketCard, zone: ZoneInfo, recorded: str, way_back: str) -> str:
    if card.status in DONE:
        return told(card, zone)
    return " ".join(filter(None, (recorded, *_limits(card, zone), way_back)))


def _kind(card: TicketCard) -> str:
    return _RIGHTS[card.right] if card.right else _KINDS[card.kind]


def _limits(card: TicketCard, zone: ZoneInfo) -> list[str]:
    limits = []
    if card.first_answer:
        limits.append(f"A first answer is due by {_date(card.first_answer, zone)}.")
    if card.due and card.due != card.first_answer:
        limits.append(f"It is due by {_date(card.due, zone)}.")
    return limits


def _date(limit: Due, zone: ZoneInfo) -> str:
    local = limit.at.astimezone(zone)
    return f"{local.day} {local:%B %Y}, {local:%H:%M} ({zone.key}), {_BASES[limit.kind].format(cite=limit.cite)}"
