"""The forms that open over Slack: to report, and to work on a ticket; and what is wrong with one that was sent off."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assistant.dialogue.addresses import Unusable, address_of
from assistant.tickets.values import DONE, Kind, Status, TicketView
from integrations.slack import blocks, wording
from integrations.slack.blocks import Block

REPORT = "report"
NOTE, REPLY, EXTEND, RESOLVE, DISMISS = "note", "reply", "extend", "resolve", "dismiss"
# What a person may choose: a request expires and merges by itself.
_CHOSEN = DONE - {Status.EXPIRED, Status.MERGED}
# What is sent off over these was meant for the ticket as it was seen: the field that says so where it has changed.
GUARDED: Mapping[str, str] = {REPLY: REPLY, EXTEND: "reason", RESOLVE: "to", DISMISS: "reason"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a form was opened, and for which ticket as it was then; travels with the form.

    `version` is that of the ticket where another one would make what is sent off wrong; 0 where it would not.
    """

    reference: str = ""
    channel: str = ""
    version: int = 0

    def packed(self) -> str:
        return json.dumps([self.reference, self.channel, self.version])


def place_of(metadata: str) -> Place:
    """An empty place for what is none."""
    try:
        found = json.loads(metadata)
    except ValueError:
        return Place()
    match found:
        case [str(reference), str(channel), int(version)]:
            return Place(reference, channel, version)
    return Place()


def report(text: str, *, kind: str = "", right: str = "", place: Place) -> Block:
    """`text` is masked already. Over an incident that stands, what it is and whose right is asked no more."""
    labels = wording.REPORT_LABELS
    if place.reference:
        what = [blocks.section(wording.COMPLETES.format(reference=place.reference))]
        whose = []
    else:
        kinds = {each.value: name for each, name in wording.KINDS.items()}
        rights = {each.value: name for each, name in wording.RIGHTS.items()}
        what = [blocks.select("kind", labels["kind"], kinds, initial=kind or Kind.SECURITY_INCIDENT.value)]
        whose = [blocks.select("right", labels["right"], rights, initial=right, optional=True)]
    return blocks.modal(
        REPORT,
        title=wording.REPORT,
        submit=wording.SEND,
        metadata=place.packed(),
        blocks=[
            *what,
            blocks.text_input("text", labels["text"], initial=text),
            *whose,
            blocks.select("severity", labels["severity"], wording.SEVERITIES, optional=True),
            blocks.text_input("on_behalf_of", labels["on_behalf_of"], multiline=False, optional=True),
            blocks.text_input("email", labels["email"], multiline=False, optional=True),
            blocks.context(wording.REPORT_HINT),
        ],
    )


def note(place: Place) -> Block:
    return _words(NOTE, wording.NOTE, place)


def reply(place: Place) -> Block:
    return _words(REPLY, wording.REPLY, place)


def dismiss(place: Place) -> Block:
    made = [blocks.text_input("reason", wording.DISMISS_LABEL)]
    return blocks.modal(DISMISS, title=wording.DISMISS_TITLE, submit=wording.SEND, blocks=made, metadata=place.packed())


def extend(place: Place, *, today: date) -> Block:
    labels = wording.FORM_LABELS
    later = (today + timedelta(days=30)).isoformat()
    made = [blocks.date_input("until", labels["until"], initial=later), blocks.text_input("reason", labels["reason"])]
    return blocks.modal(EXTEND, title=wording.EXTEND, submit=wording.SEND, blocks=made, metadata=place.packed())


def resolve(place: Place, view: TicketView) -> Block | None:
    """The ways in which the ticket can end from where it stands; None where it has ended."""
    options = {to.value: wording.STATUSES[to] for to in view.moves if to in _CHOSEN}
    if not options:
        return None
    labels = wording.FORM_LABELS
    made = [blocks.select("to", labels["to"], options), blocks.text_input("reason", labels["reason"], optional=True)]
    return blocks.modal(RESOLVE, title=wording.RESOLVE, submit=wording.SEND, blocks=made, metadata=place.packed())


def looked_at(body: list[Block]) -> Block:
    return blocks.modal("details", title=wording.DETAILS, submit=None, blocks=body)


def errors_in(form: str, fields: Mapping[str, str]) -> dict[str, str]:
    """What is missing or wrong, by field: said while the form is still open."""
    if form == REPORT:
        return _report_errors(fields)
    name = {NOTE: NOTE, REPLY: REPLY, EXTEND: "reason", DISMISS: "reason"}.get(form)
    found = {name: wording.NEEDS_TEXT} if name and not fields.get(name, "").strip() else {}
    if form == RESOLVE and fields.get("to") == Status.DENIED and not fields.get("reason", "").strip():
        found["reason"] = wording.NEEDS_REASON
    return found


def end_of_day(chosen: str, like: datetime) -> datetime:
    """The last minute of the day that was chosen, in the zone of `like`. ValueError for what is no day."""
    day = date.fromisoformat(chosen)
    return like.replace(year=day.year, month=day.month, day=day.day, hour=23, minute=59, second=0, microsecond=0)


def _report_errors(fields: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    if not fields.get("text", "").strip():
        found["text"] = wording.NEEDS_TEXT
    if fields.get("kind") == Kind.RIGHTS_REQUEST and not fields.get("right"):
        found["right"] = wording.NEEDS_RIGHT
    email = fields.get("email", "").strip()
    if email and isinstance(address_of(email), Unusable):
        found["email"] = wording.NEEDS_ADDRESS
    return found


def _words(form: str, title: str, place: Place) -> Block:
    made = [blocks.text_input(form, wording.FORM_LABELS[form])]
    return blocks.modal(form, title=title, submit=wording.SEND, blocks=made, metadata=place.packed())
