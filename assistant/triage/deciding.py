"""From scores and rules to a decision. The thresholds were chosen by leaving out one hand after the other.

Knows neither encoder nor features; `utterances/README.md` says what the thresholds cost.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from assistant.reply import Intent, Right, Severity
from assistant.triage.model import LEXICAL
from assistant.triage.rules import Guard, Rule
from assistant.triage.sentences import asks
from assistant.triage.values import ORDER, RIGHTS, Subject, Triage

Scores = Mapping[str, float]

# From this score on a message wants it.
_FROM = {
    Intent.SECURITY_REPORT: 0.29,
    Intent.RIGHTS_REQUEST: 0.36,
    Intent.COMPLAINT: 0.44,
    Intent.HUMAN_HANDOFF: 0.44,
    Intent.TICKET_STATUS: 0.44,
}
# What leads over every other intent may score this much less.
_LEADING_MAY_LACK = {Intent.COMPLAINT: 0.2, Intent.HUMAN_HANDOFF: 0.2, Intent.TICKET_STATUS: 0.2}
# These lead to a person, both of them.
_ALIKE = (Intent.COMPLAINT, Intent.HUMAN_HANDOFF)
# Below this score one of these that no rule names gives way to the question that the message rather asks.
_MAY_GIVE_WAY, _GIVES_WAY_BELOW = frozenset({Intent.SECURITY_REPORT, Intent.RIGHTS_REQUEST, *_ALIKE}), 0.48
# And below this one what a rule names, where the message as plainly asks: "how many days once I ask for deletion?".
_CONTRADICTED_BELOW, _PLAINLY_ASKS_FROM = 0.2, 0.6
# What goes on from an answer wants this much more clearly what most fragments only sound like: "creepy. since when".
_MORE_AFTER_AN_ANSWER = dict.fromkeys((Intent.RIGHTS_REQUEST, *_ALIKE), 0.25)
# A wish may stand in one sentence of many: this much of the score is that of the sentence which wants it most. Not so
# for security: what happened is told over several sentences.
_OF_SENTENCES = 0.2
# What a message says against itself weighs this much.
_AGAINST = {
    (Intent.SECURITY_REPORT, Guard.NEGATED_INCIDENT): 0.15,
    (Intent.SECURITY_REPORT, Guard.CLOSED): 0.15,
    (Intent.RIGHTS_REQUEST, Guard.NEGATED_WISH): 0.25,
}
# Words that make a report critical count this much towards it.
_SOUNDS_CRITICAL = 0.25
# From this score on a message that wants an action may ask something too. An answer in vain costs a few lines; for a
# question that was taken for something else it is the answer.
_MAY_ASK_FROM = 0.3
# What is beside the point leads over a question by this much: to turn a question away is worse than to look it up.
_OFF_TOPIC_LEADS_BY = 0.1
_RIGHT_FROM = 0.4
# Where a rule names a right, another one must be clearer.
_FURTHER_RIGHT_FROM = 0.49
_SUBJECT_FROM = 0.22
_ACTIONS = (
    Intent.SECURITY_REPORT,
    Intent.RIGHTS_REQUEST,
    Intent.COMPLAINT,
    Intent.HUMAN_HANDOFF,
    Intent.TICKET_STATUS,
)
_REST = (Intent.QUESTION, Intent.SMALL_TALK, Intent.OFF_TOPIC)
# By words alone nobody can tell what is beside the point.
_REST_BY_WORDS = (Intent.QUESTION, Intent.SMALL_TALK)


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as scores: of the whole, of each sentence alone, and the rules that fire; whether it goes on from an
    answer.
    """

    parts: tuple[str, ...]
    whole: Scores
    alone: tuple[Scores, ...]
    rules: tuple[Rule, ...]
    guards: frozenset[Guard]
    sounds_critical: bool
    encoded: bool
    goes_on: bool = False


def decide(heard: Heard) -> Triage:
    sounded = _wanted(heard)
    wanted = {intent for intent in sounded if not _gives_way(intent, heard)}
    actions = _in_order(wanted, heard)
    asked = _asked(heard) if actions else None
    question = asked or (_unasked(heard) if actions else None)
    rest = [Intent.QUESTION] if question else []
    return Triage(
        intents=(*actions, *rest) if actions else (_idle(heard),),
        rights=_rights(heard) if Intent.RIGHTS_REQUEST in wanted else (),
        severity=_severity(heard) if Intent.SECURITY_REPORT in wanted else None,
        subject=_subject(heard) if Intent.RIGHTS_REQUEST in wanted else Subject.SELF,
        question=question,
        asks_plainly=asked is not None,
        outweighed=frozenset(sounded - wanted),
    )


def _idle(heard: Heard) -> Intent:
    """What a message is that wants nothing done."""
    leading = _leading(_REST if heard.encoded else _REST_BY_WORDS, heard)
    if leading is not Intent.OFF_TOPIC:
        return leading
    lead = heard.whole[f"first:{leading}"] - heard.whole[f"first:{Intent.QUESTION}"]
    return leading if lead >= _OFF_TOPIC_LEADS_BY else Intent.QUESTION


