"""The tags of documents, read and written in bulk."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.orm import Session

from actors.store.columns import clean_text
from actors.store.schema import DocumentTagRow, TagRow

_NAMES = (
    select(DocumentTagRow.document_id, TagRow.name)
    .join(TagRow, TagRow.id == DocumentTagRow.tag_id)
    .where(DocumentTagRow.document_id.in_(bindparam("document_ids", expanding=True)))
)


def tags_of(session: Session, document_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Read the sorted tag names of many documents with one query; a document without tags has no entry."""
    names: defaultdict[int, list[str]] = defaultdict(list)
    for document_id, name in session.execute(_NAMES, {"document_ids": document_ids}):
        names[document_id].append(name)
    return {document_id: tuple(sorted(found)) for document_id, found in names.items()}


def assign_tags(session: Session, wanted: Mapping[int, Iterable[str]]) -> None:
    """Give each document exactly its tags; names that no tag has become new tags."""
    names = {document_id: {clean_text(name) for name in given} for document_id, given in wanted.items()}
    ids = tag_ids(session, set().union(*names.values()))
    session.execute(delete(DocumentTagRow).where(DocumentTagRow.document_id.in_(names)))
    borne = [{"document_id": document_id, "tag_id": ids[name]} for document_id, given in names.items() for name in given]
    if borne:
        session.execute(insert(DocumentTagRow), borne)


def tag_ids(session: Session, names: set[str]) -> dict[str, int]:
    """Find tags by their names, and add those that are missing."""
    query = select(TagRow.name, TagRow.id).where(TagRow.name.in_(names))
    known = dict(session.execute(query).all())
    if missing := sorted(names - known.keys()):
        session.execute(insert(TagRow), [{"name": name} for name in missing])
        known = dict(session.execute(query).all())
    return known
