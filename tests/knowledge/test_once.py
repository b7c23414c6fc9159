import gc
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from knowledge.once import Once


class Making:
    """Makes when it may, and counts how often."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.times = 0
        self.begun, self.may_end = threading.Event(), threading.Event()

    def __call__(self) -> object:
        self.times += 1
        self.begun.set()
        assert self.may_end.wait(10)
        if self.error is not None:
            raise self.error
        return object()


def test_what_is_known_is_not_made_again() -> None:
    once: Once[int] = Once(2)
    assert [once.get(("a",), lambda: 1), once.get(("a",), lambda: 2)] == [1, 1]


def test_texts_are_told_apart_by_where_one_ends() -> None:
    once: Once[tuple[str, ...]] = Once(4)
    for texts in (("ab", "c"), ("a", "bc"), ("abc",)):
        assert once.get(texts, partial(tuple, texts)) == texts


def test_only_the_last_ones_are_known() -> None:
    once: Once[int] = Once(2)
    for text in ("a", "b", "c"):
        once.get((text,), lambda: 1)
    assert [once.get((text,), lambda: 2) for text in ("b", "c", "a")] == [1, 1, 2]


def test_who_comes_meanwhile_waits_and_gets_the_same_however_many_others_come() -> None:
    once: Once[object] = Once(1)
    making = Making()
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(once.get, ("a",), making)
        assert making.begun.wait(10)
        once.get(("b",), object)
        others = [pool.submit(once.get, ("a",), making) for _ in range(3)]
        time.sleep(0.05)
        making.may_end.set()
        assert {id(each.result(10)) for each in others} == {id(first.result(10))}
    assert making.times == 1


def test_what_fails_is_not_remembered_and_those_who_wait_try_themselves() -> None:
    once: Once[object] = Once(2)
    failing, other = Making(ValueError("no")), object()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(once.get, ("a",), failing)
        assert failing.begun.wait(10)
        second = pool.submit(once.get, ("a",), lambda: other)
        time.sleep(0.05)
        failing.may_end.set()
        with pytest.raises(ValueError, match="no"):
            first.result(10)
        assert second.result(10) is other
    assert once.get(("a",), lambda: "next") == "next"


def test_a_failure_keeps_nothing_of_what_it_was_about() -> None:
    """Else a damaged file, read again for every message, would fill the memory until the collector comes."""

    class Large:
        pass

    once: Once[object] = Once(2)
    kept: list[weakref.ref[Large]] = []

    def fail() -> object:
        large = Large()
        kept.append(weakref.ref(large))
        raise ValueError("damaged")

    gc.disable()
    try:
        for _ in range(2):
            with pytest.raises(ValueError, match="damaged"):
                once.get(("a",), fail)
        assert kept[0]() is None
    finally:
        gc.enable()


def test_lone_surrogates_are_texts_too() -> None:
    assert Once[int](1).get(("\ud800",), lambda: 1) == 1
