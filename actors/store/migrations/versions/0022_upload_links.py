"""Links by which anybody can add documents."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

_MOMENT = sa.DateTime(timezone=True)
_LABELS = ("correspondent_id", "document_type_id", "storage_path_id")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "upload_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("maker_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("tags", sa.JSON(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in _LABELS),
        sa.Column("max_files", sa.Integer(), nullable=False),
        sa.Column("max_file_bytes", sa.BigInteger(), nullable=False),
        sa.Column("max_total_bytes", sa.BigInteger(), nullable=False),
        sa.Column("mime_types", sa.JSON(), nullable=False),
        sa.Column("password_hash", sa.String(256), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("expire_time", _MOMENT, nullable=True),
        sa.Column("create_time", _MOMENT, nullable=False),
        sa.Column("use_time", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_upload_links"),
        sa.ForeignKeyConstraint(["maker_id"], ["users.id"], name="fk_upload_links_maker_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_upload_links_owner_id", ondelete="CASCADE"),
        *(sa.ForeignKeyConstraint([name], ["labels.id"], name=f"fk_upload_links_{name}", ondelete="SET NULL") for name in _LABELS),
        sa.UniqueConstraint("digest", name="uq_upload_links_digest"),
        sqlite_autoincrement=True,
    )
    for name in ("maker_id", "owner_id", *_LABELS):
        op.create_index(f"ix_upload_links_{name}", "upload_links", [name])
