"""The language in which a ticket was asked for: the mails about it are worded in that."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("tickets", sa.Column("language", sa.String(length=8), nullable=True))
