"""What the vectors are pulled towards: a question to its clauses and to questions alike, a text to its labels.

InfoNCE with several positives, as in supervised contrastive learning (Khosla et al., NeurIPS 2020), every other clause
and question of the batch a negative: it puts the right clause first. Beside it a sigmoid loss (Zhai et al., "Sigmoid
Loss for Language Image Pre-Training", ICCV 2023), whose scale and bias are learned: it makes a likeness mean the same
for every question and policy, so that one that no clause answers is far from all of them. Needs the `models` extra.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from knowledge.training.lessons import Asked, Head, Labelled

TEMPERATURE = 0.07
# Unit vectors differ by little; the heads see them this much larger.
SCALE = 12.0
_FAR = 1e9
# The clauses that a question is most easily taken for, besides those that answer it; the others teach little.
HARDEST = 8
# Where scale and bias begin: near what likenesses of the base weights need.
_FROM = (12.0, -6.0)


def question_to_clause(questions: Sequence[Asked], vectors: Any, clauses: Sequence[str], clause_vectors: Any) -> Any:
    """`clauses`: the ids of the batch, a row of `clause_vectors` each."""
    return _towards(_answers(questions, clauses), vectors @ clause_vectors.T / TEMPERATURE)


def answers_or_not(
    questions: Sequence[Asked], vectors: Any, clauses: Sequence[str], clause_vectors: Any, likelihood: Any
) -> Any:
    """Whether each clause answers each question: a question's answers count as much as its hardest other clauses."""
    import torch

    answers = _answers(questions, clauses)
    likeness = likelihood((vectors @ clause_vectors.T).unsqueeze(-1)).squeeze(-1)
    wrong = torch.nn.functional.binary_cross_entropy_with_logits(likeness, answers, reduction="none")
    for_answers = (wrong * answers).sum(1) / answers.sum(1).clamp(min=1)
    hardest = (wrong * (1 - answers)).topk(min(HARDEST, len(clauses)), dim=1).values
    return (for_answers + hardest.mean(1)).mean()


def _answers(questions: Sequence[Asked], clauses: Sequence[str]) -> Any:
    """1 where the clause of the column answers the question of the row."""
    import torch

    return torch.tensor([[float(clause in each.clauses) for clause in clauses] for each in questions])


def likelihood() -> Any:
    """The layer from a likeness to the logarithm of the odds that a clause answers."""
    import torch

    layer = torch.nn.Linear(1, 1)
    with torch.no_grad():
        layer.weight.fill_(_FROM[0])
        layer.bias.fill_(_FROM[1])
    return layer


def question_to_question(questions: Sequence[Asked], vectors: Any) -> Any:
    """Questions that one clause answers are alike."""
    import torch

    count = len(questions)
    alike = torch.tensor(
        [[float(a is not b and bool(a.clauses & b.clauses)) for b in questions] for a in questions]
    ).reshape(count, count)
    return _towards(alike, vectors @ vectors.T / TEMPERATURE - _FAR * torch.eye(count))


def _towards(positive: Any, likeness: Any) -> Any:
    """The mean over the rows that have a positive."""
    import torch

    counted = positive.sum(1) > 0
    if not counted.any():
        return torch.zeros(())
    logs = torch.nn.functional.log_softmax(likeness, dim=1)
    return (-(positive * logs).sum(1)[counted] / positive.sum(1)[counted]).mean()


def to_labels(head: Head, layer: Any, texts: Sequence[Labelled], vectors: Any) -> Any:
    """How wrong the head's layer is on the texts that count for it, times its share."""
    import torch

    counts = torch.tensor([each.counts.get(head.name, 0.0) for each in texts])
    said = layer(vectors * SCALE)
    held = [each.labels.get(head.name, frozenset()) for each in texts]
    functional = torch.nn.functional
    if head.many:
        targets = torch.tensor([[float(label in labels) for label in head.labels] for labels in held])
        wrong = functional.binary_cross_entropy_with_logits(said, targets, reduction="none").sum(1)
        return head.share * (wrong * counts).mean()
    chosen = torch.tensor([next((at for at, label in enumerate(head.labels) if label in labels), 0) for labels in held])
    wrong = functional.cross_entropy(said, chosen, reduction="none")
    return head.share * (wrong * counts).sum() / (counts.sum() + 1)


def layers(heads: Sequence[Head], dimensions: int) -> Mapping[str, Any]:
    import torch

    made: Mapping[str, Any] = torch.nn.ModuleDict(
        {head.name: torch.nn.Linear(dimensions, len(head.labels)) for head in heads}
    )
    return made
