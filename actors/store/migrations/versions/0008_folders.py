"""Folders: where each document stands, and which are to be placed."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

SORTED_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables; the documents that are there are placed while the archive works."""
    op.create_table(
        "places",
        sa.Column("document_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("folder", SORTED_TEXT, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", SORTED_TEXT, nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", name="pk_places"),
    )
    op.create_index("ix_places_by_folder", "places", ["folder", "name_key", "document_id"])
    op.create_table(
        "folders",
        sa.Column("path", SORTED_TEXT, nullable=False),
        sa.Column("parent", SORTED_TEXT, nullable=True),
        sa.Column("name_key", SORTED_TEXT, nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("path", name="pk_folders"),
    )
    op.create_index("ix_folders_by_parent", "folders", ["parent", "name_key", "path"])
    op.create_table(
        "unplaced",
        sa.Column("document_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", name="pk_unplaced"),
    )
    op.create_table(
        "renamed",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("item_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("kind", "item_id", name="pk_renamed"),
    )
    op.execute("INSERT INTO counters (name, value) VALUES ('placed_by', 0)")
