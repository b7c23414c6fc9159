"""What an answer does, read by its parts: it affirms, refuses, stops, puts off, or asks back.

Pure. A word that affirms counts alone or at the edge, as long as nothing beside it negates, corrects or asks; whatever
else the words speak of (rights, addresses) is for the desk that asked.
"""

import re
import unicodedata

from assistant.dialogue import short_answers as short
from assistant.dialogue import stop_words as stopping
from assistant.dialogue.answer_words import (
    AGAINST,
    ELSE,
    IDIOMS,
    MAY_BE_WISHED,
    NEUTRAL,
    NO_SIGNS,
    STRONG_YES,
    YES,
    YES_SIGNS,
)

LONGEST_YES, LONGEST_PLAIN_YES, LONGEST_NO = 16, 14, 14
_YES_MARK, _NO_MARK = "yes", "no"
# Stands for a clause that no one would call an answer.
_TOO_LONG = "want …"
_TONES = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_PLACEHOLDER = re.compile(r"\[\w+\]")
_WORD = re.compile(r"[a-z0-9][a-z0-9'+%-]*|[^\W\d_a-z][^\W_]*")
_LONG_RUN, _RUN = re.compile(r"(.)\1{2,}"), re.compile(r"(.)\1+")
_LEADING_NO = re.compile(
    r"^(?:(?:no+|nope|nah|nahi|nahin|na)[ ,.;!-]+)+(?=(?:no |nothing|that|thats|it|its|this|all|everything|looks?"
    r"|seems?|sab\b"
    r"|sahi|kuch|koi|i'm |im |i am |fine|perfect|don't change|dont change|good|great))"
)
_TAG_NA = re.compile(r"\b(do|hai|karo|haan|han|dijiye|lo|kar|sahi|theek|kardo|ji) na+\b")
_ONLY = frozenset(["only", "just", "sirf", "bas", "simply"])
_HURRY = re.compile(
    r"\bbut (?=(?:please |pls |do |make it |be |kindly )*(?:quick|fast|hurry|soon|asap|now|today|jaldi))"
)
_NEGATED = re.compile(
    r"\b(?:not|isn't|isnt|wasn't|wasnt|aren't|arent|ain't|aint|never|doesn't look|doesnt look) "
    r"(?:\w+ ){0,2}?(?:right|correct|ok|okay|fine|good|true|accurate|it|me|mine|that|this|exactly|what i \w+"
    r"|how i \w+|the (?:right|one|request))\b"
    r"|\b(?:wrong|incorrect|mistaken|false|galat|mistakes?|errors?|typos?|misspel\w+)\b"
    r"|\b(?:sahi|theek|thik) nahi\b|\bsomething(?:'s| is)? (?:off|wrong|amiss|missing)\b"
)
_REFUSES = re.compile(
    r"\b(?:won't|wont|will not|not going to|refuse to|don't want to|dont want to|do not want to|rather not|never"
    r"|not gonna"
    r"|no way (?:i|am|i'm)|prefer not to|why should i|nahi (?:dunga|dungi|dena|bataunga|batana))\b"
    r"(?! (?:stop|cancel|continue|proceed|do)\b).{0,40}"
    r"\b(?:give|giving|share|sharing|tell|telling|say|saying|provide|hand|write|type|leave|e-?mail|address|that|it"
    r"|dunga|"
    r"dungi|dena|batana)\b|\b(?:nahi (?:dunga|dungi|bataunga|bataungi|dena)|not (?:giving|sharing|telling)\b.*)"
    r"|\b(?:without|no) (?:my |any |an? )?(?:e-?mail|mail|address)(?: (?:address|id|please|thanks|pls|needed"
    r"|for (?:you|me)))?\W*\Z"
    r"|\b(?:i )?(?:do not|don't|dont) (?:use|have|own) (?:an? |any |my own )*(?:e-?mails?|mail|computer|address)\b"
)


def affirms(text: str, *, repeats: re.Pattern[str] | None = None, strictly: bool = False) -> bool:
    """Whether an answer says yes. `repeats` finds words of the request itself, which may be said again in agreement;
    `strictly`: and nothing else.
    """
    said = _signs_as_words(short.plain(text))
    if not said or len(said) > short.LONGEST_ANSWER or "?" in said:
        return False
    if short.reads_yes(text):
        return True
    if says_stop(text):
        return False
    said = _HURRY.sub("", _TAG_NA.sub(r"\1", _PLACEHOLDER.sub(" ", said)))
    said, idioms = IDIOMS.subn(f" {_YES_MARK}_ ", _without_leading_no(said))
    if ELSE.search(said):
        return False
    left = repeats.sub(" ", said) if repeats else said
    words = [_base(word) for word in _words_of(left)]
    repeated = len(left) != len(said)
    if any(_speaks_against(word, words, repeated=repeated) for word in words):
        return False
    return (_at_the_edge(words) and not strictly) or _all_of_it(words, idioms=idioms)


def denies(text: str) -> bool:
    """Whether an answer says no, or that something is wrong, and asks nothing."""
    said = _signs_as_words(short.plain(text))
    words = _words_of(said)
    if not words or "?" in said or len(words) > LONGEST_NO or affirms(text) or asks_back(text):
        return False
    return short.reads_no(text) or short.starts_with_no(said) or _NEGATED.search(said) is not None


