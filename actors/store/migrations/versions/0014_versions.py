"""Versions of documents: the files that one has had, those that are to be removed, and orders that make new ones of pages."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Number the file that each document has, and make the tables."""
    for name in ("version", "version_count", "last_version"):
        op.add_column("documents", sa.Column(name, sa.Integer(), nullable=False, server_default=sa.text("1")))
    op.create_table(
        "document_versions",
        sa.Column("document_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("mime_type", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("giver", sa.String(32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("create_time", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "number", name="pk_document_versions"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_document_versions_document_id", ondelete="CASCADE"),
        sa.UniqueConstraint("sha256", "size_bytes", name="uq_document_versions_sha256_size_bytes"),
    )
    op.create_table(
        "loose_originals",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_loose_originals"),
    )
    op.create_table(
        "page_orders",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.String(64), nullable=False),
        sa.Column("order", sa.JSON(), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("reading", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", name="pk_page_orders"),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name="fk_page_orders_job_id", ondelete="CASCADE"),
        sa.UniqueConstraint("request_id", name="uq_page_orders_request_id"),
    )
