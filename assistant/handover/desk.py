"""The handover desk: what a person must deal with becomes a ticket at once, with the time of its first answer.

Knows no wording and no desk: how the visitor can be reached is asked in `email_question`, where a ticket stands is told
in `status`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from assistant.dialogue.addresses import Address
from assistant.dialogue.pending import DialogueKind, DialogueStore, Pending
from assistant.dialogue.proof import MailboxProof
from assistant.dialogue.short_answers import email_of
from assistant.handover import pieces, wording
from assistant.handover.email_question import EmailQuestion, waiting
from assistant.handover.status import StatusDesk
from assistant.organisation import Organisation
from assistant.reply import Piece, Write
from assistant.tickets.service import TicketService
from assistant.tickets.values import OPEN, Kind, NewTicket, TicketCard
from assistant.visit import Visit

_CALL_BACK = "phone"
_NOT_SHOWN = "The visitor asks for the status of a ticket that could not be shown in the conversation."


@dataclass(frozen=True, slots=True)
class HandoverTools:
    """What the handover desk works with; `wake` has the outbox send at once."""

    tickets: TicketService
    dialogues: DialogueStore
    proof: MailboxProof
    organisation: Organisation
    wake: Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Wish:
    """Why a person is wanted (a key of `pieces.INTENTS`), and in which masked words."""

    why: str
    text: str = field(repr=False)

    @property
    def kind(self) -> Kind:
        return Kind.COMPLAINT if self.why == "complaint" else Kind.INQUIRY


class HandoverDesk:
    def __init__(self, tools: HandoverTools) -> None:
        self._tools = tools
        self._email = EmailQuestion(tools.tickets, tools.dialogues, tools.organisation)
        self._status = StatusDesk(
            tools.tickets, tools.dialogues, tools.proof, tools.organisation, tools.wake, self._not_shown
        )

    def pass_on(self, visit: Visit, question: str) -> Piece:
        """Hand a question that the policy does not answer to a person; `question` is masked."""
        return self._opened(visit, _Wish("question", question), self._tools.dialogues.load(visit.conversation))

    def person(self, visit: Visit) -> Piece:
        return self._wished(visit, _Wish("person", visit.text), self._tools.dialogues.load(visit.conversation))

    def complaint(self, visit: Visit) -> Piece:
        return self._wished(visit, _Wish("complaint", visit.text), self._tools.dialogues.load(visit.conversation))

    def status(self, visit: Visit) -> Piece:
        """Where the tickets of this conversation stand; for another one its reference and a code are asked for."""
        return self._status.begin(visit)

    def go_on(self, visit: Visit, pending: Pending) -> Piece | None:
        """The reply to an answer of the open question, or None where this message is none."""
        return self._asker(pending).go_on(visit, pending)

    def not_an_answer(self, visit: Visit, pending: Pending) -> Piece | None:
        """Count a message that nobody could make sense of; None for the e-mail address, which nobody has to give."""
        return self._status.not_an_answer(visit, pending) if pending.kind is DialogueKind.STATUS else None

    def reminder(self, visit: Visit, pending: Pending) -> Piece | None:
        """The open question once more; None for the e-mail address, without which the ticket stands as well."""
        return self._status.reminder(visit, pending) if pending.kind is DialogueKind.STATUS else None

    def _asker(self, pending: Pending) -> StatusDesk | EmailQuestion:
        return self._status if pending.kind is DialogueKind.STATUS else self._email

    def _not_shown(self, visit: Visit, pending: Pending) -> Piece:
        """A person instead of a ticket's status that could not be shown; takes the place of that dialogue."""
        return self._wished(visit, _Wish("status", _NOT_SHOWN), pending)

    def _wished(self, visit: Visit, wish: _Wish, before: Pending | None) -> Piece:
        """A new ticket, or the one that the conversation has open for the same wish."""
        cards = self._tools.tickets.cards_of_conversation(visit.conversation)
        alike = [card for card in cards if card.kind is wish.kind and card.status in OPEN]
        return self._noted(visit, wish, alike[-1], before) if alike else self._opened(visit, wish, before)

    def _opened(self, visit: Visit, wish: _Wish, before: Pending | None) -> Piece:
        """The ticket at once. An address is asked for, but not in the place of a rights dialogue: it would be lost."""
        address = _address(visit)
        new = self._ticket(visit, wish, address)
        card = self._tools.tickets.preview(new)
        asks = address is None and not _is_rights(before)
        way_back = visit.words("handover.given") if address else "" if asks else visit.words("handover.only_way")
        told = [(card, wording.handed_over(visit.words, card, visit.zone, way_back))]
        piece = self._handed_over(visit, wish, told)
        # The dialogue first: of two answers that race, the loser stops before it opens a ticket.
        settled = self._settled(visit, before, address)
        dialogue = (self._email.asked(visit, wish.why, new.reference, before),) if asks else settled
        piece = replace(piece, writes=(*dialogue, self._opening(new)), after=(self._tools.wake,))
        return pieces.asking(visit.words, piece, "handover.which_email") if asks else piece

    def _noted(self, visit: Visit, wish: _Wish, card: TicketCard, before: Pending | None) -> Piece:
        """The same wish again: its words are added to the ticket, and an address where there was none."""
        address, lacks = _address(visit), self._email.lacks_address(card)
        way_back = visit.words(
            "handover.on_file" if not lacks else "handover.added" if address else "handover.only_way"
        )
        told = [(card, wording.noted(visit.words, card, visit.zone, way_back))]
        words = "\n".join(filter(None, (wish.text, _ways_to_call(visit))))

        def note(session: Session) -> None:
            self._tools.tickets.note(session, card.reference, words, actor="visitor")

        piece = self._handed_over(visit, wish, told)
        return replace(piece, writes=(*self._settled(visit, before, address, card.reference), note))

    def _handed_over(self, visit: Visit, wish: _Wish, told: Sequence[pieces.Told]) -> Piece:
        lead = wording.lead(visit.words, wish.why)
        return pieces.handed_over(visit.words, wish.why, told, self._tools.organisation, lead=lead)

    def _settled(
        self, visit: Visit, before: Pending | None, address: Address | None, *references: str
    ) -> tuple[Write, ...]:
        """What becomes of the open dialogue where nothing new is asked, and which tickets the address is added to.

        A question for the address stays open until there is one, a rights dialogue always.
        """
        meant = tuple(dict.fromkeys((*waiting(before), *references)))
        ends = before is not None and not _is_rights(before) and (address is not None or not waiting(before))
        ending = (self._email.ended(visit, before),) if before is not None and ends else ()
        return (*ending, self._email.given(meant, address)) if address and meant else ending

    def _ticket(self, visit: Visit, wish: _Wish, address: Address | None) -> NewTicket:
        return NewTicket(
            reference=self._tools.tickets.new_reference(),
            kind=wish.kind,
            text=wish.text,
            conversation=visit.conversation,
            turn_id=visit.turn_id,
            contact=address.value if address else None,
            details=_ways_to_call(visit),
            opened_at=visit.now,
            origin=visit.channel,
            network=visit.network,
            language=visit.language,
            privacy_control=visit.privacy_control,
        )

    def _opening(self, new: NewTicket) -> Write:
        def write(session: Session) -> None:
            self._tools.tickets.open(session, new)

        return write


def _is_rights(pending: Pending | None) -> bool:
    return pending is not None and pending.kind is DialogueKind.RIGHTS


def _address(visit: Visit) -> Address | None:
    address = email_of(visit)
    return address if isinstance(address, Address) else None


def _ways_to_call(visit: Visit) -> str | None:
    """A phone number of the message, for the ticket's sealed details: the visitor may want to be called."""
    numbers = dict.fromkeys(f"phone: {found.value}" for found in visit.found if found.kind == _CALL_BACK)
    return "\n".join(numbers) or None
