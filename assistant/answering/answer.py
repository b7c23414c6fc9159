"""A question about the policy -> the parts, citations and outcome of a Reply.

Every sentence is a whole clause, a template of `wording`, a computed date, or a rephrasing that passed the
checks. Knows nothing of conversations, channels or storage.
"""

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from assistant.answering import wording
from assistant.answering.chat import OTHER, chat_line, only_chats
from assistant.answering.computing import AskDate, Computed, compute
from assistant.answering.date_values import WhenFound
from assistant.answering.dates import find_dates
from assistant.answering.followups import Lean, is_short, leans
from assistant.answering.rephrasing import Rephraser
from assistant.answering.selection import select
from assistant.beside import Beside
from assistant.contacts import privacy_contact
from assistant.dialogue.short_answers import asks_something
from assistant.errors import Unavailable
from assistant.languages import language_of
from assistant.organisation import Organisation
from assistant.reply import AsksFor, Citation, Intent, Outcome, Part, PartKind, Piece
from assistant.words.book import ENGLISH, Words, languages, words_of
from knowledge.clause import Clause, PolicyVersion
from knowledge.errors import KnowledgeError
from knowledge.periods.table import PeriodTable
from knowledge.retrieval import Finding, Reader, Verdict

_log = logging.getLogger(__name__)

NEAREST = 3
# Below this margin a message is chat or off topic even where it could be a follow-up: "how are you?" against "how?". So
# it is from the lower one where it has but a few words: a fragment of a question is near to nothing.
PLAINLY_ASIDE, PLAINLY_ASIDE_OF_FEW = -0.4, -0.6
# What stands where something was masked says nothing about the question.
_PLACEHOLDER = re.compile(r"\[[a-z][a-z_ ]{1,20}\]")
# A chain of follow-ups is understood from its last questions.
LONGEST_MEMORY = 400


@dataclass(frozen=True, slots=True)
class Before:
    """What the turn before leaves for the next: the question it was understood as, and whether a date was asked for."""

    question: str
    asked_date: bool = False

    @classmethod
    def read(cls, left: Mapping[str, Any]) -> "Before | None":
        """From what a turn left; an older or newer release may have left other facts beside these."""
        return cls(left["question"], left.get("asked_date", False)) if "question" in left else None

    def as_json(self) -> dict[str, Any]:
        return {"question": self.question, "asked_date": self.asked_date}


@dataclass(frozen=True, slots=True)
class Question:
    """A masked message, the version to answer from, now in the organisation's zone, and what came before.

    `is_current` is false for a version that is asked for as of a day and is not in force now. `language` is that of the
    conversation, `written_in` that of the message, where it is known. `off_topic`: whether it reads like something that
    has nothing to do with data, whatever the policy is.
    """

    text: str
    version: PolicyVersion
    now: datetime
    before: Before | None = None
    is_current: bool = True
    language: str | None = None
    written_in: str | None = None
    off_topic: bool = False

    @property
    def words(self) -> Words:
        return words_of(self.language)

    @property
    def words_read(self) -> Words:
        """Words that whoever wrote this message can read, though the conversation has others."""
        return words_of(self.written_in) if self.written_in in languages() else self.words


class Readers(Protocol):
    def reader(self) -> Reader: ...

    def at_hand(self) -> Reader | None: ...


