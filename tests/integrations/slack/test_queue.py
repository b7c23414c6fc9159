from datetime import timedelta
from typing import Any

import pytest

from assistant.bootstrap import Assistant
from assistant.desk.values import Wanted
from assistant.reply import Right
from assistant.tickets.values import Kind, Status, TicketView
from integrations.slack import wording
from tests.conftest import FrozenClock
from tests.fakes.slack import Failure, SlackServer, texts
from tests.integrations.slack.workplace import (
    AGENT,
    APPROVER,
    GUARD,
    GUEST,
    MEMBER,
    QUEUE,
    STRANGER,
    VIEWER,
    Workplace,
    buttons,
)


def opened(office: Workplace, right: Right | None = Right.DELETION, key: str = "k1") -> str:
    kind = Kind.RIGHTS_REQUEST if right else Kind.COMPLAINT
    wanted = Wanted(kind, "Please delete the data of Ravi Iyer, ravi@example.com", right, email="ravi@example.com")
    return str(office.assistant.desk.open(wanted, actor="key:desk", key=key)["reference"])


def view(office: Workplace, reference: str) -> TicketView:
    return office.assistant.tickets.view(reference)


def whole(message: dict[str, Any]) -> str:
    return "\n".join(texts(message["blocks"]))


def form_of(office: Workplace, action: str, reference: str, user: str = APPROVER) -> dict[str, Any]:
    office.press(action, reference, user)
    office.settle()
    found: dict[str, Any] = office.views()[-1]
    return found


def sent(office: Workplace, form: dict[str, Any], fields: dict[str, str], user: str = APPROVER) -> None:
    response = office.submit(form["callback_id"], form["private_metadata"], fields, user)
    assert (response.status_code, response.text) == (200, "")
    office.settle()


def test_a_ticket_becomes_a_thin_card(office: Workplace) -> None:
    reference = opened(office)
    office.settle()
    (card,) = office.slack.shown(QUEUE)
    assert f"<https://slack.com/app_redirect?app=A1&team=T1|{reference}>" in whole(card)
    assert "/v1/" not in str(card)
    assert "Rights request: Delete their data" in whole(card)
    assert "Due <!date^" in whole(card)
    assert "ravi" not in str(card).lower()
    assert set(buttons(card)) == {"claim", "note", "reply", "extend", "resolve", "details"}


def test_a_request_that_nobody_has_proven_is_no_card(office: Workplace) -> None:
    front = office.assistant.front_desk
    conversation = front.open(channel="web", language=None).id
    for text in ("please delete all my data", "it is my own", "asha@example.com", "yes"):
        reply = front.take_turn(conversation, None, text)
    assert reply["tickets"][0]["status"] == "awaiting_verification"
    office.settle()
    assert office.slack.shown(QUEUE) == []


def test_claiming_shows_on_the_card(office: Workplace) -> None:
    reference = opened(office)
    office.settle()
    office.press("claim", reference, AGENT)
    office.settle()
    (card,) = office.slack.shown(QUEUE)
    assert f"<@{AGENT}>" in whole(card)
    assert "claim" not in buttons(card)
    assert view(office, reference).row.assignee == f"slack:{AGENT}"


def test_what_another_has_claimed_is_refused_in_words(office: Workplace) -> None:
    reference = opened(office)
    office.settle()
    office.press("claim", reference, AGENT)
    office.press("claim", reference, APPROVER)
    office.settle()
    assert view(office, reference).row.assignee == f"slack:{AGENT}"
    assert "somebody else's already" in office.told(APPROVER)[0]["text"]


def test_a_note_is_kept_and_never_sent(office: Workplace) -> None:
    reference = opened(office)
    sent(office, form_of(office, "note", reference), {"note": "Called back on Monday."})
    last = office.assistant.tickets.history(reference)[-1]
    assert (last.event, last.words, last.actor) == ("note", "Called back on Monday.", f"slack:{APPROVER}")
    assert office.told(APPROVER)[-1]["text"] == f"Your note is kept with {reference}."


def test_a_reply_is_mailed_to_the_requester(office: Workplace) -> None:
    reference = opened(office, right=None)
    sent(office, form_of(office, "reply", reference, AGENT), {"reply": "We are on it."}, AGENT)
    mails = [each for each in office.assistant.outbox.entries(reference=reference) if each.purpose == "reply"]
    assert len(mails) == 1
    assert office.assistant.tickets.history(reference)[-1].words == "We are on it."


def test_an_approver_gives_more_time_and_others_do_not(office: Workplace) -> None:
    reference = opened(office)
    office.settle()
    office.press("extend", reference, AGENT)
    office.settle()
    assert "do not have the role" in office.told(AGENT)[0]["text"]
    form = form_of(office, "extend", reference)
    sent(office, form, {"until": "2027-01-15", "reason": "Many systems."})
    due = view(office, reference).card.due
    assert due is not None
    assert due.at.isoformat().startswith("2027-01-15")
    (card,) = office.slack.shown(QUEUE)
    assert str(int(due.at.timestamp())) in whole(card)


