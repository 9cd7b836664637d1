"""What figures ask of documents, in indexes; and dates in custom fields that people are reminded of."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

_BY_TIME = {"ix_documents_by_added_time": "added_time", "ix_documents_by_created_date": "created_date"}
_FEW = {
    "ix_documents_warned": sa.text("json_array_length(documents.warnings) > 0"),
    "ix_documents_failed": sa.text("documents.state = 'failed'"),
}
_FILL = {
    "sqlite": "UPDATE field_values SET day = json_extract(value, '$') WHERE field_id IN (SELECT id FROM fields WHERE kind = 'date')",
    "postgresql": """
        UPDATE field_values SET day = CAST(value #>> '{}' AS date) WHERE field_id IN (SELECT id FROM fields WHERE kind = 'date')
    """,
}


def upgrade() -> None:
    """Make indexes wider and new ones, and write down what is a date."""
    for name, column in _BY_TIME.items():
        op.drop_index(name, "documents")
        op.create_index(name, "documents", ["trashed", column, "id", "access_id", "type_id", "page_count"])
    for name, condition in _FEW.items():
        op.create_index(name, "documents", ["trashed", "id", "access_id"], sqlite_where=condition, postgresql_where=condition)
    op.add_column("fields", sa.Column("reminder_days", sa.Integer(), nullable=False, server_default=sa.text("0")))
    op.add_column("field_values", sa.Column("day", sa.Date(), nullable=True))
    op.execute(_FILL[op.get_bind().dialect.name])
    dated = sa.text("day IS NOT NULL")
    op.create_index("ix_field_values_by_day", "field_values", ["field_id", "day"], sqlite_where=dated, postgresql_where=dated)
