"""Where a ticket stands, told to whom it concerns: at once in the conversation that opened it, else after a code.

The same words, and the same work, for a reference that nobody has, one without an address, and someone else's.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from assistant.contacts import privacy_contact
from assistant.dialogue.addresses import Address, address_of
from assistant.dialogue.answers import puts_off, stops
from assistant.dialogue.pending import DialogueKind, DialogueStore, Pending
from assistant.dialogue.proof import MailboxProof, Right
from assistant.dialogue.short_answers import (
    asks_something,
    code_of,
    has_digits,
    reads_new_code,
    reads_no,
    reads_skip,
    without_codes,
)
from assistant.handover import wording
from assistant.organisation import Organisation
from assistant.reply import AsksFor, Intent, Outcome, Part, PartKind, Piece, Write
from assistant.tickets.service import TicketService
from assistant.tickets.values import Kind, TicketCard
from assistant.visit import Visit

_REFERENCE, _CODE = "reference", "code"
_PURPOSE = "status:{reference}"
MOST_MISSES = 3
_LONGEST_BARE = 24
_LONGEST_ANSWER_WORDS = 6
_DIGIT = re.compile(r"\d")


class StatusDesk:
    def __init__(
        self,
        tickets: TicketService,
        dialogues: DialogueStore,
        proof: MailboxProof,
        organisation: Organisation,
        wake: Callable[[], None],
        person: Callable[[Visit, Pending], Piece],
    ) -> None:
        self._tickets = tickets
        self._dialogues = dialogues
        self._proof = proof
        self._organisation = organisation
        self._wake = wake
        self._person = person
        prefix = re.escape(organisation.reference_prefix)
        self._written = re.compile(rf"\b{prefix}[\W_]{{0,3}}\w{{4}}[\W_]{{0,3}}\w{{4}}\b", re.IGNORECASE)

    def begin(self, visit: Visit) -> Piece:
        """Show what this conversation opened, or ask for what shows that a ticket is the visitor's."""
        own = self._tickets.cards_of_conversation(visit.conversation)
        reference = self._named(visit)
        shown = tuple(card for card in own if reference in {None, card.reference})
        if shown:
            return self._shown(shown, visit, "handover.own")
        open_one = self._dialogues.load(visit.conversation)
        if open_one is not None and open_one.kind is DialogueKind.RIGHTS:
            return Piece(
                Intent.TICKET_STATUS, Outcome.NEEDS_INPUT, (Part(PartKind.NOTE, visit.words("handover.one_at_a_time")),)
            )
        pending = Pending(DialogueKind.STATUS, _REFERENCE, version=open_one.version if open_one else 0)
        if reference is not None:
            return self._ask_code(visit, pending, reference)
        return self._ask_reference(visit, "handover.which_reference", writes=(self._saving(visit, pending),))

    def go_on(self, visit: Visit, pending: Pending) -> Piece | None:
        if stops(visit.text):
            return self._cancelled(visit, pending)
        if puts_off(visit.text):
            return self.reminder(visit, pending)
        if pending.state == _CODE:
            return self._go_on_with_code(visit, pending)
        return self._go_on_with_reference(visit, pending)

    def reminder(self, visit: Visit, pending: Pending) -> Piece:
        if pending.state == _CODE:
            return _asking_code(visit, "handover.remind_code", reference=pending.data["reference"])
        return self._ask_reference(visit, "handover.which_reference")

    def not_an_answer(self, visit: Visit, pending: Pending) -> Piece:
        """Count a message that nobody could make sense of; the third leads to a person."""
        if pending.state == _CODE:
            return self._counted(visit, pending, _asking_code, "handover.code_missing")
        return self._counted(visit, pending, self._ask_reference, "handover.reference_unusable")

    def _go_on_with_reference(self, visit: Visit, pending: Pending) -> Piece | None:
        reference = self._named(visit) or self._bare(visit)
        if reference is not None:
            own = self._tickets.cards_of_conversation(visit.conversation)
            meant = tuple(card for card in own if card.reference == reference)
            if meant:
                return self._shown(meant, visit, "handover.own", (self._ending(visit, pending),))
            return self._ask_code(visit, pending, reference)
        if reads_no(visit.text) or reads_skip(visit.text):
            return self._person(visit, pending)
        return self._missed(visit, pending, self._ask_reference, "handover.reference_unusable")

    def _go_on_with_code(self, visit: Visit, pending: Pending) -> Piece | None:
        reference = str(pending.data["reference"])
        if other := self._named(visit):
            return self._ask_code(visit, pending, other)
        if code := code_of(visit):
            return self._checked(visit, pending, reference, code)
        if reads_new_code(visit.text):
            return self._ask_code(visit, pending, reference)
        if reads_no(visit.text) or reads_skip(visit.text):
            return self._person(visit, pending)
        return self._missed(visit, pending, _asking_code, "handover.code_missing")

    def _ask_code(self, visit: Visit, pending: Pending, reference: str) -> Piece:
        """Send a code to the address on file. Where there is none, or no such ticket, as much is done and said."""
        address = self._address(reference)
        purpose = _PURPOSE.format(reference=reference)
        next_one = pending.to(_CODE, reference=reference)

        def write(session: Session) -> None:
            with session.begin_nested() as savepoint:
                self._proof.begin(
                    session,
                    address=address or _decoy(),
                    conversation=visit.conversation,
                    purpose=purpose,
                    now=visit.now,
                    language=visit.language,
                )
                if address is None:
                    savepoint.rollback()
            self._dialogues.save(session, visit.conversation, next_one)

        piece = _asking_code(visit, "handover.code_sent", reference=reference, writes=(write,))
        return replace(piece, after=(self._wake,))

    def _address(self, reference: str) -> Address | None:
        """Where a code may go. An inquiry's address is unproven: nothing but a person's answer is sent to it."""
        known = self._tickets.cards([reference])
        on_file = self._tickets.address_on_file(reference)
        if not known or known[0].kind is not Kind.RIGHTS_REQUEST or on_file is None:
            return None
        address = address_of(on_file)
        return address if isinstance(address, Address) else None

    def _checked(self, visit: Visit, pending: Pending, reference: str, code: str) -> Piece | None:
        """The ticket for the right code. Every other verdict has the same words: they would tell what exists."""
        purpose = _PURPOSE.format(reference=reference)
        verdict = self._proof.check(conversation=visit.conversation, purpose=purpose, code=code, now=visit.now)
        if not isinstance(verdict, Right):
            return self._missed(visit, pending, _asking_code, "handover.code_unusable")

        def used(session: Session) -> None:
            self._proof.end(session, conversation=visit.conversation, purpose=purpose, used=True)

        writes = (used, self._ending(visit, pending))
        piece = self._shown((self._tickets.card(reference),), visit, "handover.shown", writes)
        return replace(piece, said=without_codes(visit.text))

    def _missed(self, visit: Visit, pending: Pending, ask: Callable[..., Piece], key: str) -> Piece | None:
        """Ask again for what was no answer, and a person after the third. None for a message about something else."""
        if not has_digits(visit.text) and _is_about_else(visit.text):
            return None
        return self._counted(visit, pending, ask, key)

    def _counted(self, visit: Visit, pending: Pending, ask: Callable[..., Piece], key: str) -> Piece:
        missed = pending.missed()
        if missed.unusable >= MOST_MISSES:
            piece = self._person(visit, pending)
        else:
            piece = ask(visit, key, writes=(self._saving(visit, missed),))
        return replace(piece, said=without_codes(visit.text))

    def _shown(self, cards: Sequence[TicketCard], visit: Visit, lead: str, writes: tuple[Write, ...] = ()) -> Piece:
        """Reference, kind, status and due dates of these tickets, incidents first; nothing else of them."""
        ordered = sorted(cards, key=lambda card: card.kind is not Kind.SECURITY_INCIDENT)
        parts = (
            Part(PartKind.NOTE, visit.words(lead)),
            *(Part(PartKind.TICKET, wording.told(visit.words, card, visit.zone)) for card in ordered),
            Part(PartKind.CONTACT, privacy_contact(visit.words, self._organisation)),
        )
        tickets = tuple(card.as_json() for card in ordered)
        return Piece(Intent.TICKET_STATUS, Outcome.TICKET_STATUS, parts, tickets=tickets, writes=writes)

    def _cancelled(self, visit: Visit, pending: Pending) -> Piece:
        parts = (Part(PartKind.NOTE, visit.words("handover.status_cancelled")),)
        return Piece(Intent.TICKET_STATUS, Outcome.CANCELLED, parts, writes=(self._ending(visit, pending),))

    def _ask_reference(self, visit: Visit, key: str, *, writes: tuple[Write, ...] = ()) -> Piece:
        part = Part(PartKind.QUESTION, visit.words(key, prefix=self._organisation.reference_prefix))
        suggestions = (visit.words("handover.a_person"), visit.words("handover.cancel"))
        return _asking(part, AsksFor.REFERENCE, suggestions, writes)

    def _saving(self, visit: Visit, pending: Pending) -> Write:
        return lambda session: self._dialogues.save(session, visit.conversation, pending)

    def _ending(self, visit: Visit, pending: Pending) -> Write:
        return lambda session: self._dialogues.end(session, visit.conversation, version=pending.version)

    def _named(self, visit: Visit) -> str | None:
        """The reference in a message, as it is stored; some look like tax numbers and were masked for that."""
        text = unicodedata.normalize("NFKC", visit.text)
        typed = [match[0] for match in self._written.finditer(text)]
        typed += [found.value for found in visit.found if self._written.fullmatch(found.value)]
        return next(filter(None, map(self._tickets.read_reference, typed)), None)

    def _bare(self, visit: Visit) -> str | None:
        """A whole answer that is a reference without its prefix; a word of eight letters is none."""
        typed = visit.text.strip(" .!#")
        return self._tickets.read_reference(typed) if len(typed) <= _LONGEST_BARE and _DIGIT.search(typed) else None


def _asking_code(visit: Visit, key: str, *, writes: tuple[Write, ...] = (), **named: str) -> Piece:
    suggestions = (visit.words("handover.new_code"), visit.words("handover.cancel"))
    return _asking(Part(PartKind.QUESTION, visit.words(key, **named)), AsksFor.VERIFICATION_CODE, suggestions, writes)


def _asking(part: Part, asks_for: AsksFor, suggestions: tuple[str, ...], writes: tuple[Write, ...]) -> Piece:
    return Piece(
        intent=Intent.TICKET_STATUS,
        outcome=Outcome.NEEDS_INPUT,
        parts=(part,),
        asks_for=asks_for,
        suggestions=suggestions,
        writes=writes,
    )


def _is_about_else(text: str) -> bool:
    return asks_something(text) or len(text.split()) > _LONGEST_ANSWER_WORDS


def _decoy() -> Address:
    """A mailbox that cannot exist: a code for it is put together like any other and then taken back."""
    return Address(value="nobody@nowhere.invalid", counted="nobody@nowhere.invalid", shown="")
