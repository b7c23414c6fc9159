"""A few dialogues through the real product in this process, and the judgement of what came of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.bootstrap import build_assistant
from assistant.settings import Settings
from evals.acting import MailFolder, Played, Said, addresses_in, play
from evals.dialogues import Judged, judged, told
from evals.scripts import Dialogue, TicketSeen, half, load_dialogues
from evals.stage import MAIL, Desk, Stage
from integrations.app import create_app
from integrations.transports import make_transports

POLICY = Path(__file__).parents[1] / "data" / "harbourlight"
RECEIVED = TicketSeen("rights_request", "access", "received")
AWAITING = TicketSeen("rights_request", "access", "awaiting_verification")


class InProcess:
    """The doors of an application in this process."""

    def __init__(self, client: TestClient) -> None:
        self._client = client

    def call(self, method: str, path: str, body: object = None, *, bearer: str | None = None) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        response = self._client.request(method, path, json=body, headers=headers)
        return response.status_code, response.json()


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("data")
    settings = Settings(
        data_dir=folder, policy=str(POLICY), rate_limit=False, secret_key="an invented secret of these tests"
    )
    organisation = build_assistant(settings).organisation
    assistant = build_assistant(settings, transports=make_transports(settings, organisation), server=True)
    assistant.indexing.run()
    assistant.start()
    with TestClient(create_app(assistant)) as client:
        doors = InProcess(client)
        key = assistant.keys.create("evals", ("desk:read",))
        yield Stage(doors, MailFolder(folder / MAIL), Desk(doors, key), folder, folder / "none.log")
    assistant.close()


def dialogue(*turns: str, tickets: tuple[TicketSeen, ...], **last: str | None) -> Dialogue:
    return Dialogue("d-001", "test", turns, tickets, tuple(last.items()))


def test_a_proven_request_is_right_and_the_code_comes_from_the_mail(stage: Stage) -> None:
    script = dialogue(
        "Please send me a copy of my data. It is under meera.iyer@example.com", "yes", "{wrong}", "it is {code}",
        tickets=(RECEIVED,), asks_for=None, intent="rights_request",
    )  # fmt: skip
    found = judged(stage, script)
    assert found.right, told(found)
    assert all(found.last.values())
    assert found.played.turns[2].reply["asks_for"] == "verification_code"


def test_a_request_that_was_never_proven_is_not_what_was_expected(stage: Stage) -> None:
    found = judged(
        stage, dialogue("Please send me a copy of my data: ines.roth@example.org", "yes", tickets=(RECEIVED,))
    )
    assert found.tickets == (AWAITING,)
    assert not found.right
    assert "expected access received" in told(found)


def test_the_queue_shows_every_ticket_that_a_reply_showed(stage: Stage) -> None:
    played = play(stage.doors, stage.mails, ["Please send me a copy of my data: odd.berg@example.com", "yes"])
    assert {*played.references} <= stage.desk.references()


def test_one_ticket_too_many_and_an_error_of_the_server_are_both_wrong() -> None:
    script = dialogue("x", tickets=(RECEIVED,))
    fine, failed = Said("x", 200, {}), Said("x", 500, {})
    assert Judged(script, Played((fine,)), (RECEIVED,)).right
    assert not Judged(script, Played((fine,)), (RECEIVED, AWAITING)).right
    assert not Judged(script, Played((fine,)), (RECEIVED, None)).right
    assert not Judged(script, Played((failed,)), (RECEIVED,)).right


def test_addresses_are_read_also_where_they_are_spelt_out() -> None:
    assert addresses_in(["its rahul at example dot com", "or Rita.B@example.org ok?"]) == {
        "rahul@example.com",
        "rita.b@example.org",
    }


def test_the_set_is_whole_and_parts_into_two_halves() -> None:
    dialogues = load_dialogues()
    assert len(dialogues) == 90
    assert len(half("odd", dialogues)) == len(half("even", dialogues)) == 45
