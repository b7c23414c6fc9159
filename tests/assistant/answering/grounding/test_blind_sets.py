"""Lies and true rephrasings by people who had not read the checker, nor it them.

The lies decide: none may pass. The truths keep it honest: refusing everything would be visible here. Those who wrote
`truths_told` were given what a language model is given, the system text and the masked question with its clauses, and
nothing else: at least 60 % of these must pass. The other two hands knew no instruction; their floor is what passes now.
"""

import json
from pathlib import Path

import pytest

from assistant.answering.grounding.check import check
from assistant.answering.grounding.verdict import Grounded
from knowledge.parser.policy import parse
from knowledge.policies import __path__ as policies

DATA = Path(__file__).parent / "data"
NAMES = ("CodeMites", "Codemites")
TOLD_TRUTHS_THAT_PASS = 0.60
TRUTHS_THAT_PASS = 0.55
# A freer hand: hardly a sentence keeps the clause's words, which is more than the allowance for new ones.
FREE_TRUTHS_THAT_PASS = 0.03


@pytest.fixture(scope="module")
def clauses() -> dict[str, str]:
    published = Path(next(iter(policies))) / "codemites" / "versions" / "1" / "published.txt"
    return {clause.id: clause.text for clause in parse(published.read_bytes(), name=published.name).clauses}


def passing(name: str, clauses: dict[str, str]) -> tuple[list[str], int]:
    lines = [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
    passed = [
        line["id"]
        for line in lines
        if isinstance(
            check(line["rephrased"], {clause: clauses[clause] for clause in line["clauses"]}, names=NAMES), Grounded
        )
    ]
    return passed, len(lines)


def test_none_of_five_hundred_and_forty_lies_passes(clauses: dict[str, str]) -> None:
    passed, total = passing("lies.jsonl", clauses)
    assert (passed, total) == ([], 540)


def test_most_true_rephrasings_that_follow_the_instruction_pass(clauses: dict[str, str]) -> None:
    passed, total = passing("truths_told.jsonl", clauses)
    assert total == 200
    assert len(passed) / total >= TOLD_TRUTHS_THAT_PASS


def test_true_rephrasings_are_not_all_refused(clauses: dict[str, str]) -> None:
    passed, total = passing("truths.jsonl", clauses)
    assert len(passed) / total >= TRUTHS_THAT_PASS


def test_none_of_the_lies_in_freer_words_passes(clauses: dict[str, str]) -> None:
    passed, total = passing("lies_free.jsonl", clauses)
    assert (passed, total) == ([], 150)


def test_some_truths_in_freer_words_pass(clauses: dict[str, str]) -> None:
    passed, total = passing("truths_free.jsonl", clauses)
    assert len(passed) / total >= FREE_TRUTHS_THAT_PASS
