"""Where one sentence ends and the next begins, as offsets into the text. Knows nothing of headings or files.

Every full stop that could end a sentence is judged once, from the word before it and the word after it,
so the time is linear in the text and the offsets are exact.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.parser.abbreviations import (
    AFTER_A_TIME,
    BEFORE_A_LETTER,
    BEFORE_A_NUMBER,
    EXCLAIMED,
    MOSTLY_LAST,
    NEVER_LAST,
    OFTEN_LAST,
    OPENERS,
    TIMES,
)

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_GAP = rf"[\s{INVISIBLE}]"
_MARK = r"[.!?…।॥]"
# Quotes, brackets, Markdown marks and footnote marks may stand between the full stop and the gap.
_CLOSER = r"(?:\]\([^\s()]{0,500}\)|\[\d{1,3}\]|[\"'”’»›)\]}*_¹²³⁴⁵⁶⁷⁸⁹⁰]|[ \u00a0\u202f][»›])"
_CANDIDATE = re.compile(
    rf"(?<!{_MARK})(?P<mark>{_MARK}++){_CLOSER}{{0,20}}+(?P<gap>{_GAP}++(?:>{_GAP}++)*+)"
    rf"|[。！？]++[”’」』）]*+(?P<wide>{_GAP}*+)"
    r"|(?<=[a-z][a-z])\.(?P<none>)(?=[A-Z][a-z]*\s)"
)
_ENDS = re.compile(rf"(?:{_MARK}{_CLOSER}{{0,20}}+|[。！？][”’」』）]*+)$")
_LEADING = "\"'“‘‚„«‹([{*_¿¡—–-•§¶ \t\r\n\u00a0\u202f"
_BRAND = re.compile(r"[a-z]{1,2}[A-Z]\w")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S|[\w.+-]{1,64}@\w")
_LETTERED = re.compile(r"\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s")
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxIVX]{1,5})")
_DOTTED = re.compile(r"(?:[a-z]\.)+[a-z]")
_CONSONANTS = re.compile(r"[A-Z]?[bcdfghjklmnpqrstvwxz]{1,4}")
_ROMAN = re.compile(r"[IVXLC]{1,6}\b")
_WORD = re.compile(r"[^\W\d_]+(?=[\s,;:’'”\"\-)]|$)")
_OPENING_SIGN = re.compile(r"[+$€£₹]\d|<\w")
_REACH = 80  # code points looked at on either side of a full stop
_LINK_REACH = 600  # a sentence may close with a Markdown link


@dataclass(frozen=True, slots=True)
class _Stop:
    """What stands around one full stop."""

    mark: str
    opens_text: bool  # nothing but this word stands before the full stop in its sentence
    before: str  # the word before the one that carries the full stop
    word: str  # the word that carries the full stop
    after: str  # the text after the gap


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The half-open spans of the sentences of a paragraph, in order, without the space between them."""
    spans = []
    start = 0
    for match in _CANDIDATE.finditer(text):
        if match.end() < len(text) and _ends_here(text, start, match):
            # Not match.end(): in a Markdown quotation the gap holds the '>' of the next line.
            spans.append((start, match.end() if match["gap"] is None else match.start("gap")))
            start = match.end()
    spans.append((start, len(text)))
    return tuple(_trimmed(text, spans))


def ends_like_a_sentence(text: str) -> bool:
    """Whether the text closes with a mark that ends sentences, an abbreviation's full stop included."""
    return _ENDS.search(text[-_LINK_REACH:].rstrip()) is not None


def closes_a_name(line: str) -> bool:
    """Whether the line's last full stop belongs to an abbreviation that closes names, such as 'Pvt. Ltd.'"""
    words = line.split()
    return line.endswith(".") and bool(words) and words[-1].removesuffix(".").lower() in OFTEN_LAST


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the space and the invisible characters at its edges; start == end when nothing is left."""
    while start < end and (text[start].isspace() or text[start] in INVISIBLE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in INVISIBLE):
        end -= 1
    return start, end


def _trimmed(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for span in spans:
        start, end = trim(text, *span)
        if start < end:
            yield start, end


def _ends_here(text: str, start: int, match: re.Match[str]) -> bool:
    if match["wide"] is not None:
        return True
    before = text[max(start, match.start() - _REACH) : match.start()]
    words = before.split()
    stop = _Stop(
        mark=match["mark"] or ".",
        opens_text=len(words) == 1 and match.start() - start < _REACH,
        before=words[-2] if len(words) > 1 else "",
        word=words[-1].lstrip(_LEADING) if words else "",
        after=text[match.end() : match.end() + _REACH],
    )
    if match["none"] is not None:
        return _opens_sentence(stop.after) and not _is_address(words[-1] if words else "")
    return _may_start(stop.after) and _may_end(stop)


def _is_address(word: str) -> bool:
    return "@" in word or "/" in word or word.startswith("www.")


def _may_start(after: str) -> bool:
    """Whether a sentence can begin here: a capital, a figure, a letter without case, a brand, an address or code."""
    if after.startswith("`") or _LETTERED.match(after):
        return True
    head = after.lstrip(_LEADING)
    if not head or not head[0].isalnum():
        return _OPENING_SIGN.match(head) is not None
    return not head[0].islower() or bool(_BRAND.match(head) or _ADDRESS.match(head))


def _may_end(stop: _Stop) -> bool:
    """Whether the word before the full stop lets a sentence end, given that another can begin."""
    word = stop.word.lower()
    if "…" in stop.mark or ".." in stop.mark:
        return stop.after.lstrip(_LEADING)[:1].isupper()
    if stop.mark != ".":
        return "!" not in stop.mark or word not in EXCLAIMED or _opens_sentence(stop.after)
    if word in NEVER_LAST or _is_enumerator(stop) or _awaits_number(stop, word):
        return False
    if word in MOSTLY_LAST:
        return word not in TIMES or _first_word(stop.after) not in AFTER_A_TIME
    return _opens_sentence(stop.after) or not _is_part_of_a_name(stop, word)


def _awaits_number(stop: _Stop, word: str) -> bool:
    return (word in BEFORE_A_NUMBER or word.endswith("str")) and _counts(stop.after)  # Bahnhofstr. 5


def _is_enumerator(stop: _Stop) -> bool:
    listed = stop.opens_text or stop.before.endswith((":", ";"))
    return listed and _ENUMERATOR.fullmatch(stop.word) is not None


def _is_part_of_a_name(stop: _Stop, word: str) -> bool:
    if len(word) == 1 and word.isalpha():
        return stop.before.lower().strip(_LEADING) not in BEFORE_A_LETTER
    return word in OFTEN_LAST or bool(_DOTTED.fullmatch(word) or _CONSONANTS.fullmatch(stop.word))


def _counts(after: str) -> bool:
    """Whether what follows is a number, a numeral, a code such as GB123 or a bracketed figure."""
    head = after.lstrip(_LEADING + "+")
    first = head.split(maxsplit=1)[0] if head else ""
    return any(letter.isdigit() for letter in first) or _ROMAN.match(head) is not None


def _first_word(after: str) -> str:
    match = _WORD.match(after.lstrip(_LEADING))
    return match[0].lower() if match else ""


def _opens_sentence(after: str) -> bool:
    return _first_word(after) in OPENERS
