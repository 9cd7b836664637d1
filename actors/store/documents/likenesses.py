"""Which documents are one paper, scanned or saved twice."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, aliased

from actors.store.database import Database
from actors.store.documents.documents import loaded
from actors.store.documents.likeness_rows import keep_compared, likely
from actors.store.nouns.archive import DocumentId, DocumentState
from actors.store.nouns.likeness import Compared, Likely, SamePaper, SamePapers
from actors.store.rows.archive import DocumentRow
from actors.store.rows.likeness import FingerprintRow, NearDuplicateRow
from actors.store.rows.revisions import document_row, document_rows

# A paper that was scanned more often is shown in part.
MOST_IN_GROUP = 100

_OTHER = aliased(DocumentRow)
# Pairs of documents that are both outside the trash.
_PAIRS = (
    select(NearDuplicateRow)
    .join(DocumentRow, DocumentRow.id == NearDuplicateRow.document_id)
    .join(_OTHER, _OTHER.id == NearDuplicateRow.other_id)
    .where(DocumentRow.trashed == False, _OTHER.trashed == False)  # noqa: E712  # SQL, not Python
)


class Likenesses:
    """Finds what a text is like, and keeps what was found."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def likely(self, bands: Sequence[int], document_id: DocumentId) -> Sequence[Likely]:
        """Find other documents that share bands with a text, those first that share most; in the trash too."""
        with self._database.read() as session:
            return likely(session, bands, document_id)

    def keep(self, document_id: DocumentId, revision: int, compared: Compared) -> bool:
        """Keep what came of comparing a document as it was at a revision; answer whether it was still so, and nobody new had come."""
        with self._database.write() as session:
            row = session.get(DocumentRow, document_id)
            return row is not None and row.revision == revision and keep_compared(session, document_id, compared)

    def of(self, document_id: DocumentId, limit: int) -> Sequence[SamePaper]:
        """Give the near-duplicates of a document that are not in the trash, likeliest first."""
        query = _PAIRS.where(NearDuplicateRow.document_id == document_id)
        with self._database.read() as session:
            document_row(session, document_id)
            pairs = session.scalars(query.order_by(NearDuplicateRow.likeness.desc(), NearDuplicateRow.other_id).limit(limit)).all()
            documents = loaded(session, document_rows(session, [DocumentId(pair.other_id) for pair in pairs]))
            return [SamePaper(document, pair.likeness) for document, pair in zip(documents, pairs, strict=True)]

    def groups(self, before: DocumentId | None, limit: int) -> Sequence[SamePapers]:
        """List papers that are there more than once, the one with the newest document first; `before` is the newest of the one before."""
        with self._database.read() as session:
            found = []
            for newest in newest_of_pairs(session, before):
                ids, likeness = group_of(session, newest)
                if max(ids) == newest:
                    found.append(SamePapers(tuple(loaded(session, document_rows(session, sorted(ids)))), likeness))
                if len(found) == limit:
                    break
            return found

    def unsigned(self, version: int, after: DocumentId, limit: int) -> Sequence[DocumentId]:
        """List documents that have been read and have no fingerprint of this version, in their order, beginning after one."""
        signed = exists().where(FingerprintRow.document_id == DocumentRow.id, FingerprintRow.version == version)
        query = select(DocumentRow.id).where(DocumentRow.id > after, DocumentRow.state == DocumentState.READY, ~signed)
        with self._database.read() as session:
            return [DocumentId(document_id) for document_id in session.scalars(query.order_by(DocumentRow.id).limit(limit))]


def newest_of_pairs(session: Session, before: DocumentId | None) -> Iterator[DocumentId]:
    """Give documents that are like an older one, newest first."""
    while True:
        query = (
            _PAIRS.where(NearDuplicateRow.document_id > NearDuplicateRow.other_id).order_by(NearDuplicateRow.document_id.desc()).limit(1)
        )
        if before is not None:
            query = query.where(NearDuplicateRow.document_id < before)
        pair = session.scalars(query).first()
        if pair is None:
            return
        before = DocumentId(pair.document_id)
        yield before


def newer_of_pairs() -> Select[int]:
    """Choose the documents outside the trash that are like an older one there, each once."""
    return _PAIRS.with_only_columns(NearDuplicateRow.document_id).where(NearDuplicateRow.document_id > NearDuplicateRow.other_id).distinct()


def group_of(session: Session, document_id: DocumentId) -> tuple[set[DocumentId], float]:
    """Gather all documents that are like one, like those, and so on; and the least likeness among them."""
    known, fresh, least = {document_id}, {document_id}, 1.0
    while fresh and len(known) < MOST_IN_GROUP:
        pairs = session.scalars(_PAIRS.where(NearDuplicateRow.document_id.in_(fresh))).all()
        least = min([least, *(pair.likeness for pair in pairs)])
        fresh = {DocumentId(pair.other_id) for pair in pairs} - known
        known |= fresh
    return known, least
