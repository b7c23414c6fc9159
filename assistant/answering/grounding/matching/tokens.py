"""The words of a sentence, each with its part of speech."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.answering.grounding.matching.vocabulary import PARTICIPLES


class Tag(StrEnum):
    NOUN = "noun"
    NUMBER = "number"
    DETERMINER = "determiner"
    OWNER = "owner"  # our, your, 's
    PRONOUN = "pronoun"
    VERB = "verb"
    MODAL = "modal"
    BE = "be"
    DO = "do"
    HAVE = "have"
    TO = "to"  # before a verb
    NOT = "not"
    ADVERB = "adverb"
    LINK = "link"  # a preposition
    SUBORDINATOR = "subordinator"
    RELATIVE = "relative"
    JOINT = "joint"
    COMMA = "comma"


@dataclass(frozen=True, slots=True)
class Token:
    form: str
    base: str
    tag: Tag

    @property
    def passive(self) -> bool:
        return (self.form.endswith("ed") or self.form in PARTICIPLES) and self.form != self.base

    @property
    def finite(self) -> bool:
        """A verb that says who does it: `is no longer used or exceeds the limit` denies the first only."""
        return self.tag is Tag.VERB and self.form.endswith("s") and self.form != self.base

    @property
    def gerund(self) -> bool:
        return self.form.endswith("ing") and self.form != self.base
