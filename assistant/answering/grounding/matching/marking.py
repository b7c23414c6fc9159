"""Which word of a sentence is a verb, a noun or a link. One pass from left to right; the same rules for both sides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.grounding.matching.closed import (
    ADVERBS,
    ARTICLES,
    ASPECTS,
    BEFORE_NOUNS,
    DETERMINERS,
    EITHER,
    ENDS,
    HELPING,
    JOINTS,
    LINKS,
    MODALS,
    NOMINAL,
    NOT_ADVERBS,
    OBJECTS,
    OWNERS,
    PRONOUNS,
    SUBJECTS,
    SUBORDINATORS,
    VERB_FIRST,
)
from assistant.answering.grounding.matching.tokens import Tag, Token
from assistant.answering.grounding.matching.vocabulary import PARTICIPLES, adjective, verb_kind
from assistant.answering.grounding.matching.wording import Word

_FRONTIERS = frozenset({",", "if", "unless", "when", "where", "until", "because", "and", "or"})


def marked(words: Sequence[Word]) -> list[Token]:
    tokens: list[Token] = []
    for at, word in enumerate(words):
        tokens.append(Token(word.form, word.base, _Reading(words, at, tokens).tag()))
    return tokens


@dataclass(frozen=True, slots=True)
class _Reading:
    """One word in its place: what stands before is marked, what follows is not."""

    words: Sequence[Word]
    at: int
    before: list[Token]

    @property
    def word(self) -> Word:
        return self.words[self.at]

    def form(self, ahead: int = 1) -> str:
        return self.words[self.at + ahead].form if self.at + ahead < len(self.words) else ""

    @property
    def last(self) -> Token | None:
        """The token before, adverbs and negations aside."""
        return next((token for token in reversed(self.before) if token.tag not in {Tag.ADVERB, Tag.NOT}), None)

    def follows(self, *tags: Tag) -> bool:
        return self.last is not None and self.last.tag in tags

    def tag(self) -> Tag:
        return self._closed() or self._open()

    def _closed(self) -> Tag | None:
        form = self.word.form
        if form in {",", ";", ":", "(", ")"}:
            return Tag.COMMA
        if self.word.base == "be" or (self.word.base == "get" and self._participle_next()):
            return Tag.BE
        if form in {"not", "never", "no-longer"}:
            return Tag.NOT
        if form in JOINTS and not (form == "so" and self.form() == "that"):
            return Tag.JOINT
        if form == "to":
            return Tag.TO if self._infinitive() else Tag.LINK
        if form in {"that", "which", "who", "whom"}:
            return self._that()
        if form in OWNERS:
            return Tag.OWNER
        if form in {"both", "all", "any", "each", "some"} and self.form() in ENDS and self.form() != "of":
            return Tag.PRONOUN
        if form in {"this", "that", "these", "those"} and self._alone():
            return Tag.PRONOUN
        if form in DETERMINERS:
            return Tag.DETERMINER
        if form in PRONOUNS:
            return Tag.PRONOUN
        if form in MODALS:
            return Tag.MODAL if not self.follows(Tag.DETERMINER, Tag.OWNER) else Tag.NOUN
        if form in EITHER | SUBORDINATORS:
            return self._subordinator()
        return self._lesser()

    def _lesser(self) -> Tag | None:
        form = self.word.form
        if form in LINKS:
            return Tag.LINK
        if form in {"do", "does", "did"} and self.form() != "so":
            return Tag.DO
        if self.word.base == "have" and self._auxiliary():
            return Tag.HAVE
        if form in BEFORE_NOUNS and self._before_noun():
            return Tag.NOUN
        if form.endswith("ly") and self.before and self.before[-1].tag in {Tag.LINK, Tag.DETERMINER, Tag.OWNER}:
            return Tag.ADVERB if self.form().endswith("ing") else Tag.NOUN
        if form in ADVERBS or (form.endswith("ly") and form not in NOT_ADVERBS and verb_kind(self.word.base) is None):
            return Tag.ADVERB
        if re.match(r"[$€£₹]?\d", form):
            return Tag.NUMBER
        if form == "using" and self.follows(Tag.NOUN, Tag.COMMA):
            return Tag.LINK
        return Tag.LINK if form == "like" and self.follows(Tag.NOUN) else None

    def _alone(self) -> bool:
        """Whether the word stands for a noun: `this is done`."""
        return self.form() in (ENDS - {"of"}) | MODALS | {"is", "are", "was", "has", "have", "does", "do"}

    def _before_noun(self) -> bool:
        following = self.words[self.at + 1].base if self.at + 1 < len(self.words) else ""
        if self.form() in ENDS | DETERMINERS | OWNERS | PRONOUNS | MODALS or following in {"", "be", "have"}:
            return False
        return verb_kind(following) != "verb" and not self.form().endswith("ly")

    def _that(self) -> Tag:
        if self.word.form == "that" and self._alone() and not self.follows(Tag.NOUN, Tag.NUMBER, Tag.COMMA):
            return Tag.PRONOUN
        if self.word.form == "that" and self.follows(Tag.VERB, Tag.PRONOUN):
            starts = self.form() in SUBJECTS | DETERMINERS | OWNERS or self._finite_ahead()
            return Tag.SUBORDINATOR if starts else Tag.DETERMINER
        if not self.before or self.before[-1].tag in {Tag.JOINT, Tag.LINK}:
            return Tag.DETERMINER if self.word.form == "that" else Tag.RELATIVE
        return Tag.RELATIVE

    def _infinitive(self) -> bool:
        """Whether `to` opens a verb."""
        ahead = 1
        while self.form(ahead).endswith("ly"):
            ahead += 1
        if self.at + ahead >= len(self.words):
            return False
        word = self.words[self.at + ahead]
        if word.form == "be" or word.form in {"have", "do"}:
            return True
        kind = verb_kind(word.base)
        if kind is None or word.form != word.base.split("-")[0]:
            return False
        following = self.form(ahead + 1)
        return kind in {"verb", "either"} or following in OWNERS | DETERMINERS | PRONOUNS

    def _subordinator(self) -> Tag:
        form = self.word.form
        if form == "as" and self.form() == "that":
            return Tag.SUBORDINATOR
        if form == "once" and not self._finite_ahead():
            return Tag.ADVERB
        if form in {"after", "before", "as", "than", "until", "till"} and not self._finite_ahead():
            return Tag.LINK
        return Tag.SUBORDINATOR

    def _auxiliary(self) -> bool:
        ahead = 1
        while self.form(ahead) in {"not", "only", "never"} or self.form(ahead).endswith("ly"):
            ahead += 1
        form = self.form(ahead)
        word = self.words[self.at + ahead].base if self.at + ahead < len(self.words) else ""
        return word == "be" or (
            (form.endswith("ed") or form in PARTICIPLES) and verb_kind(word) is not None and form != "need"
        )

    def _finite_ahead(self) -> bool:
        """Whether a finite verb follows before the next joint: then what follows is a statement, not a noun."""
        subject = relative = False
        for word in self.words[self.at + 1 :]:
            if word.form in {",", "if", "unless", "when", "where", "until", "because", "and", "or"} - self._passed(
                subject=subject
            ):
                return False
            if word.form in {"that", "which", "who"}:
                relative = True
                continue
            kind = verb_kind(word.base)
            auxiliary = word.base == "be" and word.form not in {"being", "been"}
            auxiliary = auxiliary or word.form in MODALS | {"do", "does", "has", "have"}
            if auxiliary or (subject and kind is not None and (relative or self._finite(word, kind))):
                if not relative:
                    return subject
                relative = False
            if word.form in {"for", "to", "by", "from", "with", "after", "before", "in", "at"} and not subject:
                return False
            subject = subject or word.form not in DETERMINERS | OWNERS
            if word.form in SUBJECTS:
                return word is self.words[self.at + 1]
        return False

    @staticmethod
    def _passed(*, subject: bool) -> frozenset[str]:
        """Joints inside a subject: `before a complaint or a lawsuit is settled`."""
        return frozenset({"and", "or"}) if subject else frozenset()

    def _finite(self, word: Word, kind: str) -> bool:
        at = next(place for place, other in enumerate(self.words) if other is word)
        prior = self.words[at - 1]
        if prior.form in DETERMINERS | OWNERS | LINKS | {"and", "or"} or prior.form == "to":
            return False
        if prior.form in SUBJECTS | {"who"}:
            return True
        if word.form.endswith("s") and word.form != word.base:
            return kind == "verb" and not prior.form.endswith("s")
        return kind == "verb" and word.form == word.base and prior.form.endswith("s")

    def _open(self) -> Tag:
        word, last = self.word, self.last
        kind = verb_kind(word.base)
        if kind is None and word.base not in {"have", "do"}:
            return Tag.NOUN
        if last is None:
            opens = self.form() in OWNERS | DETERMINERS | PRONOUNS
            return Tag.VERB if word.form.endswith("ing") and opens else Tag.NOUN
        if last.tag in {Tag.MODAL, Tag.DO, Tag.TO, Tag.HAVE}:
            return Tag.VERB
        if last.tag is Tag.BE:
            return Tag.VERB if self._participle() or word.form.endswith("ing") else Tag.NOUN
        if last.tag is Tag.PRONOUN and len(self.before) > 1 and self.before[-2].tag is Tag.VERB:
            bare = self.before[-2].base in HELPING and word.form == word.base.split("-")[0]
            return Tag.VERB if bare or (last.form in SUBJECTS - {"you", "it"}) else Tag.NOUN
        if last.tag is Tag.PRONOUN:
            return Tag.VERB if last.form in SUBJECTS | {"who"} or word.form.endswith("ing") else Tag.NOUN
        if last.tag is Tag.RELATIVE:
            return Tag.NOUN if len(self.before) > 1 and self.before[-2].tag is Tag.LINK else Tag.VERB
        if last.tag in {Tag.DETERMINER, Tag.OWNER, Tag.NUMBER}:
            return Tag.NOUN
        if last.tag in {Tag.LINK, Tag.SUBORDINATOR}:
            return self._after_link(last)
        if last.tag in {Tag.JOINT, Tag.COMMA}:
            return self._after_joint()
        if last.tag is Tag.VERB:
            bare = last.base in {"help", "let", "make"} and word.form == word.base and kind == "verb"
            gerund = word.form.endswith("ing") and last.base in ASPECTS
            return Tag.VERB if bare or gerund or (last.base == "have" and self._participle()) else Tag.NOUN
        return self._after_noun(last, kind or "verb")

    def _participle(self) -> bool:
        return self.word.form.endswith("ed") or self.word.form in PARTICIPLES

    def _after_link(self, last: Token) -> Tag:
        if self.word.form.endswith("ing"):
            subject = last.tag is Tag.SUBORDINATOR and self._finite_after()
            return Tag.VERB if self._object_follows() and not subject else Tag.NOUN
        if last.tag is Tag.SUBORDINATOR and self._participle():
            return Tag.VERB if self.form() in ENDS else Tag.NOUN
        return Tag.NOUN

    def _object_follows(self) -> bool:
        following = self.form()
        if following in OWNERS | DETERMINERS | PRONOUNS:
            return True
        return following not in ENDS and self.word.base not in {"market", "train", "hire", "advertise", "host"}

    def _after_joint(self) -> Tag:
        """After `and` or a comma: a verb where an earlier verb has the same shape and no noun must stand here."""
        earlier = next((token for token in reversed(self.before) if token.tag in {Tag.VERB, Tag.BE}), None)
        if earlier is None:
            return Tag.NOUN
        form, kind = self.word.form, verb_kind(self.word.base) or "verb"
        shape = _shape(form, self.word.base)
        others = {_shape(token.form, token.base) for token in self.before if token.tag in {Tag.VERB, Tag.BE}}
        if shape != _shape(earlier.form, earlier.base) and not (shape in others and kind == "verb" and not shape):
            return Tag.NOUN
        run = next((token for token in reversed(self.before[:-1]) if token.tag not in {Tag.COMMA, Tag.JOINT}), None)
        direct = run is not None and run.tag is Tag.VERB
        if direct:
            return Tag.VERB
        if _shape(form, self.word.base) == "ed":
            return Tag.VERB if self.form() in ENDS | PRONOUNS else Tag.NOUN
        if self.form() in OWNERS | DETERMINERS | PRONOUNS:
            return Tag.VERB
        if kind == "verb":
            return Tag.VERB if self.form() not in {"", "and", "or"} or form.endswith("s") else Tag.NOUN
        return Tag.VERB if form in VERB_FIRST and self.form().endswith("s") else Tag.NOUN

    def _after_noun(self, last: Token, kind: str) -> Tag:
        form = self.word.form
        nominal = self.form() not in ENDS | OWNERS | DETERMINERS | PRONOUNS and not self.form().endswith("ly")
        if form.endswith("ing"):
            opens = self.form() in OWNERS | ARTICLES | PRONOUNS | {"under", "over", "to"}
            return Tag.VERB if opens and not adjective(last.base) else Tag.NOUN
        if self._participle():
            return Tag.NOUN if nominal and not self._finite_now() else Tag.VERB
        if adjective(last.base):
            return Tag.NOUN
        if kind == "verb" and self.form() in OBJECTS and form.endswith("s") and form != self.word.base:
            return Tag.VERB
        if self._verb_before():
            return Tag.NOUN
        if self._finite_after():
            return Tag.NOUN
        if form != self.word.base.split("-")[0] and form.endswith("s"):
            opens = self.form() in OBJECTS | {"how"}
            if kind != "verb" and self.form() in {",", "and", "or", "we", "they"}:
                return Tag.NOUN
            return Tag.VERB if opens or kind == "verb" or not self._verb_later() else Tag.NOUN
        plural = last.form.endswith("s") or last.form in {"people", "children", "data", "staff", "police"}
        lone = all(token.tag is not Tag.COMMA for token in self.before)
        plural = plural or (kind == "verb" and lone and self.form() not in ENDS and self.before[0].form.endswith("s"))
        plural = plural or (kind != "noun" and self.form() in OWNERS | ARTICLES | {"us", "you", "it", "them"})
        return Tag.VERB if plural and kind != "noun" and not NOMINAL.match(form) else Tag.NOUN

    def _participle_next(self) -> bool:
        """`gets deleted` is `is deleted`."""
        form = self.form()
        return (form.endswith("ed") or form in PARTICIPLES) and self.form(2) in ENDS

    def _finite_now(self) -> bool:
        """Whether what follows a participle is a verb, as in `an order flagged is looked at`."""
        return self.form() in {"is", "are", "may", "can", "will", "must"}

    def _verb_before(self) -> bool:
        """Whether this statement has its finite verb already."""
        for token in reversed(self.before):
            if token.tag in {Tag.SUBORDINATOR, Tag.RELATIVE}:
                return False
            if token.tag is Tag.COMMA and self.before[0].tag in {Tag.SUBORDINATOR, Tag.LINK}:
                return False
            if token.base == "legally-required":
                return True
            if token.tag is Tag.JOINT:
                return any(other.tag in {Tag.VERB, Tag.BE} for other in self.before) and self._noun_list()
            if token.tag in {Tag.MODAL, Tag.BE, Tag.DO}:
                return True
            if token.tag is Tag.VERB and not token.gerund and not (token.passive and not self._governed(token)):
                return True
        return False

    def _verb_later(self) -> bool:
        later = self.words[self.at + 1 :]
        return any(word.form in MODALS | {"is", "are", "has", "have", "do", "does"} for word in later)

    def _noun_list(self) -> bool:
        if self._finite_after() or self.form() in ENDS:
            return True
        return verb_kind(self.word.base) != "verb" and self.form() not in OWNERS | DETERMINERS | PRONOUNS

    def _governed(self, verb: Token) -> bool:
        place = next(at for at in range(len(self.before) - 1, -1, -1) if self.before[at] is verb)
        prior = [token for token in self.before[:place] if token.tag not in {Tag.ADVERB, Tag.NOT}]
        return bool(prior) and prior[-1].tag in {Tag.BE, Tag.HAVE, Tag.MODAL, Tag.PRONOUN}

    def _finite_after(self) -> bool:
        """Whether a plain finite verb comes later in this stretch, so that this word is a noun before it."""
        following = self.words[self.at + 1 : self.at + 2]
        bare = following and self.word.form.endswith("s") and following[0].form == following[0].base.split("-")[0]
        if bare and verb_kind(following[0].base) == "verb" and following[0].form not in ENDS:
            return True
        for word in self.words[self.at + 1 :]:
            if word.form in {",", "if", "unless", "when", "where", "which", "who", "until", "because", "that", "and"}:
                return False
            if (word.base == "be" and word.form not in {"being", "been"}) or word.form in MODALS:
                return True
            if word.form in SUBJECTS:
                return False
        return False


def _shape(form: str, base: str) -> str:
    if form.endswith("ing"):
        return "ing"
    if form.endswith("ed") or (form in PARTICIPLES and form != base):
        return "ed"
    return "s" if form.endswith("s") and form != base.split("-", maxsplit=1)[0] else ""
