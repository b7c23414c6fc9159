"""Whatever is answered in whatever order: nothing fails, loops or is doubled, and nothing is received unproven."""

import tempfile
from contextlib import ExitStack, nullcontext
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from assistant.dialogue.pending import DialogueKind, DialogueMoved
from assistant.reply import AsksFor, Outcome, Piece
from tests.assistant.rights.counter import Visitor, opened_world

OPENINGS = (
    "delete my data",
    "send me a copy and delete my data, ravi@example.com",
    "I object",
    "please correct my name, asha@example.org",
    "unsubscribe me, ravi@example.com",
    "I have rights",
)
ANSWERS = (
    "yes",
    "haan ji",
    "no",
    "cancel",
    "skip",
    "ravi@example.com",
    "no, use asha@example.org",
    "a@b, b@c",
    "аdmin@example.com",
    "access as well",
    "no, not the deletion",
    "only stop marketing",
    "the address is wrong",
    "for myself",
    "agent",
    "no authority",
    "I am the mother of the child",
    "send a new code",
    "00000000",
    "1234567",
    "purple",
    "",
    "null",
    "{{7*7}}",
    "\u202e\ud800",
    "How long do you keep invoices?",
    "my name should be Asha Menon since the wedding",
    "x " * 1900,
)


class AnyAnswers(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.rooms = ExitStack()
        folder = Path(self.rooms.enter_context(tempfile.TemporaryDirectory()))
        self.world = self.rooms.enter_context(opened_world(folder))
        self.visitor = Visitor(self.world)
        self.opened = 0
        self.proven = False
        self.missed = 0

    def teardown(self) -> None:
        self.rooms.close()

    @initialize(text=st.sampled_from(OPENINGS), subject=st.sampled_from(["self", "self", "agent", "parent", ""]))
    def begins(self, text: str, subject: str) -> None:
        self.visitor.ask(text, subject=subject)

    @rule(text=st.one_of(st.sampled_from(ANSWERS), st.text(max_size=40)))
    def answers(self, text: str) -> None:
        # An address that a person asks for is the handover desk's matter.
        if (before := self.visitor.pending()) is None or before.kind is not DialogueKind.RIGHTS:
            return
        piece = self.visitor.try_to_say(text)
        after = self.visitor.pending()
        self.missed = after.unusable if after else 0
        if piece is None:
            assert after == before
            assert self.world.desk.reminder(self.visitor.visit(text), before).asks_for is not None
            return
        self._keeps_to_the_rules(piece)

    @rule()
    def types_the_code(self) -> None:
        pending, codes = self.visitor.pending(), self.world.codes()
        if pending is not None and pending.state == "code" and codes:
            piece = self.visitor.say(codes[-1])
            self.proven = self.proven or piece.outcome is Outcome.TICKET_STATUS
            assert piece.said == "[code]"

    @rule()
    def two_tabs_say_yes(self) -> None:
        pending = self.visitor.pending()
        if pending is None or pending.kind is not DialogueKind.RIGHTS:
            return
        pieces = [self.world.desk.go_on(self.visitor.visit("yes"), pending) for _ in range(2)]
        for number, piece in enumerate(filter(None, pieces)):
            with pytest.raises(DialogueMoved) if number else nullcontext():
                self.visitor.take(piece)
                self._keeps_to_the_rules(piece)

    @rule(text=st.sampled_from(OPENINGS))
    def begins_again(self, text: str) -> None:
        self._keeps_to_the_rules(self.visitor.ask(text))

    @rule(hours=st.sampled_from([0.1, 1, 30, 170]))
    def waits(self, hours: float) -> None:
        self.world.clock.pass_by(hours=hours)

    def _keeps_to_the_rules(self, piece: Piece) -> None:
        said = "\n".join(part.text for part in piece.parts)
        assert "ravi@example.com" not in said
        assert "asha@example.org" not in said
        assert all(str(card["reference"]) in said for card in piece.tickets)
        if piece.outcome is Outcome.TICKET_OPENED:
            self.opened += len(piece.tickets)
            assert len({card["right"] for card in piece.tickets}) == len(piece.tickets)
            assert piece.asks_for in {None, AsksFor.VERIFICATION_CODE}

    @invariant()
    def no_more_than_three_unusable_answers_in_a_row(self) -> None:
        assert self.missed < 3

    @invariant()
    def nothing_is_received_without_its_code(self) -> None:
        unproven = {right for right, status in self.world.statuses().items() if status == "received"}
        assert self.proven or unproven <= {"marketing_opt_out", "inquiry"}

    @invariant()
    def a_confirmation_opens_its_tickets_once(self) -> None:
        assert self.world.ticket_count(kind="rights_request") == self.opened


AnyAnswers.TestCase.settings = settings(
    max_examples=10,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestAnyAnswers = AnyAnswers.TestCase
