"""What can be learned from: the documents that somebody has filed, and that have been read."""

from collections.abc import Sequence

from sqlalchemy import Exists, exists, func, or_, select
from sqlalchemy.orm import Session

from actors.store.catalog.label_rows import tag_ids_of
from actors.store.database import Database
from actors.store.nouns.archive import DocumentId, DocumentState, FiledDocument, FiledState
from actors.store.nouns.assignments import Giver
from actors.store.nouns.catalog import LabelId, LabelKind
from actors.store.rows.archive import DocumentRow
from actors.store.rows.catalog import AssignmentRow, DocumentTagRow, LabelRow

# Within what the databases take in one query.
AT_ONCE = 1_000
_INBOX = select(DocumentTagRow.document_id).join(LabelRow, LabelRow.id == DocumentTagRow.tag_id).where(LabelRow.inbox)
_COLUMNS = {
    LabelKind.CORRESPONDENT: DocumentRow.correspondent_id,
    LabelKind.DOCUMENT_TYPE: DocumentRow.type_id,
    LabelKind.STORAGE_PATH: DocumentRow.path_id,
}


def _given_by(giver: Giver) -> Exists:
    return exists().where(AssignmentRow.document_id == DocumentRow.id, AssignmentRow.giver == giver)


FILED = (
    DocumentRow.trashed == False,  # noqa: E712  # SQL, not Python
    DocumentRow.state == DocumentState.READY,
    or_(*(column.is_not(None) for column in _COLUMNS.values()), exists().where(DocumentTagRow.document_id == DocumentRow.id)),
    DocumentRow.id.not_in(_INBOX),
    # What was learned must not teach itself: where it has filed a document, a person must have had it in hand.
    or_(~_given_by(Giver.CLASSIFIER), _given_by(Giver.USER)),
)


class Filed:
    """Tells what documents are filed under, and whether that has changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def state(self) -> FiledState:
        """Sum up the filed documents; any change of their number, labels or texts gives another `change`, a label's new name does not."""
        sums = select(func.count(), func.coalesce(func.sum(DocumentRow.revision), 0), func.max(DocumentRow.update_time)).where(*FILED)
        with self._database.read() as session:
            count, revisions, newest = session.execute(sums).one()
        # The time tells two changes apart that make up for each other, the revisions two of a clock that was set back.
        return FiledState(count, f"{count} {revisions} {newest.isoformat() if newest else ''}")

    def newest(self, limit: int) -> Sequence[FiledDocument]:
        """List filed documents, those first that came in last."""
        newest_first = (DocumentRow.added_time.desc(), DocumentRow.id.desc())
        query = select(DocumentRow.id, DocumentRow.revision, *_COLUMNS.values()).where(*FILED).order_by(*newest_first).limit(limit)
        with self._database.read() as session:
            rows = session.execute(query).all()
            tags = _tags(session, [row[0] for row in rows])
        found = []
        for document_id, revision, *single in rows:
            labels = dict[LabelKind, tuple[LabelId, ...]]()
            labels |= {kind: (LabelId(label),) for kind, label in zip(_COLUMNS, single, strict=True) if label is not None}
            labels |= {LabelKind.TAG: tags[document_id]} if document_id in tags else {}
            found.append(FiledDocument(DocumentId(document_id), revision, labels))
        return found


def _tags(session: Session, document_ids: Sequence[int]) -> dict[int, tuple[LabelId, ...]]:
    tags = dict[int, tuple[LabelId, ...]]()
    for begin in range(0, len(document_ids), AT_ONCE):
        tags |= tag_ids_of(session, document_ids[begin : begin + AT_ONCE])
    return tags
