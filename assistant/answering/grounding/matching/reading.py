"""Marked words to statements. Reads every sentence somehow; what it cannot place is kept as residue of a statement."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.grounding.matching.closed import HELPING, NARROWING, QUESTIONS, SUBJECTS
from assistant.answering.grounding.matching.cursor import END, NOMINAL, TIMES, VERBAL, Cursor
from assistant.answering.grounding.matching.elisions import Elisions
from assistant.answering.grounding.matching.nouns import WITHIN, NounReader
from assistant.answering.grounding.matching.tokens import Tag, Token
from assistant.answering.grounding.matching.tree import GAP, Clause, Group, Link, Noun, Unit
from assistant.answering.grounding.matching.verbs import VerbReader, settle_shared, share

_TELLING = frozenset({"find-out", "discover", "find", "know", "agree", "confirm", "say", "ensure", "learn", "see"})


class Reader:
    """One pass over the tokens of one sentence."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._cursor = Cursor(tokens)
        self._nouns = NounReader(self._cursor, self)
        self._verbs = VerbReader(self._cursor)
        self._roots: list[Unit] = []
        self._elisions = Elisions(self._cursor, self._nouns, self._roots, self._rest)
        self._opening: list[str] = []
        self._asides = 0  # statements with `which` since the last verb

    def read(self) -> list[Unit]:
        fronts: list[Link] = []
        while self._cursor.at < len(self._cursor.tokens):
            self._cursor.begun = bool(self._roots)
            here = self._cursor.at
            token = self._cursor.now
            if token.tag in {Tag.COMMA, Tag.JOINT} and token.form != "in-which-case":
                self._cursor.at += 1
            elif token.tag is Tag.SUBORDINATOR:
                fronts.append(_contrasted(self._subordinate("")))
            elif token.form == "in-which-case" and self._roots:
                fronts.append(self._case())
            elif token.tag is Tag.LINK or self._cursor.only_link():
                fronts.append(self.link(""))
            elif token.tag is Tag.TO:
                (self._roots[-1].links if self._roots and self._cursor.depth == 0 else fronts).append(
                    self._infinitive()
                )
            elif token.tag is Tag.ADVERB and self._cursor.peek().tag is Tag.COMMA and token.form not in NARROWING:
                self._opening.append(token.base)
                self._cursor.at += 2
            elif token.tag is Tag.NUMBER and self._cursor.measured():
                fronts.append(self._measure_link())
            else:
                self._root(fronts, contrast=self._cursor.contrast())
            if self._cursor.at == here:
                self._lost()
        if not self._roots:
            self._roots.append(Unit(links=fronts))
        elif fronts and not any(link is fronts[-1] for link in self._roots[-1].links):
            self._roots[-1].residue.append(fronts[-1].word)
        return self._roots

    def _case(self) -> Link:
        """`A, in which case B` as `if A, B`."""
        self._cursor.at += 1
        return Link("if", Clause([replace(self._roots[-1], modals=[])]))

    def _lost(self) -> None:
        if not self._roots:
            self._roots.append(Unit())
        self._roots[-1].residue.append(self._cursor.now.base)
        self._cursor.at += 1

    def _root(self, fronts: list[Link], *, contrast: bool) -> None:
        self._asides = 0
        clause = self._clause()
        for unit in clause.units:
            unit.contrast = contrast
            unit.adverbs += self._opening
            unit.links[:0] = fronts
        self._roots += clause.units
        self._opening = []
        if len(clause.units) > 1:
            for unit in clause.units:
                unit.joint = clause.joint

    def _clause(self) -> Clause:
        """A statement with those that share its doer, up to where another begins."""
        unit = Unit()
        if self._cursor.now.tag in NOMINAL or self._cursor.now.tag is Tag.ADVERB:
            self._verbs.adverbs(unit)
            if self._cursor.now.tag in NOMINAL:
                unit.only, unit.sole = False, unit.only
                unit.doer = self._nouns.group(subject=True)
        return self._predicates(unit)

    def _predicates(self, unit: Unit) -> Clause:
        clause = Clause([unit])
        self._verbs.verb(unit)
        self._rest(unit)
        while self._verbs.another(unit):
            joint = self._cursor.joint()
            following = Unit(doer=unit.doer, passive=unit.passive, infinitive=unit.infinitive)
            self._cursor.at += self._cursor.now.tag is Tag.TO
            if self._cursor.now.tag is Tag.VERB and not self._cursor.now.passive:
                following.modals = list(unit.modals)
                following.passive = False
            if joint in {"or", "nor", ","} and unit.denied and not self._cursor.now.finite:
                following.denied = True
            if self._cursor.now.tag is Tag.NOT and self._cursor.peek().tag is Tag.VERB and unit.passive:
                following.modals = list(unit.modals)
            if self._cursor.now.passive:
                following.modals = list(unit.modals)
            self._verbs.verb(following, shared=unit)
            self._rest(following)
            for earlier in clause.units:
                share(earlier, following)
            clause.units.append(following)
            clause.joint = joint if joint != "," else clause.joint
        settle_shared(clause)
        return clause

    def _rest(self, unit: Unit) -> None:
        """What follows the verb, up to the next verb or statement."""
        while self._cursor.at < len(self._cursor.tokens):
            token = self._cursor.now
            if self._speaker(unit):
                if unit.verb not in _TELLING or unit.thing:
                    return
                unit.links.append(Link("that", self._inner_clause()))
                continue
            if token.tag in {Tag.ADVERB, Tag.NOT} and self._cursor.only_link():
                if self._cursor.raised(1):
                    return
                unit.links.append(self.link(self._near()))
            elif token.tag is Tag.NUMBER and self._cursor.measured():
                unit.links.append(self._measure_link())
            elif token.tag in {Tag.ADVERB, Tag.NOT}:
                self._verbs.adverb(unit)
            elif token.tag in NOMINAL:
                self._objects(unit)
            elif token.tag is Tag.LINK:
                unit.links.append(self.link(self._near()))
            elif token.tag is Tag.SUBORDINATOR:
                if self._cursor.raised(0):
                    return
                unit.links.append(_going_on(self._subordinate(self._near())))
            elif token.tag is Tag.TO:
                unit.links.append(self._infinitive())
            elif token.tag is Tag.VERB and unit.verb in HELPING and not token.passive:
                unit.links.append(Link("to", self._inner(Unit())))
            elif token.tag is Tag.VERB and token.gerund:
                unit.links.append(Link("ing", self._inner(Unit())))
            elif not self._comma(unit):
                return

    def _speaker(self, unit: Unit) -> bool:
        """Whether a pronoun before a verb begins a statement here: `if you ask us we ...`, `we find we have ...`."""
        token = self._cursor.now
        thing = token.form in {"it", "you"} and self._cursor.peek(-1).tag is Tag.VERB and unit.verb not in _TELLING
        if token.form not in SUBJECTS or thing or not (unit.verb or unit.doer):
            return False
        return self._cursor.peek().tag in VERBAL | {Tag.NOT, Tag.ADVERB}

    def _near(self) -> str:
        before = self._cursor.tokens[self._cursor.at - 1] if self._cursor.at else END
        return before.base if before.tag in {Tag.NOUN, Tag.PRONOUN} else ""

    def _comma(self, unit: Unit) -> bool:
        """Past a comma or a joint, if what follows still belongs here."""
        token, ahead = self._cursor.now, self._cursor.peek()
        if token.tag is Tag.RELATIVE:
            return self._relative_root(unit)
        if token.tag not in {Tag.COMMA, Tag.JOINT}:
            return False
        if token.tag is Tag.COMMA and ahead.tag is Tag.JOINT:
            ahead = self._cursor.peek(2)
        if ahead.tag is Tag.RELATIVE and token.tag is Tag.COMMA:
            self._cursor.at += 1
            return self._relative_root(unit)
        if ahead.tag is Tag.TO and ("aim" in unit.modals or unit.infinitive):
            return False
        outer = ahead.tag is Tag.TO or ahead.form in {"including", "like"}
        if outer and token.tag is Tag.COMMA and self._cursor.depth:
            return False
        if self._cursor.raised(2 if self._cursor.peek().tag is Tag.JOINT else 1):
            return False
        if self._cursor.asked and ahead.tag is Tag.SUBORDINATOR and ahead.form in QUESTIONS:
            return False
        place = 2 if self._cursor.peek().tag is Tag.JOINT and token.tag is Tag.COMMA else 1
        if ahead.tag is Tag.SUBORDINATOR and not self._cursor.depth and self._cursor.fronted(place):
            return False
        narrow = ahead.form in NARROWING and self._cursor.peek(place + 1).tag in {Tag.LINK, Tag.SUBORDINATOR}
        if ahead.tag is Tag.NOT and self._cursor.depth:
            return self._cursor.aside and self._elisions.denied(unit, place)
        denied = narrow or (
            ahead.tag is Tag.NOT and self._cursor.peek(2 + (self._cursor.peek().tag is Tag.JOINT)).tag is Tag.LINK
        )
        if ahead.tag in {Tag.LINK, Tag.SUBORDINATOR, Tag.TO} or denied:
            self._joined_link(unit, self._cursor.joint())
            return True
        if ahead.tag is Tag.NOT and not self._asides and self._elisions.denied(unit, place):
            return True
        if token.tag is Tag.COMMA and ahead.tag is Tag.ADVERB and not self._cursor.starts(2):
            self._cursor.at += 1
            return True
        return self._elisions.gapped(unit)

    def _joined_link(self, unit: Unit, joint: str) -> None:
        token = self._cursor.now
        if token.tag is Tag.SUBORDINATOR:
            link = self._subordinate("")
        elif token.tag is Tag.TO:
            link = self._infinitive()
        else:
            link = self.link("")
        link.joint = "" if joint in {",", "but"} else joint
        unit.links.append(link)

    def _relative_root(self, unit: Unit) -> bool:
        """`, which ...` is a statement of its own about the noun before."""
        noun = self._last_noun(unit)
        if noun is None:
            return False
        self._cursor.at += 1
        saved, self._cursor.depth, self._cursor.aside = self._cursor.depth, 1, True
        clause = self._relative_clause(Group([Noun(noun.base, noun.form, noun.mods, noun.owner, noun.quantity)]))
        self._cursor.depth, self._cursor.aside = saved, False
        self._roots += clause.units
        self._asides += 1
        return True

    def _last_noun(self, unit: Unit) -> Noun | None:
        if unit.links and isinstance(unit.links[-1].target, Group):
            return unit.links[-1].target.items[-1] if unit.links[-1].target.items else None
        group = unit.thing or unit.doer
        return group.items[-1] if group and group.items else None

    def link(self, near: str, *, subject: bool = False) -> Link:
        only = denied = False
        while self._cursor.now.tag in {Tag.ADVERB, Tag.NOT}:
            only = only or self._cursor.now.form in NARROWING
            denied = denied or self._cursor.now.tag is Tag.NOT
            self._cursor.at += 1
        if self._cursor.now.tag is Tag.SUBORDINATOR:
            link = self._subordinate(near)
        else:
            word = self._cursor.now.form
            self._cursor.at += 1
            if self._cursor.now.form in NARROWING:
                only = True
                self._cursor.at += 1
            saved, self._cursor.listing = self._cursor.listing, word in {"including", "like", ":"}
            link = Link("including" if word in {"like", ":"} else word, self._target(subject=subject), near=near)
            self._cursor.listing = saved
        link.only, link.denied = only, denied
        return link

    def _target(self, *, subject: bool) -> Group | Clause:
        if self._cursor.now.tag is Tag.TO:
            self._cursor.at += 1
        if self._cursor.now.tag is Tag.VERB or (
            self._cursor.now.tag is Tag.ADVERB and self._cursor.peek().tag is Tag.VERB
        ):
            return self._inner(Unit())
        if self._cursor.now.tag is Tag.RELATIVE or self._cursor.now.form in {"how", "what"}:
            self._cursor.at += 1
            return self._inner_clause()
        if self._cursor.now.tag in NOMINAL or self._cursor.bound_here():
            return self._nouns.group(subject=subject, bare=self._cursor.tokens[self._cursor.at - 1].form in WITHIN)
        return Group([])

    def _inner(self, unit: Unit) -> Clause:
        saved, self._cursor.bare = self._cursor.bare, True
        self._cursor.depth += 1
        clause = self._predicates(unit)
        self._cursor.depth -= 1
        self._cursor.bare = saved
        return clause

    def _inner_clause(self) -> Clause:
        saved, self._cursor.bare = self._cursor.bare, False
        self._cursor.depth += 1
        clause = self._clause()
        while self._cursor.now.tag is Tag.JOINT and self._cursor.now.form in {"and", "or"} and self._cursor.starts(1):
            clause.joint = self._cursor.now.form
            self._cursor.at += 1
            clause.units += self._clause().units
        self._cursor.depth -= 1
        self._cursor.bare = saved
        return clause

    def _subordinate(self, near: str) -> Link:
        word = self._cursor.now.form
        if word == "as" and self._cursor.at and self._cursor.peek(-1).tag is Tag.COMMA:
            word = "because"
        self._cursor.at += 1
        if self._cursor.now.tag is Tag.VERB or (
            self._cursor.now.tag is Tag.NOT and self._cursor.peek().tag is Tag.VERB
        ):
            unit = Unit(passive=self._cursor.now.passive)
            clause = self._inner(unit)
            clause.units[0].passive = clause.units[0].passive or not clause.units[0].gerund
            return Link(word, clause, near=near)
        saved = self._cursor.timed, self._cursor.asked
        self._cursor.timed, self._cursor.asked = word in TIMES and not self._fronted(), word in QUESTIONS
        clause = self._inner_clause()
        self._cursor.timed, self._cursor.asked = saved
        return Link(word, clause, near=near)

    def _fronted(self) -> bool:
        """Whether the statement that this belongs to is still to come."""
        return not self._roots and not any(token.tag in VERBAL for token in self._cursor.tokens[: self._cursor.at])

    def _infinitive(self) -> Link:
        self._cursor.at += 1
        return Link("to", self._inner(Unit(infinitive=True)))

    def _measure_link(self) -> Link:
        noun = Noun(number=self._cursor.now.form)
        self._cursor.at += 1
        while self._cursor.now.tag is Tag.NOUN:
            noun.mods += [noun.base] if noun.base else []
            noun.base = self._cursor.now.base
            self._cursor.at += 1
        if self._cursor.now.tag is Tag.ADVERB:
            said = self._cursor.now.form
            word = {"beforehand": "before"}.get(said, "after")
            self._cursor.at += 1
            return Link(word, Group([Noun("this", said)]), measure=noun)
        link = self._subordinate("") if self._cursor.now.tag is Tag.SUBORDINATOR else self.link("")
        link.measure = noun
        if isinstance(link.target, Group) and not link.target.items:
            link.target.items.append(Noun("this"))
        return link

    def _objects(self, unit: Unit) -> None:
        before = self._cursor.at
        group = self._nouns.group(subject=False)
        if self._cursor.at == before:
            unit.residue.append(self._cursor.now.base)
            self._cursor.at += 1
        elif unit.thing is None:
            unit.thing = group
        elif unit.second is None:
            unit.second = unit.thing
            unit.thing = group
        else:
            unit.residue += [noun.base for noun in group.items]

    def relative(self) -> Clause:
        saved, self._cursor.bare = self._cursor.bare, True
        self._cursor.depth += 1
        clause = self._relative_clause(Group([Noun(GAP)]))
        self._cursor.depth -= 1
        self._cursor.bare = saved
        return clause

    def _relative_clause(self, gap: Group) -> Clause:
        if self._cursor.now.tag in VERBAL | {Tag.NOT, Tag.ADVERB}:
            return self._predicates(Unit(doer=gap))
        clause = self._clause()
        for unit in clause.units:
            if unit.thing is None:
                unit.thing = gap
        return clause

    def participle(self, token: Token) -> Clause:
        saved, self._cursor.bare = self._cursor.bare, True
        self._cursor.depth += 1
        unit = Unit(token.base, Group([Noun(GAP)]), passive=token.passive and not token.gerund, gerund=token.gerund)
        self._cursor.at += 1
        self._rest(unit)
        self._cursor.depth -= 1
        self._cursor.bare = saved
        return Clause([unit])


def _going_on(link: Link) -> Link:
    """`B while continuing to do A`: no time in which B holds."""
    units = link.target.units if isinstance(link.target, Clause) else []
    if link.word == "while" and units and units[0].verb == "continue" and units[0].doer is None:
        link.word = "though"
    return link


def _contrasted(link: Link) -> Link:
    """`While A does, B`: unlike `while A is`, no time in which B holds."""
    units = link.target.units if isinstance(link.target, Clause) else []
    if link.word == "though" or (link.word == "while" and units and units[0].doer and units[0].verb not in {"be", ""}):
        link.word = "although"
    return link


def read(tokens: Sequence[Token]) -> list[Unit]:
    return Reader(tokens).read()
