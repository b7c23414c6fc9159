"""How much redaction hides, and how often it hides too much; every figure from a seed.

Run `python -m evals.redaction`; the exit status tells whether the figures to reach are reached.
"""

import re
import statistics
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from rich.console import Console
from rich.table import Table

from assistant.redaction.masking import mask
from evals.redaction_corpus import PLAIN, Sample, benign_lines, samples, twelve_digits

SEED = 20_240_515
PER_VARIANT = 200
BENIGN_LINES = 5_000
TIMED_LENGTH = 200

# What was glued to an identifier or put around it may stay.
_PLACEHOLDER = re.compile(r"(?:id_|UID|API_KEY=|\")?\[[a-z_]+\]\"?")

PLAIN_RECALL = 0.995
OBFUSCATED_RECALL = 0.97
FALSE_POSITIVES = 0.005


@dataclass(frozen=True, slots=True)
class Recall:
    """Of so many samples, how many were hidden whole, and how many of these under the right kind and value."""

    kind: str
    variant: str
    samples: int
    hidden: int
    exact: int

    @property
    def is_plain(self) -> bool:
        return self.variant == PLAIN


@dataclass(frozen=True, slots=True)
class Measurement:
    """`twelve_digits` is the share of order numbers of twelve random digits that were masked."""

    recalls: tuple[Recall, ...]
    benign: int
    masked_benign: tuple[str, ...]
    twelve_digits: float

    def recall(self, *, plain: bool) -> float:
        """The share of identifiers hidden, in plain forms or in all others."""
        chosen = [recall for recall in self.recalls if recall.is_plain is plain]
        return sum(recall.hidden for recall in chosen) / sum(recall.samples for recall in chosen)

    def of_kind(self, kind: str) -> list[Recall]:
        return [recall for recall in self.recalls if recall.kind == kind]

    @property
    def false_positives(self) -> float:
        return len(self.masked_benign) / self.benign

    @property
    def is_good_enough(self) -> bool:
        return (
            self.recall(plain=True) >= PLAIN_RECALL
            and self.recall(plain=False) >= OBFUSCATED_RECALL
            and self.false_positives <= FALSE_POSITIVES
        )


def is_hidden(sample: Sample) -> bool:
    """Whether a placeholder stands where the identifier stood, and all else is as typed."""
    text = mask(sample.message).text
    if not (text.startswith(sample.before) and text.endswith(sample.after)):
        return False
    shown = text[len(sample.before) : len(text) - len(sample.after)]
    return _PLACEHOLDER.fullmatch(shown) is not None


def is_exact(sample: Sample) -> bool:
    return [(found.kind, found.value) for found in mask(sample.message).found] == [(sample.kind, sample.value)]


def measure(seed: int = SEED, per_variant: int = PER_VARIANT, benign: int = BENIGN_LINES) -> Measurement:
    """Draw the corpus from the seed and mask all of it."""
    random = Random(seed)  # noqa: S311 - drawn again from the same seed, not kept from anyone
    grouped: dict[tuple[str, str], list[Sample]] = {}
    for sample in samples(random, per_variant):
        grouped.setdefault((sample.kind, sample.variant), []).append(sample)
    orders = twelve_digits(random, benign)
    return Measurement(
        recalls=tuple(_recall(kind, variant, group) for (kind, variant), group in grouped.items()),
        benign=benign,
        masked_benign=tuple(line for line in benign_lines(random, benign) if mask(line).found),
        twelve_digits=sum(bool(mask(order).found) for order in orders) / len(orders),
    )


def _recall(kind: str, variant: str, group: list[Sample]) -> Recall:
    return Recall(kind, variant, len(group), sum(map(is_hidden, group)), sum(map(is_exact, group)))


def median_seconds(lines: Iterable[str], length: int = TIMED_LENGTH) -> float:
    """The median time of masking a message of that length, made by repeating a line."""
    taken: list[float] = []
    for line in lines:
        message = (f"{line} " * length)[:length]
        start = time.perf_counter()
        mask(message)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _row(recalls: list[Recall]) -> tuple[str, str, str, str]:
    drawn = sum(recall.samples for recall in recalls)
    worst = min(recalls, key=lambda recall: recall.hidden)
    return (
        str(drawn),
        f"{sum(recall.hidden for recall in recalls) / drawn:.2%}",
        f"{sum(recall.exact for recall in recalls) / drawn:.2%}",
        f"{worst.variant} {worst.hidden / worst.samples:.1%}",
    )


def main() -> None:
    console = Console(markup=False)
    measurement = measure()
    table = Table("kind", "forms", "samples", "hidden", "right kind and value", "worst form")
    for kind in dict.fromkeys(recall.kind for recall in measurement.recalls):
        for forms, plain in (("plain", True), ("obfuscated", False)):
            table.add_row(kind, forms, *_row([r for r in measurement.of_kind(kind) if r.is_plain is plain]))
    console.print(table)
    random = Random(SEED)  # noqa: S311 - as above
    summary = Table("figure", "measured", "to reach")
    for variant, plain, least in (("plain", True, PLAIN_RECALL), ("obfuscated", False, OBFUSCATED_RECALL)):
        summary.add_row(f"recall, {variant} forms", f"{measurement.recall(plain=plain):.2%}", f">= {least:.1%}")
    summary.add_row("benign lines masked", f"{measurement.false_positives:.2%}", f"<= {FALSE_POSITIVES:.1%}")
    summary.add_row("order numbers of 12 random digits masked", f"{measurement.twelve_digits:.2%}", "reported")
    median = median_seconds(benign_lines(random, BENIGN_LINES // 5)) * 1000
    rich = median_seconds(sample.message for sample in samples(random, 2)) * 1000
    summary.add_row(f"median, {TIMED_LENGTH} benign characters", f"{median:.2f} ms", "< 1 ms")
    summary.add_row(f"median, {TIMED_LENGTH} characters full of identifiers", f"{rich:.2f} ms", "reported")
    console.print(summary)
    sys.exit(0 if measurement.is_good_enough else 1)


if __name__ == "__main__":
    main()
