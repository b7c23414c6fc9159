"""What the relevance model learns from. The learning itself needs torch."""

import random

import numpy as np
import pytest

from knowledge.encoder.protocol import Reading, Vectors
from knowledge.training.lessons import HELD_OUT, Asked, Lesson
from knowledge.training.relevance import SCALING, Plan, Read, _candidates, _draw, material, read

CLAUSES = {f"1.1.{number}": f"Sentence {number}." for number in range(1, 21)}


class Fake:
    """A text's vector points to where the text's number says."""

    name = "fake"

    def encode(self, texts: list[str]) -> Vectors:
        return np.stack([self.read(text).vector for text in texts])

    def read(self, text: str) -> Reading:
        angle = 0.1 * int("".join(letter for letter in text if letter.isdigit()))
        return Reading(
            np.array([np.cos(angle), np.sin(angle)], dtype=np.float32),
            np.ones((2, len(text.split()), 2), dtype=np.float32),
        )


@pytest.fixture
def lesson() -> Read:
    asked = (
        Asked("about 5", "answerable", frozenset({"1.1.5"})),
        Asked("about 9 and more", "answerable", frozenset({"1.1.1", "1.1.2", "1.1.3", "1.1.4", "1.1.9"})),
        Asked("of 7 nothing is said", "not_stated", frozenset()),
    )
    return read(Lesson("shop", CLAUSES, asked), Fake(), lambda: None)  # type: ignore[arg-type] # it reads


def test_answers_are_places_among_the_clauses(lesson: Read) -> None:
    assert lesson.answers == (frozenset({4}), frozenset({0, 1, 2, 3, 8}), frozenset())
    assert len(lesson.clauses) == 20


def test_candidates_are_the_answers_the_nearest_others_and_some_further_ones(lesson: Read) -> None:
    random.seed(3)
    plan = Plan()
    first, second, third = (_candidates(lesson, question, plan) for question in range(3))
    assert first[:3] == [4, *sorted(first[1:3], key=lambda at: abs(at - 4))]
    assert set(first[1:4]) <= {1, 2, 3, 5, 6, 7}
    assert second[:3] == [0, 1, 2]
    assert 6 in third
    for candidates in (first, second, third):
        assert len(set(candidates)) == plan.clauses
    assert not set(second[3:]) & lesson.answers[1]


def test_a_round_draws_every_question_once(lesson: Read) -> None:
    drawn = list(_draw([lesson, lesson], Plan(questions=2)))
    assert sorted(question for each in drawn for question in each.questions) == [0, 0, 1, 1, 2, 2]
    assert all(len(each.questions) == len(each.candidates) for each in drawn)


def test_what_is_measured_on_is_not_learned_from() -> None:
    assert not {each.name for each in material()} & (HELD_OUT | SCALING)
