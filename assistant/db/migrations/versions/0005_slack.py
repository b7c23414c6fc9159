"""The Slack door: events to be handled once, conversations by place, posts kept up to date, facts about people."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _events()
    _facts()
    _places()
    _posts()


def _events() -> None:
    op.create_table(
        "slack_events",
        sa.Column("number", ROW_NUMBER, nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("lane", sa.LargeBinary(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("lease_owner", sa.String(length=96), nullable=True),
        sa.Column("last_error", sa.String(length=48), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_slack_events"),
        sa.UniqueConstraint("key", name="uq_slack_events_key"),
    )
    op.create_index("ix_slack_events_state_due_at", "slack_events", ["state", "due_at"])
    op.create_index("ix_slack_events_lane_state", "slack_events", ["lane", "state"])


def _facts() -> None:
    op.create_table(
        "slack_facts",
        sa.Column("number", ROW_NUMBER, nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("fetched_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_slack_facts"),
        sa.UniqueConstraint("key", name="uq_slack_facts_key"),
    )


def _places() -> None:
    op.create_table(
        "slack_places",
        sa.Column("number", ROW_NUMBER, nullable=False),
        sa.Column("place", sa.LargeBinary(length=32), nullable=False),
        sa.Column("asker", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("is_quiet", sa.Boolean(), nullable=False),
        sa.Column("used_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_slack_places"),
        sa.UniqueConstraint("place", name="uq_slack_places_place"),
    )
    op.create_index("ix_slack_places_used_at", "slack_places", ["used_at"])


def _posts() -> None:
    op.create_table(
        "slack_posts",
        sa.Column("number", ROW_NUMBER, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("board", sa.String(length=16), nullable=False),
        sa.Column("reference", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=True),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("queued", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("sender", sa.String(length=64), nullable=True),
        sa.Column("sender_until", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_slack_posts"),
        sa.UniqueConstraint("name", name="uq_slack_posts_name"),
    )
    op.create_index("ix_slack_posts_board_is_open", "slack_posts", ["board", "is_open"])
    op.create_index("ix_slack_posts_reference", "slack_posts", ["reference"])
