import numpy as np
import pytest

from assistant.bootstrap import Assistant
from knowledge.bank_review import normalised, random_lines, review
from knowledge.questions import BankLine, Kind

VECTORS = np.eye(8, dtype=np.float32)


def line(number: int, question: str, *clauses: str, kind: Kind = Kind.ANSWERABLE, bound: str = "") -> BankLine:
    return BankLine(number, question, kind, clauses, (bound,) if bound else (), "plain")


def test_findings_name_the_lines(clinic: Assistant) -> None:
    version = clinic.policies.find("1")
    lines = (
        line(1, "Who reads it?", "1.1.1"),
        line(2, "who reads IT", "1.1.1"),
        line(3, "who reads what", "9.9.9"),
        line(4, "how long is it kept?", "3.1.1", bound="0" * 12),
        line(5, "hello", kind=Kind.SMALL_TALK),
    )
    clauses = np.zeros((len(version.clauses), 8), dtype=np.float32)
    clauses[3] = VECTORS[0]
    questions = np.stack([VECTORS[0], VECTORS[0], VECTORS[1], VECTORS[2], VECTORS[3]])
    found = review(lines, version, question_vectors=questions, clause_vectors=clauses)
    assert found.kinds == {"answerable": 4, "small_talk": 1}
    assert [(a.number, b.number) for a, b in found.duplicates] == [(1, 2)]
    assert [unknown.number for unknown in found.unknown] == [3]
    assert [(stale.line.number, stale.clause) for stale in found.stale] == [(4, "3.1.1")]
    assert found.few["1.1.1"] == 2
    assert [(astray.line.number, astray.nearer_to) for astray in found.astray] == [
        (1, version.clauses[3].id),
        (2, version.clauses[3].id),
    ]
    assert found.near_twin_share == pytest.approx(1 / 10)
    assert found.openings[0] == ("who reads it", 2 / 5)


def test_a_bank_of_one_line_has_no_twins(clinic: Assistant) -> None:
    version = clinic.policies.find("1")
    clauses = np.zeros((len(version.clauses), 8), dtype=np.float32)
    one = (line(1, "Who?", "1.1.1"),)
    assert review(one, version, question_vectors=VECTORS[:1], clause_vectors=clauses).near_twin_share == 0


@pytest.mark.parametrize(
    ("question", "words"), [("Who, me?", "who me"), ("STRASSE", "strasse"), ("?!", "?!"), ("Straße", "strasse")]
)
def test_case_and_punctuation_make_no_difference(question: str, words: str) -> None:
    assert normalised(question) == words


def test_a_seed_draws_the_same_lines_in_their_order() -> None:
    lines = [line(number, str(number)) for number in range(50)]
    drawn = random_lines(lines, 10, seed=4)
    assert drawn == random_lines(lines, 10, seed=4)
    assert [each.number for each in drawn] == sorted({each.number for each in drawn})
    assert len(random_lines(lines[:3], 10, seed=4)) == 3
