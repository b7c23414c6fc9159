"""Trains the encoder from the base weights: questions to clauses and to each other, labelled texts to their labels.

Each step takes questions of one policy, a few of its clauses and some labelled texts. The word table stays as it is, so
that words nobody wrote here keep their meaning. Needs the `models` extra; on two cores a step takes about two seconds.
"""

import json
import logging
import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from knowledge.training import losses
from knowledge.training.keeping import Keeper, digest
from knowledge.training.lessons import Head, Labelled, Lesson

_log = logging.getLogger(__name__)

DIMENSIONS = 384
# A large bank is asked more often, though not as often as it is large.
_BY_SIZE = 0.7
_WARM_UP = 60
_LEAST_RATE = 0.03
_SHOWN_EVERY = 25


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how much at a time; the seed decides what is drawn."""

    steps: int = 650
    questions: int = 40
    clauses: int = 24
    texts: int = 40
    rate: float = 5e-5
    rate_of_heads: float = 2e-3
    longest: int = 96
    rate_of_likelihood: float = 5e-2
    of_answers: float = 1.0
    of_likeness: float = 0.5
    of_labels: float = 0.5
    seed: int = 1
    kept_every: int = 25


@dataclass(frozen=True, slots=True)
class Material:
    """`about` gives a question's labels, from its kind; it counts for the heads that it names."""

    lessons: Sequence[Lesson]
    texts: Sequence[Labelled]
    heads: Sequence[Head]
    about: Callable[[str, str], Labelled]


def fingerprint(material: Material, plan: Plan) -> str:
    """Names a run: the same plan on the same material."""
    lessons = [
        [
            each.name,
            sorted(each.clauses.items()),
            [[q.text, q.kind, sorted(q.clauses), sorted(q.near)] for q in each.questions],
        ]
        for each in material.lessons
    ]
    texts = [
        [each.text, sorted((head, sorted(labels)) for head, labels in each.labels.items()), sorted(each.counts.items())]
        for each in material.texts
    ]
    return digest(json.dumps([asdict(plan), lessons, texts, [asdict(head) for head in material.heads]]))


def train(
    base: Path,
    material: Material,
    plan: Plan,
    *,
    to: Path,
    kept: Path,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> None:
    """Train the transformer in `base` and write it into `to` with the same tokenizer; the heads are left behind.

    What was learned so far is put into the folder `kept` every `plan.kept_every` steps: a run that was broken off goes
    on from there and ends as if it had not been. `progress` hears how many steps are done, of how many.
    """
    import torch
    from transformers import AutoModel, AutoTokenizer

    random.seed(plan.seed)
    torch.manual_seed(plan.seed)
    torch.set_flush_denormal(True)
    tokenizer = AutoTokenizer.from_pretrained(base)
    model = AutoModel.from_pretrained(
        base, attn_implementation="eager", attention_probs_dropout_prob=0.0, hidden_dropout_prob=0.0
    )
    for parameter in model.embeddings.parameters():
        parameter.requires_grad = False
    learner = Learner(model, losses.layers(material.heads, DIMENSIONS), plan)
    keeper = Keeper(kept, fingerprint(material, plan))
    encode = Pooled(tokenizer, model, plan.longest)
    for step in range(keeper.take_up(learner.parts), plan.steps):
        loss = _loss(material, plan, encode, learner)
        learner.learn(loss)
        if step % _SHOWN_EVERY == 0:
            _log.info("step %d of %d: loss %.3f", step, plan.steps, loss.item())
        if (step + 1) % plan.kept_every == 0:
            keeper.keep(step + 1, learner.parts)
        progress(step + 1, plan.steps)
    to.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(to)
    shutil.copyfile(base / "tokenizer.json", to / "tokenizer.json")


class Learner:
    """The model, the heads on it, and what moves their weights."""

    def __init__(self, model: Any, heads: Any, plan: Plan) -> None:
        import torch

        self.heads = heads
        self.likelihood = losses.likelihood()
        self._learning = [parameter for parameter in model.parameters() if parameter.requires_grad]
        self._optimiser = torch.optim.AdamW(
            [
                {"params": self._learning, "lr": plan.rate},
                {"params": heads.parameters(), "lr": plan.rate_of_heads},
                {"params": self.likelihood.parameters(), "lr": plan.rate_of_likelihood},
            ],
            weight_decay=0.01,
        )
        self._rates = torch.optim.lr_scheduler.LambdaLR(
            self._optimiser, lambda step: rate(step, plan.steps, least=_LEAST_RATE)
        )
        self.parts = {
            "model": model,
            "heads": heads,
            "likelihood": self.likelihood,
            "optimiser": self._optimiser,
            "rates": self._rates,
        }

    def learn(self, loss: Any) -> None:
        import torch

        self._optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._learning, 1.0)
        self._optimiser.step()
        self._rates.step()


