"""A rephrasing to sentences with the clause ids they name. Refuses text in which a sentence names none."""

import re
import unicodedata
from collections.abc import Collection

from assistant.answering.grounding.verdict import Reason, Sentence

_MARKER = re.compile(r"\s*((?:\[[^\[\]]{1,80}\][\s,]*)+)")
_CONTINUES = re.compile(r"^(?:and|while|whereas|but)\s+")
_IDS = re.compile(r"\[([^\[\]]*)\]")
_INNER_END = re.compile(r"[.!?](?:\s|$)")
# A full stop that ends no sentence: after the word that answers, a title, an abbreviation.
_NO_END = re.compile(r"^(?:Yes|No)\. (?=\S)|\b(?:e\.g|i\.e|Mr|Mrs|Ms|Dr|Prof|Rs|a\.m|p\.m)\. (?=\S)")
_READABLE = re.compile(r"[^\W_]|[ ,.'’‘\-‑@+%$€£₹&;:()\"“”]|\u00a0")


def sentences(text: str, known: Collection[str]) -> tuple[Sentence, ...] | Reason:
    """The sentences in order, each closed by its markers; or the reason why the text cannot be taken."""
    if any(unicodedata.category(mark) in {"Cc", "Cf", "Co", "Cs", "Cn"} for mark in text.replace("\n", " ")):
        return Reason.UNREADABLE
    found: list[Sentence] = []
    at = 0
    for marker in _MARKER.finditer(text):
        ids = tuple(
            dict.fromkeys(name.strip() for group in _IDS.findall(marker[1]) for name in re.split(r"[,;]", group))
        )
        if not set(ids) <= set(known):
            return Reason.UNKNOWN_CLAUSE
        said = text[at : marker.start()].strip()
        said = _CONTINUES.sub("", said.removeprefix(".").strip()) if found else said
        at = marker.end()
        reason = _flaw(said)
        if reason is not None:
            return reason
        found.append(Sentence(said if said.endswith(".") else f"{said}.", ids))
    if text[at:].strip(" .\n"):
        return Reason.NO_CITATION
    return tuple(found) or Reason.EMPTY


def _flaw(said: str) -> Reason | None:
    body = said.removesuffix(".")
    if not body.strip():
        return Reason.NO_CITATION
    if not all(_READABLE.fullmatch(mark) for mark in body):
        return Reason.UNREADABLE
    return Reason.NO_CITATION if _INNER_END.search(_NO_END.sub("", body)) else None
