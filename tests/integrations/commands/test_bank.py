import json

from knowledge.questions import load_bank
from tests.integrations.commands.conftest import Terminal


def test_the_review_counts_and_names_lines(terminal: Terminal) -> None:
    said = terminal("bank", "check")
    assert said.status == 0
    assert said.out.startswith("39 lines: 26 answerable, 6 not_stated, 3 small_talk, 4 off_topic")
    assert "duplicates: 0" in said.out
    assert "clauses with fewer than 25 questions: 17" in said.out
    assert len(said.out.split("ten lines at random:\n")[1].splitlines()) == 10


def test_another_seed_shows_other_lines_and_the_same_seed_the_same(terminal: Terminal) -> None:
    first, again, other = (terminal("bank", "check", "--seed", seed).out for seed in ("1", "1", "2"))
    assert first == again != other


def test_a_question_that_steers_the_screen_is_shown_as_text(terminal: Terminal) -> None:
    path = terminal.folder / "questions.jsonl"
    line = {"q": "who \x1b[2J\x9b31m[red]reads", "kind": "answerable", "gold": ["9.9.9"]}
    with path.open("a", encoding="utf-8") as bank:
        bank.write(json.dumps(line) + "\n")
    said = terminal("bank", "check", "--all")
    assert "40: who \N{REPLACEMENT CHARACTER}[2J\N{REPLACEMENT CHARACTER}31m[red]reads" in said.out
    assert not set(said.out) & set("\x1b\x9b")


def test_vectors_are_kept_for_every_question(terminal: Terminal) -> None:
    assert "Kept the vectors of 39 questions" in terminal("bank", "encode").out
    assert (terminal.folder / "vectors.npz").exists()
    assert "built" in terminal("index").out


def test_a_missing_bank_is_one_line(terminal: Terminal) -> None:
    (terminal.folder / "questions.jsonl").unlink()
    assert (
        terminal("bank", "check").refusal == "Error: There is no question bank in 'harbourlight': add questions.jsonl."
    )
    assert load_bank(terminal.folder / "questions.jsonl") == ()
