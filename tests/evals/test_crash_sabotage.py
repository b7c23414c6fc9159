import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from assistant.db.database import Database, open_database
from assistant.settings import Settings
from evals.crash import sabotage
from evals.crash.sabotage import Break


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(Settings(data_dir=tmp_path), server=True)
    opened.write(lambda session: session.execute(text("CREATE TABLE notes (note TEXT)")) and None)
    yield opened
    opened.close()


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[Break], None]:
    def arm(kind: Break) -> None:
        # Put back what was there when the test ends.
        monkeypatch.setattr(Database, "write", Database.write)
        monkeypatch.setenv(sabotage.VARIABLE, kind.value)
        sabotage.arm()

    return arm


def noting(note: str) -> Callable[[Session], str]:
    def work(session: Session) -> str:
        session.execute(text("INSERT INTO notes VALUES (:note)"), {"note": note})
        return note

    return work


def notes(database: Database) -> int:
    with database.read() as session:
        return len(session.execute(text("SELECT note FROM notes")).all())


def test_a_dropped_commit_is_answered_and_never_made(database: Database, broken: Callable[[Break], None]) -> None:
    broken(Break.COMMIT)
    answers = [database.write(noting(str(number))) for number in range(2 * sabotage.EVERY)]
    assert answers == [str(number) for number in range(2 * sabotage.EVERY)]
    assert notes(database) == 2 * sabotage.EVERY - 2


def test_a_late_commit_is_answered_before_it_is_made(
    database: Database, broken: Callable[[Break], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sabotage, "LATE_SECONDS", 0.05)
    broken(Break.ORDER)
    assert database.write(noting("late")) == "late"
    assert notes(database) == 0
    until = time.monotonic() + 10
    while not notes(database) and time.monotonic() < until:
        time.sleep(0.01)
    assert notes(database) == 1


def test_without_the_variable_nothing_is_touched(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(sabotage.VARIABLE, raising=False)
    whole = Database.write
    sabotage.arm()
    assert Database.write is whole
    assert database.write(noting("kept")) == "kept"


def test_the_product_knows_nothing_of_the_hook() -> None:
    root = Path(sabotage.__file__).parents[2]
    for room in ("assistant", "integrations", "knowledge"):
        assert not [path for path in (root / room).rglob("*.py") if "TEST_BREAK" in path.read_text(encoding="utf-8")]
