"""Which rights need words of the requester, and whether a message has them already. Knows no dialogue."""

import re

from assistant.dialogue.short_answers import plain
from assistant.reply import Right
from assistant.visit import Visit

WANT_DETAILS = frozenset({Right.CORRECTION, Right.OBJECTION})

# What a correction may be about, so that the desk needs it in clear. Papers, cards and secrets stay masked.
_KEPT_KINDS = frozenset({"email", "phone", "number", "account"})
_PLACEHOLDER = re.compile(r"\[([a-z_]+)\]")

_VALUE = re.compile(
    r"\b(?:should (?:be|read|say)|must be|is now|are now|changed (?:to|from)|has changed|moved to|instead of|actually"
    r"|correct (?:one|name|spelling|address|number|value|email|mail|date) is|right (?:one|name|spelling) is|spelt"
    r"|from .{1,60} to|not .{1,60} but|(?:to|is|it's|its) \[\w+\]|(?:change|correct|update|fix) .{1,60} to"
    r"|(?:new|current|real|actual|proper) (?:one|name|surname|spelling|address|number|value|e-?mail|mail|phone|date)"
    r" (?:is|was)|has (?:only|just) one|with (?:one|two|a|an)"
    r"|spelled|misspel\w+|mis-spel\w+|hona chahiye|hai,? nahi)\b|\bto \[\w+\]"
)
_STOCK = (
    "a about all also am an and any are as at be because by can company could do dear details email every for from "
    "further hereby hello hi i if im in information into is it its kindly me my of on or organisation organization "
    "our personal please process processed processes processing right rights exercise to the that this these under "
    "use used uses using us want wish we with would like formally object objecting objection objections your you "
    "data article art gdpr dpdp act section stop team sir madam how which have make notice thanks thank regards "
    "request address need reach contact reply lodge raise file write back mail mailbox id use stuff things shouldnt "
    "not "
    "anything nothing any more longer hereby against under per because want strongly very much kindly full all "
    "handle handling handled treat treating done doing does"
)
_STOCK_WORDS = frozenset(_STOCK.split())
_WORD = re.compile(r"[a-z]{3,}")
_FEWEST_WORDS = 5
_WHERE_TO_WRITE = re.compile(
    r"\b(?:my (?:e-?mail|mail|mail id|id|address)(?: is|:)?|reach me|write to me|contact me|reply to|mail me"
    r"|e-?mail me"
    r"|mail:|e-?mail:|answer me|get back to me)\W*(?:at |on |under |to |is |via |by |it's |its )*\[email\]"
)


def has_details(right: Right, text: str) -> bool:
    """Whether a request says already what is wrong and what is right, or what is objected to."""
    said = plain(text)
    if right is Right.CORRECTION:
        return len(said.split()) >= _FEWEST_WORDS and _VALUE.search(said) is not None
    return any(word not in _STOCK_WORDS for word in _WORD.findall(_PLACEHOLDER.sub(" ", said)))


def lacks_details(rights: tuple[Right, ...], text: str) -> bool:
    return any(not has_details(right, text) for right in rights if right in WANT_DETAILS)


def tells_where_to_write(text: str) -> bool:
    """Whether an address among the details is the visitor's own, rather than what is wrong in the records."""
    return _WHERE_TO_WRITE.search(plain(text)) is not None


def in_clear(visit: Visit) -> str:
    """The message with what the desk needs of the masked values put back: only ever to be sealed."""
    values = iter(visit.found)

    def put_back(match: re.Match[str]) -> str:
        found = next(values, None)
        return found.value if found and found.kind == match[1] and found.kind in _KEPT_KINDS else match[0]

    return _PLACEHOLDER.sub(put_back, visit.text)
