"""The JSON that crosses the border: what a caller may send, and the shapes we promise to send."""

import re
import unicodedata
from datetime import date
from itertools import groupby
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool
from pydantic_core import PydanticCustomError

from assistant.words.book import languages

MAX_MESSAGE = 4_000
MAX_COMMENT = 1_000
# Spaces, controls and marks that show nothing by themselves: a message of these alone is blank.
_INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


# NFKC may make three letters one (Hangul), so a text may arrive that much longer than it is counted.
_SHRINKS = 3
# Putting marks in order takes the square of their number; no script stacks more on a letter (UAX 15, stream-safe text).
MAX_MARKS = 30
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _within(limit: int, text: str) -> str:
    """Counted after NFKC, the form in which it is read: one ligature may stand for eighteen letters."""
    too_long = PydanticCustomError("text_too_long", "May have {limit} characters at most", {"limit": limit})
    if len(text) > limit * _SHRINKS:
        raise too_long
    runs = (sum(1 for _ in run) for marks, run in groupby(text, key=_is_mark) if marks)
    if any(length > MAX_MARKS for length in runs):
        raise PydanticCustomError("text_marks", "May have {limit} marks on one letter at most", {"limit": MAX_MARKS})
    if len(unicodedata.normalize("NFKC", text)) > limit:
        raise too_long
    return text


def _is_mark(character: str) -> bool:
    return unicodedata.combining(character) != 0


def _message(text: str) -> str:
    if all(unicodedata.category(character) in _INVISIBLE for character in text):
        raise PydanticCustomError("text_blank", "Must not be blank")
    return _within(MAX_MESSAGE, text)


def _comment(text: str) -> str:
    return _within(MAX_COMMENT, text)


def _language(name: str) -> str:
    if name not in languages():
        raise PydanticCustomError("language_unknown", "Is none of the languages that there are words for")
    return name


def _day(value: object) -> object:
    """Dates are written YYYY-MM-DD; the library would take seconds since 1970 as well."""
    if (isinstance(value, str) and not _DAY.fullmatch(value)) or isinstance(value, int | float):
        raise PydanticCustomError("day_form", "Write the day as YYYY-MM-DD")
    return value


Message = Annotated[str, AfterValidator(_message), Field(json_schema_extra={"minLength": 1, "maxLength": MAX_MESSAGE})]
Comment = Annotated[str, AfterValidator(_comment), Field(json_schema_extra={"maxLength": MAX_COMMENT})]
Language = Annotated[str, AfterValidator(_language), Field(json_schema_extra={"enum": list(languages())})]
TurnId = Annotated[str, Field(pattern=r"^[A-Za-z0-9._:-]{1,64}$")]
VersionName = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,64}$")]


class Sent(BaseModel):
    """What a caller sends; members that we do not know are ignored."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)


class NewConversation(Sent):
    channel: Literal["web"]
    language: Language | None = None


class NewMessage(Sent):
    text: Message
    turn_id: TurnId | None = None


class Feedback(Sent):
    helpful: StrictBool
    comment: Comment | None = None


class Question(Sent):
    question: Message
    as_of: Annotated[date | None, BeforeValidator(_day)] = None


class ProblemShape(BaseModel):
    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] | None = None


class OpenedShape(BaseModel):
    id: str
    token: str
    greeting: str
    suggestions: list[str]
    disclosure: str


class PartShape(BaseModel):
    kind: str
    text: str
    citation: int | None


class CitationShape(BaseModel):
    clause: str
    section: str
    quote: str
    start: int
    end: int
    policy_version: str
    url: str


class ReplyShape(BaseModel):
    turn_id: str | None
    conversation_id: str | None
    intent: str
    other_intents: list[str]
    rights: list[str]
    outcome: str
    parts: list[PartShape]
    text: str
    citations: list[CitationShape]
    see_also: list[CitationShape]
    asks_for: str | None
    tickets: list[dict[str, Any]]
    suggestions: list[str]
    policy_version: str


class TurnShape(BaseModel):
    turn_id: str
    at: str
    text: str
    reply: ReplyShape


class TranscriptShape(BaseModel):
    id: str
    created_at: str
    turns: list[TurnShape]


class KeptShape(BaseModel):
    reference: str
    why: str


class ReceiptShape(BaseModel):
    id: str
    conversation_id: str
    erased_at: str
    kept: list[KeptShape]
    signature: str


class ErasedShape(BaseModel):
    receipt: ReceiptShape
