"""`python -m evals.calibrate`: how the product's constants come out on the calibration set, and on no other.

Reads `knowledge.ranking.calibration` and `assistant.answering.selection`; changes neither.
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from assistant.answering.selection import LEAST, MOST, SHARE_OF_BEST, with_limits
from evals.dataset import Case, DatasetName, Expect, load_named
from evals.replay import assistant_for_evals, counted, find, published_now
from knowledge.clause import PolicyVersion
from knowledge.ranking.calibration import ANSWERABLE_FROM
from knowledge.retrieval import Finding

THRESHOLDS = (-0.3, -0.25, -0.2, -0.15, -0.1, -0.05, 0.0, 0.05, 0.1)
LEASTS = (0.05, 0.08, 0.12, 0.16, 0.2, 0.3)
SHARES = (0.2, 0.3, 0.4, 0.5)
SCORE_EDGES = (-1.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.9, 2.0)


@dataclass(frozen=True, slots=True)
class Found:
    """A case of one turn and what the library finds for it."""

    case: Case
    finding: Finding


@dataclass(frozen=True, slots=True)
class AtThreshold:
    """Shares of the cases that would be answered wrongly or rightly not at all, were this the margin to reach."""

    threshold: float
    false_abstentions: float
    not_stated_caught: float
    asides_caught: float


@dataclass(frozen=True, slots=True)
class AtRule:
    """Share of the questions for which all gold clauses are quoted, and clauses beyond need for each."""

    least: float
    share_of_best: float
    all_gold: float
    beyond: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Question and clause pairs with a score in [low, high): how many answer, and what chance they were given."""

    low: float
    high: float
    pairs: int
    answer: float
    chance: float


def thresholds(found: Sequence[Found], steps: Iterable[float] = THRESHOLDS) -> tuple[AtThreshold, ...]:
    margins = {expect: _margins(found, expect) for expect in Expect}
    asides = np.concatenate([margins[Expect.SMALL_TALK], margins[Expect.OFF_TOPIC]])
    return tuple(
        AtThreshold(
            step,
            float(np.mean(margins[Expect.ANSWER] < step)),
            float(np.mean(margins[Expect.ABSTAIN] < step)),
            float(np.mean(asides < step)),
        )
        for step in steps
    )


def separation(found: Sequence[Found]) -> float:
    """The chance that an answerable question has a larger margin than one the policy does not answer (AUROC)."""
    answer, abstain = _margins(found, Expect.ANSWER), _margins(found, Expect.ABSTAIN)
    higher = answer[:, None] > abstain[None, :]
    return float(np.mean(higher + 0.5 * (answer[:, None] == abstain[None, :])))


def _margins(found: Sequence[Found], expect: Expect) -> NDArray[np.float64]:
    return np.array([one.finding.margin for one in found if one.case.expect is expect])


def quoted(finding: Finding, version: PolicyVersion, *, least: float, share_of_best: float) -> tuple[str, ...]:
    """What `select` would quote with these constants in place of its own."""
    passages = finding.passages[:MOST]
    reach = max(least, share_of_best * passages[0].raw)
    wanted = [passage.clause for rank, passage in enumerate(passages) if rank == 0 or passage.raw >= reach]
    chosen = dict.fromkeys(clause.id for first in wanted for clause in with_limits(first, version))
    return tuple(chosen)[:MOST]


def rules(found: Sequence[Found], version: PolicyVersion) -> tuple[AtRule, ...]:
    """Every pair of constants, over the cases that expect an answer."""
    asked = [one for one in found if one.case.expect is Expect.ANSWER]
    return tuple(_rule(asked, version, least, share) for share in SHARES for least in LEASTS)


def _rule(asked: Sequence[Found], version: PolicyVersion, least: float, share: float) -> AtRule:
    cited = [quoted(one.finding, version, least=least, share_of_best=share) for one in asked]
    pairs = list(zip(asked, cited, strict=True))
    return AtRule(
        least,
        share,
        all_gold=float(np.mean([set(one.case.gold) <= set(ids) for one, ids in pairs])),
        beyond=float(np.mean([len(set(ids) - one.case.fair) for one, ids in pairs])),
    )


def reliability(found: Sequence[Found]) -> tuple[Bin, ...]:
    """Whether the chance that a passage is given is the share of such passages that answer."""
    asked = [one for one in found if one.case.expect is Expect.ANSWER]
    pairs = np.array(
        [
            (passage.raw, passage.score, passage.clause.id in one.case.fair)
            for one in asked
            for passage in one.finding.passages
        ]
    )
    bins = []
    for low, high in pairwise(SCORE_EDGES):
        inside = pairs[(pairs[:, 0] >= low) & (pairs[:, 0] < high)]
        if len(inside):
            bins.append(Bin(low, high, len(inside), float(inside[:, 2].mean()), float(inside[:, 1].mean())))
    return tuple(bins)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="evals.calibrate", description="Show where the product's constants come from."
    )
    parser.add_argument("--data-dir", type=Path, help="a data folder to keep, so that a second run need not index")
    options = parser.parse_args(argv)
    cases = [case for case in load_named(DatasetName.CALIBRATION) if len(case.turns) == 1]
    with (
        Progress(console=Console(stderr=True), transient=True) as bar,
        assistant_for_evals(options.data_dir, progress=counted(bar, "indexing")) as assistant,
    ):
        found = [Found(case, find(assistant, case.turns[0])) for case in bar.track(cases, description="asking")]
        version = published_now(assistant).version
    _print(found, version)


def _print(found: Sequence[Found], version: PolicyVersion) -> None:
    console = Console()
    table = Table("margin to reach", "false abstentions", "not stated, caught", "chat and off topic, caught")
    table.title = f"Verdict: {len(found)} questions, AUROC {separation(found):.3f}, * the product's"
    for at in thresholds(found):
        shares = (at.false_abstentions, at.not_stated_caught, at.asides_caught)
        _row(table, f"{at.threshold:+.2f}", *map(_percent, shares), chosen=at.threshold == ANSWERABLE_FROM)
    console.print(table)
    table = Table("share of the best score", "least score", "all gold quoted", "beyond need")
    table.title = "Citations: which further clauses are quoted, * the product's"
    for rule in rules(found, version):
        chosen = (rule.least, rule.share_of_best) == (LEAST, SHARE_OF_BEST)
        cells = (f"{rule.share_of_best:.2f}", f"{rule.least:.2f}", _percent(rule.all_gold), f"{rule.beyond:.2f}")
        _row(table, *cells, chosen=chosen)
    console.print(table)
    table = Table("score", "pairs", "answer", "chance given")
    table.title = "Reliability: the chance a passage is given, and the share of such passages that answer"
    for one in reliability(found):
        _row(table, f"{one.low:.2f} to {one.high:.2f}", str(one.pairs), _percent(one.answer), _percent(one.chance))
    console.print(table)


def _row(table: Table, *cells: str, chosen: bool = False) -> None:
    table.add_row(f"{cells[0]} *" if chosen else cells[0], *cells[1:], style="bold" if chosen else None)


def _percent(share: float) -> str:
    return f"{share:.1%}"


if __name__ == "__main__":
    main(sys.argv[1:])
