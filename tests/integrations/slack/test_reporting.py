from typing import Any

import pytest

from assistant.tickets.values import Filters, Kind, TicketRow
from tests.fakes.slack import texts
from tests.integrations.slack.workplace import GUARD, GUEST, MEMBER, SECURITY, STRANGER, Workplace, buttons, values

PHISHING = "A client got a phishing mail in our name, her address is asha@example.com and her PAN is ABCPK1234F"
EMPTY = {"kind": "", "text": "", "right": "", "severity": "", "on_behalf_of": "", "email": ""}


def tickets(office: Workplace) -> tuple[TicketRow, ...]:
    return office.assistant.tickets.list(Filters(status="open")).items


def form(office: Workplace) -> dict[str, Any]:
    found: dict[str, Any] = office.views()[-1]
    return found


def sent(office: Workplace, fields: dict[str, str], user: str = MEMBER) -> None:
    response = office.submit("report", form(office)["private_metadata"], {**EMPTY, **fields}, user)
    assert (response.status_code, response.text) == (200, "")
    office.settle()


@pytest.mark.parametrize("way", ["command", "shortcut"])
def test_the_form_is_prefilled_and_masked(office: Workplace, way: str) -> None:
    if way == "command":
        office.command(f"report {PHISHING}")
    else:
        office.shortcut(PHISHING, MEMBER)
    office.settle()
    assert values(form(office))["text"].startswith("A client got a phishing mail in our name")
    assert "asha@example.com" not in str(office.slack.state.calls)
    assert "ABCPK1234F" not in str(office.slack.state.calls)


def test_an_incident_for_a_client(office: Workplace) -> None:
    office.command("report")
    office.settle()
    sent(office, {"kind": "security_incident", "text": PHISHING, "severity": "critical", "on_behalf_of": "Asha Rao"})
    (row,) = tickets(office)
    view = office.assistant.tickets.view(row.card.reference)
    assert (row.card.kind, row.card.severity, view.on_behalf_of) == (Kind.SECURITY_INCIDENT, "critical", "Asha Rao")
    assert "asha@example.com" not in view.text
    assert row.card.reference in office.slack.called("chat.postMessage")[-1]["text"] + str(office.slack.shown(MEMBER))


def test_a_request_for_a_client(office: Workplace) -> None:
    office.command("report a client wants to be deleted")
    office.settle()
    sent(office, {"kind": "rights_request", "right": "deletion", "text": "Delete me", "email": "asha@example.com"})
    (row,) = tickets(office)
    assert (row.card.kind, row.card.right) == (Kind.RIGHTS_REQUEST, "deletion")
    assert office.assistant.tickets.view(row.card.reference).contact == "asha@example.com"


def test_what_is_missing_is_said_in_the_form(office: Workplace) -> None:
    office.command("report")
    office.settle()
    wrong = {**EMPTY, "kind": "rights_request", "text": " ", "email": "not an address"}
    errors = office.submit("report", form(office)["private_metadata"], wrong, MEMBER).json()
    assert errors["response_action"] == "errors"
    assert set(errors["errors"]) == {"text", "right", "email"}
    office.settle()
    assert tickets(office) == ()


def test_plain_words_open_the_incident_at_once_and_the_form_adds_to_it(answering: Workplace) -> None:
    answering.direct(PHISHING)
    answering.settle()
    (handled,) = (each for each in answering.slack.called("chat.postMessage") if "for_a_client" in buttons(each))
    reference = tickets(answering)[0].card.reference
    assert reference in "\n".join(texts(handled["blocks"]))
    answering.press("for_a_client", buttons(handled)["for_a_client"], MEMBER, channel="DIRECT1")
    answering.settle()
    begins = values(form(answering))
    assert set(begins) == {"text", "severity", "on_behalf_of", "email"}
    assert "phishing mail in our name" in begins["text"]
    assert "asha@example.com" not in str(form(answering))
    assert f"*{reference}*, which is open already" in str(form(answering))
    sent(answering, {"text": "It came again", "on_behalf_of": "Asha Rao"})
    assert [row.card.reference for row in tickets(answering)] == [reference]
    words = [entry.words for entry in answering.assistant.tickets.history(reference)]
    assert "It came again" in words
    assert "Asha Rao" in words


