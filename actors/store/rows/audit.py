"""The table of the audit. A change here needs a migration beside it (actors/store/migrations)."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from actors.store.nouns.audit import Act, AuditNoun, AuthorKind
from actors.store.rows.archive import Base
from actors.store.rows.columns import CleanText, UtcDateTime, state_column


class AuditRow(Base):
    """One deed. No foreign keys: it outlives whoever did it, and what it was done to. `changes` are as audit/as_json.py writes them."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_by_time", "time"),
        Index("ix_audit_entries_by_subject", "noun", "subject_id", "id"),
        Index("ix_audit_entries_by_user", "user_id", "id"),
        # An id is the place in a list, so SQLite must not give it a second time.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    time: Mapped[datetime] = mapped_column(UtcDateTime)
    author_kind: Mapped[AuthorKind] = mapped_column(state_column(AuthorKind))
    author_name: Mapped[str] = mapped_column(CleanText)
    user_id: Mapped[int | None]
    token_id: Mapped[int | None]
    token_name: Mapped[str] = mapped_column(CleanText)
    address: Mapped[str] = mapped_column(String(64))
    act: Mapped[Act] = mapped_column(state_column(Act))
    noun: Mapped[AuditNoun] = mapped_column(state_column(AuditNoun))
    subject_id: Mapped[int | None] = mapped_column(BigInteger)
    subject_name: Mapped[str] = mapped_column(CleanText)
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
