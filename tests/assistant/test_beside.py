import os
import threading
import time
from concurrent.futures import Future

import pytest

from assistant.beside import AT_ONCE_A_CORE, Beside

MOST = AT_ONCE_A_CORE * (os.cpu_count() or 1)


def test_what_is_begun_is_done_by_another_thread() -> None:
    beside = Beside()
    begun = beside.begin(threading.get_ident)
    assert begun is not None
    assert begun.result(10) != threading.get_ident()
    beside.close()


def test_nothing_waits_for_a_core_and_what_has_ended_makes_room() -> None:
    beside, may_end = Beside(), threading.Event()
    busy = [beside.begin(may_end.wait, 10) for _ in range(MOST)]
    assert beside.begin(int) is None
    may_end.set()
    assert all(isinstance(each, Future) and each.result(10) for each in busy)
    # Room is made a moment after the result is known.
    until = time.monotonic() + 10
    while (again := beside.begin(int)) is None:
        assert time.monotonic() < until
    assert again.result(10) == 0
    beside.close()


def test_where_no_thread_can_be_started_the_caller_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    beside = Beside()
    done: list[int] = []
    with monkeypatch.context() as broken:
        broken.setattr(threading.Thread, "start", fail)
        assert [beside.begin(done.append, 1) for _ in range(2 * MOST)] == [None] * 2 * MOST
    begun = beside.begin(int)
    assert begun is not None
    assert begun.result(10) == 0
    beside.close()
    assert not done


def test_what_fails_makes_room_too_and_after_the_end_nothing_is_begun() -> None:
    beside = Beside()
    for _ in range(2 * MOST):
        begun = beside.begin(int, "no number")
        assert begun is not None
        with pytest.raises(ValueError, match="no number"):
            begun.result(10)
    beside.close()
    assert beside.begin(int) is None
