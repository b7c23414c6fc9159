"""Invented conversations whose every word is a canary: it must be found while they last and nowhere afterwards."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime

from assistant.audit.trail import open_trail
from assistant.clock import utc_now
from assistant.conversation.store import ConversationStore
from assistant.db.database import Database
from assistant.dialogue.pending import DialogueStore
from assistant.dialogue.proof import MailboxProof
from assistant.erasure.belongings import OfficeBelongings
from assistant.organisation import load_organisation
from assistant.outbox.service import Outbox
from assistant.policy_folder import policy_folder
from assistant.sealing.sealer import open_sealer
from assistant.tickets.deadlines import DeadlineRules
from assistant.tickets.service import TicketService

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass(slots=True)
class Talk:
    id: str
    token: str
    canaries: list[str] = field(default_factory=list)
    turn_ids: list[str] = field(default_factory=list)


class Visitor:
    """Chats in words of many lengths, so that rows fill pages in every way; the same seed says the same."""

    def __init__(self, store: ConversationStore, seed: int = 0) -> None:
        self._store = store
        self._random = random.Random(seed)

    def open(self, at: datetime = NOON) -> Talk:
        conversation_id, token = self._store.open(channel="web", language="en", at=at)
        return Talk(conversation_id, token, canaries=[conversation_id, token])

    def say(self, talk: Talk, *, at: datetime = NOON) -> None:
        turn_id, fingerprint, text, reply, context = (self._canary(talk) for _ in range(5))
        self._store.record(
            talk.id,
            turn_id=turn_id,
            fingerprint=fingerprint,
            text=text + "w" * self._random.choice([0, 60, 200, 1500]),
            reply={"text": reply + "r" * self._random.choice([0, 300, 2500, 9000])},
            at=at,
            context={"topic": context},
        )
        talk.turn_ids.append(turn_id)

    def comment(self, talk: Talk) -> None:
        turn_id = self._random.choice(talk.turn_ids)
        comment = self._canary(talk) + "c" * self._random.choice([0, 100, 5000])
        self._store.feedback(talk.id, turn_id, helpful=self._random.random() < 0.5, comment=comment, at=NOON)

    def chat(self, talk: Talk, turns: int = 3) -> Talk:
        for _ in range(turns):
            self.say(talk)
        self.comment(talk)
        return talk

    def _canary(self, talk: Talk) -> str:
        canary = f"{self._random.getrandbits(80):020x}"
        talk.canaries.append(canary)
        return canary


def belongings_of(database: Database, secret: bytes) -> OfficeBelongings:
    """The real rooms that keep something beside the transcripts, on this database."""
    organisation = load_organisation(policy_folder("codemites"))
    sealer, audit = open_sealer(database, secret, utc_now), open_trail(database, secret, utc_now)
    outbox = Outbox(database, sealer, utc_now)
    return OfficeBelongings(
        DialogueStore(database, sealer, utc_now),
        MailboxProof(database, outbox, sealer, utc_now, organisation),
        TicketService(database, sealer, audit, outbox, utc_now, DeadlineRules(organisation)),
        outbox,
        audit,
    )
