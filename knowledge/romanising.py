"""Devanagari -> Latin letters, near to how people type Hindi on a phone, so that one bank and one model serve both.

The encoder and the n-grams were taught Latin script alone. Transliteration by anyascii, which also drops the vowels
that are written and not spoken.
"""

import re

from anyascii import anyascii

_DEVANAGARI = re.compile(
    r"[\u0900-\u0963\u0966-\u097f\u200c\u200d\ua8e0-\ua8ff]*[\u0900-\u0963\u0966-\u097f\ua8e0-\ua8ff]"
)
_JOINERS = re.compile(r"[\u200c\u200d]")
# What the transliteration writes for a dot below a letter, and the full stop.
_LEFT_OVER = str.maketrans({"'": "", "`": ""})
_STOPS = str.maketrans({"\u0964": ". ", "\u0965": ". "})


def romanised(text: str) -> str:
    """`text` with every run of Devanagari in Latin letters; anything else stays as it is."""
    if not _DEVANAGARI.search(text):
        return text
    return _DEVANAGARI.sub(_latin, text.translate(_STOPS))


def _latin(word: re.Match[str]) -> str:
    return anyascii(_JOINERS.sub("", word[0])).translate(_LEFT_OVER)
