"""Trains the encoder from the base weights: questions to clauses and to each other, labelled texts to their labels.

Each step takes questions of one policy, a few of its clauses and some labelled texts. The word table stays as it is, so
that words nobody wrote here keep their meaning. Needs the `models` extra; on two cores a step takes about two seconds.
"""

import logging
import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.training import losses
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
    of_likeness: float = 0.5
    of_labels: float = 0.5
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Material:
    """`about` gives a question's labels, from its kind; it counts for the heads that it names."""

    lessons: Sequence[Lesson]
    texts: Sequence[Labelled]
    heads: Sequence[Head]
    about: Callable[[str, str], Labelled]


def train(base: Path, material: Material, plan: Plan, *, to: Path) -> None:
    """Train the transformer in `base` and write it into `to` with the same tokenizer; the heads are left behind."""
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
    heads = losses.layers(material.heads, DIMENSIONS)
    learning = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": learning, "lr": plan.rate}, {"params": heads.parameters(), "lr": plan.rate_of_heads}],  # type: ignore[attr-defined]
        weight_decay=0.01,
    )
    rates = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, plan.steps))
    encode = Pooled(tokenizer, model, plan.longest)
    for step in range(plan.steps):
        loss = _loss(material, plan, encode, heads)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learning, 1.0)
        optimiser.step()
        rates.step()
        if step % _SHOWN_EVERY == 0:
            _log.info("step %d of %d: loss %.3f", step, plan.steps, loss.item())
    to.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(to)
    shutil.copyfile(base / "tokenizer.json", to / "tokenizer.json")


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


def _loss(material: Material, plan: Plan, encode: Pooled, heads: Any) -> Any:
    sizes = [len(each.questions) ** _BY_SIZE for each in material.lessons]
    taken = random.choices(material.lessons, weights=sizes)[0]  # noqa: S311 - a draw, no secret
    asked = random.sample(taken.questions, min(plan.questions, len(taken.questions)))
    some = random.sample(sorted(taken.clauses), min(plan.clauses, len(taken.clauses)))
    answering = {clause for each in asked for clause in each.clauses if clause in taken.clauses}
    clauses = sorted(answering | set(some))
    texts = random.sample(material.texts, min(plan.texts, len(material.texts)))
    vectors = encode([*(each.text for each in asked), *(taken.clauses[at] for at in clauses), *(t.text for t in texts)])
    of_questions, rest = vectors[: len(asked)], vectors[len(asked) :]
    of_clauses, of_texts = rest[: len(clauses)], rest[len(clauses) :]
    loss = losses.question_to_clause(asked, of_questions, clauses, of_clauses)
    loss = loss + plan.of_likeness * losses.question_to_question(asked, of_questions)
    about = [material.about(each.text, each.kind) for each in asked]
    for head in material.heads:
        wrong = losses.to_labels(head, heads[head.name], texts, of_texts)
        loss = loss + plan.of_labels * (wrong + losses.to_labels(head, heads[head.name], about, of_questions))
    return loss


def _rate(step: int, steps: int) -> float:
    """Up over the first steps, then down in a line."""
    return min(1.0, (step + 1) / _WARM_UP) * max(_LEAST_RATE, 1 - step / steps)
