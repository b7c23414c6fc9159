"""The grounding check: whether each sentence of a rephrasing says what its clauses say, and nothing else.

Rules only: it asks no model and no encoder, keeps nothing of what was written, and refuses what it cannot follow. A
sentence passes if each of its statements has its equal in the clauses (`matching`), or by a shape that is known to say
the same.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from assistant.answering.grounding import claims
from assistant.answering.grounding import lexicon as lex
from assistant.answering.grounding.continuing import continued
from assistant.answering.grounding.keeping import keeps
from assistant.answering.grounding.markers import sentences
from assistant.answering.grounding.matching.judging import contradicts, rests
from assistant.answering.grounding.recasting import answers, recasts
from assistant.answering.grounding.selecting import selects
from assistant.answering.grounding.sources import Source, source_of
from assistant.answering.grounding.statements import frames_of
from assistant.answering.grounding.supporting import supports
from assistant.answering.grounding.tagging import strange, tagged
from assistant.answering.grounding.telling import tells
from assistant.answering.grounding.verdict import Grounded, Reason, Refused, Sentence
from assistant.answering.grounding.words import Words, canonical, plain

MAX_CHARACTERS = 1_200
MAX_SENTENCE_WORDS = 90
MAX_CLAUSES = 3
MAX_CLAUSE_WORDS = 150
MAX_SENTENCES = 6
# Claims that no other wording of a clause adds.
_SURE = frozenset({Reason.NUMBER, Reason.NEGATION, Reason.QUANTIFIER})
# What such a word narrows depends on where it stands, which frames do not keep.
_PLACED = lex.RESTRICTIVE - {"limited"}
# Marks that the shapes do not know; the matching reads them.
_MARKED = re.compile(r"[()\"]|:(?!\d)")
_QUOTED = re.compile(r'"([^"]*)"')
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
        if any(_matched(sentence, clauses, names, opening=sentence is parted[0]) for sentence in readings):
            continue
        reasons = [_fault(sentence, clauses, names) or _displaced(sentence, clauses, names) for sentence in readings]
        if None not in reasons:
            return Refused(reasons[0] or Reason.STRUCTURE)
        if _contradicted(readings[reasons.index(None)], clauses, names):
            return Refused(Reason.MODALITY)
    return Grounded(parted)


def _displaced(sentence: Sentence, clauses: Mapping[str, str], names: Sequence[str]) -> Reason | None:
    """The reason against a sentence that the shapes accept, where a small word does not stand where it stood."""
    texts = [clauses[name] for name in sentence.clause_ids]
    return None if keeps(answers(_body(sentence.text)) or "", texts, names) else Reason.STRUCTURE


def _contradicted(sentence: Sentence, clauses: Mapping[str, str], names: Sequence[str]) -> bool:
    texts = [clauses[name] for name in sentence.clause_ids]
    return contradicts(answers(_body(sentence.text)) or "", texts, names)


def _matched(sentence: Sentence, clauses: Mapping[str, str], names: Sequence[str], *, opening: bool) -> bool:
    """Whether each statement has its equal in the clauses; the shapes are tried where one has none."""
    texts = [clauses[name] for name in sentence.clause_ids]
    if claims.unknown_name(sentence.text, " ".join(texts), names):
        return False
    statement = answers(_body(sentence.text))
    if any(f'"{words}"' not in plain(" ".join(texts)) for words in _QUOTED.findall(plain(sentence.text))):
        return False  # `we do not "sell" it`
    if statement is None or len(texts) > MAX_CLAUSES or len(statement.split()) > MAX_SENTENCE_WORDS:
        return False
    if any(len(text.split()) > MAX_CLAUSE_WORDS for text in texts):
        return False
    return rests(statement, texts, names, opening=opening) and keeps(statement, texts, names)


def _fault(sentence: Sentence, clauses: Mapping[str, str], names: Sequence[str]) -> Reason | None:
    texts = [clauses[name] for name in sentence.clause_ids]
    if claims.unknown_name(sentence.text, " ".join(texts), names):
        return Reason.NAME
    statement = answers(_body(sentence.text))
    if statement is None or _MARKED.search(statement):
        return Reason.NEGATION if statement is None else Reason.UNREADABLE
    wordings = recasts(statement, names)
    words = canonical(next(wordings), names, dropped=lex.ARTICLES)
    if not 0 < len(words) <= MAX_SENTENCE_WORDS:
        return Reason.TOO_LONG if len(words) else Reason.EMPTY
    sources = [canonical(plain(text), names, dropped=lex.ARTICLES) for text in texts]
    if len(sources) > MAX_CLAUSES or any(len(source) > MAX_CLAUSE_WORDS for source in sources):
        return Reason.TOO_LONG
    if len(sources) > 1:
        return None if _joined(words, [source_of(source) for source in sources]) else Reason.MERGED
    source = source_of(sources[0])
    reason = _against(words, source)
    others = (canonical(wording, names, dropped=lex.ARTICLES) for wording in wordings)
    return reason if reason is None or not any(_recast(other, source) for other in others) else None


def _body(text: str) -> str:
    """The sentence without an opening such as `According to the policy,`."""
    said = plain(text)
    opening = next((start for start in lex.OPENINGS if said.lower().startswith(start)), "")
    return said[len(opening) :].lstrip(" ,") if opening else said


def _against(words: Words, source: Source) -> Reason | None:
    """Why the sentence does not rest on the clause, or None."""
    said = _reader(words, source.words)
    if said.without(lex.FILLERS).canon == source.words.without(lex.FILLERS).canon:
        return None
    reason = claims.added(said, source.words)
    if reason not in _SURE and _read(said, source):
        return None
    if reason is not None:
        return reason
    unheard = claims.unheard(said.without(lex.FILLERS), source.words)
    return Reason.NEW_WORD if unheard else claims.lost(said, source.words)


def _recast(words: Words, source: Source) -> bool:
    """Whether the sentence in another wording is a way of telling the clause."""
    said = _reader(words, source.words)
    return claims.added(said, source.words) not in _SURE and not _narrowed(said, source) and _tells(said, source)


def _narrowed(said: Words, source: Source) -> bool:
    """Whether a word is there whose place matters and is not kept in frames."""
    placed = (set(said.canon) | set(source.words.canon)) & _PLACED
    return bool(placed) or claims.turned(said, source.words) or claims.exchanged(said, source.words)


def _read(said: Words, source: Source) -> bool:
    """Whether what was read of the clause supports what was read of the sentence, told anew or as a selection."""
    if _narrowed(said, source):
        return False
    if "its" in said.canon and lex.ORG in said.canon and "its" not in source.words.canon:
        said = said.replaced({"its": lex.ORGS})
    if _tells(said, source):
        return True
    if not source.frames or _rejoined(said, source.words) or strange(said, source.words):
        return False
    ours = tagged(said)
    told = frames_of(ours)
    spoken_to = any(said.canon[at : at + 3] == ("when", lex.YOU, lex.BE) for at in range(len(said)))
    if told and supports(source.frames, told, loose=source.loose, owned=source.owned, spoken_to=spoken_to):
        return True
    return selects(source.frames, source.tokens, ours, owned=source.owned)


def _tells(said: Words, source: Source) -> bool:
    return tells(source, said) or any(tells(part, said) for part in source.parts)


def _rejoined(said: Words, source: Words) -> bool:
    """Whether an `and` became an `or`, or an `or` an `and`."""
    more = {joint: said.canon.count(joint) - source.canon.count(joint) for joint in ("and", "or")}
    return more["or"] > 0 or (more["and"] > 0 > more["or"])


def _reader(words: Words, source: Words) -> Words:
    """Where a clause speaks to its reader and of no client, `clients` in the sentence are that reader; and back."""
    if not {lex.YOU, lex.YOUR} & set(source.canon):
        clients = source.forms[:1] == ("clients",)
        return words.replaced({lex.YOU: "client", lex.YOUR: "their"}) if clients else words
    if lex.YOU not in source.canon or any(form in lex.READER_WORDS for form in source.forms):
        return words
    return Words(
        (lex.YOU if form in lex.READER_WORDS else canon, form)
        for canon, form in zip(words.canon, words.forms, strict=True)
    )


def _joined(words: Words, sources: Sequence[Source]) -> bool:
    """Whether the sentence falls into as many full statements as it names clauses, each resting on its own."""
    return any(
        all(_against(part, source) is None for part, source in zip(pieces, order, strict=True))
        for pieces in _cuts(words, len(sources))
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
