"""A rights desk over real rooms, and a visitor at it: what the front desk does with a piece, and no more."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.audit.trail import open_trail
from assistant.db.database import Database
from assistant.dialogue.pending import DialogueStore, Pending
from assistant.dialogue.proof import MailboxProof, random_code
from assistant.organisation import Organisation, load_organisation
from assistant.outbox.models import StoredContent, StoredEntry
from assistant.outbox.service import Outbox
from assistant.redaction.masking import mask
from assistant.reply import AsksFor, Piece, Right
from assistant.rights.desk import RightsDesk
from assistant.rights.registry import RightsTools
from assistant.sealing.sealer import Sealer, open_sealer
from assistant.tickets.deadlines import DeadlineRules
from assistant.tickets.models import StoredTicket
from assistant.tickets.service import TicketService
from assistant.visit import Visit
from tests.assistant.db.opening import opened
from tests.assistant.sealing.opening import SECRET, SetClock

DATA = Path(__file__).parents[2] / "data"
CONVERSATION = bytes(range(32))
_REQUESTED = (
    (Right.ACCESS, r"\b(?:send me|give me|want) a copy\b|\baccess (?:to )?my data\b"),
    (Right.CORRECTION, r"\bcorrect my\b|\bfix my\b"),
    (Right.DELETION, r"\bdelete (?:my|all|only the)\b|\bdata hatao\b"),
    (Right.MARKETING_OPT_OUT, r"\bunsubscribe me\b|\bstop (?:all )?marketing\b"),
    (Right.OBJECTION, r"\bi object\b"),
)


def reads_rights(text: str) -> tuple[Right, ...]:
    """What triage would see asked for, in the few sentences of these tests."""
    said = text.lower()
    return tuple(right for right, pattern in _REQUESTED if re.search(pattern, said) and "how do i" not in said)


@dataclass
class World:
    """Every room that the dialogue touches, over one database."""

    database: Database
    clock: SetClock
    organisation: Organisation
    sealer: Sealer
    outbox: Outbox
    dialogues: DialogueStore
    proof: MailboxProof
    tickets: TicketService
    desk: RightsDesk
    woken: list[int] = field(default_factory=list)

    def mails(self) -> list[tuple[str, dict[str, str]]]:
        """What the outbox holds, as (purpose, content), oldest first."""
        with self.database.read() as session:
            rows = session.execute(
                select(StoredEntry.purpose, StoredEntry.number, StoredContent.sealed)
                .join(StoredContent, StoredContent.entry_number == StoredEntry.number)
                .order_by(StoredEntry.number)
            ).all()
        return [(row.purpose, self._opened(row.number, row.sealed)) for row in rows if row.sealed]

    def codes(self) -> list[str]:
        found = [
            re.search(r"^(\d{4}) (\d{4})$", mail["body"], re.MULTILINE) for kind, mail in self.mails() if kind == "code"
        ]
        return [match[1] + match[2] for match in found if match]

    def statuses(self) -> dict[str, str]:
        """Right or kind of every ticket, and its status."""
        with self.database.read() as session:
            rows = session.execute(select(StoredTicket.right, StoredTicket.kind, StoredTicket.status)).all()
        return {row.right or row.kind: row.status for row in rows}

    def ticket_count(self, *, kind: str | None = None) -> int:
        with self.database.read() as session:
            kinds = session.scalars(select(StoredTicket.kind)).all()
        return sum(each == kind for each in kinds) if kind else len(kinds)

    def _opened(self, number: int, sealed: bytes) -> dict[str, str]:
        content: dict[str, str] = json.loads(self.sealer.open(sealed, place=f"outbox_contents.sealed:{number}"))
        return content


@dataclass
class Visitor:
    """One conversation; each message is a turn of its own."""

    world: World
    conversation: bytes = CONVERSATION
    network: str = ""
    turns: int = 0

    def visit(self, text: str) -> Visit:
        self.turns += 1
        masked = mask(text)
        return Visit(
            conversation=self.conversation,
            turn_id=f"turn-{self.turns}",
            text=masked.text,
            found=masked.found,
            now=self.world.clock(),
            zone=self.world.organisation.zone,
            network=self.network,
        )

    def ask(self, text: str, *rights: Right, subject: str = "self") -> Piece:
        return self.take(self.world.desk.begin(self.visit(text), rights or reads_rights(text), subject))

    def say(self, text: str) -> Piece:
        piece = self.try_to_say(text)
        assert piece is not None, text
        return piece

    def try_to_say(self, text: str) -> Piece | None:
        pending = self.pending()
        assert pending is not None, text
        piece = self.world.desk.go_on(self.visit(text), pending)
        return self.take(piece) if piece else None

    def take_back(self, text: str) -> Piece | None:
        piece = self.world.desk.take_back(self.visit(text))
        return self.take(piece) if piece else None

    def pending(self) -> Pending | None:
        return self.world.dialogues.load(self.conversation)

    def take(self, piece: Piece) -> Piece:
        def work(session: Session) -> None:
            for write in piece.writes:
                write(session)

        self.world.database.write(work)
        for action in piece.after:
            action()
        return piece

    def confirmed(self, text: str = "Please delete my data, ravi@example.com") -> Piece:
        """A request that is registered and waits for its code."""
        assert self.ask(text).asks_for is AsksFor.CONFIRMATION
        return self.say("yes")


@contextmanager
def opened_world(folder: Path, *, most_unverified: int | None = None) -> Iterator[World]:
    clock = SetClock()
    with opened(folder) as database:
        sealer = open_sealer(database, SECRET, clock)
        organisation = load_organisation(DATA / "harbourlight")
        outbox = Outbox(database, sealer, clock)
        trail = open_trail(database, SECRET, clock)
        tickets = TicketService(database, sealer, trail, outbox, clock, DeadlineRules(organisation))
        dialogues = DialogueStore(database, sealer, clock)
        proof = MailboxProof(database, outbox, sealer, clock, organisation, new_code=random_code)
        woken: list[int] = []
        tools = RightsTools(
            tickets, dialogues, proof, organisation, outbox, clock, lambda: woken.append(1), most_unverified
        )
        yield World(
            database,
            clock,
            organisation,
            sealer,
            outbox,
            dialogues,
            proof,
            tickets,
            RightsDesk(tools, reads_rights),
            woken,
        )


def text_of(piece: Piece) -> str:
    return "\n".join(part.text for part in piece.parts)
