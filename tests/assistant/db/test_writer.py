import resource
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, Engine, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.db import writer as module
from assistant.db.engine import reading_engine, writing_engine
from assistant.db.locks import FileLock
from assistant.db.writer import GroupWriter
from assistant.errors import Unavailable
from tests.assistant.db.opening import found_in, start_beside

pytestmark = pytest.mark.sqlite(reason="the group writer stands in front of SQLite alone")

WRITE_MANY = """
import sys
from pathlib import Path
from sqlalchemy import URL, text
from assistant.db.engine import writing_engine
from assistant.db.writer import GroupWriter
folder = Path(sys.argv[1])
writer = GroupWriter(writing_engine(URL.create("sqlite", database=str(folder / "t.sqlite3"))), folder, server=False)
for _ in range(50):
    writer.write(lambda session: session.execute(text("INSERT INTO notes (said) VALUES ('beside')")))
writer.close()
"""
WRITE_AND_TELL = """
import sys
import uuid
from pathlib import Path
from sqlalchemy import URL, text
from assistant.db.engine import writing_engine
from assistant.db.writer import GroupWriter
folder = Path(sys.argv[1])
writer = GroupWriter(writing_engine(URL.create("sqlite", database=str(folder / "t.sqlite3"))), folder, server=True)
while True:
    said = uuid.uuid4().hex
    writer.write(lambda session: session.execute(text("INSERT INTO notes (said) VALUES (:said)"), {"said": said}))
    print(said, flush=True)
"""


def url_in(folder: Path) -> URL:
    return URL.create("sqlite", database=str(folder / "t.sqlite3"))


@contextmanager
def writing(folder: Path, *, server: bool = True) -> Iterator[GroupWriter]:
    writer = GroupWriter(writing_engine(url_in(folder)), folder, server=server)
    try:
        yield writer
    finally:
        writer.close()


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[GroupWriter]:
    with writing(tmp_path) as writer:
        writer.write(_create)
        yield writer


@pytest.fixture
def readers(tmp_path: Path) -> Iterator[Engine]:
    engine = reading_engine(url_in(tmp_path))
    yield engine
    engine.dispose()


def _create(session: Session) -> None:
    session.execute(text("CREATE TABLE notes (number INTEGER PRIMARY KEY, said TEXT)"))


def _delete_all(session: Session) -> None:
    session.execute(text("DELETE FROM notes"))


def add(said: str) -> Callable[[Session], str]:
    def work(session: Session) -> str:
        session.execute(text("INSERT INTO notes (said) VALUES (:said)"), {"said": said})
        return said

    return work


def notes(readers: Engine) -> list[str]:
    with readers.connect() as connection:
        return [str(said) for said in connection.execute(text("SELECT said FROM notes ORDER BY number")).scalars()]


@contextmanager
def lock_kept(folder: Path) -> Iterator[None]:
    """The write lock in other hands, so that what is written meanwhile has to wait."""
    lock = FileLock(folder / "write.lock")
    while not lock.try_acquire():
        time.sleep(0.001)
    try:
        yield
    finally:
        lock.release()


@contextmanager
def kept_waiting(writer: GroupWriter, folder: Path, *works: Callable[[Session], object]) -> Iterator[list[Future[Any]]]:
    """The works wait in the queue together, behind a first write that waits for the lock; afterwards all are done."""
    with ThreadPoolExecutor(len(works) + 1) as pool, lock_kept(folder):
        pool.submit(writer.write, add("first"))
        wait_until(writer._queue.empty)
        # The thread has taken the first one; now it stops at the lock.
        time.sleep(0.05)
        waiting = [pool.submit(writer.write, work) for work in works]
        wait_until(lambda: writer._queue.qsize() == len(works))
        yield waiting


