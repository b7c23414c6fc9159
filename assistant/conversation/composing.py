"""Joins the pieces of several specialists into one Reply. Orders and counts; adds no word."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assistant.reply import Citation, Intent, Outcome, Part, Piece, Reply, Right
from knowledge.clause import PolicyVersion

# Of several intents the first of these names the reply.
ORDER = (
    Intent.SECURITY_REPORT,
    Intent.RIGHTS_REQUEST,
    Intent.COMPLAINT,
    Intent.HUMAN_HANDOFF,
    Intent.TICKET_STATUS,
    Intent.QUESTION,
    Intent.SMALL_TALK,
    Intent.OFF_TOPIC,
)
# An incident stands first in a list of tickets.
_INCIDENT = "security_incident"


def compose(pieces: Sequence[Piece], version: PolicyVersion, *, wanted: Sequence[Intent] = ()) -> Reply:
    """One Reply of one or more pieces, in their order. The first gives intent and outcome.

    `wanted` are intents of the message beside those of the pieces.
    """
    first = pieces[0]
    parts, citations = _joined(pieces)
    others = {*wanted, *(piece.intent for piece in pieces)} - {first.intent}
    return Reply(
        intent=first.intent,
        outcome=first.outcome,
        parts=parts,
        policy_version=version.label,
        citations=citations,
        see_also=first.see_also if first.outcome is Outcome.NOT_STATED and not citations else (),
        other_intents=tuple(intent for intent in ORDER if intent in others),
        rights=_rights(pieces),
        asks_for=next((piece.asks_for for piece in pieces if piece.asks_for), None),
        tickets=_tickets(pieces),
        suggestions=tuple(dict.fromkeys(line for piece in pieces for line in piece.suggestions)),
    )


def leaves(pieces: Sequence[Piece]) -> dict[str, Any]:
    """What the pieces together leave for the next turn."""
    return {name: value for piece in pieces for name, value in piece.leaves.items()}


def said(pieces: Sequence[Piece], masked: str) -> str:
    """The text to store for this turn."""
    return next((piece.said for piece in pieces if piece.said is not None), masked)


def _joined(pieces: Sequence[Piece]) -> tuple[tuple[Part, ...], tuple[Citation, ...]]:
    parts: list[Part] = []
    citations: list[Citation] = []
    for piece in pieces:
        shift = len(citations)
        parts.extend(
            part if part.citation is None else replace(part, citation=part.citation + shift) for part in piece.parts
        )
        citations.extend(piece.citations)
    # Two specialists may both name the same contact.
    return tuple(dict.fromkeys(parts)), tuple(citations)


def _rights(pieces: Sequence[Piece]) -> tuple[Right, ...]:
    named = {right for piece in pieces for right in piece.rights}
    return tuple(right for right in Right if right in named)


def _tickets(pieces: Sequence[Piece]) -> tuple[dict[str, Any], ...]:
    by_reference = {ticket["reference"]: ticket for piece in pieces for ticket in piece.tickets}
    return tuple(sorted(by_reference.values(), key=lambda ticket: ticket["kind"] != _INCIDENT))