class Answerer:
    """Answers one question; `rephraser` is None without a language model."""

    def __init__(
        self,
        readers: Readers,
        organisation: Organisation,
        periods: Callable[[PolicyVersion], PeriodTable],
        rephraser: Rephraser | None,
        beside: Beside | None = None,
    ) -> None:
        # Hindi in Latin letters, and what no language is recognised in, counts as English.
        self._understood = frozenset({*organisation.asked_in, None})
        self._readers = readers
        self._organisation = organisation
        self._periods = periods
        self._rephraser = rephraser
        self._beside = beside or Beside()

    def foresee(self, text: str, version: PolicyVersion) -> None:
        """Begin beside the caller what `answer` will look up for this message; what goes wrong is told there alone."""
        reader = self._readers.at_hand()
        if reader is not None and language_of(_PLACEHOLDER.sub("", text).strip()) in self._understood:
            self._beside.begin(reader.find, _shown(text), version)

    def answer(self, question: Question) -> Piece:
        said = _PLACEHOLDER.sub("", question.text).strip()
        # A known answer of another language is English by now, so the text decides, not what it was written in.
        language = language_of(said)
        question = replace(question, written_in=question.written_in or language)
        if language not in self._understood:
            return self._in_another_language(question)
        if not any(character.isalnum() for character in said):
            return self._chatted(question) if said and chat_line(said) else self._not_understood(question)
        try:
            reader = self._readers.reader()
            after, finding = self._find(reader, question)
        except (Unavailable, KnowledgeError) as error:
            _log.warning("A question was handed over: %s", error)
            return self._handed_over(question)
        understood = f"{after} {question.text}"[-LONGEST_MEMORY:] if after else question.text
        return self._judged(question, understood, finding)

    def _judged(self, question: Question, understood: str, finding: Finding) -> Piece:
        if finding.verdict is Verdict.ANSWERABLE:
            return self._answered(question, understood, finding)
        # What leans on a question is about it, whatever a fragment alone sounds like.
        leans_on_one = understood != question.text
        if only_chats(question.text) or (finding.verdict is Verdict.SMALL_TALK and not leans_on_one):
            return self._chatted(question)
        if finding.verdict is not Verdict.NOT_STATED and not leans_on_one:
            return self._declined(question)
        if question.off_topic and finding.unlearned and not leans_on_one:
            # Nobody but triage says so: should it be a question about data after all, there is somebody to ask.
            declined = self._declined(question)
            return replace(declined, parts=(*declined.parts, self._contact(question.words)))
        return self._not_stated(question, understood, finding)

    def _find(self, reader: Reader, question: Question) -> tuple[str | None, Finding]:
        """What the message leans on, if it does, and what was found: one that stands alone is not dragged back."""
        text = _shown(question.text)
        before, alone = question.before, reader.find(text, question.version)
        if before is None:
            return None, alone
        dated = before.asked_date and bool(self._dates(question.text, question.now))
        is_a_date = dated and _says_little(self._undated(text, question.now))
        lean = Lean.WHOLLY if is_a_date else Lean.LIKELY if before.asked_date else leans(question.text)
        if alone.verdict is Verdict.ANSWERABLE and alone.margin >= lean.value:
            return None, alone
        if lean is Lean.NOT or _is_aside(question.text, alone, lean):
            return None, alone
        # The date that was asked for takes the place of the one that did not do.
        leant_on = self._undated(before.question, question.now) if dated else before.question
        if is_a_date:
            # What it belongs to was found before.
            return leant_on, reader.find(_shown(leant_on), question.version)
        return leant_on, reader.find(text, question.version, after=leant_on)

    def _dates(self, text: str, now: datetime) -> tuple[WhenFound, ...]:
        return find_dates(text, order=self._organisation.date_order, now=now.astimezone(self._organisation.zone))

    def _undated(self, text: str, now: datetime) -> str:
        for found in sorted(self._dates(text, now), key=lambda found: found.start, reverse=True):
            text = text[: found.start] + text[found.end :]
        return text

    def _answered(self, question: Question, understood: str, finding: Finding) -> Piece:
        clauses = select(finding, question.version)
        computed = compute(
            understood,
            clauses,
            self._periods(question.version),
            order=self._organisation.date_order,
            now=question.now,
            zone=self._organisation.zone,
            words=question.words,
        )
        quotes = tuple(Part(PartKind.QUOTE, clause.text, at) for at, clause in enumerate(clauses))
        asked = isinstance(computed, AskDate)
        return Piece(
            intent=Intent.QUESTION,
            outcome=Outcome.ANSWERED,
            parts=(
                *_language_note(question),
                *self._rephrased(question.text, clauses),
                *quotes,
                *_computed_part(computed, clauses),
            ),
            citations=cite(clauses, question),
            asks_for=AsksFor.DATE if asked else None,
            leaves=Before(understood, asked_date=asked).as_json(),
        )

    def _rephrased(self, text: str, clauses: Sequence[Clause]) -> tuple[Part, ...]:
        if self._rephraser is None:
            return ()
        place = {clause.id: at for at, clause in enumerate(clauses)}
        sentences = self._rephraser.rephrase(text, {clause.id: clause.text for clause in clauses}) or ()
        return tuple(Part(PartKind.REPHRASED, sentence.text, place[sentence.clause_ids[0]]) for sentence in sentences)

    def _not_stated(self, question: Question, understood: str, finding: Finding) -> Piece:
        clauses = [passage.clause for passage in finding.passages[:NEAREST]]
        words = question.words
        nearest = (Part(PartKind.NOTE, wording.nearest(words, clauses)),) if clauses else ()
        return Piece(
            intent=Intent.QUESTION,
            outcome=Outcome.NOT_STATED,
            parts=(Part(PartKind.NOTE, words("answering.not_stated")), *nearest, self._contact(words)),
            see_also=cite(clauses, question),
            suggestions=(words("answering.pass_on"),),
            leaves=Before(understood).as_json(),
        )

    def _chatted(self, question: Question) -> Piece:
        line = Part(PartKind.NOTE, question.words(chat_line(question.text) or OTHER))
        suggestions = self._suggestions(question)
        return Piece(Intent.SMALL_TALK, Outcome.CHATTED, (line,), suggestions=suggestions, leaves=_still(question))

    def _declined(self, question: Question) -> Piece:
        line = Part(PartKind.NOTE, wording.declined(question.words, self._organisation))
        suggestions = self._suggestions(question)
        return Piece(Intent.OFF_TOPIC, Outcome.DECLINED, (line,), suggestions=suggestions, leaves=_still(question))

    def _not_understood(self, question: Question) -> Piece:
        parts = (Part(PartKind.NOTE, question.words("answering.not_understood")),)
        suggestions = self._suggestions(question)
        return Piece(Intent.QUESTION, Outcome.NOT_UNDERSTOOD, parts, suggestions=suggestions)

    def _in_another_language(self, question: Question) -> Piece:
        words = question.words_read
        parts = (Part(PartKind.NOTE, words("answering.other_language")), self._contact(words))
        return Piece(Intent.QUESTION, Outcome.NOT_UNDERSTOOD, parts, suggestions=self._suggestions(question))

    def _handed_over(self, question: Question) -> Piece:
        line = Part(PartKind.NOTE, question.words("answering.unavailable"))
        return Piece(Intent.QUESTION, Outcome.HANDED_OVER, (line, self._contact(question.words)))

    def _contact(self, words: Words) -> Part:
        return Part(PartKind.CONTACT, privacy_contact(words, self._organisation))

    def _suggestions(self, question: Question) -> tuple[str, ...]:
        return self._organisation.in_language(question.language).suggestions or ()


