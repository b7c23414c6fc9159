"""What one damaged part takes with it, and what it does not."""

import threading
from pathlib import Path

import pytest

from assistant.bootstrap import Assistant, build_assistant
from assistant.settings import BadSetting
from tests.databases import settings_for


def test_a_damaged_table_of_periods_costs_the_computed_date_and_not_the_answer(
    clinic: Assistant, clinic_folder: Path
) -> None:
    (clinic_folder / "periods.toml").write_text("period = 7\n", encoding="utf-8")
    reply = clinic.front_desk.ask("I was last there in March 2020, how many years do you keep my treatment file?")
    assert reply["outcome"] == "answered"
    assert {part["kind"] for part in reply["parts"]} == {"quote"}


def test_an_assistant_that_cannot_be_wired_leaves_no_writer_behind(clinic_folder: Path, tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "var", policy=str(clinic_folder), secret_key_file=tmp_path / "nowhere")
    before = set(threading.enumerate())
    with pytest.raises(BadSetting, match="SECRET_KEY_FILE"):
        build_assistant(settings)
    assert set(threading.enumerate()) <= before
