"""The tables of bulk edits. A change here needs a migration beside it (actors/store/migrations)."""

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from actors.store.rows.archive import Base
from actors.store.rows.columns import CleanText


class BulkEditRow(Base):
    """What a job does to which documents. Their ids are one value: written once, and read once each time the job begins."""

    __tablename__ = "bulk_edits"
    __table_args__ = (Index("ix_bulk_edits_by_request", "request_id", unique=True),)

    job_id: Mapped[int] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    order: Mapped[dict[str, Any]] = mapped_column(JSON)
    documents: Mapped[list[int]] = mapped_column(JSON, deferred=True)
    request_id: Mapped[str | None] = mapped_column(String(64))


class BulkResultRow(Base):
    """A document that a bulk edit has changed, or could not; one that had it all already has no row.

    Its new values are its assignments after the first one named here, up to the last. The document may be gone since.
    """

    __tablename__ = "bulk_results"

    job_id: Mapped[int] = mapped_column(ForeignKey("bulk_edits.job_id", ondelete="CASCADE"), primary_key=True)
    document_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first_assignment: Mapped[int] = mapped_column(BigInteger)
    last_assignment: Mapped[int] = mapped_column(BigInteger)
    moved: Mapped[str] = mapped_column(String(16))
    error: Mapped[str] = mapped_column(CleanText)
