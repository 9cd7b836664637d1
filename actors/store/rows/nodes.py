"""The tables of the cluster. A change here needs a migration beside it (actors/store/migrations)."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from actors.store.rows.archive import Base
from actors.store.rows.columns import CleanText, UtcDateTime


class NodeRow(Base):
    """One machine that has joined, by the SHA-256 of its key."""

    __tablename__ = "nodes"
    # An id stands in the audit log and on the machine, so SQLite must not give it a second time.
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    hostname: Mapped[str] = mapped_column(CleanText)
    resting: Mapped[bool]
    leaving: Mapped[bool]
    join_time: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_time: Mapped[datetime] = mapped_column(UtcDateTime)


class JoinCodeRow(Base):
    """A code by which one machine joins, by its SHA-256; it goes when it is used."""

    __tablename__ = "join_codes"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    expire_time: Mapped[datetime] = mapped_column(UtcDateTime)
