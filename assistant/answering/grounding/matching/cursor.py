"""Where the reading of a sentence stands, and what can be seen from there. Moves over joints only."""

from collections.abc import Sequence

from assistant.answering.grounding.matching.closed import NARROWING, SUBJECTS
from assistant.answering.grounding.matching.phrases import UNITS
from assistant.answering.grounding.matching.tokens import Tag, Token
from assistant.answering.grounding.matching.tree import Noun
from assistant.answering.grounding.matching.vocabulary import adjective

NOMINAL = frozenset({Tag.NOUN, Tag.NUMBER, Tag.DETERMINER, Tag.OWNER, Tag.PRONOUN})
VERBAL = frozenset({Tag.MODAL, Tag.BE, Tag.DO, Tag.HAVE, Tag.VERB})
END = Token("", "", Tag.COMMA)
_CONTENT = frozenset({"that", "how", "what", "whether", "why", "as", "which"})
# A condition after a time belongs to what the time belongs to: `six months after it ends, unless you object`.
TIMES = frozenset({"after", "before", "once", "until", "as-soon-as"})
_CONDITIONAL = frozenset({"unless", "if", "even-if", "except-that", "because"})
_BOUNDS = frozenset({"over", "under", "at-least", "at-most"})
_LONGEST_UNIT = 3


