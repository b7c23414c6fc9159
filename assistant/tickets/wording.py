"""What the queue writes to people: the mails of a reply and of an extension, and the thin warning to the desk."""

from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.organisation import Organisation
from assistant.tickets.values import ClockName, Kind

_KINDS = {
    Kind.RIGHTS_REQUEST: "rights request",
    Kind.SECURITY_INCIDENT: "security incident",
    Kind.INQUIRY: "inquiry",
    Kind.COMPLAINT: "complaint",
}
_CLOCKS = {
    ClockName.ANSWER: "answer",
    ClockName.FIRST_ANSWER: "first answer",
    ClockName.ACKNOWLEDGE: "confirmation of receipt",
}
OVERDUE = 100


def reply_subject(reference: str, organisation: Organisation) -> str:
    return f"{organisation.name}: a reply to {reference}"


def reply_body(text: str, reference: str, organisation: Organisation) -> str:
    return f"{text.strip()}\n\n{_footer(reference, organisation)}"


def extension_subject(reference: str, organisation: Organisation) -> str:
    return f"{organisation.name}: more time is needed for {reference}"


def extension_body(reason: str, until: datetime, reference: str, organisation: Organisation) -> str:
    when = day(until, organisation.zone)
    return (
        f"We need more time to answer your request. It is now due by {when}.\n\n"
        f"Why: {reason.strip()}\n\n{_footer(reference, organisation)}"
    )


def warning_subject(reference: str, percent: int) -> str:
    return f"{reference} is overdue" if percent >= OVERDUE else f"{reference}: {percent} % of the time is over"


def warning_body(reference: str, kind: Kind, clock: ClockName, due_at: datetime, zone: ZoneInfo) -> str:
    return f"Reference: {reference}\nKind: {_KINDS[kind]}\nThe {_CLOCKS[clock]} is due: {moment(due_at, zone)}\n"


def day(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{local.day} {local:%B %Y}"


def moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{day(at, zone)}, {at.astimezone(zone):%H:%M} ({zone.key})"


def _footer(reference: str, organisation: Organisation) -> str:
    return f"Reference: {reference}\nPrivacy contact of {organisation.name}: {organisation.privacy_contact.email}\n"