class Pooled:
    """Texts -> unit vectors with gradients, as the exported file will give them: the mean over the tokens."""

    def __init__(self, tokenizer: Any, model: Any, longest: int) -> None:
        self._tokenizer, self._model, self._longest = tokenizer, model, longest

    def __call__(self, texts: Sequence[str]) -> Any:
        """In three parts by length, so that little of it is padding."""
        import torch

        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        third = max(1, len(order) // 3)
        parts = [order[:third], order[third : 2 * third], order[2 * third :]]
        vectors = torch.cat([self._encoded([texts[at] for at in part]) for part in parts if part])
        place = torch.empty(len(texts), dtype=torch.long)
        place[torch.tensor(order)] = torch.arange(len(texts))
        return vectors[place]

    def _encoded(self, texts: Sequence[str]) -> Any:
        import torch

        tokens = self._tokenizer(
            list(texts), padding=True, truncation=True, max_length=self._longest, return_tensors="pt"
        )
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self._model(**tokens).last_hidden_state.float()
        weights = tokens["attention_mask"].unsqueeze(-1).float()
        return torch.nn.functional.normalize((hidden * weights).sum(1) / weights.sum(1), dim=1)


def _loss(material: Material, plan: Plan, encode: Pooled, learner: Learner) -> Any:
    sizes = [len(each.questions) ** _BY_SIZE for each in material.lessons]
    taken = random.choices(material.lessons, weights=sizes)[0]  # noqa: S311 - a draw, no secret
    asked = random.sample(taken.questions, min(plan.questions, len(taken.questions)))
    some = random.sample(sorted(taken.clauses), min(plan.clauses, len(taken.clauses)))
    told = {clause for each in asked for clause in each.clauses | each.near if clause in taken.clauses}
    clauses = sorted(told | set(some))
    texts = random.sample(material.texts, min(plan.texts, len(material.texts)))
    vectors = encode([*(each.text for each in asked), *(taken.clauses[at] for at in clauses), *(t.text for t in texts)])
    of_questions, rest = vectors[: len(asked)], vectors[len(asked) :]
    of_clauses, of_texts = rest[: len(clauses)], rest[len(clauses) :]
    loss = losses.question_to_clause(asked, of_questions, clauses, of_clauses)
    loss = loss + plan.of_answers * losses.answers_or_not(asked, of_questions, clauses, of_clauses, learner.likelihood)
    loss = loss + plan.of_likeness * losses.question_to_question(asked, of_questions)
    about = [material.about(each.text, each.kind) for each in asked]
    for head in material.heads:
        wrong = losses.to_labels(head, learner.heads[head.name], texts, of_texts)
        loss = loss + plan.of_labels * (wrong + losses.to_labels(head, learner.heads[head.name], about, of_questions))
    return loss


def rate(step: int, steps: int, *, least: float) -> float:
    """Up over the first steps, then down in a line."""
    return min(1.0, (step + 1) / _WARM_UP) * max(least, 1 - step / steps)
