"""Every column that holds sealed fields: what `keys rotate` seals anew. A test holds the list to the tables."""

from assistant.dialogue.models import SEALED as SEALED_DIALOGUES
from assistant.outbox.models import StoredContent
from assistant.sealing.columns import SealedColumn
from assistant.tickets.models import SEALED as SEALED_TICKETS
from integrations.slack.models import SEALED as SEALED_SLACK

SEALED: tuple[SealedColumn, ...] = (
    *SEALED_TICKETS,
    *SEALED_DIALOGUES,
    *SEALED_SLACK,
    SealedColumn(StoredContent.__tablename__, "sealed", "outbox_contents.sealed:{entry_number}"),
)
