"""What a Reply is worth for a case. Pure functions; every check is deterministic and needs no model."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.reply import Outcome, PartKind
from evals.dataset import Case, Expect
from knowledge.clause import PolicyVersion

MOST_CITATIONS = 5

_HANDLED: Mapping[Expect, frozenset[Outcome]] = {
    Expect.SMALL_TALK: frozenset({Outcome.CHATTED}),
    Expect.OFF_TOPIC: frozenset({Outcome.DECLINED, Outcome.NOT_UNDERSTOOD}),
}


@dataclass(frozen=True, slots=True)
class Published:
    """What quotations are held against: the parsed version and the text that it was published as."""

    version: PolicyVersion
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """None where a measure does not apply to the case.

    all_gold: every gold clause is among the citations, of which there are at most five.
    first_right: the first citation is one that may be cited.
    beyond: how many citations, of an answered question, may not.
    false_abstention: an answer was due, and the outcome is another one; the answer may stand beside an action.
    unanswered: an answer was due and nothing is cited, whatever the outcome.
    caught: "not stated" was due, was said, and nothing is cited.
    handled: small talk was chatted about, what is off topic was declined.
    includes, excludes: the words that must stand in the reply do, those that must not do not.
    verbatim: each quotation and each pointer is the published text, byte for byte, where it says it is.
    """

    all_gold: bool | None
    first_right: bool | None
    beyond: int | None
    false_abstention: bool | None
    unanswered: bool | None
    caught: bool | None
    handled: bool | None
    includes: bool | None
    excludes: bool | None
    verbatim: bool | None

    @property
    def words(self) -> bool | None:
        """The reply has the words that it must have and none that it must not have."""
        measured = [measure for measure in (self.includes, self.excludes) if measure is not None]
        return all(measured) if measured else None

    @property
    def right(self) -> bool:
        """Nothing that was measured is wrong; clauses beyond need are no error."""
        wanted = (self.all_gold, self.first_right, self.caught, self.handled, self.words, self.verbatim)
        return not self.false_abstention and all(measure is not False for measure in wanted)


def score(case: Case, reply: Mapping[str, Any], published: Published) -> Score:
    """Hold a Reply, in its JSON form, against what the case expects."""
    cited = [citation["clause"] for citation in reply["citations"]]
    answer, answered = case.expect is Expect.ANSWER, reply["outcome"] == Outcome.ANSWERED
    return Score(
        all_gold=set(case.gold) <= set(cited) and len(cited) <= MOST_CITATIONS if answer else None,
        first_right=cited[:1] != [] and cited[0] in case.fair if answer else None,
        beyond=sum(clause not in case.fair for clause in cited) if answer and answered else None,
        false_abstention=not answered if answer else None,
        unanswered=not cited if answer else None,
        caught=reply["outcome"] == Outcome.NOT_STATED and not cited if case.expect is Expect.ABSTAIN else None,
        handled=reply["outcome"] in _HANDLED[case.expect] if case.expect in _HANDLED else None,
        includes=includes(case, reply["text"]),
        excludes=excludes(case, reply["text"]),
        verbatim=verbatim(reply, published),
    )


def includes(case: Case, text: str) -> bool | None:
    """Of each list of alternatives one stands in the text, in any case of letters; None without such a list."""
    folded = text.casefold()
    if not case.must_include:
        return None
    return all(any(words.casefold() in folded for words in alternatives) for alternatives in case.must_include)


def excludes(case: Case, text: str) -> bool | None:
    if not case.must_not_include:
        return None
    return not any(words.casefold() in text.casefold() for words in case.must_not_include)


def verbatim(reply: Mapping[str, Any], published: Published) -> bool | None:
    """None for a reply that quotes nothing and points nowhere."""
    shown = [*reply["citations"], *reply["see_also"]]
    quotes = [part for part in reply["parts"] if part["kind"] == PartKind.QUOTE]
    if not shown and not quotes:
        return None
    return all(_is_published(citation, published) for citation in shown) and all(
        _is_cited(part, reply) for part in quotes
    )


def _is_published(citation: Mapping[str, Any], published: Published) -> bool:
    clause = published.version.by_id.get(citation["clause"])
    return (
        clause is not None
        and citation["policy_version"] == published.version.label
        and (citation["start"], citation["end"]) == (clause.start, clause.end)
        and citation["quote"] == clause.text == published.text[citation["start"] : citation["end"]]
    )


def _is_cited(part: Mapping[str, Any], reply: Mapping[str, Any]) -> bool:
    at = part["citation"]
    return at is not None and 0 <= at < len(reply["citations"]) and part["text"] == reply["citations"][at]["quote"]
