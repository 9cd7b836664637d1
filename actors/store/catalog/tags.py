"""Which document bears which tag, written in bulk."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, insert
from sqlalchemy.orm import Session

from actors.store.rows.archive import Base
from actors.store.rows.catalog import DocumentTagRow

# On the table: many at once, by one statement.
_BORNE = Base.metadata.tables[DocumentTagRow.__tablename__]
_DROP = delete(_BORNE).where(_BORNE.c.document_id == bindparam("from_id"), _BORNE.c.tag_id == bindparam("dropped_id"))

Pairs = Sequence[tuple[int, int]]


def bear(session: Session, pairs: Pairs) -> None:
    """Give tags to documents that do not bear them; each pair is a document and a tag."""
    if pairs:
        session.execute(insert(_BORNE), [{"document_id": document_id, "tag_id": tag_id} for document_id, tag_id in pairs])


def drop(session: Session, pairs: Pairs) -> None:
    """Take tags from documents."""
    if pairs:
        session.execute(_DROP, [{"from_id": document_id, "dropped_id": tag_id} for document_id, tag_id in pairs])
