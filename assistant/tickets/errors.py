"""What the queue refuses, each with its sentence; none carries what a person wrote."""

from assistant.errors import Conflict, Invalid, NotFound
from assistant.tickets.values import Status


class TicketNotFound(NotFound):
    """The same words for a reference that never was and for one that is another's."""

    def __init__(self) -> None:
        super().__init__("There is no ticket with this reference: check it and try again.")


class IllegalMove(Conflict):
    def __init__(self, reference: str, status: Status, to: Status) -> None:
        super().__init__(f"Ticket {reference} is {status} and cannot become {to}.")


class StaleTicket(Conflict):
    """The ticket has changed since the caller read it: a door answers 412."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"Ticket {reference} has changed since you read it: read it again and repeat what you meant.")


class TicketRefusal(Conflict):
    """An act that this ticket does not allow; the sentence says why."""


class BadRequest(Invalid):
    """Something missing or wrong in what the caller sent; the sentence names it."""
