from dataclasses import replace
from pathlib import Path

import pytest

from assistant.bank.drafting import PATIENCE, DraftingDesk
from assistant.llm.chat_model import ModelFailed
from assistant.llm.scripted import Asked, ScriptedModel
from knowledge.drafting.draft import accept, drop, load_draft, save_draft
from knowledge.drafting.known import known_policies
from knowledge.encoder.onnx import OnnxEncoder
from knowledge.questions import load_bank
from knowledge.versions.library import PolicyLibrary
from tests.remembering import RememberingEncoder


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    return RememberingEncoder()


@pytest.fixture
def desk(clinic_folder: Path, encoder: OnnxEncoder, two_known: Path) -> DraftingDesk:
    """The clinic without a bank, and two policies to carry over from."""
    (clinic_folder / "questions.jsonl").unlink()
    version = PolicyLibrary(clinic_folder).versions()[-1]
    known = known_policies(version, training=two_known, shipped=two_known)
    return DraftingDesk(clinic_folder, version, known, encoder, ["Harbourlight"])


def test_nothing_is_proposed_twice_and_nothing_is_live(desk: DraftingDesk) -> None:
    drafted = desk.draft(per_clause=2)
    assert len(drafted.added) > 5
    assert load_draft(desk.folder) == drafted.added
    assert load_bank(desk.folder / "questions.jsonl") == ()
    again = desk.draft(per_clause=2)
    assert again.added == ()
    assert again.bare == drafted.bare
    covered = {clause for line in drafted.added for clause in line.clauses}
    assert {clause.id for clause in drafted.bare} == {clause.id for clause in desk.version.clauses} - covered


def test_what_was_accepted_or_dropped_is_not_proposed_again(desk: DraftingDesk) -> None:
    first = desk.draft(per_clause=2).added
    accept(desk.folder, desk.version, [first[0].id], reworded={first[0].id: "What do you write down about me?"})
    drop(desk.folder, [first[1].id])
    later = desk.draft(per_clause=2).added
    assert not {line.question for line in first} & {line.question for line in later}
    assert not {line.id for line in first} & {line.id for line in later}
    # The place of a dropped line is free for the next one; an accepted line has its place in the bank.
    assert [line.clauses for line in later] == [first[1].clauses]


def test_a_clause_with_enough_questions_gets_none(desk: DraftingDesk) -> None:
    first = desk.draft(per_clause=1).added
    accept(desk.folder, desk.version, [line.id for line in first], reworded={})
    save_draft(desk.folder, [])
    assert desk.draft(per_clause=1).added == ()
    assert {line.clauses for line in desk.draft(per_clause=2).added} <= {line.clauses for line in first}


def about(asked: Asked) -> str:
    """What a fair model writes for a clause, and what a poor one does."""
    if "telephone line" in asked.user:
        return "are my phone calls recorded?\nAre 30 minutes of a telephone call to Quill recorded?\n"
    return "Which colour is the moon?"


def test_a_model_is_asked_besides_and_what_belongs_elsewhere_is_left_out(desk: DraftingDesk) -> None:
    model = ScriptedModel([about])
    added = replace(desk, known=[], model=model).draft(per_clause=2).added
    mine = [line for line in added if line.clauses == ("3.1.3",)]
    assert [(line.source, line.likeness) for line in mine] == [("model", None)] * 2
    assert mine[1].foreign == ("30", "Quill")
    assert len(model.asked) == len(desk.version.clauses)
    assert len([line for line in added if "moon" in line.question]) <= 1


def test_a_model_that_fails_is_not_asked_for_ever(desk: DraftingDesk) -> None:
    model = ScriptedModel([ModelFailed("slow")])
    drafted = replace(desk, model=model).draft(per_clause=1)
    assert (drafted.model_failures, len(model.asked)) == (PATIENCE, PATIENCE)
    assert drafted.added
