"""API keys: made once, shown once, checked at every call. Knows no HTTP."""

import hashlib
import hmac
import secrets
import string
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from assistant.access.models import StoredKey
from assistant.access.scopes import Scope, allows, read_scope, read_scopes
from assistant.clock import Clock, utc_now
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


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What is known of a key: everything but the key."""

    name: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


class UnknownKey(NotAllowed):
    """No key, a wrong one, a revoked one or an expired one: the caller is nobody."""

    def __init__(self) -> None:
        super().__init__("This API key is not known or no longer valid: ask for a new one.")


class ScopeMissing(NotAllowed):
    def __init__(self, scope: Scope) -> None:
        super().__init__(f"This API key does not have the scope {scope.value!r}.")


class KeyRing:
    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def create(self, name: str, scopes: Iterable[str], *, expires_at: datetime | None = None) -> str:
        """Make a key and return it: it cannot be shown again.

        Raises UnknownScope, Invalid for no scope or an unusable name, Conflict for a name that is taken.
        """
        held = read_scopes(scopes)
        if not held:
            raise Invalid(f"A key needs a scope: {', '.join(Scope)}.")
        if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
            raise Invalid(f"A key needs a name of 1 to {_LONGEST_NAME} printable characters.")
        key = MARK + _random_letters()
        stored = StoredKey(
            name=name,
            prefix=_prefix(key),
            digest=_digest(key),
            scopes=[scope.value for scope in held],
            created_at=self._clock(),
            expires_at=expires_at,
        )
        self._database.write(lambda session: _add(session, stored))
        return key

    def verify(self, key: str, scope: str) -> ApiKey:
        """Whose key this is, if it has the scope; else UnknownKey or ScopeMissing."""
        needed, now = read_scope(scope), self._clock()
        with self._database.read() as session:
            candidates = session.scalars(select(StoredKey).where(StoredKey.prefix == _prefix(key))).all()
        stored = next((row for row in candidates if hmac.compare_digest(row.digest, _digest(key))), None)
        if stored is None or (stored.expires_at is not None and stored.expires_at <= now):
            raise UnknownKey
        found = _api_key(stored)
        if not allows(found.scopes, needed):
            raise ScopeMissing(needed)
        self._note_use(stored.number, found.last_used_at, now)
        return found

    def revoke(self, name: str) -> None:
        """The key of this name is unknown from now on; NotFound when there is none."""
        revoked = self._database.write(
            lambda session: session.scalar(delete(StoredKey).where(StoredKey.name == name).returning(StoredKey.number))
        )
        if revoked is None:
            raise NotFound(f"There is no API key of the name {name!r}.")

    def list(self) -> tuple[ApiKey, ...]:
        with self._database.read() as session:
            return tuple(_api_key(row) for row in session.scalars(select(StoredKey).order_by(StoredKey.name)))

    def _note_use(self, number: int, last: datetime | None, now: datetime) -> None:
        if last is not None and now - last < _LAST_USED_STEP:
            return
        # A full disk must not lock the desk out: what can still be read stays readable.
        with suppress(Unavailable):
            self._database.write(
                lambda session: session.execute(
                    update(StoredKey).where(StoredKey.number == number).values(last_used_at=now)
                )
            )


def _add(session: Session, stored: StoredKey) -> None:
    if session.scalar(select(StoredKey.number).where(StoredKey.name == stored.name)) is not None:
        raise Conflict(f"There is an API key of the name {stored.name!r} already: choose another or revoke it first.")
    session.add(stored)


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


def _api_key(row: StoredKey) -> ApiKey:
    return ApiKey(
        name=row.name,
        scopes=tuple(Scope(name) for name in row.scopes),
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
    )
