"""How a report is read: in one spelling, by patterns of whole words that stay within a sentence."""

import re

# Within one sentence and not far off.
NEAR = r"[^.?!]{0,60}?"


# How words are typed in a hurry, and what is read for them.
_SPELLINGS = {
    "acount": "account",
    "accont": "account",
    "accnt": "account",
    "pasword": "password",
    "passwrd": "password",
    "pwd": "password",
    "emial": "email",
    "emal": "email",
    "some1": "someone",
    "sum1": "someone",
    "sombody": "somebody",
    "somone": "someone",
    "every1": "everyone",
    "ppl": "people",
    "ppls": "people",
    "hackr": "hacker",
    "haked": "hacked",
    "hackd": "hacked",
    "hakd": "hacked",
    "ur": "your",
    "u": "you",
    "r": "are",
    "sendng": "sending",
    "useing": "using",
    "usng": "using",
    "cutomers": "customers",
    "custmers": "customers",
    "frm": "from",
    "dont": "don't",
    "didnt": "didn't",
    "pic": "picture",
    "pics": "pictures",
}
_MISTYPED = re.compile(rf"\b(?:{'|'.join(_SPELLINGS)})\b")
# A full stop inside a name or a number ends no sentence.
_INNER_STOP = re.compile(r"(?<=\w)\.(?=\w)")


def read(text: str) -> str:
    """A masked message in the one spelling that these patterns are written for."""
    lower = text.lower().replace("’", "'").replace("‘", "'")
    return _MISTYPED.sub(lambda match: _SPELLINGS[match[0]], _INNER_STOP.sub("_", lower))


def words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(alternatives) + r")(?!\w)")
