import json
import logging
import os
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from sqlalchemy import delete, func, select

from assistant.bootstrap import build_assistant
from integrations.slack.gate import MAX_BODY, PATH
from integrations.slack.models import StoredEvent
from integrations.slack.signature import signed
from tests.conftest import FrozenClock
from tests.databases import settings_for
from tests.fakes.slack import serving
from tests.integrations.slack.workplace import DIRECT, MEMBER, SECRET, TALK, Workplace

QUICK_SECONDS = 0.5
# `make bench-slack` sends ten thousand.
FORGED = int(os.environ.get("SLACK_FORGED", "1000"))
CANARY = "Zwölfkanariendoktor"


@pytest.fixture(scope="module")
def gatehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    """One for all of these tests: what is refused leaves nothing behind."""
    assistant = build_assistant(settings_for(tmp_path_factory.mktemp("var"), rate_limit=False), server=True)
    with serving() as server:
        yield Workplace.opened(assistant, server, FrozenClock(datetime(2026, 11, 22, tzinfo=UTC)), alone=False)
    assistant.close()


@pytest.fixture
def office(gatehouse: Workplace) -> Iterator[Workplace]:
    gatehouse.slack.forget()
    yield gatehouse
    gatehouse.assistant.database.write(lambda session: session.execute(delete(StoredEvent)))


def stored(office: Workplace) -> int:
    with office.assistant.database.read() as session:
        return session.scalar(select(func.count()).select_from(StoredEvent)) or 0


def body(office: Workplace) -> bytes:
    event = office.message(CANARY, MEMBER, channel=DIRECT, channel_type="im")
    return json.dumps(office.envelope(event), ensure_ascii=False).encode()


def stamped(sent: bytes, seconds: float = 0) -> dict[str, str]:
    stamp = f"{time.time() + seconds:.0f}"
    return {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signed(sent, timestamp=stamp.encode(), secret=SECRET).decode(),
    }


STAMPS = ["abc", "1.5", "1" * 5000, "", "-1700000000", "1700000000 ", "0x65", "１７０００００００", "nan", "inf", "1e9"]
SIGNATURES = ["", "v0=", "v0=é", "v1=" + "0" * 64, "v0=" + "0" * 63, "v0=" + "A" * 64, "0" * 64, "v0=" + "g" * 64]
BODIES = [b"", b"[1,2]", b"\xff\xfe", b"[" * 100_000, b"null", b'"x"', b"{", b'{"a":' * 20_000, b"NaN", b"payload=%ff"]


@pytest.mark.parametrize("stamp", STAMPS)
def test_a_time_that_is_none_is_not_signed(office: Workplace, stamp: str) -> None:
    sent = body(office)
    headers = [(name.encode(), value.encode()) for name, value in stamped(sent).items()]
    headers = [(name, stamp.encode() if b"Timestamp" in name else value) for name, value in headers]
    assert office.client.post(PATH, content=sent, headers=headers).status_code == 401


@pytest.mark.parametrize("signature", SIGNATURES)
def test_a_signature_of_another_form_is_none(office: Workplace, signature: str) -> None:
    sent = body(office)
    headers = {**stamped(sent), "X-Slack-Signature": ""}
    raw = [(name.encode(), value.encode()) for name, value in headers.items() if "Signature" not in name]
    answer = office.client.post(PATH, content=sent, headers=[*raw, (b"X-Slack-Signature", signature.encode())])
    assert answer.status_code == 401


@pytest.mark.parametrize(("seconds", "status"), [(-299, 200), (-302, 401), (298, 200), (303, 401)])
def test_five_minutes_are_fresh(office: Workplace, seconds: int, status: int) -> None:
    sent = body(office)
    assert office.client.post(PATH, content=sent, headers=stamped(sent, seconds)).status_code == status


@pytest.mark.parametrize("sent", BODIES, ids=[f"{len(sent)}-{sent[:6]!r}" for sent in BODIES])
@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
def test_what_is_signed_and_is_not_slack_is_refused_quietly(office: Workplace, sent: bytes, kind: str) -> None:
    assert office.send(sent, kind).status_code in {200, 400, 403, 404}
    assert stored(office) == 0


def test_two_signatures_are_none(office: Workplace) -> None:
    sent = body(office)
    given = [(name.encode(), value.encode()) for name, value in stamped(sent).items()]
    doubled = [*given, next(pair for pair in given if b"Signature" in pair[0])]
    assert office.client.post(PATH, content=sent, headers=doubled).status_code == 401


def test_a_body_that_is_too_large_is_refused(office: Workplace) -> None:
    assert office.send(b" " * (MAX_BODY + 1)).status_code == 413


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD", "OPTIONS"])
def test_slack_only_posts(office: Workplace, method: str) -> None:
    assert office.client.request(method, PATH).status_code == 405


