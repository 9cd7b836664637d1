"""The tables of workflows. A change here needs a migration beside it (actors/store/migrations)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from actors.store.rows.archive import SORTED_TEXT, Base
from actors.store.rows.columns import CleanText, UtcDateTime
from actors.store.rows.owned import Owned


class WorkflowRow(Owned, Base):
    """One workflow. `definition` holds triggers and actions (workflows/as_json.py), `moments` the kinds of its triggers, between spaces."""

    __tablename__ = "workflows"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    name_key: Mapped[str] = mapped_column(SORTED_TEXT, unique=True)
    position: Mapped[int]
    enabled: Mapped[bool]
    moments: Mapped[str] = mapped_column(CleanText)
    definition: Mapped[dict[str, Any]] = mapped_column(JSON)
    error: Mapped[str] = mapped_column(CleanText)
    error_time: Mapped[datetime | None] = mapped_column(UtcDateTime)


class WorkflowLabelRow(Base):
    """A workflow names a label, which therefore stays."""

    __tablename__ = "workflow_labels"

    workflow_id: Mapped[int] = mapped_column(ForeignKey("workflows.id", ondelete="CASCADE"), primary_key=True)
    label_id: Mapped[int] = mapped_column(ForeignKey("labels.id", ondelete="RESTRICT"), primary_key=True, index=True)


class WorkflowFieldRow(Base):
    """A workflow names a custom field, which therefore stays."""

    __tablename__ = "workflow_fields"

    workflow_id: Mapped[int] = mapped_column(ForeignKey("workflows.id", ondelete="CASCADE"), primary_key=True)
    field_id: Mapped[int] = mapped_column(ForeignKey("fields.id", ondelete="RESTRICT"), primary_key=True, index=True)


class EditedRow(Base):
    """A person has edited a document, and workflows have yet to look at it."""

    __tablename__ = "edited"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    revision: Mapped[int]


class ErrandRow(Base):
    """What waits until it is done, or has failed for good. `told` is the order (workflows/as_json.py)."""

    __tablename__ = "errands"
    __table_args__ = (Index("ix_errands_by_due_time", "due_time", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    workflow_id: Mapped[int]
    name: Mapped[str] = mapped_column(CleanText)
    told: Mapped[dict[str, Any]] = mapped_column(JSON)
    attempt: Mapped[int]
    due_time: Mapped[datetime] = mapped_column(UtcDateTime)


class VisitRow(Base):
    """A workflow has looked at a document by the clock: when last, at which revisions of both, and on which day it last ran."""

    __tablename__ = "workflow_visits"

    workflow_id: Mapped[int] = mapped_column(ForeignKey("workflows.id", ondelete="CASCADE"), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True, index=True)
    look_day: Mapped[date]
    run_day: Mapped[date | None]
    document_revision: Mapped[int]
    workflow_revision: Mapped[int]
