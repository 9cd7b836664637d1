"""The tables of the catalogue. A change here needs a migration beside it (actors/store/migrations)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Double, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from actors.store.nouns.assignments import Aspect, Giver
from actors.store.nouns.catalog import FieldKind, LabelKind, Matching
from actors.store.rows.archive import SORTED_TEXT, Base
from actors.store.rows.columns import CleanText, UtcDateTime, state_column
from actors.store.rows.owned import Owned


class LabelRow(Owned, Base):
    """One correspondent, document type, tag or storage path. `name_key` is its name as names are told apart and sorted (names.py)."""

    __tablename__ = "labels"
    # An id stands in the search index, so SQLite must not give it a second time.
    __table_args__ = (UniqueConstraint("kind", "name_key"), Index("ix_labels_by_inbox", "inbox"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[LabelKind] = mapped_column(state_column(LabelKind))
    revision: Mapped[int]
    name_key: Mapped[str] = mapped_column(SORTED_TEXT)
    matching: Mapped[Matching] = mapped_column(state_column(Matching))
    pattern: Mapped[str] = mapped_column(CleanText)
    case_sensitive: Mapped[bool]
    colour: Mapped[str] = mapped_column(String(16))
    inbox: Mapped[bool]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("labels.id", ondelete="SET NULL"), index=True)
    template: Mapped[str] = mapped_column(CleanText)


class DocumentTagRow(Base):
    """A document bears a tag. `access_id` repeats that of the document for counts; triggers of the database keep it."""

    __tablename__ = "document_tags"
    __table_args__ = (Index("ix_document_tags_by_tag", "tag_id", "access_id"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("labels.id", ondelete="CASCADE"), primary_key=True)
    access_id: Mapped[int] = mapped_column(server_default=sql("1"))


class FieldRow(Base):
    """One custom field. `options` are pairs of id and name, in their order; an id is never given a second time (`next_option`)."""

    __tablename__ = "fields"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[FieldKind] = mapped_column(state_column(FieldKind))
    revision: Mapped[int]
    name: Mapped[str] = mapped_column(CleanText)
    name_key: Mapped[str] = mapped_column(SORTED_TEXT, unique=True)
    options: Mapped[list[list[Any]]] = mapped_column(JSON)
    next_option: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    extraction: Mapped[str] = mapped_column(CleanText)
    # 0: its dates are nothing to be reminded of.
    reminder_days: Mapped[int] = mapped_column(server_default=sql("0"))


class FieldValueRow(Base):
    """A document's value of a custom field, as JSON (field_values.py). Links to documents are rows of their own.

    `day` repeats a date, so that documents whose date is near are found without looking at all of them.
    """

    __tablename__ = "field_values"
    __table_args__ = (
        Index("ix_field_values_by_day", "field_id", "day", sqlite_where=sql("day IS NOT NULL"), postgresql_where=sql("day IS NOT NULL")),
    )

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    field_id: Mapped[int] = mapped_column(ForeignKey("fields.id", ondelete="CASCADE"), primary_key=True, index=True)
    value: Mapped[Any] = mapped_column(JSON)
    day: Mapped[date | None]


class DocumentLinkRow(Base):
    """One direction of a link between two documents by a custom field; the other direction is a row too."""

    __tablename__ = "document_links"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    field_id: Mapped[int] = mapped_column(ForeignKey("fields.id", ondelete="CASCADE"), primary_key=True, index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, index=True)


class NoteRow(Base):
    """What somebody wrote on a document."""

    __tablename__ = "notes"
    __table_args__ = (Index("ix_notes_by_document", "document_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    author: Mapped[str] = mapped_column(CleanText)
    text: Mapped[str] = mapped_column(CleanText)
    create_time: Mapped[datetime] = mapped_column(UtcDateTime)
    update_time: Mapped[datetime] = mapped_column(UtcDateTime)


class ViewRow(Owned, Base):
    """One saved view; `shown` holds all of it that nobody asks the database for."""

    __tablename__ = "views"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    name_key: Mapped[str] = mapped_column(SORTED_TEXT, unique=True)
    position: Mapped[int]
    shown: Mapped[dict[str, Any]] = mapped_column(JSON)


class AssignmentRow(Base):
    """A value that was given to a document, and why. `subject_id` is the tag or the field; values are JSON (catalog/field_values.py)."""

    __tablename__ = "assignments"
    __table_args__ = (Index("ix_assignments_by_document", "document_id", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    time: Mapped[datetime] = mapped_column(UtcDateTime)
    aspect: Mapped[Aspect] = mapped_column(state_column(Aspect))
    subject_id: Mapped[int | None]
    value: Mapped[Any] = mapped_column(JSON)
    before: Mapped[Any] = mapped_column(JSON)
    giver: Mapped[Giver] = mapped_column(state_column(Giver))
    words: Mapped[str] = mapped_column(CleanText)
    score: Mapped[float | None] = mapped_column(Double)
    undone: Mapped[bool]
