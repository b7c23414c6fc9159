from pathlib import Path
from typing import Any

from sqlalchemy import select

from assistant.bootstrap import build_assistant
from assistant.outbox.values import Kind
from assistant.security.models import StoredAlert
from assistant.tickets.values import Status, TicketView
from integrations.slack import wording
from integrations.slack.modals import Place
from tests.conftest import FrozenClock
from tests.databases import settings_for
from tests.fakes.slack import Failure, SlackServer, texts
from tests.integrations.slack.workplace import AGENT, GUARD, GUEST, MEMBER, SECURITY, Workplace, buttons, values

LEAK = "Someone has hacked into my account and is sending mails to asha@example.com right now, call 98765 43210"


def report(office: Workplace, text: str = LEAK, network: str = "n1") -> str:
    """An incident from the website; its reference."""
    front = office.assistant.front_desk
    opened = front.open(channel="web", language=None)
    reply = front.take_turn(opened.id, None, text, network=network)
    return str(reply["tickets"][0]["reference"])


def view(office: Workplace, reference: str) -> TicketView:
    return office.assistant.tickets.view(reference)


def whole(message: dict[str, Any]) -> str:
    return "\n".join(texts(message["blocks"]))


def test_an_incident_of_any_door_is_posted_once_masked_with_its_hours(office: Workplace) -> None:
    reference = report(office)
    office.settle()
    office.settle()
    (alert,) = office.slack.shown(SECURITY)
    said = whole(alert)
    assert f"Security incident {reference}, critical" in said
    assert "[email]" in said
    assert "asha@example.com" not in str(alert)
    assert "98765" not in str(alert)
    assert "CERT-In" in said
    assert "Not yet acknowledged" in said
    assert set(buttons(alert)) == {"acknowledge", "assign", "dismiss", "details"}


def test_it_is_repeated_in_its_thread_until_somebody_acknowledges(office: Workplace) -> None:
    reference = report(office)
    office.settle()
    office.later(minutes=6)
    office.later(minutes=10)
    first, *again = office.slack.shown(SECURITY)
    assert len(again) == 2
    assert {each["thread_ts"] for each in again} == {first["ts"]}
    assert all(reference in each["text"] for each in again)
    office.press("acknowledge", reference, GUARD, channel=SECURITY)
    office.settle()
    office.later(hours=3)
    assert len(office.slack.shown(SECURITY)) == 3


def test_the_thread_is_repeated_at_the_steps_of_the_people_on_call(office: Workplace) -> None:
    report(office)
    office.settle()
    told: list[tuple[int, int, int]] = []
    for minute in range(1, 122):
        office.later(minutes=1)
        mails = sum(each.kind is Kind.MAIL for each in office.assistant.outbox.entries(limit=1000))
        counts = (mails, len(office.slack.shown(SECURITY)))
        if not told or counts != told[-1][1:]:
            told.append((minute, *counts))
    assert told == [(1, 1, 1), (5, 2, 2), (15, 3, 3), (30, 4, 4), (60, 5, 5), (120, 6, 6)]


def test_the_thread_says_how_far_up_the_people_on_call_it_has_come(
    tmp_path: Path, slack: SlackServer, frozen: FrozenClock
) -> None:
    chain = (("first@example.com",), ("second@example.com",))
    assistant = build_assistant(settings_for(tmp_path / "var", on_call=chain), server=True, clock=frozen)
    office = Workplace.opened(assistant, slack, frozen)
    office.settle()
    report(office)
    office.settle()
    office.later(minutes=5)
    office.later(minutes=10)
    _, at_five, at_fifteen = (each["text"] for each in slack.shown(SECURITY))
    assert "2 times by now, in the end to 1 of 2 tiers" in at_five
    assert "3 times by now, in the end to 2 of 2 tiers" in at_fifteen
    office.door.close()
    assistant.close()


def worsen(office: Workplace, reference: str) -> None:
    """Somebody says in the form that it is critical."""
    metadata = Place(reference, "CTALK").packed()
    fields = {"kind": "security_incident", "text": "It is far worse", "severity": "critical"}
    office.submit("report", metadata, fields, MEMBER)


