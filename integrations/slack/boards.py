"""How an incident and a ticket look in a channel and in the Home tab: thin, with what can be done about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assistant.security.severity import IncidentKind
from assistant.security.wording_alerts import without_links
from assistant.tickets.values import Kind, TicketCard, TicketRow, TicketView
from integrations.slack import blocks, wording
from integrations.slack.blocks import Block

ACKNOWLEDGE, ASSIGN, DISMISS = "acknowledge", "assign", "dismiss"
ACKNOWLEDGE_ALL = "acknowledge_all"
CLAIM, NOTE, REPLY, EXTEND, RESOLVE, DETAILS = "claim", "note", "reply", "extend", "resolve", "details"
# Four lists of so many, two blocks each, and their titles are below the hundred that the tab may have.
_MOST_IN_HOME = 10


@dataclass(frozen=True, slots=True)
class Incident:
    """What the security channel may see of one: nothing that a person could be known by."""

    view: TicketView = field(repr=False)
    kind: str
    acknowledged_by: str | None


def alert(incident: Incident) -> list[Block]:
    view = incident.view
    card, row = view.card, view.row
    severity = card.severity.value if card.severity else "high"
    if not view.moves:
        status = wording.STATUSES[card.status]
        return [blocks.section(wording.ALERT_DONE.format(reference=card.reference, status=status)), _who(incident)]
    title = wording.ALERT_TITLE.format(sign=wording.ALERT[severity], reference=card.reference, severity=severity)
    times = {"when": blocks.moment(row.opened_at), "ago": blocks.moment(row.opened_at, "{ago}")}
    seems = IncidentKind(incident.kind).value.replace("_", " ")
    made = [
        blocks.section(f"*{title}*"),
        blocks.section("\n".join((wording.SEEMS.format(kind=seems), wording.REPORTED_AT.format(**times)))),
        *blocks.quoted(without_links(view.text)),
        _hours(view),
        _who(incident),
    ]
    buttons = [
        blocks.button(wording.ASSIGN, ASSIGN, card.reference),
        blocks.button(wording.DISMISS, DISMISS, card.reference),
        blocks.button(wording.DETAILS, DETAILS, card.reference),
    ]
    if view.acknowledged_at is None:
        buttons.insert(0, blocks.button(wording.ACKNOWLEDGE, ACKNOWLEDGE, card.reference, style="primary"))
    return [*made, blocks.actions(*buttons)]


def alert_text(incident: Incident) -> str:
    card = incident.view.card
    severity = card.severity.value if card.severity else "high"
    return wording.ALERT_TITLE.format(sign="", reference=card.reference, severity=severity).strip()


def flood(text: str, *, is_open: bool) -> list[Block]:
    made = [blocks.section(text)]
    if not is_open:
        return made
    return [
        *made,
        blocks.context(wording.DIGEST_HOW),
        blocks.actions(blocks.button(wording.ACKNOWLEDGE_ALL, ACKNOWLEDGE_ALL, ACKNOWLEDGE_ALL, style="primary")),
    ]


def card(row: TicketRow, link: str | None) -> list[Block]:
    """A ticket of the queue. Its address, its words and its requester are not on it."""
    kind = wording.KINDS[row.card.kind] + (f": {wording.RIGHTS[row.card.right]}" if row.card.right else "")
    reference = row.card.reference
    named = blocks.link(link, reference) if link else reference
    due = wording.CARD_DUE.format(when=blocks.moment(row.card.due.at)) if row.card.due else wording.CARD_NO_DUE
    whose = blocks.who(row.assignee) if row.assignee else wording.UNCLAIMED
    state = wording.CARD_STATE.format(status=wording.STATUSES[row.card.status], assignee=whose)
    return [
        blocks.section(f"{wording.CARD_TITLE.format(reference=named, kind=kind)}\n{due}"),
        blocks.context(state),
        blocks.actions(*_buttons(row)),
    ]


def closed_card(row: TicketRow) -> list[Block]:
    kind, status = wording.KINDS[row.card.kind], wording.STATUSES[row.card.status]
    title = wording.CARD_TITLE.format(reference=row.card.reference, kind=kind)
    return [blocks.context(f":white_check_mark: {title} · {status}")]


def card_text(card_: TicketCard) -> str:
    return f"{card_.reference}: {wording.KINDS[card_.kind]}"


def home(lists: Mapping[str, Sequence[TicketRow]], links: Mapping[str, str]) -> Block:
    """`links` leads from a reference to the post of the ticket, where it has one."""
    made: list[Block] = [blocks.header(wording.HOME_TITLE), *introduction(is_member=True)]
    for name, rows in lists.items():
        made += [blocks.divider(), blocks.section(f"*{wording.HOME_SECTIONS[name]}*")]
        for row in rows[:_MOST_IN_HOME]:
            made += _line(row, links.get(row.card.reference))
        if not rows or len(rows) > _MOST_IN_HOME:
            made.append(blocks.context(wording.HOME_MORE if rows else wording.HOME_NONE))
    return blocks.home(made)


def introduction(*, is_member: bool) -> list[Block]:
    return [blocks.section(wording.HOME_MEMBER if is_member else wording.HOME_GUEST)]


def _line(row: TicketRow, link: str | None) -> list[Block]:
    """One ticket in two blocks: the tab has room for a hundred."""
    first, _, _ = card(row, link)
    is_incident = row.card.kind is Kind.SECURITY_INCIDENT
    buttons = _incident_buttons(row) if is_incident else _buttons(row)
    return [first, blocks.actions(*buttons)]


def _buttons(row: TicketRow) -> list[Block]:
    reference = row.card.reference
    named = (
        (wording.CLAIM, CLAIM),
        (wording.NOTE, NOTE),
        (wording.REPLY, REPLY),
        (wording.EXTEND, EXTEND),
        (wording.RESOLVE, RESOLVE),
        (wording.DETAILS, DETAILS),
    )
    wanted = [pair for pair in named if row.assignee is None or pair[1] != CLAIM]
    wanted = [pair for pair in wanted if row.card.kind is Kind.RIGHTS_REQUEST or pair[1] != EXTEND]
    return [blocks.button(text, action, reference) for text, action in wanted]


def _incident_buttons(row: TicketRow) -> list[Block]:
    named = ((wording.ACKNOWLEDGE, ACKNOWLEDGE), (wording.ASSIGN, ASSIGN), (wording.DISMISS, DISMISS))
    return [blocks.button(text, action, row.card.reference) for text, action in named]


def _hours(view: TicketView) -> Block:
    """By when regulators may have to hear of it."""
    running = [
        f"{wording.CLOCKS[each.name]} {blocks.moment(each.due_at)} ({blocks.moment(each.due_at, '{ago}')})"
        for each in view.deadlines
        if each.in_force and each.stopped_at is None
    ]
    return blocks.context(wording.HOURS.format(clocks=" · ".join(running) or "none"))


def _who(incident: Incident) -> Block:
    said = []
    if incident.view.acknowledged_at is not None:
        by = incident.acknowledged_by or incident.view.acknowledged_by
        said.append(wording.ACKNOWLEDGED.format(who=blocks.who(by)))
    else:
        said.append(wording.NOBODY_YET)
    if incident.view.row.assignee:
        said.append(wording.ASSIGNED.format(who=blocks.who(incident.view.row.assignee)))
    return blocks.context(" · ".join(said))


def details(view: TicketView) -> list[Block]:
    """A ticket with its personal data: only for a look that was audited."""
    made = [blocks.section(f"*{view.card.reference}*")]
    for name, label in wording.DETAIL_LABELS.items():
        value: Any = getattr(view, name)
        if value:
            made += [blocks.context(f"*{label}*"), *blocks.exactly(str(value))]
    return [*made, blocks.context(wording.AUDITED)]


def due_soon(row: TicketRow, now: datetime) -> str:
    assert row.card.due is not None, "only a ticket with a due date is due"
    said = wording.OVERDUE if row.card.due.at <= now else wording.DUE_SOON
    return said.format(reference=row.card.reference, when=blocks.moment(row.card.due.at))
