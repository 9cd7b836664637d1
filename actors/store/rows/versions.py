"""The tables of versions, and what must know of them wherever bytes are looked for.

A change here needs a migration beside it (actors/store/migrations).
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, exists, or_, select, union_all
from sqlalchemy.orm import Mapped, Session, mapped_column

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.assignments import Giver
from actors.store.nouns.versions import FIRST, StoredFile, Version, VersionFacts
from actors.store.rows.archive import Base, DocumentRow
from actors.store.rows.columns import CleanText, UtcDateTime, state_column
from actors.store.rows.seeing import WHOLE


class VersionRow(Base):
    """One file of a document, the first one too. A document that never had a second one has no row: its own tells all of the first."""

    __tablename__ = "document_versions"
    __table_args__ = (Index("ix_document_versions_by_bytes", "sha256", "document_id"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(String(64))
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    mime_type: Mapped[str] = mapped_column(CleanText)
    filename: Mapped[str] = mapped_column(CleanText)
    page_count: Mapped[int]
    label: Mapped[str] = mapped_column(CleanText)
    giver: Mapped[Giver] = mapped_column(state_column(Giver))
    words: Mapped[str] = mapped_column(CleanText)
    create_time: Mapped[datetime] = mapped_column(UtcDateTime)


class LooseOriginalRow(Base):
    """The bytes of a version that is gone and whose file is still to be removed. `stamp` tells whether they were stored anew since."""

    __tablename__ = "loose_originals"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    document_id: Mapped[int]
    stamp: Mapped[int] = mapped_column(BigInteger)


_DOCUMENTS = Base.metadata.tables[DocumentRow.__tablename__]
_VERSIONS = Base.metadata.tables[VersionRow.__tablename__]


def rows_with_bytes(session: Session, digest: str, size_bytes: int, whole: bool = False) -> Sequence[DocumentRow]:
    """List the documents that hold these bytes, or have had them before their newest version; those in the trash too.

    `whole`: also those that a narrowed session does not see.
    """
    now = select(_DOCUMENTS.c.id).where(_DOCUMENTS.c.sha256 == digest, _DOCUMENTS.c.size_bytes == size_bytes)
    before = select(_VERSIONS.c.document_id).where(_VERSIONS.c.sha256 == digest, _VERSIONS.c.size_bytes == size_bytes)
    query = select(DocumentRow).where(DocumentRow.id.in_(union_all(now, before))).order_by(DocumentRow.id)
    return session.scalars(query, execution_options=WHOLE if whole else {}).all()


def is_kept(session: Session, digest: str) -> bool:
    """Tell whether any document needs the original with this digest, for its newest version or an earlier one."""
    newest = exists().where(DocumentRow.sha256 == digest)
    kept = select(or_(newest, exists().where(VersionRow.sha256 == digest)))
    return session.scalars(kept, execution_options=WHOLE).one()  # a hidden document needs its file, too


def versions_of(session: Session, row: DocumentRow) -> list[Version]:
    """List the versions of a document, the first one first."""
    kept = session.scalars(select(VersionRow).where(VersionRow.document_id == row.id).order_by(VersionRow.number)).all()
    return [version_of(one, row) for one in kept or [first_version(row)]]


def first_version(row: DocumentRow) -> VersionRow:
    """Make the row of the only version that a document ever had."""
    return VersionRow(
        document_id=row.id,
        number=FIRST,
        sha256=row.sha256,
        size_bytes=row.size_bytes,
        mime_type=row.mime_type,
        filename=row.original_filename,
        page_count=row.page_count,
        label="",
        giver=Giver.DELIVERY,
        words="",
        create_time=row.added_time,
    )


def version_of(kept: VersionRow, row: DocumentRow) -> Version:
    """Make a version of its row and its document's."""
    present = kept.number == row.version
    pages = row.page_count if present else kept.page_count
    facts = VersionFacts(kept.mime_type, kept.filename, pages, kept.label, kept.giver, kept.words)
    return Version(DocumentId(row.id), kept.number, present, StoredFile(kept.sha256, kept.size_bytes), facts, kept.create_time)


def loosen(session: Session, document_id: int, digest: str, stamp: Callable[[str], int]) -> None:
    """Note the file of a version that goes: it is removed after the commit (trash.py)."""
    session.merge(LooseOriginalRow(sha256=digest, document_id=document_id, stamp=stamp(digest)))
