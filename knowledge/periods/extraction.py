"""Reading durations and deadlines out of a policy's clauses, by rules about English and not about one policy.

Owns the rules; what they find is a proposal that a person reviews. Ages, frequencies, notice times and looks back
("every six months", "under 13 years of age", "30 days before", "in the last 12 months") are no periods.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.clause import Clause, PolicyVersion
from knowledge.periods.numbers import AMOUNT, read_amount
from knowledge.periods.period import Kind, Period, Unit

_RANGE = rf"(?P<low>{AMOUNT})(?:\s*\(\d+\))?(?:\s*(?:-|–|—|\bto\b|\band\b|\bor\b)\s*(?P<high>{AMOUNT})(?:\s*\(\d+\))?)?"
_UNIT = (
    r"(?P<unit>hours?|(?:business|working)[\s-]days?|(?:calendar[\s-])?days?|weeks?"
    r"|(?:calendar[\s-])?months?|(?:calendar[\s-])?years?)"
)
_BEFORE = (
    r"(?:a\s+|the\s+)?(?:minimum|maximum)(?:\s+(?:period|term|duration))?(?:\s+of)?|at\s+(?:least|most)|up\s+to"
    r"|(?:no|not)\s+(?:less|fewer|shorter|more|longer|later)\s+than|within(?:\s+(?:a\s+maximum\s+of|at\s+most))?"
    r"|approximately|about|around|roughly|typically|usually|normally|generally|between"
)
_AFTER = r"(?:\s+or\s+(?:longer|more|less)|\s+at\s+the\s+latest|\s+maximum|\s+at\s+most)"
_DURATION = re.compile(
    rf"(?:\b(?P<before>{_BEFORE})\s+)?(?:\ba\s+(?:further\s+)?(?=\S+[-\s]\w+\s+period))?"
    rf"\b{_RANGE}[\s-]*\b{_UNIT}\b(?P<after>{_AFTER})?",
    re.IGNORECASE,
)
_GOVERNS = re.compile(
    r"\b(?:typically|usually|normally|generally|(?:aims?|try|tries|strive|endeavou?r|seek|intend) to)\b", re.IGNORECASE
)

# What the words around an amount make of it when they make no period of it.
_NO_PERIOD_BEFORE = re.compile(
    r"\b(?:every|each|per|once\s+(?:in|every)|twice\s+(?:in|every)|once|twice|times|hours?|days?|aged?|ages|over|under|first"
    r"|(?:last|past|previous|preceding|prior)|older\s+than|more\s+than)\s+(?:of\s+|at\s+least\s+)?$",
    re.IGNORECASE,
)
_NO_PERIOD_AFTER = re.compile(
    r"(?:\s+(?:of\s+age|old|a\s+(?:day|week|month|year)|per\s+\w+|of\s+experience|ago|before|prior|in\s+advance|ahead)\b"
    r"|['’]?\s+(?:prior\s+)?notice\b|-?\s*(?:trial|old)\b)",
    re.IGNORECASE,
)

_KEEPS = (
    r"retain(?:s|ed)?|retention|kept|keeps?|stores?|stored|storage|h[eo]lds?|held|hold|preserved?|archived|expires?"
    r"|remains?|stays?|lasts?|delet(?:e|es|ed|ion)|erased?|purged?|remov(?:e|es|ed)|anonymi[sz]ed?|destroy(?:s|ed)?"
    r"|overwritten|lifetime"
)
_ACTS = (
    r"respon(?:d|ds|ded|se)|repl(?:y|ies|ied)|answer(?:s|ed)?|resolv(?:e|es|ed)|acknowledged?|notif(?:y|ies|ied)"
    r"|inform(?:s|ed)?|process(?:es|ed)?|complet(?:e|es|ed)|fulfil(?:l|ls|led|s)?|handled?|comply|provided?|confirm(?:s|ed)?"
    r"|honou?r(?:s|ed)?|act\s+on|get\s+back|contact(?:ed)?|take\s+effect|takes\s+effect|stop|appeal|object|report(?:s|ed)?"
    r"|deliver(?:s|ed)?|send|sent|extend(?:ed|s)?|withdraw|investigated?|decide[sd]?|effected|made|reviewed?"
)
_CUE = re.compile(rf"\b(?:(?P<keeps>{_KEEPS})|(?P<acts>{_ACTS}))\b", re.IGNORECASE)
_DELETES = re.compile(r"delet|eras|purg|remov|anonymi|destroy", re.IGNORECASE)

_PURPOSE = (
    r"unless|except|provided|so\s+that|to\s+(?:provide|comply|meet|allow|ensure|support|enable|help|satisfy|protect)"
    r"|in\s+(?:compliance|order|accordance|line)|as\s+required|while|whereas|and|or|but|for"
)
_STARTS = re.compile(
    r"\s*,?\s*(?P<starts>(?:after|from|following|since|once|starting|beginning|upon"
    r"|of\s+(?:the|your|our|a|an|receipt|it|\w+ing)\b"
    rf")(?:(?!\s+(?:{_PURPOSE})\b)[^,;:.])+)",
    re.IGNORECASE,
)
_LEADING_START = re.compile(r"^(?P<starts>(?:After|Once|Following|When|From|Upon|If)\b[^,]*),", re.IGNORECASE)
_EXCEPTION = re.compile(
    r"\b(?:unless|except|provided\s+that|save\s+where|subject\s+to)\b[^;]*?(?=[.;]?\s*$)", re.IGNORECASE
)
_VERB_PHRASE_END = re.compile(
    r"[\s,]+(?:(?:is|are|was|were|will|shall|may|can|must|would|be|has|have|been|only|not|then|also|typically|usually"
    r"|normally|generally|securely|permanently|automatically)\s+)*$",
    re.IGNORECASE,
)
_ACTIVE = re.compile(r"\b(?:we|you|us|they|it|company|team)(?:\s+\w+){0,4}\s+$", re.IGNORECASE)
_EDGES = " ,;:–—\n\t\u00a0"
_JOINTS = re.compile(
    r"^(?:(?:and|or|but|while|whereas|then|also|that|for|we|us|our|is|are|be|will)\b[\s,]*)+"
    r"|(?:[\s,]+(?:for|a|an|of|the|and|is|are|be|only|in|to|with))+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A duration in a clause with the stretch of text that belongs to it alone."""

    clause: Clause
    match: re.Match[str]
    since: int
    until: int

    @property
    def lead(self) -> str:
        return self.clause.text[self.since : self.match.start()]

    @property
    def tail(self) -> str:
        return self.clause.text[self.match.end() : self.until]