class Cursor:
    """`depth` counts the statements around, `bare` is inside one without a subject, `begun` once one has been read.
    `timed` is inside a time, `asked` inside an indirect question,
    `aside` in one that begins with `which`.
    """

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = list(tokens)
        self.at = 0
        self.depth = 0
        self.bare = False
        self.listing = False
        self.begun = False
        self.timed = False
        self.asked = False
        self.aside = False

    @property
    def now(self) -> Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else END

    def peek(self, ahead: int = 1) -> Token:
        return self.tokens[self.at + ahead] if self.at + ahead < len(self.tokens) else END

    def starts(self, ahead: int) -> bool:
        """Whether a whole statement begins there."""
        subject = False
        while self.at + ahead < len(self.tokens):
            token = self.peek(ahead)
            if token.tag in VERBAL:
                reduced = token.tag is Tag.VERB and (token.gerund or token.passive)
                pronoun = self.peek(ahead - 1).tag is Tag.PRONOUN
                if not subject:
                    return False
                if not reduced or pronoun:
                    return True
            if token.tag in {Tag.COMMA, Tag.SUBORDINATOR, Tag.TO, Tag.RELATIVE}:
                return False
            if token.form in SUBJECTS and subject and self.peek(ahead - 1).tag is Tag.NOUN:
                return False
            if token.tag in NOMINAL:
                subject = True
            ahead += 1
        return False

    def measured(self) -> bool:
        """`28 days before`: a time that measures the link after it."""
        ahead = 1
        while self.peek(ahead).tag is Tag.NOUN and ahead < _LONGEST_UNIT:
            ahead += 1
        unit = self.peek(ahead - 1)
        return unit.base in UNITS and self.peek(ahead).form in {"before", "after", "beforehand", "afterwards", "later"}

    def gap_follows(self, ahead: int) -> bool:
        """`... after five months and transcripts after 14 months`."""
        prior = next((t for t in reversed(self.tokens[: self.at]) if t.tag in {Tag.LINK, Tag.VERB, Tag.BE}), END)
        if prior.tag is not Tag.LINK:
            return False
        nominal = False
        while self.at + ahead < len(self.tokens):
            token = self.peek(ahead)
            if token.tag is Tag.LINK:
                counted = any(t.tag is Tag.NUMBER for t in self.tokens[self.at - 3 : self.at])
                return counted and nominal
            if token.tag not in NOMINAL:
                return False
            nominal = True
            ahead += 1
        return False

    def listed(self, ahead: int, *, subject: bool) -> bool:
        """Whether a joint closes the list that a comma seems to go on with."""
        while self.at + ahead < len(self.tokens):
            token = self.peek(ahead)
            if token.tag is Tag.JOINT:
                return True
            if token.tag in {Tag.SUBORDINATOR, Tag.RELATIVE} or (token.tag in VERBAL and subject):
                return False
            ahead += 1
        return False

    def fronted(self, place: int) -> bool:
        """Whether a condition opens the next statement: `A, and if B, C`."""
        if self.peek(place - 1).tag is not Tag.JOINT:
            return False
        ahead = place + 1
        while self.at + ahead < len(self.tokens) and self.peek(ahead).tag is not Tag.COMMA:
            ahead += 1
        return self.at + ahead < len(self.tokens) and self.starts(ahead + 1)

    def only_link(self) -> bool:
        ahead = 0
        while self.peek(ahead).form in NARROWING or self.peek(ahead).tag is Tag.NOT:
            ahead += 1
        if not ahead:
            return False
        return self.peek(ahead).tag in {Tag.LINK, Tag.SUBORDINATOR} and self.at + ahead < len(self.tokens)

    def bound_here(self) -> bool:
        return self.now.form in _BOUNDS and (self.peek().tag is Tag.NUMBER or self.peek().form in {"a", "an"})

    def inside_adverb(self, noun: Noun) -> bool:
        """`the first copy`, `each further copy`."""
        return (
            self.now.tag is Tag.ADVERB
            and self.now.form not in NARROWING
            and self.peek().tag is Tag.NOUN
            and not noun.base
        )

    def paired(self, noun: Noun) -> bool:
        """`anonymised, aggregated data`."""
        if self.now.tag is Tag.JOINT and self.now.form in {"and", "or"} and self.peek(2).tag is Tag.NOUN:
            pair = adjective(noun.base) and self.peek().tag is Tag.NOUN and adjective(self.peek().base)
            noun.mods += ["or"] if pair and self.now.form == "or" else []
            return pair
        if self.now.tag is not Tag.COMMA or self.peek().tag is not Tag.NOUN or self.peek(2).tag is not Tag.NOUN:
            return False
        return all(form.endswith("ed") or adjective(form) for form in (noun.form, self.peek().form))

    def joint(self) -> str:
        said = ","
        while self.now.tag in {Tag.COMMA, Tag.JOINT} and self.at < len(self.tokens):
            said = self.now.form if self.now.tag is Tag.JOINT else said
            self.at += 1
        return said

    def main_follows(self) -> bool:
        """`in the app we collect`: after what stands in front the main statement begins, unless a comma says where."""
        opens = self.tokens[0].tag
        if self.begun or opens not in {Tag.LINK, Tag.SUBORDINATOR}:
            return False
        if opens is Tag.SUBORDINATOR and any(token.tag is Tag.COMMA for token in self.tokens[: self.at]):
            return False
        ahead = 1
        while self.at + ahead < len(self.tokens):
            if self.peek(ahead).tag is Tag.COMMA and self.starts(ahead + 1):
                return False
            ahead += 1
        return True

    def reduced(self, *, subject: bool) -> bool:
        """A participle that says something of the noun: `data collected by us`, `the courier carrying it`."""
        token = self.now
        if not token.gerund and not token.passive:
            return False
        if not subject or token.gerund:
            return True
        ahead = 1
        while self.at + ahead < len(self.tokens):
            other = self.peek(ahead)
            if other.tag in {Tag.BE, Tag.MODAL, Tag.DO} or (
                other.tag is Tag.VERB and not other.passive and not other.gerund
            ):
                return True
            if other.tag in {Tag.SUBORDINATOR, Tag.COMMA}:
                return False
            ahead += 1
        return False

    def raised(self, ahead: int) -> bool:
        """Whether a condition here belongs to the statement around, as it does when it stands in front."""
        token = self.peek(ahead)
        if self.timed and token.tag is Tag.SUBORDINATOR and token.form in _CONDITIONAL:
            return True
        return self.bare and token.tag is Tag.SUBORDINATOR and token.form not in _CONTENT

    def restrictive(self) -> bool:
        return self.tokens[self.at - 1].tag is not Tag.COMMA

    def contrast(self) -> bool:
        return any(token.form == "but" for token in self.tokens[max(0, self.at - 2) : self.at])
