"""The noun groups of a sentence, each with its link and the verbs beside it. Compares nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.grounding import lexicon as lex
from assistant.answering.grounding import paraphrase as para
from assistant.answering.grounding.tagging import Tag, Token, family, participle
from assistant.answering.grounding.words import lines

_CLASSES = {family(word): family(first) for word, first in lines(para.VERB_CLASSES).items()}
OWNERS = frozenset({lex.ORGS, lex.YOUR, "its", "their"})


def verb_class(lemma: str) -> str:
    """The first of the verbs that say the same as this one."""
    return _CLASSES.get(lemma, lemma)


@dataclass(frozen=True, slots=True)
class Group:
    """A noun group of the sentence: its words, its link, the verbs to its left and right, and their voice."""

    words: frozenset[str]
    owners: frozenset[str]
    link: str
    left: str
    right: str
    left_passive: bool
    right_passive: bool
    start: int
    end: int


def groups(tokens: Sequence[Token]) -> Iterator[Group]:
    """The noun groups of a sentence, each with the verbs beside it."""
    at = 0
    while at < len(tokens):
        if tokens[at].tag is not Tag.NOUN:
            at += 1
            continue
        end = at + 1
        while end < len(tokens) and tokens[end].tag is Tag.NOUN and not _party(tokens[end]) and not _party(tokens[at]):
            end += 1
        yield _group(tokens, at, end)
        at = end


def _party(token: Token) -> bool:
    return token.lemma in {lex.ORG, lex.YOU}


def _group(tokens: Sequence[Token], at: int, end: int) -> Group:
    run = tokens[at:end]
    link = _link(tokens, at)
    left, left_passive = _verb_before(tokens, at)
    right, right_passive = _verb_after(tokens, end)
    return Group(
        frozenset(token.lemma for token in run if token.form not in lex.PRAISE) - OWNERS,
        frozenset(token.lemma for token in run) & OWNERS,
        link, left, right, left_passive, right_passive, at, end,
    )  # fmt: skip


def _link(tokens: Sequence[Token], at: int) -> str:
    """The link before the list that a noun group is in; a group with a verb of its own after it has none."""
    speaks = _speaks(tokens, at)
    if speaks and _party(tokens[at]):
        return ""
    for before in range(at - 1, -1, -1):
        tag = tokens[before].tag
        if speaks and tag is Tag.JOINT:
            return ""
        if tag is Tag.LINK or (tag is Tag.SUBORDINATOR and not speaks):
            return tokens[before].lemma
        if tag not in {Tag.NOUN, Tag.JOINT}:
            return ""
    return ""


def _speaks(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb comes right after the group, or it is a party and so a subject."""
    while at < len(tokens) and tokens[at].tag is Tag.NOUN:
        if _party(tokens[at]) and at + 1 < len(tokens) and tokens[at + 1].tag is not Tag.LINK:
            return True
        at += 1
    while at < len(tokens) and tokens[at].tag is Tag.ADVERB:
        at += 1
    return at < len(tokens) and tokens[at].tag in {Tag.VERB, Tag.BE, Tag.MODAL, Tag.NOT}


def _verb_before(tokens: Sequence[Token], at: int) -> tuple[str, bool]:
    for before in range(at - 1, -1, -1):
        if tokens[before].tag is Tag.SUBORDINATOR:
            break
        if tokens[before].tag is Tag.VERB:
            return verb_class(tokens[before].lemma), _passive(tokens, before)
    return "", False


def _verb_after(tokens: Sequence[Token], end: int) -> tuple[str, bool]:
    """The next verb; past the `to` of `options to limit transfers are provided`."""
    purpose = end < len(tokens) and tokens[end].tag is Tag.LINK and tokens[end].lemma == "to"
    for after in range(end, len(tokens)):
        if tokens[after].tag is Tag.SUBORDINATOR:
            break
        if tokens[after].tag is Tag.VERB and not (purpose and tokens[after - 1].tag is Tag.LINK):
            return verb_class(tokens[after].lemma), _passive(tokens, after)
    return "", False


def _passive(tokens: Sequence[Token], at: int) -> bool:
    if not participle(tokens[at].form):
        return False
    for before in range(at - 1, -1, -1):
        if tokens[before].tag is Tag.BE:
            return True
        if tokens[before].tag not in {Tag.ADVERB, Tag.JOINT, Tag.NOT, Tag.VERB}:
            return tokens[before].tag is Tag.NOUN and not _party(tokens[before])
    return False
