"""`python -m evals.privacyqa FOLDER`: ranking on PrivacyQA, real questions with experts' labels over real policies.

Outside data, no part of this project (Ravichander et al., "Question Answering for Privacy Policies", EMNLP 2019):
`questions.jsonl` and `sentences.jsonl` as rebuilt from public derivatives. Measures the encoder alone: every sentence
of a question's policy ranked by cosine. Prints figures; no sentence and no question.
"""

import argparse
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from evals.intervals import Interval, interval
from evals.report import REPORT, shown_interval
from knowledge.encoder.onnx import WEIGHTS, OnnxEncoder
from knowledge.encoder.protocol import Encoder
from knowledge.ranking.terms import Floats

METRICS = "privacyqa.json"
FOLDER = "PRIVACYQA"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's scores over its policy's sentences, and which of these any expert marked."""

    policy: str
    scores: Floats
    relevant: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Figures:
    """`precision`: mean average precision of the questions that have evidence. `separation`: within each policy, the
    chance that the top score of a question with evidence is above that of one without (AUROC), a value a policy.
    """

    encoder: str
    precision: Interval | None
    separation: Interval | None


def average_precision(scores: Floats, relevant: NDArray[np.bool_]) -> float:
    """The mean, over the relevant ones, of the share of relevant ones down to each."""
    hits = relevant[np.argsort(-scores, kind="stable")]
    places = np.flatnonzero(hits) + 1
    return float(np.mean(np.arange(1, len(places) + 1) / places))


def separation(asked: Sequence[Asked]) -> float | None:
    """Of one policy; None where all its questions, or none, have evidence."""
    tops = np.array([each.scores.max() for each in asked])
    evident = np.array([each.relevant.any() for each in asked])
    with_, without = tops[evident][:, None], tops[~evident][None, :]
    if not (with_.size and without.size):
        return None
    return float(np.mean((with_ > without) + 0.5 * (with_ == without)))


def ask(folder: Path, encoder: Encoder) -> tuple[Asked, ...]:
    sentences, questions = _rows(folder / "sentences.jsonl"), _rows(folder / "questions.jsonl")
    of_sentences = encoder.encode([row["text"] for row in sentences])
    of_questions = encoder.encode([row["question"] for row in questions])
    asked = []
    for row, vector in zip(questions, of_questions, strict=True):
        mine = [at for at, sentence in enumerate(sentences) if sentence["doc"] == row["doc"]]
        relevant = np.array([sentences[at]["sid"] in row["any_relevant"] for at in mine])
        asked.append(Asked(row["doc"], of_sentences[mine] @ vector, relevant))
    return tuple(asked)


def figures(name: str, asked: Sequence[Asked]) -> Figures:
    precise = [average_precision(each.scores, each.relevant) for each in asked if each.relevant.any()]
    policies = sorted({each.policy for each in asked})
    apart = [separation([each for each in asked if each.policy == policy]) for policy in policies]
    return Figures(name, interval(precise), interval([each for each in apart if each is not None]))


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="evals.privacyqa", description="Measure the encoder on PrivacyQA.")
    parser.add_argument("folder", nargs="?", help=f"where questions.jsonl and sentences.jsonl lie; or ${FOLDER}")
    parser.add_argument(
        "--weights", type=Path, action="append", default=[], help="another encoder's folder, beside ours"
    )
    parser.add_argument("--report", type=Path, default=REPORT, help=f"where {METRICS} goes")
    options = parser.parse_args(argv)
    folder = Path(options.folder or os.environ.get(FOLDER) or Path("..") / "shared" / "data" / "privacyqa")
    console = Console()
    if not (folder / "questions.jsonl").is_file():
        console.print(f"PrivacyQA is not measured: name the folder that holds its questions.jsonl, or set {FOLDER}.")
        return
    encoders = [OnnxEncoder(weights, threads=2) for weights in (WEIGHTS, *options.weights)]
    found = [figures(encoder.name, ask(folder, encoder)) for encoder in encoders]
    table = Table("encoder", "MAP, %", "AUROC within a policy, %")
    for each in found:
        table.add_row(each.encoder, *(shown_interval(one, share=True) for one in (each.precision, each.separation)))
    console.print(table)
    options.report.mkdir(parents=True, exist_ok=True)
    rows = [
        {"encoder": each.encoder, "precision": _plain(each.precision), "separation": _plain(each.separation)}
        for each in found
    ]
    (options.report / METRICS).write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def _plain(measured: Interval | None) -> dict[str, float] | None:
    return None if measured is None else {"mean": measured.mean, "low": measured.low, "high": measured.high}


if __name__ == "__main__":
    main()
