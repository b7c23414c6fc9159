"""What is sent arrives once, in order, whatever Slack does in between."""

import pytest

from assistant.outbox.values import State
from tests.fakes.slack import TOKEN, Failure
from tests.integrations.slack.test_alerts import report
from tests.integrations.slack.workplace import DIRECT, GUARD, MEMBER, SECURITY, Workplace, buttons


def texts_in(office: Workplace, channel: str) -> list[str]:
    return [message["text"] for message in office.slack.shown(channel)]


def test_a_rate_limit_delays_by_what_it_says_and_loses_nothing(office: Workplace) -> None:
    office.slack.fail(*[Failure("chat.postMessage", retry_after=20)] * 3)
    office.direct("hello")
    office.settle()
    assert office.slack.shown(DIRECT) == []
    office.later(seconds=19)
    assert office.slack.state.asked["chat.postMessage"] == 1
    for _ in range(4):
        office.later(seconds=30)
    assert len(office.slack.shown(DIRECT)) == 3
    assert office.assistant.outbox.entries(State.DEAD) == ()


def test_a_revoked_token_delays_and_a_new_one_sends(office: Workplace) -> None:
    office.slack.state.token = "xoxb-another"
    reference = report(office)
    office.settle()
    for _ in range(6):
        office.later(minutes=5)
    assert office.slack.shown(SECURITY) == []
    assert office.assistant.outbox.entries(State.DEAD) == ()
    office.slack.state.token = TOKEN
    for _ in range(4):
        office.later(hours=1)
    posts = office.slack.shown(SECURITY)
    assert sum("acknowledge" in buttons(each) for each in posts) == 1
    assert reference in posts[0]["text"]


@pytest.mark.parametrize(
    "failure",
    [
        Failure("chat.postMessage", status=500),
        Failure("chat.postMessage", error="internal_error"),
        Failure("chat.postMessage", error="fatal_error", status=503),
        Failure("chat.postMessage", takes=True),
    ],
    ids=["500", "internal", "503", "answer lost"],
)
def test_an_alert_is_posted_once_whatever_becomes_of_the_first_attempt(office: Workplace, failure: Failure) -> None:
    report(office)
    office.slack.fail(failure)
    office.settle()
    for _ in range(4):
        office.later(seconds=50)
    assert len(office.slack.shown(SECURITY)) == 1


def test_an_answer_whose_receipt_was_lost_is_not_posted_twice(office: Workplace) -> None:
    office.slack.fail(Failure("chat.postMessage", takes=True))
    office.direct("hello")
    office.settle()
    for _ in range(3):
        office.later(seconds=30)
    said = texts_in(office, DIRECT)
    assert len(said) == len(set(said)) == 3


def test_where_the_second_message_of_an_answer_fails_the_first_is_not_repeated(office: Workplace) -> None:
    office.direct("hello")
    office.door.worker.run_once()
    # The first call of this method is let through.
    office.slack.fail(Failure("chat.postMessage", stalls=0.01), Failure("chat.postMessage", retry_after=5))
    office.settle()
    assert len(office.slack.shown(DIRECT)) == 1
    office.later(seconds=20)
    said = texts_in(office, DIRECT)
    assert len(said) == len(set(said)) == 3


def test_what_one_person_alone_sees_is_not_repeated_when_a_later_part_is_rate_limited(office: Workplace) -> None:
    office.mention("hello")
    office.door.worker.run_once()
    office.slack.fail(Failure("chat.postEphemeral", stalls=0.01), *[Failure("chat.postEphemeral", retry_after=5)] * 3)
    for _ in range(5):
        office.settle()
        office.later(seconds=20)
    said = [each["text"] for each in office.told(MEMBER)]
    assert len(said) == len(set(said)) == 3


def test_what_somebody_did_while_the_token_was_revoked_is_done_with_the_next_one(office: Workplace) -> None:
    reference = report(office)
    office.settle()
    office.slack.state.token = "xoxb-another"
    office.press("acknowledge", reference, GUARD, channel=SECURITY)
    for _ in range(12):
        office.later(hours=3)
    office.slack.state.token = TOKEN
    office.later(hours=1)
    assert office.assistant.tickets.view(reference).acknowledged_by == f"slack:{GUARD}"


def test_a_user_group_that_is_no_more_stops_nobody_else(office: Workplace) -> None:
    reference = report(office)
    office.settle()
    office.slack.fail(Failure("usergroups.users.list", error="no_such_subteam"))
    office.press("acknowledge", reference, GUARD, channel=SECURITY)
    office.settle()
    assert office.assistant.tickets.view(reference).acknowledged_by == f"slack:{GUARD}"


def test_an_update_never_overtakes_a_newer_one(office: Workplace) -> None:
    reference = report(office)
    office.settle()
    office.slack.fail(Failure("chat.update", retry_after=30))
    office.press("acknowledge", reference, GUARD, channel=SECURITY)
    office.settle()
    office.press("assign", reference, GUARD, channel=SECURITY)
    office.settle()
    office.later(minutes=2)
    (alert,) = office.slack.shown(SECURITY)
    assert "Assigned to" in str(alert)
    assert "Acknowledged by" in str(alert)


def test_what_slack_refuses_for_good_is_dead_and_is_kept(office: Workplace) -> None:
    office.slack.fail(Failure("chat.postMessage", error="is_archived"))
    office.direct("hello")
    office.settle()
    (dead,) = office.assistant.outbox.entries(State.DEAD)
    assert dead.last_error == "slack-is_archived"
    office.assistant.outbox.replay(dead.id)
    office.settle()
    assert len(office.slack.shown(DIRECT)) == 3


def test_a_slack_that_stalls_holds_up_no_acknowledgement(office: Workplace) -> None:
    office.slack.fail(Failure("users.info", stalls=0.2))
    before = office.slack.state.asked.total()
    office.direct("hello")
    assert office.slack.state.asked.total() == before
    office.settle()
    assert len(office.slack.shown(DIRECT)) == 3


def test_a_form_whose_moment_is_over_is_not_tried_for_days(office: Workplace) -> None:
    office.slack.state.trigger_seconds = 0
    office.command("report")
    office.settle()
    (dead,) = office.assistant.outbox.entries(State.DEAD)
    assert dead.last_error == "slack-expired_trigger_id"


def test_a_command_s_answer_goes_nowhere_but_to_slack(office: Workplace) -> None:
    office.command("hello", response_url="https://evil.example.com/hook")
    office.settle()
    (dead,) = office.assistant.outbox.entries(State.DEAD)
    assert dead.last_error == "slack-foreign-address"
