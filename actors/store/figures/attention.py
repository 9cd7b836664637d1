"""What waits for a person: counted by indexes that hold little else, so that a page may ask often."""

from datetime import date, datetime

from sqlalchemy import Select, func, literal_column, select
from sqlalchemy.orm import Session

from actors.store.documents.likenesses import newer_of_pairs
from actors.store.documents.warnings import hidden_warnings
from actors.store.figures.due import due
from actors.store.nouns.archive import DocumentId, DocumentState
from actors.store.nouns.catalog import LabelKind
from actors.store.nouns.figures import Attention
from actors.store.nouns.jobs import JobState
from actors.store.rows.archive import FAILED, WARNED, DocumentRow, JobRow
from actors.store.rows.catalog import DocumentTagRow, LabelRow
from actors.store.rows.conversions import warning_of
from actors.store.statistics import jobs_in

# A person looks at some; whether there are 500 more or 5,000 changes nothing.
WARNED_COUNTED = 500
WARNED_NAMED = 20
ALIKE_COUNTED = 500
_LIVE = DocumentRow.trashed == False  # noqa: E712  # SQL, not Python


def attention(session: Session, today: date) -> Attention:
    """Count what whoever a session is narrowed for may see."""
    warned = _warned(session)
    return Attention(
        documents_in_inbox=in_inbox(session),
        documents_failed=session.scalars(select(func.count()).select_from(DocumentRow).where(_LIVE, literal_column(FAILED))).one(),
        documents_with_warnings=len(warned),
        warned=tuple(warned[:WARNED_NAMED]),
        jobs_queued=jobs_in(session, JobState.QUEUED),
        jobs_running=jobs_in(session, JobState.RUNNING),
        jobs_retrying=jobs_in(session, JobState.RETRYING),
        jobs_failed=jobs_in(session, JobState.FAILED),
        next_retry_time=_next_retry(session),
        pages_waiting=session.scalars(PAGES_WAITING).one(),
        documents_alike=session.scalars(select(func.count()).select_from(newer_of_pairs().limit(ALIKE_COUNTED).subquery())).one(),
        due=tuple(due(session, today)),
    )


def in_inbox(session: Session) -> int:
    """Count the documents that bear a tag which new ones get; one with two such tags counts once."""
    inbox = session.scalars(select(LabelRow.id).where(LabelRow.inbox == True, LabelRow.kind == LabelKind.TAG)).all()  # noqa: E712  # SQL, not Python
    if not inbox:
        return 0
    tagged = select(DocumentTagRow.document_id).where(DocumentTagRow.tag_id.in_(inbox))
    return session.scalars(_count_of(tagged)).one() - session.scalars(_count_of(_trashed(tagged))).one()


def _count_of(chosen: Select[int]) -> Select[int]:
    return select(func.count()).select_from(chosen.distinct().subquery())


def _trashed(tagged: Select[int]) -> Select[int]:
    # Taken off, not left out: the trash holds few documents, and each of all the others would be looked up.
    return select(DocumentRow.id).where(DocumentRow.trashed == True, DocumentRow.id.in_(tagged))  # noqa: E712  # SQL, not Python


def _warned(session: Session) -> list[DocumentId]:
    """List documents that were read, and of which something is to be told, the newest first."""
    query = (
        select(DocumentRow.id, DocumentRow.warnings)
        .where(_LIVE, literal_column(WARNED), DocumentRow.state != DocumentState.FAILED)
        .order_by(DocumentRow.id.desc())
        .limit(WARNED_COUNTED)
    )
    kept = [(DocumentId(document_id), tuple(map(warning_of, warnings))) for document_id, warnings in session.execute(query)]
    hidden = hidden_warnings(session, [warning for _, warnings in kept for warning in warnings])
    return [document_id for document_id, warnings in kept if not hidden.issuperset(warnings)]


def _next_retry(session: Session) -> datetime | None:
    return session.scalars(select(func.min(JobRow.due_time)).where(JobRow.state == JobState.RETRYING)).one()


PAGES_WAITING = select(func.coalesce(func.sum(JobRow.pages_total - JobRow.pages_done), 0)).where(JobRow.due_time.is_not(None))
