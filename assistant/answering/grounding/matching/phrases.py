"""Numbers, units, contractions and turns of phrase, each with the word that it is read as."""

from functools import cache

from assistant.answering.grounding.matching.closed import listed
from assistant.answering.grounding.matching.vocabulary import lines

CONTRACTIONS: dict[str, str] = {
    "cannot": "can not", "can't": "can not", "won't": "will not", "don't": "do not", "doesn't": "does not",
    "isn't": "is not", "aren't": "are not", "hasn't": "has not", "haven't": "have not", "mustn't": "must not",
    "didn't": "did not", "shouldn't": "should not", "wouldn't": "would not", "wasn't": "was not",
    "we're": "we are", "you're": "you are", "they're": "they are", "it's": "it is", "we'll": "we will",
    "you'll": "you will", "they'll": "they will", "it'll": "it will", "we've": "we have", "you've": "you have",
    "they've": "they have", "there's": "there is", "that's": "that is", "couldn't": "could not",
}  # fmt: skip
_COUNTED = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_TENS = {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "eighty": "80", "ninety": "90"}
NUMBERS = {word: str(value) for value, word in enumerate(_COUNTED)} | _TENS | {"hundred": "100", "thousand": "1000"}
UNITS = listed("second minute hour day week fortnight month quarter year decade percent business-day night weekday")
PARTICLES = listed("off on up out down back over away in know")


@cache
def phrases() -> dict[str, str]:
    """Each phrase with its meaning, which may be nothing."""
    found = {}
    for line in lines("phrases.txt"):
        meaning, _, said = line.partition(" = ")
        found.update(dict.fromkeys(said.split(" | "), meaning.strip()))
    return found
