"""API keys: made once, shown once, checked at every call. Knows no HTTP."""

import hashlib
import hmac
import secrets
import string
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update
from sqlalchemy.orm import Session

from assistant.access.models import StoredFormerKey, StoredKey
from assistant.access.scopes import Scope, allows, read_scope, read_scopes
from assistant.clock import Clock, utc_now
from assistant.db.base import Base
from assistant.db.database import Database
from assistant.errors import Conflict, Invalid, NotAllowed, NotFound, Unavailable

MARK = "pa_live_"
# Letters and digits only: a key can be selected with a double click, and no shell or URL reads anything into it.
_ALPHABET = string.digits + string.ascii_letters
# The fewest letters of 62 that hold 256 bits.
_LETTERS = 43
_PREFIX_LETTERS = 8
_LONGEST_NAME = 64
# A call is not worth a write; that a key is in use is.
_LAST_USED_STEP = timedelta(minutes=1)
OVERLAP = timedelta(days=7)
# How long a key that was found is taken at its word: a desk in full swing asks for one a hundred times a second.
KNOWN_FOR = timedelta(seconds=0.25)
_MOST_KNOWN = 1000
# Written once: every call with a key waits for them.
_KEYS, _FORMER_KEYS = (Base.metadata.tables[table.__tablename__] for table in (StoredKey, StoredFormerKey))
_LIKE, _LIKE_FORMER = (select(table).where(table.c.prefix == bindparam("of")) for table in (_KEYS, _FORMER_KEYS))

