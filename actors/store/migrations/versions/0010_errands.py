"""E-mails and calls of workflows that wait."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "errands",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("workflow_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("due_time", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_errands"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_errands_document_id", ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_errands_by_due_time", "errands", ["due_time", "id"])
    op.create_index("ix_errands_document_id", "errands", ["document_id"])
