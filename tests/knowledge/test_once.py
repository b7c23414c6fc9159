import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from knowledge.once import Once


def test_what_is_known_is_not_made_again() -> None:
    once: Once[int] = Once(2)
    assert [once.get("a", lambda: 1), once.get("a", lambda: 2)] == [1, 1]


def test_only_the_last_ones_are_known() -> None:
    once: Once[int] = Once(2)
    for text in ("a", "b", "c"):
        once.get(text, lambda: 1)
    assert [once.get(text, lambda: 2) for text in ("b", "c", "a")] == [1, 1, 2]


def test_who_comes_meanwhile_waits_and_gets_the_same() -> None:
    once: Once[object] = Once(2)
    begun, may_end = threading.Event(), threading.Event()

    def make() -> object:
        begun.set()
        assert may_end.wait(10)
        return object()

    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(once.get, "a", make)
        assert begun.wait(10)
        others = [pool.submit(once.get, "a", object) for _ in range(3)]
        may_end.set()
        assert {id(each.result(10)) for each in others} == {id(first.result(10))}


def test_what_went_wrong_is_told_to_all_who_wait_and_tried_again_by_the_next() -> None:
    once: Once[int] = Once(2)
    begun, may_end = threading.Event(), threading.Event()

    def fail() -> int:
        begun.set()
        assert may_end.wait(10)
        raise ValueError("no")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(once.get, "a", fail)
        assert begun.wait(10)
        second = pool.submit(once.get, "a", fail)
        may_end.set()
        for each in (first, second):
            with pytest.raises(ValueError, match="no"):
                each.result(10)
    assert once.get("a", lambda: 1) == 1


def test_lone_surrogates_are_texts_too() -> None:
    assert Once[int](1).get("\ud800", lambda: 1) == 1
