from collections.abc import Sequence

import numpy as np
import pytest

from assistant.lazy import REMEMBERED, REMEMBERED_READINGS, LazyEncoder
from knowledge.encoder.protocol import Reading, Vectors


class Counting:
    """Says how often it read, and gives each text a vector of its own."""

    name = "counting"

    def __init__(self) -> None:
        self.read_texts: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.full((len(texts), 2), -1, dtype=np.float32)

    def read(self, text: str) -> Reading:
        self.read_texts.append(text)
        return Reading(np.array([len(text), 1], dtype=np.float32), np.zeros((2, 3, 2), dtype=np.float32))


@pytest.fixture
def counting() -> Counting:
    return Counting()


@pytest.fixture
def lazy(counting: Counting) -> LazyEncoder:
    return LazyEncoder(lambda: "by its card", lambda: counting)


def test_the_weights_are_loaded_at_first_use(lazy: LazyEncoder) -> None:
    assert lazy.name == "by its card"
    lazy.encode(["a"])
    assert lazy.name == "counting"


def test_a_text_that_was_encoded_alone_is_read_once_whoever_asks(lazy: LazyEncoder, counting: Counting) -> None:
    assert lazy.encode(["four"]).tolist() == [[4, 1]]
    assert lazy.read("four").vector.tolist() == [4, 1]
    assert lazy.encode(["four"]).tolist() == [[4, 1]]
    assert counting.read_texts == ["four"]


def test_texts_in_company_are_not_remembered(lazy: LazyEncoder, counting: Counting) -> None:
    assert lazy.encode(["a", "b"]).shape == (2, 2)
    assert not counting.read_texts


def test_vectors_are_remembered_longer_than_readings_and_none_for_ever(lazy: LazyEncoder, counting: Counting) -> None:
    texts = [f"text {number}" for number in range(REMEMBERED_READINGS + 1)]
    for text in texts:
        lazy.encode([text])
    lazy.encode([texts[0]])
    assert len(counting.read_texts) == len(texts)
    lazy.read(texts[0])
    assert len(counting.read_texts) == len(texts) + 1
    for number in range(REMEMBERED):
        lazy.encode([f"later {number}"])
    counting.read_texts.clear()
    lazy.encode([texts[0]])
    assert counting.read_texts == [texts[0]]