def stops(text: str) -> bool:
    """Whether an answer stops what is going on, and wishes for nothing else beside it; a reason may be given."""
    return says_stop(text) and not _wishes_else(text)


def says_stop(text: str) -> bool:
    """Whether a part of an answer says to stop, whatever else is wished beside it."""
    return short.reads_cancel(text) or any(map(_is_stop, clauses_of(text)))


def wishes_person(text: str) -> bool:
    return stopping.PERSON.search(short.plain(text)) is not None


def puts_off(text: str) -> bool:
    """Whether the answer is announced for later."""
    said = short.plain(text)
    if len(said) > short.LONGEST_ANSWER or stopping.ALARMS.search(said):
        return False
    return stopping.LATER.fullmatch(said.strip(" .!,…")) is not None


def means_same_address(text: str) -> bool:
    """Whether it points to an address that was given before."""
    return stopping.SAME_ADDRESS.search(short.plain(text)) is not None


def asks_back(text: str) -> bool:
    """Whether it asks what was meant: no answer, and no question for the policy."""
    said = short.plain(text)
    if len(said) > short.LONGEST_ANSWER:
        return False
    return any(stopping.HUH.fullmatch(part) for part in (said, *_sentences(said)[:1]))


def refuses(text: str) -> bool:
    """Whether what was asked for is held back: "no, I won't give you my email"."""
    said = short.plain(text)
    return "?" not in said and len(said) <= short.LONGEST_ANSWER and _REFUSES.search(said) is not None


def clauses_of(text: str) -> list[str]:
    """The parts of an answer, each without signs at its ends."""
    said = _signs_as_words(short.plain(text))
    parts = (part.strip(" '\"?") for part in stopping.CLAUSES.split(said))
    return [part if len(part) <= short.LONGEST_ANSWER else _TOO_LONG for part in parts if part]


def is_wish(clause: str) -> bool:
    """Whether a clause wishes for something else than to stop, to keep what there is, or to do it oneself."""
    harmless = (stopping.STOPS.fullmatch, stopping.KEEPS.fullmatch, stopping.OWN_DOING.match)
    return stopping.WISHES.search(clause) is not None and not any(reads(clause) for reads in harmless)


def _at_the_edge(words: list[str]) -> bool:
    strong = bool(words) and (words[0] in STRONG_YES or words[-1] in STRONG_YES)
    return strong and len(words) <= LONGEST_YES


def _all_of_it(words: list[str], *, idioms: int) -> bool:
    """Whether it is made of nothing but agreement and small words."""
    agrees = idioms > 0 or any(word in YES for word in words)
    return agrees and len(words) <= LONGEST_PLAIN_YES and all(word in YES or word in NEUTRAL for word in words)


def _speaks_against(word: str, words: list[str], *, repeated: bool) -> bool:
    wished = word in MAY_BE_WISHED and (repeated or any(each in YES for each in words))
    return word in AGAINST and not wished


def _signs_as_words(said: str) -> str:
    said = _TONES.sub("", said)
    for signs, mark in ((YES_SIGNS, _YES_MARK), (NO_SIGNS, _NO_MARK)):
        said = re.sub(f"[{signs}]", f" {mark} ", said)
    bare = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", said)))
    pictured = "".join(", " if unicodedata.category(sign) == "So" else sign for sign in bare)
    return pictured.replace("+1", _YES_MARK).strip(" ,")


def _without_leading_no(said: str) -> str:
    """A leading no answers whether anything is wrong, where all is then said to be well: "no, that's right"."""
    return _LEADING_NO.sub("", said)


def _words_of(said: str) -> list[str]:
    return [
        _YES_MARK if word.startswith(f"{_YES_MARK}_") else word for word in _WORD.findall(said.replace("yes_", "yes"))
    ]


def _base(word: str) -> str:
    """The word as the lexicon has it: "yessss" is "yes", "haaaan" is "haan"."""
    tries = (word, _LONG_RUN.sub(r"\1\1", word), _LONG_RUN.sub(r"\1", word), _RUN.sub(r"\1", word))
    return next((each for each in tries if each in YES or each in NEUTRAL or each in AGAINST), word)


def _sentences(said: str) -> list[str]:
    return [part.strip() for part in re.split(r"(?<=[.?!])\s+", said)]


def _is_stop(clause: str) -> bool:
    return any(stopping.STOPS.fullmatch(part) for part in (clause, stopping.REASON_BEGINS.split(clause)[0]))


def _wishes_else(text: str) -> bool:
    """Whether one of the clauses that do not stop wishes for something."""
    if "?" in text and not _asks_to_stop(text):
        return True
    others = [part for clause in clauses_of(text) for part in stopping.REASON_BEGINS.split(clause)]
    return any(map(is_wish, others))


def _asks_to_stop(text: str) -> bool:
    """Whether what it asks is to stop: "can you cancel it?"."""
    asked = [part.strip(" ?") for part in _sentences(short.plain(text)) if part.endswith("?")]
    return all(any(map(_is_stop, stopping.CLAUSES.split(part))) for part in asked)
