"""Which documents workflows have looked at by the clock."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "workflow_visits",
        sa.Column("workflow_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("look_day", sa.Date(), nullable=False),
        sa.Column("run_day", sa.Date(), nullable=True),
        sa.Column("document_revision", sa.Integer(), nullable=False),
        sa.Column("workflow_revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workflow_id", "document_id", name="pk_workflow_visits"),
        sa.ForeignKeyConstraint(["workflow_id"], ["workflows.id"], name="fk_workflow_visits_workflow_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_workflow_visits_document_id", ondelete="CASCADE"),
    )
    op.create_index("ix_workflow_visits_document_id", "workflow_visits", ["document_id"])
