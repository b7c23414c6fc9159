"""What the tests of mail send, and as whom."""

from datetime import UTC, datetime

from assistant.outbox.values import Delivery, Kind, Message
from integrations.mail.letter import sender

START = datetime(2026, 9, 22, 10, 15, 7, 123456, tzinfo=UTC)
SENDER = sender("Bläu & Co, Ltd.", "privacy@example.org")


def delivery(body: str = "Hello.\n", *, to: str = "ana@example.com", name: str = "a1b2", attempt: int = 1) -> Delivery:
    message = Message(Kind.MAIL, to, "Your code", body, "code")
    return Delivery(name, attempt, START, message)
