"""Bulk edits that are asked for by name are begun once."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Keep the name of each; those before had none."""
    op.add_column("bulk_edits", sa.Column("request_id", sa.String(64), nullable=True))
    op.create_index("ix_bulk_edits_by_request", "bulk_edits", ["request_id"], unique=True)
