"""The real rooms below the two desks on a real database, a settable clock, and what was mailed to be read."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.audit.trail import AuditTrail, open_trail
from assistant.db.database import Database
from assistant.dialogue.pending import DialogueStore
from assistant.dialogue.proof import MailboxProof
from assistant.handover.desk import HandoverDesk, HandoverTools
from assistant.organisation import Organisation, load_organisation
from assistant.outbox.models import StoredContent, StoredEntry, place_of
from assistant.outbox.service import Outbox
from assistant.policy_folder import policy_folder
from assistant.redaction.masking import mask
from assistant.reply import Piece
from assistant.sealing.sealer import Sealer, open_sealer
from assistant.security.alerts import AlertDesk, AlertTools
from assistant.security.desk import SecurityDesk
from assistant.security.on_call import OnCall, on_call
from assistant.settings import Settings
from assistant.tickets.deadlines import DeadlineRules
from assistant.tickets.service import TicketService
from assistant.visit import Visit
from tests.assistant.db.opening import opened

SECRET = b"a secret of these tests"
START = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
CODE = "48210573"


@dataclass
class Watch:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


@dataclass(frozen=True)
class Mail:
    """What stands in the outbox, opened."""

    id: str
    kind: str
    state: str
    purpose: str
    priority: int
    at: datetime
    to: str
    subject: str
    body: str
    data: dict[str, object] | None = None


@dataclass
class Rooms:
    database: Database
    organisation: Organisation
    watch: Watch
    sealer: Sealer
    audit: AuditTrail
    outbox: Outbox
    tickets: TicketService
    dialogues: DialogueStore
    alerts: AlertDesk
    security: SecurityDesk
    handover: HandoverDesk
    woken: list[datetime] = field(default_factory=list)
    turns: int = 0

    def visit(self, text: str, *, conversation: str = "one", network: str = "") -> Visit:
        self.turns += 1
        masked = mask(text)
        return Visit(
            conversation=conversation.ljust(32, ".").encode(),
            turn_id=f"turn-{self.turns}",
            text=masked.text,
            found=masked.found,
            now=self.watch.now,
            zone=self.organisation.zone,
            network=network,
        )

    def commit(self, piece: Piece) -> Piece:
        """What the front desk does with a piece: its writes in one transaction, then what comes after."""

        def work(session: Session) -> None:
            for write in piece.writes:
                write(session)

        self.database.write(work)
        for after in piece.after:
            after()
        return piece

    def report(self, text: str, *, conversation: str = "one", network: str = "") -> Piece:
        return self.commit(self.security.report(self.visit(text, conversation=conversation, network=network)))

    def answer(self, text: str, *, conversation: str = "one") -> Piece | None:
        """Go on with the dialogue that the conversation has open."""
        visit = self.visit(text, conversation=conversation)
        pending = self.dialogues.load(visit.conversation)
        assert pending is not None
        piece = self.handover.go_on(visit, pending)
        return piece and self.commit(piece)

    def acknowledge(self, reference: str, by: str = "ana") -> None:
        self.database.write(lambda session: self.alerts.acknowledge(session, reference, by))

    def run_for(self, minutes: int, *, seconds: int = 60) -> None:
        """Let time pass, with a tick at each step."""
        for _ in range(minutes * 60 // seconds):
            self.alerts.tick(self.watch.forward(seconds=seconds))

    def mails(self, purpose: str | None = None) -> list[Mail]:
        with self.database.read() as session:
            rows = session.execute(
                select(StoredEntry, StoredContent)
                .join(StoredContent, StoredContent.entry_number == StoredEntry.number)
                .order_by(StoredEntry.number)
            ).all()
        return [_mail(self.sealer, entry, content) for entry, content in rows if purpose in {None, entry.purpose}]


def _mail(sealer: Sealer, entry: StoredEntry, content: StoredContent) -> Mail:
    said = json.loads(sealer.open(content.sealed, place=place_of(entry.number))) if content.sealed else {}
    return Mail(
        id=entry.id,
        kind=entry.kind,
        state=entry.state,
        purpose=entry.purpose,
        priority=entry.priority,
        at=entry.created_at,
        to=said.get("to", ""),
        subject=said.get("subject", ""),
        body=said.get("body", ""),
        data=said.get("data"),
    )


@contextmanager
def built(folder: Path, *, chain: OnCall | None = None, watch: Watch | None = None) -> Iterator[Rooms]:
    with opened(folder) as database:
        yield _rooms(database, chain, watch or Watch())


def _rooms(database: Database, chain: OnCall | None, watch: Watch) -> Rooms:
    organisation = load_organisation(policy_folder("codemites"))
    sealer, audit = open_sealer(database, SECRET, watch), open_trail(database, SECRET, watch)
    outbox = Outbox(database, sealer, watch)
    tickets = TicketService(database, sealer, audit, outbox, watch, DeadlineRules(organisation))
    dialogues = DialogueStore(database, sealer, watch)
    proof = MailboxProof(database, outbox, sealer, watch, organisation, new_code=lambda: CODE)
    woken: list[datetime] = []
    chain = chain or on_call(organisation, Settings(), {})

    def wake() -> None:
        woken.append(watch.now)

    alerts = AlertDesk(AlertTools(database, outbox, tickets, audit, organisation, chain, watch, wake))
    return Rooms(
        database=database,
        organisation=organisation,
        watch=watch,
        sealer=sealer,
        audit=audit,
        outbox=outbox,
        tickets=tickets,
        dialogues=dialogues,
        alerts=alerts,
        security=SecurityDesk(tickets, alerts, organisation, wake),
        handover=HandoverDesk(HandoverTools(tickets, dialogues, proof, organisation, wake)),
        woken=woken,
    )
