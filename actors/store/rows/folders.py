"""The tables of the folders that people browse. A change here needs a migration beside it (actors/store/migrations)."""

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from actors.store.rows.archive import SORTED_TEXT, Base
from actors.store.rows.columns import CleanText


class PlaceRow(Base):
    """Where a document stands: `folder` has / between its parts and is '' at the top. No foreign key: folders count those that go, too."""

    __tablename__ = "places"
    __table_args__ = (Index("ix_places_by_folder", "folder", "name_key", "document_id"),)

    document_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    folder: Mapped[str] = mapped_column(SORTED_TEXT)
    name: Mapped[str] = mapped_column(CleanText)
    name_key: Mapped[str] = mapped_column(SORTED_TEXT)
    problem: Mapped[str] = mapped_column(CleanText)


class FolderRow(Base):
    """A folder with documents in it or below it, and how many; the top, '', has no parent."""

    __tablename__ = "folders"
    __table_args__ = (Index("ix_folders_by_parent", "parent", "name_key", "path"),)

    path: Mapped[str] = mapped_column(SORTED_TEXT, primary_key=True)
    parent: Mapped[str | None] = mapped_column(SORTED_TEXT)
    name_key: Mapped[str] = mapped_column(SORTED_TEXT)
    documents: Mapped[int]


class UnplacedRow(Base):
    """A document whose place must be worked out again, like a row of the outbox: it may be purged meanwhile."""

    __tablename__ = "unplaced"

    document_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int]


class RenamedRow(Base):
    """A label or field that has another name, or a storage path with another template: `kind` is the label's, or `field`."""

    __tablename__ = "renamed"

    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    item_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class NamedFileRow(Base):
    """A second name of a document's file, noted before it is given. `path` begins at `named/`. No foreign key: it outlives the document."""

    __tablename__ = "named_files"

    path: Mapped[str] = mapped_column(SORTED_TEXT, primary_key=True)
    document_id: Mapped[int] = mapped_column(index=True)
