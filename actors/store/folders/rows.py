"""Folders count the documents in them, in the one transaction that is open."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, func, insert, not_, or_, select, update
from sqlalchemy.orm import Session, aliased

from actors.store.catalog.hidden import hidden_labels
from actors.store.catalog.label_rows import names_of
from actors.store.rows.archive import Base, DocumentRow
from actors.store.rows.catalog import DocumentTagRow
from actors.store.rows.folders import FolderRow, PlaceRow
from actors.store.rows.ordering import title_key
from actors.store.rows.seeing import viewer_in

_WORD = re.compile(r"\w+")
_FOLDERS = Base.metadata.tables[FolderRow.__tablename__]
_ADD = update(_FOLDERS).where(_FOLDERS.c.path == bindparam("at")).values(documents=_FOLDERS.c.documents + bindparam("amount"))


def count_moves(session: Session, left: Iterable[str], entered: Iterable[str]) -> None:
    """Count documents that have left folders and entered others; a folder comes with its first and goes with its last."""
    amounts = Counter[str]()
    for folder in left:
        amounts.subtract(with_parents(folder))
    for folder in entered:
        amounts.update(with_parents(folder))
    moved = {path: amount for path, amount in amounts.items() if amount}
    if not moved:
        return
    there = set(session.scalars(select(_FOLDERS.c.path).where(_FOLDERS.c.path.in_(moved))))
    if new := [new_folder(path, amount) for path, amount in moved.items() if path not in there]:
        session.execute(insert(_FOLDERS), new)
    if there:
        session.execute(_ADD, [{"at": path, "amount": moved[path]} for path in there])
        session.execute(delete(_FOLDERS).where(_FOLDERS.c.path.in_(there), _FOLDERS.c.documents <= 0))


def counted(session: Session) -> ColumnElement[int]:
    """Give the number of documents in a folder and below it; in a narrowed session, of those that it sees."""
    if viewer_in(session) is None:
        return FolderRow.documents + 0
    within = or_(PlaceRow.folder == FolderRow.path, _below(), FolderRow.path == "")
    return select(func.count()).select_from(PlaceRow).where(within, *shown(session)).correlate(FolderRow).scalar_subquery()


def parted(session: Session) -> ColumnElement[bool]:
    """Tell whether there are folders in one; in a narrowed session, such in which it sees a document."""
    if viewer_in(session) is None:
        inner = aliased(FolderRow)
        return exists().where(inner.parent == FolderRow.path)
    return select(PlaceRow.document_id).where(_below(), *shown(session)).correlate(FolderRow).exists()


def shown(session: Session) -> Iterator[ColumnElement[bool]]:
    """Leave out the places that labels have given which a session does not see: folders would tell what they are called."""
    hidden = sorted(hidden_labels(session))
    if not hidden:
        return
    columns = (DocumentRow.correspondent_id, DocumentRow.type_id, DocumentRow.path_id)
    yield PlaceRow.document_id.not_in(select(DocumentRow.id).where(or_(*(column.in_(hidden) for column in columns))))
    for label, name in names_of(session, hidden).items():
        word = max(_WORD.findall(name), key=len, default=name)  # a path may write the rest otherwise
        bearing = select(DocumentTagRow.document_id).where(DocumentTagRow.tag_id == label)
        named = or_(PlaceRow.folder.icontains(word, autoescape=True), PlaceRow.name.icontains(word, autoescape=True))
        yield not_(and_(named, PlaceRow.document_id.in_(bearing)))


def _below() -> ColumnElement[bool]:
    # What is below a folder begins with its path and /, and so stands before its path and 0, the next sign.
    return and_(PlaceRow.folder > FolderRow.path + "/", PlaceRow.folder < FolderRow.path + "0")


def with_parents(folder: str) -> Iterator[str]:
    """Give a folder and all above it, the top, '', last."""
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
    yield ""


def new_folder(path: str, documents: int) -> dict[str, object]:
    """Describe a folder that was not there."""
    parent, _, name = path.rpartition("/")
    return {"path": path, "parent": parent if path else None, "name_key": title_key(name), "documents": documents}
