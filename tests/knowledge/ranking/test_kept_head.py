"""A head that was kept by another release, or for other examples, is not used."""

from typing import Any

import numpy as np
import pytest

from knowledge.ranking.head import Example, Head

EXAMPLES = [Example("do you sell data", frozenset({"sell"})), Example("do you keep data", frozenset({"keep"}))]
VECTORS = np.eye(2, 4, dtype=np.float32)


@pytest.fixture
def arrays() -> dict[str, Any]:
    return Head.fit(EXAMPLES, VECTORS).arrays()


def test_a_head_learned_under_other_constants_is_refused(arrays: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="other constants"):
        Head.from_arrays({**arrays, "form": arrays["form"] + 1}, VECTORS)


def test_a_head_of_a_release_that_noted_no_constants_is_refused(arrays: dict[str, Any]) -> None:
    del arrays["form"]
    with pytest.raises(KeyError):
        Head.from_arrays(arrays, VECTORS)


def test_a_head_of_fewer_examples_is_refused(arrays: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="other examples"):
        Head.from_arrays(arrays, np.eye(3, 4, dtype=np.float32))


def test_a_bank_whose_texts_share_no_letters_can_be_kept() -> None:
    head = Head.fit([Example("xyz", frozenset({"only"}))], VECTORS[:1])
    again = Head.from_arrays(head.arrays(), VECTORS[:1])
    assert again.scores(again.letters("xyz"), VECTORS[0])[0] > 0.5
