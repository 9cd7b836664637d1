"""When a job was last queued, and when its work began: so one can tell how long it waited from how long it took."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Add them; nobody knows them of jobs that were there before."""
    for name in ("queue_time", "start_time"):
        op.add_column("jobs", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
