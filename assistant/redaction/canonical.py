"""Canonical text: the one spelling of a message that every recogniser reads, with the way back to what was typed.

It knows no identifier, and it is never shown, stored or sent.
"""

from assistant.redaction.folding import Canonical, fold
from assistant.redaction.spelling import spelled_addresses, spelled_digits, spelled_signs

__all__ = ["Canonical", "canonicalise"]


def canonicalise(text: str) -> Canonical:
    """Fold characters, then words that stand for signs. Linear in the length of the message; never raises."""
    canonical = fold(text)
    for edits_of in (spelled_signs, spelled_addresses, spelled_digits):
        canonical = canonical.replacing(edits_of(canonical.text))
    return canonical
