import csv
from io import StringIO

import pytest

from assistant.desk.export import COLUMNS, safe
from assistant.desk.service import PAGE, TicketDesk
from assistant.desk.values import Wanted
from assistant.tickets.values import Filters, Kind

ACTOR = "key:ana"


@pytest.mark.parametrize(
    "cell",
    ["=1+1", '=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", " =1", "＝1", "\u00a0@x"],
)
def test_a_formula_becomes_text(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "CM-7F3K-92QD", "2026-03-02T09:15:00Z", "r…@example.com", "12.2.2"])
def test_what_is_no_formula_stays_as_it_is(cell: str) -> None:
    assert safe(cell) == cell


def test_a_name_that_is_a_formula_and_an_address_arrive_as_text(desk: TicketDesk) -> None:
    reference = desk.open(Wanted(Kind.COMPLAINT, "Nobody answers.", email="=cmd@example.com"), actor=ACTOR, key="k")
    desk.assign(reference["reference"], '=HYPERLINK("http://x","a, b")', actor=ACTOR)
    heading, row = csv.reader(StringIO("".join(desk.export(Filters(), actor=ACTOR))))
    cells = dict(zip(heading, row, strict=True))
    assert tuple(heading) == COLUMNS
    assert (cells["assignee"], cells["email"]) == ('\'=HYPERLINK("http://x","a, b")', "'=…@example.com")
    assert (cells["kind"], cells["status"], cells["email_proven"]) == ("complaint", "received", "no")


def test_every_page_is_in_the_table_and_each_ticket_once(desk: TicketDesk) -> None:
    for number in range(PAGE + 3):
        desk.open(Wanted(Kind.INQUIRY, f"Question {number}"), actor=ACTOR, key=str(number))
    rows = list(csv.DictReader(StringIO("".join(desk.export(Filters(), actor=ACTOR)))))
    assert len({row["reference"] for row in rows}) == len(rows) == PAGE + 3
