import json
from pathlib import Path

import pytest

from knowledge.drafting import known
from knowledge.drafting.draft import State, load_draft
from knowledge.questions import load_bank
from tests.integrations.commands.conftest import Terminal


@pytest.fixture
def drafted(terminal: Terminal) -> Terminal:
    """A draft of three lines, one of them with a foreign word, beside an empty bank."""
    (terminal.folder / "questions.jsonl").unlink()
    lines = [
        {"id": "0000000a", "q": "who opens my file", "gold": ["2.1.1"], "source": "lotuscare 5.1.1", "foreign": []},
        {"id": "0000000b", "q": "kept 7 years?", "gold": ["3.1.1"], "source": "fernway 8.1.1", "foreign": ["7"]},
        {"id": "0000000c", "q": "tape \x1b[2J me?", "gold": ["3.1.3"], "source": "model", "foreign": []},
    ]
    rows = "".join(json.dumps(line | {"state": "proposed"}) + "\n" for line in lines)
    (terminal.folder / "questions.draft.jsonl").write_text(rows, encoding="utf-8")
    return terminal


def bank(terminal: Terminal) -> list[str]:
    return [line.question for line in load_bank(terminal.folder / "questions.jsonl")]


def states(terminal: Terminal) -> list[State]:
    return [line.state for line in load_draft(terminal.folder)]


def test_a_draft_is_proposed_once_and_taken_over(
    terminal: Terminal, two_known: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known.known_policies, "__kwdefaults__", {"training": two_known, "shipped": two_known})
    (terminal.folder / "questions.jsonl").unlink()
    said = terminal("bank", "draft", "--per-clause", "1")
    count = len(load_draft(terminal.folder))
    assert said.out.startswith(f"{count} questions proposed for {count} clauses, from 2 known policies.")
    assert count >= 6
    assert "are like no known one and have no question: " in said.out
    assert bank(terminal) == []
    assert terminal("bank", "draft", "--per-clause", "1").out.startswith("0 questions proposed for 0 clauses")
    terminal("bank", "accept", "--yes", "--foreign")
    assert f"{count} lines" in terminal("bank", "check").out


def test_without_known_policies_and_a_model_one_line_says_so(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known.known_policies, "__kwdefaults__", {"training": tmp_path / "a", "shipped": tmp_path / "b"})
    assert "no policy to carry questions over from" in terminal("bank", "draft").refusal


def test_what_waits_is_listed_as_text(drafted: Terminal) -> None:
    lines = drafted("bank", "accept", "--list").out.splitlines()
    assert lines[1] == "0000000b  3.1.1  kept 7 years?  [fernway 8.1.1]  foreign: 7"
    assert "tape \N{REPLACEMENT CHARACTER}[2J me?" in lines[2]


def test_yes_leaves_what_looks_foreign_to_a_person(drafted: Terminal) -> None:
    said = drafted("bank", "accept", "--yes")
    assert "2 lines added to the bank." in said.out
    assert "1 have something foreign in them" in said.out
    assert bank(drafted) == ["who opens my file", "tape \x1b[2J me?"]
    drafted("bank", "accept", "--yes", "--foreign")
    assert len(bank(drafted)) == 3
    assert drafted("bank", "accept", "--yes").out.startswith("Nothing waits in questions.draft.jsonl")


def test_lines_are_accepted_and_dropped_by_their_ids(drafted: Terminal) -> None:
    assert drafted("bank", "accept", "--drop", "0000000b").out == "1 dropped.\n"
    drafted("bank", "accept", "0000000a")
    assert bank(drafted) == ["who opens my file"]
    assert states(drafted) == [State.ACCEPTED, State.DROPPED, State.PROPOSED]
    assert "No line '0000000a' waits" in drafted("bank", "accept", "0000000a").refusal


def test_a_person_goes_through_them_one_by_one(drafted: Terminal) -> None:
    said = drafted("bank", "accept", typed="a\nc\nIs it kept for ten years?\nd\n")
    assert "foreign: 7" in said.out
    assert "3.1.1  Treatment records are kept for ten years" in said.out
    assert bank(drafted) == ["who opens my file", "Is it kept for ten years?"]
    assert states(drafted) == [State.ACCEPTED, State.ACCEPTED, State.DROPPED]
    assert "\x1b" not in said.out


def test_whoever_stops_in_the_middle_keeps_what_was_decided(drafted: Terminal) -> None:
    said = drafted("bank", "accept", typed="a\n")
    assert (said.status, bank(drafted)) == (0, ["who opens my file"])
    assert "1 lines added" in said.out
    drafted("bank", "accept", typed="\nq\n")
    assert states(drafted) == [State.ACCEPTED, State.PROPOSED, State.PROPOSED]


@pytest.mark.parametrize("arguments", ["0000000a --yes", "--drop", "--foreign", "--yes --list", "0000000a --list"])
def test_what_does_not_go_together_is_refused(drafted: Terminal, arguments: str) -> None:
    said = drafted("bank", "accept", *arguments.split())
    assert said.status == 2
    assert bank(drafted) == []
