"""A statement to frames, in one pass from left to right: each word falls to the nearest verb.

What cannot be read whole gives no frames: the caller then has nothing to go by.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answering.grounding import lexicon as lex
from assistant.answering.grounding import paraphrase as para
from assistant.answering.grounding.frames import MAIN, THAT, WHO, Frame, Item, Nouns, Unreadable, nouns_of
from assistant.answering.grounding.tagging import Tag, Token, participle

VERBAL = frozenset({Tag.VERB, Tag.BE, Tag.MODAL, Tag.NOT})
CLAUSE = frozenset({Tag.SUBORDINATOR, Tag.RELATIVE})
_EMBEDDED = frozenset({"how", "whether"})
_EXAMPLES = "<examples>"
_SUBJECT_LINK = "<subject-link>"
_WITHIN_EXAMPLES = frozenset({"for", "in", "to", "by", "with", "about"})


@dataclass(slots=True)
class Reading:
    """One pass from left to right. `link` and `parent` are those of the frame that comes next."""

    tokens: Sequence[Token]
    frames: list[Frame] = field(default_factory=list)
    main: Frame | None = None
    current: Frame | None = None
    last: Frame | None = None  # the frame whose verbs a verb after a joint is joined to
    link: str = MAIN
    parent: Frame | None = None
    subject: Nouns = field(default_factory=Nouns)
    slot: str = "subject"
    group: list[Token] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    be: bool = False
    joined: str = ""
    contrast: bool = False
    examples: list[tuple[str, Nouns]] = field(default_factory=list)
    subject_links: list[tuple[str, Nouns]] = field(default_factory=list)
    at: int = 0

    def run(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        while self.at < len(tokens):
            self._step(tokens[self.at])
            self.at += 1
        self._flush()
        if self.subject.items or self.flags or self.be or self.joined or self.subject_links or self.examples:
            raise Unreadable

    def _step(self, token: Token) -> None:
        steps = {
            Tag.NOUN: self._noun,
            Tag.VERB: self._verb,
            Tag.LINK: self._linked,
            Tag.SUBORDINATOR: self._subordinate,
            Tag.RELATIVE: self._relative,
            Tag.JOINT: self._joint,
            Tag.ADVERB: self._adverb,
        }
        if token.tag in steps:
            steps[token.tag](token)
            return
        self._complement()
        self._flush()
        if token.tag is Tag.BE:
            self.be = True
        else:
            self.flags.add(token.lemma)

    def _complement(self) -> None:
        """`we ensure [that] sharing is limited`: what was taken for an object is the subject of the next verb."""
        if self.slot == "object" and self.group and not self.be and not self.flags:
            self.link, self.parent, self.slot = THAT, self.current, "subject"

    def _helped(self) -> None:
        """`helps us develop`, `allows us to monitor`: the second verb hangs on the first."""
        before = self.tokens[self.at - 1] if self.at else None
        if before is not None and before.tag is Tag.VERB and self.slot == "object" and self.current is not None:
            self.link, self.parent, self.slot = "to", self.current, "subject"

    def _next(self, ahead: int = 1) -> Token | None:
        return self.tokens[self.at + ahead] if self.at + ahead < len(self.tokens) else None

    def _noun(self, token: Token) -> None:
        following = self._next()
        speaks = token.lemma in {lex.ORG, lex.YOU} and following and following.tag in VERBAL | {Tag.ADVERB}
        if speaks and self.slot != "subject" and self.group and self.group[-1].tag is Tag.NOUN:
            self._relative(token)  # `the data we have collected`
        self.group.append(token)

    def _verb(self, token: Token) -> None:
        following = self._next()
        spoken = self._next(2) if following and following.tag is Tag.ADVERB else following
        if token.form in {"have", "has"} and spoken and spoken.tag is Tag.VERB:
            self._complement()
            self._flush()
            return
        if self.group and self.slot != "subject" and token.form.endswith("ing"):
            self._relative(token)  # `clients developing applications`
        elif not self.joined:
            self._complement()
            self._helped()
        self._flush()
        if self.joined and self.last is not None and not self.subject.items:
            self._coordinate(token)
        else:
            self._open(token)
        self.slot, self.be, self.joined = "object", False, ""
        self.flags = set()

    def _open(self, token: Token) -> None:
        passive = self.be and participle(token.form)
        flags = frozenset(self.flags | ({lex.BE} if self.be and not passive else set()))
        if not passive:
            self._tie_subject()
        frame = Frame(self.link, self.parent, [token.lemma], passive, flags, self.subject)
        frame.adjuncts = [*self.examples, *self.subject_links]
        self.examples, self.subject_links = [], []
        self._add(frame)
        if self.link == MAIN:
            self.main = frame
        self.subject = Nouns()

    def _tie_subject(self) -> None:
        """What a link adds to an acting subject is part of it: `use of our services after policy updates`."""
        for link, nouns in self.subject_links:
            if nouns.joint or not nouns.items or not self.subject.items:
                raise Unreadable
            tied = f"{link}:{'+'.join(nouns.items[0])}"
            alone = self.subject.items[-1]
            self.subject.items[-1] = (*alone, tied)
            within = Token(Tag.LINK, link, link), *nouns.spoken.get(nouns.items[0], ())
            self.subject.spoken[self.subject.items[-1]] = (*self.subject.spoken.get(alone, ()), *within)
        self.subject_links = []

    def _add(self, frame: Frame) -> None:
        self.frames.append(frame)
        if frame.parent is not None:
            frame.parent.children.append(frame)
        self.current = self.last = frame

    def _coordinate(self, token: Token) -> None:
        first = self._joined_to()
        renewed = self.be and not (first.passive and participle(token.form))
        bare = not (first.object.items or first.adjuncts or first.children or self.flags or renewed)
        if bare and first is self.current:
            first.verbs.append(token.lemma)
            first.verb_joint = self.joined if self.joined != "," else first.verb_joint
            return
        own = frozenset(self.flags | ({lex.BE} if self.be and not participle(token.form) else set()))
        manner = frozenset(flag for flag in first.flags if flag in lex.MODALS | {lex.NOT, lex.BE})
        passive = (self.be or first.passive) and participle(token.form)
        frame = Frame(first.link, first.parent, [token.lemma], passive, own or manner, _copy(first.subject))
        frame.siblings = first.siblings or [first]
        first.siblings = frame.siblings
        frame.siblings.append(frame)
        for sibling in frame.siblings:
            sibling.joint = self.joined if self.joined != "," else sibling.joint
        self._add(frame)
        if frame.link == MAIN:
            self.main = frame

    def _joined_to(self) -> Frame:
        """The frame that the next verb is joined to: after `, and` not a relative inside a run of deeds."""
        first = self.last
        assert first is not None
        closing = self.at > 1 and self.tokens[self.at - 2].lemma == ","
        if closing and first.link == WHO and first.parent is not None and first.parent.siblings:
            return first.parent
        return first

    def _linked(self, token: Token) -> None:
        if self._inside(token):
            return
        following = self._next()
        token = self._means(token)
        same = self.joined and not self.group and self.slot == token.lemma
        held = self.joined
        self._flush()
        verb = self._next(2) if following is not None and following.tag is Tag.ADVERB else following
        if verb is not None and verb.tag is Tag.VERB:
            if self.current is None:
                raise Unreadable
            if held and self.last is not None and self.last.link == token.lemma:
                return  # `to process X and to send Y`
            self.joined = ""
            link = "to" if token.lemma == "for" else token.lemma  # `used for processing payments`
            self.link, self.parent, self.slot = link, self.current, "subject"
            return
        self.joined = held if same else ""
        self.slot = token.lemma

    def _means(self, token: Token) -> Token:
        """`by email` is `through email` where no passive asks for its agent."""
        frame = self.current
        told = frame is not None and frame.adjuncts and frame.adjuncts[-1][0] in para.SUBORDINATORS
        if token.lemma != "by" or frame is None or frame.passive or told or self.slot in para.SUBORDINATORS:
            return token
        return Token(Tag.LINK, "through", token.form)

    def _inside(self, token: Token) -> bool:
        """Whether the link stays within a subject, or within an example."""
        opened = bool(self.group or self.subject.items)
        if self.slot in {"subject", "subject-closed"} and opened:
            if token.lemma == lex.SUCH_AS:
                self._flush()
                self.slot = _EXAMPLES
            else:
                self._flush()
                self.slot = _SUBJECT_LINK
                self.subject_links.append((token.lemma, Nouns()))
            return True
        if self.slot == _SUBJECT_LINK:
            self._flush()
            self.slot = _SUBJECT_LINK
            self.subject_links.append((token.lemma, Nouns()))
            return True
        if self.slot not in {_EXAMPLES, lex.SUCH_AS} or token.lemma not in _WITHIN_EXAMPLES or not self.group:
            return False
        following = self._next()
        if following is None or following.tag is Tag.VERB:
            return False
        self.group.append(token)
        return True

    def _subordinate(self, token: Token) -> None:
        self._flush()
        self.joined = ""
        rest = self.tokens[self.at + 1 :]
        anchor = self.current if token.lemma in _EMBEDDED else self.main
        if anchor is None:
            raise Unreadable
        if any(other.tag is Tag.VERB for other in rest) and not _first_stop(rest):
            self.link, self.parent, self.slot = token.lemma, anchor, "subject"
            return
        self.current = anchor
        self.slot = token.lemma

    def _relative(self, token: Token) -> None:
        following = self._next()
        self._flush()
        if self.current is None:
            raise Unreadable
        self.link, self.parent, self.slot = WHO, self.current, "subject"
        bound = token.tag is Tag.VERB or (following is not None and following.tag in VERBAL | {Tag.ADVERB})
        if bound and token.tag is not Tag.NOUN:
            self.subject = Nouns([_last_item(self.current)])

    def _joint(self, token: Token) -> None:
        following = self._next()
        if following is None:
            return
        if following.tag is Tag.JOINT:
            return
        if token.lemma in para.CONTRAST or self._begins_statement():
            self._flush()
            self.link, self.parent, self.slot = MAIN, None, "subject"
            self.joined = ""
            self.contrast |= token.lemma in para.CONTRAST
            return
        ahead = self._next(2) if following.tag is Tag.ADVERB else following
        if ahead is not None and ahead.tag in VERBAL:
            alone = self.slot in {"subject", _EXAMPLES, _SUBJECT_LINK, "subject-closed"}
            self._flush()
            self.joined = "" if alone else token.lemma
            return
        if following.tag is Tag.NOUN:
            self.group.append(token)
            return
        self._flush()
        self.joined = token.lemma if following.tag is Tag.LINK else ""

    def _begins_statement(self) -> bool:
        """Whether a subject of its own and a finite verb follow."""
        if self.main is None or self.slot in {"subject", _EXAMPLES, _SUBJECT_LINK, "subject-closed"}:
            return False
        for token in self.tokens[self.at + 2 :]:
            if token.tag in {Tag.MODAL, Tag.BE, Tag.NOT}:
                return self.tokens[self.at + 1].tag is Tag.NOUN
            if token.tag is Tag.VERB:
                return self.tokens[self.at + 1].tag is Tag.NOUN and not _participial(token)
            if token.tag not in {Tag.NOUN, Tag.ADVERB}:
                return False
        return False

    def _adverb(self, token: Token) -> None:
        following = self._next()
        if token.form in lex.PRAISE:
            return
        if following is not None and (following.tag in VERBAL or (following.tag is Tag.ADVERB)):
            self._flush()
            self.flags.add(token.lemma)
        elif following is not None and following.tag is Tag.NOUN and following.form.endswith("ed"):
            self.group.append(token)
        elif self.current is not None and (following is None or following.tag is not Tag.NOUN):
            self._flush()
            self.current.flags |= {token.lemma}
        elif self.current is None:
            self.flags.add(token.lemma)
        else:
            raise Unreadable

    def _flush(self) -> None:
        if not self.group:
            return
        nouns = nouns_of(self.group)
        self.group = []
        if self.slot == "subject":
            if self.subject.items:
                raise Unreadable
            self.subject = nouns
        elif self.slot == _SUBJECT_LINK:
            self.subject_links[-1] = (self.subject_links[-1][0], nouns)
            self.slot = "subject-closed"
        elif self.slot == _EXAMPLES:
            self.examples.append((lex.SUCH_AS, nouns))
            self.slot = "subject"
        elif self.current is None:
            raise Unreadable
        elif self.slot == "object":
            if self.current.object.items:
                raise Unreadable
            self.current.object = nouns
        else:
            self._adjunct(self.current, nouns)
        if self.slot != "subject" and self.slot == "object":
            self.slot = "closed"

    def _adjunct(self, frame: Frame, nouns: Nouns) -> None:
        if self.slot == "closed":
            raise Unreadable
        if self.joined and frame.adjuncts and frame.adjuncts[-1][0] == self.slot:
            earlier = frame.adjuncts[-1][1]
            earlier.items.extend(nouns.items)
            earlier.spoken |= nouns.spoken
            earlier.joint = self.joined if self.joined != "," else earlier.joint
            self.joined = ""
            return
        frame.adjuncts.append((self.slot, nouns))


def _copy(nouns: Nouns) -> Nouns:
    return Nouns(list(nouns.items), nouns.joint, dict(nouns.spoken))


def _participial(token: Token) -> bool:
    return token.form.endswith("ing")


def _last_item(frame: Frame) -> Item:
    nouns = frame.adjuncts[-1][1] if frame.adjuncts else frame.object
    return nouns.items[-1] if nouns.items else ()


def _first_stop(rest: Sequence[Token]) -> bool:
    """Whether another clause or link to a verb comes before any finite verb: then this one has none."""
    for token in rest:
        if token.tag in VERBAL:
            return False
        if token.tag in CLAUSE:
            return True
        if token.tag is Tag.LINK and token.lemma == "to":
            return True
    return True
