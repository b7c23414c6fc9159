"""The staff's view beside an answer: the ticket to open, what was promised and where, and a reply to paste.

Kinds, limits and quotations are the core's: what is here only says them to a colleague instead of to the visitor.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.clock import Clock
from assistant.organisation import Organisation
from assistant.reply import Intent, Outcome, PartKind, Right
from assistant.tickets.service import TicketService
from assistant.tickets.values import Due, Kind, NewTicket
from integrations.slack import blocks, wording
from integrations.slack.answer_blocks import FOR_A_CLIENT
from integrations.slack.blocks import Block

_KINDS: Mapping[str, Kind] = {
    Intent.SECURITY_REPORT.value: Kind.SECURITY_INCIDENT,
    Intent.RIGHTS_REQUEST.value: Kind.RIGHTS_REQUEST,
    Intent.COMPLAINT.value: Kind.COMPLAINT,
    Intent.HUMAN_HANDOFF.value: Kind.INQUIRY,
}
_UNANSWERED = frozenset({Outcome.NOT_STATED.value, Outcome.HANDED_OVER.value})
_SILENT = frozenset({Outcome.CHATTED.value, Outcome.DECLINED.value, Outcome.NOT_UNDERSTOOD.value})


@dataclass(frozen=True, slots=True)
class Handling:
    """`kind` is the ticket that such a message takes; None where the policy answers it."""

    kind: Kind | None
    right: Right | None
    references: tuple[str, ...]
    promises: tuple[tuple[str, Due], ...]
    ready: str

    @property
    def begins(self) -> tuple[str, str, str]:
        """What the report form begins with: kind, right, and the incident that is there already."""
        incidents = self.references if self.kind is Kind.SECURITY_INCIDENT else ()
        return (self.kind or "", self.right or "", next(iter(incidents), ""))


def handling_of(
    reply: Mapping[str, Any], tickets: TicketService, organisation: Organisation, clock: Clock
) -> Handling | None:
    """None for what a colleague needs no help with, such as small talk."""
    if reply["outcome"] in _SILENT and not reply["citations"]:
        return None
    intents = (reply["intent"], *reply["other_intents"])
    kind = next((_KINDS[intent] for intent in intents if intent in _KINDS), None)
    if kind is None and reply["outcome"] in _UNANSWERED:
        kind = Kind.INQUIRY
    right = Right(reply["rights"][0]) if kind is Kind.RIGHTS_REQUEST and reply["rights"] else None
    if kind is Kind.RIGHTS_REQUEST and right is None:
        right = Right.OTHER
    references = tuple(ticket["reference"] for ticket in reply["tickets"])
    promises = _promises(kind, right, tickets, clock) if kind else ()
    return Handling(kind, right, references, promises, _ready(reply, organisation, asked=kind is not None))


def drawn(handling: Handling, metadata: str) -> list[Block]:
    made = [blocks.section(wording.HANDLING)]
    if handling.kind is None:
        made.append(blocks.section(wording.NO_TICKET))
    else:
        made.append(blocks.section("\n".join(_lines(handling, handling.kind))))
    made += [blocks.context(wording.READY), *blocks.to_copy(handling.ready)]
    if handling.kind is not None:
        said = wording.COMPLETE if handling.begins[-1] else wording.FOR_A_CLIENT
        made.append(blocks.actions(blocks.button(said, FOR_A_CLIENT, metadata)))
    return made


def _lines(handling: Handling, kind: Kind) -> list[str]:
    named = wording.KINDS[kind] + (f": {wording.RIGHTS[handling.right]}" if handling.right else "")
    if handling.references:
        lines = [wording.OPENED.format(kind=named, references=", ".join(handling.references))]
    else:
        lines = [wording.OPEN_TICKET.format(kind=named)]
    for clock, due in handling.promises:
        basis = wording.BASES[due.kind.value].format(cite=blocks.escaped(due.cite))
        lines.append(wording.PROMISE.format(clock=clock, when=blocks.moment(due.at), basis=basis))
    return lines


def _promises(kind: Kind, right: Right | None, tickets: TicketService, clock: Clock) -> tuple[tuple[str, Due], ...]:
    """The limits that a ticket of this kind would have from now on, as the queue counts them."""
    new = NewTicket(reference=tickets.new_reference(), kind=kind, text="", right=right, opened_at=clock())
    card = tickets.preview(new)
    limits = (("first answer", card.first_answer), ("answer", card.due))
    return tuple((name, due) for name, due in limits if due is not None)


def _ready(reply: Mapping[str, Any], organisation: Organisation, *, asked: bool) -> str:
    email = organisation.privacy_contact.email
    cited = [
        wording.READY_QUOTE.format(clause=each["clause"], section=each["section"], quote=each["quote"])
        for each in reply["citations"]
    ]
    computed = [part["text"] for part in reply["parts"] if part["kind"] == PartKind.COMPUTED.value]
    if reply["outcome"] == Outcome.NOT_STATED.value:
        cited = [wording.READY_NOT_STATED.format(email=email)]
    elif asked:
        cited.append(wording.READY_REQUEST.format(email=email))
    return "\n\n".join((*cited, *computed)) or wording.READY_REQUEST.format(email=email)