def test_a_due_date_that_the_queue_refuses_is_refused_in_words(office: Workplace) -> None:
    reference = opened(office)
    sent(office, form_of(office, "extend", reference), {"until": "2020-01-01", "reason": "Long ago."})
    assert "`until` is after the present due date" in office.slack.called("chat.postMessage")[-1]["text"]


def test_resolving_closes_the_card_and_a_denial_needs_an_approver(office: Workplace) -> None:
    first, second = opened(office), opened(office, Right.ACCESS, "k2")
    office.settle()
    form = form_of(office, "resolve", first, AGENT)
    options = [each["value"] for each in form["blocks"][0]["element"]["options"]]
    assert "denied" in options
    assert "expired" not in options
    refused = office.submit("resolve", form["private_metadata"], {"to": "denied", "reason": ""}, AGENT)
    assert "reason" in refused.json()["errors"]
    sent(office, form, {"to": "denied", "reason": "No proof."}, AGENT)
    assert view(office, first).card.status is Status.RECEIVED
    sent(office, form_of(office, "resolve", first), {"to": "denied", "reason": "No proof."})
    sent(office, form_of(office, "resolve", second, AGENT), {"to": "fulfilled", "reason": ""}, AGENT)
    assert view(office, first).card.status is Status.DENIED
    assert view(office, second).card.status is Status.FULFILLED
    assert [buttons(card) for card in office.slack.shown(QUEUE)] == [{}, {}]


def test_details_are_shown_to_one_person_and_audited(office: Workplace) -> None:
    reference = opened(office)
    office.settle()
    office.press("details", reference, AGENT)
    office.settle()
    (told,) = office.told(AGENT)
    assert "ravi@example.com" in whole(told)
    assert "ravi@example.com" not in str(office.slack.shown(QUEUE))
    looks = [each for each in office.assistant.audit.entries(reference) if each.action == "ticket.viewed"]
    assert [each.actor for each in looks] == [f"slack:{AGENT}"]


def test_whoever_has_not_the_role_changes_and_sees_nothing(office: Workplace) -> None:
    reference = opened(office)
    before = view(office, reference).version
    office.settle()
    for user in (MEMBER, VIEWER, GUARD, GUEST, STRANGER):
        for action in ("claim", "note", "reply", "extend", "resolve", "details"):
            office.press(action, reference, user)
        office.settle()
        assert len(office.told(user)) == 6
        assert {each["text"] for each in office.told(user)} == {wording.NOT_YOURS}
    assert view(office, reference).version == before
    assert office.views() == []


@pytest.mark.parametrize(
    ("action", "fields", "where"),
    [
        ("reply", {"reply": "We are on it."}, "reply"),
        ("extend", {"until": "2027-01-15", "reason": "Many systems."}, "reason"),
        ("resolve", {"to": "fulfilled", "reason": ""}, "to"),
    ],
)
def test_a_form_that_is_older_than_the_ticket_is_refused_while_it_is_open(
    office: Workplace, action: str, fields: dict[str, str], where: str
) -> None:
    reference = opened(office)
    form = form_of(office, action, reference)
    office.press("claim", reference, AGENT)
    office.settle()
    before = view(office, reference).version
    refused = office.submit(action, form["private_metadata"], fields, APPROVER)
    assert f"{reference} has changed since this form was opened" in refused.json()["errors"][where]
    office.settle()
    assert view(office, reference).version == before


def test_a_ticket_that_changes_before_a_form_is_handled_is_not_changed_by_it(office: Workplace) -> None:
    reference = opened(office)
    form = form_of(office, "resolve", reference)
    office.submit("resolve", form["private_metadata"], {"to": "fulfilled", "reason": ""}, APPROVER)
    office.assistant.desk.claim(reference, actor="key:desk")
    office.settle()
    assert view(office, reference).card.status is Status.RECEIVED
    assert "has changed since you read it" in office.slack.shown(APPROVER)[-1]["text"]


def test_a_note_fits_whatever_became_of_the_ticket(office: Workplace) -> None:
    reference = opened(office)
    form = form_of(office, "note", reference, AGENT)
    office.assistant.desk.claim(reference, actor="key:desk")
    sent(office, form, {"note": "Called back."}, AGENT)
    assert office.assistant.tickets.history(reference)[-1].words == "Called back."


def test_a_form_that_is_sent_off_twice_because_the_answer_was_late_acts_once(office: Workplace) -> None:
    reference = opened(office, right=None)
    form = form_of(office, "reply", reference, AGENT)
    for _ in range(3):
        answer = office.submit("reply", form["private_metadata"], {"reply": "On it."}, AGENT, view="V7")
        assert answer.text == ""
        office.settle()
    assert [entry.words for entry in office.assistant.tickets.history(reference)].count("On it.") == 1


def test_details_longer_than_a_message_are_shown_whole(office: Workplace) -> None:
    words = " ".join(f"word{number} {number}@example.com" for number in range(400))
    wanted = Wanted(Kind.COMPLAINT, words, email="ravi@example.com")
    reference = str(office.assistant.desk.open(wanted, actor="key:desk", key="long")["reference"])
    office.settle()
    office.press("details", reference, AGENT)
    office.settle()
    assert "399@example.com" in "".join(whole(each) for each in office.told(AGENT))
    assert len(office.told(AGENT)) > 1


