"""Handles stored events, in threads of its own: each to its end, once, with all that it causes in one transaction."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy.orm import Session

from assistant.clock import Clock
from assistant.db.database import Database
from assistant.errors import AssistantError, Conflict, Invalid, NotAllowed, NotFound
from assistant.outbox.service import Outbox
from assistant.outbox.values import Postponed
from assistant.reply import Write
from integrations.slack import wording
from integrations.slack.blocks import escaped
from integrations.slack.inbox import DEAD, Held, Inbox, LeaseLost
from integrations.slack.incoming import Ask, Value, Where, value_of
from integrations.slack.outgoing import Audience, Sending, put
from integrations.slack.reacting import Reactions, audience_for

THREADS, POLL_SECONDS = 2, 1.0
# After as many failures somebody is told that it did not work.
STEPS = (1, 5, 30, 120, 600)
# While Slack cannot be asked, as with a revoked token, what somebody did waits for longer.
PATIENCE = timedelta(days=3)
_REFUSALS = (Conflict, Invalid, NotFound, NotAllowed)

_log = logging.getLogger(__name__)


class Worker:
    """`wake` has the outbox send; without `start`, `run_once` handles in the thread that calls it."""

    def __init__(
        self, database: Database, inbox: Inbox, reactions: Reactions, outbox: Outbox, clock: Clock, *, email: str,
        wake: Callable[[], None],
    ) -> None:  # fmt: skip
        self._database = database
        self._inbox = inbox
        self._reactions = reactions
        self._outbox = outbox
        self._clock = clock
        self._email = email
        self._wake = wake
        self._news = threading.Semaphore(0)
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        for number in range(THREADS):
            thread = threading.Thread(target=self._look_out, name=f"slack-{number}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def news(self) -> None:
        """Something was stored: look now."""
        self._news.release()

    def close(self) -> None:
        self._stopping.set()
        for _ in self._threads:
            self._news.release()
        for thread in self._threads:
            thread.join()

    def run_once(self) -> int:
        """Handle everything that is due; how many events."""
        count = 0
        while self._inbox.anything_due() and (held := self._inbox.claim()) is not None:
            self._handle(held)
            count += 1
        return count

    def _look_out(self) -> None:
        while not self._stopping.is_set():
            self._news.acquire(timeout=POLL_SECONDS)
            try:
                while not self._stopping.is_set() and self._inbox.anything_due():
                    held = self._inbox.claim()
                    if held is None:
                        break
                    self._handle(held)
            except Exception as error:  # noqa: BLE001 the edge of this thread: the lease lapses and it is tried again
                _log.error("An event of Slack was not handled this time (%s).", type(error).__name__)

    def _handle(self, held: Held) -> None:
        value = value_of(held.kind, held.body)
        try:
            self._finish(held, self._reactions.to(held, value))
        except LeaseLost:
            return
        except _REFUSALS as refusal:
            self._tell(held, value, str(refusal), code=type(refusal).__name__)
        except Postponed as failure:
            is_patient = self._clock() - held.received_at < PATIENCE
            self._again(held, value, failure.code, at_least=failure.seconds or 0, is_patient=is_patient)
        except AssistantError as error:
            self._again(held, value, type(error).__name__)
        except Exception as error:  # noqa: BLE001 the edge of the handlers: whatever went wrong may pass
            _log.error("An event of Slack failed (%s).", type(error).__name__)
            self._again(held, value, type(error).__name__)

    def _finish(self, held: Held, writes: tuple[Write, ...]) -> None:
        """All that it causes, and its end, or nothing of it."""

        def work(session: Session) -> None:
            for write in writes:
                write(session)
            self._inbox.finish(session, held)

        self._database.write(work)
        self._wake()
        # What it handed to the inbox, and what waited behind it in its lane.
        self.news()

    def _again(self, held: Held, value: Value, code: str, *, at_least: float = 0, is_patient: bool = False) -> None:
        if held.attempts < len(STEPS) or is_patient:
            step = STEPS[min(held.attempts, len(STEPS) - 1)]
            self._inbox.postpone(held, code=code, wait=timedelta(seconds=max(step, at_least)))
            return
        _log.error("An event of Slack was given up after %d attempts (%s).", held.attempts + 1, code)
        self._tell(held, value, wording.FAILED.format(email=self._email), state=DEAD, code=code)

    def _tell(self, held: Held, value: Value, sentence: str, *, code: str, state: str = "done") -> None:
        """Whoever did it hears why nothing came of it."""
        audience, at = audience_for(value), self._clock()
        silent = isinstance(value, Ask) and value.where is Where.THREAD

        def work(session: Session) -> None:
            if not silent and audience.user:
                put(self._outbox, session, _said(held, audience, sentence), at=at)
            self._inbox.finish(session, held, state=state, code=code)

        try:
            self._database.write(work)
        except LeaseLost:
            return
        self._wake()
        self.news()


def _said(held: Held, audience: Audience, sentence: str) -> Sending:
    return Sending(f"{held.name}-why", (audience.tell(escaped(sentence)),))
