"""`privacy-assistant tickets`: the queue for someone on the server. Each act stands in the history as the console's."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, time
from enum import StrEnum
from pathlib import Path

import click

from assistant.office import Office
from assistant.reply import Right, Severity
from assistant.tickets.values import Deadline, Filters, Kind, Regime, Status, TicketRow, TicketView, instant
from integrations.commands.office import opened_office
from integrations.commands.printing import say

ACTOR = "console"
OPEN = "open"
MOST = 1_000
_PAGE = 200
_LAST_SECOND = time(23, 59, 59)
_DAY = click.DateTime(["%Y-%m-%d"])


def _one_of(words: type[StrEnum], *more: str) -> click.Choice[str]:
    return click.Choice([*more, *(word.value for word in words)])


_NARROWING = (
    click.option("--status", type=_one_of(Status, OPEN), help="Without it: what is in the queue."),
    click.option("--kind", type=_one_of(Kind)),
    click.option("--right", type=_one_of(Right)),
    click.option("--severity", type=_one_of(Severity)),
    click.option("--assignee"),
    click.option("--due-before", type=_DAY, help="Due before this day begins."),
    click.option("--search", "q", help="A reference, or words of the masked text."),
)
_REFERENCE = click.argument("reference")
_VERSION = click.option("--version", type=click.IntRange(1), help="Refuse when the ticket has another version by now.")


@click.group("tickets")
def command() -> None:
    """List, show and change the tickets of the queue."""


def _narrowed(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that narrow a list down."""
    for option in reversed(_NARROWING):
        function = option(function)
    return function


@command.command("list")
@_narrowed
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, MOST))
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object a line.")
def listing(limit: int, *, as_json: bool, **narrowing: object) -> None:
    """List tickets, most urgent first, addresses masked."""
    with opened_office() as office:
        count = 0
        for row in _rows(office, _filters(office, **narrowing), limit):
            count += 1
            say(json.dumps(row.as_json(), ensure_ascii=True) if as_json else _line(row))
    if not count and not as_json:
        say("No ticket fits.")


@command.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_narrowed
def export(file: Path, **narrowing: object) -> None:
    """Write the tickets that fit into FILE as CSV, addresses masked, safe to open in a spreadsheet."""
    with opened_office() as office:
        lines = office.desk.export(_filters(office, **narrowing), actor=ACTOR)
        # The mark tells a spreadsheet that this is UTF-8.
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            out.writelines(lines)
    say(f"Written to {file}.")


@command.command("show")
@_REFERENCE
@click.option("--json", "as_json", is_flag=True, help="Print the ticket and its history as JSON.")
def show(reference: str, *, as_json: bool) -> None:
    """Show a ticket with its personal data and its history. That it was read is recorded."""
    with opened_office() as office:
        view = office.desk.show(reference, actor=ACTOR)
        entries = [entry.as_json() for entry in office.desk.history(reference, actor=ACTOR)]
    if as_json:
        say(json.dumps({**view.as_json(), "history": entries}, ensure_ascii=True, indent=2))
        return
    for line in _whole(view):
        say(line)
    for entry in entries:
        words = f"  {entry['reason']}" if entry["reason"] else ""
        say(f"  {entry['at']}  {entry['actor']}  {entry['event']}  {entry['status']}{words}")


@command.command("claim")
@_REFERENCE
@_VERSION
def claim(reference: str, version: int | None) -> None:
    """Take a ticket."""
    with opened_office() as office:
        _told(office.desk.claim(reference, actor=ACTOR, expect_version=version))


@command.command("assign")
@_REFERENCE
@click.argument("to")
@_VERSION
def assign(reference: str, to: str, version: int | None) -> None:
    """Give a ticket to somebody."""
    with opened_office() as office:
        _told(office.desk.assign(reference, to, actor=ACTOR, expect_version=version))


@command.command("transition")
@_REFERENCE
@click.argument("to", type=_one_of(Status))
@click.option("--reason", default="", help="What the history says; a denial needs one.")
@_VERSION
def transition(reference: str, to: str, reason: str, version: int | None) -> None:
    """Move a ticket to another status; `show` lists the moves it has."""
    with opened_office() as office:
        _told(office.desk.transition(reference, Status(to), reason=reason, actor=ACTOR, expect_version=version))


