import json
from pathlib import Path

import pytest

from knowledge.clause import PolicyVersion
from knowledge.drafting.carrying import Proposal
from knowledge.drafting.draft import (
    DRAFT_NAME,
    BadDraft,
    DraftLine,
    State,
    accept,
    drop,
    load_draft,
    named,
    save_draft,
    waiting,
)
from knowledge.questions import BadBank, Kind, load_bank


@pytest.fixture
def lines(shop: PolicyVersion, tmp_path: Path) -> tuple[DraftLine, ...]:
    """Three proposals, written to the folder."""
    asked = ("are calls recorded?", "Do you tape me, like Stonebridge?", "cookies?")
    proposals = [
        Proposal(asked[0], shop.by_id["1.1.1"], "plain", "fernway 1.2.1", 0.8, ()),
        Proposal(asked[1], shop.by_id["1.1.1"], "formal", "stonebridge 2.1.5", 0.7, ("Stonebridge",)),
        Proposal(asked[2], shop.by_id["2.1.1"], "terse", "model", None, ()),
    ]
    drafted = tuple(map(DraftLine.of, proposals))
    save_draft(tmp_path, drafted)
    return drafted


def test_a_draft_reads_back_as_it_was_written(lines: tuple[DraftLine, ...], tmp_path: Path) -> None:
    assert load_draft(tmp_path) == lines == waiting(lines)
    assert load_draft(tmp_path / "elsewhere") == ()


def test_an_accepted_line_stands_in_the_bank_bound_to_its_sentence(
    lines: tuple[DraftLine, ...], shop: PolicyVersion, tmp_path: Path
) -> None:
    assert accept(tmp_path, shop, [lines[0].id, lines[2].id], reworded={lines[0].id: "is my call taped?"}) == 2
    first, second = load_bank(tmp_path / "questions.jsonl")
    assert (first.question, first.kind, first.clauses, first.hand) == (
        "is my call taped?",
        Kind.ANSWERABLE,
        ("1.1.1",),
        "draft fernway",
    )
    assert first.bound == (shop.by_id["1.1.1"].hash,)
    assert second.hand == "draft model"
    assert [line.state for line in load_draft(tmp_path)] == [State.ACCEPTED, State.PROPOSED, State.ACCEPTED]


def test_a_dropped_line_goes_nowhere_and_is_remembered(lines: tuple[DraftLine, ...], tmp_path: Path) -> None:
    assert drop(tmp_path, [lines[1].id]) == 1
    assert load_draft(tmp_path)[1].state is State.DROPPED
    assert load_bank(tmp_path / "questions.jsonl") == ()
    with pytest.raises(BadDraft, match="No line"):
        named(load_draft(tmp_path), [lines[1].id])


def test_what_the_bank_has_is_not_added_again(
    lines: tuple[DraftLine, ...], shop: PolicyVersion, tmp_path: Path
) -> None:
    bank = tmp_path / "questions.jsonl"
    stands = '{"q": "Are calls recorded", "kind": "not_stated"}'
    bank.write_text(stands, encoding="utf-8")
    assert accept(tmp_path, shop, [lines[0].id, lines[2].id], reworded={}) == 1
    assert bank.read_text(encoding="utf-8").splitlines()[0] == stands
    assert [line.question for line in load_bank(bank)] == ["Are calls recorded", "cookies?"]


def test_a_line_of_a_sentence_that_changed_is_refused_and_nothing_is_written(
    lines: tuple[DraftLine, ...], shop: PolicyVersion, tmp_path: Path
) -> None:
    document = lines[0].as_json() | {"bound": ["0" * 12]}
    (tmp_path / DRAFT_NAME).write_text(json.dumps(document) + "\n", encoding="utf-8")
    with pytest.raises(BadDraft, match="changed or vanished"):
        accept(tmp_path, shop, [lines[0].id], reworded={})
    assert not (tmp_path / "questions.jsonl").exists()


def test_a_wording_that_the_bank_could_not_be_read_with_is_refused(
    lines: tuple[DraftLine, ...], shop: PolicyVersion, tmp_path: Path
) -> None:
    with pytest.raises(BadBank, match="1 to 1000"):
        accept(tmp_path, shop, [lines[0].id], reworded={lines[0].id: "w" * 1001})
    assert load_draft(tmp_path) == lines


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"state": "maybe"}, "state"),
        ({"gold": []}, "gold"),
        ({"bound": ["a", "b"]}, "'bound' has one hash"),
        ({"more": 1}, "more"),
    ],
)
def test_a_line_that_was_spoilt_by_hand_is_named(
    change: dict[str, object], words: str, lines: tuple[DraftLine, ...], tmp_path: Path
) -> None:
    rows = [json.dumps(lines[0].as_json()), json.dumps(lines[1].as_json() | change)]
    (tmp_path / DRAFT_NAME).write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(BadDraft, match=f"line 2: .*{words}"):
        load_draft(tmp_path)
