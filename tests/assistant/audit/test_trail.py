import logging
import threading
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from assistant.audit.trail import AuditTrail, open_trail
from assistant.db.database import Database
from tests.assistant.audit.writing import SUBJECTS, tamper, write
from tests.assistant.db.opening import found_in
from tests.assistant.sealing.opening import SECRET, SetClock


def test_what_is_recorded_is_shown_by_subject_in_order(database: Database, trail: AuditTrail, clock: SetClock) -> None:
    write(database, trail, clock, 7)
    shown = trail.entries(SUBJECTS[0])
    assert [entry.number for entry in shown] == [1, 4, 7]
    assert [entry.detail for entry in shown] == [{"to": "in_progress", "why": f"reason {n}"} for n in (0, 3, 6)]
    assert (shown[0].actor, shown[0].action, shown[0].forgotten) == ("key:desk", "ticket.moved", False)
    assert shown[2].at == clock.now
    assert trail.entries("CM-AAAA-AAAA") == ()


def test_an_entry_of_work_that_fails_was_never_written(database: Database, trail: AuditTrail, clock: SetClock) -> None:
    write(database, trail, clock, 2)

    def work(session: Session) -> None:
        trail.record(session, actor="system", action="a", subject="s", at=clock.now)
        raise LookupError

    with pytest.raises(LookupError):
        database.write(work)
    write(database, trail, clock, 1)
    assert trail.verify().entries == 3
    assert trail.verify().problems == ()


def test_an_entry_that_a_savepoint_took_back_is_followed_by_none(
    database: Database, trail: AuditTrail, clock: SetClock
) -> None:
    def record(session: Session, subject: str) -> None:
        trail.record(session, actor="system", action="a", subject=subject, at=clock.now)

    def work(session: Session) -> None:
        record(session, "kept 1")
        with suppress(LookupError), session.begin_nested():
            record(session, "taken back")
            raise LookupError
        record(session, "kept 2")
        record(session, "kept 3")

    database.write(work)
    assert trail.entries("taken back") == ()
    assert [trail.entries(f"kept {number}")[0].number for number in (1, 2, 3)] == [1, 2, 3]
    assert trail.verify().problems == ()


def test_a_transaction_reads_the_end_of_the_trail_once(database: Database, trail: AuditTrail, clock: SetClock) -> None:
    said: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement.split(maxsplit=1)[0])

    def work(session: Session) -> None:
        event.listen(session.connection(), "before_cursor_execute", note)
        for _ in range(3):
            trail.record(session, actor="system", action="a", subject="s", at=clock.now)
        event.remove(session.connection(), "before_cursor_execute", note)

    for _ in range(2):
        said.clear()
        database.write(work)
        assert said == ["SELECT", "SELECT", *(["UPDATE", "INSERT"] * 3)]


def test_entries_of_many_threads_make_one_chain(database: Database, trail: AuditTrail, clock: SetClock) -> None:
    def one(session: Session) -> None:
        trail.record(session, actor="visitor", action="ticket.opened", subject="CM-7F3K-92QD", at=clock.now)

    def many() -> None:
        for _ in range(25):
            database.write(one)

    threads = [threading.Thread(target=many) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = trail.verify()
    assert (found.entries, found.problems) == (200, ())


def test_an_address_as_a_subject_is_a_mistake_of_ours(database: Database, trail: AuditTrail, clock: SetClock) -> None:
    def work(session: Session, subject: str) -> None:
        trail.record(session, actor="visitor", action="a", subject=subject, at=clock.now)

    with pytest.raises(ValueError, match="is an address") as refused:
        database.write(lambda session: work(session, "asha@example.com"))
    assert "asha" not in str(refused.value)
    database.write(lambda session: work(session, "key:asha@example.com"))


def test_a_forgotten_subject_leaves_no_detail_in_any_file_and_a_chain_that_verifies(
    database: Database, trail: AuditTrail, clock: SetClock, tmp_path: Path
) -> None:
    write(database, trail, clock, 9)
    assert database.write(lambda session: trail.forget(session, SUBJECTS[0], at=clock.now)) == 3
    database.clear_traces()
    assert found_in(tmp_path, ["reason 0", "reason 3", "reason 6"]) == []
    shown = trail.entries(SUBJECTS[0])
    assert [(entry.forgotten, entry.detail) for entry in shown[:3]] == [(True, None)] * 3
    assert (shown[3].action, shown[3].detail, shown[3].forgotten) == ("audit.forgotten", {"entries": 3}, False)
    assert trail.entries(SUBJECTS[1])[0].detail == {"to": "in_progress", "why": "reason 1"}
    assert trail.verify().problems == ()
    # Again changes nothing; what comes later is recorded and can be forgotten too.
    assert database.write(lambda session: trail.forget(session, SUBJECTS[0], at=clock.now)) == 0
    write(database, trail, clock, 3)
    assert database.write(lambda session: trail.forget(session, SUBJECTS[0], at=clock.now)) == 1
    assert trail.verify().problems == ()


def test_old_details_can_be_forgotten_by_their_age(database: Database, trail: AuditTrail, clock: SetClock) -> None:
    write(database, trail, clock, 6)
    limit = trail.entries(SUBJECTS[0])[1].at
    assert database.write(lambda session: trail.forget_before(session, limit, at=clock.now)) == 3
    assert [entry.forgotten for entry in trail.entries(SUBJECTS[0])] == [True, False]
    assert trail.verify().problems == ()
    assert database.write(lambda session: trail.forget(session, SUBJECTS[0], at=clock.now)) == 1
    assert trail.verify().problems == ()


def test_the_trail_outlives_a_change_of_the_secret(database: Database, trail: AuditTrail, clock: SetClock) -> None:
    write(database, trail, clock, 3)
    changed = open_trail(database, b"a changed secret of some length", clock, previous=SECRET)
    write(database, changed, clock, 3)
    assert changed.verify().problems == ()


def test_recording_goes_on_over_a_damaged_trail_and_the_damage_still_shows(
    database: Database, trail: AuditTrail, clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    for damage in (
        "DELETE FROM audit_head",
        "UPDATE audit_head SET entries = entries - 2",
        "UPDATE audit_head SET mac = last_hash",
        "DELETE FROM audit_entries WHERE number = (SELECT max(number) FROM audit_entries)",
    ):
        write(database, trail, clock, 3)
        tamper(database, damage)
        with caplog.at_level(logging.ERROR):
            write(database, trail, clock, 1)
        assert "audit verify" in caplog.records[-1].getMessage()
    assert len(caplog.records) == 4
    problems = [line for line in trail.verify().problems if "does not follow" in line]
    assert len(problems) == 4


@pytest.mark.sqlite(reason="a figure for SQLite")
def test_one_entry_costs_well_under_a_millisecond(database: Database, trail: AuditTrail) -> None:
    def work(session: Session) -> float:
        began = time.process_time()
        for _ in range(300):
            trail.record(session, actor="visitor", action="a", subject="s", detail={"to": "x"}, at=_NOW)
        return (time.process_time() - began) / 300

    assert min(database.write(work) for _ in range(3)) < 0.001


_NOW = datetime.fromisoformat("2026-03-02T09:00:00+00:00")
