"""The replies about tickets that go to a person: each with its words, then the privacy contact. Writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from assistant.contacts import privacy_contact
from assistant.organisation import Organisation
from assistant.reply import AsksFor, Intent, Outcome, Part, PartKind, Piece
from assistant.tickets.values import OPEN, TicketCard
from assistant.words.book import Words

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


def handed_over(words: Words, why: str, told: Sequence[Told], organisation: Organisation, *, lead: str = "") -> Piece:
    """Tickets that a person has; where all are done meanwhile, their status."""
    is_open = any(card.status in OPEN for card, _ in told)
    outcome = Outcome.HANDED_OVER if is_open else Outcome.TICKET_STATUS
    return shown(words, why, outcome, told, organisation, lead=lead)


def shown(
    words: Words, why: str, outcome: Outcome, told: Sequence[Told], organisation: Organisation, *, lead: str = ""
) -> Piece:
    parts = [Part(PartKind.TICKET, said) for _, said in told]
    parts.append(Part(PartKind.CONTACT, privacy_contact(words, organisation)))
    if lead:
        parts.insert(0, Part(PartKind.NOTE, lead))
    return Piece(INTENTS[why], outcome, tuple(parts), tickets=tuple(card.as_json() for card, _ in told))


def asking(words: Words, piece: Piece, question: str) -> Piece:
    """The reply with a question for an e-mail address at its end: `question` is its key."""
    return replace(
        piece,
        parts=(*piece.parts, Part(PartKind.QUESTION, words(question))),
        asks_for=AsksFor.EMAIL,
        suggestions=(words("handover.skip"),),
    )
