from pathlib import Path

import pytest

from assistant.db.locks import FileLock
from assistant.errors import Unavailable
from tests.assistant.db.opening import start_beside

HOLD = """
import sys
from pathlib import Path
from assistant.db.locks import FileLock
assert FileLock(Path(sys.argv[1])).try_acquire()
print("held", flush=True)
sys.stdin.read()
"""


def test_one_holder_at_a_time(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert first.try_acquire()
    assert first.try_acquire()
    assert not second.try_acquire()
    first.release()
    assert second.try_acquire()
    second.release()


def test_a_lock_that_another_process_keeps_is_unavailable_and_free_when_it_is_killed(tmp_path: Path) -> None:
    process = start_beside(HOLD, str(tmp_path / "lock"))
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    lock = FileLock(tmp_path / "lock")
    with pytest.raises(Unavailable, match="writing for too long"), lock.held(patience_seconds=0.05):
        pass
    process.kill()
    process.communicate()
    with lock.held(patience_seconds=5):
        assert not FileLock(tmp_path / "lock").try_acquire()


def test_a_failure_while_it_is_held_lets_go_of_it(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "lock")
    with pytest.raises(KeyError), lock.held(patience_seconds=1):
        raise KeyError
    assert FileLock(tmp_path / "lock").try_acquire()


def test_a_folder_that_is_gone_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="data folder cannot be written"):
        FileLock(tmp_path / "gone" / "lock").try_acquire()
