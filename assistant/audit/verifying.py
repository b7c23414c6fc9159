"""Reads the whole trail and says what does not fit: altered, missing, added, reordered, cut off, blanked unseen.

Reads in pages, beside processes that write; knows how entries are chained and not what they mean.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from assistant.audit.chain import Chain, Link, commitment_to
from assistant.audit.statements import BEFORE, ENTRIES, EXPIRED, FORGOTTEN, LAST_NUMBER, READ_HEAD
from assistant.audit.witness import Seen
from assistant.db.database import Database

PAGE = 1000
MOST_PROBLEMS = 100
# Numbers begin at 1; a row that somebody added may have any.
_BEFORE_ALL = -(2**62)
# While others write, the end moves on: what was blanked behind us is explained a little further on.
_ROUNDS = 5

_NEXT = (
    select(ENTRIES)
    .where(ENTRIES.c.number > bindparam("after"), ENTRIES.c.number <= bindparam("until"))
    .order_by(ENTRIES.c.number)
    .limit(bindparam("size"))
)
_NEXT_NUMBER = select(func.min(ENTRIES.c.number)).where(ENTRIES.c.number > bindparam("after"))

# Told how many entries are read, of how many.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Verification:
    """How many entries were read, the hash of the last, and one sentence a problem."""

    entries: int
    last_hash: bytes
    problems: tuple[str, ...]


@dataclass(slots=True)
class _Blanks:
    """Which details are blank, and which of them the trail itself says were forgotten."""

    blank: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    forgotten: dict[str, int] = field(default_factory=dict)
    expired: list[tuple[int, datetime]] = field(default_factory=list)

    def add(self, row: Row[Any]) -> None:
        if not row.salt:
            number, at = self.blank.get(row.subject, (row.number, row.at))
            self.blank[row.subject] = max(number, row.number), max(at, row.at)
        if row.action == FORGOTTEN:
            self.forgotten[row.subject] = row.number
        elif row.action == EXPIRED:
            self.expired.append((row.number, _told_in(row.subject)))

    def unexplained(self) -> Iterator[tuple[str, int]]:
        for subject, (number, at) in self.blank.items():
            by_age = any(number < later and at < before for later, before in self.expired)
            if not by_age and self.forgotten.get(subject, 0) <= number:
                yield subject, number


class Reading:
    """One pass over the trail of a database; `seen` is what was noted of it before."""

    def __init__(self, database: Database, chain: Chain, seen: Seen | None, progress: Progress) -> None:
        self._database = database
        self._chain = chain
        self._seen = seen
        self._progress = progress
        self._number = _BEFORE_ALL
        self._hash = chain.genesis()
        self._read = 0
        self._blanks = _Blanks()
        self._problems: list[str] = []
        self._more_problems = 0

    def verify(self) -> Verification:
        for _ in range(_ROUNDS):
            head = self._read_head()
            self._read_up_to(self._end() if head is None else head.entries)
            if not any(self._blanks.unexplained()):
                break
        self._check_head(head)
        for subject, number in self._blanks.unexplained():
            self._find(f"Details of {subject!r} are blank up to entry {number}, and the trail does not say why.")
        if self._seen is not None and self._seen.entries > max(self._number, 0):
            self._find(f"The trail had {self._seen.entries} entries before: it was cut, or is an older copy.")
        if self._more_problems:
            self._problems.append(f"There are {self._more_problems} problems more.")
        return Verification(self._read, self._hash, tuple(self._problems))

    def _read_up_to(self, until: int) -> None:
        size = PAGE
        while True:
            try:
                rows = self._page(until, size)
            except (ValueError, TypeError):
                # SQLite keeps any text for a time: close in on the entry that cannot be read, and go on after it.
                if size == 1:
                    self._skip()
                size = max(size // 2, 1)
                continue
            if not rows:
                return
            for row in rows:
                self._check(row)
            self._progress(self._read, max(self._read, until))
            size = min(size * 2, PAGE)

    def _page(self, until: int, size: int) -> list[Row[Any]]:
        # A session a page: a long one would keep SQLite from clearing what was erased meanwhile.
        with self._database.read() as session:
            return list(session.execute(_NEXT, {"after": self._number, "until": until, "size": size}).all())

    def _skip(self) -> None:
        with self._database.read() as session:
            self._number = session.scalar(_NEXT_NUMBER, {"after": self._number}) or self._number + 1
        self._find(f"Entry {self._number} cannot be read.")
        self._hash, self._read = b"", self._read + 1

    def _check(self, row: Row[Any]) -> None:
        expected = max(self._number, 0) + 1
        if row.number > expected:
            self._find(_missing(expected, row.number - 1))
        elif self._hash and row.previous != self._hash:
            self._find(f"Entry {row.number} does not follow the entry before it.")
        if not self._hash_fits(row):
            self._find(f"Entry {row.number} was altered.")
        if not _detail_fits(row):
            self._find(f"The detail of entry {row.number} was altered.")
        if self._seen is not None and self._seen.entries == row.number and self._seen.last_hash != row.hash:
            self._find(f"Entry {row.number} is another than before: the trail is an older copy that was continued.")
        self._blanks.add(row)
        self._number, self._read = row.number, self._read + 1
        # What an entry should be followed by is told from its hash, if it is one.
        self._hash = row.hash if isinstance(row.hash, bytes) else b""

    def _hash_fits(self, row: Row[Any]) -> bool:
        # SQLite keeps any type in any column: what is no digest cannot fit.
        with suppress(TypeError, AttributeError):
            link = Link(row.previous, row.number, row.at, row.actor, row.action, row.subject, row.commitment)
            return bool(row.hash == self._chain.hash_of(link))
        return False

    def _check_head(self, head: Seen | None) -> None:
        last = max(self._number, 0)
        if head is None:
            self._find("The head of the trail is missing or was altered.")
            return
        if head.entries > last:
            self._find(_missing(last + 1, head.entries))
        elif head.last_hash != self._hash:
            self._find(f"The head of the trail names another entry {last} than the one that is there.")
        # The end before the head: what is written between the two is then counted by the head.
        end, head = self._end(), self._read_head()
        if head is not None and end > head.entries:
            self._find(f"There are entries after {head.entries}, where the head of the trail ends.")

    def _read_head(self) -> Seen | None:
        """The head; None where there is none, or not one of ours."""
        with self._database.read() as session:
            head = session.execute(READ_HEAD).first()
        if head is None or head.mac != self._chain.head_mac(head.entries, head.last_hash):
            return None
        return Seen(head.entries, bytes(head.last_hash))

    def _end(self) -> int:
        with self._database.read() as session:
            return session.scalar(LAST_NUMBER) or 0

    def _find(self, problem: str) -> None:
        if len(self._problems) < MOST_PROBLEMS:
            self._problems.append(problem)
        else:
            self._more_problems += 1


def _detail_fits(row: Row[Any]) -> bool:
    if not row.salt:
        return not row.detail
    with suppress(TypeError, AttributeError):
        return bool(row.commitment == commitment_to(row.detail, salt=row.salt))
    return False


def _missing(first: int, last: int) -> str:
    return f"Entry {first} is missing." if first == last else f"Entries {first} to {last} are missing."


def _told_in(subject: str) -> datetime:
    with suppress(ValueError):
        told = datetime.fromisoformat(subject.removeprefix(BEFORE))
        return told.replace(tzinfo=told.tzinfo or UTC)
    return datetime.min.replace(tzinfo=UTC)
