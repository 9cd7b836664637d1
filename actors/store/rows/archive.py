"""The tables of documents, jobs and pages; those of other subjects stand beside it.

A change here needs a migration beside it (actors/store/migrations).
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, MetaData, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from actors.store.nouns.archive import DocumentForm, DocumentState, SourceKind
from actors.store.nouns.jobs import JobKind, JobState
from actors.store.nouns.pages import PageState
from actors.store.rows.columns import CleanText, UtcDateTime, state_column

# PostgreSQL sorts by the rules of its locale unless told otherwise; SQLite compares bytes.
SORTED_TEXT = Text().with_variant(Text(collation="C"), "postgresql")

# Conditions of small indexes, told apart by their words: a query uses one that says the same, with no value put in.
WARNED = "json_array_length(documents.warnings) > 0"
FAILED = "documents.state = 'failed'"

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Holds the metadata of every table."""

    metadata = MetaData(naming_convention=NAMES)


class DocumentRow(Base):
    """One document. `trashed` repeats `delete_time` for the indexes; `created_date` is `UNDATED` where no date is known."""

    __tablename__ = "documents"
    __table_args__ = (
        Index("ix_documents_by_bytes", "sha256", "id"),
        # One index per order, for the archive and the trash alike: any page of a list is one short walk along it, also for who may not
        # see all of it. Those by time also hold what growth adds up.
        Index("ix_documents_by_added_time", "trashed", "added_time", "id", "access_id", "type_id", "page_count"),
        Index("ix_documents_by_created_date", "trashed", "created_date", "id", "access_id", "type_id", "page_count"),
        Index("ix_documents_by_title", "trashed", "title_key", "id", "access_id"),
        Index("ix_documents_by_id", "trashed", "id", "access_id"),
        Index("ix_documents_by_number", "trashed", "asn", "id", "access_id"),
        Index("ix_documents_by_page_count", "trashed", "page_count", "id", "access_id"),
        Index("ix_documents_by_size", "trashed", "size_bytes", "id", "access_id"),
        # Holds all that statistics add up, so that they read a tenth of the table.
        Index("ix_documents_by_correspondent", "correspondent_id", "trashed", "access_id"),
        Index("ix_documents_by_type", "type_id", "trashed", "access_id"),
        Index("ix_documents_by_path", "path_id", "trashed", "access_id"),
        Index("ix_documents_by_asn", "asn", unique=True),
        Index("ix_documents_by_owner", "owner_id"),
        Index(
            "ix_documents_figures", "trashed", "mime_type", "language", "state", "page_count", "size_bytes", "archive_bytes", "access_id"
        ),
        # What waits for a person is little beside all the rest.
        *(
            Index(f"ix_documents_{name}", "trashed", "id", "access_id", sqlite_where=sql(condition), postgresql_where=sql(condition))
            for name, condition in (("warned", WARNED), ("failed", FAILED))
        ),
        # An id names files and index entries, so SQLite must not give it a second time.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    trashed: Mapped[bool]
    state: Mapped[DocumentState] = mapped_column(state_column(DocumentState))
    title: Mapped[str] = mapped_column(CleanText)
    title_key: Mapped[str] = mapped_column(SORTED_TEXT)
    original_filename: Mapped[str] = mapped_column(CleanText)
    mime_type: Mapped[str] = mapped_column(CleanText)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    page_count: Mapped[int]
    language: Mapped[str] = mapped_column(CleanText)
    created_date: Mapped[date]
    added_time: Mapped[datetime] = mapped_column(UtcDateTime)
    update_time: Mapped[datetime] = mapped_column(UtcDateTime)
    delete_time: Mapped[datetime | None] = mapped_column(UtcDateTime)
    warnings: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    has_archive: Mapped[bool]
    archive_bytes: Mapped[int] = mapped_column(BigInteger)
    encrypted: Mapped[bool]
    signed: Mapped[bool]
    duplicate_count: Mapped[int]
    correspondent_id: Mapped[int | None] = mapped_column(ForeignKey("labels.id", ondelete="SET NULL"))
    type_id: Mapped[int | None] = mapped_column(ForeignKey("labels.id", ondelete="SET NULL"))
    path_id: Mapped[int | None] = mapped_column(ForeignKey("labels.id", ondelete="SET NULL"))
    asn: Mapped[int | None] = mapped_column(BigInteger)
    # What was there before documents could be divided stays as it is.
    form: Mapped[DocumentForm] = mapped_column(state_column(DocumentForm), server_default=DocumentForm.WHOLE.value)
    # The facts of the file are those of this version (rows/versions.py); a number is never given twice.
    version: Mapped[int] = mapped_column(server_default=sql("1"))
    version_count: Mapped[int] = mapped_column(server_default=sql("1"))
    last_version: Mapped[int] = mapped_column(server_default=sql("1"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    # Who may see it follows from its class (rows/access.py). No foreign key: SQLite adds none to a column that has a default.
    access_id: Mapped[int] = mapped_column(server_default=sql("1"))


class DocumentOriginRow(Base):
    """A document was made of the pages of another, which it replaces, alone or with others."""

    __tablename__ = "document_origins"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    origin_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, index=True)


class SideRow(Base):
    """A document is one side of some sheets, and waits for the other; with a `problem` it waits no more, and says so once it is read."""

    __tablename__ = "sides"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    folder: Mapped[str] = mapped_column(String(64), index=True)
    scan_ns: Mapped[int] = mapped_column(BigInteger)
    waits_until: Mapped[datetime] = mapped_column(UtcDateTime)
    problem: Mapped[str] = mapped_column(CleanText)


class JobRow(Base):
    """One piece of work. `user_id` is whoever ordered it, if that was a user; `owner` the worker that holds it.

    `due_time` is when the next worker may take it: at once, after the back-off, or when the lease of the present worker runs out.
    It is empty once the job has ended.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_by_due_time", "due_time", "id"),
        Index("ix_jobs_by_state", "state", "id"),
        Index("ix_jobs_by_document", "document_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    kind: Mapped[JobKind] = mapped_column(state_column(JobKind))
    state: Mapped[JobState] = mapped_column(state_column(JobState))
    step: Mapped[str] = mapped_column(String(32))
    pages_done: Mapped[int]
    pages_total: Mapped[int]
    error: Mapped[str] = mapped_column(CleanText)
    attempt: Mapped[int]
    kills: Mapped[int]
    fence: Mapped[int] = mapped_column(BigInteger)
    owner: Mapped[str] = mapped_column(CleanText)
    label: Mapped[str] = mapped_column(CleanText)
    options: Mapped[dict[str, str]] = mapped_column(JSON)
    change: Mapped[int] = mapped_column(BigInteger, unique=True)
    create_time: Mapped[datetime] = mapped_column(UtcDateTime)
    update_time: Mapped[datetime] = mapped_column(UtcDateTime)
    # When somebody last queued it anew, and when work on it began since then.
    queue_time: Mapped[datetime | None] = mapped_column(UtcDateTime)
    start_time: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finish_time: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due_time: Mapped[datetime | None] = mapped_column(UtcDateTime)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    # In whose name it changes documents, where it belongs to none (audit/as_json.py).
    author: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class SourceRow(Base):
    """One delivery and what was answered to it. Found by the digest of its key, since a path is longer than an index entry may be."""

    __tablename__ = "sources"

    kind: Mapped[SourceKind] = mapped_column(state_column(SourceKind), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    job_id: Mapped[int | None]
    duplicate: Mapped[bool]
    time: Mapped[datetime] = mapped_column(UtcDateTime)
    key: Mapped[str] = mapped_column(CleanText)


class PageRow(Base):
    """One page as it was read. `words` stands last: SQLite then reads a text without walking over it."""

    __tablename__ = "pages"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[PageState] = mapped_column(state_column(PageState))
    confidence: Mapped[float]
    turned: Mapped[int]
    skew: Mapped[float]
    width: Mapped[int]
    height: Mapped[int]
    replaces: Mapped[bool]
    # JSON's null: nobody has looked for any.
    barcodes: Mapped[list[str] | None] = mapped_column(JSON, nullable=False)
    warning: Mapped[str] = mapped_column(CleanText)
    languages: Mapped[str] = mapped_column(CleanText, server_default=sql("''"))
    script: Mapped[str] = mapped_column(CleanText, server_default=sql("''"))
    text: Mapped[str] = mapped_column(CleanText)
    words: Mapped[bytes] = mapped_column(LargeBinary)


class OutboxRow(Base):
    """A document that the index must look at again. No foreign key: a purged document must leave the index too."""

    __tablename__ = "outbox"

    document_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int]


class LeftoverRow(Base):
    """Files of a purged document that are still to be removed. `stamp` tells whether the original was stored anew since."""

    __tablename__ = "leftovers"

    document_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str] = mapped_column(String(64))
    stamp: Mapped[int] = mapped_column(BigInteger)


class CounterRow(Base):
    """A number kept beside the rows that it counts, so that asking for it costs nothing."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)
