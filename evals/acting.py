"""A scripted visitor at the HTTP doors: says its turns, reads its codes in the mail folder, keeps what was replied.

Judges nothing, and knows of a server no more than what HTTP and the mail folder show.
"""

import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Protocol

TIMEOUT_SECONDS = 60.0
MAIL_WITHIN_SECONDS, LOOK_SECONDS = 3.0, 0.05
# The mail of the turn before may still be on its way: an older one is not taken for it.
SETTLED_SECONDS = 0.4
CODES = 10**8
# What is typed where a code should be and none has come.
NO_CODE = "13572468"
_CODE_LINE = re.compile(r"^([0-9]{4}) ([0-9]{4})\s*$", re.MULTILINE)
_SPELT_OUT = ((re.compile(r"\s+at\s+(?=\S+\s+dot\s)"), "@"), (re.compile(r"\s+dot\s+"), "."))
_ADDRESS = re.compile(r"[\w.+-]+@\w[\w-]*(?:\.[a-z]+)+", re.IGNORECASE)
_PLACES = re.compile(r"\{(code|wrong|ref)\}")


class Doors(Protocol):
    """Makes a call and gives its status and JSON."""

    def call(self, method: str, path: str, body: object = None, *, bearer: str | None = None) -> tuple[int, Any]: ...


class HttpDoors:
    """The doors of a serving process, over one connection."""

    def __init__(self, port: int) -> None:
        self._port = port

    def call(self, method: str, path: str, body: object = None, *, bearer: str | None = None) -> tuple[int, Any]:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=TIMEOUT_SECONDS)
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {bearer}"} if bearer else {})
        try:
            connection.request(method, path, None if body is None else json.dumps(body).encode(), headers)
            response = connection.getresponse()
            return response.status, json.loads(response.read() or b"null")
        except (OSError, HTTPException, ValueError):
            # No answer that can be read is the server's failure.
            return 599, None
        finally:
            connection.close()


@dataclass(frozen=True, slots=True)
class Said:
    """One turn as it was typed, and what came back; `reply` is the JSON of a Reply where the status is 200."""

    text: str = field(repr=False)
    status: int
    reply: Mapping[str, Any] = field(repr=False)

    @property
    def references(self) -> tuple[str, ...]:
        return tuple(ticket["reference"] for ticket in self.reply.get("tickets", ()))


@dataclass(frozen=True, slots=True)
class Played:
    """A script that was played to its end."""

    turns: tuple[Said, ...]

    @property
    def references(self) -> tuple[str, ...]:
        """Each ticket that a reply showed, in the order in which they came up."""
        return tuple(dict.fromkeys(reference for said in self.turns for reference in said.references))

    @property
    def last(self) -> Said:
        return self.turns[-1]


class MailFolder:
    """The folder that codes are delivered into."""

    def __init__(self, folder: Path, *, patience_seconds: float = MAIL_WITHIN_SECONDS) -> None:
        self._folder = folder
        self._patience = patience_seconds

    def code_for(self, addresses: frozenset[str]) -> str | None:
        """The newest code that came to one of these addresses; None where none comes."""
        time.sleep(SETTLED_SECONDS)
        until = time.monotonic() + self._patience
        while (code := self._newest(addresses)) is None and addresses and time.monotonic() < until:
            time.sleep(LOOK_SECONDS)
        return code

    def _newest(self, addresses: frozenset[str]) -> str | None:
        return next(filter(None, (_code(path, addresses) for path in self._newest_first())), None)

    def _newest_first(self) -> Iterator[Path]:
        # A file's name begins with the time it was caused at.
        return iter(sorted(self._folder.glob("*.eml"), reverse=True))


def play(doors: Doors, mails: MailFolder, turns: Sequence[str]) -> Played:
    """Say these turns in a conversation of their own; a place like `{code}` is filled in when its turn comes."""
    _, opened = doors.call("POST", "/v1/conversations", {"channel": "web"})
    path, addresses, wrong = f"/v1/conversations/{opened['id']}/messages", addresses_in(turns), 0
    said: list[Said] = []
    for turn in turns:

        def typed(place: re.Match[str]) -> str:
            nonlocal wrong
            match place[1]:
                case "ref":
                    return next(iter(Played(tuple(said)).references), "")
                case "wrong":
                    wrong += 1
                    return f"{(int(mails.code_for(addresses) or NO_CODE) + wrong) % CODES:08d}"
                case _:
                    return mails.code_for(addresses) or NO_CODE

        text = _PLACES.sub(typed, turn)
        status, reply = doors.call("POST", path, {"text": text}, bearer=opened["token"])
        said.append(Said(text, status, reply if isinstance(reply, dict) else {}))
    return Played(tuple(said))


def addresses_in(turns: Sequence[str]) -> frozenset[str]:
    """Every address that is typed in them, also one that is spelt out."""
    found = set()
    for turn in turns:
        text = turn
        for pattern, sign in _SPELT_OUT:
            text = pattern.sub(sign, text)
        found |= {address.casefold() for address in _ADDRESS.findall(text)}
    return frozenset(found)


def _code(path: Path, addresses: frozenset[str]) -> str | None:
    message = message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=SMTP)
    if str(message["To"]).casefold() not in addresses:
        return None
    code = _CODE_LINE.search(message.get_content())
    return f"{code[1]}{code[2]}" if code else None
