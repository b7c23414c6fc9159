"""The forms of a line: what a heading, a label, a date or a marker looks like. Knows no policy and no heading's words.

Everything here judges one line by itself; what stands around it is judged in `text` and `outline`.
"""

import re

from knowledge.parser.sentences import closes_a_name, ends_like_a_sentence

_HEADING_LENGTH = 100  # code points
_HEADING_WORDS = 14
_LONGEST_HEADING = 400  # with its markup; nothing longer is looked at as a heading
_STRONG_LENGTH = 150  # of a heading in capitals or with a number, which cannot be taken for a line of prose
_PHONE_DIGITS = 6
_SHORT_WORD = 3  # letters
_TITLE = re.compile(r"\b(?:policy|notice|statement)\b", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\.?,?\s+\d{{4}}|{_MONTH}\.?\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?\d{{4}}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[^\W\d_][^:.!?]{0,40}:\s+\S")
_PART = re.compile(r"(?:section|article|part|chapter|clause|schedule|annex|appendix)\s+\w{1,5}\b", re.IGNORECASE)
_CONTACT = re.compile(r"[\w.+-]@[\w-]|https?://|\bwww\.")
_COPYRIGHT = re.compile(r"(?:©|\(c\)\s|copyright\b)|\ball rights reserved\b", re.IGNORECASE)
_TRAIL = re.compile(r"\s[|/›»>·•]\s.*\s[|/›»>·•]\s|\s[›»>]\s")
_BULLET = re.compile(r"(?:[•●○◦▪■□‣⁃∙·*+\-–—✓✔➢➤→]|o(?=\t))[ \t\u00a0]+(?=\S)")
_ENUMERATOR = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,3})+\.?|\d{1,3}\.|\(?\d{1,3}\)|\(?[A-Za-z]\)|[A-Za-z]\.|\(?[ivx]{2,5}\)|[IVXivx]{2,5}\.)"
    r"[ \t\u00a0]+(?=\S)"
)
_INITIAL = re.compile(r"[A-Z]\.")
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi")
_RULE = re.compile(r"(?:[-=_*~#+.]\s?){3,}")
_UNFINISHED = re.compile(
    r"(?!(?:what|who|whom|where|how|why|when|which)\b).*\b(?:a|an|the|of|to|for|with|by|from|in|on|at|and|or|that|may|will|as|our|your|following)$",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"(\*\*|__|\*|_)(?P<inner>(?=\S).+?(?<=\S))\1")
_LINK = re.compile(r"!?\[(?P<words>[^\]]{0,300})\]\([^)]{0,500}\)")
_CLOSING_MARKS = re.compile(r"\s+#+\s*$|\s*\{#[^}]*\}\s*$")


def names_document(line: str) -> bool:
    return _TITLE.search(line) is not None


def is_title_form(line: str) -> bool:
    """A short, unclosed line that names the document; a title may carry a date."""
    words = plain_words(line)
    return (
        len(line) <= _LONGEST_HEADING
        and names_document(words)
        and is_short(words)
        and not is_closed(words)
        and words[0].isupper()
    )


def plain_words(line: str) -> str:
    """A heading's words: links, emphasis and closing marks taken off, spaces made single."""
    words = _LINK.sub(lambda match: match["words"], _CLOSING_MARKS.sub("", line[:_LONGEST_HEADING]))
    words = _EMPHASIS.sub(lambda match: match["inner"], words)
    return " ".join(words.split()).removesuffix(":")


def bullet(line: str) -> str:
    """The bullet and the space after it, or an empty string."""
    match = _BULLET.match(line)
    return match[0] if match else ""


def enumerator(line: str) -> str:
    """The number or letter that opens the line, and the space after it; empty where there is none ('2.5 years')."""
    match = _ENUMERATOR.match(line)
    if match is None or (match[0].rstrip()[-1].isdigit() and line[match.end()].islower()):
        return ""
    return match[0]


def is_initial(marker: str) -> bool:
    """Whether the marker could be the first letter of a name as well."""
    return _INITIAL.fullmatch(marker.strip()) is not None


