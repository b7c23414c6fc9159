"""The acting half: sealed data keys, audit trail, outbox, tickets with their clocks, dialogues, proofs and alerts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _alert_digest()
    _alerts()
    _audit_entries()
    _audit_head()
    _data_keys()
    _dialogues()
    _former_api_keys()
    _idempotent_calls()
    _mailbox_proofs()
    _outbox()
    _tickets()
    _outbox_contents()
    _ticket_contents()
    _ticket_deadlines()
    _ticket_history()


def _alert_digest() -> None:
    op.create_table(
        "alert_digest",
        sa.Column("number", ROW_NUMBER, nullable=False),
        sa.Column("since", INSTANT, nullable=True),
        sa.Column("last_at", INSTANT, nullable=True),
        sa.Column("next_at", INSTANT, nullable=True),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_alert_digest"),
    )


def _alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("number", ROW_NUMBER, nullable=False),
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("severity", sa.String(length=16), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("raised_at", INSTANT, nullable=False),
        sa.Column("raised_in", sa.String(length=32), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("next_at", INSTANT, nullable=True),
        sa.Column("in_digest", sa.Boolean(), nullable=False),
        sa.Column("named_at", INSTANT, nullable=True),
        sa.Column("stopped_at", INSTANT, nullable=True),
        sa.Column("acknowledged_by", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_alerts"),
        sa.UniqueConstraint("reference", name="uq_alerts_reference"),
    )
    op.create_index("ix_alerts_in_digest_stopped_at_named_at", "alerts", ["in_digest", "stopped_at", "named_at"])
    op.create_index("ix_alerts_network_opened_at", "alerts", ["network", "opened_at"])
    op.create_index("ix_alerts_next_at", "alerts", ["next_at"])
    op.create_index("ix_alerts_opened_at", "alerts", ["opened_at"])


def _audit_entries() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("number", ROW_NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=128), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=32), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(length=32), nullable=False),
        sa.Column("previous", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit_entries"),
    )
    op.create_index("ix_audit_entries_subject", "audit_entries", ["subject"])


def _audit_head() -> None:
    op.create_table(
        "audit_head",
        sa.Column("number", ROW_NUMBER, autoincrement=False, nullable=False),
        sa.Column("entries", ROW_NUMBER, nullable=False),
        sa.Column("last_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("mac", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit_head"),
    )


def _data_keys() -> None:
    op.create_table(
        "data_keys",
        sa.Column("number", ROW_NUMBER, nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=8), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(length=128), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("retired_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_data_keys"),
        sa.UniqueConstraint("id", name="uq_data_keys_id"),
    )


def _dialogues() -> None:
    op.create_table(
        "dialogues",
        sa.Column("number", ROW_NUMBER, nullable=False),
        sa.Column("conversation", sa.LargeBinary(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("unusable", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_dialogues"),
        sa.UniqueConstraint("conversation", name="uq_dialogues_conversation"),
    )
    op.create_index("ix_dialogues_updated_at", "dialogues", ["updated_at"])


def _former_api_keys() -> None:
    op.create_table(
        "former_api_keys",
        sa.Column("number", ROW_NUMBER, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("prefix", sa.String(length=8), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("last_used_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_former_api_keys"),
    )
    op.create_index("ix_former_api_keys_name", "former_api_keys", ["name"])
    op.create_index("ix_former_api_keys_prefix", "former_api_keys", ["prefix"])


def _idempotent_calls() -> None:
    op.create_table(
        "idempotent_calls",
        sa.Column("number", ROW_NUMBER, nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_idempotent_calls"),
        sa.UniqueConstraint("digest", name="uq_idempotent_calls_digest"),
    )
    op.create_index("ix_idempotent_calls_at", "idempotent_calls", ["at"])


def _mailbox_proofs() -> None:
    op.create_table(
        "mailbox_proofs",
        sa.Column("number", ROW_NUMBER, nullable=False),
        sa.Column("conversation", sa.LargeBinary(length=32), nullable=True),
        sa.Column("purpose", sa.String(length=64), nullable=False),
        sa.Column("address", sa.LargeBinary(length=32), nullable=True),
        sa.Column("slot", sa.Integer(), nullable=True),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=True),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_mailbox_proofs"),
        sa.UniqueConstraint("address", "slot", name="uq_mailbox_proofs_address_slot"),
    )
    op.create_index("ix_mailbox_proofs_conversation", "mailbox_proofs", ["conversation"])
    op.create_index("ix_mailbox_proofs_sent_at", "mailbox_proofs", ["sent_at"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("number", ROW_NUMBER, nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.String(length=32), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("lease_owner", sa.String(length=96), nullable=True),
        sa.Column("last_error", sa.String(length=48), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_outbox"),
        sa.UniqueConstraint("id", name="uq_outbox_id"),
    )
    op.create_index("ix_outbox_reference", "outbox", ["reference"])
    op.create_index("ix_outbox_state_due_at", "outbox", ["state", "due_at"])


def _tickets() -> None:
    op.create_table(
        "tickets",
        sa.Column("number", ROW_NUMBER, nullable=False),
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("right", sa.String(length=32), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("severity", sa.String(length=32), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("sort_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.LargeBinary(length=32), nullable=True),
        sa.Column("turn_digest", sa.LargeBinary(length=32), nullable=True),
        sa.Column("origin", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("request_group", sa.String(length=64), nullable=True),
        sa.Column("duplicate_of", sa.String(length=32), nullable=True),
        sa.Column("regime", sa.String(length=32), nullable=True),
        sa.Column("assignee", sa.String(length=80), nullable=True),
        sa.Column("contact_proven", sa.Boolean(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("noticed_at", INSTANT, nullable=True),
        sa.Column("verified_at", INSTANT, nullable=True),
        sa.Column("first_answered_at", INSTANT, nullable=True),
        sa.Column("acknowledged_at", INSTANT, nullable=True),
        sa.Column("acknowledged_by", sa.String(length=80), nullable=True),
        sa.Column("paused_at", INSTANT, nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("due_kind", sa.String(length=32), nullable=True),
        sa.Column("due_cite", sa.String(length=64), nullable=True),
        sa.Column("first_due_at", INSTANT, nullable=True),
        sa.Column("first_due_kind", sa.String(length=32), nullable=True),
        sa.Column("first_due_cite", sa.String(length=64), nullable=True),
        sa.Column("forget_when_done", sa.Boolean(), nullable=False),
        sa.Column("erased_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_tickets"),
        sa.UniqueConstraint("reference", name="uq_tickets_reference"),
    )
    op.create_index("ix_tickets_closed_at", "tickets", ["closed_at"])
    op.create_index("ix_tickets_conversation", "tickets", ["conversation"])
    op.create_index("ix_tickets_is_open_rank_sort_at_number", "tickets", ["is_open", "rank", "sort_at", "number"])
    op.create_index("ix_tickets_request_group", "tickets", ["request_group"])
    op.create_index("ix_tickets_status_opened_at", "tickets", ["status", "opened_at"])


def _outbox_contents() -> None:
    op.create_table(
        "outbox_contents",
        sa.Column("entry_number", ROW_NUMBER, autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("to_blind", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["entry_number"], ["outbox.number"], name="fk_outbox_contents_entry_number"),
        sa.PrimaryKeyConstraint("entry_number", name="pk_outbox_contents"),
    )


def _ticket_contents() -> None:
    op.create_table(
        "ticket_contents",
        sa.Column("ticket_number", ROW_NUMBER, autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        sa.Column("contact_blind", sa.LargeBinary(length=32), nullable=True),
        sa.Column("details", sa.LargeBinary(), nullable=True),
        sa.Column("on_behalf_of", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["ticket_number"], ["tickets.number"], name="fk_ticket_contents_ticket_number"),
        sa.PrimaryKeyConstraint("ticket_number", name="pk_ticket_contents"),
    )
    op.create_index("ix_ticket_contents_contact_blind", "ticket_contents", ["contact_blind"])


def _ticket_deadlines() -> None:
    op.create_table(
        "ticket_deadlines",
        sa.Column("number", ROW_NUMBER, nullable=False),
        sa.Column("ticket_number", ROW_NUMBER, nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("basis", sa.String(length=32), nullable=False),
        sa.Column("cite", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("regime", sa.String(length=32), nullable=True),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.Column("governs", sa.Boolean(), nullable=False),
        sa.Column("notified_at", INSTANT, nullable=True),
        sa.Column("stopped_at", INSTANT, nullable=True),
        sa.Column("warned", sa.Integer(), nullable=False),
        sa.Column("next_warning_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["ticket_number"], ["tickets.number"], name="fk_ticket_deadlines_ticket_number"),
        sa.PrimaryKeyConstraint("number", name="pk_ticket_deadlines"),
    )
    op.create_index("ix_ticket_deadlines_next_warning_at", "ticket_deadlines", ["next_warning_at"])
    op.create_index("ix_ticket_deadlines_ticket_number", "ticket_deadlines", ["ticket_number"])


def _ticket_history() -> None:
    op.create_table(
        "ticket_history",
        sa.Column("number", ROW_NUMBER, nullable=False),
        sa.Column("ticket_number", ROW_NUMBER, nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.Column("from_status", sa.String(length=32), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["ticket_number"], ["tickets.number"], name="fk_ticket_history_ticket_number"),
        sa.PrimaryKeyConstraint("number", name="pk_ticket_history"),
        sa.UniqueConstraint("ticket_number", "entry", name="uq_ticket_history_ticket_number_entry"),
    )
