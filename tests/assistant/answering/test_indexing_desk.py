import shutil
from pathlib import Path

import pytest

from assistant.bootstrap import Assistant, build_assistant
from assistant.errors import Unavailable
from knowledge.questions import BadBank
from tests.databases import settings_for


def test_a_second_run_builds_nothing_and_is_current(clinic: Assistant) -> None:
    done, stale = clinic.indexing.run()
    assert (done.built, stale) == (False, ())
    assert clinic.indexing.is_current()


def test_a_changed_bank_is_not_current_until_the_next_run(clinic: Assistant) -> None:
    with (clinic.indexing.folder / "questions.jsonl").open("a", encoding="utf-8") as bank:
        bank.write('{"q": "is it all thrown away?", "kind": "answerable", "gold": ["3.1.1"]}\n')
    assert not clinic.indexing.is_current()
    assert clinic.indexing.run()[0].questions == 40
    assert clinic.indexing.is_current()


def test_lines_for_a_sentence_that_is_gone_are_listed(clinic: Assistant) -> None:
    with (clinic.indexing.folder / "questions.jsonl").open("a", encoding="utf-8") as bank:
        bank.write('{"q": "old?", "kind": "answerable", "gold": ["3.1.1"], "bound": ["000000000000"]}\n')
    _, stale = clinic.indexing.run()
    assert [(found.line.number, found.clause) for found in stale] == [(40, "3.1.1")]


def test_making_sure_builds_what_is_missing_and_touches_what_is_there(clinic: Assistant) -> None:
    index = clinic.settings.data_dir / "index"
    clinic.indexing.ensure()
    before = sorted(index.rglob("*"))
    clinic.indexing.ensure()
    assert sorted(index.rglob("*")) == before
    other = build_assistant(settings_for(clinic.settings.data_dir.parent / "new", policy=clinic.settings.policy))
    other.indexing.ensure()
    assert other.indexing.room.reader().generation == clinic.indexing.room.reader().generation
    other.close()


def test_a_broken_bank_is_named_and_the_index_goes_on_answering(clinic: Assistant) -> None:
    (clinic.indexing.folder / "questions.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(BadBank, match="cannot be read as UTF-8"):
        clinic.indexing.run()
    assert clinic.front_desk.ask("are phone calls recorded?")["outcome"] == "answered"


def test_no_version_is_one_line(clinic: Assistant) -> None:
    shutil.rmtree(Path(clinic.indexing.folder) / "versions")
    with pytest.raises(Unavailable, match="No policy version is published in 'harbourlight'"):
        clinic.indexing.run()


def test_a_missing_bank_is_an_empty_one(clinic: Assistant) -> None:
    (clinic.indexing.folder / "questions.jsonl").unlink()
    done, _ = clinic.indexing.run()
    assert (done.clauses, done.questions) == (17, 0)
    assert clinic.front_desk.ask("Are recordings of the telephone line made?")["outcome"] == "answered"
