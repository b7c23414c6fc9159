"""The replies of the rights desk: a question, tickets, or the way to a person, each with what is to be said with it."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from assistant.dialogue.pending import Pending, wants_address
from assistant.reply import AsksFor, Intent, Outcome, Part, PartKind, Piece, Write
from assistant.rights import wording
from assistant.rights.registry import Registry, RightsTools
from assistant.rights.request import Request
from assistant.rights.states import ASKS, State
from assistant.rights.subjects import Subject
from assistant.tickets.values import TicketCard
from assistant.visit import Visit
from assistant.words.book import Words

# Why a person is wanted, where an address was asked for and refused.
NO_ADDRESS = "no_address"


class Pieces:
    """Replies in the words of one visit."""

    def __init__(self, tools: RightsTools, registry: Registry, words: Words) -> None:
        self._tools = tools
        self._spoken = words
        self._registry = registry

    def said(self, outcome: Outcome, *notes: str, asks_for: AsksFor | None = None) -> Piece:
        parts = tuple(Part(PartKind.NOTE, text) for text in notes)
        return Piece(Intent.RIGHTS_REQUEST, outcome, parts, asks_for=asks_for)

    def question(self, state: State, request: Request, *, lead: Sequence[str] = (), tickets: bool = False) -> Piece:
        """What a state asks; `tickets` lists those that wait for the answer."""
        cards = self._registry.cards(request) if tickets and state is State.CODE else ()
        shown = self.tickets(Outcome.NEEDS_INPUT, cards, *lead)
        asked = Part(PartKind.QUESTION, self._words(state, request))
        return replace(
            shown,
            parts=(*shown.parts, asked),
            asks_for=ASKS[state],
            suggestions=self._spoken.each(f"rights.suggestions.{state}"),
            rights=request.rights,
        )

    def tickets(
        self,
        outcome: Outcome,
        cards: Sequence[TicketCard],
        *notes: str,
        asks_for: AsksFor | None = None,
        writes: tuple[Write, ...] = (),
    ) -> Piece:
        """Tickets as they are now, each with its reference, status and due date, and the privacy contact."""
        zone = self._tools.organisation.zone
        shown = tuple(Part(PartKind.TICKET, wording.ticket(self._spoken, card, zone)) for card in cards)
        contact = (self._contact(),) if cards else ()
        piece = self.said(outcome, *notes, asks_for=asks_for)
        return replace(
            piece,
            parts=(*piece.parts, *shown, *contact),
            tickets=tuple(card.as_json() for card in cards),
            rights=tuple(card.right for card in cards if card.right),
            writes=writes,
            suggestions=self._spoken.each("rights.suggestions.code") if asks_for is AsksFor.VERIFICATION_CODE else (),
        )

    def too_many_here(self, request: Request) -> Piece:
        words = self._spoken("rights.too_many_here", email=self._tools.organisation.privacy_contact.email)
        return replace(self.said(Outcome.DECLINED, words), rights=request.rights)

    def to_a_person(self, visit: Visit, pending: Pending, request: Request, *, why: str) -> Piece:
        """An inquiry with the 72-hour promise. The dialogue ends, but for one whose tickets still wait for a code; who
        gave no address, and did not refuse one, is asked for one once.
        """
        step = self._registry.hand_over(visit, request)
        words = self._spoken
        card = step.cards[0]
        waits = bool(request.references)
        wanted = request.email is None and not waits and why != NO_ADDRESS
        way_back = words("rights.given") if request.email else "" if wanted else words("rights.only_way")
        shown = wording.handed_over(words, card, self._tools.organisation.zone, way_back)
        asked = words("rights.still_waiting") if waits else words("rights.which_email") if wanted else ""
        closes = self._asks_address(visit, pending, card) if wanted else self._closes(visit, pending, request, card)
        parts = (Part(PartKind.NOTE, words(f"rights.to_a_person.{why}")), Part(PartKind.TICKET, shown), self._contact())
        return Piece(
            Intent.RIGHTS_REQUEST,
            Outcome.HANDED_OVER,
            (*parts, Part(PartKind.QUESTION, asked)) if asked else parts,
            asks_for=AsksFor.VERIFICATION_CODE if waits else AsksFor.EMAIL if wanted else None,
            rights=request.rights,
            suggestions=(words("rights.skip"),) if wanted else (),
            tickets=(card.as_json(),),
            writes=(closes, *step.writes),
        )

    def mailing(self, piece: Piece) -> Piece:
        """A reply whose writes queue a mail, which is to leave as soon as they are committed."""
        return replace(piece, after=(*piece.after, self._tools.wake))

    def _asks_address(self, visit: Visit, pending: Pending, card: TicketCard) -> Write:
        """The handover desk takes the answer: what it needs is the same for every ticket that a person has."""
        after = wants_address(card.reference, version=pending.version)
        return lambda session: self._tools.dialogues.save(session, visit.conversation, after)

    def _closes(self, visit: Visit, pending: Pending, request: Request, card: TicketCard) -> Write:
        def work(session: Session) -> None:
            if request.references:
                after = pending.to(pending.state, **replace(request, handed=card.reference).as_data())
                self._tools.dialogues.save(session, visit.conversation, after)
            elif pending.version:
                self._tools.dialogues.end(session, visit.conversation, version=pending.version)

        return work

    def _words(self, state: State, request: Request) -> str:
        if state is State.CODE:
            return self._spoken("rights.still_waiting")
        if state is not State.CONFIRMATION:
            return self._spoken(f"rights.questions.{state}")
        return wording.confirmation(
            self._spoken,
            request.rights,
            address=request.address.shown if request.address else "",
            subject=request.subject or Subject.SELF,
            needs_code=bool(request.needs_code),
        )

    def _contact(self) -> Part:
        return Part(PartKind.CONTACT, wording.contact(self._spoken, self._tools.organisation))
