"""The first tables: conversations, turns, feedback, API keys, erasures, generations."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _conversations()
    op.create_table(
        "api_keys",
        sa.Column("number", ROW_NUMBER, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("prefix", sa.String(8), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT),
        sa.Column("last_used_at", INSTANT),
        sa.PrimaryKeyConstraint("number", name="pk_api_keys"),
        sa.UniqueConstraint("name", name="uq_api_keys_name"),
    )
    op.create_index("ix_api_keys_prefix", "api_keys", ["prefix"])
    op.create_table(
        "erasures",
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("erased_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_erasures"),
    )
    op.create_table(
        "generations",
        sa.Column("id", sa.String(128), nullable=False),
        sa.Column("digest", sa.String(128), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_generations"),
    )
    op.create_index("ix_generations_active", "generations", ["active"])


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("number", ROW_NUMBER, nullable=False),
        sa.Column("id_digest", sa.LargeBinary(32), nullable=False),
        sa.Column("token_digest", sa.LargeBinary(32), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("language", sa.String(16)),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("last_turn_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_conversations"),
        sa.UniqueConstraint("id_digest", name="uq_conversations_id_digest"),
    )
    op.create_index("ix_conversations_last_turn_at", "conversations", ["last_turn_at"])
    op.create_table(
        "turns",
        sa.Column("number", ROW_NUMBER, nullable=False),
        sa.Column("conversation_number", ROW_NUMBER),
        sa.Column("turn_digest", sa.LargeBinary(32)),
        sa.Column("turn_id", sa.String(64), nullable=False),
        sa.Column("fingerprint", sa.String(128), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reply", sa.JSON(), nullable=False),
        sa.Column("context", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_turns"),
        sa.ForeignKeyConstraint(
            ["conversation_number"], ["conversations.number"], name="fk_turns_conversation_number"
        ),
        sa.UniqueConstraint("conversation_number", "turn_digest", name="uq_turns_conversation_number_turn_digest"),
    )
    op.create_index("ix_turns_conversation_number_number", "turns", ["conversation_number", "number"])
    op.create_table(
        "feedback",
        sa.Column("number", ROW_NUMBER, nullable=False),
        sa.Column("turn_number", ROW_NUMBER),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("comment", sa.Text()),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_feedback"),
        sa.ForeignKeyConstraint(["turn_number"], ["turns.number"], name="fk_feedback_turn_number"),
    )
    op.create_index("ix_feedback_turn_number", "feedback", ["turn_number"])