def test_an_incident_that_turns_out_worse_is_told_anew_from_the_first_step(office: Workplace) -> None:
    reference = report(office, "I got a suspicious mail in your name")
    office.settle()
    office.later(minutes=16)
    (before, _) = office.slack.shown(SECURITY)
    assert "critical" not in before["text"]
    worsen(office, reference)
    office.settle()
    post, _, worse = office.slack.shown(SECURITY)
    assert "critical" in post["text"]
    assert f"Worse than it was: {reference}, severity critical now" in worse["text"]
    assert worse["thread_ts"] == post["ts"]
    office.later(minutes=5)
    assert "told 2 times by now" in office.slack.shown(SECURITY)[-1]["text"]


def test_an_alert_that_never_arrived_is_tried_again_when_it_would_be_repeated(office: Workplace) -> None:
    report(office)
    office.slack.fail(*[Failure("chat.postMessage", status=500)] * 6)
    office.settle()
    for _ in range(4):
        office.later(seconds=60)
    # Its own attempts wait for longer than that by now.
    office.slack.state.failures.clear()
    office.later(minutes=2)
    assert len(office.slack.shown(SECURITY)) == 1
    office.later(hours=6)
    assert len([each for each in office.slack.shown(SECURITY) if "thread_ts" not in each]) == 1


def test_acknowledging_updates_the_post_in_place_and_ends_the_alerts(office: Workplace) -> None:
    reference = report(office)
    office.settle()
    office.press("acknowledge", reference, GUARD, channel=SECURITY)
    office.settle()
    (alert,) = office.slack.shown(SECURITY)
    assert f"*Acknowledged by* <@{GUARD}>" in whole(alert)
    assert "acknowledge" not in buttons(alert)
    assert view(office, reference).card.status is Status.ACKNOWLEDGED
    assert view(office, reference).acknowledged_by == f"slack:{GUARD}"
    with office.assistant.database.read() as session:
        assert session.scalars(select(StoredAlert.stopped_at)).one() is not None


def test_an_acknowledgement_at_another_door_shows_here_as_well(office: Workplace) -> None:
    reference = report(office)
    office.settle()
    office.assistant.desk.acknowledge(reference, by="Ana", actor="key:desk")
    office.settle()
    (alert,) = office.slack.shown(SECURITY)
    assert "*Acknowledged by* Ana" in whole(alert)


def test_an_actor_of_another_door_mentions_nobody_here(office: Workplace) -> None:
    reference = report(office)
    office.settle()
    office.assistant.desk.acknowledge(reference, by="slack:!channel> <!here", actor="key:desk")
    office.settle()
    (alert,) = office.slack.shown(SECURITY)
    assert "slack:!channel&gt; &lt;!here" in whole(alert)


def test_whoever_assigns_it_to_themselves_has_acknowledged_it(office: Workplace) -> None:
    reference = report(office)
    office.settle()
    office.press("assign", reference, GUARD, channel=SECURITY)
    office.settle()
    assert view(office, reference).row.assignee == f"slack:{GUARD}"
    assert view(office, reference).acknowledged_at is not None
    (alert,) = office.slack.shown(SECURITY)
    assert f"*Assigned to* <@{GUARD}>" in whole(alert)


def test_what_is_no_incident_is_closed_with_a_reason(office: Workplace) -> None:
    reference = report(office)
    office.settle()
    office.press("dismiss", reference, GUARD, channel=SECURITY)
    office.settle()
    (form,) = office.views()
    assert values(form) == {"reason": ""}
    refused = office.submit("dismiss", form["private_metadata"], {"reason": " "}, GUARD)
    assert "reason" in refused.json()["errors"]
    office.submit("dismiss", form["private_metadata"], {"reason": "A drill of ours."}, GUARD)
    office.settle()
    assert view(office, reference).card.status is Status.CLOSED
    assert office.assistant.tickets.history(reference)[-1].words == "Not an incident: A drill of ours."
    (alert,) = office.slack.shown(SECURITY)
    assert "closed" in whole(alert)
    assert buttons(alert) == {}
    office.later(hours=3)
    assert len(office.slack.shown(SECURITY)) == 1


