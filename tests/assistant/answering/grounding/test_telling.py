import json
from pathlib import Path

import pytest

from assistant.answering.grounding.check import check
from assistant.answering.grounding.verdict import Grounded, Refused

ABUSES = [json.loads(line) for line in (Path(__file__).parent / "abuses.jsonl").read_text("utf-8").splitlines()]
NAMES = ("Codemites", "CodeMites")
PROTECTED = "We are committed to protecting your privacy and ensuring the security of your personal information."
KEPT = "Marketing data and communication records are retained for three years unless you request earlier deletion."
LETS = "Technical data allows us to monitor system performance and identify security threats."
INCLUDED = "We work with providers like Alpha and Beta, gateways including Gamma, and various APIs for our apps."
FOUND = "If we discover that we have collected data from a child, we will delete such data and notify parents."


@pytest.mark.parametrize("abuse", ABUSES, ids=lambda abuse: f"{abuse['kind']}: {abuse['said']}")
def test_no_way_of_telling_lets_a_lie_pass(abuse: dict[str, dict[str, str]]) -> None:
    name = next(iter(abuse["clauses"]))
    assert isinstance(check(f"{abuse['said']} [{name}].", abuse["clauses"], names=NAMES), Refused)


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        (PROTECTED, "Yes, CodeMites is committed to protecting your privacy"),
        (
            PROTECTED,
            "CodeMites has a commitment to protect your privacy and ensure the security of your personal information",
        ),
        (KEPT, "Yes, we keep communication records for three years unless you ask for earlier deletion"),
        (KEPT, "Unless you request earlier deletion, the retention period for marketing data is three years"),
        (LETS, "With technical data we are able to identify security threats"),
        (LETS, "With technical data, we can monitor system performance"),
        (INCLUDED, "Alpha is one of the providers we work with"),
        (INCLUDED, "For our apps, we work with gateways such as Gamma"),
        (FOUND, "If we find that we have collected data from a child, we will notify parents"),
    ],
)
def test_a_clause_told_in_another_way_passes(clause: str, said: str) -> None:
    assert isinstance(check(f"{said} [1].", {"1": clause}, names=NAMES), Grounded)
