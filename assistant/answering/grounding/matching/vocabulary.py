"""The words that the matching knows: base forms, what can be a verb, what may stand for what. Knows no grammar."""

import re
from collections import defaultdict
from functools import cache
from importlib.resources import files

from assistant.answering.grounding.matching.closed import listed

PARTICIPLES = listed(
    "kept held sent sold given made taken built shown told paid lost written met found seen said got gone "
    "known left brought bought chosen begun heard learnt rung run withdrawn understood forbidden hidden "
    "stolen driven spoken thought laid meant put set read lent sought overwritten broken cut let done"
)
_BASE = listed(
    "data gps cctv sms analytics news address business access process status pass less unless plus gas need "
    "speed feed exceed proceed red hundred bed bring ring during string thing king anything something nothing "
    "everything morning evening this his its is as always perhaps besides sometimes premises goods"
)
_SHORT = 3


def base(word: str) -> str:
    """The word without its inflection. What is unknown loses a plural, and `ed` or `ing` only where a verb is left."""
    if word in _irregular():
        return _irregular()[word]
    if word in _BASE or len(word) <= _SHORT or not word.isalpha():
        return word
    for suffix in ("ing", "ed", "ied"):
        if word.endswith(suffix):
            stem = word[: -len(suffix)]
            found = next((verb for verb in _verb_stems(stem, suffix) if verb in verbs()), None)
            if found is not None:
                return found
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _verb_stems(stem: str, suffix: str) -> tuple[str, ...]:
    if suffix == "ied":
        return (stem + "y",)
    doubled = stem[:-1] if re.search(r"([bdfglmnprt])\1$", stem) else stem
    return (stem + "e", stem, doubled)


@cache
def _irregular() -> dict[str, str]:
    parted = (line.partition(": ") for line in lines("irregular.txt"))
    return {form: base for base, _, forms in parted for form in forms.split()}


@cache
def verbs() -> dict[str, str]:
    """Verbs, each with how seldom it is a noun: `verb`, `either` or `noun`."""
    return {word: kind for kind in ("verb", "either", "noun") for word in _forms()[kind]}


def adjective(word: str) -> bool:
    """Whether a base form is first an adjective."""
    return word in _forms()["adjective"]


@cache
def _forms() -> dict[str, frozenset[str]]:
    parted = (line.partition(": ") for line in lines("forms.txt"))
    return {kind: frozenset(words.split()) for kind, _, words in parted}


@cache
def _senses() -> dict[str, frozenset[int]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(lines("synonyms.txt")):
        for word in line.split():
            found[word].add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def same(one: str, other: str) -> bool:
    """Whether one base form may stand for the other."""
    if one == other:
        return True
    senses = _senses()
    return not senses.get(one, frozenset()).isdisjoint(senses.get(other, frozenset()))


def lines(name: str) -> list[str]:
    """The lines of a table, without its comments."""
    text = (files("assistant.answering.grounding.matching") / "english" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


_LAST = listed("for in off on up out back down over away to at with of from into through know")


@cache
def joined() -> frozenset[str]:
    """Verbs of several words, as `sign-in` or `opt-out-of`."""
    return frozenset(word for word in _senses() if word.split("-")[0] in verbs() and word.split("-")[-1] in _LAST)


def verb_kind(word: str) -> str | None:
    """How seldom a base form is a noun, or None where it is no verb."""
    return verbs().get(word) or ("verb" if word in joined() else None)
