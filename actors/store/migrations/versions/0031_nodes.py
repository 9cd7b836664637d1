"""Machines that have joined, and the codes by which others may."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "nodes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("hostname", sa.Text(), nullable=False),
        sa.Column("resting", sa.Boolean(), nullable=False),
        sa.Column("leaving", sa.Boolean(), nullable=False),
        sa.Column("join_time", _MOMENT, nullable=False),
        sa.Column("seen_time", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_nodes"),
        sa.UniqueConstraint("digest", name="uq_nodes_digest"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "join_codes",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("expire_time", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_join_codes"),
    )
