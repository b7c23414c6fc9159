"""What a visitor who reports a danger is told. No logic beyond filling in names."""

from assistant.reply import Severity
from assistant.security.severity import IncidentKind
from assistant.words.book import Words

# Kinds with a warning of their own against sending something here.
_OWN_WARNING = frozenset(
    {
        IncidentKind.LIVE_SECRET,
        IncidentKind.CHILD_DATA,
        IncidentKind.OTHERS_DATA,
        IncidentKind.EXPOSURE,
        IncidentKind.VULNERABILITY,
    }
)


def now(words: Words, kind: IncidentKind) -> str:
    return words(f"security.now.{kind}")


def not_here(words: Words, kind: IncidentKind) -> str:
    return words(f"security.not_here.{kind if kind in _OWN_WARNING else 'other'}")


def recorded(words: Words, reference: str, severity: Severity) -> str:
    return words("security.recorded", reference=reference, severity=_named(words, severity))


def added(words: Words, reference: str, severity: Severity) -> str:
    return words("security.added", reference=reference, severity=_named(words, severity))


def _named(words: Words, severity: Severity) -> str:
    return words(f"security.severities.{severity}")
