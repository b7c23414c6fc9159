"""Which language a message is written in: by its script where that tells, by a recogniser for the rest.

English, Hindi and Hindi in Latin letters, with all their typing errors, must not be taken for anything else; so only a
long, clear message in a language of the list is. Pure; knows no reply.
"""

import re
import threading
import unicodedata
from functools import lru_cache

import gcld3

ENGLISH, HINDI, OTHER = "en", "hi", "other"
# What a rights request, a report or a wish for a person is looked for in.
HEARD = frozenset({ENGLISH, HINDI})

# Whoever writes these often: a recogniser takes misspelt English for the rare ones that are not in here.
_LANGUAGES_LISTED = "bg ca cs da de el es et fi fr hr hu id it lt lv nl no pl pt ro ru sk sl sr sv tr uk vi"
_LISTED = frozenset(_LANGUAGES_LISTED.split())
_SURE = 0.9
_FEWEST_LETTERS, _FEWEST_WORDS = 20, 4
# A word that stands in English, or in Hindi in Latin letters, and in hardly any sentence of a listed language.
_OUR_WORDS = (
    "the you your my how what why when where who does did are with this that these those please can cannot would "
    "more wrong every looks email emails copy stop close "
    "could should it its it's i'm im u ur r pls plz wat hw wen frm wud shud dont don't didn't want need know get got "
    "hai hain kya mera meri mere aap aapka aapki mujhe hum humara nahi nahin kaise kaun kitne karo kar karna karte "
    "kiya wala wali bhejo aur bhai bhi toh gaya raha rahe batao chahiye"
)
_OURS = frozenset(_OUR_WORDS.split())
# Placeholders, links, addresses and whatever has a digit in it say nothing about the language.
_NO_WORDS = re.compile(r"\[[^\]]*\]|\S*[\d@]\S*|https?:\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def language_of(text: str) -> str | None:
    """HINDI for Devanagari, OTHER for another script, the code of a recognised language, None where nothing is sure."""
    said = _NO_WORDS.sub(" ", unicodedata.normalize("NFKC", text))
    if said.isascii():
        return _recognised(said, sum(map(str.isalpha, said)))
    # Vowel signs are letters here: without them Devanagari would weigh half of what it is.
    letters = [sign for sign in said if unicodedata.category(sign)[0] in "LM"]
    latin = sum(unicodedata.name(letter, "").startswith(("LATIN", "COMBINING")) for letter in letters)
    if 2 * latin < len(letters):
        devanagari = sum("\u0900" <= letter <= "\u097f" for letter in letters)
        return HINDI if 2 * devanagari > len(letters) - latin else OTHER
    return _recognised(said, len(letters))


def _recognised(said: str, letters: int) -> str | None:
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(said)]
    if letters < _FEWEST_LETTERS or len(words) < _FEWEST_WORDS or not _OURS.isdisjoint(words):
        return None
    found = _recogniser().find(said)
    is_sure = found.is_reliable and found.probability >= _SURE and found.language in _LISTED
    return str(found.language) if is_sure else None


class _Recogniser:
    """One network for all threads: it lets the interpreter go on while it computes, and does not say it may."""

    def __init__(self) -> None:
        self._network = gcld3.NNetLanguageIdentifier(min_num_bytes=0, max_num_bytes=1000)
        self._alone = threading.Lock()

    def find(self, said: str) -> gcld3.Result:
        with self._alone:
            return self._network.FindLanguage(said)


@lru_cache(maxsize=1)
def _recogniser() -> _Recogniser:
    return _Recogniser()
