"""The front desk: takes a turn from a door, has the specialists answer it, records it, and hands back the Reply.

Decides order and storage; finds no answer itself and renders nothing.
"""

import unicodedata
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from assistant.answering import wording
from assistant.answering.answer import Before, Question
from assistant.clock import Clock
from assistant.conversation.in_flight import InFlight
from assistant.conversation.store import ConversationStore
from assistant.conversation.values import Opened, Transcript
from assistant.errors import Invalid
from assistant.organisation import Organisation
from assistant.redaction.masking import mask
from assistant.reply import Intent, Outcome, Part, PartKind, Piece, Reply
from assistant.triage.urgency import sounds_urgent
from knowledge.clause import PolicyVersion
from knowledge.errors import UnknownVersion

LONGEST_MESSAGE = 4_000


class BlankMessage(Invalid):
    def __init__(self) -> None:
        super().__init__("The message is empty: write a question.")


class MessageTooLong(Invalid):
    def __init__(self) -> None:
        super().__init__(f"The message is longer than {LONGEST_MESSAGE} characters: shorten it, or ask in several.")


class NoVersionThatDay(Invalid):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)


class Policies(Protocol):
    def current(self, today: date) -> PolicyVersion: ...

    def as_of(self, day: date) -> PolicyVersion: ...


class Specialist(Protocol):
    def answer(self, question: Question) -> Piece: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What the front desk works with; `fingerprint` tells two texts apart without keeping either."""

    store: ConversationStore
    answerer: Specialist
    policies: Policies
    organisation: Organisation
    clock: Clock
    fingerprint: Callable[[str], str]


class FrontDesk:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._in_flight = InFlight()

    def open(self, *, channel: str, language: str | None) -> Opened:
        organisation = self._desk.organisation
        conversation_id, token = self._desk.store.open(channel=channel, language=language, at=self._desk.clock())
        return Opened(
            id=conversation_id,
            token=token,
            greeting=organisation.greeting,
            suggestions=organisation.suggestions,
            disclosure=wording.disclosure(organisation),
        )

    def authorise(self, conversation_id: str, token: str) -> None:
        """Raises NotFound for a wrong token and an unknown id alike."""
        self._desk.store.authorise(conversation_id, token)

    def take_turn(self, conversation_id: str, turn_id: str | None, text: str) -> dict[str, Any]:
        """Answer one message and record the turn; the JSON of the Reply.

        A turn_id that was answered before returns the stored Reply and does nothing again; with another text it
        is refused. While the first is being answered, the second waits.
        """
        readable = readable_message(text)
        turn_id = turn_id or uuid.uuid4().hex
        fingerprint = self._desk.fingerprint(readable)
        with self._in_flight.alone(conversation_id):
            known = self._desk.store.find_turn(conversation_id, turn_id, fingerprint)
            if known is not None:
                return known
            masked = mask(readable).text
            version = self._current()
            piece = self._answer(masked, version, self._before(conversation_id))
            reply = replace(_reply(piece, version), turn_id=turn_id, conversation_id=conversation_id)
            return self._desk.store.record(
                conversation_id,
                turn_id=turn_id,
                fingerprint=fingerprint,
                text=masked,
                reply=reply.as_json(),
                at=self._desk.clock(),
                context=dict(piece.leaves),
            )

    def ask(self, question: str, *, as_of: date | None = None) -> dict[str, Any]:
        """Answer one question without a conversation and without a trace; `as_of` picks the version of that day."""
        masked = mask(readable_message(question)).text
        version = self._current() if as_of is None else self._as_of(as_of)
        return _reply(self._answer(masked, version, None), version).as_json()

    def transcript(self, conversation_id: str) -> Transcript:
        return self._desk.store.transcript(conversation_id)

    def feedback(self, conversation_id: str, turn_id: str, *, helpful: bool, comment: str | None) -> None:
        masked = mask(readable_message(comment)).text if comment and not shows_nothing(comment) else None
        self._desk.store.feedback(conversation_id, turn_id, helpful=helpful, comment=masked, at=self._desk.clock())

    def _answer(self, masked: str, version: PolicyVersion, before: Before | None) -> Piece:
        now = self._desk.clock().astimezone(self._desk.organisation.zone)
        piece = self._desk.answerer.answer(
            Question(masked, version, now, before, is_current=version.sha256 == self._current().sha256)
        )
        return self._with_urgent_contact(piece) if sounds_urgent(masked) else piece

    def _with_urgent_contact(self, piece: Piece) -> Piece:
        """Someone in trouble is given a person first, and is never told that the matter is off topic."""
        contact = Part(PartKind.CONTACT, wording.urgent_contact(self._desk.organisation.urgent_contact))
        if piece.outcome in {Outcome.ANSWERED, Outcome.NOT_STATED}:
            return replace(piece, parts=(contact, *piece.parts))
        privacy = Part(PartKind.CONTACT, wording.privacy_contact(self._desk.organisation))
        return replace(piece, intent=Intent.SECURITY_REPORT, outcome=Outcome.HANDED_OVER, parts=(contact, privacy))

    def _before(self, conversation_id: str) -> Before | None:
        turns = self._desk.store.recent(conversation_id, 1)
        context = turns[-1].context if turns else {}
        return Before.read(context)

    def _current(self) -> PolicyVersion:
        return self._desk.policies.current(self._today())

    def _as_of(self, day: date) -> PolicyVersion:
        try:
            return self._desk.policies.as_of(day)
        except UnknownVersion as error:
            raise NoVersionThatDay(str(error)) from error

    def _today(self) -> date:
        return self._desk.clock().astimezone(self._desk.organisation.zone).date()


def readable_message(text: str) -> str:
    """The text without what no storage can hold; BlankMessage or MessageTooLong where it cannot be taken.

    Lone surrogates have no UTF-8 form and NUL none in PostgreSQL. Length counts after compatibility composition.
    """
    readable = text.encode("utf-8", "replace").decode().replace("\0", " ")
    if len(text) > LONGEST_MESSAGE or len(unicodedata.normalize("NFKC", readable)) > LONGEST_MESSAGE:
        raise MessageTooLong
    if shows_nothing(readable):
        raise BlankMessage
    return readable


def shows_nothing(text: str) -> bool:
    """Whether there is nothing in it but spaces, controls and other invisible characters."""
    return all(unicodedata.category(character)[0] in "CZ" for character in text)


def _reply(piece: Piece, version: PolicyVersion) -> Reply:
    return Reply(
        intent=piece.intent,
        outcome=piece.outcome,
        parts=piece.parts,
        policy_version=version.label,
        citations=piece.citations,
        see_also=piece.see_also,
        asks_for=piece.asks_for,
        suggestions=piece.suggestions,
    )
