import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.desk.service import TicketDesk
from assistant.desk.values import AddressUnusable, RightMisplaced, SeverityMisplaced, StillOpening, Wanted
from assistant.reply import Right, Severity
from assistant.tickets.errors import IllegalMove, StaleTicket, TicketNotFound
from assistant.tickets.idempotency import KeyReused
from assistant.tickets.values import Filters, Kind, Status
from tests.assistant.db.opening import found_in
from tests.assistant.security.rooms import Rooms

ACTOR = "key:ana"
ACCESS = Wanted(Kind.RIGHTS_REQUEST, "Riya called: everything, please.", right=Right.ACCESS, email="riya@example.com")
INQUIRY = Wanted(Kind.INQUIRY, "Who reads the newsletter list?", email="riya@example.com")


def opened(desk: TicketDesk, wanted: Wanted = INQUIRY, *, key: str = "k") -> str:
    return str(desk.open(wanted, actor=ACTOR, key=key)["reference"])


def test_the_desk_vouches_so_a_request_is_received_unproven_and_the_history_says_who_opened_it(
    desk: TicketDesk,
) -> None:
    card = desk.open(ACCESS, actor=ACTOR, key="k")
    view = desk.show(card["reference"], actor=ACTOR)
    assert (card["status"], card["due_basis"]) == ("received", {"kind": "policy", "cite": "12.2.2"})
    assert (view.contact, view.row.contact_proven, view.origin) == ("riya@example.com", False, "desk")
    assert [(entry.actor, entry.event) for entry in desk.history(card["reference"], actor=ACTOR)] == [(ACTOR, "opened")]
    assert card["version"] == view.version


def test_no_mail_goes_out_when_the_desk_opens_a_request(desk: TicketDesk, rooms: Rooms) -> None:
    opened(desk, ACCESS)
    assert rooms.mails() == []


def test_a_repeat_gives_the_first_answer_and_opens_nothing(desk: TicketDesk) -> None:
    first = desk.open(ACCESS, actor=ACTOR, key="k")
    desk.claim(first["reference"], actor=ACTOR)
    assert desk.open(ACCESS, actor=ACTOR, key="k") == first
    assert desk.open(ACCESS, actor="key:ben", key="k") != first
    assert len(desk.list(Filters()).items) == 2


def test_a_key_that_was_used_for_something_else_is_refused(desk: TicketDesk) -> None:
    opened(desk)
    with pytest.raises(KeyReused):
        desk.open(ACCESS, actor=ACTOR, key="k")
    assert len(desk.list(Filters()).items) == 1


