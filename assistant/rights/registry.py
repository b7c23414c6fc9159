"""What the rights dialogue puts into the queue: tickets to open, prove, withdraw and expire, and the mails with them.

Hands back cards to show now and writes to run with the turn; asks nothing and decides nothing about the dialogue.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from assistant.clock import Clock
from assistant.dialogue import proof
from assistant.dialogue.addresses import Address, address_of
from assistant.dialogue.pending import DialogueStore
from assistant.dialogue.proof import MailboxProof
from assistant.organisation import Organisation
from assistant.outbox.service import Outbox
from assistant.outbox.values import Kind as MessageKind
from assistant.outbox.values import Message
from assistant.reply import Right, Write
from assistant.rights import wording
from assistant.rights.request import Request
from assistant.rights.subjects import Subject
from assistant.tickets.service import TicketService
from assistant.tickets.values import OPEN, Kind, NewTicket, Status, TicketCard
from assistant.visit import Visit
from assistant.words.book import Words

PROOF_DAYS = timedelta(days=7)
DAY = timedelta(hours=24)
# Rights tickets that may wait for a code from one network, in 24 hours.
MOST_UNVERIFIED = 10
VISITOR, SYSTEM = "visitor", "system"


@dataclass(frozen=True, slots=True)
class RightsTools:
    """What the rights room works with. `wake` is run after a commit that queued a mail; `most_unverified` None: no
    limit on what one network may leave unproven.
    """

    tickets: TicketService
    dialogues: DialogueStore
    proof: MailboxProof
    organisation: Organisation
    outbox: Outbox
    clock: Clock
    wake: Callable[[], None]
    most_unverified: int | None = MOST_UNVERIFIED


@dataclass(frozen=True, slots=True)
class Step:
    """Cards as they will be once the writes are committed."""

    cards: tuple[TicketCard, ...]
    writes: tuple[Write, ...]


class Registry:
    def __init__(self, tools: RightsTools) -> None:
        self._tools = tools

    def has_room(self, visit: Visit) -> bool:
        """Whether this network may leave another request unproven today."""
        most = self._tools.most_unverified
        if most is None or not visit.network:
            return True
        return self._tools.tickets.unverified_since(visit.network, visit.now - DAY) < most

    def register(self, visit: Visit, request: Request) -> tuple[Request, Step]:
        """One linked ticket a right, access before deletion, and a code where one of them needs it."""
        references = tuple(self._tools.tickets.new_reference() for _ in request.rights)
        news = [
            self._new(visit, request, reference, right, group=references[0])
            for reference, right in zip(references, request.rights, strict=True)
        ]
        to_prove = tuple(new.reference for new in news if new.status is Status.AWAITING_VERIFICATION)
        registered = replace(request, references=references, to_prove=to_prove, opened_at=visit.now)

        def work(session: Session) -> None:
            for new in news:
                self._tools.tickets.open(session, new)

        writes: tuple[Write, ...] = (work, self._sends_code(visit, registered)) if to_prove else (work,)
        return registered, Step(tuple(self._tools.tickets.preview(new) for new in news), writes)

    def send_code(self, visit: Visit, request: Request) -> Step:
        return Step(self.cards(request), (self._sends_code(visit, request),))

    def check(self, visit: Visit, request: Request, code: str) -> proof.Verdict:
        purpose = _purpose(request)
        return self._tools.proof.check(
            conversation=visit.conversation, purpose=purpose, code=code, now=self._tools.clock()
        )

    def prove(self, visit: Visit, request: Request) -> Step:
        """The tickets that wait for it are received, and the one receipt is mailed."""
        waiting = {card.reference for card in self.cards(request) if card.status is Status.AWAITING_VERIFICATION}
        proven = self._with_status(request, waiting, Status.RECEIVED)
        references = [reference for reference in request.to_prove if reference in waiting]

        def work(session: Session) -> None:
            self._tools.proof.end(session, conversation=visit.conversation, purpose=_purpose(request), used=True)
            self._tools.tickets.verify(session, references, actor=VISITOR, at=visit.now)
            self._tools.outbox.put(session, self._receipt(visit.words, request, proven), at=visit.now)

        return Step(proven, (work,))

    def withdraw(self, visit: Visit, request: Request) -> Step:
        """Every ticket of the request that is not over is withdrawn, and its code works no more."""
        open_ones = {card.reference for card in self._withdrawable(request)}

        def work(session: Session) -> None:
            self._stop_code(session, visit, request)
            for reference in request.references:
                if reference in open_ones:
                    self._tools.tickets.withdraw(session, reference, actor=VISITOR)

        return Step(self._with_status(request, open_ones, Status.WITHDRAWN), (work,))

    def withdraw_some(self, request: Request, kept: Sequence[Right]) -> Step:
        """Withdraw the open tickets of the request for other rights than these; its code stays good for them."""
        gone = {card.reference for card in self._withdrawable(request) if card.right not in kept}

        def work(session: Session) -> None:
            for reference in request.references:
                if reference in gone:
                    self._tools.tickets.withdraw(session, reference, actor=VISITOR)

        return Step(self._with_status(request, gone, Status.WITHDRAWN), (work,))

    def withdraw_own(self, visit: Visit, dropped: Sequence[Right] = ()) -> Step | None:
        """The same for every request of the conversation, or for those whose references or rights it names."""
        own = self._tools.tickets.cards_of_conversation(visit.conversation)
        open_ones = [card for card in own if card.kind is Kind.RIGHTS_REQUEST and card.status in _WITHDRAWABLE]
        named = [card for card in open_ones if card.reference.casefold() in visit.text.casefold()]
        named = named or [card for card in open_ones if card.right in dropped]
        references = tuple(card.reference for card in (named if named or dropped else open_ones))
        return self.withdraw(visit, Request(references=references)) if references else None

    def known_address(self, visit: Visit) -> Address | None:
        """The address of the newest rights request of this conversation."""
        own = self._tools.tickets.cards_of_conversation(visit.conversation)
        asked = [card.reference for card in own if card.kind is Kind.RIGHTS_REQUEST]
        on_file = self._tools.tickets.address_on_file(asked[-1]) if asked else None
        address = address_of(on_file) if on_file else None
        return address if isinstance(address, Address) else None

    def expire(self, visit: Visit, request: Request) -> Step:
        """What is still unproven after its days expires now, whether or not the hourly look has come to it."""
        waiting = {card.reference for card in self.cards(request) if card.status is Status.AWAITING_VERIFICATION}

        def work(session: Session) -> None:
            self._stop_code(session, visit, request)
            for reference in request.to_prove:
                if reference in waiting:
                    self._tools.tickets.move(session, reference, Status.EXPIRED, actor=SYSTEM)

        return Step(self._with_status(request, waiting, Status.EXPIRED), (work,))

    def hand_over(self, visit: Visit, request: Request) -> Step:
        """An inquiry for a person, with what was said so far, masked; who insists is heard in the one that is open."""
        if card := self._inquiry_about_another(visit, request):
            return self._noted(visit, request, card)
        new = NewTicket(
            reference=self._tools.tickets.new_reference(),
            kind=Kind.INQUIRY,
            text=request.asked or visit.text,
            conversation=visit.conversation,
            turn_id=visit.turn_id,
            contact=request.email,
            subject=(request.subject or Subject.OTHER).value,
            opened_at=visit.now,
            group=request.references[0] if request.references else None,
            origin=visit.channel,
            network=visit.network,
            language=visit.language,
            privacy_control=visit.privacy_control,
        )

        def work(session: Session) -> None:
            self._tools.tickets.open(session, new)

        return Step((self._tools.tickets.preview(new),), (work,))

    def _inquiry_about_another(self, visit: Visit, request: Request) -> TicketCard | None:
        """The open inquiry of this conversation, where the request is for somebody else."""
        if request.subject is Subject.SELF:
            return None
        own = self._tools.tickets.cards_of_conversation(visit.conversation)
        return next((card for card in reversed(own) if card.kind is Kind.INQUIRY and card.status in OPEN), None)

    def _noted(self, visit: Visit, request: Request, card: TicketCard) -> Step:
        def work(session: Session) -> None:
            self._tools.tickets.note(session, card.reference, request.asked or visit.text, actor=VISITOR)
            if request.email and self._tools.tickets.address_on_file(card.reference) is None:
                self._tools.tickets.hold(session, [card.reference])
                self._tools.tickets.add_contact(session, card.reference, request.email)

        return Step((card,), (work,))

    def _withdrawable(self, request: Request) -> tuple[TicketCard, ...]:
        return tuple(card for card in self.cards(request) if card.status in _WITHDRAWABLE)

    def cards(self, request: Request) -> tuple[TicketCard, ...]:
        """The tickets of the request as they are now; those that were erased are missing."""
        return self._tools.tickets.cards(request.references)

    def is_over(self, request: Request, now: datetime) -> bool:
        """Whether the days in which the code could be typed have passed."""
        return request.opened_at is not None and now >= request.opened_at + PROOF_DAYS

    def _with_status(self, request: Request, changed: set[str], status: Status) -> tuple[TicketCard, ...]:
        return tuple(
            replace(card, status=status) if card.reference in changed else card for card in self.cards(request)
        )

    def _new(self, visit: Visit, request: Request, reference: str, right: Right, *, group: str) -> NewTicket:
        needs_code = right in request.needs_code
        return NewTicket(
            reference=reference,
            kind=Kind.RIGHTS_REQUEST,
            right=right,
            status=Status.AWAITING_VERIFICATION if needs_code else Status.RECEIVED,
            text=request.asked,
            conversation=visit.conversation,
            turn_id=visit.turn_id,
            contact=request.email,
            details=request.details,
            subject=(request.subject or Subject.SELF).value,
            opened_at=visit.now,
            group=group,
            origin=visit.channel,
            network=visit.network,
            language=visit.language,
            privacy_control=visit.privacy_control,
            on_behalf_of=request.behalf,
        )

    def _sends_code(self, visit: Visit, request: Request) -> Write:
        address = request.address

        def work(session: Session) -> None:
            if address is not None:
                self._tools.proof.begin(
                    session,
                    address=address,
                    conversation=visit.conversation,
                    purpose=_purpose(request),
                    now=visit.now,
                    reference=request.to_prove[0],
                    language=visit.language,
                )

        return work

    def _stop_code(self, session: Session, visit: Visit, request: Request) -> None:
        if request.to_prove:
            self._tools.proof.end(session, conversation=visit.conversation, purpose=_purpose(request))
            self._tools.outbox.drop_waiting(session, reference=request.to_prove[0], purposes={"code"})

    def _receipt(self, words: Words, request: Request, cards: Sequence[TicketCard]) -> Message:
        organisation = self._tools.organisation
        return Message(
            kind=MessageKind.MAIL,
            to=request.email or "",
            subject=wording.receipt_subject(words, organisation, request.references[0]),
            body=wording.receipt_body(words, organisation, cards),
            purpose="receipt",
            reference=request.to_prove[0],
        )


_WITHDRAWABLE = frozenset({Status.AWAITING_VERIFICATION, Status.RECEIVED})


def _purpose(request: Request) -> str:
    """What a code is for: this request and no other."""
    return f"rights:{request.to_prove[0]}"
