"""Figures of the archive."""

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from actors.store.access.totals import total
from actors.store.figures.size import database_bytes
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentState, Statistics
from actors.store.nouns.catalog import LabelKind
from actors.store.nouns.jobs import JobState
from actors.store.rows.archive import DocumentRow, JobRow, PageRow
from actors.store.rows.catalog import LabelRow
from actors.store.rows.seeing import viewer_in
from actors.store.rows.versions import VersionRow


def statistics(session: Session, data: DataDir) -> Statistics:
    """Add up the archive: one walk over the documents, one look at each state of jobs."""
    query = (
        select(
            DocumentRow.mime_type,
            DocumentRow.language,
            DocumentRow.state,
            func.count(),
            func.coalesce(func.sum(DocumentRow.page_count), 0),
            func.coalesce(func.sum(DocumentRow.size_bytes), 0),
            func.coalesce(func.sum(DocumentRow.archive_bytes), 0),
        )
        .where(DocumentRow.trashed == False)  # noqa: E712  # SQL, not Python
        .group_by(DocumentRow.mime_type, DocumentRow.language, DocumentRow.state)
    )
    by_mime_type: Counter[str] = Counter()
    by_language: Counter[str] = Counter()
    failed = pages = original_bytes = archive_bytes = 0
    for mime_type, language, state, count, group_pages, group_bytes, group_archive in session.execute(query):
        by_mime_type[mime_type] += count
        by_language[language] += count
        failed += count if state is DocumentState.FAILED else 0
        pages += group_pages
        # PostgreSQL adds bigints up to a Decimal.
        original_bytes += int(group_bytes)
        archive_bytes += int(group_archive)
    earlier = (
        select(func.coalesce(func.sum(VersionRow.size_bytes), 0))
        .join(DocumentRow, DocumentRow.id == VersionRow.document_id)
        .where(DocumentRow.trashed == False, VersionRow.number != DocumentRow.version)  # noqa: E712  # SQL, not Python
    )
    original_bytes += int(session.scalars(earlier).one())
    labels: dict[LabelKind, int] = dict(session.execute(select(LabelRow.kind, func.count()).group_by(LabelRow.kind)).all())
    # The size of index and database tells how much there is in all.
    everything = viewer_in(session) is None
    return Statistics(
        documents=total(session, deleted=False),
        documents_deleted=total(session, deleted=True),
        documents_failed=failed,
        pages=pages,
        original_bytes=original_bytes,
        archive_bytes=archive_bytes,
        index_bytes=sum(file.stat().st_size for file in data.index.rglob("*") if file.is_file()) if everything else 0,
        jobs_queued=jobs_in(session, JobState.QUEUED) + jobs_in(session, JobState.RETRYING),
        jobs_running=jobs_in(session, JobState.RUNNING),
        jobs_failed=jobs_in(session, JobState.FAILED),
        documents_by_mime_type=dict(by_mime_type),
        documents_by_language=dict(by_language),
        labels={kind: labels.get(kind, 0) for kind in LabelKind},
        database=session.get_bind().dialect.name if everything else "",
        database_bytes=database_bytes(session) if everything else 0,
    )


def characters(session: Session) -> int:
    """Count the letters of all texts outside the trash: a walk over all of them."""
    query = select(func.coalesce(func.sum(func.length(PageRow.text)), 0)).join(DocumentRow, DocumentRow.id == PageRow.document_id)
    return int(session.scalars(query.where(DocumentRow.trashed == False)).one())  # noqa: E712  # SQL, not Python


def jobs_in(session: Session, state: JobState) -> int:
    """Count the jobs of one state."""
    return session.scalars(select(func.count()).where(JobRow.state == state)).one()