def test_a_form_of_somebody_who_lost_the_role_does_nothing(office: Workplace) -> None:
    reference = opened(office)
    form = form_of(office, "note", reference, AGENT)
    office.slack.state.groups["SAGENTS"] = []
    office.later(minutes=6)
    before = view(office, reference).version
    sent(office, form, {"note": "Still here?"}, AGENT)
    assert view(office, reference).version == before


def test_what_is_due_soon_and_what_is_overdue_is_said_once_each(office: Workplace) -> None:
    reference = opened(office)
    office.settle()
    office.later(days=28, hours=12)
    office.later(minutes=1)
    office.later(days=2)
    office.later(days=1)
    card, soon, late = office.slack.shown(QUEUE)
    assert {soon["thread_ts"], late["thread_ts"]} == {card["ts"]}
    assert f"{reference} is due" in soon["text"]
    assert f"{reference} is overdue" in late["text"]


def test_a_ticket_that_was_given_more_time_is_told_anew_when_that_is_over(office: Workplace) -> None:
    reference = opened(office)
    office.settle()
    office.later(days=28, hours=12)
    sent(office, form_of(office, "extend", reference), {"until": "2027-01-15", "reason": "Many systems."})
    office.later(days=24)
    _, first, second = office.slack.shown(QUEUE)
    assert all(f"{reference} is due" in each["text"] for each in (first, second))
    assert first["text"] != second["text"]


def test_the_home_tab_leads_to_the_post_of_a_ticket(office: Workplace) -> None:
    reference = opened(office)
    office.settle()
    office.home(AGENT)
    office.settle()
    (card,) = office.slack.shown(QUEUE)
    (tab,) = office.slack.called("views.publish")
    where = f"https://example.slack.com/archives/{QUEUE}/p{card['ts'].replace('.', '')}"
    assert f"<{where}|{reference}>" in whole(tab["view"])


def test_while_slack_does_not_say_where_we_are_a_card_has_no_link(
    bare: Assistant, slack: SlackServer, frozen: FrozenClock
) -> None:
    slack.fail(Failure("auth.test", status=500))
    office = Workplace.opened(bare, slack, frozen)
    office.settle()
    reference = opened(office)
    office.settle()
    (card,) = slack.shown(QUEUE)
    assert f"*{reference}*" in whole(card)
    assert "<http" not in whole(card)


def test_the_home_tab_lists_by_role(office: Workplace) -> None:
    reference = opened(office)
    mine = opened(office, Right.ACCESS, "k2")
    office.press("claim", mine, AGENT)
    office.settle()
    for user in (AGENT, GUARD, MEMBER, GUEST):
        office.home(user)
        office.settle()
    seen = {each["user_id"]: whole(each["view"]) for each in office.slack.called("views.publish")}
    assert reference in seen[AGENT]
    assert mine in seen[AGENT]
    assert "Incidents" in seen[GUARD]
    assert "Incidents" not in seen[AGENT]
    assert reference not in seen[MEMBER] + seen[GUEST]
    assert "/privacy report" in seen[MEMBER]
    assert "/privacy report" not in seen[GUEST]
    assert "ravi" not in str(seen).lower()


def test_an_act_in_the_home_tab_brings_it_up_to_date(office: Workplace) -> None:
    reference = opened(office)
    office.settle()
    office.press("claim", reference, AGENT, home=True)
    office.settle()
    (tab,) = office.slack.called("views.publish")
    assert tab["user_id"] == AGENT
    assert whole(tab["view"]).index("My tickets") < whole(tab["view"]).index(reference)


def test_details_from_the_home_tab_open_over_it(office: Workplace) -> None:
    reference = opened(office)
    office.settle()
    office.press("details", reference, AGENT, home=True)
    office.settle()
    (shown,) = office.views()
    assert "ravi@example.com" in whole(shown)


def test_a_home_tab_with_hundreds_of_tickets_stays_within_its_limits(office: Workplace) -> None:
    for number in range(60):
        opened(office, key=f"k{number}")
    office.home(AGENT)
    office.settle()
    (tab,) = office.slack.called("views.publish")
    assert len(tab["view"]["blocks"]) <= 100
    assert "the list is cut here" in whole(tab["view"])


def test_what_was_there_before_slack_is_told_only_when_it_is_due(
    bare: Assistant, slack: SlackServer, frozen: FrozenClock
) -> None:
    wanted = Wanted(Kind.RIGHTS_REQUEST, "Please delete my data", Right.DELETION)
    bare.desk.open(wanted, actor="key:desk", key="old")
    frozen.now += timedelta(days=3)
    office = Workplace.opened(bare, slack, frozen)
    office.settle()
    assert slack.shown(QUEUE) == []
    office.later(days=26)
    office.later(seconds=5)
    card, soon = slack.shown(QUEUE)
    assert soon["thread_ts"] == card["ts"]
