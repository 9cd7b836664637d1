"""What can be learned from: the documents that bear tags and have been read."""

from collections.abc import Sequence

from sqlalchemy import exists, func, select

from actors.store.catalog_schema import DocumentTagRow
from actors.store.database import Database
from actors.store.schema import DocumentRow
from actors.store.types import DocumentId, DocumentState, TaggedState

TAGGED = (
    DocumentRow.trashed == False,  # noqa: E712  # SQL, not Python
    DocumentRow.state == DocumentState.READY,
    exists().where(DocumentTagRow.document_id == DocumentRow.id),
)


class Tagged:
    """Tells what documents are tagged, and whether that has changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def state(self) -> TaggedState:
        """Sum up the tagged documents; any change of their number, tags or texts gives another `change`."""
        sums = select(func.count(), func.coalesce(func.sum(DocumentRow.revision), 0), func.max(DocumentRow.update_time)).where(*TAGGED)
        with self._database.read() as session:
            count, revisions, newest = session.execute(sums).one()
        # The time tells two changes apart that make up for each other, the revisions two of a clock that was set back.
        return TaggedState(count, f"{count} {revisions} {newest.isoformat() if newest else ''}")

    def newest(self, limit: int) -> Sequence[DocumentId]:
        """List tagged documents, those first that came in last."""
        newest_first = (DocumentRow.added_time.desc(), DocumentRow.id.desc())
        query = select(DocumentRow.id).where(*TAGGED).order_by(*newest_first).limit(limit)
        with self._database.read() as session:
            return [DocumentId(document_id) for document_id in session.scalars(query)]
