from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.db.database import Database
from assistant.sealing.keys import AUDIT, BLIND_INDEX, KeyCabinet
from assistant.sealing.models import StoredDataKey
from assistant.sealing.sealer import Sealer, open_sealer
from assistant.settings import BadSetting
from tests.assistant.sealing.opening import SECRET, SetClock

HERE = "tickets.contact:1"
NEW_SECRET = b"a changed secret of some length"


def stored(database: Database) -> list[StoredDataKey]:
    with database.read() as session:
        return list(session.scalars(select(StoredDataKey).order_by(StoredDataKey.number)))


def test_keys_are_made_once(database: Database, clock: SetClock) -> None:
    for _ in range(3):
        KeyCabinet(database, SECRET, clock).prepare()
    keys = stored(database)
    assert [(key.id, key.purpose) for key in keys[:2]] == [(BLIND_INDEX, "kept"), (AUDIT, "kept")]
    assert [(key.purpose, key.created_at, key.retired_at) for key in keys[2:]] == [("rotates", clock.now, None)]
    assert len({key.wrapped for key in keys}) == 3


def test_a_changed_secret_without_the_former_one_stops_the_start_and_changes_nothing(
    database: Database, sealer: Sealer, clock: SetClock
) -> None:
    before = [key.wrapped for key in stored(database)]
    for previous in (None, b"neither of the two secrets"):
        with pytest.raises(BadSetting, match=r"^PRIVACY_ASSISTANT_SECRET_KEY .*PREVIOUS_SECRET_KEY .*\.$"):
            open_sealer(database, NEW_SECRET, clock, previous=previous)
    assert [key.wrapped for key in stored(database)] == before


def test_a_changed_secret_with_the_former_one_wraps_the_keys_anew(
    database: Database, sealer: Sealer, clock: SetClock, tmp_path: Path
) -> None:
    sealed, blind = sealer.seal("asha@example.com", place=HERE), sealer.blind("asha@example.com", purpose="contact")
    audit = KeyCabinet(database, SECRET, clock).kept(AUDIT)
    before = [key.wrapped for key in stored(database)]
    open_sealer(database, NEW_SECRET, clock, previous=SECRET)
    # From the next start on the former secret is needed no more, and is worth nothing.
    changed = open_sealer(database, NEW_SECRET, clock)
    assert changed.open(sealed, place=HERE) == "asha@example.com"
    assert changed.blind("asha@example.com", purpose="contact") == blind
    assert KeyCabinet(database, NEW_SECRET, clock).kept(AUDIT) == audit
    with pytest.raises(BadSetting):
        open_sealer(database, SECRET, clock)
    files = b"".join(path.read_bytes() for path in tmp_path.glob("assistant.sqlite3*"))
    assert not [wrapped for wrapped in before if wrapped in files]


def test_a_running_process_goes_on_after_another_one_changed_the_secret(
    database: Database, sealer: Sealer, clock: SetClock
) -> None:
    changed = open_sealer(database, NEW_SECRET, clock, previous=SECRET)
    clock.pass_by(minutes=1)
    assert changed.open(sealer.seal("a", place=HERE), place=HERE) == "a"


def test_a_wrapped_key_in_the_row_of_another_opens_nothing(database: Database, sealer: Sealer, clock: SetClock) -> None:
    def swap(session: Session) -> None:
        blind, audit, _ = session.scalars(select(StoredDataKey).order_by(StoredDataKey.number))
        blind.wrapped, audit.wrapped = audit.wrapped, blind.wrapped

    database.write(swap)
    with pytest.raises(BadSetting):
        open_sealer(database, SECRET, clock)
