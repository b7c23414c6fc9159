import pytest

from assistant.reply import Intent, Outcome, PartKind, Severity
from assistant.tickets.values import Kind, Status
from tests.assistant.security.rooms import Rooms


def test_a_report_opens_an_incident_and_its_alert_together(rooms: Rooms) -> None:
    piece = rooms.report("Someone hacked my account and changed the password")
    (ticket,) = piece.tickets
    assert (piece.intent, piece.outcome, piece.asks_for) == (Intent.SECURITY_REPORT, Outcome.TICKET_OPENED, None)
    assert (ticket["kind"], ticket["status"], ticket["severity"]) == ("security_incident", "received", "critical")
    (mail,) = rooms.mails("alert")
    assert mail.to == rooms.organisation.privacy_contact.email
    assert ticket["reference"] in mail.subject
    assert (mail.priority, mail.at) == (0, rooms.watch.now)
    assert rooms.woken


def test_nothing_is_kept_when_the_turn_is_not_committed(rooms: Rooms) -> None:
    piece = rooms.security.report(rooms.visit("we have been hacked"))
    assert piece.tickets
    assert rooms.mails() == []
    assert rooms.tickets.incident_of(rooms.visit("").conversation) is None


def test_the_visitor_reads_what_to_do_what_to_keep_back_whom_to_call_and_the_reference(rooms: Rooms) -> None:
    piece = rooms.report("I gave the caller my OTP")
    kinds = [part.kind for part in piece.parts]
    assert kinds == [
        PartKind.INSTRUCTION,
        PartKind.INSTRUCTION,
        PartKind.CONTACT,
        PartKind.TICKET,
        PartKind.CONTACT,
    ]
    now, not_here, urgent, ticket, _ = (part.text for part in piece.parts)
    assert "Call your bank" in now
    assert "do not send passwords" in not_here
    assert str(rooms.organisation.urgent_contact.phone) in urgent
    assert piece.tickets[0]["reference"] in ticket


def test_a_second_report_of_a_conversation_adds_to_its_incident(rooms: Rooms) -> None:
    first = rooms.report("I got a weird email with your logo")
    rooms.watch.forward(minutes=1)
    second = rooms.report("now I see that all our files are encrypted and they ask for bitcoin")
    assert second.tickets[0]["reference"] == first.tickets[0]["reference"]
    assert (first.tickets[0]["severity"], second.tickets[0]["severity"]) == ("normal", "critical")
    card = rooms.tickets.incident_of(rooms.visit("").conversation)
    assert card is not None
    assert card.severity is Severity.CRITICAL
    assert [mail.priority for mail in rooms.mails("alert")] == [2, 0]


def test_a_second_report_that_is_no_worse_alerts_nobody_anew(rooms: Rooms) -> None:
    rooms.report("my account was hacked")
    rooms.watch.forward(minutes=1)
    piece = rooms.report("also there was a strange mail yesterday")
    assert piece.tickets[0]["severity"] == "critical"
    assert len(rooms.mails("alert")) == 1


def test_another_conversation_has_an_incident_of_its_own(rooms: Rooms) -> None:
    one = rooms.report("my account was hacked", conversation="one")
    two = rooms.report("my account was hacked", conversation="two")
    assert one.tickets[0]["reference"] != two.tickets[0]["reference"]


def test_a_report_after_the_incident_was_closed_opens_a_new_one(rooms: Rooms) -> None:
    reference = rooms.report("my account was hacked").tickets[0]["reference"]
    rooms.database.write(lambda session: rooms.tickets.move(session, reference, Status.CLOSED, actor="console"))
    assert rooms.report("my account was hacked again").tickets[0]["reference"] != reference


@pytest.mark.parametrize(
    ("text", "handed_in", "severity"),
    [
        ("I got a weird email with your logo", Severity.CRITICAL, "critical"),
        ("my account was hacked", Severity.NORMAL, "critical"),
        ("I lost my laptop", None, "high"),
    ],
)
def test_triage_can_raise_the_severity_and_not_lower_it(
    rooms: Rooms, text: str, handed_in: Severity | None, severity: str
) -> None:
    piece = rooms.security.report(rooms.visit(text), handed_in)
    assert piece.tickets[0]["severity"] == severity


def test_the_incident_keeps_when_it_was_noticed(rooms: Rooms) -> None:
    reference = rooms.report("my account was hacked").tickets[0]["reference"]
    card = rooms.tickets.card(reference)
    assert (card.kind, card.due, card.first_answer) == (Kind.SECURITY_INCIDENT, None, None)


def test_identifiers_of_a_report_stand_in_no_mail_and_in_no_reply(rooms: Rooms) -> None:
    piece = rooms.report("phishing from crook@example.com, call +91 98765 43210, my card 4111 1111 1111 1111")
    told = " ".join([mail.subject + mail.body for mail in rooms.mails()] + [part.text for part in piece.parts])
    assert "crook" not in told
    assert "43210" not in told
    assert "1111" not in told
    assert "[email]" in told
