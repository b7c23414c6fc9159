"""The grounding check: whether each sentence of a rephrasing says what its clauses say, and nothing else.

Rules only. It asks no model and no encoder, keeps nothing, and refuses what it cannot follow.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from assistant.answering.grounding import claims, variants
from assistant.answering.grounding import lexicon as lex
from assistant.answering.grounding.continuing import continued
from assistant.answering.grounding.markers import sentences
from assistant.answering.grounding.matching import Match
from assistant.answering.grounding.selecting import selects
from assistant.answering.grounding.statements import frames_of
from assistant.answering.grounding.structure import restricted
from assistant.answering.grounding.supporting import supports
from assistant.answering.grounding.tagging import strange, tagged
from assistant.answering.grounding.verdict import Grounded, Reason, Refused, Sentence
from assistant.answering.grounding.words import Words, canonical, heads, plain

MAX_CHARACTERS = 1_200
MAX_SENTENCE_WORDS = 90
MAX_CLAUSES = 3
MAX_CLAUSE_WORDS = 150
MAX_SENTENCES = 6
_OTHERS = heads(lex.OTHER_PERSONS)
_OWN = heads(lex.OWN_NOUNS)
# Claims that no other wording of a clause adds.
_SURE = frozenset({Reason.NUMBER, Reason.NEGATION, Reason.QUANTIFIER})
# What such a word narrows depends on where it stands, which frames do not keep.
_PLACED = lex.RESTRICTIVE - {"limited"}
_JOINTS = frozenset({",", ";", "and", "while", "but"})


def check(rephrased: str, clauses: Mapping[str, str], *, names: Sequence[str]) -> Grounded | Refused:
    """`clauses` are the texts that were given, by id; `names` the organisation's own. One bad sentence refuses all."""
    if len(rephrased) > MAX_CHARACTERS:
        return Refused(Reason.TOO_LONG)
    parted = sentences(rephrased, clauses.keys())
    if isinstance(parted, Reason):
        return Refused(parted)
    if len(parted) > MAX_SENTENCES:
        return Refused(Reason.TOO_LONG)
    for readings in continued(parted):
        reasons = [_fault(sentence, clauses, names) for sentence in readings]
        if None not in reasons:
            return Refused(reasons[0] or Reason.STRUCTURE)
    return Grounded(parted)


def _fault(sentence: Sentence, clauses: Mapping[str, str], names: Sequence[str]) -> Reason | None:
    words = canonical(_body(sentence.text), names, dropped=lex.ARTICLES)
    if not 0 < len(words) <= MAX_SENTENCE_WORDS:
        return Reason.TOO_LONG if len(words) else Reason.EMPTY
    texts = [clauses[name] for name in sentence.clause_ids]
    if claims.unknown_name(sentence.text, " ".join(texts), names):
        return Reason.NAME
    sources = [canonical(plain(text), names, dropped=lex.ARTICLES) for text in texts]
    if len(sources) > MAX_CLAUSES or any(len(source) > MAX_CLAUSE_WORDS for source in sources):
        return Reason.TOO_LONG
    if len(sources) == 1:
        return _against(words, sources[0])
    return None if _joined(words, sources) else Reason.MERGED


def _body(text: str) -> str:
    """The sentence without an opening such as `According to the policy,`."""
    said = plain(text)
    opening = next((start for start in lex.OPENINGS if said.lower().startswith(start)), "")
    return said[len(opening) :].lstrip(" ,") if opening else said


def _against(words: Words, source: Words) -> Reason | None:
    said = _reader(words, source)
    reason = claims.added(said, source)
    if reason not in _SURE and _read(said, source):
        return None
    return reason if reason in _SURE else _patterned(words.without(lex.FILLERS), source.without(lex.FILLERS))


def _read(said: Words, source: Words) -> bool:
    """Whether what was read of the clause supports what was read of the sentence, frame by frame or as a selection."""
    narrowed = (set(said.canon) | set(source.canon)) & _PLACED
    if narrowed or _rejoined(said, source) or strange(said, source):
        return False
    if "its" in said.canon and lex.ORG in said.canon and "its" not in source.canon:
        said = said.replaced({"its": lex.ORGS})
    ours, theirs = tagged(said), tagged(source)
    known = frames_of(theirs)
    if not known:
        return False
    owned = frozenset[str]() if set(source.canon) & _OTHERS else _OWN
    spoken_to = any(said.canon[at : at + 3] == ("when", lex.YOU, lex.BE) for at in range(len(said)))
    loose = not restricted(source.without({"limited"}))
    told = frames_of(ours)
    if told and supports(known, told, loose=loose, owned=owned, spoken_to=spoken_to):
        return True
    return selects(known, theirs, ours, owned=owned)


def _rejoined(said: Words, source: Words) -> bool:
    """Whether an `and` became an `or`, or an `or` an `and`."""
    more = {joint: said.canon.count(joint) - source.canon.count(joint) for joint in ("and", "or")}
    return more["or"] > 0 or (more["and"] > 0 > more["or"])


def _patterned(words: Words, source: Words) -> Reason | None:
    said = _reader(words, source)
    reason = claims.added(said, source)
    if reason is not None:
        return reason
    if claims.unheard(said, source):
        return Reason.NEW_WORD
    match = Match(said.canon, owned=frozenset() if set(source.canon) & _OTHERS else _OWN)
    if any(match.whole(pattern) for pattern in variants.patterns(source)):
        return None
    return claims.lost(said, source)


def _reader(words: Words, source: Words) -> Words:
    """Where a clause speaks to its reader and of no client, `clients` in the sentence are that reader."""
    if lex.YOU not in source.canon or any(form in lex.READER_WORDS for form in source.forms):
        return words
    return Words(
        (lex.YOU if form in lex.READER_WORDS else canon, form)
        for canon, form in zip(words.canon, words.forms, strict=True)
    )


def _joined(words: Words, sources: Sequence[Words]) -> bool:
    """Whether the sentence falls into as many full statements as it names clauses, each resting on its own."""
    return any(
        all(_against(part, source) is None for part, source in zip(parts, order, strict=True))
        for parts in _cuts(words, len(sources))
        for order in permutations(sources)
    )


def _cuts(words: Words, count: int) -> Iterator[tuple[Words, ...]]:
    if count == 1:
        yield (words,)
        return
    for at in range(3, len(words) - 3):
        if words.canon[at] not in _JOINTS or (words.canon[at] == "," and words.canon[at + 1] in _JOINTS):
            continue
        end = at - 1 if words.canon[at - 1] == "," else at
        for rest in _cuts(words[at + 1 :], count - 1):
            yield (words[:end], *rest)
