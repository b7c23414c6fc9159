"""The replies about tickets that go to a person: each with its words, then the privacy contact. Writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from assistant.handover import wording
from assistant.organisation import Organisation
from assistant.reply import AsksFor, Intent, Outcome, Part, PartKind, Piece
from assistant.tickets.values import OPEN, TicketCard

# Why a person is wanted: the intent that the replies carry.
INTENTS: Mapping[str, Intent] = MappingProxyType(
    {
        "question": Intent.QUESTION,
        "person": Intent.HUMAN_HANDOFF,
        "complaint": Intent.COMPLAINT,
        "status": Intent.TICKET_STATUS,
        "rights": Intent.RIGHTS_REQUEST,
    }
)
# A ticket with what is said of it.
Told = tuple[TicketCard, str]


def handed_over(why: str, told: Sequence[Told], organisation: Organisation, *, lead: str = "") -> Piece:
    """Tickets that a person has; where all are done meanwhile, their status."""
    is_open = any(card.status in OPEN for card, _ in told)
    outcome = Outcome.HANDED_OVER if is_open else Outcome.TICKET_STATUS
    return shown(why, outcome, told, organisation, lead=lead)


def shown(why: str, outcome: Outcome, told: Sequence[Told], organisation: Organisation, *, lead: str = "") -> Piece:
    parts = [Part(PartKind.TICKET, words) for _, words in told]
    parts.append(Part(PartKind.CONTACT, wording.privacy_contact(organisation)))
    if lead:
        parts.insert(0, Part(PartKind.NOTE, lead))
    return Piece(INTENTS[why], outcome, tuple(parts), tickets=tuple(card.as_json() for card, _ in told))


def asking(piece: Piece, words: str) -> Piece:
    """The reply with the question for an e-mail address at its end."""
    return replace(
        piece,
        parts=(*piece.parts, Part(PartKind.QUESTION, words)),
        asks_for=AsksFor.EMAIL,
        suggestions=(wording.SKIP,),
    )
