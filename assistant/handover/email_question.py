"""The question for an e-mail address of tickets that are open already: it may stay open and is never repeated.

What it is answered with is not proven, and nothing is sent to it before a person answers.
"""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from assistant.dialogue.addresses import Address, Unusable
from assistant.dialogue.answers import refuses, stops
from assistant.dialogue.pending import DialogueKind, DialogueMoved, DialogueStore, Pending
from assistant.dialogue.short_answers import email_of, plain, reads_no, reads_skip
from assistant.handover import pieces, wording
from assistant.organisation import Organisation
from assistant.reply import Outcome, Piece, Write
from assistant.tickets.errors import IllegalMove, TicketRefusal
from assistant.tickets.service import TicketService
from assistant.tickets.values import OPEN, Status, TicketCard
from assistant.visit import Visit

_EMAIL = "email"
_KINDS = frozenset({DialogueKind.HANDOVER, DialogueKind.COMPLAINT})
# Declines an e-mail address here, though elsewhere it stops everything.
_NO_ADDRESS = frozenset({"no thanks", "no thank you", "nahi chahiye", "rehne do", "rehne dijiye"})
MOST_MISSES = 2


class EmailQuestion:
    """Its dialogue knows the tickets that want an address, the newest last: one answer serves them all."""

    def __init__(self, tickets: TicketService, dialogues: DialogueStore, organisation: Organisation) -> None:
        self._tickets = tickets
        self._dialogues = dialogues
        self._organisation = organisation

    def asked(self, visit: Visit, why: str, reference: str, before: Pending | None) -> Write:
        """What leaves the question open, in the place of the dialogue before."""
        kind = DialogueKind.COMPLAINT if why == "complaint" else DialogueKind.HANDOVER
        data = {"why": why, "references": [*waiting(before), reference]}
        return self._saving(visit, Pending(kind, _EMAIL, data, version=before.version if before else 0))

    def ended(self, visit: Visit, pending: Pending) -> Write:
        return lambda session: self._dialogues.end(session, visit.conversation, version=pending.version)

    def given(self, references: Sequence[str], address: Address) -> Write:
        """What adds the address to those of the tickets that lack one."""
        lacking = [card.reference for card in self._tickets.cards(references) if self.lacks_address(card)]

        def write(session: Session) -> None:
            self._tickets.hold(session, lacking)
            for reference in lacking:
                self._tickets.add_contact(session, reference, address.value)

        return _taken_again(write)

    def lacks_address(self, card: TicketCard) -> bool:
        return card.status in OPEN and self._tickets.address_on_file(card.reference) is None

    def go_on(self, visit: Visit, pending: Pending) -> Piece | None:
        address = email_of(visit)
        if isinstance(address, Address):
            return self._reachable(visit, pending, address)
        if isinstance(address, Unusable):
            return self._asked_again(visit, pending)
        if _skips(visit.text):
            return self._left(visit, pending)
        return self._taken_back(visit, pending) if stops(visit.text) else None

    def _reachable(self, visit: Visit, pending: Pending, address: Address) -> Piece:
        told = []
        for card in self._tickets.cards(waiting(pending)):
            way_back = visit.words("handover.added" if self.lacks_address(card) else "handover.on_file")
            told.append((card, wording.handed_over(visit.words, card, visit.zone, way_back)))
        writes = (self.ended(visit, pending), self.given(waiting(pending), address))
        return replace(pieces.handed_over(visit.words, pending.data["why"], told, self._organisation), writes=writes)

    def _left(self, visit: Visit, pending: Pending) -> Piece:
        told = []
        for card in self._tickets.cards(waiting(pending)):
            way_back = visit.words("handover.only_way" if self.lacks_address(card) else "handover.on_file")
            told.append((card, wording.handed_over(visit.words, card, visit.zone, way_back)))
        piece = pieces.handed_over(visit.words, pending.data["why"], told, self._organisation)
        return replace(piece, writes=(self.ended(visit, pending),))

    def _asked_again(self, visit: Visit, pending: Pending) -> Piece:
        missed = pending.missed()
        if missed.unusable >= MOST_MISSES:
            return self._left(visit, pending)
        piece = Piece(
            pieces.INTENTS[pending.data["why"]], Outcome.NEEDS_INPUT, (), writes=(self._saving(visit, missed),)
        )
        return pieces.asking(visit.words, piece, "handover.email_unusable")

    def _taken_back(self, visit: Visit, pending: Pending) -> Piece:
        """Close the newest ticket; the others are what was wished before, and stay."""
        *others, newest = self._tickets.cards(waiting(pending))
        if newest.status not in OPEN:
            return self._left(visit, pending)

        def close(session: Session) -> None:
            self._tickets.move(
                session, newest.reference, Status.CLOSED, actor="visitor", reason=wording.TAKEN_BACK_REASON
            )

        cards = (replace(newest, status=Status.CLOSED), *others)
        told = [(card, wording.told(visit.words, card, visit.zone)) for card in cards]
        lead = visit.words("handover.taken_back", reference=newest.reference)
        piece = pieces.shown(visit.words, pending.data["why"], Outcome.CANCELLED, told, self._organisation, lead=lead)
        return replace(piece, writes=(self.ended(visit, pending), _taken_again(close)))

    def _saving(self, visit: Visit, pending: Pending) -> Write:
        return lambda session: self._dialogues.save(session, visit.conversation, pending)


def waiting(pending: Pending | None) -> tuple[str, ...]:
    """The tickets that the open question asks an address for; none where another question is open, or none."""
    return tuple(pending.data["references"]) if pending and pending.kind in _KINDS else ()


def _taken_again(work: Write) -> Write:
    """Where the desk changed the ticket since it was read, the message is taken once more, in the light of that."""

    def write(session: Session) -> None:
        try:
            work(session)
        except (IllegalMove, TicketRefusal) as error:
            raise DialogueMoved from error

    return write


def _skips(text: str) -> bool:
    return reads_no(text) or reads_skip(text) or refuses(text) or plain(text).strip(" .!") in _NO_ADDRESS
