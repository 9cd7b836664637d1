"""The documents that the search index has yet to look at."""

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, delete, select

from actors.store.database import Database
from actors.store.nouns.archive import DocumentId
from actors.store.rows.archive import Base, DocumentRow, OutboxRow
from actors.store.rows.revisions import mark_for_index

# On the table and for many at once: through the mapped class, a hundred of them held up all other writers for a tenth of a second.
_OUTBOX = Base.metadata.tables[OutboxRow.__tablename__]
_DONE = delete(_OUTBOX).where(_OUTBOX.c.document_id == bindparam("done_id"), _OUTBOX.c.revision == bindparam("done_revision"))


class Outbox:
    """Holds a document from the transaction that changed it until the index has committed that change."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pending(self, limit: int) -> list[tuple[DocumentId, int]]:
        """List documents to look at, with their revisions; one that `for_index` does not give is to leave the index."""
        query = select(OutboxRow.document_id, OutboxRow.revision).order_by(OutboxRow.document_id).limit(limit)
        with self._database.read() as session:
            return [(DocumentId(document_id), revision) for document_id, revision in session.execute(query)]

    def done(self, looked_at: Iterable[tuple[DocumentId, int]]) -> None:
        """Take out what the index has committed; a document that changed since then stays."""
        done = [{"done_id": document_id, "done_revision": revision} for document_id, revision in looked_at]
        if done:
            with self._database.write() as session:
                session.execute(_DONE, done)

    def mark(self, document_ids: Sequence[DocumentId]) -> None:
        """Let the index look at documents again, also at those that are gone."""
        with self._database.write() as session:
            query = select(DocumentRow.id, DocumentRow.revision).where(DocumentRow.id.in_(document_ids))
            revisions = dict(session.execute(query).all())
            mark_for_index(session, {document_id: revisions.get(document_id, 0) for document_id in document_ids})
