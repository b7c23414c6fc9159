"""What the people on call are sent: thin words that name the incident, and where to say "mine"."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from assistant.reply import Severity
from assistant.security.severity import IncidentKind

LONGEST_WORDS = 300
REPORTED, DIGEST = "incident.reported", "incident.digest"
_LINK = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//\S+|\bwww\.\S+|\b(?:javascript|mailto|data|tel):\S+", re.IGNORECASE)
_HOST = re.compile(r"\b(?:[\w-]{1,63}\s?[\[({]?[.。．｡][\])}]?)+[^\W\d_]{2,}(?:[:/?#]\S*)?")
_MARKUP = re.compile(r"[<>`*|(){}\\]")
_KINDS: Mapping[str, str] = {kind.value: kind.value.replace("_", " ") for kind in IncidentKind}


@dataclass(frozen=True, slots=True)
class Notice:
    """One incident as the people on call are told of it; `sent` counts the times they were told before."""

    reference: str
    severity: Severity
    kind: str
    opened_at: datetime
    sent: int


@dataclass(frozen=True, slots=True)
class Tally:
    """A flood as they are told of it: how many stand open, how many of them are critical, and some by name."""

    open: int
    critical: int
    fresh: int
    named: Sequence[tuple[str, Severity]]
    sent: int


def subject(notice: Notice) -> str:
    again = f"Not yet acknowledged ({notice.sent + 1}): " if notice.sent else ""
    return f"{again}[{notice.severity.value}] security incident {notice.reference}"


def body(notice: Notice, zone: ZoneInfo, words: str = "") -> str:
    local = notice.opened_at.astimezone(zone)
    lines = [
        f"Security incident {notice.reference}",
        f"Severity: {notice.severity.value}",
        f"What it seems to be: {_KINDS[notice.kind]}",
        f"Reported: {local:%Y-%m-%d %H:%M} ({zone.key})",
        f"Alert number: {notice.sent + 1}",
    ]
    if words:
        lines += ["", "The visitor wrote, identifiers masked and links taken out:", f"> {words}"]
    lines += ["", "This alert is repeated until somebody acknowledges it:", *_how(notice.reference)]
    return "\n".join(lines) + "\n"


def chat(notice: Notice) -> str:
    """For Slack: one line, nothing of what the visitor wrote."""
    again = "Not yet acknowledged: " if notice.sent else ""
    return f"{again}security incident {notice.reference}, severity {notice.severity.value}. Please acknowledge it."


def event(notice: Notice) -> dict[str, Any]:
    return {
        "reference": notice.reference,
        "severity": notice.severity.value,
        "kind": notice.kind,
        "reported_at": notice.opened_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "alert": notice.sent + 1,
    }


def digest_subject(tally: Tally) -> str:
    return f"{tally.open} security incidents not yet acknowledged, {tally.critical} critical"


def digest_body(tally: Tally) -> str:
    lines = [
        "So many reports have come in that they are told together, at most once a minute.",
        f"Not acknowledged: {tally.open}, of them critical: {tally.critical}, new since the last mail: {tally.fresh}.",
        "Every one of them is recorded. The most severe stand first:",
        "",
        *(f"{severity.value:<8} {reference}" for reference, severity in tally.named),
    ]
    if (more := tally.open - len(tally.named)) > 0:
        lines.append(f"and {more} more in the queue")
    return (
        "\n".join([*lines, "", "An incident leaves this list when somebody acknowledges it:", *_how("REFERENCE")])
        + "\n"
    )


def digest_chat(tally: Tally) -> str:
    first = ", ".join(reference for reference, _ in tally.named[:5])
    return f"{tally.open} security incidents not yet acknowledged, {tally.critical} critical. First: {first}."


def digest_event(tally: Tally) -> dict[str, Any]:
    return {
        "open": tally.open,
        "critical": tally.critical,
        "new": tally.fresh,
        "references": [reference for reference, _ in tally.named],
    }


def without_links(masked: str) -> str:
    """What a visitor wrote, for a mail to the people on call: one short line with nothing to click on."""
    plain = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in masked[: 4 * LONGEST_WORDS])
    plain = _HOST.sub("[link]", _LINK.sub("[link]", unicodedata.normalize("NFKC", plain)))
    plain = " ".join(_MARKUP.sub(" ", plain).split())
    return plain if len(plain) <= LONGEST_WORDS else plain[: LONGEST_WORDS - 1].rstrip() + "…"


def _how(reference: str) -> list[str]:
    return [
        f"  privacy-assistant tickets acknowledge {reference}",
        f"  POST /v1/incidents/{reference}/acknowledge",
    ]
