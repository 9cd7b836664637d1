"""The catalogue: labels instead of bare tags, custom fields, notes, saved views, and the reasons of all that was given."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

MOMENT = sa.DateTime(timezone=True)
SORTED_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the new tables, and labels of the tags that are there."""
    borne, tags = take_tags_away()
    labels = add_labels()
    add_document_tags(labels, borne, tags)
    add_columns()
    add_fields()
    add_notes()
    add_views()
    add_assignments()
    op.execute("INSERT INTO counters (name, value) VALUES ('catalog_change', 0)")
    # What the index holds of tags are their ids from now on; it has another version, and is built anew by itself.


def take_tags_away() -> tuple[list[tuple[int, int]], list[tuple[int, str]]]:
    """Read all tags and who bears them, and remove their tables."""
    connection = op.get_bind()
    borne = [(row[0], row[1]) for row in connection.execute(sa.text("SELECT document_id, tag_id FROM document_tags"))]
    tags = [(row[0], row[1]) for row in connection.execute(sa.text("SELECT id, name FROM tags ORDER BY id"))]
    op.drop_table("document_tags")
    op.drop_table("tags")
    return borne, tags


def add_labels() -> sa.Table:
    """Make the labels."""
    table = op.create_table(
        "labels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", SORTED_TEXT, nullable=False),
        sa.Column("matching", sa.String(32), nullable=False),
        sa.Column("pattern", sa.Text(), nullable=False),
        sa.Column("case_sensitive", sa.Boolean(), nullable=False),
        sa.Column("colour", sa.String(16), nullable=False),
        sa.Column("inbox", sa.Boolean(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("template", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_labels"),
        sa.UniqueConstraint("kind", "name_key", name="uq_labels_kind_name_key"),
        sa.ForeignKeyConstraint(["parent_id"], ["labels.id"], name="fk_labels_parent_id", ondelete="SET NULL"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_labels_parent_id", "labels", ["parent_id"])
    op.create_index("ix_labels_by_inbox", "labels", ["inbox"])
    return table


def add_document_tags(labels: sa.Table, borne: list[tuple[int, int]], tags: list[tuple[int, str]]) -> None:
    """Make labels of tags; two that differ in capitals alone become one."""
    table = op.create_table(
        "document_tags",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "tag_id", name="pk_document_tags"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_document_tags_document_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tag_id"], ["labels.id"], name="fk_document_tags_tag_id", ondelete="CASCADE"),
    )
    op.create_index("ix_document_tags_tag_id", "document_tags", ["tag_id"])
    kept = dict[str, int]()
    became = {tag_id: kept.setdefault(name_key(name), tag_id) for tag_id, name in tags}
    plain = {"kind": "tag", "revision": 1, "matching": "auto", "pattern": "", "case_sensitive": False, "template": ""}
    rows = [
        {**plain, "id": tag_id, "name": name, "name_key": name_key(name), "colour": "", "inbox": False, "parent_id": None}
        for tag_id, name in tags
        if became[tag_id] == tag_id
    ]
    if rows:
        op.bulk_insert(labels, rows)
        if op.get_bind().dialect.name == "postgresql":
            op.execute("SELECT setval(pg_get_serial_sequence('labels', 'id'), (SELECT max(id) FROM labels))")
    pairs = sorted({(document_id, became[tag_id]) for document_id, tag_id in borne})
    if pairs:
        op.bulk_insert(table, [{"document_id": document_id, "tag_id": tag_id} for document_id, tag_id in pairs])


def name_key(name: str) -> str:
    """Give what names are told apart by, as it was when this migration was written."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def add_columns() -> None:
    """Give documents their one of each kind, and the number on the paper."""
    for name in ("correspondent_id", "type_id", "path_id"):
        # SQLite adds a constraint with its column, and never later.
        constraint = f"CONSTRAINT fk_documents_{name} REFERENCES labels (id) ON DELETE SET NULL"
        op.execute(f"ALTER TABLE documents ADD COLUMN {name} INTEGER {constraint}")
    op.add_column("documents", sa.Column("asn", sa.BigInteger(), nullable=True))
    op.create_index("ix_documents_by_correspondent", "documents", ["correspondent_id", "trashed"])
    op.create_index("ix_documents_by_type", "documents", ["type_id", "trashed"])
    op.create_index("ix_documents_by_path", "documents", ["path_id", "trashed"])
    op.create_index("ix_documents_by_asn", "documents", ["asn"], unique=True)


def add_fields() -> None:
    """Make the custom fields, their values, and the links between documents."""
    op.create_table(
        "fields",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", SORTED_TEXT, nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("next_option", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("extraction", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_fields"),
        sa.UniqueConstraint("name_key", name="uq_fields_name_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "field_values",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("field_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "field_id", name="pk_field_values"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_field_values_document_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["field_id"], ["fields.id"], name="fk_field_values_field_id", ondelete="CASCADE"),
    )
    op.create_index("ix_field_values_field_id", "field_values", ["field_id"])
    op.create_table(
        "document_links",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("field_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "field_id", "other_id", name="pk_document_links"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_document_links_document_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["field_id"], ["fields.id"], name="fk_document_links_field_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_id"], ["documents.id"], name="fk_document_links_other_id", ondelete="CASCADE"),
    )
    op.create_index("ix_document_links_field_id", "document_links", ["field_id"])
    op.create_index("ix_document_links_other_id", "document_links", ["other_id"])


def add_notes() -> None:
    """Make the notes."""
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("create_time", MOMENT, nullable=False),
        sa.Column("update_time", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_notes_document_id", ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notes_by_document", "notes", ["document_id", "id"])


def add_views() -> None:
    """Make the saved views."""
    op.create_table(
        "views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", SORTED_TEXT, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_views"),
        sa.UniqueConstraint("name_key", name="uq_views_name_key"),
        sqlite_autoincrement=True,
    )


def add_assignments() -> None:
    """Make the reasons."""
    op.create_table(
        "assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("time", MOMENT, nullable=False),
        sa.Column("aspect", sa.String(32), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("giver", sa.String(32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_assignments"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_assignments_document_id", ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_assignments_by_document", "assignments", ["document_id", "id"])
