"""Documents that were divided or put together: which of them took the place of which."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the form of documents, and their origins. What is being read at this moment stays whole."""
    op.add_column("documents", sa.Column("form", sa.String(32), nullable=False, server_default="whole"))
    op.create_table(
        "document_origins",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("origin_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "origin_id", name="pk_document_origins"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_document_origins_document_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["origin_id"], ["documents.id"], name="fk_document_origins_origin_id", ondelete="CASCADE"),
    )
    op.create_index("ix_document_origins_origin_id", "document_origins", ["origin_id"])
