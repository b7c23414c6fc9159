"""What the clients of a run do: a desk that opens tickets, visitors who report, visitors who use a right.

Each story notes in the ledger what was acknowledged to it, and goes astray where an answer is not the one to expect.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from string import ascii_lowercase
from typing import Any

from evals.crash.client import Answer, Call, Caller
from evals.crash.ledger import Ledger, Promise, Story
from evals.crash.mailbox import Mailbox
from evals.crash.patience import Patience

# So often a call of the desk that was answered is made again, and so often an incident is acknowledged.
REPEATED, ACKNOWLEDGED = 0.1, 0.5
AWAITING, RECEIVED = "awaiting_verification", "received"
_OK, _CREATED = 200, 201
_REPORTS = (
    "Somebody has taken over my account and changed its password.",
    "I can see other customers' invoices with names and addresses when I am logged in.",
    "I got a phishing mail in your company's name and gave them my password.",
    "I found a list of your customers' data open on the internet.",
)
_WISHES = (
    "I want you to delete my account and everything about me.",
    "Please send me a copy of my personal data, and delete it afterwards.",
    "Send me a copy of everything you hold about me.",
)
_DESK = (
    {"kind": "inquiry"},
    {"kind": "complaint"},
    {"kind": "rights_request", "right": "access"},
    {"kind": "rights_request", "right": "correction"},
)


class Astray(Exception):
    """An answer was not the one that the story goes on from."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What one client plays on. `mail_seconds` is how long it waits for a mail."""

    caller: Caller
    ledger: Ledger
    mailbox: Mailbox
    patience: Patience
    random: Random
    desk_key: str = field(repr=False)
    mail_seconds: float

    def word(self) -> str:
        """A word that no other story has."""
        return "rig" + "".join(self.random.choices(ascii_lowercase, k=14))


@dataclass(frozen=True, slots=True)
class Visitor:
    """A conversation of a story's own, from a network of its own."""

    id: str
    headers: Mapping[str, str] = field(repr=False)

    def says(self, text: str, *, turn: int) -> Call:
        body = {"text": text, "turn_id": f"turn-{turn}"}
        return Call("POST", f"/v1/conversations/{self.id}/messages", body, self.headers)


def play(story: Story, stage: Stage) -> None:
    """Play one story to its end, or note that it went astray. Raises GaveUp."""
    word = stage.word()
    try:
        _PLAYS[story](stage, word)
    except Astray as astray:
        stage.ledger.astray(story, word, str(astray))


def _desk(stage: Stage, word: str) -> None:
    contact = f"{word}@example.com"
    body = {**stage.random.choice(_DESK), "text": f"They called about their data: note {word}.", "email": contact}
    call = Call("POST", "/v1/tickets", body, _desk_headers(stage) | {"Idempotency-Key": f'"{word}"'})
    for _ in range(2 if stage.random.random() < REPEATED else 1):
        ticket = _expect(stage.caller.call(call), _CREATED, "opening a ticket for the desk")
        stage.ledger.acknowledged(Promise(Story.DESK, word, (ticket["reference"],), RECEIVED, contact, call))


def _incident(stage: Stage, word: str) -> None:
    visitor = _arrive(stage)
    call = visitor.says(stage.random.choice(_REPORTS), turn=1)
    references = _tickets(stage, call, "security_incident", RECEIVED)
    stage.ledger.acknowledged(Promise(Story.INCIDENT, word, references, RECEIVED, repeat=call))
    reference = references[0]
    if not stage.patience.until(lambda: reference in stage.mailbox.alerts(), seconds=stage.mail_seconds):
        raise Astray(f"no alert came for {reference}")
    if stage.random.random() < ACKNOWLEDGED:
        mine = Call("POST", f"/v1/incidents/{reference}/acknowledge", {"by": "Rig"}, _desk_headers(stage))
        row = _expect(stage.caller.call(mine), _OK, "acknowledging an incident")
        stage.ledger.acknowledged(Promise(Story.INCIDENT, word, references, row["status"], repeat=call))


def _rights(stage: Stage, word: str) -> None:
    visitor, contact = _arrive(stage), f"{word}@example.com"
    asked = _reply(stage, visitor.says(f"{stage.random.choice(_WISHES)} My e-mail address is {contact}.", turn=1))
    if asked["asks_for"] != "confirmation":
        raise Astray(f"asked for {asked['asks_for']} and not for the confirmation")
    confirmed = visitor.says("yes", turn=2)
    opened = _tickets(stage, confirmed, "rights_request", AWAITING)
    stage.ledger.acknowledged(Promise(Story.RIGHTS, word, opened, AWAITING, contact, confirmed))
    if not stage.patience.until(lambda: stage.mailbox.code_for(contact) is not None, seconds=stage.mail_seconds):
        raise Astray(f"no code came for {opened}")
    code = stage.mailbox.code_for(contact) or ""
    proof = visitor.says(f"{code[:4]} {code[4:]}", turn=3)
    proven = _tickets(stage, proof, "rights_request", RECEIVED)
    stage.ledger.acknowledged(Promise(Story.RIGHTS, word, proven, RECEIVED, contact, proof))


_PLAYS: Mapping[Story, Callable[[Stage, str], None]] = {
    Story.DESK: _desk,
    Story.INCIDENT: _incident,
    Story.RIGHTS: _rights,
}


def _arrive(stage: Stage) -> Visitor:
    opened = _expect(
        stage.caller.call(Call("POST", "/v1/conversations", {"channel": "web"})), _CREATED, "opening a conversation"
    )
    network = ".".join(str(stage.random.randrange(1, 250)) for _ in range(4))
    return Visitor(opened["id"], {"Authorization": f"Bearer {opened['token']}", "X-Forwarded-For": network})


def _reply(stage: Stage, call: Call) -> Any:
    return _expect(stage.caller.call(call), _OK, f"saying {call.body and call.body['turn_id']}")


def _tickets(stage: Stage, call: Call, kind: str, status: str) -> tuple[str, ...]:
    """The tickets of the reply, one at least; all of them must be of this kind and in this status."""
    reply = _reply(stage, call)
    found = {(ticket["kind"], ticket["status"]) for ticket in reply["tickets"]}
    if found != {(kind, status)}:
        raise Astray(f"{kind} {status} expected, got {found or reply['outcome']} (asks {reply['asks_for']})")
    return tuple(sorted(ticket["reference"] for ticket in reply["tickets"]))


def _expect(answer: Answer, status: int, doing: str) -> Any:
    if answer.status != status:
        raise Astray(f"{doing}: status {answer.status}")
    return answer.body


def _desk_headers(stage: Stage) -> dict[str, str]:
    return {"Authorization": f"Bearer {stage.desk_key}"}
