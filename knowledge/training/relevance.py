"""`python -m knowledge.training.relevance`: train the relevance model on the encoder's readings, and export it.

It learns from questions about invented policies which clause answers each, and of those that no clause answers, that
none does. What the encoder makes of questions and clauses is computed once; the encoder itself stays as it is. Needs
the `models` extra; takes about a quarter of an hour on two cores.
"""

import hashlib
import json
import logging
import math
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import Progress

from knowledge.encoder.onnx import WEIGHTS as ENCODER
from knowledge.encoder.onnx import OnnxEncoder
from knowledge.encoder.protocol import Reading
from knowledge.relevance.model import CARD, FILE, WEIGHTS, filled, inputs
from knowledge.training.export import STATIONS, quantise
from knowledge.training.keeping import Keeper, digest, forget
from knowledge.training.layers import DIMENSIONS, shipped_layer
from knowledge.training.learn import rate
from knowledge.training.lessons import Asked, Lesson, invented_lessons, shipped_bank, shipped_lesson

# Nothing is learned from these: on them is chosen what ranking makes of the scores.
SCALING = frozenset({"cedarlens", "tiffindash"})
# Of the shipped bank, which is as large as all others together, every sixth question.
OF_SHIPPED = 6
KEPT = Path("var") / "training" / "relevance"

_log = logging.getLogger("knowledge.training.relevance")


@dataclass(frozen=True, slots=True)
class Plan:
    """Each question is held against the clauses that answer it, the nearest others, and some further ones."""

    rounds: int = 2
    questions: int = 16
    clauses: int = 6
    nearest: int = 3
    among: int = 12
    rate: float = 2e-4
    of_each: float = 0.5
    seed: int = 1
    kept_every: int = 50