def numbering_style(marker: str) -> str:
    """'1.' and '2.' are of one style, '(a)' and '1.2' of others: figures, letters and numerals made alike."""
    return re.sub(r"[ivx]{2,}|[a-z]", "a", re.sub(r"[IVX]{2,}|[A-Z]", "A", re.sub(r"\d+", "1", marker.strip())))


def row_cells(line: str) -> tuple[int, int] | None:
    """The span of a table row's cells between its outer bars; None for other lines and for the rule under a header."""
    inner = line.strip("| \t\u00a0")
    if not inner or not any(letter.isalnum() for letter in inner):
        return None
    start = line.index(inner)
    return start, start + len(inner)


def is_row(line: str) -> bool:
    return len(line) > 1 and line.startswith("|") and line.endswith("|")


def is_next_marker(first: str, second: str) -> bool:
    """Whether the second marker counts on from the first in the same style, as '2.' from '1.' or 'b)' from 'a)'."""
    if numbering_style(first) != numbering_style(second):
        return False
    return any(value + 1 in _values(second) for value in _values(first))


def _values(marker: str) -> set[int]:
    last = re.findall(r"\w+", marker)[-1].lower()
    if last.isdigit():
        return {int(last)}
    roman = {_NUMERALS.index(last) + 1} if last in _NUMERALS else set()
    return roman | ({ord(last)} if len(last) == 1 else set())


def is_rule(line: str) -> bool:
    """A line drawn with dashes, equal signs or the like."""
    return _RULE.fullmatch(line) is not None


def is_label(line: str) -> bool:
    """'Last updated: 1 May 2024', 'E-mail: …': a name, a colon and a value on one line."""
    return _LABEL.match(line) is not None and _PART.match(line) is None


def has_date(line: str) -> bool:
    return _DATE.search(line) is not None


def has_contact(line: str) -> bool:
    """An e-mail address, a web address or the digits of a telephone number."""
    return _CONTACT.search(line) is not None or sum(letter.isdigit() for letter in line) >= _PHONE_DIGITS


def is_copyright(line: str) -> bool:
    return _COPYRIGHT.search(line) is not None


def is_capitals(line: str) -> bool:
    letters = [letter for letter in line if letter.isalpha()]
    return len(letters) > _SHORT_WORD and all(letter.isupper() for letter in letters)


def is_title_case(line: str) -> bool:
    """Every word of more than three letters opens with a capital."""
    words = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) > _SHORT_WORD]
    return bool(words) and all(word[0].isupper() for word in words)


def is_short(line: str) -> bool:
    return len(line) <= _HEADING_LENGTH and len(line.split()) <= _HEADING_WORDS


def is_prose(words: str) -> bool:
    """Closed by a mark that ends sentences, other than the full stop of a company's name; or too long for one line."""
    return not is_short(words) or (ends_like_a_sentence(words) and not closes_a_name(words))


def is_closed(line: str) -> bool:
    """Whether a mark closes the line. A question mark does not, for questions are headings; nor does 'Pvt. Ltd.'."""
    if not ends_like_a_sentence(line):
        return line.endswith((":", ";", ","))
    if line.endswith("?"):
        return False
    return not closes_a_name(line)


def is_heading_form(line: str) -> bool:
    """Short, opened by a capital or a figure, not closed, and neither a label, a date, an address nor a breadcrumb."""
    words = plain_words(line)
    if not words or len(line) > _LONGEST_HEADING or words[0].islower():
        return False
    strong = is_capitals(words) or bool(enumerator(words))
    if not (is_short(words) or (strong and len(words) <= _STRONG_LENGTH)):
        return False
    if line.rstrip("*_").endswith(":") and not (is_capitals(words) or is_title_case(words)):
        return False
    if is_closed(words) and not (enumerator(words) and is_title_case(words)):
        return False
    if is_label(words) and not strong:
        return False
    return not (has_date(words) or has_contact(words) or _TRAIL.search(words) or _UNFINISHED.match(words))