def wait_until(met: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 20
    while not met():
        assert time.monotonic() < give_up
        time.sleep(0.005)


def test_a_write_returns_its_result_once_others_can_read_it(writer: GroupWriter, readers: Engine) -> None:
    assert writer.write(add("a")) == "a"
    assert notes(readers) == ["a"]


def test_a_caller_that_finds_nobody_writing_writes_itself_and_what_comes_meanwhile_is_for_the_writer(
    writer: GroupWriter, tmp_path: Path
) -> None:
    def who(_session: Session) -> int:
        return threading.get_ident()

    with ThreadPoolExecutor(1) as pool:
        caller = pool.submit(threading.get_ident).result()
        # Now and then the writer's thread has the turn itself, to look after the log.
        wait_until(lambda: pool.submit(writer.write, who).result() == caller)
    with kept_waiting(writer, tmp_path, who, who) as waiting:
        pass
    assert {done.result() for done in waiting} == {writer._thread.ident}
    # Where an interrupt could end it, nothing is written.
    assert writer.write(who) == writer._thread.ident


def test_a_caller_does_not_do_what_somebody_else_wants_alone(writer: GroupWriter, tmp_path: Path) -> None:
    with ThreadPoolExecutor(3) as pool:
        with lock_kept(tmp_path):
            first = pool.submit(writer.write, add("first"))
            wait_until(lambda: writer._turn.locked() and writer._queue.empty())
            alone = pool.submit(writer.alone, lambda _: threading.get_ident())
            wait_until(lambda: writer._queue.qsize() == 1)
        assert first.result(timeout=20) == "first"
        assert alone.result(timeout=20) == writer._thread.ident


def test_what_comes_while_the_log_is_looked_after_is_written_at_once_then(
    writer: GroupWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    looking, go_on = threading.Event(), threading.Event()

    def look() -> None:
        looking.set()
        go_on.wait(20)

    monkeypatch.setattr(writer, "_look_after_the_log", look)
    assert looking.wait(20)
    monkeypatch.setattr(module, "IDLE_SECONDS", 60)
    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(writer.write, add("late"))
        wait_until(lambda: writer._queue.qsize() == 1)
        go_on.set()
        assert late.result(timeout=20) == "late"
    # It waits for its minute otherwise.
    writer._left_over.set()


def test_what_waits_is_committed_together(writer: GroupWriter, readers: Engine, tmp_path: Path) -> None:
    before = writer.commits
    with kept_waiting(writer, tmp_path, *(add(str(number)) for number in range(20))) as waiting:
        pass
    assert [int(done.result()) for done in waiting] == list(range(20))
    assert writer.commits - before == 2
    assert len(notes(readers)) == 21


def test_a_failing_unit_is_undone_alone_and_its_caller_gets_its_exception(
    writer: GroupWriter, readers: Engine, tmp_path: Path
) -> None:
    def fail(session: Session) -> None:
        add("gone")(session)
        raise KeyError("mine")

    def break_a_rule(session: Session) -> None:
        add("gone too")(session)
        session.execute(text("INSERT INTO notes (number) SELECT number FROM notes LIMIT 1"))

    with kept_waiting(writer, tmp_path, add("a"), fail, break_a_rule, add("z")) as (one, failing, breaking, last):
        pass
    with pytest.raises(KeyError, match="mine"):
        failing.result()
    with pytest.raises(IntegrityError):
        breaking.result()
    assert (one.result(), last.result()) == ("a", "z")
    assert sorted(notes(readers)) == ["a", "first", "z"]


def test_a_unit_sees_what_the_unit_before_it_wrote(writer: GroupWriter) -> None:
    writer.write(add("a"))
    assert writer.write(lambda session: session.scalar(text("SELECT count(*) FROM notes"))) == 1


def test_a_write_within_a_write_is_refused_and_does_not_hang(writer: GroupWriter) -> None:
    with pytest.raises(RuntimeError, match="may not ask for another write"):
        writer.write(lambda _: writer.write(add("inner")))
    assert writer.write(add("after")) == "after"


def test_a_full_queue_is_unavailable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "QUEUE_LIMIT", 3)
    with writing(tmp_path) as writer:
        writer.write(_create)
        with (
            kept_waiting(writer, tmp_path, *(add(letter) for letter in "abc")) as waiting,
            pytest.raises(Unavailable, match="Too many writes are waiting"),
        ):
            writer.write(add("one too many"))
        assert [done.result() for done in waiting] == ["a", "b", "c"]


def test_a_lock_that_another_process_keeps_too_long_is_unavailable(
    writer: GroupWriter, readers: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOCK_PATIENCE_SECONDS", 0.05)
    with lock_kept(tmp_path), pytest.raises(Unavailable, match="Another process has been writing"):
        writer.write(add("late"))
    assert writer.write(add("later")) == "later"
    assert notes(readers) == ["later"]


def test_closing_finishes_what_waits_and_refuses_what_comes_later(tmp_path: Path, readers: Engine) -> None:
    writer = GroupWriter(writing_engine(url_in(tmp_path)), tmp_path, server=True)
    writer.write(_create)
    closing = threading.Thread(target=writer.close)
    with kept_waiting(writer, tmp_path, *(add(letter) for letter in "abc")) as waiting:
        closing.start()
    closing.join()
    assert [done.result() for done in waiting] == ["a", "b", "c"]
    writer.close()
    with pytest.raises(Unavailable, match="is stopping"):
        writer.write(add("late"))
    assert len(notes(readers)) == 4


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_takes_no_more_is_unavailable_and_the_writer_recovers(
    writer: GroupWriter, readers: Engine, tmp_path: Path
) -> None:
    writer.write(add("before"))
    with no_file_beyond((tmp_path / "t.sqlite3-wal").stat().st_size + 8192):
        for _ in range(2):
            with pytest.raises(Unavailable, match="Nothing can be saved because the disk"):
                writer.write(add("x" * 100_000))
    assert writer.write(add("after")) == "after"
    assert notes(readers) == ["before", "after"]


def test_a_database_at_its_limit_is_unavailable_for_all_that_wait_together(
    writer: GroupWriter, readers: Engine, tmp_path: Path
) -> None:
    def shut(session: Session) -> None:
        session.execute(text("PRAGMA max_page_count=3"))

    with kept_waiting(writer, tmp_path, add("a"), shut, add("x" * 50_000), add("z")) as waiting:
        pass
    for done in waiting:
        with pytest.raises(Unavailable, match="the disk is full"):
            done.result()
    # A new connection does not know the limit: it stands for the space that came back.
    assert writer.write(add("after")) == "after"
    assert notes(readers) == ["first", "after"]


def test_two_processes_that_write_at_once_lose_nothing(writer: GroupWriter, readers: Engine, tmp_path: Path) -> None:
    processes = [start_beside(WRITE_MANY, str(tmp_path)) for _ in range(2)]
    written = 0
    while any(process.poll() is None for process in processes):
        writer.write(add("here"))
        written += 1
    assert [process.communicate()[1] for process in processes] == ["", ""]
    said = notes(readers)
    assert (said.count("beside"), said.count("here")) == (100, written)
    with readers.connect() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"


def test_a_serving_process_keeps_its_log_short_and_a_command_leaves_it(tmp_path: Path) -> None:
    log = tmp_path / "t.sqlite3-wal"
    reader = reading_engine(url_in(tmp_path))
    with reader.connect() as kept_open:
        kept_open.exec_driver_sql("SELECT 1")
        kept_open.rollback()
        for server, most_bytes in ((False, 1 << 30), (True, 8_000_000)):
            with writing(tmp_path, server=server) as writer:
                if not server:
                    writer.write(_create)
                for _ in range(30):
                    writer.write(add("x" * 400_000))
                if server:
                    assert log.stat().st_size < most_bytes
                else:
                    assert log.stat().st_size > 12_000_000
                    writer.clear_traces()
                assert log.stat().st_size <= most_bytes
    reader.dispose()


def test_work_that_fails_owes_no_rewrite_and_a_rewrite_that_is_done_is_owed_no_more(writer: GroupWriter) -> None:
    writer.write(add("x" * 3000))

    def fail(session: Session) -> None:
        _delete_all(session)
        raise KeyError

    with pytest.raises(KeyError):
        writer.compact(fail)
    version = text("PRAGMA user_version")
    assert writer.write(lambda session: session.scalar(version)) == 0
    writer.compact(_delete_all)
    assert writer.write(lambda session: session.scalar(version)) == 0
    assert writer.write(lambda session: session.scalar(text("SELECT count(*) FROM notes"))) == 0


def test_no_page_is_kept_in_a_file_beside_the_database_while_units_change_it(writer: GroupWriter) -> None:
    def work(session: Session) -> list[str]:
        session.execute(text("UPDATE notes SET said = 'y'"))
        links = (link for link in Path("/proc/self/fd").iterdir() if link.is_symlink())
        return [target for link in links if "etilqs" in (target := str(link.readlink()))]

    # More pages than SQLite keeps in memory by itself, and again after a rewrite, which may have a file.
    for _ in range(2):
        writer.write(lambda session: [add("x" * 3000)(session) for _ in range(60)])
        assert writer.write(work) == []
        writer.compact(_delete_all)


def test_clearing_waits_for_readers_and_says_so_when_they_stay(
    writer: GroupWriter, readers: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CLEAR_PATIENCE_SECONDS", 0.1)
    writer.write(add("canary-1"))
    with readers.connect() as connection:
        connection.execute(text("SELECT * FROM notes")).all()
        writer.write(lambda session: session.execute(text("UPDATE notes SET said = ''")))
        with pytest.raises(Unavailable, match="still reading its last bytes"):
            writer.clear_traces()
    # Nobody asks again, and yet the serving process clears the log by itself.
    until = time.monotonic() + 10
    while (left := found_in(tmp_path, ["canary-1"])) and time.monotonic() < until:
        time.sleep(0.05)
    assert left == []


def test_what_was_acknowledged_survives_a_kill(writer: GroupWriter, readers: Engine, tmp_path: Path) -> None:
    acknowledged = []
    for _ in range(3):
        process = start_beside(WRITE_AND_TELL, str(tmp_path))
        assert process.stdout is not None
        acknowledged += [process.stdout.readline().strip() for _ in range(20)]
        process.kill()
        acknowledged += process.communicate()[0].split("\n")[:-1]
    writer.write(add("after"))
    assert {*acknowledged, "after"} <= set(notes(readers))
    with readers.connect() as connection:
        assert connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
