"""Amounts as people write them, in digits or in words; knows nothing of what is counted."""

import re

_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

NUMBER_WORDS: dict[str, int] = {
    "a": 1,
    "an": 1,
    **{word: value for value, word in enumerate(_UNITS + _TEENS, 1)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
}

# One amount: "30", "twelve", "forty-five", "a". The longest words come first, so that "seven" never cuts "seventeen".
AMOUNT = r"(?:\d{{1,4}}|(?:{tens})[-\s](?:{units})|{words})".format(
    tens="|".join(_TENS),
    units="|".join(_UNITS),
    words="|".join(sorted(NUMBER_WORDS, key=len, reverse=True)),
)


def read_amount(written: str) -> int:
    """The value of one amount that matches AMOUNT; upper and lower case are equal."""
    if written.isdecimal():
        return int(written)
    return sum(NUMBER_WORDS[word] for word in re.split(r"[-\s]+", written.lower()))
