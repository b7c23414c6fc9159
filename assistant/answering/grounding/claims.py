"""What a sentence claims beyond its order of words: numbers, negations, modality, quantifiers, names.

A second look beside the pattern: each kind of claim must stand in the clause as well. Names the reason of a refusal.
"""

import re
from collections import Counter
from collections.abc import Sequence

from assistant.answering.grounding import lexicon as lex
from assistant.answering.grounding.verdict import Reason
from assistant.answering.grounding.words import Words, heads, plain, surface

_NUMERIC = re.compile(r".*\d.*")
_KINDS: tuple[tuple[Reason, frozenset[str]], ...] = (
    (Reason.NUMBER, heads(lex.TIMES)),
    (Reason.NEGATION, heads(lex.NEGATIONS)),
    (Reason.MODALITY, heads(lex.MODALITIES)),
    (Reason.QUANTIFIER, heads(lex.QUANTIFIERS)),
    (Reason.CONDITION, heads(lex.CONDITIONS)),
)

# Modals that a clause need not have: who does it, can and will.
_FREE = frozenset({"can", "will"})


def added(sentence: Words, clause: Words) -> Reason | None:
    """The kind of the first claim that the sentence makes more often than the clause, or None."""
    extra = Counter(sentence.canon) - Counter(clause.canon)
    extra.subtract({",": extra[","], lex.YOUR: extra[lex.YOUR]})
    present = [word for word, count in extra.items() if count > 0]
    if any(_NUMERIC.match(word) for word in present):
        return Reason.NUMBER
    return next((reason for reason, kind in _KINDS if any(word in kind for word in present)), None)


def turned(sentence: Words, clause: Words) -> bool:
    """Whether small words turn what the same other words say: `clients of relationships`, `our seven years`."""
    known = set(zip(clause.canon, clause.canon[1:], strict=False))
    said = zip(sentence.canon, sentence.canon[1:], sentence.canon[2:], strict=False)
    if any(joint == "of" and (one, two) in known for one, joint, two in said):
        return True
    pairs = set(zip(sentence.canon, sentence.canon[1:], strict=False)) - known
    owned = any(one in {lex.ORGS, lex.YOUR, "its"} and _NUMERIC.match(two) for one, two in pairs)
    return owned or ("or" not in sentence.canon and _both_ways(set(sentence.canon), clause))


def exchanged(sentence: Words, clause: Words) -> bool:
    """Whether a modal is there once more than in the clause, or one of several opposites where another of them was."""
    ours, theirs = Counter(sentence.canon), Counter(clause.canon)
    extra, gone = ours - theirs, theirs - ours
    if any(extra[modal] for modal in lex.MODALS - _FREE) or _dangles(sentence, clause):
        return True
    return any(not words.isdisjoint(extra) and not words.isdisjoint(gone) for words in lex.OPPOSITES)


def _dangles(sentence: Words, clause: Words) -> bool:
    """Whether the sentence ends with a link that the clause does not end with: `... by then`."""
    ends = [
        next((word for word in reversed(words.canon) if word not in lex.FILLERS), "") for words in (sentence, clause)
    ]
    return ends[0] in lex.PREPOSITIONS and ends[0] != ends[1]


def _both_ways(said: set[str], clause: Words) -> bool:
    """Whether two links that `or` joins in the clause are both said."""
    for at in range(1, len(clause) - 1):
        if clause.canon[at] == "or" and clause.canon[at + 1] in lex.PREPOSITIONS:
            before = next((word for word in reversed(clause.canon[:at]) if word in lex.PREPOSITIONS), "")
            if before != clause.canon[at + 1] and {before, clause.canon[at + 1]} <= said:
                return True
    return False


def unheard(sentence: Words, clause: Words) -> bool:
    """Whether the sentence has a word that the clause has not, apart from what the passive and the reader need."""
    return bool(set(sentence.canon) - set(clause.canon) - {",", lex.BE, "by", "and", lex.ORG, lex.YOUR})


def lost(sentence: Words, clause: Words) -> Reason:
    """Why a sentence that follows no pattern is refused, as far as its words show."""
    gone = set(clause.canon) - set(sentence.canon)
    return next((reason for reason, kind in _KINDS if gone & kind), Reason.STRUCTURE)


def _acronyms(clause: str) -> list[str]:
    """`EU` for European Union."""
    names = re.findall(r"(?:\b[A-Z][a-z]+ ){1,4}[A-Z][a-z]+\b", plain(clause))
    return ["".join(word[0] for word in name.split()) for name in names]


def unknown_name(sentence: str, clause: str, names: Sequence[str]) -> bool:
    """Whether a capitalised word after the first stands neither in the clause nor in the organisation's names."""
    known = set(surface(plain(" ".join((clause, *names)))))
    known |= {letters.lower() for letters in _acronyms(clause)}
    raw = re.findall(r"[^\W_]+(?:'[^\W_]+)?", plain(sentence))
    return any(
        word[0].isupper() and word.lower() not in known and word.lower().removesuffix("'s") not in known
        for word in raw[1:]
        if word not in {"We", "Our"}
    )
