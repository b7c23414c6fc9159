"""The Slack door, wired: what stands before the routes, what works in the background, and what sends."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from slack_bolt import App
from slack_sdk import WebClient
from starlette.middleware import Middleware

from assistant.bootstrap import Assistant
from assistant.errors import AssistantError
from assistant.outbox.values import Kind
from integrations.api.limits import TokenBuckets, Unlimited
from integrations.slack.acting import ActDesk, ActTools
from integrations.slack.asking import AskDesk, AskTools
from integrations.slack.board import Board, BoardTools
from integrations.slack.client import SlackClient, silent_logger
from integrations.slack.directory import Directory
from integrations.slack.gate import SlackGate
from integrations.slack.inbox import Inbox
from integrations.slack.links import Links
from integrations.slack.places import Places
from integrations.slack.posts import Posts
from integrations.slack.reacting import Desks, Reactions
from integrations.slack.receiver import Receiver, dispatcher, make_bolt
from integrations.slack.reporting import ReportDesk, ReportTools
from integrations.slack.settings import SlackSettings
from integrations.slack.transport import SlackAppTransport
from integrations.slack.worker import Worker

BOARD_SECONDS, TIDY_SECONDS = 1.0, 3600.0

_log = logging.getLogger(__name__)


class SlackDoor:
    """Built on an assistant before its dispatcher starts. `close` before the assistant's own.

    `ticks` gives seconds that never run backwards.
    """

    def __init__(
        self, assistant: Assistant, settings: SlackSettings, *, ticks: Callable[[], float] = time.monotonic
    ) -> None:
        self.settings = settings
        database, sealer, clock = assistant.database, assistant.sealer, assistant.clock
        self._assistant = assistant
        self._client = SlackClient(settings.bot_token, settings.api_url)
        self.inbox, self._places = Inbox(database, sealer, clock), Places(database, sealer, clock)
        self._directory = Directory(self._client, settings, database, sealer, clock)
        posts = Posts(database, clock)
        assistant.dispatcher.add(Kind.SLACK_APP, SlackAppTransport(self._client, posts))
        links = Links(self._client, posts)
        self.board = Board(_board_tools(assistant, settings, links))
        wake = assistant.dispatcher.wake
        self.worker = Worker(
            database,
            self.inbox,
            _reactions(assistant, self.inbox, self._places, self._directory, self.board, links),
            assistant.outbox,
            clock,
            email=assistant.organisation.privacy_contact.email,
            wake=wake,
        )
        receiver = Receiver(
            settings,
            database,
            self.inbox,
            self._places,
            assistant.outbox,
            clock,
            assistant.tickets,
            limiter=TokenBuckets(ticks) if assistant.settings.rate_limit else Unlimited(),
            news=self.worker.news,
            wake=wake,
        )
        web = WebClient(token=settings.bot_token, base_url=settings.api_url, logger=silent_logger())
        self.bolt: App = make_bolt(settings, receiver, web)
        self._duties = (_Duty("The board of Slack", BOARD_SECONDS, self._look), _Duty("Slack", TIDY_SECONDS, self.tidy))

    def middleware(self) -> tuple[Middleware, ...]:
        """The gate at Slack's address; nothing where Socket Mode alone is set up."""
        if self.settings.signing_secret is None:
            return ()
        return (Middleware(SlackGate, dispatch=dispatcher(self.bolt), secret=self.settings.signing_secret),)

    def start(self, *, answers: bool = True) -> None:
        """Work in the background. A process that has no index leaves the events to one that has: `answers`."""
        if answers:
            self.worker.start()
        for duty in self._duties:
            duty.start()

    def close(self) -> None:
        for duty in self._duties:
            duty.stop()
        self.worker.close()

    def tidy(self) -> None:
        """Blank the places that were not used for as long as transcripts are kept; sweep up what was handled."""
        now: datetime = self._assistant.clock()
        self._places.forget_idle(now - timedelta(days=self._assistant.settings.transcript_days))
        self._directory.forget(now - timedelta(days=1))
        self.inbox.sweep(now)

    def _look(self) -> None:
        if self.board.tick():
            self._assistant.dispatcher.wake()


class _Duty:
    """Something done every so many seconds, with an edge of its own."""

    def __init__(self, name: str, seconds: float, work: Callable[[], object]) -> None:
        self._name = name
        self._seconds = seconds
        self._work = work
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._repeat, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _repeat(self) -> None:
        while not self._stopping.is_set():
            try:
                self._work()
            except AssistantError as error:
                _log.warning("%s was not brought up to date this time: %s", self._name, error)
            except Exception as error:  # noqa: BLE001 the edge of this thread: the next round tries again
                _log.error("%s was not brought up to date this time (%s).", self._name, type(error).__name__)
            self._stopping.wait(self._seconds)


def _board_tools(assistant: Assistant, settings: SlackSettings, links: Links) -> BoardTools:
    return BoardTools(
        database=assistant.database,
        tickets=assistant.tickets,
        alerts=assistant.alerts,
        outbox=assistant.outbox,
        links=links,
        clock=assistant.clock,
        security_channel=settings.security_channel,
        queue_channel=settings.queue_channel,
    )


def _reactions(
    assistant: Assistant, inbox: Inbox, places: Places, directory: Directory, board: Board, links: Links
) -> Reactions:
    asking = AskTools(
        front_desk=assistant.front_desk,
        tickets=assistant.tickets,
        organisation=assistant.organisation,
        outbox=assistant.outbox,
        places=places,
        directory=directory,
        site=assistant.settings.public_url,
        clock=assistant.clock,
    )
    acting = ActTools(
        tickets=assistant.tickets,
        alerts=assistant.alerts,
        desk=assistant.desk,
        outbox=assistant.outbox,
        directory=directory,
        organisation=assistant.organisation,
        show=board.show,
        take_in=inbox.hand_over,
        clock=assistant.clock,
    )
    reporting = ReportTools(assistant.tickets, assistant.desk, assistant.outbox, directory, assistant.clock)
    desks = Desks(AskDesk(asking), ActDesk(acting), ReportDesk(reporting), asking, assistant.tickets.list, links)
    return Reactions(desks)
