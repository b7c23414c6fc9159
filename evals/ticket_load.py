"""Open loops that open tickets over HTTP: the desk's calls, or visitors' dialogues up to the turn that opens theirs.

Run by `evals.under_tickets` as a process of its own, like `evals.load`.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from http.client import HTTPException
from uuid import uuid4

from evals.load import Caller, Conversation, Sent, open_loop

# The key is no argument: a list of processes would show it.
KEY_VARIABLE = "BENCH_DESK_KEY"
_CREATED, _OK = 201, 200
_DESK = (
    {"kind": "inquiry", "text": "They ask which partners their details are shared with, and want a call back."},
    {"kind": "complaint", "text": "Third newsletter in a week although they opted out twice, very annoyed."},
    {"kind": "rights_request", "right": "access", "text": "Wants a copy of everything, asked for it by phone."},
    {"kind": "rights_request", "right": "correction", "text": "The surname on the invoices is spelt wrongly."},
)
_WISHES = (
    "I want you to delete my account and everything about me.",
    "Please send me a copy of all the personal data you hold about me.",
    "Send me a copy of my personal data.",
    "Please delete my personal data from your systems.",
)


class Loop(StrEnum):
    DESK = "desk"
    DIALOGUES = "dialogues"


@dataclass(frozen=True, slots=True)
class Desk:
    """Each call is another ticket: a key of its own, an address of its own."""

    caller: Caller
    key: str = field(repr=False)

    def open(self, number: int, due: float) -> Sent:
        body = {**_DESK[number % len(_DESK)], "email": f"caller{number}@example.com"}
        start, late = time.perf_counter(), time.monotonic() - due
        try:
            headers = {"Idempotency-Key": f'"{uuid4()}"'}
            status, card = self.caller.post("/v1/tickets", body, token=self.key, headers=headers)
        except (HTTPException, OSError, ValueError):
            self.caller.forget()
            return Sent(time.perf_counter() - start, late, good=False)
        return Sent(time.perf_counter() - start, late, good=status == _CREATED and "reference" in card)


@dataclass(frozen=True, slots=True)
class Visitors:
    """Each says one wish with an address and confirms it; only that turn, which opens the ticket, is timed."""

    caller: Caller

    def play(self, number: int, due: float) -> Sent:
        late = time.monotonic() - due
        try:
            opened = self.caller.post("/v1/conversations", {"channel": "web"})[1]
            conversation = Conversation(opened["id"], opened["token"])
            wish = f"{_WISHES[number % len(_WISHES)]} My e-mail is visitor-{uuid4().hex[:12]}@example.com."
            asked = self._say(conversation, wish)
            start = time.perf_counter()
            reply = self._say(conversation, "yes")
        except (HTTPException, OSError, ValueError, KeyError):
            self.caller.forget()
            return Sent(0.0, late, good=False)
        good = asked.get("asks_for") == "confirmation" and bool(reply.get("tickets"))
        return Sent(time.perf_counter() - start, late, good)

    def _say(self, conversation: Conversation, text: str) -> dict[str, object]:
        status, reply = self.caller.post(
            f"/v1/conversations/{conversation.id}/messages", {"text": text}, token=conversation.token
        )
        return reply if status == _OK else {}


def main(argv: Sequence[str] | None = None) -> None:
    """Print one JSON list: seconds, lateness and success of each ticket."""
    parser = argparse.ArgumentParser(prog="evals.ticket_load")
    parser.add_argument("loop", type=Loop)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--rate", type=float, required=True, help="tickets a second")
    parser.add_argument("--seconds", type=float, required=True)
    options = parser.parse_args(argv)
    caller = Caller(options.port)
    is_desk = options.loop is Loop.DESK
    send = Desk(caller, os.environ[KEY_VARIABLE]).open if is_desk else Visitors(caller).play
    sent = open_loop(send, rate=options.rate, seconds=options.seconds)
    json.dump([[one.seconds, one.late, one.good] for one in sent], sys.stdout)


if __name__ == "__main__":
    main()
