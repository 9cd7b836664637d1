"""The table of tasks that are done by the clock. A change here needs a migration beside it (actors/store/migrations)."""

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from actors.store.rows.archive import Base
from actors.store.rows.columns import CleanText, UtcDateTime


class TaskRow(Base):
    """One task. Whoever is at it has a lease; the fence grows with each, so that a run that was given up writes nothing."""

    __tablename__ = "tasks"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    schedule: Mapped[str] = mapped_column(CleanText)
    due_time: Mapped[datetime | None] = mapped_column(UtcDateTime)
    owner: Mapped[str] = mapped_column(CleanText)
    fence: Mapped[int] = mapped_column(BigInteger)
    lease_time: Mapped[datetime | None] = mapped_column(UtcDateTime)
    start_time: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end_time: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_time: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(CleanText)
    error: Mapped[str] = mapped_column(CleanText)
