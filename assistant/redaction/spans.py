"""Spans: where in canonical text an identifier stands, of which kind, and how claims to the same place are settled."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Kind(StrEnum):
    """What a placeholder can say. Of two claims to the same characters the kind that stands higher here wins."""

    PRIVATE_KEY = "private_key"
    SECRET = "secret"  # noqa: S105 - the word of a placeholder
    IP = "ip"
    MAC = "mac"
    EMAIL = "email"
    UPI = "upi"
    IBAN = "iban"
    GSTIN = "gstin"
    DRIVING_LICENCE = "driving_licence"
    PAN = "pan"
    VOTER_ID = "voter_id"
    PASSPORT = "passport"
    CARD = "card"
    PHONE = "phone"
    AADHAAR = "aadhaar"
    IMEI = "imei"
    SSN = "ssn"
    ACCOUNT = "account"
    IFSC = "ifsc"
    NUMBER = "number"


_RANK = {kind: rank for rank, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of canonical text that is an identifier; `value` is its canonical value."""

    start: int
    end: int
    kind: Kind
    value: str = field(repr=False)

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


def settle(claims: Iterable[Span]) -> list[Span]:
    """Spans in reading order without overlap, which together cover every character that any claim covers.

    The longer claim wins. What a losing claim covers beyond the winner is added to the winner:
    a wrong guess about the kind must not uncover half of an identifier.
    """
    kept: list[Span] = []
    losers: list[Span] = []
    for claim in sorted(claims, key=lambda span: (span.start - span.end, _RANK[span.kind], span.start)):
        place = bisect_left(kept, claim.start, key=lambda span: span.end - 1)
        if place < len(kept) and kept[place].overlaps(claim):
            losers.append(claim)
        else:
            kept.insert(place, claim)
    return _stretched(kept, losers)


def _stretched(kept: list[Span], losers: list[Span]) -> list[Span]:
    for loser in losers:
        place = bisect_left(kept, loser.start, key=lambda span: span.end - 1)
        winner = kept[place]
        start = min(winner.start, loser.start)
        limit = kept[place + 1].start if place + 1 < len(kept) else loser.end
        kept[place] = replace(winner, start=start, end=max(winner.end, min(loser.end, limit)))
    return kept
