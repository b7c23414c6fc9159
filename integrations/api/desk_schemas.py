"""The JSON of the desk: what it may send about a ticket, and the shapes of tickets and reports."""

import re
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from assistant.desk.values import Wanted
from assistant.reply import Right, Severity
from assistant.tickets.values import Filters, Kind, Regime, Status
from integrations.api.schemas import Message, Sent

MAX_NAME = 64
MAX_EMAIL = 254
MAX_SEARCH = 200
MAX_REASON = 1_000
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LAST_SECOND = time(23, 59, 59)


def _name(text: str) -> str:
    name = text.strip()
    if not name or not name.isprintable():
        raise PydanticCustomError("name_form", "Must have printable characters")
    return name


def _moment(value: object) -> object:
    """An instant with its time zone, or a day: never a number, never a local time that could be anywhere's."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    if not isinstance(value, str):
        raise PydanticCustomError("moment_form", "Write YYYY-MM-DD, or an instant such as 2026-03-02T09:15:00Z")
    # In a query a plus sign reads as a space.
    at = datetime.fromisoformat(value.replace(" ", "+"))
    if at.tzinfo is None:
        raise PydanticCustomError("moment_zone", "Write the time zone of an instant: 2026-03-02T09:15:00Z")
    return at.astimezone(UTC)


def _searchable(text: str) -> str:
    if not text.isprintable():
        raise PydanticCustomError("search_form", "Must have printable characters")
    return text


Name = Annotated[str, AfterValidator(_name), Field(min_length=1, max_length=MAX_NAME)]
Reason = Annotated[str, AfterValidator(_name), Field(min_length=1, max_length=MAX_REASON)]
Search = Annotated[str, AfterValidator(_searchable), Field(max_length=MAX_SEARCH)]


def _tolerant_moment(value: object) -> object:
    try:
        return _moment(value)
    except (ValueError, OverflowError) as error:
        if isinstance(error, PydanticCustomError):
            raise
        raise PydanticCustomError(
            "moment_form", "Write YYYY-MM-DD, or an instant such as 2026-03-02T09:15:00Z"
        ) from None


Moment = Annotated[
    datetime | date,
    BeforeValidator(_tolerant_moment),
    Field(json_schema_extra={"type": "string", "examples": ["2026-05-01", "2026-05-01T16:00:00Z"]}),
]


def start_of(moment: datetime | date, zone: ZoneInfo) -> datetime:
    """The instant itself, or the first of a day."""
    return _instant(moment, time.min, zone)


def end_of(moment: datetime | date, zone: ZoneInfo) -> datetime:
    """The instant itself, or the last second of a day: who has until a day has all of it."""
    return _instant(moment, _LAST_SECOND, zone)


def _instant(moment: datetime | date, at: time, zone: ZoneInfo) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment, at, zone)


class NewTicketBody(Sent):
    kind: Kind
    text: Message
    right: Right | None = None
    email: Annotated[str, Field(max_length=MAX_EMAIL)] | None = None
    severity: Severity | None = None
    on_behalf_of: Name | None = None

    def wanted(self) -> Wanted:
        return Wanted(**dict(self))


class Claim(Sent):
    """Nothing: the caller takes the ticket."""


class Assignment(Sent):
    to: Name


class Transition(Sent):
    to: Status
    reason: Annotated[str, Field(max_length=MAX_REASON)] | None = None


class Extension(Sent):
    until: Moment
    reason: Reason


class Note(Sent):
    text: Message


class RegimeChoice(Sent):
    regime: Regime


class Acknowledgement(Sent):
    by: Name | None = None


class Listing(Sent):
    """What the list of tickets is narrowed to, and in which form it is wanted."""

    status: Literal["open"] | Status | None = None
    kind: Kind | None = None
    right: Right | None = None
    severity: Severity | None = None
    assignee: Name | None = None
    due_before: Moment | None = None
    q: Search | None = None
    cursor: Annotated[str, AfterValidator(_searchable), Field(max_length=1_000)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    format: Literal["json", "csv"] | None = None

    def filters(self, zone: ZoneInfo) -> Filters:
        return Filters(
            status=self.status,
            kind=self.kind,
            right=self.right,
            severity=self.severity,
            assignee=self.assignee,
            due_before=start_of(self.due_before, zone) if self.due_before else None,
            q=self.q,
        )


class TicketShape(BaseModel):
    """A ticket as its card: what the requester may know too."""

    reference: str
    kind: str
    right: str | None
    status: str
    severity: str | None
    due_at: str | None
    due_basis: dict[str, str] | None
    first_answer_due_at: str | None
    version: int


class TicketRowShape(TicketShape):
    """The address is masked."""

    opened_at: str
    assignee: str | None
    email: str | None
    email_proven: bool
    group: str | None


class TicketPageShape(BaseModel):
    items: list[TicketRowShape]
    next: str | None


class TicketViewShape(TicketRowShape):
    """The whole ticket, personal data in clear."""

    text: str
    details: str | None
    on_behalf_of: str | None
    subject: str
    origin: str
    regime: str | None
    noticed_at: str | None
    verified_at: str | None
    first_answered_at: str | None
    acknowledged_at: str | None
    acknowledged_by: str | None
    paused_at: str | None
    closed_at: str | None
    duplicate_of: str | None
    linked: list[str]
    deadlines: list[dict[str, Any]]
    moves: list[str]
    global_privacy_control: bool


class HistoryShape(BaseModel):
    items: list[dict[str, Any]]