def test_only_who_responds_to_incidents_may_touch_one(office: Workplace) -> None:
    reference = report(office)
    office.settle()
    for user in (MEMBER, AGENT, GUEST):
        for action in ("acknowledge", "assign", "dismiss", "details", "note"):
            office.press(action, reference, user, channel=SECURITY)
        office.settle()
        assert [each["text"] for each in office.told(user)] == [wording.NOT_YOURS] * 5
    assert view(office, reference).card.status is Status.RECEIVED
    assert office.views() == []


def flood_of(office: Workplace) -> list[dict[str, Any]]:
    """The post of the flood, and what was said below it."""
    shown = office.slack.shown(SECURITY)
    post = next(each for each in shown if "Acknowledge all" in whole(each) and "thread_ts" not in each)
    return [post, *(each for each in shown if each.get("thread_ts") == post["ts"])]


def flooded(office: Workplace) -> list[str]:
    references = [report(office, network=f"n{number}") for number in range(24)]
    office.settle()
    office.later(minutes=1)
    return references


def test_a_flood_is_told_in_one_post_that_is_kept_up_to_date(office: Workplace) -> None:
    references = flooded(office)
    (post,) = flood_of(office)
    single = [each for each in office.slack.shown(SECURITY) if each["text"].startswith("Security incident")]
    assert len(single) == 20
    assert "4 security incidents" in post["text"]
    for reference in references:
        office.assistant.desk.acknowledge(reference, actor="console")
    office.later(minutes=2)
    (after,) = (each for each in office.slack.shown(SECURITY) if each["ts"] == post["ts"])
    assert "Nothing of the flood" in after["text"]
    assert buttons(after) == {}


def test_a_flood_is_repeated_in_its_thread_until_it_is_acknowledged_as_a_whole(office: Workplace) -> None:
    references = flooded(office)
    office.later(minutes=6)
    office.later(minutes=10)
    post, *again = flood_of(office)
    assert ["4 security incidents" in each["text"] for each in again] == [True, True]
    office.press("acknowledge_all", "acknowledge_all", AGENT, channel=SECURITY)
    office.settle()
    assert office.told(AGENT)[-1]["text"] == wording.NOT_YOURS
    office.press("acknowledge_all", "acknowledge_all", GUARD, channel=SECURITY)
    office.settle()
    office.later(hours=3)
    shown = office.slack.shown(SECURITY)
    assert len([each for each in shown if each.get("thread_ts") == post["ts"]]) == 2
    assert "Nothing of the flood" in next(each["text"] for each in shown if each["ts"] == post["ts"])
    # Their tickets stay in the queue, and are not posted one by one.
    assert view(office, references[-1]).card.status is Status.RECEIVED
    assert references[-1] not in str([each for each in shown if each["ts"] != post["ts"]])


def test_a_post_that_somebody_deleted_is_posted_anew(office: Workplace) -> None:
    reference = report(office)
    office.settle()
    office.slack.state.messages[SECURITY].clear()
    office.press("acknowledge", reference, GUARD, channel=SECURITY)
    office.settle()
    office.later(seconds=5)
    (alert,) = office.slack.shown(SECURITY)
    assert "*Acknowledged by*" in whole(alert)


def test_details_of_an_incident_are_shown_to_one_person_and_audited(office: Workplace) -> None:
    reference = report(office)
    office.settle()
    office.press("details", reference, GUARD, channel=SECURITY)
    office.settle()
    (told,) = office.told(GUARD)
    assert "asha@example.com" in whole(told)
    assert "asha@example.com" not in str(office.slack.shown(SECURITY))
    looks = [each for each in office.assistant.audit.entries(reference) if each.action == "ticket.viewed"]
    assert [each.actor for each in looks] == [f"slack:{GUARD}"]
