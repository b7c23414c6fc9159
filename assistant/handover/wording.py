"""What is said when a person takes over, and what is said of a ticket. No logic beyond filling in names."""

from zoneinfo import ZoneInfo

from assistant.tickets.values import DONE, Due, TicketCard
from assistant.words.book import Words
from assistant.words.dates import long_day

# For the desk, in the history of the ticket.
TAKEN_BACK_REASON = "taken back by the visitor"
# Reasons for which something stands before the ticket.
_LEADS = frozenset({"complaint", "status"})


def lead(words: Words, why: str) -> str:
    return words(f"handover.leads.{why}") if why in _LEADS else ""


def handed_over(words: Words, card: TicketCard, zone: ZoneInfo, way_back: str = "") -> str:
    """The ticket, what happens next, by when, and how the answer comes; of one that is done, only that."""
    return _open_one(words, card, zone, "handover.recorded", way_back)


def noted(words: Words, card: TicketCard, zone: ZoneInfo, way_back: str) -> str:
    """The same wish again: the ticket that there is already."""
    return _open_one(words, card, zone, "handover.noted", way_back)


def told(words: Words, card: TicketCard, zone: ZoneInfo) -> str:
    """Where a ticket stands: its reference, kind, status and due dates, and nothing else of it."""
    status = words(f"handover.statuses.{card.status}")
    stands = words("handover.told", reference=card.reference, kind=_kind(words, card), status=status)
    return stands if card.status in DONE else " ".join([stands, *_limits(words, card, zone)])


def _open_one(words: Words, card: TicketCard, zone: ZoneInfo, key: str, way_back: str) -> str:
    if card.status in DONE:
        return told(words, card, zone)
    recorded = words(key, kind=_kind(words, card), reference=card.reference)
    return " ".join(filter(None, (recorded, *_limits(words, card, zone), way_back)))


def _kind(words: Words, card: TicketCard) -> str:
    return words(f"handover.rights.{card.right}" if card.right else f"handover.kinds.{card.kind}")


def _limits(words: Words, card: TicketCard, zone: ZoneInfo) -> list[str]:
    limits = []
    if card.first_answer:
        limits.append(words("handover.first_answer", date=_date(words, card.first_answer, zone)))
    if card.due and card.due != card.first_answer:
        limits.append(words("handover.due", date=_date(words, card.due, zone)))
    return limits


def _date(words: Words, limit: Due, zone: ZoneInfo) -> str:
    local = limit.at.astimezone(zone)
    basis = words(f"handover.bases.{limit.kind}", cite=limit.cite)
    return words("handover.limit", day=long_day(words, local), time=f"{local:%H:%M}", zone=zone.key, basis=basis)
