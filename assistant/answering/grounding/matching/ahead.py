"""What the words after one show of it, before they are marked."""

from collections.abc import Sequence

from assistant.answering.grounding.matching.closed import ADVERBS, DETERMINERS, ENDS, LINKS, MODALS, OWNERS, SUBJECTS
from assistant.answering.grounding.matching.vocabulary import PARTICIPLES, verb_kind
from assistant.answering.grounding.matching.wording import Word


def finite_ahead(words: Sequence[Word], at: int) -> bool:
    """Whether a finite verb follows before the next joint: then what follows is a statement, not a noun."""
    subject = relative = False
    for word in words[at + 1 :]:
        if word.form in {",", "if", "unless", "when", "where", "until", "because", "and", "or"} - _passed(
            subject=subject
        ):
            return False
        if word.form in {"that", "which", "who"}:
            relative = True
            continue
        kind = verb_kind(word.base)
        auxiliary = word.base == "be" and word.form not in {"being", "been"}
        auxiliary = auxiliary or word.form in MODALS | {"do", "does", "has", "have"}
        if auxiliary or (subject and kind is not None and (relative or _finite(words, word, kind))):
            if not relative:
                return subject
            relative = False
        if word.form in {"for", "to", "by", "from", "with", "after", "before", "in", "at"} and not subject:
            return False
        subject = subject or word.form not in DETERMINERS | OWNERS
        if word.form in SUBJECTS:
            return word is words[at + 1]
    return False


def _passed(*, subject: bool) -> frozenset[str]:
    """Joints inside a subject: `before a complaint or a lawsuit is settled`."""
    return frozenset({"and", "or"}) if subject else frozenset()


def _finite(words: Sequence[Word], word: Word, kind: str) -> bool:
    at = next(place for place, other in enumerate(words) if other is word)
    prior = words[at - 1]
    if prior.form in DETERMINERS | OWNERS | LINKS | {"and", "or"} or prior.form == "to":
        return False
    if prior.form in SUBJECTS | {"who"}:
        return True
    if word.form.endswith("s") and word.form != word.base:
        return kind == "verb" and not prior.form.endswith("s")
    return kind == "verb" and word.form == word.base and prior.form.endswith("s")


def verb_later(words: Sequence[Word], at: int) -> bool:
    following = words[at + 1 :]
    end = next((at for at, word in enumerate(following) if word.form in {",", "and", "or"}), len(following))
    later = following[:end]
    return any(word.form in MODALS | {"is", "are", "has", "have", "do", "does"} for word in later)


def finite_after(words: Sequence[Word], at: int) -> bool:
    """Whether a plain finite verb comes later in this stretch, so that this word is a noun before it."""
    following = [word for word in words[at + 1 : at + 3] if word.form not in ADVERBS][:1]
    bare = following and words[at].form.endswith("s") and following[0].form == following[0].base.split("-")[0]
    if bare and verb_kind(following[0].base) == "verb" and following[0].form not in ENDS:
        return True
    if following and shape(following[0].form, following[0].base) == "s" and words[at].form.endswith("s"):
        return verb_kind(following[0].base) == "verb"
    for word in words[at + 1 :]:
        if word.form in {",", "if", "unless", "when", "where", "which", "who", "until", "because", "that", "and"}:
            return False
        if (word.base == "be" and word.form not in {"being", "been"}) or word.form in MODALS:
            return True
        if word.form in SUBJECTS:
            return False
    return False


def bare_verb_next(words: Sequence[Word], at: int) -> bool:
    """Whether the next joint goes on with a verb: `correct A, update B and modify C`."""
    following = words[at + 1 :]
    place = next((at for at, word in enumerate(following) if word.form in {"and", "or"}), len(following))
    if not place or any(word.form in ENDS - {","} for word in following[:place]):
        return False
    after = following[place + 1 : place + 2]
    return bool(after) and verb_kind(after[0].base) == "verb" and after[0].form == after[0].base.split("-")[0]


def shape(form: str, base: str) -> str:
    if form.endswith("ing"):
        return "ing"
    if form.endswith("ed") or (form in PARTICIPLES and form != base):
        return "ed"
    return "s" if form.endswith("s") and form != base.split("-", maxsplit=1)[0] else ""
