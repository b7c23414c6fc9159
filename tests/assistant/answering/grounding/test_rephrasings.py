"""Lies and true rephrasings of three policies by one hand, written before the checker's verdicts on them were known.

Unlike the blind sets they may be read and tuned on. The floor of the truths is what passes now.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.answering.grounding.check import check
from assistant.answering.grounding.verdict import Grounded

LINES = [json.loads(line) for line in (Path(__file__).parent / "rephrasings.jsonl").read_text("utf-8").splitlines()]
LIES = [line for line in LINES if line["kind"] != "true"]
TRUE = [line for line in LINES if line["kind"] == "true"]
TRUTHS_THAT_PASS = 0.59


def passes(line: dict[str, Any]) -> bool:
    return isinstance(check(line["rephrased"], line["clauses"], names=line["names"]), Grounded)


@pytest.mark.parametrize("kind", sorted({line["kind"] for line in LIES}))
def test_no_lie_passes(kind: str) -> None:
    assert [line["rephrased"] for line in LIES if line["kind"] == kind and passes(line)] == []


def test_more_than_half_of_the_true_rephrasings_passes() -> None:
    assert len(LIES) >= 400
    assert sum(map(passes, TRUE)) / len(TRUE) >= TRUTHS_THAT_PASS
