from pathlib import Path

import pytest

from assistant.db.folder import assert_writable, prepare_folder
from assistant.errors import Unavailable
from assistant.settings import BadSetting


def test_a_folder_is_created_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "var"
    prepare_folder(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert list(folder.iterdir()) == []


def test_a_folder_that_stands_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("x", encoding="utf-8")
    tmp_path.chmod(0o755)
    prepare_folder(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o755
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


@pytest.mark.parametrize("below", ["", "var"])
def test_a_file_in_the_way_is_one_line_with_the_folder_and_the_variable(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    folder = tmp_path / "file" / below
    with pytest.raises(BadSetting) as refused:
        prepare_folder(folder)
    line = str(refused.value)
    assert line.startswith(f"PRIVACY_ASSISTANT_DATA_DIR is {str(folder)!r}, which cannot be written to: ")
    assert "\n" not in line


def test_a_folder_that_takes_no_file_is_refused() -> None:
    with pytest.raises(BadSetting, match="PRIVACY_ASSISTANT_DATA_DIR is '/proc/self'"):
        prepare_folder(Path("/proc/self"))


def test_a_folder_that_went_away_is_unavailable(tmp_path: Path) -> None:
    assert_writable(tmp_path)
    with pytest.raises(Unavailable, match="cannot be written to: no such file or directory"):
        assert_writable(tmp_path / "gone")