@command.command("extend")
@_REFERENCE
@click.option("--until", required=True, type=_DAY, help="The day by whose end it is answered.")
@click.option("--reason", required=True, help="What the requester is told.")
@_VERSION
def extend(reference: str, until: datetime, reason: str, version: int | None) -> None:
    """Move the limit of a request and tell the requester why."""
    with opened_office() as office:
        end = datetime.combine(until.date(), _LAST_SECOND, office.organisation.zone)
        _told(office.desk.extend(reference, end, reason=reason, actor=ACTOR, expect_version=version))


@command.command("note")
@_REFERENCE
@click.argument("text")
@_VERSION
def note(reference: str, text: str, version: int | None) -> None:
    """Keep a note that the requester does not see."""
    with opened_office() as office:
        _told(office.desk.note(reference, text, actor=ACTOR, expect_version=version))


@command.command("reply")
@_REFERENCE
@click.argument("text")
@_VERSION
def reply(reference: str, text: str, version: int | None) -> None:
    """Mail TEXT to the requester."""
    with opened_office() as office:
        _told(office.desk.reply(reference, text, actor=ACTOR, expect_version=version))


@command.command("acknowledge")
@_REFERENCE
@click.option("--by", help="Who has it now.")
@_VERSION
def acknowledge(reference: str, by: str | None, version: int | None) -> None:
    """End the alerts of an incident: somebody has it."""
    with opened_office() as office:
        _told(office.desk.acknowledge(reference, by=by, actor=ACTOR, expect_version=version))


@command.command("regime")
@_REFERENCE
@click.argument("regime", type=_one_of(Regime))
@_VERSION
def set_regime(reference: str, regime: str, version: int | None) -> None:
    """Say which law applies to a request: its limits are counted from the start."""
    with opened_office() as office:
        _told(office.desk.set_regime(reference, Regime(regime), actor=ACTOR, expect_version=version))


def _filters(office: Office, **narrowing: object) -> Filters:
    day = narrowing.pop("due_before")
    before = day.replace(tzinfo=office.organisation.zone) if isinstance(day, datetime) else None
    enums = {"kind": Kind, "right": Right, "severity": Severity}
    chosen = {name: enum(str(narrowing.pop(name))) for name, enum in enums.items() if narrowing[name] is not None}
    rest = {name: str(value) for name, value in narrowing.items() if value is not None and name not in enums}
    return Filters(due_before=before, **chosen, **rest)  # type: ignore[arg-type]


def _rows(office: Office, filters: Filters, limit: int) -> Iterator[TicketRow]:
    cursor: str | None = None
    while limit > 0:
        page = office.desk.list(filters, cursor=cursor, limit=min(limit, _PAGE))
        yield from page.items
        limit -= len(page.items)
        cursor = page.next
        if cursor is None:
            return


def _told(view: TicketView) -> None:
    say(f"{_line(view.row)}  version {view.version}")


def _line(row: TicketRow) -> str:
    card = row.card
    due = f"due {instant(card.due.at)}" if card.due else "no due date"
    what = " ".join(filter(None, (card.kind, card.right, card.severity)))
    return f"{card.reference}  {what}  {card.status}  {due}  {row.assignee or 'nobody'}  {row.contact or '-'}"


def _whole(view: TicketView) -> Iterator[str]:
    yield f"{_line(view.row)}  version {view.version}"
    proven = "proven" if view.row.contact_proven else "not proven"
    yield f"email: {view.contact} ({proven})" if view.contact else "email: none"
    if view.privacy_control:
        yield "the browser sends Global Privacy Control"
    facts = {
        "on behalf of": view.on_behalf_of,
        "subject": view.subject,
        "regime": view.regime,
        "noticed at": instant(view.noticed_at),
        "acknowledged by": view.acknowledged_by,
        "duplicate of": view.duplicate_of,
        "linked": ", ".join(view.linked),
        "moves": ", ".join(view.moves),
    }
    yield from (f"{name}: {value}" for name, value in facts.items() if value)
    yield f"text: {view.details or view.text}"
    yield from map(_limit, view.deadlines)


def _limit(deadline: Deadline) -> str:
    cite = f" {deadline.cite}" if deadline.cite else ""
    state = "" if deadline.in_force else "  not in force yet"
    stopped = f"  stopped {instant(deadline.stopped_at)}" if deadline.stopped_at else ""
    governs = "  governs" if deadline.governs else ""
    return f"  {deadline.name}: {instant(deadline.due_at)}  {deadline.basis}{cite}{governs}{state}{stopped}"
