"""The nouns of a sentence, each with what counts it, owns it and belongs to it."""

from typing import Protocol

from assistant.answering.grounding.matching.closed import PRONOUNS, SUBJECTS, listed
from assistant.answering.grounding.matching.cursor import NOMINAL, VERBAL, Cursor
from assistant.answering.grounding.matching.phrases import UNITS
from assistant.answering.grounding.matching.tokens import Tag, Token
from assistant.answering.grounding.matching.tree import Clause, Group, Link, Noun

_ARTICLES = listed("a an the this that these those such enough")
_BOUNDS = frozenset({"over", "under", "at-least", "at-most"})
_PARTS = frozenset({"all", "any", "each", "some", "both", "one"})
WITHIN = frozenset({"of"})  # always of the noun before


class Links(Protocol):
    """What reads on where a noun is followed by more than nouns."""

    def link(self, near: str, *, subject: bool = False) -> Link: ...

    def relative(self) -> Clause: ...

    def participle(self, token: Token) -> Clause: ...


class NounReader:
    def __init__(self, cursor: Cursor, links: Links) -> None:
        self._cursor = cursor
        self._links = links

    def group(self, *, subject: bool, bare: bool = False) -> Group:
        group = Group([self._noun(subject=subject)])
        while self._cursor.now.tag in {Tag.COMMA, Tag.JOINT} and self._cursor.at < len(self._cursor.tokens):
            ahead = 1
            joint = self._cursor.now.form
            if self._cursor.now.tag is Tag.COMMA and self._cursor.peek().tag is Tag.JOINT:
                ahead, joint = 2, self._cursor.peek().form
            token = self._cursor.peek(ahead)
            if (
                self._cursor.at + ahead >= len(self._cursor.tokens)
                or token.tag not in NOMINAL
                or joint in {"but", "so"}
            ):
                break
            if (not subject and self._cursor.starts(ahead)) or (
                token.form in SUBJECTS and self._cursor.peek(ahead + 1).tag in VERBAL
            ):
                break
            if not subject and joint == "and" and self._cursor.gap_follows(ahead):
                break
            if bare and (token.tag in {Tag.DETERMINER, Tag.OWNER} or self._cursor.now.tag is Tag.COMMA):
                break
            if token.tag is Tag.NUMBER and not group.items[0].number:
                break
            if joint == "," and not self._cursor.listed(ahead, subject=subject):
                break
            self._cursor.at += ahead
            group.joint = joint if joint != "," else group.joint
            group.items.append(self._noun(subject=subject))
        return group

    def _noun(self, *, subject: bool) -> Noun:
        noun = Noun()
        while (
            self._cursor.now.tag in NOMINAL
            or (self._cursor.bound_here() and not noun.base)
            or self._cursor.inside_adverb(noun)
        ):
            if not self._noun_word(noun):
                break
            self._cursor.at += 1
            if self._cursor.paired(noun):
                self._cursor.at += 1
        self._after_noun(noun, subject=subject)
        return noun

    def _noun_word(self, noun: Noun) -> bool:
        token = self._cursor.now
        if noun.form in PRONOUNS:
            return False
        if token.tag is Tag.PRONOUN:
            if noun.base:
                return False
            noun.base = noun.form = token.form
            return True
        if token.tag in {Tag.DETERMINER, Tag.OWNER, Tag.NUMBER} and noun.base and token.form != "'s":
            if token.tag is Tag.NUMBER and self._cursor.peek().tag is not Tag.NOUN:
                noun.mods.append(token.form)
                return True
            return False
        if token.form == "'s":
            owner = Noun(noun.base, noun.form, noun.mods, noun.owner, noun.quantity)
            noun.base, noun.form, noun.mods, noun.owner, noun.quantity = "", "", [], owner, ""
        elif token.form in _BOUNDS:
            noun.bound = token.form
        elif token.tag is Tag.DETERMINER:
            noun.article = True
            noun.quantity = noun.quantity if token.form in _ARTICLES else token.form
        elif token.tag is Tag.OWNER:
            noun.owner = token.form
        elif token.tag is Tag.NUMBER:
            noun.number = token.form
        else:
            if noun.base:
                noun.mods.append(noun.base)
            noun.base, noun.form = token.base, token.form
            if token.base in UNITS and not noun.number and self._cursor.peek(-1).form in {"a", "an"}:
                noun.number = "1"
        return True

    def _after_noun(self, noun: Noun, *, subject: bool) -> None:
        """What belongs to the noun: `of ...`, in a subject any link, and what a relative clause says."""
        if not noun.base and noun.number:
            noun.base = "#"
        while self._cursor.at < len(self._cursor.tokens):
            token = self._cursor.now
            if token.form in {"at-most", "at-least"} and noun.number and self._cursor.peek().tag is not Tag.NUMBER:
                noun.bound = token.form
                self._cursor.at += 1
            elif token.form == "or-over":
                noun.bound = "over"
                self._cursor.at += 1
            elif noun.form in PRONOUNS and token.form in WITHIN and noun.form not in _PARTS:
                return
            elif token.tag is Tag.LINK and (
                token.form in WITHIN or subject or (self._cursor.listing and token.form == "for")
            ):
                noun.links.append(self._links.link(noun.base, subject=subject))
            elif subject and token.tag is Tag.COMMA and self._cursor.peek().form == "including":
                self._cursor.at += 1
                noun.links.append(self._links.link(noun.base, subject=subject))
                if self._cursor.now.tag is Tag.COMMA and self._cursor.peek().tag in VERBAL:
                    self._cursor.at += 1
            elif token.tag is Tag.LINK and noun.number and token.form in {"in", "of"}:
                noun.links.append(self._links.link(noun.base))
            elif token.tag is Tag.RELATIVE and self._cursor.restrictive():
                self._cursor.at += 1
                noun.links.append(Link("that", self._links.relative()))
            elif (
                token.form in SUBJECTS
                and not noun.number
                and not self._cursor.main_follows()
                and noun.form not in PRONOUNS
                and self._cursor.peek().tag in VERBAL | {Tag.NOT, Tag.ADVERB}
            ):
                noun.links.append(Link("that", self._links.relative()))
            elif token.tag is Tag.VERB and self._cursor.reduced(subject=subject):
                noun.links.append(Link("that", self._links.participle(token)))
            else:
                return
