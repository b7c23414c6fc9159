from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.reply import Citation, Intent, Outcome, Part, PartKind, Reply
from evals.dataset import Case, Expect, Kind
from evals.scoring import Published, Score, score
from knowledge.clause import Clause, PolicyVersion, Section

TEXT = "Notes are kept for ten days. We never sell them. Write to us. Ask twice."
VERSION = PolicyVersion(
    label="1",
    sha256="0" * 64,
    title="Privacy policy",
    effective=date(2026, 1, 1),
    retrieved=None,
    sections=(
        Section(
            1,
            "Notes",
            (
                (
                    Clause(1, 1, 1, "Notes", "Notes are kept for ten days.", 0, 28),
                    Clause(1, 1, 2, "Notes", "We never sell them.", 29, 48),
                    Clause(1, 1, 3, "Notes", "Write to us.", 49, 61),
                    Clause(1, 1, 4, "Notes", "Ask twice.", 62, 72),
                ),
            ),
        ),
    ),
)
PUBLISHED = Published(VERSION, TEXT)
ASKED = Case("t-1", Kind.ANSWERABLE, Expect.ANSWER, ("How long?",), gold=("1.1.1",), also_ok=("1.1.3",))
UNSTATED = Case("t-2", Kind.NOT_STATED, Expect.ABSTAIN, ("Which cloud?",))
GREETING = Case("t-3", Kind.SMALL_TALK, Expect.SMALL_TALK, ("hello",))
WEATHER = Case("t-4", Kind.OFF_TOPIC, Expect.OFF_TOPIC, ("Will it rain?",))


def citations(*clauses: str) -> tuple[Citation, ...]:
    return tuple(cited(VERSION.by_id[clause]) for clause in clauses)


def cited(clause: Clause) -> Citation:
    return Citation(
        clause=clause.id,
        section=clause.section_title,
        quote=clause.text,
        start=clause.start,
        end=clause.end,
        policy_version=VERSION.label,
        url=f"/policy#{clause.id}",
    )


def quoting(*clauses: str) -> Reply:
    shown = citations(*clauses)
    return Reply(
        intent=Intent.QUESTION,
        outcome=Outcome.ANSWERED,
        parts=tuple(Part(PartKind.QUOTE, one.quote, at) for at, one in enumerate(shown)),
        policy_version="1",
        citations=shown,
    )


def saying(outcome: Outcome, *see_also: str) -> Reply:
    note = Part(PartKind.NOTE, "Something of our own.")
    return Reply(Intent.QUESTION, outcome, (note,), "1", see_also=citations(*see_also))


def scored(case: Case, reply: Reply) -> Score:
    return score(case, reply.as_json(), PUBLISHED)


def test_a_reply_that_quotes_the_gold_clause_alone_is_wholly_right() -> None:
    got = scored(ASKED, quoting("1.1.1"))
    assert got == Score(
        all_gold=True,
        first_right=True,
        beyond=0,
        false_abstention=False,
        unanswered=False,
        caught=None,
        handled=None,
        includes=None,
        excludes=None,
        verbatim=True,
    )
    assert got.right


def test_a_clause_that_may_be_cited_is_right_first_but_does_not_stand_for_the_gold_one() -> None:
    got = scored(ASKED, quoting("1.1.3"))
    assert (got.first_right, got.all_gold, got.beyond, got.right) == (True, False, 0, False)


def test_a_gold_clause_behind_a_foreign_one_is_cited_but_not_first() -> None:
    got = scored(ASKED, quoting("1.1.2", "1.1.1"))
    assert (got.first_right, got.all_gold, got.beyond, got.right) == (False, True, 1, False)


def test_clauses_beyond_need_are_counted_and_are_no_error() -> None:
    got = scored(ASKED, quoting("1.1.1", "1.1.2", "1.1.3", "1.1.4"))
    assert (got.beyond, got.right) == (2, True)


def test_one_of_two_needed_clauses_is_not_all_gold() -> None:
    both = replace(ASKED, gold=("1.1.1", "1.1.2"))
    assert scored(both, quoting("1.1.1")).all_gold is False
    assert scored(both, quoting("1.1.2", "1.1.1")).all_gold is True


def test_more_than_five_citations_are_no_answer_whatever_they_hold() -> None:
    reply = replace(quoting("1.1.1"), citations=citations("1.1.1") * 6)
    assert scored(ASKED, reply).all_gold is False


