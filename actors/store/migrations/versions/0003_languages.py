"""In which languages a page was read, and the script of one that could not be."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add both to the pages; of those that were read before nothing is known."""
    for name in ("languages", "script"):
        op.add_column("pages", sa.Column(name, sa.Text(), nullable=False, server_default=""))
