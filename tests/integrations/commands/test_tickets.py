import csv
import json
from functools import partial
from pathlib import Path

import pytest

from assistant.db.database import open_database
from assistant.office import open_office
from assistant.organisation import load_organisation
from assistant.reply import Right, Severity
from assistant.tickets.values import Kind, NewTicket
from tests.databases import settings_for
from tests.integrations.commands.conftest import Terminal


@pytest.fixture
def queue(terminal: Terminal) -> Terminal:
    """Three tickets: a request, an incident and a complaint that wants to be a formula."""
    settings = settings_for(terminal.data, policy=str(terminal.folder))
    database = open_database(settings, server=False)
    tickets = open_office(database, settings, load_organisation(terminal.folder)).tickets
    for new in (
        NewTicket(
            tickets.new_reference(),
            Kind.RIGHTS_REQUEST,
            "Everything, please.",
            right=Right.ACCESS,
            contact="riya@example.com",
            contact_proven=True,
        ),
        NewTicket(tickets.new_reference(), Kind.SECURITY_INCIDENT, "Somebody is in.", severity=Severity.CRITICAL),
        NewTicket(tickets.new_reference(), Kind.COMPLAINT, "Nobody \x1b[2J answers.", contact="=x@example.com"),
    ):
        database.write(partial(tickets.open, new=new))
    database.close()
    return terminal


def reference(queue: Terminal, kind: str) -> str:
    return queue("tickets", "list", "--kind", kind).out.split()[0]


def test_the_queue_is_listed_most_urgent_first_with_masked_addresses(queue: Terminal) -> None:
    lines = queue("tickets", "list").out.splitlines()
    assert ["critical" in line for line in lines] == [True, False, False]
    assert "r…@example.com" in queue("tickets", "list", "--right", "access").out
    assert "riya" not in "".join(lines)
    assert [
        json.loads(line)["kind"] for line in queue("tickets", "list", "--json", "--limit", "1").out.splitlines()
    ] == ["security_incident"]
    assert queue("tickets", "list", "--status", "closed").out == "No ticket fits.\n"
    assert queue("tickets", "list", "--due-before", "2001-01-01").out == "No ticket fits.\n"
    assert len(queue("tickets", "list", "--search", "everything", "--status", "open").out.splitlines()) == 1


def test_a_ticket_is_worked_through_from_the_console(queue: Terminal) -> None:
    name = reference(queue, "rights_request")
    assert "version 2" in queue("tickets", "claim", name.lower()).out
    assert "Ana" in queue("tickets", "assign", name, "Ana").out
    assert "in_progress" in queue("tickets", "transition", name, "in_progress", "--reason", "Begun.").out
    queue("tickets", "note", name, "Asked the shop.")
    queue("tickets", "reply", name, "We are on it.")
    assert "version 7" in queue("tickets", "regime", name, "gdpr").out
    shown = queue("tickets", "show", name).out
    for words in ("riya@example.com (proven)", "text: Everything, please.", "console  note", "Asked the shop.", "GDPR"):
        assert words in shown
    whole = json.loads(queue("tickets", "show", name, "--json").out)
    assert (whole["assignee"], whole["regime"], len(whole["history"])) == ("Ana", "gdpr", 7)
    trail = queue("audit", "show", name).out
    assert trail.count("ticket.viewed") == 2


def test_an_incident_is_acknowledged(queue: Terminal) -> None:
    name = reference(queue, "security_incident")
    assert "acknowledged" in queue("tickets", "acknowledge", name, "--by", "Ana").out
    assert "acknowledged by: Ana" in queue("tickets", "show", name).out


def test_what_cannot_be_done_is_one_line(queue: Terminal) -> None:
    name = reference(queue, "rights_request")
    assert "no ticket" in queue("tickets", "show", "nothing").refusal
    assert "changed since" in queue("tickets", "claim", name, "--version", "9").refusal
    assert "cannot become" in queue("tickets", "transition", name, "contained").refusal
    assert "`until`" in queue("tickets", "extend", name, "--until", "2001-01-01", "--reason", "Late.").refusal
    assert "incident" in queue("tickets", "acknowledge", name).refusal


def test_what_others_wrote_never_steers_the_terminal(queue: Terminal) -> None:
    assert "\x1b" not in queue("tickets", "show", reference(queue, "complaint")).out


def test_the_export_is_a_table_that_runs_nothing(queue: Terminal, tmp_path: Path) -> None:
    queue("tickets", "export", str(tmp_path / "tickets.csv"), "--kind", "complaint")
    with (tmp_path / "tickets.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["email"] == "'=…@example.com"
