"""Whether search knows every document as it is, and no other (RELIABILITY F19)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from actors.checkup.findings import MENDED, QUEUED, Finding, Kind, Treated
from actors.checkup.messages import CheckOrder
from actors.checkup.queueing import at_work
from actors.checkup.subject import Plain
from actors.index.census import Census, index_damage, is_being_built
from actors.index.errors import IndexNotWritten, IndexUnavailable
from actors.index.generation import current
from actors.store.jobs.rows import UNDECIDED, active_job, new_job
from actors.store.nouns.archive import DocumentId, DocumentState
from actors.store.nouns.jobs import JobKind
from actors.store.rows.archive import DocumentRow, OutboxRow
from actors.store.rows.revisions import mark_for_index
from actors.store.store import Store

_ROWS_AT_ONCE = 2_000
_LAST_ID = DocumentId(2**31 - 1)
# What is told of a damaged index: it is built anew as a whole, however much of it is wrong.
_TOLD = 5


def compare(
    rows: Mapping[DocumentId, tuple[int, bool]], waiting: set[int], entries: Mapping[DocumentId, Sequence[int]]
) -> Iterator[tuple[Kind, DocumentId]]:
    """Compare documents (revision, whether it must be the indexed one) with the index's entries; those `waiting` are about to change.

    While a job is at work on a document, its revision grows without anything that search shows.
    """
    for document_id in sorted((rows.keys() | entries.keys()) - waiting):
        if document_id not in rows:
            yield Kind.INDEX_GHOST, document_id
        elif document_id not in entries:
            yield Kind.INDEX_MISSING, document_id
        elif len(entries[document_id]) > 1 or (rows[document_id][1] and entries[document_id][0] != rows[document_id][0]):
            yield Kind.INDEX_STALE, document_id


class Indexed(Plain):
    """Compares ids and revisions, block by block, after the files themselves have been read through."""

    def __init__(self, store: Store, order: CheckOrder) -> None:
        super().__init__(order)
        self._store = store
        self._census: Census | None = None

    def total(self) -> int:
        """Count the documents that search should know."""
        return self._store.documents.count(deleted=False)

    def look(self) -> Iterator[Finding | int]:
        """Look for damage, and where there is none for differences; raises IndexNotWritten when the disk allows neither."""
        root = self._store.data.index
        found = index_damage(root)
        if found:
            # A commit may have come between; what is wrong for good is so twice.
            found = index_damage(root)
        if found:
            yield self._damaged(found)
            return
        try:
            self._census = Census(root)
            yield from self._differences(self._census)
        except IndexNotWritten:
            raise
        except IndexUnavailable as error:
            yield self._damaged([str(error)])

    def confirm(self, session: Session, suspect: Finding, now: datetime) -> bool:  # noqa: ARG002  # the port's signature
        """Look again at one document: in the writers' turn, all that has left the outbox is in the index."""
        if suspect.kind is Kind.INDEX_DAMAGED:
            root = self._store.data.index
            # A daemon makes what is not there when it starts, without an order.
            building = is_being_built(root) if self._order.daemon_works else current(root) is None
            empty = session.scalars(select(DocumentRow.id).limit(1)).first() is None
            return not building and not empty and active_job(session, None, JobKind.REBUILD_INDEX) is None
        one = DocumentId(suspect.document_id or 0)
        if self._census is None:
            return False
        try:
            entries = self._census.revisions(one, one)
        except IndexUnavailable:
            return False  # the next look finds the damage itself
        return (suspect.kind, one) in compare(*_known(session, one, one), entries)

    def mend(self, session: Session, finding: Finding, now: datetime) -> Treated:
        """Let the index actor look at the document again, or build all of it anew."""
        if finding.kind is Kind.INDEX_DAMAGED:
            new_job(session, None, JobKind.REBUILD_INDEX, "Rebuild the damaged search index", {}, now)
            return QUEUED
        document_id = DocumentId(finding.document_id or 0)
        row = session.get(DocumentRow, document_id)
        mark_for_index(session, {document_id: row.revision if row is not None else 0})
        return MENDED

    def close(self) -> None:
        """Let the index go."""
        if self._census is not None:
            self._census.close()

    def _damaged(self, found: Sequence[str]) -> Finding:
        more = f" and {len(found) - _TOLD} more" if len(found) > _TOLD else ""
        return Finding(Kind.INDEX_DAMAGED, None, "index", "; ".join(found[:_TOLD]) + more)

    def _differences(self, census: Census) -> Iterator[Finding | int]:
        first = DocumentId(0)
        ids = select(DocumentRow.id).order_by(DocumentRow.id).offset(_ROWS_AT_ONCE - 1).limit(1)
        while first < _LAST_ID:
            with self._store.database.read() as session:
                last = DocumentId(session.scalars(ids.where(DocumentRow.id >= first)).first() or _LAST_ID)
                rows, waiting = _known(session, first, last)
            for kind, document_id in compare(rows, waiting, census.revisions(first, last)):
                yield Finding(kind, document_id)
            yield len(rows)
            first = DocumentId(last + 1)


def _known(session: Session, first: DocumentId, last: DocumentId) -> tuple[dict[DocumentId, tuple[int, bool]], set[int]]:
    """Read what search should hold of a range of ids, and which documents the index has yet to look at."""
    busy = at_work(session, first, last)
    query = select(DocumentRow.id, DocumentRow.revision, DocumentRow.state).where(
        DocumentRow.id.between(first, last), DocumentRow.trashed.is_(False)
    )
    rows = {
        DocumentId(document_id): (revision, _is_settled(state) and document_id not in busy)
        for document_id, revision, state in session.execute(query)
    }
    return rows, set(session.scalars(select(OutboxRow.document_id).where(OutboxRow.document_id.between(first, last))))


def _is_settled(state: DocumentState) -> bool:
    return state not in UNDECIDED
