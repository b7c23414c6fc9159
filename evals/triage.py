"""How well triage reads messages that nobody who built it has seen. Prints figures and kinds, never a text.

`python -m evals.triage` measures the shipped model on the evaluation set; with `--choosing`, on the hand on which the
score of a report was chosen; with `--hands`, models learned anew from three hands on the fourth. Takes some seconds, or
about five minutes.
"""

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from assistant.organisation import load_organisation
from assistant.reply import Intent, Severity
from assistant.triage.examples import COMPANY, Examples, examples
from assistant.triage.learning import OF_QUESTIONS, fit
from assistant.triage.triage import Triager, load_model
from assistant.triage.utterances import Utterance, read
from assistant.triage.values import ORDER, Subject, Triage
from evals.dataset import DATASETS
from evals.intervals import DRAWS, SEED, interval
from knowledge.encoder.onnx import OnnxEncoder
from knowledge.encoder.protocol import Encoder
from knowledge.training.lessons import shipped_bank

TRIAGE_SET = DATASETS / "triage.jsonl"
# A hand that nothing has learned from; on it is chosen from which score on a message is a report.
CHOOSING_SET = DATASETS / "triage_choosing.jsonl"
# How masking writes what the authors of the lines wrote in capitals.
_MARKS = {"API_KEY": "secret", "CODE": "number"}
_MARK = re.compile(r"\[([A-Z_]+)\]")
_ABOUT = ("question_about", "hypothetical", "negation", "reported", "closed")


@dataclass(frozen=True, slots=True)
class Judged:
    """A message with its labels and what triage made of it."""

    case: Utterance
    triage: Triage

    def has(self, intent: Intent) -> bool:
        return intent in self.case.intents

    def found(self, intent: Intent) -> bool:
        return intent in self.triage.intents


@dataclass(frozen=True, slots=True)
class Figure:
    """A share of those that it counts; `to_reach` reads like `>= 0.95`."""

    name: str
    counts: Callable[[Judged], bool]
    holds: Callable[[Judged], bool]
    to_reach: str = ""


def _severity_is_right(judged: Judged) -> bool:
    return judged.case.severity is judged.triage.severity


def _rights_are_right(judged: Judged) -> bool:
    return set(judged.case.rights) == set(judged.triage.rights)


def _subject_is_right(judged: Judged) -> bool:
    return judged.case.subject is judged.triage.subject


_SECURITY, _RIGHTS = Intent.SECURITY_REPORT, Intent.RIGHTS_REQUEST
FIGURES = (
    Figure("first intent right", lambda _: True, lambda each: each.case.intent is each.triage.intent),
    Figure("all intents right", lambda _: True, lambda each: set(each.case.intents) == set(each.triage.intents)),
    Figure("security reports recognised", lambda j: j.has(_SECURITY), lambda j: j.found(_SECURITY), ">= 0.96"),
    Figure("taken for a security report", lambda j: not j.has(_SECURITY), lambda j: j.found(_SECURITY), "<= 0.04"),
    Figure("severity right", lambda j: j.has(_SECURITY) and j.found(_SECURITY), _severity_is_right),
    Figure(
        "critical taken for less",
        lambda j: j.case.severity is Severity.CRITICAL and j.found(_SECURITY),
        lambda j: not _severity_is_right(j),
    ),
    Figure("rights requests recognised", lambda j: j.has(_RIGHTS), lambda j: j.found(_RIGHTS), ">= 0.95"),
    Figure("taken for a rights request", lambda j: not j.has(_RIGHTS), lambda j: j.found(_RIGHTS)),
    Figure(
        "questions about a right taken for a request",
        lambda j: j.case.kind in _ABOUT and j.case.intent is Intent.QUESTION and not j.has(_RIGHTS),
        lambda j: j.found(_RIGHTS),
        "<= 0.05",
    ),
    Figure("exactly the right kinds", lambda j: j.has(_RIGHTS), _rights_are_right, ">= 0.85"),
    Figure(
        "exactly the right kinds, of those recognised",
        lambda j: j.has(_RIGHTS) and j.found(_RIGHTS),
        _rights_are_right,
    ),
    Figure("subject right", lambda j: j.has(_RIGHTS) and j.found(_RIGHTS), _subject_is_right),
    Figure(
        "subject right where it is not the sender",
        lambda j: j.has(_RIGHTS) and j.found(_RIGHTS) and j.case.subject is not Subject.SELF,
        _subject_is_right,
    ),
)


