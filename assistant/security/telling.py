"""Puts one notice into the outbox for everybody whose turn it is, each in the form that reaches them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from assistant.outbox.service import Outbox
from assistant.outbox.values import Kind, Message
from assistant.security.on_call import OnCall, Target

PURPOSE = "alert"


@dataclass(frozen=True, slots=True)
class Told:
    """One notice in every form. `id` stays the same for the same step, so that nobody is told of it twice."""

    id: str
    subject: str
    body: str = field(repr=False)
    chat: str
    event: str
    data: Mapping[str, Any]
    priority: int
    reference: str | None = None


class Teller:
    def __init__(self, outbox: Outbox, on_call: OnCall) -> None:
        self._outbox = outbox
        self._on_call = on_call

    def tell(self, session: Session, told: Told, *, tiers: int, at: datetime) -> None:
        """Queue the notice for the first `tiers` tiers in the caller's transaction."""
        for place, target in enumerate(self._on_call.told(tiers)):
            self._outbox.put(session, _message(told, target), at=at, id=f"{told.id}-{place}")

    def take_back(self, session: Session, reference: str) -> None:
        """Drop what still waits to be sent for this incident."""
        self._outbox.drop_waiting(session, reference=reference, purposes={PURPOSE})


def _message(told: Told, target: Target) -> Message:
    is_event = target.kind is Kind.WEBHOOK
    return Message(
        kind=target.kind,
        to=target.to,
        subject=told.event if is_event else told.subject,
        body={Kind.MAIL: told.body, Kind.SLACK: told.chat}.get(target.kind, ""),
        purpose=PURPOSE,
        reference=told.reference,
        priority=told.priority,
        data=told.data if is_event else None,
    )
