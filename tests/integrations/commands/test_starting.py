"""What a command loads before it does its work: those that answer nothing load no Chroma and no encoder."""

import subprocess
import sys

from tests.integrations.commands.conftest import Terminal

HEAVY = "chromadb langchain_chroma onnxruntime tokenizers"
# One command after the other in one process, and after each what heavy modules are there by now.
PROBE = """
import shlex, sys
from integrations.cli import main
heavy, *lines = sys.argv[1:]
for line in lines:
    sys.argv = ["privacy-assistant", *shlex.split(line)]
    try:
        main()
    except SystemExit as leaving:
        assert not leaving.code, line
    print("loaded:", *(name for name in heavy.split() if name in sys.modules), file=sys.stderr)
"""
ANSWERING_NOTHING = (
    "--help", "--version", "policy versions", "policy periods", "keys list", "audit verify", "purge",
)  # fmt: skip


def loaded_by(terminal: Terminal, *lines: str) -> list[str]:
    run = subprocess.run(
        [sys.executable, "-c", PROBE, HEAVY, *lines],
        env=terminal.outer,
        cwd=terminal.here,
        capture_output=True,
        text=True,
        check=True,
    )
    said = [line.removeprefix("loaded:").strip() for line in run.stderr.splitlines() if line.startswith("loaded:")]
    assert len(said) == len(lines)
    return said


def test_a_command_that_answers_nothing_loads_nothing_heavy(terminal: Terminal) -> None:
    *loaded, by_help_of_serve = loaded_by(terminal, *ANSWERING_NOTHING, "serve --help")
    assert dict(zip(ANSWERING_NOTHING, loaded, strict=True)) == dict.fromkeys(ANSWERING_NOTHING, "")
    # The help of `serve` stands in a module that wires the whole assistant.
    assert set(by_help_of_serve.split()) <= {"onnxruntime", "tokenizers"}


def test_asking_loads_no_chroma_once_there_is_an_index(terminal: Terminal) -> None:
    terminal("index")
    assert loaded_by(terminal, "ask 'are phone calls recorded?'") == ["onnxruntime tokenizers"]


def test_an_unknown_command_is_named(terminal: Terminal) -> None:
    said = terminal("anwser")
    assert said.status == 2
    assert "No such command 'anwser'" in said.err


def test_a_reader_that_goes_away_is_no_accident(terminal: Terminal) -> None:
    process = terminal.start("policy", "versions")
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    assert "BrokenPipe" not in err
