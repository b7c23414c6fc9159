"""Which conversation goes on where: a thread, a direct message, a command. Ids are sealed, places kept as digests."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.clock import Clock
from assistant.db.database import Database
from assistant.sealing.sealer import Sealer
from integrations.slack.models import NOTHING, StoredPlace, conversation_place

_PLACE, _USER = "slack.place", "slack.user"
_CHUNK = 200


class Places:
    def __init__(self, database: Database, sealer: Sealer, clock: Clock) -> None:
        self._database = database
        self._sealer = sealer
        self._clock = clock

    def conversation(self, place: str, user: str, *, since: datetime | None = None) -> str | None:
        """The id of the conversation that this user has here; None where there is none, or none used since then."""
        with self._database.read() as session:
            row = session.scalar(select(StoredPlace).where(StoredPlace.place == self._blind(place)))
        if row is None or not row.sealed or row.asker != self._asker(user) or (since and row.used_at < since):
            return None
        return self._sealer.open(row.sealed, place=conversation_place(row.place))

    def begin(self, place: str, user: str, conversation: str) -> None:
        """Remember it before anything is said in it, so that a repeated event finds it."""
        self._database.write(lambda session: self._set(session, place, user, conversation))

    def engage(self, session: Session, thread: str, user: str) -> None:
        """The user speaks with the bot in the thread: what follows there from them is for the bot."""
        self._set(session, thread, user, "")

    def touch(self, session: Session, place: str) -> None:
        used = update(StoredPlace).where(StoredPlace.place == self._blind(place)).values(used_at=self._clock())
        session.execute(used)

    def is_engaged(self, thread: str, user: str, *, speaks_to: Sequence[str]) -> bool:
        """Whether this user's words in a thread are for the bot; words of others, or to others, make it be quiet."""
        with self._database.read() as session:
            row = session.scalar(select(StoredPlace).where(StoredPlace.place == self._blind(thread)))
        if row is None or row.is_quiet:
            return False
        if row.asker == self._asker(user) and not speaks_to:
            return True
        quiet = update(StoredPlace).where(StoredPlace.number == row.number).values(is_quiet=True)
        self._database.write(lambda session: session.execute(quiet))
        return False

    def forget_idle(self, before: datetime) -> int:
        """Blank what was not used since then; how many places."""
        idle = (
            select(StoredPlace.number).where(StoredPlace.used_at < before, StoredPlace.asker != NOTHING).limit(_CHUNK)
        )

        def work(session: Session) -> int:
            numbers = session.scalars(idle).all()
            blank = {"asker": NOTHING, "sealed": NOTHING, "is_quiet": True}
            session.execute(update(StoredPlace).where(StoredPlace.number.in_(numbers)).values(blank))
            return len(numbers)

        count = 0
        while done := self._database.write(work):
            count += done
        return count

    def _set(self, session: Session, place: str, user: str, conversation: str) -> None:
        blind = self._blind(place)
        sealed = self._sealer.seal(conversation, place=conversation_place(blind)) if conversation else NOTHING
        values = {"asker": self._asker(user), "sealed": sealed, "is_quiet": False, "used_at": self._clock()}
        changed = update(StoredPlace).where(StoredPlace.place == blind).values(values).returning(StoredPlace.number)
        if session.scalar(changed) is None:
            with suppress(IntegrityError), session.begin_nested():
                session.add(StoredPlace(place=blind, **values))

    def _blind(self, place: str) -> bytes:
        return self._sealer.blind(place, purpose=_PLACE)

    def _asker(self, user: str) -> bytes:
        return self._sealer.blind(user, purpose=_USER)


# A command has no thread: what follows within this time goes on where it was.
COMMAND_IDLE = timedelta(minutes=30)
