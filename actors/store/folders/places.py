"""Where documents stand among the folders, and which are to be placed anew."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, delete, exists, func, insert, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from actors.store.catalog.renames import kind_of, said
from actors.store.database import Database
from actors.store.documents.documents import loaded
from actors.store.folders.rows import count_moves, counted, parted, shown
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import LabelId, LabelKind
from actors.store.nouns.folders import Folder, OfPaths, Place, Placed, Renamed, Unplaced
from actors.store.rows import counters
from actors.store.rows.archive import Base, DocumentRow
from actors.store.rows.catalog import FieldValueRow, LabelRow
from actors.store.rows.columns import clean_text
from actors.store.rows.folders import FolderRow, PlaceRow, RenamedRow, UnplacedRow
from actors.store.rows.many import documents_with
from actors.store.rows.ordering import title_key

_PLACES = Base.metadata.tables[PlaceRow.__tablename__]
# The place of a document, or a folder, in the order of a folder: the one to go on after.
After = tuple[str, DocumentId]
AfterFolder = tuple[str, str]


class Places:
    """Keeps the folder and name that each document's template has given it, and remembers which must be asked for again."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def folders(self, parent: str, after: AfterFolder | None, limit: int) -> Sequence[Folder]:
        """List the folders in one by name, beginning after a place."""
        with self._database.read() as session:
            documents = counted(session)
            query = select(FolderRow.path, documents, parted(session)).where(FolderRow.parent == parent, documents > 0)
            if after is not None:
                query = query.where(tuple_(FolderRow.name_key, FolderRow.path) > after)
            found = session.execute(query.order_by(FolderRow.name_key, FolderRow.path).limit(limit))
            return [Folder(path, count, has_folders) for path, count, has_folders in found]

    def documents(self, folder: str, after: After | None, limit: int) -> Sequence[Placed]:
        """List the documents in a folder by name, beginning after a place."""
        query = select(PlaceRow).where(PlaceRow.folder == folder)
        if after is not None:
            query = query.where(tuple_(PlaceRow.name_key, PlaceRow.document_id) > after)
        with self._database.read() as session:
            rows = session.scalars(query.where(*shown(session)).order_by(PlaceRow.name_key, PlaceRow.document_id).limit(limit)).all()
            return [Placed(DocumentId(row.document_id), Place(row.folder, row.name, row.problem)) for row in rows]

    def count(self, folder: str) -> int:
        """Count the documents in a folder and below it; 0 where there is no such folder."""
        with self._database.read() as session:
            return session.scalars(select(counted(session)).select_from(FolderRow).where(FolderRow.path == folder)).one_or_none() or 0

    def waiting(self) -> int:
        """Count the documents that are to be placed."""
        with self._database.read() as session:
            return session.scalars(select(func.count()).select_from(UnplacedRow)).one()

    def unplaced(self, limit: int) -> Sequence[Unplaced]:
        """List documents that are to be placed."""
        query = select(UnplacedRow.document_id, UnplacedRow.revision).order_by(UnplacedRow.document_id).limit(limit)
        with self._database.read() as session:
            marks = {DocumentId(document_id): revision for document_id, revision in session.execute(query)}
            live = DocumentRow.id.in_(marks), DocumentRow.trashed == False  # noqa: E712  # SQL, not Python
            documents = {document.id: document for document in loaded(session, session.scalars(select(DocumentRow).where(*live)).all())}
        return [Unplaced(document_id, mark, documents.get(document_id)) for document_id, mark in marks.items()]

    def put(self, marks: Mapping[DocumentId, int], placed: Sequence[Placed]) -> None:
        """Keep places instead of those before; documents that have changed since their marks stay to be placed."""
        with self._database.write() as session:
            done = _still_marked(session, marks)
            left = session.scalars(select(PlaceRow.folder).where(PlaceRow.document_id.in_(done))).all()
            session.execute(delete(_PLACES).where(_PLACES.c.document_id.in_(done)))
            session.execute(delete(UnplacedRow).where(UnplacedRow.document_id.in_(done)))
            rows = [_values(one) for one in placed if one.document_id in done]
            if rows:
                session.execute(insert(_PLACES), rows)
            count_moves(session, left, [row["folder"] for row in rows])

    def templates(self) -> Mapping[LabelId, str]:
        """Give the templates of all storage paths; '' where one has none."""
        query = select(LabelRow.id, LabelRow.template).where(LabelRow.kind == LabelKind.STORAGE_PATH)
        with self._database.read() as session:
            return {LabelId(label_id): template for label_id, template in session.execute(query)}

    def renamed(self) -> Sequence[Renamed]:
        """List what has another name."""
        with self._database.read() as session:
            rows = session.execute(select(RenamedRow.kind, RenamedRow.item_id)).all()
        return [Renamed(kind_of(kind), item_id) for kind, item_id in rows]

    def place_again(self, renamed: Renamed, among: OfPaths | None) -> None:
        """Have the documents that bear what is renamed placed again, of some storage paths or, without `among`, of all; it is then done."""
        with self._database.write() as session:
            _mark(session, _bearing(renamed), among)
            session.execute(delete(RenamedRow).where(RenamedRow.kind == said(renamed.kind), RenamedRow.item_id == renamed.item_id))

    def written_by(self) -> int:
        """Give the number of the rules by which documents are placed, 0 before there were any."""
        with self._database.read() as session:
            return counters.value(session, counters.PLACED_BY)

    def place_all(self, rules: int) -> None:
        """Have all documents placed again, by other rules."""
        with self._database.write() as session:
            _mark(session, None, None)
            counters.add(session, counters.PLACED_BY, rules - counters.value(session, counters.PLACED_BY))


def _still_marked(session: Session, marks: Mapping[DocumentId, int]) -> set[DocumentId]:
    query = select(UnplacedRow.document_id, UnplacedRow.revision).where(UnplacedRow.document_id.in_(marks))
    return {DocumentId(document_id) for document_id, revision in session.execute(query) if marks[DocumentId(document_id)] == revision}


def _values(placed: Placed) -> dict[str, Any]:
    name = clean_text(placed.place.name)
    return {
        "document_id": placed.document_id,
        "folder": clean_text(placed.place.folder),
        "name": name,
        "name_key": title_key(name),
        "problem": placed.place.problem,
    }


def _bearing(renamed: Renamed) -> Select[int]:
    if renamed.kind is None:
        return select(FieldValueRow.document_id).where(FieldValueRow.field_id == renamed.item_id)
    return documents_with(renamed.kind, LabelId(renamed.item_id))


def _mark(session: Session, chosen: Select[int] | None, among: OfPaths | None) -> None:
    marked = exists().where(UnplacedRow.document_id == DocumentRow.id)
    query = select(DocumentRow.id, DocumentRow.revision).where(DocumentRow.trashed == False, ~marked)  # noqa: E712  # SQL, not Python
    if chosen is not None:
        query = query.where(DocumentRow.id.in_(chosen))
    if among is not None:
        query = query.where(or_(DocumentRow.path_id.in_(among.paths), DocumentRow.path_id.is_(None) if among.none else literal(False)))
    session.execute(insert(UnplacedRow).from_select(["document_id", "revision"], query))