@dataclass(frozen=True, slots=True)
class Read:
    """A lesson as the encoder reads it: clauses by their place, and for each question the places that answer it."""

    clauses: tuple[Reading, ...]
    questions: tuple[Reading, ...]
    answers: tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Questions of one lesson with candidates, as many for each; `answers` says which of them answer."""

    lesson: Read
    questions: Sequence[int]
    candidates: Sequence[Sequence[int]]


def read(lesson: Lesson, encoder: OnnxEncoder, progress: Callable[[], None]) -> Read:
    places = {clause: at for at, clause in enumerate(lesson.clauses)}

    def reading(text: str) -> Reading:
        progress()
        found = encoder.read(text)
        return Reading(found.vector, found.states.astype(np.float16))

    return Read(
        tuple(reading(text) for text in lesson.clauses.values()),
        tuple(reading(asked.text) for asked in lesson.questions),
        tuple(_places(asked, places) for asked in lesson.questions),
    )


def _places(asked: Asked, places: dict[str, int]) -> frozenset[int]:
    return frozenset(places[clause] for clause in asked.clauses if clause in places)


def module() -> Any:
    """(question states, their mask, clause states, their mask, which clause each question is held against, cosines,
    clause vectors) -> one score a pair.
    """
    import torch
    from torch.nn import Dropout, Linear, Parameter, ParameterList

    class Together(torch.nn.Module):  # type: ignore[misc]  # torch is not installed where types are checked
        def __init__(self) -> None:
            super().__init__()
            # The layers that read question and clause together start as the encoder's own.
            self.layers = torch.nn.ModuleList(shipped_layer(ENCODER / "model.onnx", number) for number in STATIONS)
            # Marks the clause's tokens as the clause's.
            self.mark = ParameterList(Parameter(torch.zeros(DIMENSIONS)) for _ in STATIONS)
            self.dropout, self.narrow, self.last = Dropout(0.1), Linear(2 * DIMENSIONS, 128), Linear(128, 1)
            torch.nn.init.zeros_(self.last.weight)
            torch.nn.init.zeros_(self.last.bias)
            # At first the score is the cosine's alone, about 0 where the encoder is in doubt.
            self.of_cosine, self.base = Parameter(torch.tensor(12.0)), Parameter(torch.tensor(-6.0))

        def forward(
            self,
            own: torch.Tensor,
            own_mask: torch.Tensor,
            clauses: torch.Tensor,
            mask: torch.Tensor,
            of: torch.Tensor,
            cosines: torch.Tensor,
            vectors: torch.Tensor,
        ) -> torch.Tensor:
            hidden = torch.cat([1 - own_mask, (1 - mask)[of]], 1) * -1e9
            for number, layer in enumerate(self.layers):
                own = layer(own, clauses[:, number] + self.mark[number], of, hidden)
            mean = (own * own_mask[:, :, None]).sum(1) / own_mask.sum(1, keepdim=True)
            # About as large as the mean.
            both = torch.cat([mean, mean * vectors[of] * 10], 1)
            weighed = torch.nn.functional.gelu(self.narrow(self.dropout(both)))
            return self.of_cosine * cosines + self.base + self.last(weighed).squeeze(1)

    return Together()


def train(
    lessons: Sequence[Read], plan: Plan, *, belongs_to: str, kept: Path, progress: Callable[[int, int], None]
) -> Any:
    """The trained module; what was learned so far is put into `kept`, and a broken run that `belongs_to` the same
    material goes on from there.
    """
    import torch

    random.seed(plan.seed)
    torch.manual_seed(plan.seed)
    model = module()
    of_layers = [value for name, value in model.named_parameters() if name.startswith("layers.")]
    others = [value for name, value in model.named_parameters() if not name.startswith("layers.")]
    optimiser = torch.optim.AdamW(
        [{"params": of_layers, "lr": plan.rate}, {"params": others, "lr": 10 * plan.rate}], weight_decay=0.01
    )
    steps = plan.rounds * sum(math.ceil(len(each.questions) / plan.questions) for each in lessons)
    rates = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: rate(step, steps, least=0.02))
    parts = {"model": model, "optimiser": optimiser, "rates": rates}
    keeper = Keeper(kept, digest(json.dumps([asdict(plan), belongs_to])))
    done, losses = keeper.take_up(parts), []
    while done < steps:
        for drawn in _draw(lessons, plan):
            loss = _loss(model, drawn, plan)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            rates.step()
            done += 1
            losses.append(loss.item())
            progress(done, steps)
            if done % plan.kept_every == 0:
                _log.info("step %d of %d: loss %.3f", done, steps, float(np.mean(losses[-plan.kept_every :])))
                keeper.keep(done, parts)
            if done == steps:
                break
    return model.eval()


def _draw(lessons: Sequence[Read], plan: Plan) -> Iterator[Drawn]:
    """Every question once, those of a lesson together, in an order of chance."""
    batches = []
    for lesson in lessons:
        asked = list(range(len(lesson.questions)))
        random.shuffle(asked)
        # Neighbours of like length leave little to fill up.
        for begin in range(0, len(asked), 4 * plan.questions):
            some = sorted(asked[begin : begin + 4 * plan.questions], key=lambda at: _tokens(lesson.questions[at]))
            batches += [(lesson, some[at : at + plan.questions]) for at in range(0, len(some), plan.questions)]
    random.shuffle(batches)
    for lesson, some in batches:
        yield Drawn(lesson, some, [_candidates(lesson, at, plan) for at in some])


def _tokens(reading: Reading) -> int:
    return int(reading.states.shape[1])


def _candidates(lesson: Read, question: int, plan: Plan) -> list[int]:
    answers = lesson.answers[question]
    cosines = np.stack([clause.vector for clause in lesson.clauses]) @ lesson.questions[question].vector
    others = [at for at in np.argsort(-cosines).tolist() if at not in answers][: plan.among]
    further = others[plan.nearest :]
    random.shuffle(further)
    # Some of many: the rest must be room for others.
    told = sorted(answers)[: plan.clauses // 2]
    return [*told, *others[: plan.nearest], *further][: plan.clauses]


def _loss(model: Any, drawn: Drawn, plan: Plan) -> Any:
    """Of all candidates and "none of them", what answers should win; and each score should tell for itself."""
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits

    scores = _scores(model, drawn)
    answers = [
        [at in drawn.lesson.answers[question] for at in candidates]
        for question, candidates in zip(drawn.questions, drawn.candidates, strict=True)
    ]
    right = torch.tensor([[*each, not any(each)] for each in answers])
    likely = torch.cat([scores, torch.zeros(len(scores), 1)], 1).log_softmax(1)
    ranking = -torch.logsumexp(likely.masked_fill(~right, -1e9), 1).mean()
    return ranking + plan.of_each * binary_cross_entropy_with_logits(scores, right[:, :-1].float())


def _scores(model: Any, drawn: Drawn) -> Any:
    import torch

    lesson, each = drawn.lesson, len(drawn.candidates[0])
    used = sorted({clause for candidates in drawn.candidates for clause in candidates})
    place = {clause: at for at, clause in enumerate(used)}
    of = torch.tensor([place[clause] for candidates in drawn.candidates for clause in candidates])
    own, own_mask = _filled([lesson.questions[at].states[:1] for at in drawn.questions])
    clauses, mask = _filled([lesson.clauses[at].states for at in used])
    vectors = torch.tensor(np.stack([lesson.clauses[at].vector for at in used]))
    asked = torch.tensor(np.stack([lesson.questions[at].vector for at in drawn.questions]))
    pair = torch.arange(len(drawn.questions)).repeat_interleave(each)
    cosines = (asked[pair] * vectors[of]).sum(1)
    return model(own[pair, 0], own_mask[pair], clauses, mask, of, cosines, vectors).view(len(drawn.questions), each)


def _filled(states: Sequence[Any]) -> tuple[Any, Any]:
    import torch

    together, mask = filled(states)
    return torch.from_numpy(together), torch.from_numpy(mask)


def export(model: Any, lesson: Read, folder: Path, *, encoder: str) -> None:
    """Write the model, with eight-bit weights, and its card; `lesson` gives an example to trace it with."""
    import torch

    example = inputs(lesson.questions[0], lesson.clauses[:3])
    given = {name: torch.tensor(np.asarray(array, dtype=np.float32)) for name, array in example.items()}
    many, asked, told = (torch.export.Dim(name, min=1, max=512) for name in ("many", "asked", "told"))
    shapes = {
        "question": {1: asked},
        "clauses": {0: many, 2: told},
        "mask": {0: many, 1: told},
        "vectors": {0: many},
        "cosines": {0: many},
    }
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        program = torch.onnx.export(
            _asked(model),
            kwargs=given,
            input_names=list(given),
            output_names=["scores"],
            dynamic_shapes=shapes,
            dynamo=True,
            external_data=False,
        )
        program.save(str(full))
        folder.mkdir(parents=True, exist_ok=True)
        quantise(full, folder / FILE)
    card = {"encoder": encoder, "sha256": hashlib.sha256((folder / FILE).read_bytes()).hexdigest()}
    (folder / CARD).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def _asked(model: Any) -> Any:
    """The module as it is asked when serving: one question, held against each clause."""
    import torch

    class Asked(torch.nn.Module):  # type: ignore[misc]  # torch is not installed where types are checked
        def __init__(self) -> None:
            super().__init__()
            self.together = model

        def forward(
            self,
            question: torch.Tensor,
            clauses: torch.Tensor,
            mask: torch.Tensor,
            vectors: torch.Tensor,
            cosines: torch.Tensor,
        ) -> torch.Tensor:
            own = question.expand(clauses.shape[0], -1, -1)
            of = torch.arange(clauses.shape[0])
            return self.together(own, torch.ones_like(own[:, :, 0]), clauses, mask, of, cosines, vectors)

    return Asked().eval()


def fingerprint(lessons: Sequence[Lesson], encoder: str) -> str:
    """Names what is learned from: the texts, what answers each, and the encoder that reads them."""
    asked = [[[each.text, sorted(each.clauses)] for each in lesson.questions] for lesson in lessons]
    return digest(json.dumps([encoder, [sorted(lesson.clauses.items()) for lesson in lessons], asked]))


def material() -> list[Lesson]:
    shipped = shipped_lesson(shipped_bank())
    some = Lesson(shipped.name, shipped.clauses, shipped.questions[::OF_SHIPPED])
    invented = (each for each in invented_lessons(borrowed=True) if each.name not in SCALING)
    return [*invented, some]


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    encoder, lessons = OnnxEncoder(), material()
    with Progress(console=Console(stderr=True), transient=True) as bar:
        reading = bar.add_task("reading", total=sum(len(each.clauses) + len(each.questions) for each in lessons))
        learned = [read(each, encoder, lambda: bar.advance(reading)) for each in lessons]
        training = bar.add_task("training the relevance model", total=None)
        model = train(
            learned,
            Plan(),
            belongs_to=fingerprint(lessons, encoder.name),
            kept=KEPT,
            progress=lambda done, total: bar.update(training, completed=done, total=total),
        )
    export(model, learned[0], WEIGHTS, encoder=encoder.name)
    forget(KEPT)
    _log.info("%s: %.1f MB", FILE, (WEIGHTS / FILE).stat().st_size / 1e6)


if __name__ == "__main__":
    main()
