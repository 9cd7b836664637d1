"""The tables of notifications. A change here needs a migration beside it (actors/store/migrations)."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from actors.store.nouns.notifications import Event, Way
from actors.store.rows.archive import SORTED_TEXT, Base
from actors.store.rows.columns import CleanText, UtcDateTime, state_column


class NotificationRow(Base):
    """What somebody wants to be told; it goes with its owner."""

    __tablename__ = "notifications"
    # An id stands in the audit log, so SQLite must not give it a second time.
    __table_args__ = (UniqueConstraint("owner_id", "name_key", name="uq_notifications_name"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(CleanText)
    name_key: Mapped[str] = mapped_column(SORTED_TEXT)
    events: Mapped[list[str]] = mapped_column(JSON)
    way: Mapped[Way] = mapped_column(state_column(Way))
    url: Mapped[str] = mapped_column(CleanText)
    secret: Mapped[str] = mapped_column(CleanText)
    views: Mapped[list[int]] = mapped_column(JSON)
    due_days: Mapped[int]
    enabled: Mapped[bool]
    seen_change: Mapped[int] = mapped_column(BigInteger)
    told_time: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str] = mapped_column(CleanText)
    error_time: Mapped[datetime | None] = mapped_column(UtcDateTime)


class NoticeRow(Base):
    """What happened to a document and is to be told; once it was, `due_time` is empty, and the row keeps it from being told again."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("notification_id", "document_id", "event", "subject", name="uq_notices_happening"),
        Index("ix_notices_by_due_time", "due_time", "notification_id"),
        Index("ix_notices_document_id", "document_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    notification_id: Mapped[int] = mapped_column(ForeignKey("notifications.id", ondelete="CASCADE"))
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    event: Mapped[Event] = mapped_column(state_column(Event))
    subject: Mapped[str] = mapped_column(String(64))
    words: Mapped[str] = mapped_column(CleanText)
    attempt: Mapped[int]
    due_time: Mapped[datetime | None] = mapped_column(UtcDateTime)
