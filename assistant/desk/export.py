"""The queue as a table for a spreadsheet: CSV (RFC 4180) in which no cell can be read as a formula."""

import csv
from collections.abc import Callable, Iterator, Sequence
from io import StringIO

from assistant.tickets.values import Page, TicketRow, instant

COLUMNS = (
    "reference",
    "kind",
    "right",
    "status",
    "severity",
    "opened_at",
    "due_at",
    "due_basis",
    "due_cite",
    "first_answer_due_at",
    "assignee",
    "email",
    "email_proven",
    "group",
)
# A cell that begins with one of these is computed by some spreadsheet; an apostrophe before it makes it text.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SPACES = " \u00a0"


def as_csv(page: Callable[[str | None], Page]) -> Iterator[str]:
    """The heading, then a line for each ticket; `page` gives the page at a cursor."""
    yield _line(COLUMNS)
    cursor: str | None = None
    while True:
        found = page(cursor)
        yield "".join(_line(_cells(row)) for row in found.items)
        cursor = found.next
        if cursor is None:
            return


def safe(cell: str) -> str:
    """The cell as text to any spreadsheet, also where it trims the spaces before it."""
    return f"'{cell}" if cell.lstrip(_SPACES).startswith(_FORMULAS) else cell


def _line(cells: Sequence[str]) -> str:
    out = StringIO()
    csv.writer(out).writerow([safe(cell) for cell in cells])
    return out.getvalue()


def _cells(row: TicketRow) -> tuple[str, ...]:
    card = row.card
    due, first = card.due, card.first_answer
    values = (
        card.reference,
        card.kind,
        card.right,
        card.status,
        card.severity,
        instant(row.opened_at),
        instant(due.at) if due else None,
        due.kind if due else None,
        due.cite if due else None,
        instant(first.at) if first else None,
        row.assignee,
        row.contact,
        "yes" if row.contact_proven else "no",
        row.group,
    )
    return tuple(str(value or "") for value in values)
