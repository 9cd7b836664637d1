"""Owners and classes of access of labels, saved views and workflows."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

_TABLES = ("labels", "views", "workflows")


def upgrade() -> None:
    """What was there before belongs to nobody, and so to everyone."""
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} ADD COLUMN owner_id INTEGER CONSTRAINT fk_{table}_owner_id REFERENCES users (id)")
        op.add_column(table, sa.Column("access_id", sa.Integer(), nullable=False, server_default=sa.text("1")))