def macro_f1(judged: Sequence[Judged]) -> float:
    """The mean over the eight intents of F1, first intent against first intent."""
    right = np.array([ORDER.index(each.case.intent) for each in judged])
    said = np.array([ORDER.index(each.triage.intent) for each in judged])
    return _macro_f1(right, said)


def _macro_f1(right: np.ndarray, said: np.ndarray) -> float:
    both = [
        (2 * np.sum((right == at) & (said == at)), np.sum(right == at) + np.sum(said == at)) for at in range(len(ORDER))
    ]
    return float(np.mean([twice / together for twice, together in both if together]))


def cases(path: Path = TRIAGE_SET) -> list[Utterance]:
    """The evaluation set as triage would get it: masked."""
    return [replace(each, text=_MARK.sub(_masked, each.text)) for each in read(path)]


def _masked(mark: re.Match[str]) -> str:
    return f"[{_MARKS.get(mark[1], mark[1].lower())}]"


def judge(triager: Triager, told: Sequence[Utterance]) -> list[Judged]:
    return [Judged(each, triager.triage(each.text)) for each in told]


def by_hand(learned: Examples, encoder: Encoder, names: Sequence[str]) -> dict[str, list[Judged]]:
    """Each hand's utterances judged by a model that learned from the other hands."""
    hands = sorted({each.utterance.hand for each in learned.seen} - set(OF_QUESTIONS))
    judged: dict[str, list[Judged]] = {}
    for hand in hands:
        kept = np.array([each.utterance.hand != hand for each in learned.seen])
        others = [each for each, stays in zip(learned.seen, kept, strict=True) if stays]
        model = fit(others, learned.vectors[kept], encoder=encoder.name, origin="")
        told = [each.utterance for each in learned.seen if each.utterance.hand == hand]
        triager = Triager(encoder, model, names=names)
        judged[hand] = judge(triager, [replace(each, text=each.text.replace(COMPANY, names[0])) for each in told])
    return judged


def tables(judged: Sequence[Judged]) -> tuple[Table, Table]:
    figures = Table("figure", "measured", "95 %", "of", "to reach")
    f1, low, high = _f1_interval(judged)
    figures.add_row("intent macro-F1", f"{f1:.3f}", f"{low:.3f} to {high:.3f}", str(len(judged)), ">= 0.85")
    for figure in FIGURES:
        measured = interval([float(figure.holds(each)) for each in judged if figure.counts(each)])
        if measured:
            limits = f"{measured.low:.3f} to {measured.high:.3f}"
            figures.add_row(figure.name, f"{measured.mean:.3f}", limits, str(measured.count), figure.to_reach)
    kinds = Table("kind", "messages", "first intent right", "all intents right", "security in vain", "rights in vain")
    for kind in sorted({each.case.kind for each in judged}):
        of_kind = [each for each in judged if each.case.kind == kind]
        shares = (_share(of_kind, FIGURES[at]) for at in (0, 1, 3, 7))
        kinds.add_row(kind, str(len(of_kind)), *shares)
    return figures, kinds


def _share(judged: Sequence[Judged], figure: Figure) -> str:
    counted = [figure.holds(each) for each in judged if figure.counts(each)]
    return f"{np.mean(counted):.3f}" if counted else ""


def _f1_interval(judged: Sequence[Judged]) -> tuple[float, float, float]:
    right = np.array([ORDER.index(each.case.intent) for each in judged])
    said = np.array([ORDER.index(each.triage.intent) for each in judged])
    drawn = np.random.default_rng(SEED).integers(len(judged), size=(DRAWS, len(judged)))
    redrawn = [_macro_f1(right[rows], said[rows]) for rows in drawn]
    low, high = np.percentile(redrawn, [2.5, 97.5])
    return _macro_f1(right, said), float(low), float(high)


def main(arguments: Sequence[str]) -> None:
    console, encoder = Console(markup=False, width=130), OnnxEncoder(threads=2)
    names = load_organisation(shipped_bank()).names
    if "--choosing" in arguments:
        groups = {"choosing set": judge(Triager(encoder, load_model(), names=names), cases(CHOOSING_SET))}
    elif "--hands" in arguments:
        groups = by_hand(examples(shipped_bank(), encoder, names=names), encoder, names)
        groups |= {"all hands": [each for judged in groups.values() for each in judged]}
    else:
        groups = {"evaluation set": judge(Triager(encoder, load_model(), names=names), cases())}
    for name, judged in groups.items():
        figures, kinds = tables(judged)
        figures.title = kinds.title = name
        console.print(figures)
        console.print(kinds)


if __name__ == "__main__":
    main(sys.argv[1:])