def _language_note(question: Question) -> tuple[Part, ...]:
    """Where the visitor reads or writes another language than the policy's: that the quotations are in that one."""
    others = (language for language in (question.language, question.written_in) if language not in {None, ENGLISH})
    language = next(others, None)
    return (Part(PartKind.NOTE, words_of(language)("answering.quoted")),) if language else ()


def _still(question: Question) -> dict[str, Any]:
    """Chat in between does not end what was talked about."""
    return question.before.as_json() if question.before else {}


def _is_aside(text: str, alone: Finding, lean: Lean) -> bool:
    """Whether a message that could lean on the one before is something else: chat, or plainly another topic."""
    if alone.verdict is Verdict.SMALL_TALK and chat_line(text):
        return True
    return lean is not Lean.WHOLLY and alone.margin < (PLAINLY_ASIDE_OF_FEW if is_short(text) else PLAINLY_ASIDE)


def cite(clauses: Sequence[Clause], question: Question) -> tuple[Citation, ...]:
    version = question.version
    page = "/policy" if question.is_current else f"/policy?version={version.label}"
    return tuple(
        Citation(
            clause=clause.id,
            section=clause.section_title,
            quote=clause.text,
            start=clause.start,
            end=clause.end,
            policy_version=version.label,
            url=f"{page}#{clause.id}",
        )
        for clause in clauses
    )


def _computed_part(computed: Computed | AskDate | None, clauses: Sequence[Clause]) -> tuple[Part, ...]:
    if computed is None:
        return ()
    if isinstance(computed, AskDate):
        return (Part(PartKind.QUESTION, computed.text),)
    return (Part(PartKind.COMPUTED, computed.text, list(clauses).index(computed.clause)),)


def _shown(text: str) -> str:
    """What of a masked message is looked up."""
    return _PLACEHOLDER.sub(" ", text)


def _says_little(rest: str) -> bool:
    return is_short(rest) and not asks_something(rest)
