"""Which of the policy's periods a question is about, by its kind and by its subject.

Owns words of privacy questions as data; knows nothing of dates.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.clause import Clause
from knowledge.periods.period import Kind, Period
from knowledge.periods.table import PeriodTable

# Only the first clauses count as what was asked; further down, a period would answer another question.
_CLAUSES = 3

_ASKS_DEADLINE = re.compile(
    r"\b(?:answer(?:s|ed)?|repl(?:y|ies|ied)|respon(?:d|ds|ded|se)|hear(?:d)?\s+(?:back|nothing|from)|get(?:ting)?\s+back"
    r"|got\s+nothing|late|overdue|by\s+when|due|deadline|waiting|resolved?|fulfil(?:led|l)?|process(?:ed)?|acknowledged?"
    r"|how\s+long\s+(?:will|does|do|should|must)\s+(?:it|you|i)\s+(?:take|need|wait|have)|jawab|जवाब)\b",
    re.IGNORECASE,
)
_ASKS_RETENTION = re.compile(
    r"\b(?:keep(?:s|ing)?|kept|retain(?:ed|s)?|retention|stor(?:e|ed|es|ing)|hold|held|still\s+(?:there|have|exist|available|around)"
    r"|delet(?:e|ed|ion)|erased?|gone|go|exists?|remov(?:e|ed)|purged?|expired?|archived?|available|remain"
    r"|disappear\w*|vanish\w*|got\s+rid|thrown|rakh\w*|how\s+long|until\s+when|till\s+when)\b",
    re.IGNORECASE,
)

# A day is asked for, whatever it is the day of.
_ASKS_WHEN = re.compile(
    r"\b(?:when|whens|until|till?|by\s+what|by\s+which|what\s+(?:day|date|month|year)|which\s+(?:day|date|month|year)"
    r"|(?:end|last|latest|earliest)\s+(?:date|day)|earliest|latest|target|run(?:s)?\s+out|ends?|usual\s+end|kab(?:\s+tak)?"
    r"|कब)\b",
    re.IGNORECASE,
)

# What questions and clauses speak of. A group's words mean one matter in a privacy policy, whoever wrote it.
_MATTERS: dict[str, re.Pattern[str]] = {
    name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for name, words in {
        "answer": r"answer\w*|repl(?:y|ies|ied)|respon\w+|[ei]nquir\w+|hear\w*|back|nothing|acknowledg\w*|letters?"
        r"|jawab|जवाब",
        "access": r"access|see(?:ing)?\s+my|what\s+you\s+(?:hold|have|store)|my\s+(?:records|file)"
        r"|cop(?:y|ies)|exports?|downloads?|portab\w+|subject\s+request",
        "erase": r"(?:delet|eras)\w*",
        "correct": r"correct\w*|rectif\w*|amend\w*",
        "complain": r"complain\w*|grievance\w*|objection\w*|object",
        "breach": r"breach\w*|incident\w*|leak\w*|hack\w*",
        "project": r"projects?|files?|source|code|repositor\w+|repos?|deliverables?|designs?|contracts?",
        "money": r"invoices?|bill(?:s|ing)?|payments?|paid|financ\w+|tax\w*|gst|receipts?|accounting|ledger|bank",
        "talk": r"marketing|newsletters?|unsubscri\w+|promot\w+|campaigns?|communicat\w+|e?-?mails?|e?-?mailed"
        r"|messages?|chats?|calls?|correspondence|opt(?:ed)?[\s-]out",
        "visits": r"analytics|usage|visit(?:s|ed)?|brows\w+|cookies?|logs?|clicks?|track\w*",
        "camera": r"cameras?|cctv|videos?|recordings?|photos?|photographs?|pictures?",
        "orders": r"orders?|purchas\w+|bought",
        "jobs": r"job|appl(?:y|ied|ication|icants?)|cv|resume|recruit\w*|hiring|candidat\w+",
        "backup": r"back-?ups?",
    }.items()
}
# "answer" and a request's own name may stand in one question; the request is what was asked for.
_GENERAL = "answer"
_WORD = re.compile(r"[^\W\d_]{4,}")
# fmt: off
_EMPTY = frozenset({
    "about", "after", "been", "before", "client", "clients", "could", "data", "delete", "deleted", "does",
    "from", "have", "including", "information", "kept", "long", "personal", "privacy", "records", "request",
    "requests", "should", "still", "store", "stored", "that", "their", "them", "there", "they", "this", "until",
    "were", "what", "when", "where", "which", "will", "with", "within", "would", "your",
})
# fmt: on


@dataclass(frozen=True, slots=True)
class Fit:
    clause: Clause
    period: Period


def fitting_period(question: str, clauses: Sequence[Clause], periods: PeriodTable) -> Fit | None:
    """The period that a question about time means: of the first clauses' periods the one that shares most with it.

    Words of waiting ("due", "late") may stand in a question about keeping, words of keeping in none about a deadline.
    The kind that the words ask for goes first, and the better ranked clause wins a tie.
    The only period of the best clause also fits a question that speaks of no other matter.
    """
    kind = _kind(question)
    if kind is None and not _ASKS_WHEN.search(question):
        return None
    scored = [
        ((period.kind is kind, score), Fit(clause, period))
        for clause in clauses[:_CLAUSES]
        for period in periods.of(clause)
        if not (kind is Kind.RETENTION and period.kind is Kind.DEADLINE) and any(score := _shared(question, period))
    ]
    if scored:
        return max(scored, key=lambda entry: entry[0])[1]
    own = periods.of(clauses[0]) if clauses else ()
    alone = len(own) == 1 and not set(_matters(question)) - {_GENERAL, "erase"}
    return Fit(clauses[0], own[0]) if alone else None


def _kind(question: str) -> Kind | None:
    if _ASKS_DEADLINE.search(question):
        return Kind.DEADLINE
    return Kind.RETENTION if _ASKS_RETENTION.search(question) else None


def _shared(question: str, period: Period) -> tuple[int, int]:
    """How many matters, then how many words, the question and the period's subject have in common."""
    asked, told = set(_matters(question)), set(_matters(period.subject))
    if period.kind is Kind.RETENTION:
        asked -= {_GENERAL, "erase"}
    weights = sum(1 if matter == _GENERAL else 2 for matter in asked & told)
    return weights, len(_words(question) & _words(period.subject))


def _matters(text: str) -> Iterator[str]:
    return (name for name, words in _MATTERS.items() if words.search(text))


def _words(text: str) -> frozenset[str]:
    return frozenset(word.rstrip("s") for word in _WORD.findall(text.lower()) if word not in _EMPTY)
