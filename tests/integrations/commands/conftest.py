"""The `privacy-assistant` command on the invented organisation: in this process, or as the installed program."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner

from integrations.cli import main
from tests.databases import database_url

PROGRAM = Path(sys.executable).parent / "privacy-assistant"
POLICY, DATA_DIR, DATABASE_URL = (f"PRIVACY_ASSISTANT_{name}" for name in ("POLICY", "DATA_DIR", "DATABASE_URL"))


@dataclass(frozen=True)
class Said:
    status: int
    out: str
    err: str

    @property
    def refusal(self) -> str:
        """The one line of a refusal; fails where it is anything else."""
        (line,) = self.err.splitlines()
        assert self.status != 0
        assert "Traceback" not in line
        return line


@dataclass
class Terminal:
    """A person at the console, in a working folder of their own."""

    folder: Path
    data: Path
    here: Path
    monkeypatch: pytest.MonkeyPatch
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        url = database_url(self.data)
        stored = {DATABASE_URL: url} if url else {}
        return {POLICY: str(self.folder), DATA_DIR: str(self.data), **stored, **self.settings}

    def __call__(self, *arguments: str, typed: str = "") -> Said:
        """Run the command in this process, as `main` does it."""
        self.monkeypatch.setattr(sys, "argv", ["privacy-assistant", *arguments])
        self.monkeypatch.chdir(self.here)
        status = 0
        with CliRunner().isolation(input=typed, env=self.environment) as (out, err, _):
            try:
                main()
            except SystemExit as leaving:
                status = int(leaving.code or 0)
        return Said(status, out.getvalue().decode(), err.getvalue().decode())

    def program(self, *arguments: str) -> Said:
        """Run the installed program."""
        run = subprocess.run(
            [PROGRAM, *arguments],
            env=self.outer,
            cwd=self.here,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return Said(run.returncode, run.stdout, run.stderr)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [PROGRAM, *arguments],
            env=self.outer,
            cwd=self.here,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    @property
    def outer(self) -> dict[str, str]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("PRIVACY_ASSISTANT_")}
        return {**plain, **self.environment}


@pytest.fixture
def terminal(clinic_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    here = tmp_path / "here"
    here.mkdir()
    return Terminal(clinic_folder, tmp_path / "data", here, monkeypatch)