def opened_by_words(office: Workplace) -> str:
    """The incident that plain words opened, with the form over it."""
    office.command(PHISHING)
    office.settle()
    return tickets(office)[0].card.reference


def test_whatever_is_sent_off_over_an_incident_no_second_one_is_opened(office: Workplace) -> None:
    reference = opened_by_words(office)
    for kind in ("security_incident", "rights_request", "inquiry", ""):
        sent(office, {"kind": kind, "right": "deletion", "text": f"More of it, {kind}"})
    assert [row.card.reference for row in tickets(office)] == [reference]


def test_what_was_added_is_masked_and_kept_sealed_and_its_severity_counts(office: Workplace) -> None:
    reference = opened_by_words(office)
    before = office.assistant.tickets.card(reference).severity
    assert before != "critical"
    sent(office, {"text": "Her other address is meera@example.com", "severity": "critical"})
    assert office.assistant.tickets.card(reference).severity == "critical"
    history = office.assistant.tickets.history(reference)
    again = next(entry for entry in history if entry.event == "reported_again")
    assert again.words == "Her other address is [email]"
    assert "Her other address is meera@example.com" in [entry.words for entry in history if entry.event == "note"]
    assert "meera@example.com" not in str(office.slack.state.calls)


def test_a_report_over_an_incident_that_was_closed_meanwhile_is_not_lost(office: Workplace) -> None:
    reference = opened_by_words(office)
    metadata = form(office)["private_metadata"]
    office.press("dismiss", reference, GUARD, channel=SECURITY)
    office.settle()
    office.submit("dismiss", form(office)["private_metadata"], {"reason": "A drill."}, GUARD)
    office.settle()
    office.submit("report", metadata, {**EMPTY, "text": "It came again"}, MEMBER)
    office.settle()
    (row,) = tickets(office)
    assert row.card.reference != reference
    assert row.card.kind is Kind.SECURITY_INCIDENT
    said = office.slack.called("chat.postMessage")[-2:]
    assert any(f"{reference} was closed meanwhile" in each["text"] for each in said)


def test_a_report_does_not_wait_for_slack_to_say_who_somebody_is(office: Workplace) -> None:
    office.command("report")
    office.settle()
    metadata = form(office)["private_metadata"]
    office.later(minutes=6)
    office.slack.state.token = "xoxb-another"
    office.submit("report", metadata, {**EMPTY, "kind": "security_incident", "text": PHISHING}, MEMBER)
    office.settle()
    (row,) = tickets(office)
    assert row.card.kind is Kind.SECURITY_INCIDENT


def test_a_form_that_is_sent_off_twice_because_the_answer_was_late_reports_once(office: Workplace) -> None:
    office.command("report")
    office.settle()
    metadata, fields = form(office)["private_metadata"], {**EMPTY, "kind": "security_incident", "text": PHISHING}
    for _ in range(3):
        office.submit("report", metadata, fields, MEMBER, view="V7")
    office.settle()
    assert len(tickets(office)) == 1


@pytest.mark.parametrize("user", [GUEST, STRANGER])
def test_a_guest_gets_no_form(office: Workplace, user: str) -> None:
    office.command("report", user)
    office.shortcut(PHISHING, user)
    office.settle()
    assert office.views() == []
    assert "write to me what happened" in office.slack.called("respond")[0]["text"]


def test_what_a_guest_reports_by_command_is_taken_as_any_visitor(office: Workplace) -> None:
    office.command("report my account was hacked and mails are going out", GUEST)
    office.settle()
    (row,) = tickets(office)
    assert row.card.kind is Kind.SECURITY_INCIDENT


def test_a_form_that_is_no_longer_known_is_said_to_be(office: Workplace) -> None:
    office.submit("something_else", "", {}, MEMBER)
    office.press("something_else", "x", MEMBER)
    office.settle()
    assert "out of date" in office.slack.called("chat.postMessage")[0]["text"]
