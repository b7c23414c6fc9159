"""The sentences of a message and which of them ask. Knows no intent."""

import re

_BREAK = re.compile(r"(?<=[.?!\u0964])[\"'\u201d\u2019)]*\s+|\s*\n+\s*|(?<=\?)(?=\w)")
_ABBREVIATED = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|adv|art|arts|sec|no|nos|st|shri|smt|ref|vs|e\.g|i\.e|approx|s|ph)\.|\b[a-z]\.)$",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"^\W*(?:(?:and|also|but|so|plus|ok|okay|btw|by the way|aur|or|then|additionally|in addition|meanwhile|before that"
    r"|till then|second(?:ly)?|lastly|finally)\b[\s,:]*)*"
    r"(?:what|wat|which|wich|who|whom|whose|where|when|why|how|whether|is|are|was|were|do|does|did|has|have|had"
    r"|can|may|might|could|would|will|shall|should|kya|kaise|kab|kaun|kahan|kyun|kyu|kitn\w+)\b",
    re.IGNORECASE,
)
_TELLS_TO_TELL = re.compile(
    r"\b(?:tell me|let me know|may i know|like to know|want(?:ed)? to know|know (?:if|whether|how|what|where|why)"
    r"|kindly (?:tell|clarify|confirm|advise|inform)|(?:please|pls|plz) (?:tell|clarify|confirm|advise|explain|state)"
    r"|wonder(?:ing|ed)?|curious|confirm (?:if|whether)|bata(?:o|iye|ye|na| do)|explain|clarify)\b",
    re.IGNORECASE,
)


def sentences(text: str) -> list[str]:
    """In reading order, as written; none is blank."""
    found: list[str] = []
    for piece in (piece.strip() for piece in _BREAK.split(text)):
        if found and _ABBREVIATED.search(found[-1]):
            found[-1] = f"{found[-1]} {piece}"
        elif piece:
            found.append(piece)
    return found


def asks(sentence: str) -> bool:
    """Whether the sentence has the form of a question."""
    return (
        sentence.rstrip("\"'\u201d\u2019) ").endswith("?")
        or _ASKING.match(sentence) is not None
        or _TELLS_TO_TELL.search(sentence) is not None
    )
