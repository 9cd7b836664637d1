"""The tables of sharing. A change here needs a migration beside it (actors/store/migrations)."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from actors.store.nouns.sharing import ShareContent
from actors.store.rows.archive import Base
from actors.store.rows.columns import CleanText, UtcDateTime, state_column


class ShareLinkRow(Base):
    """One link, by the SHA-256 of its secret. Nobody's are those of this machine's own command line."""

    __tablename__ = "share_links"
    # An id stands in the audit log, so SQLite must not give it a second time.
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    maker_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(CleanText)
    content: Mapped[ShareContent] = mapped_column(state_column(ShareContent))
    password_hash: Mapped[str] = mapped_column(String(256))
    disabled: Mapped[bool]
    max_downloads: Mapped[int]
    downloads: Mapped[int]
    expire_time: Mapped[datetime | None] = mapped_column(UtcDateTime)
    create_time: Mapped[datetime] = mapped_column(UtcDateTime)
    download_time: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SharedDocumentRow(Base):
    """A link gives a document."""

    __tablename__ = "shared_documents"

    link_id: Mapped[int] = mapped_column(ForeignKey("share_links.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
