"""What a command loads before it does its work: those that answer nothing load no Chroma and no encoder."""

import subprocess
import sys

import pytest

from tests.integrations.commands.conftest import Terminal

HEAVY = "chromadb langchain_chroma onnxruntime tokenizers"
PROBE = """
import sys
heavy, sys.argv = sys.argv[1].split(), sys.argv[1:]
from integrations.cli import main
sys.argv = ["privacy-assistant", *sys.argv[1:]]
try:
    main()
finally:
    print(" ".join(name for name in heavy if name in sys.modules), file=sys.stderr)
"""


def loaded_by(terminal: Terminal, *arguments: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", PROBE, HEAVY, *arguments],
        env=terminal.outer,
        cwd=terminal.here,
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    "arguments",
    ["--help", "--version", "policy versions", "policy periods", "keys list", "audit verify", "purge", "serve --help"],
)
def test_a_command_that_answers_nothing_loads_nothing_heavy(terminal: Terminal, arguments: str) -> None:
    loaded = loaded_by(terminal, *arguments.split()).split()
    # The help of `serve` stands in a module that wires the whole assistant.
    assert set(loaded) <= ({"onnxruntime", "tokenizers"} if arguments.startswith("serve") else set())


def test_asking_loads_no_chroma_once_there_is_an_index(terminal: Terminal) -> None:
    terminal("index")
    assert loaded_by(terminal, "ask", "are phone calls recorded?") == "onnxruntime tokenizers"


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
