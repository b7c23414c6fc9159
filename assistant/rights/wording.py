"""What the rights dialogue says. It never says more was done than the ticket says, and never what anybody typed."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.organisation import Organisation
from assistant.reply import Right
from assistant.rights.subjects import Subject
from assistant.tickets.values import Due, Status, TicketCard
from assistant.words.book import Words
from assistant.words.dates import long_day, moment_in_zone

_OVER = frozenset({Status.WITHDRAWN, Status.EXPIRED, Status.DENIED, Status.FULFILLED, Status.CLOSED, Status.MERGED})
# For whom a request is registered without a person; the others are said to ask for themselves.
_NAMED = frozenset({Subject.AGENT, Subject.NOMINEE})


def confirmation(
    words: Words, request_rights: Sequence[Right], *, address: str, subject: Subject, needs_code: bool
) -> str:
    """The whole request in a list, with what happens next; `address` in the form that may be stored."""
    named = words(f"rights.subjects.{subject if subject in _NAMED else Subject.SELF}")
    follows = words("rights.confirmation.with_code" if needs_code else "rights.confirmation.without_code")
    return "\n".join(
        (
            words("rights.confirmation.lead"),
            *(words("rights.confirmation.right", right=sentence(_name(words, right))) for right in request_rights),
            words("rights.confirmation.address", address=address),
            words("rights.confirmation.subject", subject=named),
            words("rights.confirmation.follows", what=follows),
            words("rights.confirmation.ask"),
        )
    )


def ticket(words: Words, card: TicketCard, zone: ZoneInfo) -> str:
    """One ticket: reference, what it is about, its status, and when an answer is due on which basis."""
    about = _name(words, card.right) if card.right else words("rights.ticket.about")
    status = words(f"rights.statuses.{card.status}")
    lines = [words("rights.ticket.line", reference=card.reference, about=about, status=status)]
    if card.status not in _OVER:
        if card.due:
            day = long_day(words, card.due.at.astimezone(zone))
            lines.append(words("rights.ticket.due", day=day, basis=_basis(words, card.due)))
        if card.first_answer:
            moment = _moment(words, card.first_answer.at, zone)
            lines.append(words("rights.ticket.first", moment=moment, basis=_basis(words, card.first_answer)))
    return " ".join(lines)


def handed_over(words: Words, card: TicketCard, zone: ZoneInfo, way_back: str) -> str:
    return f"{ticket(words, card, zone)} {way_back}".rstrip()


def contact(words: Words, organisation: Organisation) -> str:
    return words("contact.privacy_reached", organisation=organisation.name, email=organisation.privacy_contact.email)


def receipt_subject(words: Words, organisation: Organisation, reference: str) -> str:
    return words("mail.receipt.subject", organisation=organisation.name, reference=reference)


def receipt_body(words: Words, organisation: Organisation, cards: Sequence[TicketCard]) -> str:
    """The one mail after the proof: our own words, references and dates."""
    return words(
        "mail.receipt.body",
        organisation=organisation.name,
        tickets="\n".join(ticket(words, card, organisation.zone) for card in cards),
        email=organisation.privacy_contact.email,
    )


def sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def _name(words: Words, right: Right) -> str:
    return words(f"rights.names.{right}")


def _moment(words: Words, at: datetime, zone: ZoneInfo) -> str:
    return moment_in_zone(words, at.astimezone(zone))


def _basis(words: Words, due: Due) -> str:
    return words(f"rights.ticket.{due.kind}", cite=due.cite)
