"""`python -m knowledge.training.other_banks`: what a policy with no bank, or a small one, is judged by.

Each invented organisation in turn is the newcomer, with none, some or many of its questions as its bank, and with the
others as the banks elsewhere; so is a part of the shipped policy's bank. The chance is fitted on all of them
(ridge logistic regression), the limit from it. The held-out organisations are not looked at. Takes two minutes.
"""

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.encoder.onnx import OnnxEncoder
from knowledge.encoder.protocol import Encoder, Vectors
from knowledge.questions import Kind
from knowledge.ranking.head import Example, Head
from knowledge.ranking.other_banks import FILE, LIKENESS, OtherBanks, signs
from knowledge.ranking.terms import Floats
from knowledge.training.lessons import Asked, Lesson, invented_lessons, shipped_lesson

SIZES = (0, 100, 250)
OF_SHIPPED = 700
SEED = 1
RIDGE = 1.0
FALSE_ABSTENTIONS = 0.045
_STEPS = 30

_log = logging.getLogger("knowledge.training.other_banks")


class Encoded:
    """Each text is encoded once, and by itself, as when it is asked."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, Vectors] = {}

    def __call__(self, texts: Sequence[str]) -> Vectors:
        for text in texts:
            if text not in self._known:
                self._known[text] = self._encoder.encode([text])[0]
        return np.array([self._known[text] for text in texts], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Trial:
    """One newcomer with a bank of one size: a row of signs a question, and whether its policy answers it."""

    name: str
    size: int
    signs: Floats
    kinds: tuple[str, ...]
    first_right: float


def kinds_head(lessons: Sequence[Lesson], encoded: Encoded) -> Head:
    """Tells apart what the policies answer, what they leave open, and what is no question of privacy."""
    asked = [each for lesson in lessons for each in lesson.questions]
    labels = [Example(each.text, frozenset({each.kind})) for each in asked]
    return Head.fit(labels, encoded([each.text for each in asked]))


def trial(newcomer: Lesson, size: int, elsewhere: OtherBanks, encoded: Encoded) -> Trial:
    drawn = random.Random(SEED).sample(newcomer.questions, len(newcomer.questions))  # noqa: S311 - a draw, no secret
    bank, asked = drawn[:size], drawn[size:]
    examples = [Example(text, frozenset({clause})) for clause, text in newcomer.clauses.items()]
    examples += [Example(each.text, each.clauses or frozenset({each.kind})) for each in bank]
    head = Head.fit(examples, encoded([each.text for each in examples]))
    clauses = encoded(list(newcomer.clauses.values()))
    columns = [head.labels.index(clause) for clause in newcomer.clauses]
    rows, right = [], []
    for each in asked:
        vector = encoded([each.text])[0]
        votes, likeness = head.scores(each.text, vector), clauses @ vector
        best = int(np.argmax(votes[columns] + LIKENESS * likeness))
        outcomes = {label: float(vote) for label, vote in zip(head.labels, votes, strict=True)}
        kinds = elsewhere.kinds(each.text, vector)
        rows.append(signs(float(likeness[best]), float(votes[columns[best]]), outcomes, kinds))
        if each.kind == Kind.ANSWERABLE:
            right.append(list(newcomer.clauses)[best] in each.clauses)
    return Trial(newcomer.name, size, np.array(rows), tuple(each.kind for each in asked), float(np.mean(right)))


def fit(trials: Sequence[Trial]) -> tuple[Floats, float]:
    """The weights of the signs, and the chance below which FALSE_ABSTENTIONS of the answerable questions are."""
    rows = np.concatenate([each.signs for each in trials]).astype(np.float64)
    answers = np.concatenate([_answerable(each) for each in trials])
    weights = np.zeros(rows.shape[1])
    # The last sign is the constant, which is not held back.
    held = np.diag([*[RIDGE] * (rows.shape[1] - 1), 0.0])
    for _ in range(_STEPS):
        chance = _chances(rows, weights)
        slope = rows.T @ (chance - answers) + held @ weights
        weights -= np.linalg.solve((rows.T * (chance * (1 - chance))) @ rows + held, slope)
    least = float(np.quantile(_chances(rows, weights)[answers], FALSE_ABSTENTIONS))
    return weights.astype(np.float32), round(least, 3)


def _answerable(of: Trial) -> NDArray[np.bool_]:
    return np.array([kind == Kind.ANSWERABLE for kind in of.kinds])


def _chances(rows: NDArray[np.floating], weights: NDArray[np.floating]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-(rows @ weights))), dtype=np.float64)


def _some(lesson: Lesson, count: int) -> Lesson:
    drawn: list[Asked] = random.Random(SEED).sample(lesson.questions, count)  # noqa: S311 - a draw, no secret
    return Lesson(lesson.name, lesson.clauses, tuple(drawn))


def _report(trials: Sequence[Trial]) -> None:
    """Each newcomer judged by what the others teach."""
    for each in trials:
        weights, least = fit([other for other in trials if other.name != each.name])
        chances = _chances(each.signs, weights)
        turned = {
            kind: float(np.mean([chance < least for chance, of in zip(chances, each.kinds, strict=True) if of == kind]))
            for kind in sorted(set(each.kinds))
        }
        shares = ", ".join(f"{kind} {share:.0%}" for kind, share in turned.items())
        _log.info(
            "%s, bank of %d: first right %.0f %%; not answered: %s",
            each.name,
            each.size,
            each.first_right * 100,
            shares,
        )


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    encoder = OnnxEncoder(threads=1)
    encoded = Encoded(encoder)
    invented = invented_lessons()
    shipped = _some(shipped_lesson(Path(__file__).parents[1] / "policies" / "codemites"), OF_SHIPPED)
    trials = []
    for newcomer in (*invented, shipped):
        head = kinds_head([each for each in invented if each is not newcomer], encoded)
        banks = OtherBanks(encoder.name, head, np.empty(0, dtype=np.float32), 0.0)
        trials += [trial(newcomer, size, banks, encoded) for size in SIZES]
    _report(trials)
    weights, least = fit(trials)
    OtherBanks(encoder.name, kinds_head(invented, encoded), weights, least).save()
    _log.info("answered from a chance of %.3f; weights %s", least, np.round(weights, 2).tolist())
    _log.info("%s: %.1f MB", FILE.name, FILE.stat().st_size / 1e6)


if __name__ == "__main__":
    main()
