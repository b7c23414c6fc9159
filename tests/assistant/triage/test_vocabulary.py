import numpy as np
import pytest

from assistant.triage.vocabulary import Vocabulary

TEXTS = [["a", "b", "b"], ["a", "c"], ["a", "b"], ["d"]]


def test_only_what_enough_texts_have_is_known() -> None:
    assert list(Vocabulary.of(TEXTS, least=2).columns) == ["a", "b"]


def test_weights_have_length_one_and_the_rarer_weighs_more() -> None:
    weighed = Vocabulary.of(TEXTS, least=1).weigh(["a", "c", "unknown"])
    assert np.linalg.norm(weighed.weights) == pytest.approx(1)
    assert weighed.weights[1] > weighed.weights[0]


def test_a_text_of_which_nothing_is_known_weighs_nothing() -> None:
    assert len(Vocabulary.of(TEXTS, least=2).weigh(["z"]).columns) == 0


def test_a_vocabulary_survives_its_arrays() -> None:
    vocabulary = Vocabulary.of(TEXTS, least=1)
    again = Vocabulary.from_arrays(vocabulary.arrays())
    assert again.columns == vocabulary.columns
    assert again.rarity == pytest.approx(vocabulary.rarity, rel=1e-3)
