"""Near-duplicates: fingerprints of texts, what they are found by, and which documents are one paper."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables; the documents that are there get their fingerprints while the archive works."""
    op.create_table(
        "fingerprints",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", name="pk_fingerprints"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_fingerprints_document_id", ondelete="CASCADE"),
    )
    op.create_table(
        "fingerprint_bands",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "number", name="pk_fingerprint_bands"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_fingerprint_bands_document_id", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_fingerprint_bands_by_value", "fingerprint_bands", ["value", "document_id"])
    op.create_table(
        "near_duplicates",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("likeness", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "other_id", name="pk_near_duplicates"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_near_duplicates_document_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_id"], ["documents.id"], name="fk_near_duplicates_other_id", ondelete="CASCADE"),
    )
    op.create_index("ix_near_duplicates_other_id", "near_duplicates", ["other_id"])
