"""The front desk: takes a turn from a door, has the specialists deal with it, records it, and hands back the Reply.

Decides order and storage; finds no answer itself and renders nothing.
"""

import unicodedata
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from assistant.answering import wording
from assistant.clock import Clock
from assistant.conversation.composing import compose, leaves, said
from assistant.conversation.in_flight import InFlight
from assistant.conversation.models import digest_of
from assistant.conversation.routing import Asked, Router
from assistant.conversation.store import ConversationStore
from assistant.conversation.values import Opened, Resumed, Transcript
from assistant.dialogue.pending import DialogueMoved
from assistant.errors import Invalid
from assistant.languages import language_of
from assistant.organisation import Organisation
from assistant.redaction.masking import MaskedText, mask
from assistant.reply import Piece
from assistant.visit import Visit
from assistant.words.book import words_of
from assistant.words.sent_back import SentBack
from knowledge.clause import PolicyVersion
from knowledge.errors import UnknownVersion

LONGEST_MESSAGE = 4_000
# Two tabs may answer one question; whoever comes second is dealt with once more, in the light of the first.
TRIES = 3


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


@dataclass(frozen=True, slots=True)
class Desk:
    """What the front desk works with.

    `fingerprint` is a keyed hash: it tells two texts, or two networks, apart without keeping either. `wake` is called
    once a turn that wrote more than itself is committed.
    """

    store: ConversationStore
    router: Router
    policies: Policies
    organisation: Organisation
    clock: Clock
    fingerprint: Callable[[str], str]
    wake: Callable[[], None]
    sent_back: SentBack = field(default_factory=SentBack)


class FrontDesk:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._in_flight = InFlight()

    def open(self, *, channel: str, language: str | None, privacy_control: bool = False) -> Opened:
        """`privacy_control`: the browser sends Global Privacy Control, which a ticket of this conversation shows."""
        organisation = self._desk.organisation
        said = organisation.in_language(language)
        conversation_id, token = self._desk.store.open(
            channel=channel, language=language, at=self._desk.clock(), privacy_control=privacy_control
        )
        return Opened(
            id=conversation_id,
            token=token,
            greeting=said.greeting or organisation.greeting,
            suggestions=said.suggestions or (),
            disclosure=wording.disclosure(words_of(language), organisation),
        )

    def authorise(self, conversation_id: str, token: str) -> None:
        """Raises NotFound for a wrong token and an unknown id alike."""
        self._desk.store.authorise(conversation_id, token)

    def take_turn(self, conversation_id: str, turn_id: str | None, text: str, *, network: str = "") -> dict[str, Any]:
        """Answer one message and record the turn; the JSON of the Reply.

        A turn_id that was answered before returns the stored Reply and does nothing again; with another text it
        is refused. While the first is being answered, the second waits. `network` is where the message comes from.
        """
        readable = readable_message(text)
        turn_id = turn_id or uuid.uuid4().hex
        fingerprint, masked = self._desk.fingerprint(readable), mask(readable)
        with self._in_flight.alone(conversation_id):
            for tries_left in reversed(range(TRIES)):
                resumed = self._desk.store.resume(conversation_id, turn_id, fingerprint)
                if resumed.reply is not None:
                    return resumed.reply
                visit = self._visit(conversation_id, turn_id, masked, network, resumed)
                try:
                    return self._turn(conversation_id, visit, fingerprint, resumed, masked.text)
                except DialogueMoved:
                    if not tries_left:
                        raise
        raise AssertionError("The last try returns or raises.")

    def ask(self, question: str, *, as_of: date | None = None) -> dict[str, Any]:
        """Answer one question without a conversation and without a trace; `as_of` picks the version of that day."""
        masked = mask(readable_message(question)).text
        current = self._current()
        version = current if as_of is None else self._as_of(as_of)
        now = self._desk.clock().astimezone(self._desk.organisation.zone)
        routed = self._desk.router.answer_only(masked, version, now, is_current=version.sha256 == current.sha256)
        return compose(routed.pieces, version, wanted=routed.intents).as_json()

    def _visit(self, conversation_id: str, turn_id: str, masked: MaskedText, network: str, resumed: Resumed) -> Visit:
        return Visit(
            conversation=digest_of(conversation_id),
            turn_id=turn_id,
            text=self._desk.sent_back.in_english(masked.text),
            found=masked.found,
            now=self._desk.clock(),
            zone=self._desk.organisation.zone,
            channel=resumed.channel,
            network=self._desk.fingerprint(network) if network else "",
            language=resumed.language,
            written_in=language_of(masked.text),
            privacy_control=resumed.privacy_control,
        )

    def _turn(
        self, conversation_id: str, visit: Visit, fingerprint: str, resumed: Resumed, written: str
    ) -> dict[str, Any]:
        """`written` is the masked message as it was typed, for the transcript."""
        version = self._current()
        routed = self._desk.router.route(Asked(visit, version, resumed.left))
        reply = compose(routed.pieces, version, wanted=routed.intents)
        reply = replace(reply, turn_id=visit.turn_id, conversation_id=conversation_id)
        stored = self._desk.store.record(
            conversation_id,
            turn_id=visit.turn_id,
            fingerprint=fingerprint,
            text=said(routed.pieces, written),
            reply=reply.as_json(),
            at=visit.now,
            context=leaves(routed.pieces),
            beside=[write for piece in routed.pieces for write in piece.writes],
        )
        self._afterwards(routed.pieces)
        return stored

    def _afterwards(self, pieces: Sequence[Piece]) -> None:
        for action in (action for piece in pieces for action in piece.after):
            action()
        if any(piece.writes for piece in pieces):
            self._desk.wake()

    def transcript(self, conversation_id: str) -> Transcript:
        return self._desk.store.transcript(conversation_id)

    def feedback(self, conversation_id: str, turn_id: str, *, helpful: bool, comment: str | None) -> None:
        masked = mask(readable_message(comment)).text if comment and not shows_nothing(comment) else None
        self._desk.store.feedback(conversation_id, turn_id, helpful=helpful, comment=masked, at=self._desk.clock())

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