def test_the_address_is_proven_to_slack(office: Workplace) -> None:
    sent = json.dumps({"type": "url_verification", "challenge": "c-1", "token": "t"}).encode()
    answer = office.send(sent)
    assert answer.status_code == 200
    assert answer.json() == {"challenge": "c-1"}


@pytest.mark.parametrize("team", ["T2", "", "t1", "T1 "])
def test_another_workspace_is_refused_and_nothing_of_it_is_stored(office: Workplace, team: str) -> None:
    message = office.message("hello", MEMBER, channel=DIRECT, channel_type="im")
    assert office.event(message, team_id=team).status_code == 403
    pressed = {"type": "block_actions", "actions": [{"action_id": "claim", "value": "x"}], "trigger_id": "x"}
    assert office.interact({**pressed, "team": {"id": team}}, MEMBER).status_code == 403
    assert office.command("hello", team_id=team).status_code == 403
    assert stored(office) == 0


def test_ssl_check_does_not_open_the_door(office: Workplace) -> None:
    sent = urlencode({"ssl_check": "1", "token": "t"}).encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert office.client.post(PATH, content=sent, headers=kind).status_code == 401


def mutations(sent: bytes, headers: dict[str, str], chance: random.Random) -> Iterator[tuple[bytes, dict[str, str]]]:
    """Really signed requests with something wrong: each differs from what was signed."""
    other = [*STAMPS, "0", str(int(headers["X-Slack-Request-Timestamp"]) + 1)]
    while True:
        changed, given = bytearray(sent), dict(headers)
        match chance.randrange(7):
            case 0:
                place = chance.randrange(len(changed))
                changed[place] ^= 1 << chance.randrange(8)
            case 1:
                changed = changed[: chance.randrange(len(changed))]
            case 2:
                changed += bytes(chance.randrange(256) for _ in range(chance.randrange(1, 40)))
            case 3:
                given["X-Slack-Request-Timestamp"] = chance.choice([each for each in other if each.isascii()])
            case 4:
                signature = given["X-Slack-Signature"]
                place = chance.randrange(len(signature))
                given["X-Slack-Signature"] = signature[:place] + chance.choice("ghijG!v=") + signature[place + 1 :]
            case 5:
                given["X-Slack-Signature"] = chance.choice([each for each in SIGNATURES if each.isascii()])
            case 6:
                del given[chance.choice(["X-Slack-Signature", "X-Slack-Request-Timestamp"])]
        if bytes(changed) != sent or given != headers:
            yield bytes(changed), given


def test_no_forged_request_is_taken_and_none_is_an_accident(
    office: Workplace, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    chance, sent = random.Random(7), body(office)
    times = []
    for count, (changed, given) in enumerate(mutations(sent, stamped(sent), chance)):
        if count == FORGED:
            break
        before = time.perf_counter()
        answer = office.client.post(PATH, content=changed, headers=given)
        times.append(time.perf_counter() - before)
        assert answer.status_code == 401
    assert stored(office) == 0
    assert office.slack.state.asked.total() == 0
    assert sorted(times)[len(times) // 2] < QUICK_SECONDS
    assert CANARY not in caplog.text


def test_what_was_taken_reaches_no_log(office: Workplace, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    office.direct(CANARY)
    office.command(CANARY)
    office.event({"type": "reaction_added", "user": MEMBER, "reaction": CANARY})
    office.settle()
    assert CANARY not in caplog.text
    assert '"route": "/slack/events"' in caplog.text


def test_what_cannot_be_stored_is_asked_for_again(office: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> bool:
        raise OSError("disk full")

    # There is no honest way to fill a disk in a test.
    monkeypatch.setattr(office.door.inbox, "take_in", full)
    message = office.message("hello", MEMBER, channel=DIRECT, channel_type="im")
    answer = office.event(message)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "1"


def test_only_channels_that_are_named_are_answered_in(office: Workplace) -> None:
    allowing = {name: frozenset(channels) for name, channels in (("here", {TALK}), ("elsewhere", {"COTHER"}))}
    for name, channels in allowing.items():
        open_door = Workplace.opened(office.assistant, office.slack, office.clock, channels=channels)
        # Of one workspace: an id of an event that was there before is that event again.
        open_door.numbers = office.numbers
        before = stored(office)
        open_door.mention(f"How long do you keep invoices {name}?")
        assert stored(office) == before + (name == "here")
        open_door.direct("Who sees my data?")
        assert stored(office) == before + (name == "here") + 1
        open_door.door.close()
