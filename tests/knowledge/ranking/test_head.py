import numpy as np
import pytest

from knowledge.encoder.onnx import OnnxEncoder
from knowledge.ranking.calibration import chances
from knowledge.ranking.head import BLOCK, MEANING, RIDGE, WIDTH, Example, Head

EXAMPLES = [
    Example("how long do you keep invoices", frozenset({"keep"})),
    Example("for how many years are bills stored", frozenset({"keep"})),
    Example("do you sell my data", frozenset({"sell"})),
    Example("is my information traded to others", frozenset({"sell"})),
    Example("do you sell it, and how long is it kept", frozenset({"sell", "keep"})),
    Example("what is the weather", frozenset({"off_topic"})),
    Example("write a poem", frozenset({"off_topic"})),
]

WORDS = [
    f"{colour} {animal}"
    for colour in ("red", "green", "blue", "grey", "pink", "brown", "black")
    for animal in ("cat", "dog", "hen", "owl", "pig", "cow")
]


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    return OnnxEncoder()


@pytest.fixture(scope="module")
def head(encoder: OnnxEncoder) -> Head:
    return Head.fit(EXAMPLES, encoder.encode([example.text for example in EXAMPLES]))


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("retention time of billing records", "keep"),
        ("would you ever sell personal information", "sell"),
        ("compose a sonnet", "off_topic"),
    ],
)
def test_a_question_scores_highest_on_what_its_neighbours_stand_for(
    head: Head, encoder: OnnxEncoder, question: str, label: str
) -> None:
    scores = head.scores(head.letters(question), encoder.encode([question])[0])
    assert head.labels[int(scores.argmax())] == label


def test_an_example_scores_about_one_on_its_own_labels(head: Head, encoder: OnnxEncoder) -> None:
    for example in EXAMPLES:
        scores = dict(
            zip(
                head.labels,
                head.scores(head.letters(example.text), encoder.encode([example.text])[0]),
                strict=True,
            )
        )
        assert all(scores[label] > 0.6 for label in example.labels)


def test_a_kept_head_scores_the_same(head: Head, encoder: OnnxEncoder) -> None:
    again = Head.from_arrays(head.arrays(), head.vectors)
    vector = encoder.encode(["who buys my data"])[0]
    letters = again.letters("who buys my data")
    assert np.array_equal(letters, head.letters("who buys my data"))
    assert np.array_equal(again.scores(letters, vector), head.scores(letters, vector))


def test_chances_rise_with_the_score_and_stay_between_none_and_all() -> None:
    found = chances(np.linspace(-0.5, 1.5, 40, dtype=np.float32))
    assert found == sorted(found)
    assert found[0] >= 0
    assert found[-1] <= 1


def test_the_votes_solve_the_ridge_regression_over_more_examples_than_a_block(encoder: OnnxEncoder) -> None:
    examples = [Example(f"{example.text} {word}", example.labels) for example in EXAMPLES for word in WORDS]
    vectors = encoder.encode([example.text for example in examples])
    head = Head.fit(examples, vectors)
    letters = np.stack([head.letters(example.text) for example in examples])
    kernel = np.exp((MEANING * vectors @ vectors.T + (1 - MEANING) * letters - 1) / WIDTH) + RIDGE * np.eye(
        len(examples)
    )
    targets = [[label in example.labels for label in head.labels] for example in examples]
    assert len(examples) > BLOCK
    assert np.allclose(head.votes, np.linalg.solve(kernel, np.array(targets, dtype=np.float64)), atol=1e-3)
