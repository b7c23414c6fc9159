"""Whether a message can be understood without the one before it. Rules as data; decides nothing else."""

import math
import re
from enum import Enum

from knowledge.romanising import romanised

LONGEST_ELLIPSIS = 5
# So few words after an answer are about it, unless they plainly chat or turn elsewhere.
FEW_WORDS = 6
LONGEST_REFERENCE = 12

_WORD = re.compile(r"[\w'’]+")
# Openings that continue what was being talked about, after a nod.
_CONTINUES = re.compile(
    r"^\W*((ok(ay)?|hmm+|right|fine|got it|i see|alright|acc?h+a|thik hai|cool|great|thanks?|thank you|yes|no|so)"
    r"[\s,.!;:-]+)*"
    r"(and|also|but|or|then|(what|how) about|what (if|of)|same (for|with)|is (it|that) (the )?same|aur|lekin|toh?|phir"
    r"|uska|uske|iska|iske)\b",
    re.IGNORECASE,
)
# Words that point at something said before.
_REFERS = re.compile(
    r"\b(it|its|they|them|their|theirs|those|these|that|this|such|there|ones?|same|both|either|else|instead"
    r"|he|she|yeh?|woh?|isko|usko|inko|unko|isse|usse)\b",
    re.IGNORECASE,
)
# "that" and "it" that point at nothing: "is it true that", "that you keep", "this policy".
_POINTS_NOWHERE = re.compile(
    r"\b(is it (true|possible|correct|safe|ok|okay|allowed|legal|mandatory|necessary|that)|how long does it take|it is"
    r"|is there|are there|there (is|are|any)|does it mean|that (you|your|we|my|i|the|an?|is|are|can|has|have)\b"
    r"|th(is|ese) (policy|policies|document|terms|company|website|site|assistant|chat|page|privacy|app|rights)"
    r"|(no|any|some|every|each) ?one( else)?"
    r"|anything else|one (of|more|year|month|day)|(the|this|that) one)\b",
    re.IGNORECASE,
)
# Questions that are nothing but their question word.
_BARE = re.compile(
    r"^\W*((for|since|until|till) (how long|when|what|which)|(by|to|with|from) (whom|what|which)|where to"
    r"|(such as|like) (what|who|which)|why|how( so| come| long| much| many| often)?|when|where|who|whom|which( ones?)?"
    r"|what|for example|e\.?g\.?|meaning|really|are you sure|ky[ou]n?|kab( tak)?|kitne din|kaun|kaise|kahan"
    r"|kis(ko|se))\b",
    re.IGNORECASE,
)


class Lean(Enum):
    """How much a message leans on the one before; the value is the margin at which it is taken to stand alone."""

    NOT = -math.inf
    PERHAPS = 0.25
    LIKELY = 0.5
    WHOLLY = math.inf


def leans(message: str) -> Lean:
    """WHOLLY where there is little but a question word, LIKELY where it goes on, PERHAPS where a word points back or
    where there are but a few.
    """
    message = romanised(message)
    words = _WORD.findall(message)
    if not words or len(words) > LONGEST_REFERENCE:
        return Lean.NOT
    if _CONTINUES.match(message):
        return Lean.LIKELY
    bare = _BARE.match(message)
    if bare and len(_WORD.findall(message[bare.end() :])) <= 1:
        return Lean.WHOLLY
    short = len(words) <= (LONGEST_ELLIPSIS if bare else FEW_WORDS)
    return Lean.PERHAPS if short or _REFERS.search(_POINTS_NOWHERE.sub(" ", message)) else Lean.NOT


def is_short(message: str) -> bool:
    return len(_WORD.findall(romanised(message))) <= FEW_WORDS
