"""How bad a report is and what kind of thing it reports: rules as data on masked text. Needs no model and no index.

Whether a message is a report at all is decided elsewhere; here it is taken for one.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.reply import Severity
from assistant.security import signs
from assistant.security import signs_of_data as data
from assistant.security.patterns import read


class IncidentKind(StrEnum):
    """What a visitor reports; decides which instructions are given. Of equally bad readings the upper one counts."""

    RANSOMWARE = "ransomware"
    MONEY_OR_CODE = "money_or_code"
    TAKEOVER = "takeover"
    LIVE_SECRET = "live_secret"  # noqa: S105 - a kind of incident
    CHILD_DATA = "child_data"
    OTHERS_DATA = "others_data"
    EXPOSURE = "exposure"
    LOST_DEVICE = "lost_device"
    VULNERABILITY = "vulnerability"
    IMPERSONATION = "impersonation"
    SUSPICIOUS = "suspicious"
    HYGIENE = "hygiene"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Assessment:
    kind: IncidentKind
    severity: Severity


@dataclass(frozen=True, slots=True)
class _Rule:
    """A reading that holds where each pattern of `needs` is found and `unless` is not.

    `as_told` reads the words as they stand; other rules do not see what the visitor says did not happen.
    """

    kind: IncidentKind
    severity: Severity
    needs: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None = None
    as_told: bool = False


_RANK = {Severity.CRITICAL: 0, Severity.HIGH: 1, Severity.NORMAL: 2}
_READ_FIRST = {kind: place for place, kind in enumerate(IncidentKind)}

_C, _H, _N, _K = Severity.CRITICAL, Severity.HIGH, Severity.NORMAL, IncidentKind
_RULES = (
    _Rule(_K.RANSOMWARE, _C, (signs.RANSOM,)),
    _Rule(_K.MONEY_OR_CODE, _C, (signs.GAVE_AWAY,)),
    _Rule(_K.MONEY_OR_CODE, _C, (signs.PAID,)),
    _Rule(_K.TAKEOVER, _C, (signs.INVADED,)),
    _Rule(_K.TAKEOVER, _C, (signs.NOT_MINE,), as_told=True),
    _Rule(_K.TAKEOVER, _C, (signs.PRESENT,)),
    _Rule(_K.LIVE_SECRET, _C, (data.SECRET_SHOWS,)),
    _Rule(_K.CHILD_DATA, _C, (data.CHILD, data.SHOWN)),
    _Rule(_K.OTHERS_DATA, _C, (data.MANY_OTHERS, data.REACHED)),
    _Rule(_K.EXPOSURE, _C, (data.LOOSE, data.MANY), unless=data.LOST, as_told=True),
    _Rule(_K.EXPOSURE, _C, (data.LISTS, data.OPENED)),
    _Rule(_K.EXPOSURE, _C, (data.BREACH,), unless=data.MINE),
    _Rule(_K.EXPOSURE, _C, (signs.THREAT,)),
    _Rule(_K.OTHERS_DATA, _H, (data.OTHERS, data.REACHED)),
    _Rule(_K.EXPOSURE, _H, (data.LOOSE,), as_told=True),
    _Rule(_K.LOST_DEVICE, _H, (data.LOST,)),
    _Rule(_K.TAKEOVER, _H, (signs.UNASKED,), as_told=True),
    _Rule(_K.TAKEOVER, _H, (signs.MALWARE,), unless=data.SMALL),
    _Rule(_K.VULNERABILITY, _H, (data.WEAK,), as_told=True),
    _Rule(_K.IMPERSONATION, _H, (signs.FAKED,), unless=signs.ASKS_WHETHER),
    _Rule(_K.IMPERSONATION, _H, (signs.CLAIMED,), unless=signs.ASKS_WHETHER),
    _Rule(_K.IMPERSONATION, _H, (signs.CLICKED,)),
    _Rule(_K.UNCLEAR, _H, (signs.UNDER_ATTACK,)),
    _Rule(_K.SUSPICIOUS, _N, (signs.ASKS_WHETHER,)),
    _Rule(_K.SUSPICIOUS, _N, (signs.STRANGE,)),
    _Rule(_K.HYGIENE, _N, (data.SMALL,)),
    _Rule(_K.HYGIENE, _N, (data.HABITS,)),
)
# A report that no rule can read may be anything short of the worst, so a person looks soon.
_UNREAD = Assessment(IncidentKind.UNCLEAR, Severity.HIGH)


def worse(one: Severity, other: Severity | None) -> Severity:
    """The worse of two; None is no opinion."""
    return one if other is None or _RANK[one] <= _RANK[other] else other


def rank(severity: Severity) -> int:
    """0 for the worst: the order in which people are told."""
    return _RANK[severity]


def assess(text: str) -> Assessment:
    """Judge a masked report. Linear in its length; never raises."""
    told = read(text)
    happened = signs.DENIED.sub(" ", told)
    found = [rule for rule in _RULES if _holds(rule, told if rule.as_told else happened)]
    if not found:
        return _UNREAD
    worst = min(found, key=lambda rule: (_RANK[rule.severity], _READ_FIRST[rule.kind]))
    return Assessment(worst.kind, worst.severity)


def _holds(rule: _Rule, words: str) -> bool:
    return all(need.search(words) for need in rule.needs) and not (rule.unless and rule.unless.search(words))
