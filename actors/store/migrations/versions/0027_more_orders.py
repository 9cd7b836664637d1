"""An index for each further order of lists: by archive serial number, pages and bytes."""

from alembic import op

revision = "0027"
down_revision = "0026"

_COLUMNS = {"number": "asn", "page_count": "page_count", "size": "size_bytes"}


def upgrade() -> None:
    """Make them."""
    for name, column in _COLUMNS.items():
        op.create_index(f"ix_documents_by_{name}", "documents", ["trashed", column, "id", "access_id"])
