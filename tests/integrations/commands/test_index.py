import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integrations.commands.conftest import Terminal

QUESTION = "are phone calls recorded?"
REBUILT = "There is no index that can be read: building it from the policy and the question bank."


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def generation(terminal: Terminal) -> Path:
    (found,) = (terminal.data / "index").glob("g-*")
    return found


def kept(terminal: Terminal) -> Path:
    return next((terminal.data / "index" / "readers").iterdir())


def first_clause(terminal: Terminal, question: str) -> str:
    return str(json.loads(terminal("ask", question, "--json").out)["citations"][0]["clause"])


def test_a_second_run_touches_nothing(terminal: Terminal) -> None:
    first = terminal("index").out
    before = files(terminal.data / "index")
    second = terminal("index").out
    assert first.split()[:2] == second.split()[:2]
    assert ("built" in first, "already up to date" in second) == (True, True)
    assert files(terminal.data / "index") == before


def test_asking_touches_no_file_of_the_index(terminal: Terminal) -> None:
    terminal("index")
    before = files(terminal.data / "index")
    terminal("ask", QUESTION)
    assert files(terminal.data / "index") == before


def test_a_line_more_in_the_bank_counts_after_the_next_run(terminal: Terminal) -> None:
    terminal("index")
    question = "xqzv wkpl brrt?"
    assert "3.1.2" not in {
        cited["clause"] for cited in json.loads(terminal("ask", question, "--json").out)["citations"]
    }
    with (terminal.folder / "questions.jsonl").open("a", encoding="utf-8") as bank:
        bank.write(json.dumps({"q": question, "kind": "answerable", "gold": ["3.1.2"]}) + "\n")
    assert "40 questions" in terminal("index").out
    assert first_clause(terminal, question) == "3.1.2"


def empty_it(path: Path) -> None:
    path.write_bytes(b"")


def halve_it(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scribble(path: Path) -> None:
    path.write_bytes(b"scribble" * 1_000)


def leave_another_archive(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("votes.npy", b"no array")


def take_it_away(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("damage", [empty_it, halve_it, scribble, leave_another_archive, take_it_away])
def test_a_damaged_reader_is_made_again(terminal: Terminal, damage: Callable[[Path], None]) -> None:
    terminal("index")
    whole = kept(terminal).read_bytes()
    damage(kept(terminal))
    assert first_clause(terminal, QUESTION) == "3.1.3"
    assert len(kept(terminal).read_bytes()) == len(whole)


@pytest.mark.parametrize("damage", [empty_it, halve_it, scribble, take_it_away])
def test_a_damaged_generation_is_built_again(
    terminal: Terminal, damage: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    terminal("index")
    damage(generation(terminal) / "chroma.sqlite3")
    assert " built: " in terminal("index").out
    damage(generation(terminal) / "chroma.sqlite3")
    kept(terminal).unlink()
    assert first_clause(terminal, QUESTION) == "3.1.3"
    assert [record.getMessage() for record in caplog.records if record.getMessage() == REBUILT] == [REBUILT]


def test_a_deleted_index_is_built_again(terminal: Terminal) -> None:
    terminal("index")
    shutil.rmtree(terminal.data / "index")
    assert first_clause(terminal, QUESTION) == "3.1.3"
    shutil.rmtree(terminal.data / "index")
    assert " built: " in terminal("index").out


def test_a_lost_generation_goes_on_answering_and_is_built_at_the_next_run(terminal: Terminal) -> None:
    terminal("index")
    shutil.rmtree(generation(terminal))
    assert first_clause(terminal, QUESTION) == "3.1.3"
    assert " built: " in terminal("index").out


def test_two_that_build_at_once_make_one_whole_index(terminal: Terminal) -> None:
    racers = [terminal.start("index"), terminal.start("ask", QUESTION)]
    for racer in racers:
        out, err = racer.communicate(timeout=120)
        assert racer.returncode == 0, out + err
    assert "already up to date: 17 clauses, 39 questions" in terminal("index").out
    assert first_clause(terminal, QUESTION) == "3.1.3"


def test_a_broken_bank_is_named_with_its_line(terminal: Terminal) -> None:
    with (terminal.folder / "questions.jsonl").open("a", encoding="utf-8") as bank:
        bank.write('{"q": "half a li')
    refusal = terminal("index").refusal
    assert refusal.startswith("questions.jsonl, line 40: the line: Invalid JSON")


def test_a_disk_that_takes_no_index_is_one_line(terminal: Terminal) -> None:
    terminal.data.mkdir()
    (terminal.data / "index").write_text("in the way")
    refusal = terminal("index").refusal
    assert "index" in refusal


def test_an_env_file_for_other_programs_changes_nothing(terminal: Terminal) -> None:
    (terminal.here / ".env").write_text("FOO=bar\nIS_PERSISTENT=false\nANONYMIZED_TELEMETRY=true\n", encoding="utf-8")
    assert " built: 17 clauses, 39 questions" in terminal("index").out
    assert "already up to date" in terminal("index").out
