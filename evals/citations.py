"""How good citations are, whoever gave them: what they are worth for each case, with intervals over the cases."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log2

from evals.dataset import Case, Expect
from evals.intervals import Interval, interval
from evals.scoring import MOST_CITATIONS
from evals.workers import Found


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over the cases that a measure applies to; None where there is none.

    first_right, all_gold, reciprocal_rank, ndcg: of the questions that the policy answers, among five citations.
    false_abstentions: of these again, those for which nothing is cited.
    caught: of those that it does not answer, those of which the way says so and cites nothing.
    left: of small talk and what is off topic, those for which nothing is cited.
    """

    first_right: Interval | None
    all_gold: Interval | None
    reciprocal_rank: Interval | None
    ndcg: Interval | None
    false_abstentions: Interval | None
    caught: Interval | None
    left: Interval | None


def judge(cases: Sequence[Case], found: Sequence[Found]) -> Quality:
    pairs = list(zip(cases, found, strict=True))

    def over(measure: Callable[[Case, Found], float], *expected: Expect) -> Interval | None:
        return interval([float(measure(case, one)) for case, one in pairs if case.expect in expected])

    return Quality(
        first_right=over(lambda case, one: bool(one.cited) and one.cited[0] in case.fair, Expect.ANSWER),
        all_gold=over(lambda case, one: set(case.gold) <= set(one.cited[:MOST_CITATIONS]), Expect.ANSWER),
        reciprocal_rank=over(lambda case, one: reciprocal_rank(case, one.cited), Expect.ANSWER),
        ndcg=over(lambda case, one: ndcg(case, one.cited), Expect.ANSWER),
        false_abstentions=over(lambda _, one: not one.cited, Expect.ANSWER),
        caught=over(lambda _, one: one.abstains and not one.cited, Expect.ABSTAIN),
        left=over(lambda _, one: not one.cited, Expect.SMALL_TALK, Expect.OFF_TOPIC),
    )


def reciprocal_rank(case: Case, cited: Sequence[str]) -> float:
    """Of the first citation that is fair; 0 where none of five is."""
    return next((1 / rank for rank, clause in enumerate(cited[:MOST_CITATIONS], 1) if clause in case.fair), 0.0)


def ndcg(case: Case, cited: Sequence[str]) -> float:
    """Discounted gain of the gold clauses among five, of the most there can be (Järvelin and Kekäläinen, 2002).

    Clauses that are fair to cite and not needed are passed over: they neither gain nor take a place.
    """
    needed = set(case.gold)
    counted = [clause for clause in cited[:MOST_CITATIONS] if clause in needed or clause not in case.fair]
    best = min(len(needed), MOST_CITATIONS)
    return sum(_discount(place) for place, clause in enumerate(counted) if clause in needed) / sum(
        map(_discount, range(best))
    )


def _discount(place: int) -> float:
    return 1 / log2(place + 2)
