"""Learning: utterances and questions -> the model, by kernel ridge regression folded into linear weights.

Saunders, Gammerman and Vovk, ICML 1998, with a ridge of its own for each example: one that counts less may be missed
by more. The kernel is a sum: cosines of letters, words and concepts (`model.SHARES`), whose part of the solution is
folded into one weight a feature and label, and a bell around each vector (`model.MEANING`), whose part is carried by
the utterances alone: what the bank's questions add is projected on them. Several heads are solved, since examples
count differently for different labels.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.reply import Intent, Right, Severity
from assistant.triage.features import Features
from assistant.triage.model import LEXICAL, SHARES, Group, Model, nearness
from assistant.triage.utterances import Utterance
from assistant.triage.values import Subject
from assistant.triage.vocabulary import Vocabulary, Weighed
from knowledge.encoder.protocol import Vectors

RIDGE = 0.15
# Which right, for whom, how severe: fewer examples, and each one counts.
RIDGE_OF_KINDS = 0.06
# The questions of the shipped bank and those of the invented organisations: they ask for nothing but an answer.
BANK, ORGANISATIONS = "bank", "organisations"
# So much does one of them count beside an utterance: there are many, and most are easy.
OF_QUESTIONS: Mapping[str, float] = {BANK: 0.1, ORGANISATIONS: 0.6}
# A message that is no rights request counts this much for which right and for whom.
OF_OTHERS = 0.05
# A feature that fewer examples have says nothing about any other.
_IN_AT_LEAST = {"letters": 3, "words": 2, "concepts": 2}
# Of the vectors' 384 directions, half hold 94 % of their length squared; the rest would only take time.
DIRECTIONS = 192
# Keeps the projection from leaning on vectors that are all but equal.
_STEADY = 1e-3


@dataclass(frozen=True, slots=True)
class Seen:
    """An example with what the detectors see of it."""

    utterance: Utterance
    features: Features


@dataclass(frozen=True, slots=True)
class Head:
    """Labels that are solved together: `weight` 0 leaves an example out."""

    targets: Mapping[str, Callable[[Utterance], bool]]
    weight: Callable[[Utterance], float]
    ridge: float = RIDGE
    meaning: bool = True


def heads() -> tuple[Head, ...]:
    wants = {f"wants:{intent}": _wants(intent) for intent in Intent}
    first = {f"first:{intent}": _is_first(intent) for intent in Intent}
    rights = {f"right:{right}": _asks_for(right) for right in Right}
    subjects = {f"subject:{subject}": _is_for(subject) for subject in Subject if subject is not Subject.SELF}
    severities = {f"severity:{severity}": _is(severity) for severity in Severity}
    return (
        Head({**first, **wants}, lambda each: OF_QUESTIONS.get(each.hand, 1.0)),
        Head(_lexical(wants), lambda each: OF_QUESTIONS.get(each.hand, 1.0), meaning=False),
        Head({**rights, **subjects}, _for_rights, RIDGE_OF_KINDS),
        Head(_lexical(rights), _for_rights, RIDGE_OF_KINDS, meaning=False),
        Head(severities, lambda each: float(each.severity is not None), RIDGE_OF_KINDS),
    )


def fit(seen: Sequence[Seen], vectors: Vectors, *, encoder: str, origin: str) -> Model:
    """`vectors`: unit vectors of the examples' texts, one row each."""
    directions = _directions(vectors)
    vectors = vectors @ directions
    names = tuple(SHARES)
    lists = {name: [getattr(each.features, name) for each in seen] for name in names}
    vocabularies = {name: Vocabulary.of(lists[name], least=_IN_AT_LEAST[name]) for name in names}
    weighed = {name: [vocabularies[name].weigh(each) for each in lists[name]] for name in names}
    letters = sum(SHARES[name] * _cosines(weighed[name], len(vocabularies[name].columns)) for name in names)
    lexical = np.asarray(letters, dtype=np.float32)
    bells = nearness(vectors, vectors)
    solved = heads()
    dual: Vectors = np.concatenate(
        [_solve(head, seen, lexical + bells if head.meaning else lexical) for head in solved], axis=1
    )
    by_meaning = dual * np.concatenate([[head.meaning] * len(head.targets) for head in solved])
    carrying = np.array([each.utterance.hand not in OF_QUESTIONS for each in seen])
    return Model(
        encoder,
        origin,
        labels=tuple(label for head in solved for label in head.targets),
        directions=directions,
        landmarks=vectors[carrying],
        votes=_carried(bells, by_meaning.astype(np.float32), carrying),
        groups={name: Group.of(vocabularies[name], _folded(weighed[name], SHARES[name] * dual)) for name in names},
    )


