"""Owners of documents, and classes of access."""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

# What was there before belongs to nobody, and so to everyone who is let in.
_NOBODYS = hashlib.sha256(b"[null,false,[],[]]").hexdigest()
_ORDERS = {
    "ix_documents_by_added_time": ["trashed", "added_time", "id"],
    "ix_documents_by_created_date": ["trashed", "created_date", "id"],
    "ix_documents_by_title": ["trashed", "title_key", "id"],
    "ix_documents_by_id": ["trashed", "id"],
    "ix_documents_figures": ["trashed", "mime_type", "language", "state", "page_count", "size_bytes", "archive_bytes"],
}


def upgrade() -> None:
    """Put every document into the one class of what belongs to nobody."""
    op.create_table(
        "access_classes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("grants", sa.JSON(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_access_classes"),
        sa.UniqueConstraint("digest", name="uq_access_classes_digest"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "access_reach",
        sa.Column("subject_kind", sa.String(32), nullable=False),
        sa.Column("subject_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("access_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("level", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("subject_kind", "subject_id", "access_id", name="pk_access_reach"),
        sa.ForeignKeyConstraint(["access_id"], ["access_classes.id"], name="fk_access_reach_access_id", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_access_reach_access_id", "access_reach", ["access_id"])
    op.create_table(
        "grants",
        sa.Column("holder_kind", sa.String(32), nullable=False),
        sa.Column("holder_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subject_kind", sa.String(32), nullable=False),
        sa.Column("subject_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("level", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("holder_kind", "holder_id", "subject_kind", "subject_id", name="pk_grants"),
    )
    classes = sa.table(
        "access_classes", *map(sa.column, ("private", "digest")), sa.column("grants", sa.JSON()), sa.column("labels", sa.JSON())
    )
    op.bulk_insert(classes, [{"private": False, "digest": _NOBODYS, "grants": [], "labels": []}])
    op.execute("INSERT INTO access_reach SELECT 'everyone', 0, id, 'edit' FROM access_classes")
    op.execute("INSERT INTO counters (name, value) VALUES ('access_change', 0)")
    add_columns()


def add_columns() -> None:
    """Give documents an owner and a class, and jobs somebody who ordered them; each order of a list then holds all that it asks for."""
    # SQLite adds a constraint with its column, and never later.
    op.execute("ALTER TABLE documents ADD COLUMN owner_id INTEGER CONSTRAINT fk_documents_owner_id REFERENCES users (id)")
    op.execute("ALTER TABLE jobs ADD COLUMN user_id INTEGER CONSTRAINT fk_jobs_user_id REFERENCES users (id) ON DELETE SET NULL")
    op.add_column("documents", sa.Column("access_id", sa.Integer(), nullable=False, server_default=sa.text("1")))
    op.create_index("ix_documents_by_owner", "documents", ["owner_id"])
    for name, columns in _ORDERS.items():
        op.drop_index(name, "documents")
        op.create_index(name, "documents", [*columns, "access_id"])
