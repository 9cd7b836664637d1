"""Links by which anybody can read some documents."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "share_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("maker_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.String(32), nullable=False),
        sa.Column("password_hash", sa.String(256), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("max_downloads", sa.Integer(), nullable=False),
        sa.Column("downloads", sa.Integer(), nullable=False),
        sa.Column("expire_time", _MOMENT, nullable=True),
        sa.Column("create_time", _MOMENT, nullable=False),
        sa.Column("download_time", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_share_links"),
        sa.ForeignKeyConstraint(["maker_id"], ["users.id"], name="fk_share_links_maker_id", ondelete="CASCADE"),
        sa.UniqueConstraint("digest", name="uq_share_links_digest"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_share_links_maker_id", "share_links", ["maker_id"])
    op.create_table(
        "shared_documents",
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("link_id", "place", name="pk_shared_documents"),
        sa.ForeignKeyConstraint(["link_id"], ["share_links.id"], name="fk_shared_documents_link_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_shared_documents_document_id", ondelete="CASCADE"),
    )
    op.create_index("ix_shared_documents_document_id", "shared_documents", ["document_id"])