@pytest.mark.parametrize("outcome", [Outcome.NOT_STATED, Outcome.DECLINED, Outcome.CHATTED, Outcome.NOT_UNDERSTOOD])
def test_anything_but_an_answer_to_an_answerable_question_is_a_false_abstention(outcome: Outcome) -> None:
    got = scored(ASKED, saying(outcome))
    assert (got.false_abstention, got.all_gold, got.first_right, got.beyond) == (True, False, False, None)
    assert got.unanswered
    assert not got.right


def test_an_action_with_the_answer_beside_it_is_no_answer_but_not_nothing() -> None:
    got = scored(ASKED, replace(quoting("1.1.1"), outcome=Outcome.NEEDS_INPUT))
    assert (got.false_abstention, got.unanswered, got.first_right, got.right) == (True, False, True, False)


def test_not_stated_with_pointers_and_no_citation_is_caught() -> None:
    got = scored(UNSTATED, saying(Outcome.NOT_STATED, "1.1.2", "1.1.3"))
    assert (got.caught, got.verbatim, got.right, got.false_abstention) == (True, True, True, None)


def test_not_stated_that_cites_is_not_caught() -> None:
    assert scored(UNSTATED, replace(saying(Outcome.NOT_STATED), citations=citations("1.1.1"))).caught is False


def test_an_answer_that_the_policy_does_not_hold_is_not_caught() -> None:
    got = scored(UNSTATED, quoting("1.1.1"))
    assert (got.caught, got.beyond, got.right) == (False, None, False)


@pytest.mark.parametrize(
    ("case", "outcome", "handled"),
    [
        (GREETING, Outcome.CHATTED, True),
        (GREETING, Outcome.DECLINED, False),
        (GREETING, Outcome.NOT_STATED, False),
        (WEATHER, Outcome.DECLINED, True),
        (WEATHER, Outcome.NOT_UNDERSTOOD, True),
        (WEATHER, Outcome.NOT_STATED, False),
        (WEATHER, Outcome.CHATTED, False),
    ],
)
def test_small_talk_is_chatted_about_and_what_is_off_topic_is_declined(
    case: Case, outcome: Outcome, *, handled: bool
) -> None:
    got = scored(case, saying(outcome))
    assert (got.handled, got.right, got.all_gold, got.caught) == (handled, handled, None, None)


def test_of_each_list_of_alternatives_one_must_stand_in_the_text() -> None:
    case = replace(ASKED, must_include=(("TEN days", "10 days"), ("never sell",)))
    assert scored(case, quoting("1.1.1", "1.1.2")).includes is True
    assert scored(case, quoting("1.1.1")).includes is False


def test_words_that_must_not_stand_in_the_text_make_it_wrong() -> None:
    case = replace(ASKED, must_not_include=("never",))
    assert scored(case, quoting("1.1.1")).words is True
    got = scored(case, quoting("1.1.1", "1.1.2"))
    assert (got.excludes, got.words, got.right) == (False, False, False)


def changed(reply: Reply, **fields: Any) -> Reply:
    return replace(reply, citations=(replace(reply.citations[0], **fields),))


@pytest.mark.parametrize(
    "fields",
    [
        {"quote": "Notes are kept for ten days"},
        {"start": 1},
        {"end": 29},
        {"policy_version": "2"},
        {"clause": "1.1.2"},
        {"clause": "9.9.9"},
        {"start": 62, "end": 72},
    ],
)
def test_a_citation_that_is_not_the_published_text_where_it_says_is_not_verbatim(fields: dict[str, Any]) -> None:
    assert scored(ASKED, changed(quoting("1.1.1"), **fields)).verbatim is False


def test_a_clause_that_differs_from_the_published_text_is_not_verbatim() -> None:
    reply = quoting("1.1.1").as_json()
    assert score(ASKED, reply, Published(VERSION, TEXT.replace("ten", "two"))).verbatim is False


@pytest.mark.parametrize("citation", [None, 1, -1])
def test_a_quotation_without_its_citation_is_not_verbatim(citation: int | None) -> None:
    reply = replace(quoting("1.1.1"), parts=(Part(PartKind.QUOTE, "Notes are kept for ten days.", citation),))
    assert scored(ASKED, reply).verbatim is False


def test_a_quotation_that_differs_from_its_citation_is_not_verbatim() -> None:
    reply = replace(quoting("1.1.1"), parts=(Part(PartKind.QUOTE, "Notes are kept for two days.", 0),))
    assert scored(ASKED, reply).verbatim is False


def test_a_pointer_that_misquotes_is_not_verbatim() -> None:
    reply = saying(Outcome.NOT_STATED, "1.1.2")
    wrong = replace(reply, see_also=(replace(reply.see_also[0], quote="We always sell them."),))
    assert scored(UNSTATED, wrong).verbatim is False
    assert not scored(UNSTATED, wrong).right
