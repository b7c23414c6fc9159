"""`python -m assistant.triage.checks`: what is checked of the utterances; the README beside them holds its output."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from assistant.triage.utterances import Utterance, utterances
from knowledge.encoder.onnx import OnnxEncoder
from knowledge.encoder.protocol import Encoder

# Two utterances this near say the same.
NEAR = 0.95
_BEGINNING = 3
_SHOWN = 3


def checks(told: Sequence[Utterance], encoder: Encoder) -> Iterator[str]:
    """One line a check; none shows an utterance but for its first words."""
    yield from counts(told)
    yield likeness(told, encoder)


def counts(told: Sequence[Utterance]) -> Iterator[str]:
    """What can be counted without looking at what the messages mean."""
    yield f"{len(told)} utterances: {_counts(each.hand for each in told)}"
    yield f"intents: {_counts(each.intent for each in told)}"
    yield f"with further intents: {sum(bool(each.other_intents) for each in told)}"
    yield f"rights: {_counts(right for each in told for right in each.rights)}"
    yield f"with several rights: {sum(len(each.rights) > 1 for each in told)}"
    yield f"severities: {_counts(each.severity for each in told if each.severity)}"
    yield f"subjects of rights: {_counts(each.subject for each in told if each.rights)}"
    yield f"kinds: {_counts(each.kind for each in told)}"
    yield f"registers: {_counts(each.register for each in told)}"
    plain = [" ".join(each.text.casefold().split()) for each in told]
    yield f"duplicates: {len(plain) - len(set(plain))}"
    beginnings = Counter(" ".join(text.split()[:_BEGINNING]) for text in plain)
    shares = (f"{words!r} {found / len(told):.2%}" for words, found in beginnings.most_common(_SHOWN))
    yield f"commonest first three words: {', '.join(shares)}"


def likeness(told: Sequence[Utterance], encoder: Encoder) -> str:
    """How many pairs say the same in nearly the same words."""
    vectors = encoder.encode([each.text for each in told])
    near = int(np.sum(np.triu(vectors @ vectors.T, 1) > NEAR))
    return f"pairs with cosine over {NEAR}: {near} of {len(told) * (len(told) - 1) // 2}"


def _counts(names: Iterable[str]) -> str:
    return ", ".join(f"{name} {found}" for name, found in Counter(map(str, names)).most_common())


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in checks(utterances(), OnnxEncoder(threads=2)))
