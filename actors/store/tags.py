"""The tags of documents, read and written in bulk."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from actors.store.columns import clean_text
from actors.store.schema import DocumentTagRow, TagRow


def tags_of(session: Session, document_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Read the sorted tag names of many documents with one query; a document without tags has no entry."""
    query = (
        select(DocumentTagRow.document_id, TagRow.name)
        .join(TagRow, TagRow.id == DocumentTagRow.tag_id)
        .where(DocumentTagRow.document_id.in_(document_ids))
    )
    names: defaultdict[int, list[str]] = defaultdict(list)
    for document_id, name in session.execute(query):
        names[document_id].append(name)
    return {document_id: tuple(sorted(found)) for document_id, found in names.items()}


def assign_tags(session: Session, document_id: int, names: Iterable[str]) -> None:
    """Give a document exactly these tags; names that no tag has become new tags."""
    wanted = {clean_text(name) for name in names}
    known = {name: tag_id for tag_id, name in session.execute(select(TagRow.id, TagRow.name).where(TagRow.name.in_(wanted)))}
    for name in sorted(wanted - known.keys()):
        tag = TagRow(name=name)
        session.add(tag)
        session.flush()
        known[name] = tag.id
    session.execute(delete(DocumentTagRow).where(DocumentTagRow.document_id == document_id))
    if known:
        session.execute(insert(DocumentTagRow), [{"document_id": document_id, "tag_id": tag_id} for tag_id in known.values()])