# Told of each change, in its transaction: what was done ("key.created", ...) and the key's name.
Witness = Callable[[Session, str, str], None]


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What is known of a key: everything but the key. A former one was exchanged and works until it expires."""

    name: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    is_former: bool = False


class UnknownKey(NotAllowed):
    """No key, a wrong one, a revoked one or an expired one: the caller is nobody."""

    def __init__(self) -> None:
        super().__init__("This API key is not known or no longer valid: ask for a new one.")


class ScopeMissing(NotAllowed):
    def __init__(self, scope: Scope) -> None:
        super().__init__(f"This API key does not have the scope {scope.value!r}.")


class KeyNotFound(NotFound):
    def __init__(self, name: str) -> None:
        super().__init__(f"There is no API key of the name {name!r}.")


def _nobody(_session: Session, _action: str, _name: str) -> None:
    """No witness."""


class KeyRing:
    """A key that is revoked or exchanged here is unknown at once; one that another process revokes, after KNOWN_FOR."""

    def __init__(self, database: Database, clock: Clock = utc_now, witness: Witness = _nobody) -> None:
        self._database = database
        self._clock = clock
        self._witness = witness
        # By digest, with the moment at which each was found.
        self._lately: dict[bytes, tuple[datetime, ApiKey]] = {}

    def create(self, name: str, scopes: Iterable[str], *, expires_at: datetime | None = None) -> str:
        """Make a key and return it: it cannot be shown again.

        Raises UnknownScope, Invalid for no scope or an unusable name, Conflict for a name that is taken.
        """
        held = read_scopes(scopes)
        if not held:
            raise Invalid(f"A key needs a scope: {', '.join(Scope)}.")
        if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
            raise Invalid(f"A key needs a name of 1 to {_LONGEST_NAME} printable characters.")
        now = self._clock()
        if expires_at is not None and expires_at <= now:
            raise Invalid("A key cannot expire before it is made: name a later day.")
        key = MARK + _random_letters()
        stored = StoredKey(
            name=name,
            prefix=_prefix(key),
            digest=_digest(key),
            scopes=[scope.value for scope in held],
            created_at=now,
            expires_at=expires_at,
        )

        def work(session: Session) -> None:
            _add(session, stored)
            self._witness(session, "key.created", name)

        self._database.write(work)
        return key

    def rotate(self, name: str, *, overlap: timedelta = OVERLAP, expires_at: datetime | None = None) -> str:
        """Make a new key in place of the one of this name and return it: it cannot be shown again.

        It has the same scopes and ends at `expires_at`, or never. The old key opens for `overlap` more, and never
        longer than it would have. Raises KeyNotFound.
        """
        now, key = self._clock(), MARK + _random_letters()
        if overlap < timedelta(0) or (expires_at is not None and expires_at <= now):
            raise Invalid("The overlap and the end of a key lie in the future.")

        def work(session: Session) -> None:
            stored = session.scalar(select(StoredKey).where(StoredKey.name == name).with_for_update())
            if stored is None:
                raise KeyNotFound(name)
            session.execute(delete(StoredFormerKey).where(StoredFormerKey.expires_at <= now))
            if stored.expires_at is None or stored.expires_at > now:
                session.add(_former(stored, now + overlap))
            stored.prefix, stored.digest = _prefix(key), _digest(key)
            stored.created_at, stored.expires_at, stored.last_used_at = now, expires_at, None
            self._witness(session, "key.rotated", name)

        self._database.write(work)
        self._lately.clear()
        return key

    def verify(self, key: str, scope: str) -> ApiKey:
        """Whose key this is, if it has the scope; else UnknownKey or ScopeMissing."""
        needed, now = read_scope(scope), self._clock()
        found = self._found(key)
        if found is None or (found.expires_at is not None and found.expires_at <= now):
            raise UnknownKey
        if not allows(found.scopes, needed):
            raise ScopeMissing(needed)
        self._note_use(found, key, now)
        if len(self._lately) >= _MOST_KNOWN:
            self._lately.clear()
        self._lately[_digest(key)] = (now, found)
        return found

    def lately(self, key: str, scope: str) -> ApiKey | None:
        """The same without a look into the database, so without waiting: None where `verify` has to be asked."""
        now = self._clock()
        at, found = self._lately.get(_digest(key), (now, None))
        if found is None or not timedelta(0) <= now - at < KNOWN_FOR:
            return None
        if found.expires_at is not None and found.expires_at <= now:
            return None
        return found if allows(found.scopes, read_scope(scope)) else None

    def revoke(self, name: str) -> None:
        """The keys of this name, a former one too, are unknown from now on; KeyNotFound when there is none."""

        def work(session: Session) -> None:
            known = session.scalar(delete(StoredKey).where(StoredKey.name == name).returning(StoredKey.number))
            if known is None:
                raise KeyNotFound(name)
            session.execute(delete(StoredFormerKey).where(StoredFormerKey.name == name))
            self._witness(session, "key.revoked", name)

        self._database.write(work)
        self._lately.clear()

    def list(self) -> tuple[ApiKey, ...]:
        """By name, a former key that still opens after the one that took its place."""
        former = select(StoredFormerKey).where(StoredFormerKey.expires_at > self._clock())
        with self._database.read() as session:
            rows = [*session.scalars(select(StoredKey)), *session.scalars(former)]
        keys = [_api_key(row, is_former=isinstance(row, StoredFormerKey)) for row in rows]
        return tuple(sorted(keys, key=lambda key: (key.name, key.is_former, key.created_at)))

    def _found(self, key: str) -> ApiKey | None:
        """What is known of this key, expired or not."""
        asked, digest = {"of": _prefix(key)}, _digest(key)
        with self._database.look() as connection:
            keys, former = connection.execute(_LIKE, asked).all(), connection.execute(_LIKE_FORMER, asked).all()
        candidates = [*((row, False) for row in keys), *((row, True) for row in former)]
        meant = (candidate for candidate in candidates if hmac.compare_digest(candidate[0].digest, digest))
        row, is_former = next(meant, (None, False))
        return None if row is None else _api_key(row, is_former=is_former)

    def _note_use(self, found: ApiKey, key: str, now: datetime) -> None:
        last = found.last_used_at
        if last is not None and now - last < _LAST_USED_STEP:
            return
        table = StoredFormerKey if found.is_former else StoredKey
        used = update(table).where(table.digest == _digest(key)).values(last_used_at=now)
        # A full disk must not lock the desk out: what can still be read stays readable.
        with suppress(Unavailable):
            self._database.write(lambda session: session.execute(used))


def _add(session: Session, stored: StoredKey) -> None:
    if session.scalar(select(StoredKey.number).where(StoredKey.name == stored.name)) is not None:
        raise Conflict(f"There is an API key of the name {stored.name!r} already: choose another or revoke it first.")
    session.add(stored)


def _former(stored: StoredKey, until: datetime) -> StoredFormerKey:
    return StoredFormerKey(
        name=stored.name,
        prefix=stored.prefix,
        digest=stored.digest,
        scopes=stored.scopes,
        created_at=stored.created_at,
        expires_at=min(until, stored.expires_at or until),
        last_used_at=stored.last_used_at,
    )


def _random_letters() -> str:
    """256 random bits in base 62."""
    number, letters = secrets.randbits(256), ""
    for _ in range(_LETTERS):
        number, digit = divmod(number, len(_ALPHABET))
        letters += _ALPHABET[digit]
    return letters


def _prefix(key: str) -> str:
    # What is not written like a key has a prefix that none has.
    return key.removeprefix(MARK)[:_PREFIX_LETTERS] if key.startswith(MARK) and key.isascii() else ""


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode(errors="surrogatepass")).digest()


def _api_key(row: Row[Any] | StoredKey | StoredFormerKey, *, is_former: bool) -> ApiKey:
    return ApiKey(
        name=row.name,
        scopes=tuple(Scope(name) for name in row.scopes),
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        is_former=is_former,
    )
