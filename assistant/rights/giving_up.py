"""Giving up a rights request: before it is registered nothing is left of it, afterwards its tickets are withdrawn."""

from dataclasses import replace

from sqlalchemy.orm import Session

from assistant.dialogue.pending import Pending
from assistant.reply import Outcome, Piece, Right, Write
from assistant.rights.pieces import Pieces
from assistant.rights.registry import Registry, RightsTools
from assistant.rights.states import Heard, State
from assistant.tickets.values import Status
from assistant.visit import Visit


class GivingUp:
    """The acts of the dialogue that end a request, or a part of it."""

    def __init__(self, tools: RightsTools, registry: Registry) -> None:
        self._tools = tools
        self._registry = registry

    def to_person(self, heard: Heard, pending: Pending) -> Piece:
        """The request is given up for a human being: nothing is registered, or what was is withdrawn."""
        request = heard.request
        if not request.references:
            return self._pieces(heard.visit).to_a_person(
                heard.visit, pending, request.with_words(heard.text), why="wished"
            )
        step = self._registry.withdraw(heard.visit, request)
        given_up = request.reopened().with_words(heard.text)
        piece = self._pieces(heard.visit).to_a_person(heard.visit, pending, given_up, why="wished")
        shown = self._pieces(heard.visit).tickets(Outcome.CANCELLED, step.cards, heard.visit.words("rights.withdrawn"))
        tickets = (*piece.tickets, *shown.tickets)
        return replace(piece, parts=(*shown.parts, *piece.parts), tickets=tickets, writes=(*piece.writes, *step.writes))

    def stop(self, heard: Heard, pending: Pending) -> Piece:
        if not heard.request.references:
            piece = self._pieces(heard.visit).said(Outcome.CANCELLED, heard.visit.words("rights.cancelled"))
            return replace(piece, rights=heard.request.rights, writes=(self._ends(heard.visit, pending),))
        step = self._registry.withdraw(heard.visit, heard.request)
        piece = self._pieces(heard.visit).tickets(Outcome.CANCELLED, step.cards, heard.visit.words("rights.withdrawn"))
        return replace(piece, writes=(self._ends(heard.visit, pending), *step.writes))

    def some(self, heard: Heard, pending: Pending, rights: tuple[Right, ...]) -> Piece:
        """Some of the registered rights are given up: their tickets are withdrawn, and the code proves the others."""
        step = self._registry.withdraw_some(heard.request, rights)
        request = replace(heard.request, rights=rights).with_words(heard.text)
        waits = any(card.status is Status.AWAITING_VERIFICATION for card in step.cards)
        write = self._saves(heard.visit, pending.to(pending.state, **request.as_data()))
        if not waits:
            piece = self._pieces(heard.visit).tickets(
                Outcome.TICKET_STATUS, step.cards, heard.visit.words("rights.withdrawn_in_part")
            )
            return replace(piece, writes=(self._ends(heard.visit, pending), *step.writes))
        asked = self._pieces(heard.visit).question(State.CODE, request)
        shown = self._pieces(heard.visit).tickets(
            Outcome.NEEDS_INPUT, step.cards, heard.visit.words("rights.withdrawn_in_part")
        )
        parts = (*shown.parts, *asked.parts)
        return replace(asked, parts=parts, tickets=shown.tickets, writes=(write, *step.writes))

    def _pieces(self, visit: Visit) -> Pieces:
        return Pieces(self._tools, self._registry, visit.words)

    def _saves(self, visit: Visit, pending: Pending) -> Write:
        return lambda session: self._tools.dialogues.save(session, visit.conversation, pending)

    def _ends(self, visit: Visit, pending: Pending) -> Write:
        def work(session: Session) -> None:
            self._tools.dialogues.end(session, visit.conversation, version=pending.version or None)

        return work
