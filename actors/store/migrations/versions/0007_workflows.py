"""Workflows, what they name, and the documents that they have yet to look at."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

MOMENT = sa.DateTime(timezone=True)
SORTED_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "workflows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", SORTED_TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("moments", sa.Text(), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("error_time", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_workflows"),
        sa.UniqueConstraint("name_key", name="uq_workflows_name_key"),
        sqlite_autoincrement=True,
    )
    for named in ("label", "field"):
        op.create_table(
            f"workflow_{named}s",
            sa.Column("workflow_id", sa.Integer(), nullable=False),
            sa.Column(f"{named}_id", sa.Integer(), nullable=False),
            sa.PrimaryKeyConstraint("workflow_id", f"{named}_id", name=f"pk_workflow_{named}s"),
            sa.ForeignKeyConstraint(["workflow_id"], ["workflows.id"], name=f"fk_workflow_{named}s_workflow_id", ondelete="CASCADE"),
            sa.ForeignKeyConstraint([f"{named}_id"], [f"{named}s.id"], name=f"fk_workflow_{named}s_{named}_id", ondelete="RESTRICT"),
        )
        op.create_index(f"ix_workflow_{named}s_{named}_id", f"workflow_{named}s", [f"{named}_id"])
    op.create_table(
        "edited",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", name="pk_edited"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_edited_document_id", ondelete="CASCADE"),
    )
