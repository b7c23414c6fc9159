import json
from pathlib import Path

import pytest

from assistant.answering.grounding.check import check
from assistant.answering.grounding.verdict import Grounded, Refused

LIES = [json.loads(line) for line in (Path(__file__).parent / "selections.jsonl").read_text("utf-8").splitlines()]
NAMES = ("Codemites", "CodeMites")
SHARED = "We may disclose records when legally required by Danish courts, tax offices, or regulators."
ASKED = "You may request deletion of your personal information, subject to legal duties for open contracts."


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: str(lie["said"]))
def test_words_of_a_clause_put_together_otherwise_are_refused(lie: dict[str, dict[str, str]]) -> None:
    name = next(iter(lie["clauses"]))
    said = str(lie["said"]).rstrip(".")
    assert isinstance(check(f"{said} [{name}].", lie["clauses"], names=NAMES), Refused)


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        (SHARED, "We may disclose records when Danish courts legally require it"),
        (
            ASKED,
            "You may request that your personal information be deleted, subject to legal duties for open contracts",
        ),
    ],
)
def test_a_selection_in_another_structure_passes(clause: str, said: str) -> None:
    assert isinstance(check(f"{said} [1].", {"1": clause}, names=NAMES), Grounded)


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        (SHARED, "We may disclose Danish courts when records legally require it"),
        (SHARED, "Danish courts may disclose records when legally required"),
        (SHARED, "We may disclose records and regulators when legally required by Danish courts"),
        (ASKED, "You may request that your personal information be deleted"),
        (ASKED, "We may request that your personal information be deleted, subject to legal duties for open contracts"),
    ],
)
def test_a_selection_that_turns_a_role_or_leaves_a_condition_is_refused(clause: str, said: str) -> None:
    assert isinstance(check(f"{said} [1].", {"1": clause}, names=NAMES), Refused)
