"""The table of upload links. A change here needs a migration beside it (actors/store/migrations)."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from actors.store.rows.archive import Base
from actors.store.rows.columns import CleanText, UtcDateTime

_USER = "users.id"
_LABEL = "labels.id"


class UploadLinkRow(Base):
    """One link, by the SHA-256 of its secret. It goes with its maker, and with the owner of what comes: that is never everyone's."""

    __tablename__ = "upload_links"
    # An id stands in the audit log, so SQLite must not give it a second time.
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    maker_id: Mapped[int | None] = mapped_column(ForeignKey(_USER, ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(CleanText)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey(_USER, ondelete="CASCADE"), index=True)
    tags: Mapped[list[int]] = mapped_column(JSON)
    correspondent_id: Mapped[int | None] = mapped_column(ForeignKey(_LABEL, ondelete="SET NULL"), index=True)
    document_type_id: Mapped[int | None] = mapped_column(ForeignKey(_LABEL, ondelete="SET NULL"), index=True)
    storage_path_id: Mapped[int | None] = mapped_column(ForeignKey(_LABEL, ondelete="SET NULL"), index=True)
    max_files: Mapped[int]
    max_file_bytes: Mapped[int] = mapped_column(BigInteger)
    max_total_bytes: Mapped[int] = mapped_column(BigInteger)
    mime_types: Mapped[list[str]] = mapped_column(JSON)
    password_hash: Mapped[str] = mapped_column(String(256))
    disabled: Mapped[bool]
    files: Mapped[int]
    bytes: Mapped[int] = mapped_column(BigInteger)
    expire_time: Mapped[datetime | None] = mapped_column(UtcDateTime)
    create_time: Mapped[datetime] = mapped_column(UtcDateTime)
    use_time: Mapped[datetime | None] = mapped_column(UtcDateTime)
