"""Who deals with a message: security first, then the question that a dialogue left open, then whatever else it asks.

Decides by intents alone; says nothing and writes nothing itself.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from assistant.answering.answer import Before, Question
from assistant.answering.followups import Lean, leans
from assistant.dialogue import answers, wishes
from assistant.dialogue import short_answers as short
from assistant.dialogue.pending import DialogueKind, DialogueStore, Pending
from assistant.languages import HEARD
from assistant.reply import Intent, Outcome, Part, Piece, Right, Severity
from assistant.rights.changes import named_rights
from assistant.rights.spoken import wants_a_right_at_large
from assistant.triage.urgency import sounds_urgent
from assistant.triage.values import Triage
from assistant.visit import Visit
from assistant.words.book import Words
from knowledge.clause import PolicyVersion

# Chat beside an action or a question is no wish of its own.
_ASIDE = frozenset({Intent.SMALL_TALK, Intent.OFF_TOPIC})
_TO_A_PERSON = frozenset({Intent.COMPLAINT, Intent.HUMAN_HANDOFF})
# Dialogues whose question for an address may stay open.
_OPTIONAL = frozenset({DialogueKind.HANDOVER, DialogueKind.COMPLAINT})
# A message that wants nothing but this is none for another desk.
_IDLE = _ASIDE | {Intent.QUESTION}
# A bare "yes" or an address wants nothing by itself, whatever triage, which reads whole messages, would make of it.
_NOTHING = Triage((Intent.SMALL_TALK,))


# A question that is told rather than asked.
_ASKS_WITHIN = re.compile(
    r"\b(?:know|wonder\w*|curious|question|understand|clarify|explain|asking|interested|unclear|whether|confirm if"
    r"|want to ask"
    r"|jaanna|janna|poochna|puchna)\b"
)


class Answers(Protocol):
    def foresee(self, text: str, version: PolicyVersion) -> None: ...

    def answer(self, question: Question) -> Piece: ...


class Triages(Protocol):
    def triage(self, masked: str, *, goes_on: bool = False) -> Triage: ...


class Security(Protocol):
    def report(self, visit: Visit, severity: Severity | None = None) -> Piece: ...


class Dialogue(Protocol):
    """A desk that asks back: None from `go_on` where the message does not answer what it asked.

    `not_an_answer` counts one that nobody could make sense of, and `reminder` repeats the question; None where that is
    no matter.
    """

    def go_on(self, visit: Visit, pending: Pending) -> Piece | None: ...

    def not_an_answer(self, visit: Visit, pending: Pending) -> Piece | None: ...

    def reminder(self, visit: Visit, pending: Pending) -> Piece | None: ...


class Rights(Dialogue, Protocol):
    def begin(self, visit: Visit, rights: tuple[Right, ...], subject: str) -> Piece: ...

    def take_back(self, visit: Visit) -> Piece | None: ...

    def take_note(self, visit: Visit, pending: Pending) -> Piece | None: ...


class Handover(Dialogue, Protocol):
    def pass_on(self, visit: Visit, question: str) -> Piece: ...

    def person(self, visit: Visit) -> Piece: ...

    def complaint(self, visit: Visit) -> Piece: ...

    def status(self, visit: Visit) -> Piece: ...


@dataclass(frozen=True, slots=True)
class Staff:
    """The specialists. `urgent` is the part that a message gets which sounds urgent and is no report."""

    triage: Triages
    answerer: Answers
    rights: Rights
    handover: Handover
    security: Security
    dialogues: DialogueStore
    urgent: Callable[[Words], Part]


@dataclass(frozen=True, slots=True)
class Asked:
    """A message with what it may lean on: the version to quote, and what the turn before left."""

    visit: Visit
    version: PolicyVersion
    left: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Routed:
    """The pieces of the reply, the one that names its intent first, and every intent the message has."""

    pieces: tuple[Piece, ...]
    intents: tuple[Intent, ...] = ()


class Router:
    def __init__(self, staff: Staff) -> None:
        self._staff = staff
        self._begin: Mapping[Intent, Callable[[Asked, Triage], Piece]] = {
            Intent.RIGHTS_REQUEST: self._rights,
            Intent.COMPLAINT: lambda asked, _: staff.handover.complaint(asked.visit),
            Intent.HUMAN_HANDOFF: lambda asked, _: staff.handover.person(asked.visit),
            Intent.TICKET_STATUS: lambda asked, _: staff.handover.status(asked.visit),
        }

    def route(self, asked: Asked) -> Routed:
        staff, visit = self._staff, asked.visit
        pending = staff.dialogues.load(visit.conversation)
        if done := self._passed_on(asked) or self._taken_back(visit, pending):
            return Routed((done,))
        triage = self._triage(asked, pending)
        report = staff.security.report(visit, triage.severity) if Intent.SECURITY_REPORT in triage.intents else None
        goes_on = pending is not None and not (pending.kind in _OPTIONAL and _wants_a_ticket(visit.text, triage))
        answer = self._desk_of(pending).go_on(visit, pending) if pending and goes_on else None
        if answer is not None:
            # Out of its dialogue an answer can read like anything: "the number in the mail was…" is no incident.
            alarm = report if sounds_urgent(visit.text) else None
            return Routed(tuple(filter(None, (alarm, answer, self._beside(asked, triage)))))
        idle = report is None and _is_idle(visit.text, triage)
        if (
            idle
            and pending
            and pending.kind is DialogueKind.RIGHTS
            and (noted := staff.rights.take_note(visit, pending))
        ):
            return Routed((noted,))
        rest = self._fresh(asked, triage, reported=report is not None)
        missed = _useless(rest) or (idle and _is_not_stated(rest))
        if pending and report is None and missed and (again := self._desk_of(pending).not_an_answer(visit, pending)):
            return Routed((again,))
        reminder = (self._desk_of(pending).reminder(visit, pending),) if pending and not _asks(rest) else ()
        wanted = tuple(intent for intent in triage.intents if intent not in _ASIDE)
        return Routed(tuple(filter(None, (report, *rest, *reminder))), wanted)

    def _triage(self, asked: Asked, pending: Pending | None) -> Triage:
        text = asked.visit.text
        if short.is_bare(text, asked=pending is not None) or (pending and _only_answers(text)):
            return _NOTHING
        if pending is None:
            # Most messages ask something: what the policy says to it is looked up while triage reads.
            self._staff.answerer.foresee(text, asked.version)
        goes_on = Before.read(asked.left) is not None and pending is None and leans(text) is not Lean.NOT
        triage = self._staff.triage.triage(text, goes_on=goes_on)
        at_large = set(triage.intents) <= _IDLE and wants_a_right_at_large(text)
        return Triage((Intent.RIGHTS_REQUEST,)) if at_large else triage

    def _desk_of(self, pending: Pending) -> Dialogue:
        return self._staff.rights if pending.kind == "rights" else self._staff.handover

    def _fresh(self, asked: Asked, triage: Triage, *, reported: bool) -> tuple[Piece, ...]:
        """What a message asks that answers no dialogue: one action at most, and its question.

        Triage knows no other language than those of `HEARD`: what it makes of one is no wish.
        """
        if not reported and asked.visit.written_in not in HEARD | {None}:
            return (self._answer(asked, asked.visit.text),)
        action = next((self._begin[intent] for intent in triage.intents if intent in self._begin), None)
        if action is None and not reported:
            answer = self._answer(asked, asked.visit.text, off_topic=_is_off_topic(triage))
            return (self._offering(asked, triage, answer),)
        begun = (action(asked, triage),) if action else ()
        beside = self._beside(asked, triage)
        return (*begun, beside) if beside else begun

    def _offering(self, asked: Asked, triage: Triage, answer: Piece) -> Piece:
        """The answer to what rather asks than wants something done; what it could have wanted is one press away."""
        words = asked.visit.words
        if Intent.SECURITY_REPORT in triage.outweighed and not sounds_urgent(asked.visit.text):
            answer = replace(answer, parts=(self._staff.urgent(words), *answer.parts))
        if Intent.RIGHTS_REQUEST in triage.outweighed:
            answer = replace(answer, suggestions=(*answer.suggestions, words("answering.make_a_request")))
        to_a_person = words("answering.pass_on")
        if triage.outweighed & _TO_A_PERSON and to_a_person not in answer.suggestions:
            answer = replace(answer, suggestions=(*answer.suggestions, to_a_person))
        return answer

    def answer_only(self, text: str, version: PolicyVersion, now: datetime, *, is_current: bool) -> Routed:
        """What the policy says to a message, and what the message wants: nothing is begun."""
        self._staff.answerer.foresee(text, version)
        triage = self._staff.triage.triage(text)
        question = Question(triage.question or text, version, now, is_current=is_current)
        piece = self._answered(replace(question, off_topic=_is_off_topic(triage)))
        wanted = tuple(intent for intent in triage.intents if intent not in _ASIDE | {Intent.QUESTION})
        if not wanted:
            return Routed((piece,))
        return Routed((replace(piece, intent=wanted[0], rights=triage.rights),), (*wanted, piece.intent))

    def _rights(self, asked: Asked, triage: Triage) -> Piece:
        return self._staff.rights.begin(asked.visit, triage.rights, triage.subject.value)

    def _beside(self, asked: Asked, triage: Triage) -> Piece | None:
        """The answer to a question that stands beside something else; nothing where the policy has none for it."""
        if triage.question is None:
            return None
        piece = self._answer(asked, triage.question)
        if piece.outcome is not Outcome.ANSWERED and leans(triage.question) is not Lean.NOT:
            # "Wipe me from your systems. Can I ask that?": the question says nothing without the sentence before.
            piece = self._answer(asked, asked.visit.text)
        shown = {Outcome.ANSWERED, Outcome.NOT_STATED} if triage.asks_plainly else {Outcome.ANSWERED}
        return piece if piece.outcome in shown else None

    def _answer(self, asked: Asked, text: str, *, off_topic: bool = False) -> Piece:
        visit = asked.visit
        question = Question(text, asked.version, visit.now.astimezone(visit.zone), Before.read(asked.left))
        return self._answered(
            replace(question, language=visit.language, written_in=visit.written_in, off_topic=off_topic)
        )

    def _answered(self, question: Question) -> Piece:
        piece = self._staff.answerer.answer(question)
        if not sounds_urgent(question.text):
            return piece
        return replace(piece, parts=(self._staff.urgent(question.words), *piece.parts))

    def _passed_on(self, asked: Asked) -> Piece | None:
        """The question of the turn before, handed to a person because the visitor took up that offer."""
        before = Before.read(asked.left)
        if before is None or not wishes.reads_pass_on(asked.visit.text):
            return None
        return self._staff.handover.pass_on(asked.visit, before.question)

    def _taken_back(self, visit: Visit, pending: Pending | None) -> Piece | None:
        """What this conversation registered, withdrawn: an open rights dialogue hears that by itself."""
        if (pending and pending.kind is DialogueKind.RIGHTS) or not (
            wishes.takes_back(visit.text) or wishes.calls_off(visit.text)
        ):
            return None
        return self._staff.rights.take_back(visit)


def _wants_a_ticket(text: str, triage: Triage) -> bool:
    """Whether a message with an address is more than that: "delete my data, I am ana@…".

    Triage alone cannot tell: to it a bare address looks like part of a request, so a word must name the right.
    """
    named = set(triage.rights) & set(named_rights(text))
    return Intent.COMPLAINT in triage.intents or (Intent.RIGHTS_REQUEST in triage.intents and bool(named))


def _only_answers(text: str) -> bool:
    """Whether a message in a dialogue agrees, stops or puts off, and nothing else: it cannot be anything for triage."""
    return answers.affirms(text, strictly=True) or answers.stops(text) or answers.puts_off(text)


def _is_idle(text: str, triage: Triage) -> bool:
    """Whether it wants nothing of anybody and asks nothing, whatever triage takes a few odd words for."""
    return (
        set(triage.intents) <= _IDLE and not short.asks_something(text) and not _ASKS_WITHIN.search(short.plain(text))
    )


def _is_off_topic(triage: Triage) -> bool:
    return triage.intents == (Intent.OFF_TOPIC,)


def _is_not_stated(pieces: tuple[Piece, ...]) -> bool:
    return all(piece.outcome is Outcome.NOT_STATED for piece in pieces)


def _useless(pieces: tuple[Piece, ...]) -> bool:
    return all(piece.outcome in {Outcome.NOT_UNDERSTOOD, Outcome.DECLINED} for piece in pieces)


def _asks(pieces: tuple[Piece, ...]) -> bool:
    return any(piece.asks_for for piece in pieces)
