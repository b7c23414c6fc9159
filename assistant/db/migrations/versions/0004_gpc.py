"""Global Privacy Control: whether the browser sent it, with the conversation and on the tickets that it opens."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"


def upgrade() -> None:
    for table in ("conversations", "tickets"):
        op.add_column(table, sa.Column("privacy_control", sa.Boolean(), nullable=False, server_default=sa.false()))