def extract(version: PolicyVersion) -> tuple[Period, ...]:
    """Every period of the version in reading order, as the rules read it."""
    return tuple(period for clause in version.clauses for period in periods_in(clause))


def periods_in(clause: Clause) -> tuple[Period, ...]:
    """The periods of one clause; a later one without a verb of its own takes the kind of the one before it."""
    periods: list[Period] = []
    for found in _durations(clause):
        kind = _kind(found, periods[-1].kind if periods else None)
        if kind is not None:
            periods.append(_period(found, kind))
    return tuple(periods)


def _durations(clause: Clause) -> Iterator[_Found]:
    matches = [match for match in _DURATION.finditer(clause.text) if _counts_time(clause.text, match)]
    since = 0
    for at, match in enumerate(matches):
        until = matches[at + 1].start() if at + 1 < len(matches) else len(clause.text)
        yield _Found(clause, match, since, until)
        starts = _STARTS.match(clause.text, match.end(), until)
        since = starts.end() if starts else match.end()


def _counts_time(text: str, match: re.Match[str]) -> bool:
    return not (_NO_PERIOD_BEFORE.search(text[: match.start()]) or _NO_PERIOD_AFTER.match(text, match.end()))


def _kind(found: _Found, before: Kind | None) -> Kind | None:
    cues = list(_CUE.finditer(found.lead))
    cue = cues[-1] if cues else None
    if cue is None and before is not None:
        return before
    cue = cue or _CUE.search(found.tail)
    if cue is None:
        return None
    within = (found.match["before"] or "").lower().startswith("within")
    if cue["keeps"] and not (within and _DELETES.match(cue["keeps"])):
        return Kind.RETENTION
    return Kind.DEADLINE


def _period(found: _Found, kind: Kind) -> Period:
    match, text = found.match, found.clause.text
    low = read_amount(match["low"])
    exception = _EXCEPTION.search(text, match.end())
    return Period(
        clause_hash=found.clause.hash,
        amount_low=low,
        amount_high=read_amount(match["high"]) if match["high"] else low,
        unit=_unit(match["unit"]),
        qualifier=_qualifier(found),
        subject=_subject(found, kind),
        starts=_starts(found),
        kind=kind,
        quote_start=match.start(),
        quote_end=match.end(),
        exception=exception.group().rstrip() if exception else "",
    )


def _unit(written: str) -> Unit:
    *kind, noun = re.split(r"[\s-]+", written.lower())
    if kind and kind[0] in {"business", "working"}:
        return Unit.BUSINESS_DAYS
    return Unit(noun if noun.endswith("s") else f"{noun}s")


def _qualifier(found: _Found) -> str:
    governing = [match.group() for match in _GOVERNS.finditer(found.clause.text[: found.match.start()])]
    pieces = [*governing[-1:], found.match["before"], found.match["after"]]
    return " … ".join(piece.strip() for piece in pieces if piece and piece.strip().lower() != "between")


def _starts(found: _Found) -> str:
    after = _STARTS.match(found.clause.text, found.match.end(), found.until)
    leading = after or _LEADING_START.match(found.clause.text)
    return leading["starts"].strip(_EDGES) if leading else ""


def _subject(found: _Found, kind: Kind) -> str:
    """What is kept, or what is done: the words before the verb, or after it where somebody acts."""
    leading = _LEADING_START.match(found.lead)
    lead = found.lead[leading.end() :] if leading else found.lead
    cues = list(_CUE.finditer(lead))
    if cues:
        return _trim(_around(lead, cues[-1], kind))
    tail_cue = _CUE.search(found.tail)
    if _trim(lead) or tail_cue is None:
        return _trim(lead)
    return _trim(found.tail[tail_cue.start() if kind is Kind.DEADLINE else tail_cue.end() :].rstrip(". "))


def _around(lead: str, cue: re.Match[str], kind: Kind) -> str:
    before = _VERB_PHRASE_END.sub("", lead[: cue.start()] + " ")
    acts = _ACTIVE.search(lead[: cue.start()]) or _GOVERNS.search(lead) or not _trim(before)
    passive = re.search(r"\b(?:is|are|be|been)\s+(?:\w+ly\s+)?$", lead[: cue.start()], re.IGNORECASE)
    if passive or not acts:
        return before
    return lead[cue.start() :] if kind is Kind.DEADLINE else lead[cue.end() :]


def _trim(words: str) -> str:
    last = ""
    while words != last:
        last, words = words, _JOINTS.sub("", words.strip(_EDGES))
    return words
