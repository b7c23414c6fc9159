"""Devanagari -> Latin letters as people type Hindi on a phone, so that one bank and one model serve both scripts.

The encoder and the n-grams were taught Latin script alone. English words that Hindi writes in its own letters become
English again (`loanwords.txt`); the others go letter by letter. An inherent vowel is written and not spoken at the end
of a word and between two syllables that have a vowel each, from right to left (Ohala, "Aspects of Hindi Phonology",
1983: the rule of schwa deletion). Knows no meaning.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path

LOANWORDS = Path(__file__).parent / "loanwords.txt"

_WORD = re.compile(r"[\u0900-\u0963\u0966-\u097f\u200c\u200d\ua8e0-\ua8ff]*[\u0900-\u0963\u0966-\u097f\ua8e0-\ua8ff]")
_STOPS = str.maketrans({"\u0964": ". ", "\u0965": ". "})
_CONSONANTS_TYPED = "k kh g gh n ch chh j jh n t th d dh n t th d dh n p ph b bh m y r l v sh sh s h l"
_VOWELS_TYPED = "i i u u ri e ai o au o e"
_CONSONANTS = dict(zip("कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहळ", _CONSONANTS_TYPED.split(), strict=True))
_WITH_DOT = {"ज": "z", "फ": "f"}
_ALONE = dict(zip("अआइईउऊऋएऐओऔऑऍ", ("a", "aa", *_VOWELS_TYPED.split()), strict=True))
# The last takes the vowel away.
_SIGNS = dict(zip("ािीुूृेैोौॉॅ\u094d", ("a", *_VOWELS_TYPED.split(), ""), strict=True))
_DOT, _NASALS, _LIPS = "\u093c", "\u0901\u0902", frozenset("पफबभम")
INHERENT, LONG_A = "-", "a"
# A conjunct that ends in one of these keeps its vowel: "rajya", "mitra".
_GLIDES = frozenset("यरव")
# Short words that everybody types in one way, and not by their letters.
_USUAL = {
    "में": "mein",
    "मे": "me",
    "यह": "yeh",
    "वह": "woh",
    "हां": "haan",
    "हूं": "hu",
    "नहीं": "nahi",
    "क्यों": "kyu",
    "मैं": "main",
    "न": "na",
    "ना": "na",
}
# Endings that Hindi adds to words of other languages: "emails" is ईमेल or ईमेलों.
_ENDINGS = ("ों", "ें")


def romanised(text: str) -> str:
    """`text` with every run of Devanagari in Latin letters; anything else stays as it is."""
    if not _WORD.search(text):
        return text
    return _WORD.sub(_latin, text.translate(_STOPS).replace("ई-मेल", "ईमेल").replace("ज्ञ", "ग्य"))


def _latin(found: re.Match[str]) -> str:
    word = unicodedata.normalize("NFKC", re.sub("[\u200c\u200d]", "", found[0]))
    key = _key(word)
    if usual := _USUAL.get(key):
        return usual
    for stem in (key, *(key.removesuffix(ending) for ending in _ENDINGS if key.endswith(ending))):
        if loan := _loanwords().get(stem):
            return loan
    return _spelt(word)


def _key(word: str) -> str:
    """The word as loanwords are looked up: with or without a dot, and either sign of a nasal, it is the same."""
    return word.replace(_DOT, "").replace("\u0901", "\u0902")


@cache
def _loanwords() -> dict[str, str]:
    lines = LOANWORDS.read_text(encoding="utf-8").splitlines()
    pairs = (line.split(": ", 1) for line in lines if line and not line.startswith("#"))
    return {
        _key(unicodedata.normalize("NFKC", spelling)): word for word, spelt in pairs for spelling in spelt.split(", ")
    }


@dataclass(slots=True)
class _Syllable:
    """`sign` is the letter that it begins with; a vowel that is inherent and not written is INHERENT."""

    sign: str
    consonant: str
    vowel: str
    nasal: str = ""


def _spelt(word: str) -> str:
    syllables = _syllables(word)
    _silence(syllables)
    match syllables:
        case [first, last] if first.vowel == LONG_A and not first.nasal and not last.vowel:
            # "naam", "baad", "saal": in one spoken syllable between consonants it is typed twice.
            first.vowel = 2 * LONG_A
    return "".join(each.consonant + each.vowel.replace(INHERENT, "a") + each.nasal for each in syllables)


def _syllables(word: str) -> list[_Syllable]:
    found: list[_Syllable] = []
    for sign, following in zip_longest(word, word[1:], fillvalue=""):
        if sign in _CONSONANTS:
            found.append(_Syllable(sign, _CONSONANTS[sign], INHERENT))
        elif sign in _ALONE:
            found.append(_Syllable(sign, "", _ALONE[sign]))
        elif sign.isdecimal():
            found.append(_Syllable(sign, str(int(sign)), ""))
        elif not found:
            continue
        elif sign == _DOT:
            found[-1].consonant = _WITH_DOT.get(found[-1].sign, found[-1].consonant)
        elif sign in _NASALS:
            found[-1].nasal = "m" if following and following in _LIPS else "n"
        else:
            found[-1].vowel = _SIGNS.get(sign, found[-1].vowel)
    return found


def _silence(syllables: Sequence[_Syllable]) -> None:
    """Take out the inherent vowels that are not spoken."""
    if len(syllables) > 1:
        before, last = syllables[-2:]
        joined = not before.vowel and last.sign in _GLIDES
        if last.vowel == INHERENT and not last.nasal and not joined:
            last.vowel = ""
    for before, at, after in reversed(list(zip(syllables, syllables[1:], syllables[2:], strict=False))):
        if at.vowel == INHERENT and not at.nasal and before.vowel and after.vowel:
            at.vowel = ""
