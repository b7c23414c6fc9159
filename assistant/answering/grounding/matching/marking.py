"""Which word of a sentence is a verb, a noun or a link. One pass from left to right; the same rules for both sides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.grounding.matching.ahead import bare_verb_next, finite_after, finite_ahead, shape, verb_later
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
        if (
            form == ":"
            and self.follows(Tag.NOUN)
            and verb_kind(self.words[-1].base) is None
            and not verb_later(self.words, self.at)
        ):
            return Tag.LINK
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
        if form == "which" and self.follows(Tag.COMMA, Tag.JOINT) and any(token.form == "how" for token in self.before):
            return Tag.SUBORDINATOR
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
        if self.form() in (ENDS - {"of"}) | MODALS | {"is", "are", "was", "has", "have", "does", "do"}:
            return True
        following = self.words[self.at + 1]
        finite = shape(following.form, following.base) == "s" and verb_kind(following.base) == "verb"
        return finite and self.word.form in {"this", "that"} and self.form(2) in OWNERS | DETERMINERS | PRONOUNS

    def _before_noun(self) -> bool:
        following = self.words[self.at + 1].base if self.at + 1 < len(self.words) else ""
        if self.form() in ENDS | DETERMINERS | OWNERS | PRONOUNS | MODALS or following in {"", "be", "have"}:
            return False
        return verb_kind(following) != "verb" and not self.form().endswith("ly")

    def _that(self) -> Tag:
        if self.word.form == "that" and self._alone() and not self.follows(Tag.NOUN, Tag.NUMBER, Tag.COMMA):
            return Tag.PRONOUN
        if self.word.form == "that" and self.follows(Tag.VERB, Tag.PRONOUN):
            starts = self.form() in SUBJECTS | DETERMINERS | OWNERS or finite_ahead(self.words, self.at)
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
        if form == "once" and not finite_ahead(self.words, self.at):
            return Tag.ADVERB
        if form in {"after", "before", "as", "than", "until", "till"} and not finite_ahead(self.words, self.at):
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

    def _open(self) -> Tag:
        word, last = self.word, self.last
        kind = verb_kind(word.base)
        if kind is None and word.base not in {"have", "do"}:
            return Tag.NOUN
        if last is None:
            return Tag.VERB if self._opens(kind) else Tag.NOUN
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

    def _opens(self, kind: str | None) -> bool:
        """Whether a verb stands first: `sharing your data ...`, `contact our team`."""
        if self.form() not in OWNERS | DETERMINERS | PRONOUNS:
            return False
        return self.word.form.endswith("ing") or (kind is not None and self.word.form == self.word.base.split("-")[0])

    def _participle(self) -> bool:
        return self.word.form.endswith("ed") or self.word.form in PARTICIPLES

    def _after_link(self, last: Token) -> Tag:
        if self.word.form.endswith("ing"):
            subject = last.tag is Tag.SUBORDINATOR and finite_after(self.words, self.at)
            if (
                last.tag is Tag.SUBORDINATOR
                and not subject
                and (self.form() == "with" or (verb_kind(self.word.base) == "verb" and self.form() in LINKS))
            ):
                return Tag.VERB
            if last.form in {"without", "by", "before", "after"} and verb_kind(self.word.base) == "verb":
                return Tag.VERB if self._object_follows() or self.form() in LINKS else Tag.NOUN
            return Tag.VERB if self._object_follows() and not subject else Tag.NOUN
        if last.tag is Tag.SUBORDINATOR and self._participle():
            return Tag.VERB if self.form() in ENDS else Tag.NOUN
        return Tag.NOUN

    def _object_follows(self) -> bool:
        following = self.form()
        if following in OWNERS | DETERMINERS | PRONOUNS or (following == "to" and self.word.base in ASPECTS):
            return True
        return following not in ENDS and self.word.base not in {"market", "train", "hire", "advertise", "host"}

    def _after_joint(self) -> Tag:
        """After `and` or a comma: a verb where an earlier verb has the same shape and no noun must stand here."""
        earlier = next((token for token in reversed(self.before) if token.tag in {Tag.VERB, Tag.BE}), None)
        ordered = self.follows(Tag.COMMA) and self.before[0].tag in {Tag.LINK, Tag.SUBORDINATOR, Tag.TO}
        if ordered and self._opens(verb_kind(self.word.base)) and not self.word.form.endswith("ing"):
            return Tag.VERB
        if earlier is None:
            return Tag.NOUN
        form, kind = self.word.form, verb_kind(self.word.base) or "verb"
        own, last_comma = shape(form, self.word.base), self.follows(Tag.COMMA)
        others = {shape(token.form, token.base) for token in self.before if token.tag in {Tag.VERB, Tag.BE}}
        if own == "s" and "s" in others and earlier.passive and earlier is self._run():
            return Tag.VERB  # `is logged and ends`
        if own != shape(earlier.form, earlier.base) and not (own in others and kind == "verb" and not own):
            return Tag.NOUN
        if last_comma and not own and bare_verb_next(self.words, self.at):
            return Tag.VERB
        run = self._run()
        direct = run is not None and run.tag is Tag.VERB
        if direct:
            return Tag.VERB
        if form == "using":
            return Tag.VERB
        if shape(form, self.word.base) == "ed":
            return Tag.VERB if self.form() in ENDS | PRONOUNS else Tag.NOUN
        if self.form() in OWNERS | DETERMINERS | PRONOUNS:
            return Tag.VERB
        if kind == "verb":
            return Tag.VERB if self.form() not in {"", "and", "or"} or form.endswith("s") else Tag.NOUN
        return Tag.VERB if form in VERB_FIRST and self.form().endswith("s") else Tag.NOUN

    def _run(self) -> Token | None:
        """What stands before the joint."""
        return next((token for token in reversed(self.before[:-1]) if token.tag not in {Tag.COMMA, Tag.JOINT}), None)

    def _after_noun(self, last: Token, kind: str) -> Tag:
        form = self.word.form
        nominal = self.form() not in ENDS | LINKS | OWNERS | DETERMINERS | PRONOUNS and not self.form().endswith("ly")
        if form.endswith("ing"):
            opens = self.form() in OWNERS | ARTICLES | PRONOUNS | {"under", "over", "to"}
            opens = opens or (kind == "verb" and last.form == f"{last.base}s" and self.form() not in ENDS)
            return Tag.VERB if opens and not adjective(last.base) else Tag.NOUN
        if self._participle():
            return Tag.NOUN if nominal and not self._finite_now() else Tag.VERB
        if adjective(last.base) and last.form == last.base:
            return Tag.NOUN
        if kind == "verb" and self.form() in OBJECTS and form.endswith("s") and form != self.word.base:
            return Tag.VERB
        if self._verb_before():
            return Tag.NOUN
        if finite_after(self.words, self.at):
            return Tag.NOUN
        if form != self.word.base.split("-")[0] and form.endswith("s"):
            opens = self.form() in OBJECTS | {"how"}
            if kind != "verb" and self.form() in {",", "and", "or", "we", "they"}:
                return Tag.NOUN
            return Tag.VERB if opens or kind == "verb" or not verb_later(self.words, self.at) else Tag.NOUN
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

    def _noun_list(self) -> bool:
        if finite_after(self.words, self.at) or self.form() in ENDS:
            return True
        return verb_kind(self.word.base) != "verb" and self.form() not in OWNERS | DETERMINERS | PRONOUNS

    def _governed(self, verb: Token) -> bool:
        place = next(at for at in range(len(self.before) - 1, -1, -1) if self.before[at] is verb)
        prior = [token for token in self.before[:place] if token.tag not in {Tag.ADVERB, Tag.NOT}]
        return bool(prior) and prior[-1].tag in {Tag.BE, Tag.HAVE, Tag.MODAL, Tag.PRONOUN}
