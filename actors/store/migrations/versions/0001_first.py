"""The first schema: documents, jobs, pages, and what the index has yet to see."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)
SORTED_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make every table."""
    add_documents()
    add_tags()
    add_jobs()
    add_sources()
    add_pages()
    add_outbox()
    add_counters()


def add_documents() -> None:
    """Make the documents and the indexes of their orders."""
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("trashed", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_key", SORTED_TEXT, nullable=False),
        sa.Column("original_filename", sa.Text(), nullable=False),
        sa.Column("mime_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("created_date", sa.Date(), nullable=False),
        sa.Column("added_time", MOMENT, nullable=False),
        sa.Column("update_time", MOMENT, nullable=False),
        sa.Column("delete_time", MOMENT, nullable=True),
        sa.Column("warnings", sa.JSON(), nullable=False),
        sa.Column("has_archive", sa.Boolean(), nullable=False),
        sa.Column("archive_bytes", sa.BigInteger(), nullable=False),
        sa.Column("encrypted", sa.Boolean(), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("duplicate_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.UniqueConstraint("sha256", "size_bytes", name="uq_documents_sha256_size_bytes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_documents_by_added_time", "documents", ["trashed", "added_time", "id"])
    op.create_index("ix_documents_by_created_date", "documents", ["trashed", "created_date", "id"])
    op.create_index("ix_documents_by_title", "documents", ["trashed", "title_key", "id"])
    op.create_index("ix_documents_by_id", "documents", ["trashed", "id"])
    figures = ["trashed", "mime_type", "language", "state", "page_count", "size_bytes", "archive_bytes"]
    op.create_index("ix_documents_figures", "documents", figures)


def add_tags() -> None:
    """Make the tags, and which document bears which."""
    op.create_table(
        "tags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tags"),
        sa.UniqueConstraint("name", name="uq_tags_name"),
    )
    op.create_table(
        "document_tags",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "tag_id", name="pk_document_tags"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_document_tags_document_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name="fk_document_tags_tag_id", ondelete="CASCADE"),
    )
    op.create_index("ix_document_tags_tag_id", "document_tags", ["tag_id"])


def add_jobs() -> None:
    """Make the queue."""
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("step", sa.String(32), nullable=False),
        sa.Column("pages_done", sa.Integer(), nullable=False),
        sa.Column("pages_total", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("kills", sa.Integer(), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("create_time", MOMENT, nullable=False),
        sa.Column("update_time", MOMENT, nullable=False),
        sa.Column("finish_time", MOMENT, nullable=True),
        sa.Column("due_time", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
        sa.UniqueConstraint("change", name="uq_jobs_change"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_jobs_document_id", ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_jobs_by_due_time", "jobs", ["due_time", "id"])
    op.create_index("ix_jobs_by_state", "jobs", ["state", "id"])
    op.create_index("ix_jobs_by_document", "jobs", ["document_id", "id"])


def add_sources() -> None:
    """Make the deliveries."""
    op.create_table(
        "sources",
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.Column("duplicate", sa.Boolean(), nullable=False),
        sa.Column("time", MOMENT, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "digest", name="pk_sources"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_sources_document_id", ondelete="CASCADE"),
    )
    op.create_index("ix_sources_document_id", "sources", ["document_id"])


def add_pages() -> None:
    """Make the pages."""
    op.create_table(
        "pages",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("turned", sa.Integer(), nullable=False),
        sa.Column("skew", sa.Double(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("replaces", sa.Boolean(), nullable=False),
        sa.Column("barcodes", sa.JSON(), nullable=False),
        sa.Column("warning", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "number", name="pk_pages"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_pages_document_id", ondelete="CASCADE"),
    )


def add_outbox() -> None:
    """Make what is still to be done for a document: in the index, and on the disk."""
    op.create_table(
        "outbox",
        sa.Column("document_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", name="pk_outbox"),
    )
    op.create_table(
        "leftovers",
        sa.Column("document_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", name="pk_leftovers"),
    )


def add_counters() -> None:
    """Make the counters, at nought."""
    table = op.create_table(
        "counters",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_counters"),
    )
    op.bulk_insert(table, [{"name": name, "value": 0} for name in ("job_change", "documents", "documents_deleted")])
