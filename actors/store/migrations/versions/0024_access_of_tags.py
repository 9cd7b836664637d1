"""The class of access of a document beside each of its tags, and of its labels in their indexes: counts by label look nothing up."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

_COLUMNS = {"correspondent": "correspondent_id", "type": "type_id", "path": "path_id"}
_FILL = """
UPDATE document_tags SET access_id = (SELECT access_id FROM documents WHERE id = document_tags.document_id)
WHERE EXISTS (SELECT 1 FROM documents WHERE id = document_tags.document_id AND access_id <> 1)
"""

_FOLLOW = "UPDATE document_tags SET access_id = NEW.access_id WHERE document_id = NEW.id;"
_SQLITE = (
    f"CREATE TRIGGER tags_follow AFTER UPDATE OF access_id ON documents WHEN OLD.access_id <> NEW.access_id BEGIN {_FOLLOW} END",
    """
    CREATE TRIGGER tags_come AFTER INSERT ON document_tags
    WHEN NEW.access_id <> (SELECT access_id FROM documents WHERE id = NEW.document_id)
    BEGIN
        UPDATE document_tags SET access_id = (SELECT access_id FROM documents WHERE id = NEW.document_id)
        WHERE document_id = NEW.document_id AND tag_id = NEW.tag_id;
    END
    """,
)
_POSTGRESQL = (
    f"CREATE FUNCTION tags_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {_FOLLOW} RETURN NULL; END $$",
    """
    CREATE TRIGGER tags_follow AFTER UPDATE OF access_id ON documents FOR EACH ROW
    WHEN (OLD.access_id <> NEW.access_id) EXECUTE FUNCTION tags_follow()
    """,
    """
    CREATE FUNCTION tags_come() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.access_id := coalesce((SELECT access_id FROM documents WHERE id = NEW.document_id), NEW.access_id);
        RETURN NEW;
    END $$
    """,
    "CREATE TRIGGER tags_come BEFORE INSERT ON document_tags FOR EACH ROW EXECUTE FUNCTION tags_come()",
)


def upgrade() -> None:
    """Write it down, and let the database keep it. Whoever makes one of both tables anew on SQLite must make its trigger anew too."""
    op.add_column("document_tags", sa.Column("access_id", sa.Integer(), nullable=False, server_default=sa.text("1")))
    op.execute(_FILL)
    op.drop_index("ix_document_tags_tag_id", "document_tags")
    op.create_index("ix_document_tags_by_tag", "document_tags", ["tag_id", "access_id"])
    for name, column in _COLUMNS.items():
        op.drop_index(f"ix_documents_by_{name}", "documents")
        op.create_index(f"ix_documents_by_{name}", "documents", [column, "trashed", "access_id"])
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)
