"""The statements on the trail, and the words that it uses of itself. Written once: every change waits for them."""

from sqlalchemy import bindparam, func, insert, select, update

from assistant.audit.models import StoredEntry, StoredHead
from assistant.db.base import Base

# What the trail records of itself. Their details stay: they are what a forgotten detail is checked against.
FORGOTTEN, EXPIRED = "audit.forgotten", "audit.expired"
BEFORE = "before:"
HEAD_NUMBER = 1

ENTRIES = Base.metadata.tables[StoredEntry.__tablename__]
_HEADS = Base.metadata.tables[StoredHead.__tablename__]
_THE_HEAD = _HEADS.c.number == HEAD_NUMBER
READ_HEAD = select(_HEADS.c.entries, _HEADS.c.last_hash, _HEADS.c.mac).where(_THE_HEAD)
LOCK_HEAD = READ_HEAD.with_for_update()
LAST_NUMBER = select(func.max(ENTRIES.c.number))
ADD_ENTRY, ADD_HEAD = insert(ENTRIES), insert(_HEADS)
MOVE_HEAD = (
    update(_HEADS)
    .where(_THE_HEAD)
    .values(entries=bindparam("new_count"), last_hash=bindparam("new_hash"), mac=bindparam("new_mac"))
)
# The same for who knows what the head was: nothing where it is something else.
FOLLOW = MOVE_HEAD.where(_HEADS.c.last_hash == bindparam("old_hash"))
HAS_DETAIL = (ENTRIES.c.salt != b"") & ENTRIES.c.action.not_in([FORGOTTEN, EXPIRED])
BLANK = update(ENTRIES).values(salt=b"", detail="")
ENTRY_HASH = select(ENTRIES.c.hash).where(ENTRIES.c.number == bindparam("number"))
