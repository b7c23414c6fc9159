from dataclasses import replace
from datetime import date

import pytest

from assistant.bootstrap import Assistant
from assistant.conversation.composing import compose, leaves, said
from assistant.reply import AsksFor, Citation, Intent, Outcome, Part, PartKind, Piece, Right
from knowledge.clause import PolicyVersion

QUOTE = Citation("2.1.1", "Section", "We keep it.", 0, 11, "1", "/policy#2.1.1")
ANSWER = Piece(
    Intent.QUESTION, Outcome.ANSWERED, (Part(PartKind.QUOTE, "We keep it.", 0),), citations=(QUOTE,), leaves={"q": 1}
)
REPORT = Piece(
    Intent.SECURITY_REPORT,
    Outcome.TICKET_OPENED,
    (Part(PartKind.INSTRUCTION, "Change the password."), Part(PartKind.CONTACT, "Call us.")),
    tickets=({"reference": "XX-2", "kind": "security_incident"},),
)
REQUEST = Piece(
    Intent.RIGHTS_REQUEST,
    Outcome.NEEDS_INPUT,
    (Part(PartKind.QUESTION, "Which address?"), Part(PartKind.CONTACT, "Call us.")),
    asks_for=AsksFor.EMAIL,
    rights=(Right.DELETION, Right.ACCESS),
    tickets=({"reference": "XX-1", "kind": "rights_request"},),
)


@pytest.fixture
def version(clinic: Assistant) -> PolicyVersion:
    return clinic.policies.current(date(2026, 11, 22))


def test_the_first_piece_names_intent_and_outcome_and_the_first_open_question_is_asked(version: PolicyVersion) -> None:
    reply = compose((REPORT, REQUEST, ANSWER), version)
    assert (reply.intent, reply.outcome, reply.asks_for) == ("security_report", "ticket_opened", "email")
    assert reply.other_intents == (Intent.RIGHTS_REQUEST, Intent.QUESTION)
    assert reply.rights == (Right.ACCESS, Right.DELETION)


def test_citations_are_counted_on_and_a_line_that_two_pieces_share_is_said_once(version: PolicyVersion) -> None:
    reply = compose(
        (ANSWER, replace(ANSWER, parts=(Part(PartKind.QUOTE, "We keep it.", 0),)), REPORT, REQUEST), version
    )
    assert [part.citation for part in reply.parts if part.kind is PartKind.QUOTE] == [0, 1]
    assert [part.text for part in reply.parts].count("Call us.") == 1


def test_incidents_stand_first_among_the_tickets(version: PolicyVersion) -> None:
    reply = compose((REQUEST, REPORT), version)
    assert [ticket["reference"] for ticket in reply.tickets] == ["XX-2", "XX-1"]


def test_what_else_the_message_wants_stands_in_order(version: PolicyVersion) -> None:
    reply = compose((REQUEST,), version, wanted=(Intent.QUESTION, Intent.COMPLAINT, Intent.RIGHTS_REQUEST))
    assert reply.other_intents == (Intent.COMPLAINT, Intent.QUESTION)


def test_nearest_clauses_are_shown_only_where_nothing_is_cited(version: PolicyVersion) -> None:
    silent = Piece(Intent.QUESTION, Outcome.NOT_STATED, (Part(PartKind.NOTE, "It does not say."),), see_also=(QUOTE,))
    assert compose((silent,), version).see_also == (QUOTE,)
    assert compose((silent, ANSWER), version).see_also == ()
    assert compose((REQUEST, silent), version).see_also == ()


def test_what_the_pieces_leave_is_joined_and_a_code_takes_its_digits_out_of_the_transcript() -> None:
    coded = replace(REQUEST, said="[code]", leaves={"r": 2})
    assert leaves((ANSWER, coded)) == {"q": 1, "r": 2}
    assert said((ANSWER, coded), "1234 5678") == "[code]"
    assert said((ANSWER,), "hello") == "hello"
