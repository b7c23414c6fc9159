"""The rights desk: leads a request from the first message to proven tickets, one question at a time.

Owns the acts of the dialogue; what may be answered in which state is data in `states`, the words in `assistant.words`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.orm import Session

from assistant.dialogue import answers, proof
from assistant.dialogue import short_answers as short
from assistant.dialogue.addresses import Address, Unusable
from assistant.dialogue.pending import DialogueKind, Pending
from assistant.reply import AsksFor, Outcome, Piece, Right, Write
from assistant.rights.changes import (
    RightsIn,
    changed_rights,
    dropped_rights,
    halts,
    in_order,
    rights_said,
    rights_wished,
    without_unsaid,
)
from assistant.rights.details import WANT_DETAILS, in_clear, tells_where_to_write
from assistant.rights.giving_up import GivingUp
from assistant.rights.pieces import Pieces
from assistant.rights.registry import Registry, RightsTools
from assistant.rights.request import Request
from assistant.rights.states import FORGETS, Act, Heard, State, act_for, next_state, topic_of
from assistant.rights.subjects import FOR_A_PERSON, Claim, Subject, claim_in, claim_of
from assistant.tickets.values import Status
from assistant.visit import Visit

MOST_UNUSABLE = 3
FEWEST_WORDS_OF_DETAILS = 4
# A yes to a summary that scrolled away this long ago may be meant for something else.
CONFIRM_WITHIN = timedelta(minutes=30)

_Answered = Callable[[Heard, Pending], Piece | None]


class RightsDesk:
    """`rights_in` is triage's reading of which rights a masked message asks for."""

    def __init__(self, tools: RightsTools, rights_in: RightsIn) -> None:
        self._dialogues = tools.dialogues
        self._rights_in = rights_in
        self._registry = Registry(tools)
        self._giving_up = GivingUp(tools, self._registry)
        self._tools = tools
        self._acts: Mapping[Act, _Answered] = {
            Act.STOP: self._giving_up.stop,
            Act.TO_PERSON: self._giving_up.to_person,
            Act.WAIT: self._wait,
            Act.TAKE_RIGHTS: self._take_rights,
            Act.CHANGE_RIGHTS: self._change_rights,
            Act.TAKE_SUBJECT: self._take_subject,
            Act.HAS_AUTHORITY: self._has_authority,
            Act.LACKS_AUTHORITY: self._lacks_authority,
            Act.TAKE_DETAILS: self._take_details,
            Act.NO_DETAILS: self._no_details,
            Act.TAKE_ADDRESS: self._take_address,
            Act.REFUSE_ADDRESS: self._refuse_address,
            Act.NO_ADDRESS: self._no_address,
            Act.REGISTER: self._register,
            Act.ASK_WHAT_TO_CHANGE: self._ask_what_to_change,
            Act.ASK_AGAIN: self._ask_again,
            Act.CONFIRM_AGAIN: self._confirm_again,
            Act.CHECK_CODE: self._check_code,
            Act.SEND_CODE: self._send_code,
            Act.LEAVE: self._leave,
            Act.MISS: self._miss,
        }

    def begin(self, visit: Visit, rights: Sequence[Right], subject: str = "self") -> Piece:
        """The first reply to a request; `subject` says for whom, as triage reads it ("" where it cannot tell).

        Where one is open its rights are added to that, and where that has tickets all are confirmed anew; a dialogue of
        another kind gives way.
        """
        before = self._dialogues.load(visit.conversation)
        claim = claim_of(subject, visit.text)
        if before and before.kind is DialogueKind.RIGHTS:
            return self._begin_within(visit, before, claim)
        request = Request().with_claim(claim if _is_settled(claim) else None)
        request = request.with_rights(without_unsaid(rights, visit.text), visit.text, in_clear(visit))
        heard = self._heard(visit, request)
        request = self._with_email(request, heard)
        pending = self._pending(request, before)
        if claim and (why := _person_for(claim)):
            return self._pieces(visit).to_a_person(visit, pending, replace(request, subject=claim.subject), why=why)
        lead = (visit.words(f"rights.refused_addresses.{heard.email}"),) if isinstance(heard.email, Unusable) else ()
        return self._ask(visit, pending, request, lead=lead)

    def _begin_within(self, visit: Visit, pending: Pending, claim: Claim | None) -> Piece:
        """A request while one is open: its rights join the others, whatever triage makes of an answer out of place."""
        heard = self._heard(visit, Request.read(pending.data))
        if claim and (why := _person_for(claim)):
            return self._pieces(visit).to_a_person(
                visit, pending, replace(heard.request, subject=claim.subject), why=why
            )
        rights = in_order({*heard.request.rights, *heard.rights})
        request = self._with_email(heard.request, heard)
        if rights == request.rights and request.email == heard.request.email:
            return self._miss(heard, pending) or self.reminder(visit, pending)
        return self._change(heard, pending, request.with_rights(rights, visit.text, in_clear(visit)))

    def go_on(self, visit: Visit, pending: Pending) -> Piece | None:
        """The reply to what answers the open question; None where the message does not, and is to be triaged as new.

        Then `reminder` repeats the question, or `not_an_answer` counts a message that nobody could make sense of.
        """
        request = Request.read(pending.data)
        state = State(pending.state)
        heard = self._heard(visit, request)
        if state is State.CODE and (over := self._over(visit, pending, request)):
            return self._without_digits(heard, state, over)
        piece = self._acts[act_for(state, heard)](heard, pending)
        return self._without_digits(heard, state, piece) if piece else None

    def take_back(self, visit: Visit) -> Piece | None:
        """Withdraw what this conversation asked for and nobody works on yet, all or what it names;
        None where there is nothing of that kind.
        """
        step = self._registry.withdraw_own(visit, dropped_rights(visit.text))
        return (
            self._pieces(visit).tickets(
                Outcome.CANCELLED, step.cards, visit.words("rights.withdrawn"), writes=step.writes
            )
            if step
            else None
        )

    def reminder(self, visit: Visit, pending: Pending) -> Piece:
        """The open question once more; changes nothing."""
        return self._pieces(visit).question(State(pending.state), Request.read(pending.data), tickets=True)

    def not_an_answer(self, visit: Visit, pending: Pending) -> Piece | None:
        """Count a message that no one could use; the third leads to a person. None once a person has it."""
        heard = self._heard(visit, Request.read(pending.data))
        piece = self._miss(heard, pending)
        return self._without_digits(heard, State(pending.state), piece) if piece else None

    def _pieces(self, visit: Visit) -> Pieces:
        return Pieces(self._tools, self._registry, visit.words)

    def take_note(self, visit: Visit, pending: Pending) -> Piece | None:
        """Words that ask and answer nothing, kept as details where the request wants some; else None."""
        request = Request.read(pending.data)
        wants = State(pending.state) is State.CONFIRMATION and WANT_DETAILS & set(request.rights)
        if not wants or len(visit.text.split()) < FEWEST_WORDS_OF_DETAILS:
            return None
        told = "\n".join(filter(None, (request.details, in_clear(visit))))
        noted = replace(request.with_words(visit.text), details=told, details_done=True)
        return self._ask(visit, pending, noted, lead=[visit.words("rights.noted")])

    def _heard(self, visit: Visit, request: Request) -> Heard:
        reads = rights_said if request.rights else rights_wished
        email = short.email_of(visit)
        if email is None and request.email is None and answers.means_same_address(visit.text):
            email = self._registry.known_address(visit)
        return Heard(visit, request, email, reads(visit.text, self._rights_in))

    def _pending(self, request: Request, before: Pending | None) -> Pending:
        version = before.version if before else 0
        return Pending(DialogueKind.RIGHTS, next_state(request).value, request.as_data(), version=version)

    def _ask(self, visit: Visit, pending: Pending, request: Request, *, lead: Sequence[str] = ()) -> Piece:
        """Ask for what is missing, or for the confirmation."""
        return self._asked(visit, pending.to(next_state(request).value, **request.as_data()), request, lead=lead)

    def _asked(self, visit: Visit, pending: Pending, request: Request, *, lead: Sequence[str] = ()) -> Piece:
        piece = self._pieces(visit).question(State(pending.state), request, lead=lead)
        return replace(piece, writes=(self._saves(visit, pending),))

    def _saves(self, visit: Visit, pending: Pending) -> Write:
        return lambda session: self._dialogues.save(session, visit.conversation, pending)

    def _ends(self, visit: Visit, pending: Pending) -> Write:
        def work(session: Session) -> None:
            self._dialogues.end(session, visit.conversation, version=pending.version or None)

        return work

    # The acts. Each is the reply to one kind of answer.

    def _leave(self, _heard: Heard, _pending: Pending) -> None:
        return None

    def _miss(self, heard: Heard, pending: Pending) -> Piece | None:
        missed, request, state = pending.missed(), heard.request, State(pending.state)
        if request.handed:
            return None
        if missed.unusable >= MOST_UNUSABLE:
            return self._pieces(heard.visit).to_a_person(heard.visit, pending, request, why="unusable")
        lead = [heard.visit.words("rights.not_understood")]
        if state is State.CODE and short.has_digits(heard.text):
            lead.append(heard.visit.words("rights.code_length"))
        return self._asked(heard.visit, missed, request, lead=lead)

    def _wait(self, heard: Heard, pending: Pending) -> Piece:
        """The answer will come later: nothing is counted, and the question stays."""
        return self._asked(heard.visit, pending.to(pending.state), heard.request)

    def _take_rights(self, heard: Heard, pending: Pending) -> Piece:
        rights = in_order({*heard.request.rights, *heard.rights})
        request = heard.request.with_rights(rights, heard.text, in_clear(heard.visit))
        return self._ask(heard.visit, pending, self._with_email(request, heard))

    def _change_rights(self, heard: Heard, pending: Pending) -> Piece | None:
        request, state = heard.request, State(pending.state)
        settled = state in {State.EMAIL, State.CODE}
        rights = changed_rights(heard.text, request.rights, self._rights_in, replaces=not settled)
        if rights == request.rights:
            return self._nothing_changed(heard, pending)
        if not rights and halts(heard.text):
            return self._giving_up.stop(heard, pending)
        if rights and request.references and set(rights) < set(request.rights):
            return self._giving_up.some(heard, pending, rights)
        changed = request.with_rights(rights, heard.text, in_clear(heard.visit))
        return self._change(heard, pending, changed)

    def _nothing_changed(self, heard: Heard, pending: Pending) -> Piece | None:
        """The same rights again: the words are kept for the desk, but they bring the request no further."""
        missed = pending.missed()
        if heard.request.references or missed.unusable >= MOST_UNUSABLE:
            return self._miss(heard, pending)
        request = heard.request.with_words(heard.text)
        noted = replace(missed.to(next_state(request).value, **request.as_data()), unusable=missed.unusable)
        return self._asked(heard.visit, noted, request, lead=[heard.visit.words("rights.noted")])

    def _change(self, heard: Heard, pending: Pending, changed: Request) -> Piece:
        """The request as corrected; where it has tickets already, they are withdrawn and it is confirmed anew."""
        if not heard.request.references:
            return self._ask(heard.visit, pending, changed)
        step = self._registry.withdraw(heard.visit, heard.request)
        piece = self._ask(
            heard.visit, pending, changed.reopened(), lead=[heard.visit.words("rights.changed_afterwards")]
        )
        shown = self._pieces(heard.visit).tickets(Outcome.NEEDS_INPUT, step.cards)
        parts = (*shown.parts, *piece.parts)
        return replace(piece, parts=parts, tickets=shown.tickets, writes=(*piece.writes, *step.writes))

    def _take_subject(self, heard: Heard, pending: Pending) -> Piece:
        claim = claim_in(heard.text) or Claim(Subject.SELF)
        request = replace(heard.request.with_claim(claim), behalf=_behalf(heard, claim)).with_words(heard.text)
        if why := _person_for(claim):
            return self._pieces(heard.visit).to_a_person(heard.visit, pending, request, why=why)
        return self._ask(heard.visit, pending, self._with_email(request, heard))

    def _has_authority(self, heard: Heard, pending: Pending) -> Piece:
        return self._ask(heard.visit, pending, replace(heard.request, authority=True))

    def _lacks_authority(self, heard: Heard, pending: Pending) -> Piece:
        return self._pieces(heard.visit).to_a_person(heard.visit, pending, heard.request, why="authority")

    def _take_details(self, heard: Heard, pending: Pending) -> Piece:
        request = heard.request.with_words(heard.text)
        request = replace(request, details=in_clear(heard.visit), details_done=True)
        if request.email is None and tells_where_to_write(heard.text):
            request = self._with_email(request, heard)
        return self._ask(heard.visit, pending, request)

    def _no_details(self, heard: Heard, pending: Pending) -> Piece:
        request = replace(heard.request, details_done=True)
        return self._ask(heard.visit, pending, request, lead=[heard.visit.words("rights.details_later")])

    def _take_address(self, heard: Heard, pending: Pending) -> Piece | None:
        request = self._with_email(heard.request, heard)
        if heard.rights:
            rights = changed_rights(heard.text, request.rights, self._rights_in, replaces=False)
            request = request.with_rights(rights, heard.text, in_clear(heard.visit))
        if request.email == heard.request.email and request.rights == heard.request.rights:
            return self._nothing_changed(heard, pending)
        return self._change(heard, pending, request)

    def _with_email(self, request: Request, heard: Heard) -> Request:
        return replace(request, email=heard.email.value) if isinstance(heard.email, Address) else request

    def _refuse_address(self, heard: Heard, pending: Pending) -> Piece | None:
        missed = pending.missed()
        if not isinstance(heard.email, Unusable) or missed.unusable >= MOST_UNUSABLE or heard.request.references:
            return self._miss(heard, pending)
        return self._asked(
            heard.visit, missed, heard.request, lead=[heard.visit.words(f"rights.refused_addresses.{heard.email}")]
        )

    def _no_address(self, heard: Heard, pending: Pending) -> Piece:
        return self._pieces(heard.visit).to_a_person(heard.visit, pending, heard.request, why="no_address")

    def _ask_what_to_change(self, heard: Heard, pending: Pending) -> Piece:
        return self._asked(heard.visit, pending.to(State.CHANGE.value), heard.request)

    def _ask_again(self, heard: Heard, pending: Pending) -> Piece:
        """Something is said to be wrong, but not what is right: it is asked for as if it had never been said."""
        topic = topic_of(heard.text) or State.EMAIL
        return self._ask(heard.visit, pending, replace(heard.request, **FORGETS[topic]))

    def _confirm_again(self, heard: Heard, pending: Pending) -> Piece:
        return self._ask(heard.visit, pending, heard.request)

    def _register(self, heard: Heard, pending: Pending) -> Piece:
        visit, request = heard.visit, heard.request
        if (missing := next_state(request)) is not State.CONFIRMATION:
            return self._asked(visit, pending.to(missing.value), request)
        if pending.updated_at and visit.now - pending.updated_at > CONFIRM_WITHIN:
            return self._asked(
                visit, pending.to(pending.state), request, lead=[visit.words("rights.too_late_to_confirm")]
            )
        if request.needs_code and not self._registry.has_room(visit):
            return self._pieces(visit).too_many_here(request)
        registered, step = self._registry.register(visit, request)
        if not registered.to_prove:
            piece = self._pieces(visit).tickets(Outcome.TICKET_OPENED, step.cards, visit.words("rights.marketing"))
            return self._pieces(visit).mailing(replace(piece, writes=(self._ends(visit, pending), *step.writes)))
        after = pending.to(State.CODE.value, **registered.as_data())
        sent = visit.words("rights.code_sent", address=request.address.shown if request.address else "")
        piece = self._pieces(visit).tickets(Outcome.TICKET_OPENED, step.cards, sent, asks_for=AsksFor.VERIFICATION_CODE)
        # The dialogue first: of two answers that race, the loser stops before it opens a ticket.
        return self._pieces(visit).mailing(replace(piece, writes=(self._saves(visit, after), *step.writes)))

    def _check_code(self, heard: Heard, pending: Pending) -> Piece:
        visit, request = heard.visit, heard.request
        match self._registry.check(visit, request, short.code_of(visit) or ""):
            case proof.Right():
                step = self._registry.prove(visit, request)
                piece = self._pieces(visit).tickets(Outcome.TICKET_STATUS, step.cards, visit.words("rights.proven"))
                return self._pieces(visit).mailing(replace(piece, writes=(self._ends(visit, pending), *step.writes)))
            case proof.Wrong(left=left):
                return self._pieces(visit).question(
                    State.CODE, request, lead=[visit.words.counted("rights.wrong_code", left)]
                )
            case _:
                return self._pieces(visit).question(State.CODE, request, lead=[visit.words("rights.code_over")])

    def _send_code(self, heard: Heard, pending: Pending) -> Piece:
        step = self._registry.send_code(heard.visit, heard.request)
        piece = self._pieces(heard.visit).question(
            State.CODE, heard.request, lead=[heard.visit.words("rights.new_code")]
        )
        again = self._saves(heard.visit, pending.to(pending.state))
        return self._pieces(heard.visit).mailing(replace(piece, writes=(again, *step.writes)))

    def _over(self, visit: Visit, pending: Pending, request: Request) -> Piece | None:
        """The last reply of a dialogue whose tickets wait no more; None while one of them does."""
        cards = [card for card in self._registry.cards(request) if card.reference in request.to_prove]
        waits = any(card.status is Status.AWAITING_VERIFICATION for card in cards)
        if waits and not self._registry.is_over(request, visit.now):
            return None
        step = self._registry.expire(visit, request)
        expired = any(card.status is Status.EXPIRED for card in step.cards)
        piece = self._pieces(visit).tickets(
            Outcome.TICKET_STATUS, step.cards, visit.words("rights.expired" if expired else "rights.no_card")
        )
        return replace(piece, writes=(self._ends(visit, pending), *step.writes))

    def _without_digits(self, heard: Heard, state: State, piece: Piece) -> Piece:
        """Digits that were typed where a code was asked for are consumed, and never stored."""
        if state is State.CODE and short.has_digits(heard.text):
            return replace(piece, said=short.without_codes(heard.text))
        return piece


def _is_settled(claim: Claim | None) -> bool:
    """Whether it is known for whom, with authority where that is needed."""
    return claim is not None and (claim.subject is Subject.SELF or claim.authority is True)


def _person_for(claim: Claim) -> str | None:
    """Why a person must look after what this claimant asks; None where the dialogue can go on."""
    if claim.subject in FOR_A_PERSON:
        return claim.subject.value
    return "authority" if claim.authority is False else None


def _behalf(heard: Heard, claim: Claim) -> str | None:
    return None if claim.subject is Subject.SELF else in_clear(heard.visit)
