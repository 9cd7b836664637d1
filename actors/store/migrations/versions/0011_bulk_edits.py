"""Bulk edits, and what they came to on each document."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "bulk_edits",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("order", sa.JSON(), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", name="pk_bulk_edits"),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name="fk_bulk_edits_job_id", ondelete="CASCADE"),
    )
    op.create_table(
        "bulk_results",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("first_assignment", sa.BigInteger(), nullable=False),
        sa.Column("last_assignment", sa.BigInteger(), nullable=False),
        sa.Column("moved", sa.String(16), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", "document_id", name="pk_bulk_results"),
        sa.ForeignKeyConstraint(["job_id"], ["bulk_edits.job_id"], name="fk_bulk_results_job_id", ondelete="CASCADE"),
    )
