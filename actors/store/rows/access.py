"""The tables of access. A change here needs a migration beside it (actors/store/migrations)."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from actors.store.nouns.access import HolderKind, Level, SubjectKind
from actors.store.rows.archive import Base
from actors.store.rows.columns import state_column


class AccessClassRow(Base):
    """All documents whose access follows from the same. `digest` is that of all the rest; grants are kind, id and level.

    There are few, however many documents. One that has lost its documents stays: they may come back.
    """

    __tablename__ = "access_classes"
    # An id stands in the search index, so SQLite must not give it a second time.
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    owner_id: Mapped[int | None]
    private: Mapped[bool]
    grants: Mapped[list[list[Any]]] = mapped_column(JSON)
    labels: Mapped[list[int]] = mapped_column(JSON)
    # How many documents there are outside the trash and in it. Triggers of the database count, so no writer can forget to.
    live: Mapped[int] = mapped_column(server_default=sql("0"))
    trashed: Mapped[int] = mapped_column(server_default=sql("0"))


class ReachRow(Base):
    """Somebody reaches the documents of a class: what follows from all grants, worked out (access/reach.py)."""

    __tablename__ = "access_reach"
    # SQLite then keeps a row once instead of twice.
    __table_args__ = ({"sqlite_with_rowid": False},)

    subject_kind: Mapped[SubjectKind] = mapped_column(state_column(SubjectKind), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    access_id: Mapped[int] = mapped_column(ForeignKey("access_classes.id", ondelete="CASCADE"), primary_key=True, index=True)
    level: Mapped[Level] = mapped_column(state_column(Level))


class GrantRow(Base):
    """A tag, a storage path or an owner lets somebody view or edit its documents.

    No foreign keys: a grant to a group that is gone lets nobody in, and without it documents would become everyone's.
    """

    __tablename__ = "grants"

    holder_kind: Mapped[HolderKind] = mapped_column(state_column(HolderKind), primary_key=True)
    holder_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    subject_kind: Mapped[SubjectKind] = mapped_column(state_column(SubjectKind), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    level: Mapped[Level] = mapped_column(state_column(Level))
