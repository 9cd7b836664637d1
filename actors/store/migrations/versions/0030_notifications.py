"""What people want to be told, and what of that has happened."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"

_MOMENT = sa.DateTime(timezone=True)
_SORTED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "notifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", _SORTED, nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("way", sa.String(32), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("views", sa.JSON(), nullable=False),
        sa.Column("due_days", sa.Integer(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("seen_change", sa.BigInteger(), nullable=False),
        sa.Column("told_time", _MOMENT, nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("error_time", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_notifications"),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name="fk_notifications_owner_id", ondelete="CASCADE"),
        sa.UniqueConstraint("owner_id", "name_key", name="uq_notifications_name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notification_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("due_time", _MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.ForeignKeyConstraint(["notification_id"], ["notifications.id"], name="fk_notices_notification_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_notices_document_id", ondelete="CASCADE"),
        sa.UniqueConstraint("notification_id", "document_id", "event", "subject", name="uq_notices_happening"),
    )
    op.create_index("ix_notices_by_due_time", "notices", ["due_time", "notification_id"])
    op.create_index("ix_notices_document_id", "notices", ["document_id"])