def test_a_repeat_while_the_first_is_at_work_is_refused(
    desk: TicketDesk, rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    write = rooms.database.write

    def slowly(work: object) -> object:
        begun.set()
        assert go_on.wait(10)
        return write(work)  # type: ignore[arg-type]

    monkeypatch.setattr(rooms.database, "write", slowly)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(desk.open, INQUIRY, actor=ACTOR, key="k")
        assert begun.wait(10)
        with pytest.raises(StillOpening):
            desk.open(INQUIRY, actor=ACTOR, key="k")
        go_on.set()
        answer = first.result()
    assert desk.open(INQUIRY, actor=ACTOR, key="k") == answer


def test_what_is_refused_frees_the_key(desk: TicketDesk) -> None:
    bad = Wanted(Kind.INQUIRY, "Hello?", email="riya@example.com\nbcc: all@example.com")
    with pytest.raises(AddressUnusable):
        desk.open(bad, actor=ACTOR, key="k")
    assert opened(desk, key="k")


def test_a_right_belongs_to_rights_requests_and_a_severity_to_incidents() -> None:
    with pytest.raises(RightMisplaced):
        Wanted(Kind.RIGHTS_REQUEST, "Everything, please.")
    with pytest.raises(RightMisplaced):
        Wanted(Kind.COMPLAINT, "Nobody answers.", right=Right.ACCESS)
    with pytest.raises(SeverityMisplaced):
        Wanted(Kind.COMPLAINT, "Nobody answers.", severity=Severity.HIGH)


def test_an_incident_of_the_desk_alerts_the_people_on_call_until_one_acknowledges(
    desk: TicketDesk, rooms: Rooms
) -> None:
    reference = opened(desk, Wanted(Kind.SECURITY_INCIDENT, "A client says somebody is in his account right now."))
    assert [mail.purpose for mail in rooms.mails()] == ["alert"]
    assert rooms.woken
    view = desk.acknowledge(reference, by="Ana", actor=ACTOR)
    assert (view.card.status, view.acknowledged_by) == (Status.ACKNOWLEDGED, "Ana")
    rooms.run_for(60)
    assert len(rooms.mails("alert")) == 1


def test_the_desks_own_severity_counts_before_the_rules(desk: TicketDesk) -> None:
    text = "A client says somebody is in his account right now."
    judged = desk.open(Wanted(Kind.SECURITY_INCIDENT, text), actor=ACTOR, key="1")
    said = desk.open(Wanted(Kind.SECURITY_INCIDENT, text, severity=Severity.NORMAL), actor=ACTOR, key="2")
    assert (judged["severity"], said["severity"]) == ("critical", "normal")


def test_who_acknowledges_without_a_name_is_the_key(desk: TicketDesk) -> None:
    reference = opened(desk, Wanted(Kind.SECURITY_INCIDENT, "A laptop was left on a train."))
    assert desk.acknowledge(reference, actor=ACTOR).acknowledged_by == "ana"


def test_what_masking_takes_out_is_kept_sealed_and_shown_on_the_ticket_alone(desk: TicketDesk, rooms: Rooms) -> None:
    text = "Call Riya on +91 98765 43210 about her invoice."
    reference = opened(desk, Wanted(Kind.INQUIRY, text, email="riya@example.com"))
    view = desk.show(reference, actor=ACTOR)
    assert (view.details, "98765" in view.text) == (text, False)
    (row,) = desk.list(Filters()).items
    assert row.contact == "r…@example.com"
    assert found_in(rooms.database.folder, ["98765 43210", "riya@example.com"]) == []


def test_every_look_at_a_ticket_is_in_the_audit_trail_with_the_key(desk: TicketDesk, rooms: Rooms) -> None:
    reference = opened(desk)
    desk.show(reference.lower().replace("-", ""), actor=ACTOR)
    desk.history(reference, actor="console")
    list(desk.export(Filters(), actor=ACTOR))
    looks = [(entry.actor, entry.action) for entry in rooms.audit.entries(reference)][1:]
    assert looks == [(ACTOR, "ticket.viewed"), ("console", "ticket.history_viewed")]
    assert [entry.action for entry in rooms.audit.entries("queue")] == ["tickets.exported"]


def test_a_change_with_an_old_version_changes_nothing(desk: TicketDesk) -> None:
    reference = opened(desk)
    view = desk.claim(reference, actor=ACTOR, expect_version=1)
    with pytest.raises(StaleTicket):
        desk.note(reference, "Too late.", actor=ACTOR, expect_version=1)
    assert desk.show(reference, actor=ACTOR).version == view.version == 2


def test_an_illegal_move_is_refused(desk: TicketDesk) -> None:
    reference = opened(desk)
    desk.transition(reference, Status.CLOSED, reason="Answered by phone.", actor=ACTOR)
    with pytest.raises(IllegalMove):
        desk.transition(reference, Status.IN_PROGRESS, actor=ACTOR)


def test_a_reply_is_mailed_to_the_requester(desk: TicketDesk, rooms: Rooms) -> None:
    reference = opened(desk)
    desk.reply(reference, "Nobody outside the company.", actor=ACTOR)
    (mail,) = rooms.mails("reply")
    assert mail.to == "riya@example.com"
    assert "Nobody outside the company." in mail.body
    assert desk.show(reference, actor=ACTOR).first_answered_at == rooms.watch.now


def test_nothing_is_done_to_a_ticket_that_is_not_there(desk: TicketDesk) -> None:
    with pytest.raises(TicketNotFound):
        desk.claim("CM-0000-0000", actor=ACTOR)
    with pytest.raises(TicketNotFound):
        desk.history("'; drop table tickets; --", actor=ACTOR)