def _gives_way(intent: Intent, heard: Heard) -> bool:
    if not heard.encoded or heard.sounds_critical or intent not in _MAY_GIVE_WAY:
        return False
    strength, asks_for = _strength(intent, heard), heard.whole[f"wants:{Intent.QUESTION}"]
    if any(rule.intent is intent for rule in heard.rules):
        return intent not in _ALIKE and strength < _CONTRADICTED_BELOW and asks_for >= _PLAINLY_ASKS_FROM
    leads = heard.whole[f"first:{Intent.QUESTION}"] > heard.whole[f"first:{intent}"]
    return leads and strength < min(asks_for, _GIVES_WAY_BELOW)


def _in_order(wanted: Collection[Intent], heard: Heard) -> list[Intent]:
    """A complaint and the wish for a person rank alike: the stronger one goes first."""
    ordered = [intent for intent in ORDER if intent in wanted]
    if set(_ALIKE) <= set(ordered) and _leading(_ALIKE, heard) is not _ALIKE[0]:
        at = ordered.index(_ALIKE[0])
        ordered[at : at + len(_ALIKE)] = reversed(_ALIKE)
    return ordered


def _wanted(heard: Heard) -> set[Intent]:
    by_rule = {rule.intent for rule in heard.rules}
    return {intent for intent in _ACTIONS if intent in by_rule or _is_wanted(intent, heard)}


def _is_wanted(intent: Intent, heard: Heard) -> bool:
    if heard.goes_on:
        return _strength(intent, heard) >= _FROM[intent] + _MORE_AFTER_AN_ANSWER.get(intent, 0.0)
    lacking = _LEADING_MAY_LACK.get(intent, 0.0) if intent is _leading(ORDER, heard) else 0.0
    return _strength(intent, heard) >= _FROM[intent] - lacking


def _strength(intent: Intent, heard: Heard) -> float:
    label = f"wants:{intent}"
    score = _whole(label, heard) if intent is Intent.SECURITY_REPORT else _with_sentences(label, heard)
    return score - sum(_AGAINST.get((intent, guard), 0.0) for guard in heard.guards if _counts(guard, heard))


def _counts(guard: Guard, heard: Heard) -> bool:
    """What is over is told before a question; without one it may be told as what happened."""
    return guard is not Guard.CLOSED or any(asks(part) for part in heard.parts)


def _whole(label: str, heard: Heard) -> float:
    return heard.whole[label if heard.encoded else f"{LEXICAL}{label}"]


def _with_sentences(label: str, heard: Heard) -> float:
    clearest = max(scores[f"{LEXICAL}{label}"] for scores in heard.alone)
    return (1 - _OF_SENTENCES) * _whole(label, heard) + _OF_SENTENCES * clearest


def _leading(intents: Iterable[Intent], heard: Heard) -> Intent:
    """The strongest of these."""
    prefix = "first:" if heard.encoded else f"{LEXICAL}wants:"
    return max(intents, key=lambda intent: heard.whole[f"{prefix}{intent}"])


def _rights(heard: Heard) -> tuple[Right, ...]:
    scores = {right: _with_sentences(f"right:{right}", heard) for right in RIGHTS}
    by_rule = {rule.right for rule in heard.rules if rule.right}
    best = max(RIGHTS, key=lambda right: (right in by_rule, scores[right]))
    least = _FURTHER_RIGHT_FROM if by_rule else _RIGHT_FROM
    return tuple(right for right in RIGHTS if right is best or right in by_rule or scores[right] >= least)


def _severity(heard: Heard) -> Severity:
    scores = {severity: heard.whole[f"severity:{severity}"] for severity in Severity}
    scores[Severity.CRITICAL] += _SOUNDS_CRITICAL * heard.sounds_critical
    return max(scores, key=scores.__getitem__)


def _subject(heard: Heard) -> Subject:
    scores = {subject: heard.whole[f"subject:{subject}"] for subject in Subject if subject is not Subject.SELF}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] >= _SUBJECT_FROM else Subject.SELF


def _unasked(heard: Heard) -> str | None:
    """What a message that wants an action may ask beside it, told by its meaning rather than by its form."""
    if _whole(f"wants:{Intent.QUESTION}", heard) < _MAY_ASK_FROM:
        return None
    return " ".join([part for part in heard.parts if asks(part)] or heard.parts)


def _asked(heard: Heard) -> str | None:
    """The sentences that ask what the policy may answer, where a message also wants an action."""
    asking = [part for part, scores in zip(heard.parts, heard.alone, strict=True) if asks(part) and _only_asks(scores)]
    return " ".join(asking) or None


def _only_asks(scores: Scores) -> bool:
    question = scores[f"{LEXICAL}wants:{Intent.QUESTION}"]
    return question > max(_lexical(_ACTIONS, scores))


def _lexical(intents: Iterable[Intent], scores: Scores) -> list[float]:
    return [scores[f"{LEXICAL}wants:{intent}"] for intent in intents]
