"""What the product itself shows after a run: its queue, single tickets, its outbox, its audit trail, its file."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from evals.crash.client import Call, Caller
from evals.crash.ledger import Promise
from evals.crash.processes import NotRunning, Where

PAGE = 200
_OK = 200
# The queue without a filter leaves out what awaits verification.
_LISTS: tuple[dict[str, str], ...] = ({}, {"status": "awaiting_verification"})


class Inspector:
    def __init__(self, caller: Caller, desk_key: str) -> None:
        self._caller = caller
        self._headers = {"Authorization": f"Bearer {desk_key}"}

    def queue(self) -> tuple[tuple[str, str], ...]:
        """Reference and status of every ticket there is, as the desk's list gives them."""
        return tuple(entry for query in _LISTS for entry in self._pages(query))

    def differs(self, promise: Promise) -> str | None:
        """What its tickets have otherwise than was acknowledged; None where they have everything."""
        for reference in promise.references:
            answer = self._caller.call(Call("GET", f"/v1/tickets/{reference}", headers=self._headers))
            if answer.status != _OK:
                return f"{reference}: reading it gives status {answer.status}"
            if promise.contact is not None and answer.body["email"] != promise.contact:
                return f"{reference}: its address is another one"
        return None

    def repeated(self, promise: Promise) -> str | None:
        """Make the acknowledged call once more: what it gives otherwise than before, or None."""
        assert promise.repeat is not None
        body = self._caller.call(promise.repeat).body
        found = sorted(ticket["reference"] for ticket in body.get("tickets", (body,)) if "reference" in ticket)
        return None if tuple(found) == promise.references else f"{promise.references}: repeated, it gives {found}"

    def _pages(self, query: dict[str, str]) -> Iterator[tuple[str, str]]:
        cursor: str | None = None
        while True:
            asked = {**query, "limit": str(PAGE)} | ({"cursor": cursor} if cursor else {})
            page = self._caller.call(Call("GET", f"/v1/tickets?{urlencode(asked)}", headers=self._headers)).body
            yield from ((item["reference"], item["status"]) for item in page["items"])
            cursor = page["next"]
            if cursor is None:
                return


def outbox_entries(where: Where, state: str) -> int:
    """How many entries of the outbox are in this state; at most a thousand are counted. Raises NotRunning."""
    listed = where.run("outbox", "list", "--state", state, "--limit", "1000")
    if listed.returncode:
        raise NotRunning(f"The outbox could not be listed: {listed.stderr.strip()}")
    return len(listed.stdout.splitlines())


def audit_problems(where: Where) -> tuple[str, ...]:
    """What `audit verify` finds; nothing when the trail is whole."""
    verified = where.run("audit", "verify")
    return tuple((verified.stdout + verified.stderr).splitlines()[:10]) if verified.returncode else ()


def file_problems(file: Path) -> tuple[str, ...]:
    """What SQLite itself finds in a database that nobody has open; nothing when it is sound."""
    with closing(sqlite3.connect(file)) as connection:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
        broken: Sequence[object] = connection.execute("PRAGMA foreign_key_check").fetchmany(10)
    return tuple([line for line in found if line != "ok"] + [f"foreign key: {row}" for row in broken])
