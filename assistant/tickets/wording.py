"""What the queue writes to people: the mails of a reply and of an extension, in the requester's language, and the thin
warning to the desk in English.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.organisation import Organisation
from assistant.tickets.values import ClockName, Kind
from assistant.words.book import Words
from assistant.words.dates import long_day

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


def reply_subject(words: Words, reference: str, organisation: Organisation) -> str:
    return words("mail.reply.subject", organisation=organisation.name, reference=reference)


def reply_body(words: Words, text: str, reference: str, organisation: Organisation) -> str:
    return words("mail.reply.body", text=text.strip(), **_footer(reference, organisation))


def extension_subject(words: Words, reference: str, organisation: Organisation) -> str:
    return words("mail.extension.subject", organisation=organisation.name, reference=reference)


def extension_body(words: Words, reason: str, until: datetime, reference: str, organisation: Organisation) -> str:
    day = long_day(words, until.astimezone(organisation.zone))
    return words("mail.extension.body", day=day, reason=reason.strip(), **_footer(reference, organisation))


def warning_subject(reference: str, percent: int) -> str:
    return f"{reference} is overdue" if percent >= OVERDUE else f"{reference}: {percent} % of the time is over"


def warning_body(reference: str, kind: Kind, clock: ClockName, due_at: datetime, zone: ZoneInfo) -> str:
    return f"Reference: {reference}\nKind: {_KINDS[kind]}\nThe {_CLOCKS[clock]} is due: {moment(due_at, zone)}\n"


def moment(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{local.day} {local:%B %Y}, {local:%H:%M} ({zone.key})"


def _footer(reference: str, organisation: Organisation) -> dict[str, str]:
    return {"reference": reference, "organisation": organisation.name, "email": organisation.privacy_contact.email}
