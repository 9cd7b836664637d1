"""The audit: who changed what, from what to what."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Begin the audit, and let jobs act in the name of whoever orders them from now on."""
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("time", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_kind", sa.String(32), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("token_id", sa.Integer(), nullable=True),
        sa.Column("token_name", sa.Text(), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("noun", sa.String(32), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=True),
        sa.Column("subject_name", sa.Text(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entries"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_entries_by_time", "audit_entries", ["time"])
    op.create_index("ix_audit_entries_by_subject", "audit_entries", ["noun", "subject_id", "id"])
    op.create_index("ix_audit_entries_by_user", "audit_entries", ["user_id", "id"])
    op.add_column("jobs", sa.Column("author", sa.JSON(), nullable=True))
