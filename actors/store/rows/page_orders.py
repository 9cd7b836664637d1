"""The table of page orders. A change here needs a migration beside it (actors/store/migrations)."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from actors.store.rows.archive import Base


class PageOrderRow(Base):
    """What a job makes of pages and, once it has ended well, the documents that have them and the jobs that read those."""

    __tablename__ = "page_orders"

    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    request_id: Mapped[str] = mapped_column(String(64), unique=True)
    order: Mapped[dict[str, Any]] = mapped_column(JSON)
    documents: Mapped[list[int]] = mapped_column(JSON)
    reading: Mapped[list[int]] = mapped_column(JSON)
