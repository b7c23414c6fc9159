"""The best that a way without a verdict of its own can do: say nothing where its best clause scores too low."""

from collections.abc import Sequence

from evals.dataset import Case, Expect
from evals.workers import Found

MOST_FALSE_PERCENT = 4


def best_threshold(cases: Sequence[Case], found: Sequence[Found]) -> float | None:
    """The highest score below which at most 4 % of the answerable questions lie: none that keeps to this catches more.

    None where the way tells no scores, or no case is answerable.
    """
    pairs = zip(cases, found, strict=True)
    scores = sorted(one.score for case, one in pairs if case.expect is Expect.ANSWER and one.score is not None)
    return scores[len(scores) * MOST_FALSE_PERCENT // 100] if scores else None


def withheld(found: Sequence[Found], threshold: float) -> tuple[Found, ...]:
    """The same, but for what scores lower: that is not answered."""
    return tuple(
        Found((), one.score, abstains=True) if one.score is not None and one.score < threshold else one for one in found
    )
