"""Scans of one side of some sheets that wait for the other."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the sides."""
    op.create_table(
        "sides",
        sa.Column("document_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("folder", sa.String(64), nullable=False),
        sa.Column("scan_ns", sa.BigInteger(), nullable=False),
        sa.Column("waits_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", name="pk_sides"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_sides_document_id", ondelete="CASCADE"),
    )
    op.create_index("ix_sides_folder", "sides", ["folder"])
