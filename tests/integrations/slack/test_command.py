"""The installed command on a data folder of its own, with a Slack that it reaches over loopback."""

import shutil
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from assistant.bootstrap import Assistant
from assistant.db.checkpoint import CheckpointRole
from assistant.db.database import open_database
from tests.databases import settings_for
from tests.fakes.slack import TOKEN, Failure, SlackServer
from tests.integrations.slack.test_socket import SECONDS, line
from tests.integrations.slack.workplace import TEAM

LISTENING = "listening to Slack"


@pytest.fixture
def folder(codemites: Assistant, tmp_path: Path) -> Path:
    """With an index that is built already."""
    if settings_for(tmp_path).database_url:
        pytest.skip("The log is SQLite's.")
    return Path(shutil.copytree(codemites.settings.data_dir, tmp_path / "var", ignore=shutil.ignore_patterns("*.lock")))


@contextmanager
def command(folder: Path, api_url: str) -> Iterator["Popen[str]"]:
    given = {
        "DATA_DIR": str(folder),
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_APP_TOKEN": "xapp-1",
        "SLACK_TEAMS": TEAM,
        "SLACK_API_URL": api_url,
    }
    environment = {f"PRIVACY_ASSISTANT_{name}": value for name, value in given.items()}
    program = [sys.executable, "-m", "integrations.cli", "slack"]
    with Popen(program, env=environment, stdout=PIPE, stderr=PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.communicate(timeout=SECONDS)


def heard(process: "Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def goes(request: Path) -> bool:
    give_up = time.monotonic() + SECONDS
    while request.exists() and time.monotonic() < give_up:
        time.sleep(0.05)
    return not request.exists()


def test_alone_on_a_folder_it_keeps_the_log_of_the_database_short(folder: Path, slack: SlackServer) -> None:
    with line() as (_, slack.socket_url), command(folder, slack.url) as process:
        assert LISTENING in heard(process)
        role = CheckpointRole(folder, keep=False)
        assert not role.take()
        # What another process asks of whoever looks after the log, and cannot do for itself now.
        role.ask()
        assert goes(folder / "checkpoint.request")
    assert CheckpointRole(folder, keep=True).take_for_life()


def test_beside_a_server_it_leaves_the_log_to_that(folder: Path, slack: SlackServer) -> None:
    serving = open_database(settings_for(folder), server=True)
    with line() as (_, slack.socket_url), command(folder, slack.url) as process:
        assert LISTENING in heard(process)
        assert not CheckpointRole(folder, keep=True).take_for_life()
        process.terminate()
        process.wait(timeout=SECONDS)
        assert not CheckpointRole(folder, keep=True).take_for_life()
    serving.close()
    assert CheckpointRole(folder, keep=True).take_for_life()


def test_a_token_that_slack_does_not_take_is_one_line(folder: Path, slack: SlackServer) -> None:
    slack.fail(Failure("apps.connections.open", error="invalid_auth"))
    assert "SLACK_APP_TOKEN" in refusal(folder, slack.url)


def test_a_slack_that_cannot_be_reached_is_one_line(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}/api/"
    assert "cannot be reached" in refusal(folder, nobody)


def refusal(folder: Path, api_url: str) -> str:
    """The last line of what is said; fails where it starts, or ends in another way."""
    with command(folder, api_url) as process:
        out, err = process.communicate(timeout=SECONDS)
    assert (process.returncode, out) == (1, "")
    assert "Traceback" not in err
    return err.splitlines()[-1]
