"""The bank against a version that moved, repeated or lost a sentence."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.bank_review import review
from knowledge.clause import Clause, PolicyVersion, Section
from knowledge.questions import BadBank, BankLine, Kind, bind, load_bank, save_bank


def version_of(*texts: str) -> PolicyVersion:
    clauses = tuple(Clause(1, 1, at, "Keeping", text, 0, len(text)) for at, text in enumerate(texts, 1))
    return PolicyVersion("1", "0" * 64, "Policy", None, None, (Section(1, "Keeping", (clauses,)),))


def line_on(version: PolicyVersion, clause: str) -> BankLine:
    return bind([BankLine(1, "how long?", Kind.ANSWERABLE, (clause,))], version).lines[0]


def test_a_line_takes_the_id_that_its_sentence_moved_to() -> None:
    line = line_on(version_of("Seven years."), "1.1.1")
    assert bind([line], version_of("A new sentence.", "Seven years.")).lines[0].clauses == ("1.1.2",)


def test_a_line_on_the_second_of_two_equal_sentences_stays_there() -> None:
    repeated = version_of("Ask us.", "Seven years.", "Ask us.")
    assert line_on(repeated, "1.1.3").clauses == ("1.1.3",)


def test_a_line_whose_sentence_is_gone_keeps_the_id_it_had() -> None:
    line = line_on(version_of("Seven years."), "1.1.1")
    binding = bind([line], version_of("Eight years."))
    assert binding.lines[0].clauses == ("1.1.1",)
    assert [stale.clause for stale in binding.stale] == ["1.1.1"]


def test_a_review_counts_and_compares_a_line_with_the_clause_that_its_sentence_is_now() -> None:
    line = line_on(version_of("Seven years."), "1.1.1")
    moved = version_of("A new sentence.", "Seven years.")
    found = review(
        [line], moved, question_vectors=np.eye(2, dtype=np.float32)[1:], clause_vectors=np.eye(2, dtype=np.float32)
    )
    assert found.few == {"1.1.1": 0, "1.1.2": 1}
    assert found.astray == ()


@pytest.mark.parametrize("separator", ["\u2028", "\x85", "\x1e"])
def test_a_question_keeps_a_separator_that_json_leaves_as_it_is(tmp_path: Path, separator: str) -> None:
    line = BankLine(1, f"how{separator}long?", Kind.SMALL_TALK, ())
    save_bank(tmp_path / "questions.jsonl", [line])
    assert load_bank(tmp_path / "questions.jsonl") == (line,)


def test_a_line_with_both_kinds_of_clauses_is_refused_as_saving_it_would_lose_some(tmp_path: Path) -> None:
    bank = tmp_path / "questions.jsonl"
    bank.write_text('{"q": "a", "kind": "answerable", "gold": ["1.1.1"], "near": ["1.1.2"]}\n', encoding="utf-8")
    with pytest.raises(BadBank, match="not in both"):
        load_bank(bank)
