"""A question about the policy -> the parts, citations and outcome of a Reply.

Every sentence is a whole clause, a template of `wording`, a computed date, or a rephrasing that passed the
checks. Knows nothing of conversations, channels or storage.
"""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from assistant.answering import wording
from assistant.answering.chat import chat_line, only_chats
from assistant.answering.computing import AskDate, Computed, compute
from assistant.answering.followups import Lean, leans
from assistant.answering.rephrasing import Rephraser
from assistant.answering.selection import select
from assistant.errors import Unavailable
from assistant.organisation import Organisation
from assistant.reply import AsksFor, Citation, Intent, Outcome, Part, PartKind
from knowledge.clause import Clause, PolicyVersion
from knowledge.errors import KnowledgeError
from knowledge.periods.table import PeriodTable
from knowledge.retrieval import Finding, Reader, Verdict

_log = logging.getLogger(__name__)

NEAREST = 3
# Below this margin small talk is no bare question: "how are you?" against "how?".
PLAINLY_CHAT = -0.5
# What stands where something was masked says nothing about the question.
_PLACEHOLDER = re.compile(r"\[[a-z][a-z_ ]{1,20}\]")
# A chain of follow-ups is understood from its last questions.
LONGEST_MEMORY = 400


@dataclass(frozen=True, slots=True)
class Before:
    """What the turn before leaves for the next: the question it was understood as, and whether a date was asked for."""

    question: str
    asked_date: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A masked message, the version to answer from, now in the organisation's zone, and what came before."""

    text: str
    version: PolicyVersion
    now: datetime
    before: Before | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A specialist's share of the Reply. `before` is what the next turn may lean on."""

    intent: Intent
    outcome: Outcome
    parts: tuple[Part, ...]
    citations: tuple[Citation, ...] = ()
    see_also: tuple[Citation, ...] = ()
    asks_for: AsksFor | None = None
    suggestions: tuple[str, ...] = ()
    before: Before | None = None


class Readers(Protocol):
    def reader(self) -> Reader: ...


class Answerer:
    """Answers one question; `rephraser` is None without a language model."""

    def __init__(
        self,
        readers: Readers,
        organisation: Organisation,
        periods: Callable[[PolicyVersion], PeriodTable],
        rephraser: Rephraser | None,
    ) -> None:
        self._readers = readers
        self._organisation = organisation
        self._periods = periods
        self._rephraser = rephraser

    def answer(self, question: Question) -> Piece:
        if not any(character.isalnum() for character in question.text) and not chat_line(question.text):
            return self._not_understood()
        try:
            reader = self._readers.reader()
            after, finding = self._find(reader, question)
        except (Unavailable, KnowledgeError) as error:
            _log.error("A question was handed over: %s", error)
            return self._handed_over()
        understood = f"{after} {question.text}"[-LONGEST_MEMORY:] if after else question.text
        if finding.verdict is Verdict.ANSWERABLE:
            return self._answered(question, understood, finding)
        if finding.verdict is Verdict.SMALL_TALK or only_chats(question.text):
            return self._chatted(question)
        if finding.verdict is Verdict.NOT_STATED:
            return self._not_stated(question, understood, finding)
        return self._declined(question)

    def _find(self, reader: Reader, question: Question) -> tuple[str | None, Finding]:
        """What the message leans on, if it does, and what was found: one that stands alone is not dragged back."""
        text = _PLACEHOLDER.sub(" ", question.text)
        before, alone = question.before, reader.find(text, question.version)
        if before is None:
            return None, alone
        lean = Lean.WHOLLY if before.asked_date else leans(question.text)
        if alone.verdict is Verdict.ANSWERABLE and alone.margin >= lean.value:
            return None, alone
        chats = alone.verdict is Verdict.SMALL_TALK and (lean is not Lean.WHOLLY or alone.margin < PLAINLY_CHAT)
        if lean is Lean.NOT or chats:
            return None, alone
        return before.question, reader.find(text, question.version, after=before.question)

    def _answered(self, question: Question, understood: str, finding: Finding) -> Piece:
        clauses = select(finding, question.version)
        computed = compute(
            understood,
            clauses,
            self._periods(question.version),
            order=self._organisation.date_order,
            now=question.now,
            zone=self._organisation.zone,
        )
        quotes = tuple(Part(PartKind.QUOTE, clause.text, at) for at, clause in enumerate(clauses))
        asked = isinstance(computed, AskDate)
        return Piece(
            intent=Intent.QUESTION,
            outcome=Outcome.ANSWERED,
            parts=(*self._rephrased(question.text, clauses), *quotes, *_computed_part(computed, clauses)),
            citations=cite(clauses, question.version),
            asks_for=AsksFor.DATE if asked else None,
            before=Before(understood, asked_date=asked),
        )

    def _rephrased(self, text: str, clauses: Sequence[Clause]) -> tuple[Part, ...]:
        if self._rephraser is None:
            return ()
        place = {clause.id: at for at, clause in enumerate(clauses)}
        sentences = self._rephraser.rephrase(text, {clause.id: clause.text for clause in clauses}) or ()
        return tuple(Part(PartKind.REPHRASED, sentence.text, place[sentence.clause_ids[0]]) for sentence in sentences)

    def _not_stated(self, question: Question, understood: str, finding: Finding) -> Piece:
        clauses = [passage.clause for passage in finding.passages[:NEAREST]]
        nearest = (Part(PartKind.NOTE, wording.nearest(clauses)),) if clauses else ()
        return Piece(
            intent=Intent.QUESTION,
            outcome=Outcome.NOT_STATED,
            parts=(Part(PartKind.NOTE, wording.NOT_STATED), *nearest, self._contact()),
            see_also=cite(clauses, question.version),
            before=Before(understood),
        )

    def _chatted(self, question: Question) -> Piece:
        line = Part(PartKind.NOTE, chat_line(question.text) or wording.CHAT)
        suggestions = self._organisation.suggestions
        return Piece(Intent.SMALL_TALK, Outcome.CHATTED, (line,), suggestions=suggestions, before=question.before)

    def _declined(self, question: Question) -> Piece:
        line = Part(PartKind.NOTE, wording.declined(self._organisation))
        suggestions = self._organisation.suggestions
        return Piece(Intent.OFF_TOPIC, Outcome.DECLINED, (line,), suggestions=suggestions, before=question.before)

    def _not_understood(self) -> Piece:
        line = Part(PartKind.NOTE, wording.NOT_UNDERSTOOD)
        return Piece(Intent.QUESTION, Outcome.NOT_UNDERSTOOD, (line,), suggestions=self._organisation.suggestions)

    def _handed_over(self) -> Piece:
        line = Part(PartKind.NOTE, wording.UNAVAILABLE)
        return Piece(Intent.QUESTION, Outcome.HANDED_OVER, (line, self._contact()))

    def _contact(self) -> Part:
        return Part(PartKind.CONTACT, wording.privacy_contact(self._organisation))


def cite(clauses: Sequence[Clause], version: PolicyVersion) -> tuple[Citation, ...]:
    return tuple(
        Citation(
            clause=clause.id,
            section=clause.section_title,
            quote=clause.text,
            start=clause.start,
            end=clause.end,
            policy_version=version.label,
            url=f"/policy#{clause.id}",
        )
        for clause in clauses
    )


def _computed_part(computed: Computed | AskDate | None, clauses: Sequence[Clause]) -> tuple[Part, ...]:
    if computed is None:
        return ()
    if isinstance(computed, AskDate):
        return (Part(PartKind.QUESTION, computed.text),)
    return (Part(PartKind.COMPUTED, computed.text, list(clauses).index(computed.clause)),)
