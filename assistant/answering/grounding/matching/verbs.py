"""The verb of a statement with its modals, negations and adverbs, and what statements with one doer share."""

from dataclasses import replace

from assistant.answering.grounding.matching.closed import MILDER, NARROWING
from assistant.answering.grounding.matching.cursor import VERBAL, Cursor
from assistant.answering.grounding.matching.tokens import Tag, Token
from assistant.answering.grounding.matching.tree import GAP, Clause, Unit
from assistant.answering.grounding.matching.vocabulary import PARTICIPLES


class VerbReader:
    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def adverbs(self, unit: Unit) -> None:
        while self._cursor.now.tag in {Tag.ADVERB, Tag.NOT} and self._cursor.at < len(self._cursor.tokens):
            self.adverb(unit)

    def adverb(self, unit: Unit) -> None:
        token = self._cursor.now
        if token.tag is Tag.NOT:
            unit.denied = not unit.denied
            if token.form == "no-longer":
                unit.adverbs.append("no-longer")
        elif token.form in NARROWING:
            unit.only = True
        else:
            unit.adverbs.append(token.base)
        self._cursor.at += 1

    def verb(self, unit: Unit, shared: Unit | None = None) -> None:
        be = shared is not None and shared.passive
        while self._cursor.at < len(self._cursor.tokens):
            token = self._cursor.now
            if token.tag in {Tag.ADVERB, Tag.NOT}:
                if token.tag is Tag.ADVERB and token.form in NARROWING and unit.verb:
                    return
                self.adverb(unit)
                continue
            if token.tag is Tag.MODAL:
                if unit.modals and "aim" not in {token.form, *unit.modals}:
                    unit.residue.append(token.form)  # no verb has two
                unit.modals.append(MILDER.get(token.form, token.form))
            elif token.tag is Tag.BE:
                be = True
            elif token.tag in {Tag.DO, Tag.HAVE}:
                pass
            elif token.tag is Tag.VERB:
                unit.verb, unit.passive, unit.gerund = (
                    token.base,
                    be and (token.passive or token.form in PARTICIPLES),
                    token.gerund,
                )
                self._cursor.at += 1
                return
            else:
                break
            self._cursor.at += 1
        if be:
            unit.verb = "be"

    def another(self, unit: Unit) -> bool:
        ahead = 0
        if self._cursor.now.tag not in {Tag.COMMA, Tag.JOINT}:
            return False
        while self._cursor.peek(ahead).tag in {
            Tag.COMMA,
            Tag.JOINT,
            Tag.ADVERB,
            Tag.NOT,
        } and self._cursor.at + ahead < len(self._cursor.tokens):
            ahead += 1
        token = self._cursor.peek(ahead)
        if self._closes_relative(unit, token):
            return False
        if token.tag is Tag.TO and (unit.modals[-1:] == ["aim"] or unit.infinitive):
            return True
        return (
            self._cursor.at + ahead < len(self._cursor.tokens) and token.tag in VERBAL and token.gerund == unit.gerund
        )

    def _closes_relative(self, unit: Unit, verb: Token) -> bool:
        """`who assist us, and suggest ...`, `who assist us, may ...`: the comma ends what is said of the noun."""
        gap = unit.doer is not None and [noun.base for noun in unit.doer.items] == [GAP]
        if not gap or self._cursor.now.tag is not Tag.COMMA:
            return False
        return self._cursor.peek().tag is Tag.JOINT or verb.tag is Tag.MODAL


def share(earlier: Unit, later: Unit) -> None:
    """What stands at the end of the last predicate holds of those before it, if it is a condition."""
    if "anytime" in later.adverbs and "anytime" not in earlier.adverbs:
        earlier.adverbs.append("anytime")
    earlier.links += [
        link for link in later.links if isinstance(link.target, Clause) and link.word not in {"to", "that", "because"}
    ]


def settle_shared(clause: Clause) -> None:
    """Gives earlier statements the thing and the links that stand after the last: `sell, rent or trade it to them`."""
    if clause.joint == "":
        clause.joint = "and" if len(clause.units) > 1 else ""
    for earlier, later in zip(reversed(clause.units[:-1]), reversed(clause.units[1:]), strict=True):
        if earlier.thing is None and not earlier.passive and all(link in later.links for link in earlier.links):
            earlier.thing = later.thing
            earlier.links = [replace(link, inherited=True) for link in later.links]
        elif earlier.passive and later.passive and all(link in later.links for link in earlier.links):
            earlier.links = [replace(link, inherited=True) for link in later.links]