def _directions(vectors: Vectors) -> Vectors:
    """The orthonormal directions that hold most of the vectors, shape (dimensions, at most DIRECTIONS).

    As they are read from a file, so that what is learned fits them.
    """
    _, found = np.linalg.eigh(vectors.T.astype(np.float64) @ vectors)
    most: Vectors = found[:, ::-1][:, :DIRECTIONS].astype(np.float16).astype(np.float32)
    return most


def _carried(bells: Vectors, dual: Vectors, carrying: NDArray[np.bool_]) -> Vectors:
    """The dual weights of those that carry, with those of all others projected on them."""
    among = bells[np.ix_(carrying, carrying)].copy()
    among[np.diag_indices_from(among)] += _STEADY
    others = bells[np.ix_(carrying, ~carrying)] @ dual[~carrying]
    carried: Vectors = dual[carrying] + np.linalg.solve(among, others).astype(np.float32)
    return carried


def _solve(head: Head, seen: Sequence[Seen], kernel: Vectors) -> Vectors:
    """The dual weights, one row an example and one column a target; zero for examples that are left out."""
    weight = np.array([head.weight(each.utterance) for each in seen], dtype=np.float32)
    taking = np.flatnonzero(weight)
    among = kernel[np.ix_(taking, taking)]
    among[np.diag_indices_from(among)] += head.ridge / weight[taking]
    holding = [[holds(seen[at].utterance) for holds in head.targets.values()] for at in taking.tolist()]
    targets = np.array(holding, dtype=np.float32).reshape(len(taking), len(head.targets))
    dual = np.zeros((len(seen), len(head.targets)), dtype=np.float32)
    dual[taking] = np.linalg.solve(among, targets)
    return dual


def _cosines(weighed: Sequence[Weighed], columns: int) -> Vectors:
    """The cosine of every example with every other, through a list of examples for each feature."""
    rows, offsets, weights = _by_feature(weighed, columns)
    cosines = np.zeros((len(weighed), len(weighed)), dtype=np.float32)
    for at, each in enumerate(weighed):
        spans = [slice(offsets[column], offsets[column + 1]) for column in each.columns]
        if spans:
            found = np.concatenate([rows[span] for span in spans])
            share = np.concatenate([weights[span] * own for span, own in zip(spans, each.weights, strict=True)])
            cosines[at] = np.bincount(found, share, minlength=len(weighed))
    return cosines


def _folded(weighed: Sequence[Weighed], dual: Vectors) -> Vectors:
    """One weight a feature and label."""
    columns = 1 + max(int(each.columns.max(initial=-1)) for each in weighed)
    rows, offsets, weights = _by_feature(weighed, columns)
    folded = np.zeros((columns, dual.shape[1]), dtype=np.float32)
    for column in range(len(folded)):
        span = slice(offsets[column], offsets[column + 1])
        folded[column] = weights[span] @ dual[rows[span]]
    return folded


def _by_feature(weighed: Sequence[Weighed], columns: int) -> tuple[NDArray[np.int64], NDArray[np.int64], Vectors]:
    """The examples with each feature, one after the other; where each feature's begin; what it weighs in each."""
    column = np.concatenate([each.columns for each in weighed])
    row = np.repeat(np.arange(len(weighed)), [len(each.columns) for each in weighed])
    order = np.argsort(column, kind="stable")
    offsets = np.searchsorted(column[order], np.arange(columns + 1))
    return row[order], offsets, np.concatenate([each.weights for each in weighed])[order]


def _lexical(targets: Mapping[str, Callable[[Utterance], bool]]) -> Mapping[str, Callable[[Utterance], bool]]:
    return {f"{LEXICAL}{label}": holds for label, holds in targets.items()}


def _for_rights(each: Utterance) -> float:
    if each.hand in OF_QUESTIONS:
        return 0.0
    return 1.0 if Intent.RIGHTS_REQUEST in each.intents else OF_OTHERS


def _wants(intent: Intent) -> Callable[[Utterance], bool]:
    return lambda each: intent in each.intents


def _is_first(intent: Intent) -> Callable[[Utterance], bool]:
    return lambda each: each.intent is intent


def _asks_for(right: Right) -> Callable[[Utterance], bool]:
    return lambda each: right in each.rights


def _is_for(subject: Subject) -> Callable[[Utterance], bool]:
    return lambda each: each.subject is subject


def _is(severity: Severity) -> Callable[[Utterance], bool]:
    return lambda each: each.severity is severity
