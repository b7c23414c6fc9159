import logging
from pathlib import Path

import pytest

from assistant.sealing.secret import derive_key, load_secret
from assistant.settings import BadSetting, Settings
from tests.assistant.db.opening import start_beside

LOAD = """
import sys
from pathlib import Path
from assistant.sealing.secret import load_secret
from assistant.settings import Settings
sys.stdin.readline()
print(load_secret(Settings(data_dir=Path(sys.argv[1]))).decode())
"""


def test_a_secret_is_generated_once_for_its_owner_only_with_one_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        first, second = (load_secret(Settings(data_dir=tmp_path)) for _ in range(2))
    assert first == second
    assert len(first) >= 43
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]
    (warning,) = [record.getMessage() for record in caplog.records]
    assert "secret.key" in warning
    assert first.decode() not in warning


def test_processes_that_start_at_once_share_one_secret(tmp_path: Path) -> None:
    processes = [start_beside(LOAD, str(tmp_path)) for _ in range(4)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    assert len({process.communicate(timeout=60)[0] for process in processes}) == 1


def test_a_secret_that_is_set_is_used_and_none_is_generated(tmp_path: Path) -> None:
    assert load_secret(Settings(data_dir=tmp_path, secret_key="k" * 20)) == b"k" * 20
    file = tmp_path / "given"
    file.write_text("f" * 20 + "\n", encoding="utf-8")
    file.chmod(0o600)
    assert load_secret(Settings(data_dir=tmp_path, secret_key_file=file)) == b"f" * 20
    assert not (tmp_path / "secret.key").exists()


def test_a_published_assistant_gets_no_generated_secret(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="PRIVACY_ASSISTANT_SECRET_KEY must be set"):
        load_secret(Settings(data_dir=tmp_path, public_url="https://privacy.example.com"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [None, "", "too short"])
def test_a_secret_file_that_cannot_serve_is_one_line(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "given"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(BadSetting, match=r"^PRIVACY_ASSISTANT_SECRET_KEY_FILE is .*given.*\.$"):
        load_secret(Settings(data_dir=tmp_path, secret_key_file=file))


def test_a_secret_file_that_others_may_read_is_a_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "given"
    file.write_text("f" * 20, encoding="utf-8")
    file.chmod(0o644)
    with caplog.at_level(logging.WARNING):
        load_secret(Settings(data_dir=tmp_path, secret_key_file=file))
    assert "chmod 600" in caplog.text


def test_a_key_is_fixed_by_its_secret_and_its_purpose() -> None:
    keys = {derive_key(secret, purpose) for secret in (b"a" * 32, b"b" * 32) for purpose in ("one", "two")}
    assert len(keys) == 4
    assert {len(key) for key in keys} == {32}
    assert derive_key(b"a" * 32, "one") in keys
